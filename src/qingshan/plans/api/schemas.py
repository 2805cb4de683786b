"""What the API hands out and takes in. Numbers are texts, so that no digit is lost on the way."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from ninja import Field, Schema

from qingshan.plans.states import WorkState
from qingshan.plans.vocabulary import Finding, MeasuredKind

__all__ = [
    "CatalogueOut",
    "CommitmentOut",
    "CommitmentsOut",
    "DepartmentOut",
    "DueOut",
    "FigureOut",
    "HealthOut",
    "HitOut",
    "IndicatorDetailOut",
    "IndicatorOut",
    "MeasureOut",
    "MeasuresOut",
    "OverviewOut",
    "PathOut",
    "PlanOut",
    "ProjectOut",
    "ProjectsOut",
    "ReportIn",
    "ReportOut",
    "ShareOut",
    "StepOut",
    "TargetOut",
    "ValueIn",
    "ValueOut",
]


class FigureOut(Schema):
    """A number as it is shown: never without unit, day, source and origin."""

    value: str | None = Field(None, description="数值，按原文位数；没有则为 null")
    text: str = Field("", description="不是数值时的文字")
    unit: str = ""
    as_of: date | None = None
    source: str = ""
    simulated: bool = False
    origin: str = Field("", description="说明它从何而来的页面地址")
    missing: str = Field("", description="没有数值的原因")


class ShareOut(Schema):
    """A department's part in something, under its name of the day."""

    department_id: int
    name: str
    role: str
    was: str = Field("", description="职责登记时的单位名称，与现名不同时给出")


class HealthOut(Schema):
    """How many indicators stand so."""

    status: str
    count: int


class PlanOut(Schema):
    """A plan as it stood on the day asked for."""

    code: str
    name: str
    short_name: str
    kind: str
    level: str
    district_code: str
    district: str
    period_from: int
    period_to: int
    base_year: int | None
    issuer: str
    document_number: str
    approved_on: date | None
    issued_on: date | None
    in_force_on: date | None
    state: str
    simulated: bool
    version: int


class DueOut(Schema):
    """Something to be done this month, or overdue."""

    what: str
    kind: str
    due_on: date
    whose: list[ShareOut]
    overdue: bool


class OverviewOut(Schema):
    """A plan in ten seconds."""

    health: list[HealthOut]
    behind: list[str]
    waiting: list[str]
    due: list[DueOut]
    silent: int = Field(description="期限已过而无人报告的承诺数")
    missing: list[str]
    conflicts: int


class TargetOut(Schema):
    """The target of a year and how the indicator stands against it."""

    year: int
    words: str
    raw: str
    kind: str
    operator: str | None
    value: str | None
    unit: str
    waiting: bool
    status: str
    method: str
    version: int


class IndicatorOut(Schema):
    """An indicator with the verdict of the day."""

    code: str
    table: str | None
    order: int
    counts_as: int
    category: str
    subcategory: str
    name: str
    unit: str
    attribute: str
    direction: str
    catalogue: str | None
    baseline_year: int | None
    baseline: FigureOut
    latest_year: int | None
    latest: FigureOut
    targets: dict[int, str]
    status: str
    method: str
    cautions: list[str]
    responsible: list[ShareOut]
    version: int


class PathOut(Schema):
    """Where the indicator should be at the end of a year."""

    year: int
    value: str
    printed: bool


class ValueOut(Schema):
    """A value of an indicator."""

    id: int
    year: int
    period_start: date | None
    period_end: date | None
    kind: str
    number: str | None
    text: str
    unit: str
    finding: str
    condition: str
    as_of: date
    known_on: date
    source: str
    note: str
    state: str
    counts: bool = Field(False, description="该年度以它为准")
    corrects: int | None = None


class IndicatorDetailOut(IndicatorOut):
    """An indicator with its targets, path and values; ``pending`` ones are not approved yet."""

    target_details: list[TargetOut]
    path: list[PathOut]
    values: list[ValueOut]
    pending: list[ValueOut]
    not_evaluable: dict[int, str]


class WorkOut(Schema):
    """What measures, commitments and projects have in common."""

    code: str
    state: str
    percent: int | None
    reported_on: date | None
    responsible: list[ShareOut]
    version: int


class MeasureOut(WorkOut):
    """A measure of a plan's body."""

    label: str
    title: str
    summary: str
    role: str


class CommitmentOut(WorkOut):
    """A quantified or dated commitment."""

    kind: str
    topic: str
    metric: str
    words: str
    deadline: str
    due_on: date | None
    scope: str


class ProjectOut(WorkOut):
    """A project row; ``counts_as`` names the printed project it belongs to."""

    kind: str
    counts_as: str
    label: str
    name: str
    group: str
    content: str
    quantities: list[str]
    start_year: int | None
    end_year: int | None
    investment: FigureOut


class MeasuresOut(Schema):
    """A page of measures; ``total`` counts all that fit."""

    total: int
    items: list[MeasureOut]


class CommitmentsOut(Schema):
    """A page of commitments; ``total`` counts all that fit."""

    total: int
    items: list[CommitmentOut]


class ProjectsOut(Schema):
    """A page of project rows; ``total`` counts all that fit."""

    total: int
    items: list[ProjectOut]


class HitOut(Schema):
    """Something found, with the words around it."""

    kind: str
    title: str
    before: str
    match: str
    after: str
    plan: str
    url: str


class CatalogueOut(Schema):
    """A definition of the indicator catalogue."""

    code: str
    name: str
    aliases: list[str]
    direction: str
    unit: str
    definition: str
    formula_words: str
    formula_symbols: str
    data_departments: list[str]
    standards: list[str]
    rules: list[str]


class DepartmentOut(Schema):
    """What a department answers for, also by succession, as codes of plan and record."""

    department_id: int
    name: str
    predecessors: list[str]
    indicators: list[str]
    measures: list[str]
    commitments: list[str]
    projects: list[str]


class StepOut(Schema):
    """One version of a record and what it changed."""

    number: int
    valid_from: date
    valid_to: date | None
    recorded_at: datetime
    recorded_by: str
    reason: str
    changes: list[str]


class ValueIn(Schema):
    """A value to be entered; it counts once a second person has approved it."""

    year: int = Field(ge=1990, le=2099)
    kind: MeasuredKind
    number: Decimal | None = Field(None, description='数值，写成文本以保留位数，如 "95.40"')
    text: str = Field("", max_length=200)
    finding: Finding | None = None
    unit: str = Field("", max_length=40)
    period_start: date | None = None
    period_end: date | None = None
    as_of: date | None = None
    known_on: date | None = None
    condition: str = Field("", max_length=120)
    source: str = Field(min_length=1, max_length=200)
    note: str = Field("", max_length=500)
    corrects: int | None = Field(None, description="被更正数值的编号")
    submit: bool = Field(True, description="录入后即提交审核")


class ReportIn(Schema):
    """Progress to be reported; it counts once a second person has approved it."""

    on: date
    work_state: WorkState
    percent: int | None = Field(None, ge=0, le=100)
    text: str = Field(min_length=1, max_length=4000)
    difficulties: str = Field("", max_length=2000)
    submit: bool = True


class ReportOut(Schema):
    """A report of progress."""

    id: int
    on: date
    work_state: str
    percent: int | None
    text: str
    difficulties: str
    state: str
