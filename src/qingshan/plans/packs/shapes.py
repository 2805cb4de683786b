"""What a plan pack holds (规划数据包): frozen shapes, no framework.

A pack says what a printed plan says, nothing more. Three habits run through all shapes:
what is printed stays beside what it means (``raw`` and ``typed``), what is not printed is
None and never a guess, and every item carries the ``Place`` in the source text where it stands.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from qingshan.plans.packs.words import (
    Attribute,
    CommitmentKind,
    DepartmentKind,
    Direction,
    Effect,
    Level,
    MakingKind,
    MeasureKind,
    MeasureRole,
    Operator,
    PackState,
    ProjectKind,
    ProvisionKind,
    TableKind,
    ValueKind,
)

__all__ = [
    "Attribute",
    "Box",
    "CatalogueEntry",
    "Commitment",
    "CommitmentKind",
    "Conflict",
    "Department",
    "DepartmentKind",
    "Direction",
    "District",
    "Effect",
    "Indicator",
    "IndicatorTable",
    "Level",
    "MakingKind",
    "MakingStep",
    "Measure",
    "MeasureKind",
    "MeasureRole",
    "Missing",
    "Operator",
    "Pack",
    "PackState",
    "Place",
    "Plan",
    "Printed",
    "Project",
    "ProjectKind",
    "Provision",
    "ProvisionKind",
    "Quantity",
    "Side",
    "Source",
    "StatedValue",
    "TableKind",
    "Typed",
    "ValueKind",
]


@dataclass(frozen=True, slots=True)
class Place:
    """A passage of the source text (出处): characters [start, end) of the decoded file.

    ``anchor`` is at most 20 characters that stand there once all white space is taken out, so
    that a changed text is noticed. ``document`` names a companion text; empty means the plan's own.
    """

    start: int
    end: int
    anchor: str
    document: str = ""


@dataclass(frozen=True, slots=True)
class Typed:
    """A value with its meaning.

    ``implied`` marks an operator that the text leaves out (a bare 45.1 is at least 45.1).
    ``authority`` is the body that still has to assign the value. ``parts`` belong to ALL_OF.
    ``criterion`` says, in our words, what shows a qualitative value to be reached.
    """

    kind: ValueKind
    operator: Operator | None = None
    value: Decimal | None = None
    unit: str = ""
    implied: bool = False
    authority: str = ""
    text: str = ""
    criterion: str = ""
    direction: Direction | None = None
    parts: tuple[Typed, ...] = ()
    raw: str = ""


@dataclass(frozen=True, slots=True)
class Printed:
    """A value of a year as printed, and what it means (baseline, target, actual).

    ``scope`` is the area or population it speaks of when it differs from the plan's
    (阳江市均值, 自然村); ``condition`` the condition of measurement (标况); ``requirement`` and ``rank``
    what a baseline cell prints beside its value. ``year`` is None for a standing standard.
    """

    year: int | None
    raw: str
    typed: Typed
    scope: str = ""
    condition: str = ""
    requirement: str = ""
    rank: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Department:
    """A responsible unit under one name (责任单位). ``aliases`` are other spellings in the text."""

    name: str
    aliases: tuple[str, ...]
    kind: DepartmentKind


@dataclass(frozen=True, slots=True)
class District:
    """Where the plan holds: six-digit division code and name; ``note`` when it has no code of its own."""

    code: str
    name: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """A source text: its code, title, SHA-256 of the file's bytes, characters after decoding UTF-8."""

    code: str
    title: str
    sha256: str
    characters: int


@dataclass(frozen=True, slots=True)
class MakingStep:
    """An entry of the making file (编制过程): what was done, in our words; ``done_on`` only as printed."""

    step: MakingKind
    done_on: date | None
    by: str
    digest: str
    place: Place


@dataclass(frozen=True, slots=True)
class Missing:
    """What the plan announces and the source text lacks (缺失)."""

    what: str
    note: str
    place: Place


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two places of a conflict; ``value`` is what is printed there."""

    value: str
    place: Place


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two places that disagree, or one defect of the text (矛盾). ``certain``: both sides are printed.

    ``b`` is None for a defect with one place, or when the other side is a plan of its own
    (``other_plan`` then names that plan).
    """

    code: str
    type: str
    certain: bool
    rule: str
    description: str
    a: Side
    b: Side | None = None
    other_plan: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """The head of a pack (规划). Dates are None where the text prints none; ``notes`` say so."""

    code: str
    seed: str
    name: str
    short_name: str
    kind: str
    level: Level
    district: District
    period: tuple[int, int]
    base_year: int | None
    parent: str | None
    edition: str
    issuer: str | None
    document_number: str | None
    approved_on: date | None
    issued_on: date | None
    valid_from: date | None
    state: PackState
    source: Source
    companions: tuple[Source, ...]
    making: tuple[MakingStep, ...]
    departments: tuple[Department, ...]
    missing: tuple[Missing, ...]
    known_conflicts: tuple[Conflict, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class IndicatorTable:
    """An indicator table: ``rows_printed`` lines carry ``indicators_counted`` indicators (39, 36 in 001)."""

    code: str
    name: str
    kind: TableKind
    rows_printed: int
    indicators_counted: int
    base_year: int | None
    target_years: tuple[int, ...]
    categories: tuple[str, ...]
    footnotes: tuple[str, ...]
    note: str
    place: Place


@dataclass(frozen=True, slots=True)
class Indicator:
    """A row of an indicator table (指标行).

    ``counts_as`` is the number of the indicator the row belongs to; two rows may share one.
    ``heading`` is the cell that spans the rows of one indicator. ``exclusion`` is the printed
    reason why the row is not evaluated.
    """

    code: str
    table: str
    order: int
    counts_as: int
    category: tuple[str, ...]
    heading: str
    name: str
    unit: str
    attribute: Attribute
    catalogue: str | None
    standard: Printed | None
    baseline: Printed | None
    targets: tuple[Printed, ...]
    actual: Printed | None
    printed_status: str
    exclusion: str
    notes: tuple[str, ...]
    footnotes: tuple[str, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class StatedValue:
    """A value of the running text, never a table row (正文所载数值)."""

    code: str
    name: str
    unit: str
    catalogue: str | None
    baseline: Printed | None
    targets: tuple[Printed, ...]
    notes: tuple[str, ...]
    place: Place
    target_place: Place | None


@dataclass(frozen=True, slots=True)
class Quantity:
    """A physical quantity of a project (建设规模). ``value`` None: a dated state without a number."""

    what: str
    operator: Operator | None
    value: Decimal | None
    unit: str
    deadline: int | None
    since: int | None


@dataclass(frozen=True, slots=True)
class Project:
    """A row of a project table, or a task printed in a box or in the running text (重点工程).

    Rows of one project share ``project`` (001-N12 has three rows, ``sub_item`` 1 to 3).
    ``departments`` keep the printed order. The text rarely says who leads: ``lead`` is filled
    only where it does or where one unit stands alone; ``joint`` only where it does.
    ``name_printed`` is False where the source has none and ``name`` is our stop-gap.
    ``years_raw`` is None where no years are printed: a box task then runs over the plan's period, a
    project that the running text only names has no ``start``, and an ``end`` only if a date stands by it.
    """

    code: str
    project: str
    kind: ProjectKind
    number_printed: str
    sub_item: str
    name: str
    name_printed: bool
    group: str
    content: str
    quantities: tuple[Quantity, ...]
    departments: tuple[str, ...]
    lead: str | None
    joint: tuple[str, ...]
    start: int | None
    end: int | None
    years_raw: str | None
    investment_wan: Decimal | None
    linked_indicators: tuple[str, ...]
    notes: tuple[str, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Measure:
    """A node of the plan's body (章、节、措施). Measures may lie under measures.

    ``number`` is the printed number (第三章, 一、, （二）, 1、, 一是); ``place`` is for citing (at most 400
    characters, from the heading on), ``extent`` the whole passage [start, end) with all it contains.
    """

    code: str
    kind: MeasureKind
    role: MeasureRole
    number: str
    title: str
    parent: str | None
    departments: tuple[str, ...]
    summary: str
    place: Place
    extent: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Box:
    """A box of tasks (专栏) and the measure it stands under; its tasks are projects of kind BOX_TASK."""

    code: str
    number: str
    title: str
    parent: str
    place: Place
    extent: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Commitment:
    """A quantified or dated commitment of the running text (量化或限期承诺).

    ``deadline`` is as written: a year, a day (年底 is 12-31), 规划期, or empty; ``due_on`` is the last day
    it allows. ``since`` is the year from which it holds (a day is in the notes).
    """

    code: str
    kind: CommitmentKind
    subject: str
    metric: str
    typed: Typed
    deadline: str
    due_on: date | None
    since: int | None
    scope: str
    departments: tuple[str, ...]
    measure: str | None
    notes: tuple[str, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Provision:
    """A duty (something that must exist and be kept) or a zoning rule (what may be done where).

    A duty has its ``duty_code`` of the catalogue of duties and its ``name``; a zoning rule its ``effect``,
    ``zone``, ``subjects`` and ``wording``.
    """

    code: str
    kind: ProvisionKind
    duty_code: str
    name: str
    effect: Effect | None
    zone: str
    subjects: tuple[str, ...]
    wording: str
    notes: tuple[str, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Pack:
    """All that one plan's folder holds."""

    plan: Plan
    tables: tuple[IndicatorTable, ...]
    indicators: tuple[Indicator, ...]
    from_text: tuple[StatedValue, ...]
    projects: tuple[Project, ...]
    measures: tuple[Measure, ...]
    boxes: tuple[Box, ...]
    commitments: tuple[Commitment, ...]
    provisions: tuple[Provision, ...] = ()


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """An indicator of the catalogue (指标目录): what it is, however many plans use it.

    ``formula_symbols`` is empty where there is no formula. ``standards`` are codes or titles of the
    documents that fix its measurement; ``rules`` the conditions of its assessment, in our words.
    """

    code: str
    name: str
    aliases: tuple[str, ...]
    direction: Direction
    unit: str
    definition: str
    formula_words: str
    formula_symbols: str
    data_source_departments: tuple[str, ...]
    standards: tuple[str, ...]
    rules: tuple[str, ...]
    notes: tuple[str, ...]
