"""Indicators of a plan: rows with status, and one indicator with all that is known of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from qingshan.history.public import Step, steps
from qingshan.kernel.figure import Figure
from qingshan.kernel.refs import Ref
from qingshan.plans.addresses import indicator_url
from qingshan.plans.figures import baseline_figure, typed_figure, value_figure
from qingshan.plans.models import (
    CatalogueIndicatorVersion,
    Indicator,
    IndicatorResponsibility,
    IndicatorTable,
    IndicatorVersion,
    NotEvaluable,
    PlanVersion,
    ProjectResponsibility,
    ProjectVersion,
    Target,
    TargetAdjustment,
    TargetVersion,
    Value,
)
from qingshan.plans.policies import entries_seen
from qingshan.plans.queries.errors import NoSuchRecord
from qingshan.plans.queries.indicator_chart import chart_of
from qingshan.plans.queries.indicator_values import ValueRow, pending_values, value_rows
from qingshan.plans.queries.passages import Passage, passage_of
from qingshan.plans.queries.reach import own_rows
from qingshan.plans.queries.responsibilities import Share, shares_of
from qingshan.plans.queries.review import adjusted_in_words
from qingshan.plans.queries.standing import Standing, standings
from qingshan.plans.states import Status
from qingshan.plans.status import PathPoint, Verdict, judge, path
from qingshan.plans.targets import Typed, typed_in_words
from qingshan.plans.vocabulary import Caution, TableKind, ValueKind

__all__ = [
    "IndicatorDetail",
    "IndicatorRow",
    "TargetCell",
    "TargetRow",
    "ValueRow",
    "adjustments_from",
    "counted",
    "indicator_detail",
    "indicator_rows",
    "indicators_for",
    "printed_tables",
]


@dataclass(frozen=True, slots=True)
class TargetCell:
    """The target of a year in a list: in words, and as a figure where it is a number."""

    version: TargetVersion
    words: str
    figure: Figure
    waiting: bool


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """An indicator in a list, with its verdict on the day."""

    version: IndicatorVersion
    code: str
    name: str
    category: str
    subcategory: str
    unit: str
    attribute_label: str
    baseline: Figure
    targets: dict[int, TargetCell]
    latest: Figure
    latest_year: int | None
    status: Status
    method: str
    cautions: tuple[Caution, ...]
    url: str
    table: IndicatorTable | None
    shares: list[Share]
    standing: Standing

    @property
    def judged(self) -> bool:
        """Whether it belongs to the plan's own targets (not to the review of the former plan)."""
        return counted(self.version)


@dataclass(frozen=True, slots=True)
class TargetRow:
    """A target with its verdict, its letter and its history."""

    target: Target
    version: TargetVersion
    words: str
    figure: Figure
    waiting: bool
    verdict: Verdict
    steps: list[Step]


@dataclass(frozen=True, slots=True)
class IndicatorDetail:
    """All that is known of an indicator on a day."""

    row: IndicatorRow
    version: IndicatorVersion
    standard: Figure | None
    targets: list[TargetRow]
    path: tuple[PathPoint, ...]
    values: list[ValueRow]
    pending: list[Value]
    not_evaluable: list[NotEvaluable]
    #: Proposals to change its targets, and what each would change.
    adjustments: list[tuple[TargetAdjustment, str]]
    responsibilities: list[Share]
    passage: Passage | None
    catalogue: CatalogueIndicatorVersion | None
    projects: list[ProjectVersion]
    steps: list[Step]
    chart: dict[str, Any]


def indicators_for(*, user: Any, plan: PlanVersion, on: date) -> QuerySet[Any]:
    """Return the indicators of a plan as they stood on a day; whoever sees the plan sees them all."""
    found: QuerySet[Any] = IndicatorVersion.objects.on(on).filter(plan_id=plan.subject_id)
    return found.select_related("subject__table", "catalogue").order_by(
        "subject__table__code", "order", "subject__code"
    )


def printed_tables(*, plan: PlanVersion) -> list[IndicatorTable]:
    """Return a plan's indicator tables: how many rows are printed, and how many indicators they count as."""
    return list(IndicatorTable.objects.filter(plan_id=plan.subject_id).order_by("kind", "code"))


def counted(version: IndicatorVersion) -> bool:
    """Whether an indicator is one of the plan's own: not a row that tells how the former plan ended."""
    table = version.subject.table
    return table is None or table.kind == TableKind.TARGETS


def indicator_rows(
    *, user: Any, plan: PlanVersion, on: date, versions: Iterable[IndicatorVersion] | None = None
) -> list[IndicatorRow]:
    """Return indicators with baseline, targets, latest value and verdict; six queries for any number."""
    given = list(indicators_for(user=user, plan=plan, on=on) if versions is None else versions)
    shares = shares_of(IndicatorResponsibility, [version.subject_id for version in given], on)
    return [
        _row(standing, plan, shares.get(standing.version.subject_id, []))
        for standing in standings(versions=given, on=on)
    ]


def _row(standing: Standing, plan: PlanVersion, shares: list[Share]) -> IndicatorRow:
    version, verdict = standing.version, standing.verdict
    url = indicator_url(plan.subject.code, version.subject.code)
    simulated = plan.subject.simulated
    latest = standing.latest
    return IndicatorRow(
        version=version,
        code=version.subject.code,
        name=version.name,
        category=version.category,
        subcategory=version.subcategory,
        unit=version.unit,
        attribute_label=version.get_attribute_display(),
        baseline=baseline_figure(version, simulated=simulated, origin=url),
        targets={year: _cell(target, version, simulated, url) for year, target in standing.targets.items()},
        latest=Figure(None, version.unit, missing=_("尚无已审核的数值"), simulated=simulated)
        if latest is None
        else value_figure(latest, unit=version.unit, simulated=simulated, origin=url),
        latest_year=latest.year if latest else None,
        status=verdict.status,
        method=verdict.method,
        cautions=verdict.cautions,
        url=url,
        table=version.subject.table,
        shares=shares,
        standing=standing,
    )


def _cell(target: TargetVersion, version: IndicatorVersion, simulated: bool, url: str) -> TargetCell:
    typed = target.typed or Typed(ValueKind.NO_DATA)
    return TargetCell(
        version=target,
        words=typed_in_words(typed),
        figure=typed_figure(
            typed,
            raw=target.raw,
            unit=version.unit,
            as_of=date(target.subject.year, 12, 31),
            source=_target_source(target),
            simulated=simulated,
            origin=url,
        ),
        waiting=_waits(typed),
    )


def _target_source(target: TargetVersion) -> str:
    if target.letter_number:
        return _("%(who)s %(number)s") % {"who": target.assigned_by, "number": target.letter_number}
    return _("规划文本，%d年目标") % target.subject.year


def _waits(typed: Typed) -> bool:
    return typed.kind is ValueKind.ASSIGNED or any(_waits(part) for part in typed.parts)


def indicator_detail(*, user: Any, plan: PlanVersion, code: str, on: date) -> IndicatorDetail:
    """Return one indicator with values, path, verdicts, letters, passage and history.

    Raises
    ------
    NoSuchRecord
        The plan has no such indicator on that day.
    """
    version = indicators_for(user=user, plan=plan, on=on).filter(subject__code=code).first()
    if version is None:
        raise NoSuchRecord(code)
    shares = shares_of(IndicatorResponsibility, [version.subject_id], on).get(version.subject_id, [])
    standing = standings(versions=[version], on=on)[0]
    row = _row(standing, plan, shares)
    values = value_rows(standing, plan, row.url)
    return IndicatorDetail(
        row=row,
        version=version,
        standard=_standard(version, plan, row.url),
        targets=_target_rows(standing, row),
        path=path(standing.case),
        values=values,
        pending=pending_values(user, version.subject, on),
        not_evaluable=list(
            NotEvaluable.objects.filter(
                entries_seen(user, NotEvaluable, version.subject),
                indicator_id=version.subject_id,
                known_on__lte=on,
            )
        ),
        adjustments=adjustments_of(user=user, indicator=version.subject),
        responsibilities=shares,
        passage=passage_of(record=version, plan_id=plan.subject_id),
        catalogue=_catalogue(version, on),
        projects=_projects(user, plan, version.subject_id, on),
        steps=list(steps(_until(IndicatorVersion, on).filter(subject_id=version.subject_id))),
        chart=chart_of(standing, row.unit, values),
    )


def adjustments_of(*, user: Any, indicator: Indicator) -> list[tuple[TargetAdjustment, str]]:
    """Return the proposals about an indicator's targets that somebody sees, and what each would change."""
    found = TargetAdjustment.objects.filter(
        entries_seen(user, TargetAdjustment, indicator), target__indicator=indicator
    ).select_related("target", "entered_by", "reviewed_by")
    return [(proposal, adjusted_in_words(proposal)) for proposal in found]


def adjustments_from(*, source: Ref) -> list[TargetAdjustment]:
    """Return the proposals that a record of another room recommended, an evaluation for instance."""
    found = TargetAdjustment.objects.filter(source=str(source))
    return list(found.select_related("target__indicator__plan").order_by("pk"))


def _until(versions: Any, on: date) -> Any:
    """Every version that had begun by a day; history as of that day."""
    return versions.objects.filter(valid_from__lte=on).select_related("recorded_by")


def _standard(version: IndicatorVersion, plan: PlanVersion, url: str) -> Figure | None:
    if version.standard is None:
        return None
    return typed_figure(
        version.standard,
        raw=version.standard_raw,
        unit=version.unit,
        as_of=None,
        source=_("规划文本，考核标准"),
        simulated=plan.subject.simulated,
        origin=url,
    )


def _target_rows(standing: Standing, row: IndicatorRow) -> list[TargetRow]:
    histories = TargetVersion.objects.filter(
        subject__indicator_id=standing.version.subject_id, valid_from__lte=standing.case.on
    ).select_related("recorded_by")
    return [
        TargetRow(
            target=target.subject,
            version=target,
            words=row.targets[year].words,
            figure=row.targets[year].figure,
            waiting=row.targets[year].waiting,
            verdict=judge(standing.case, year),
            steps=list(steps(one for one in histories if one.subject_id == target.subject_id)),
        )
        for year, target in standing.targets.items()
    ]


def _catalogue(version: IndicatorVersion, on: date) -> CatalogueIndicatorVersion | None:
    found: CatalogueIndicatorVersion | None = (
        CatalogueIndicatorVersion.objects.on(on).filter(subject_id=version.catalogue_id).first()
    )
    return found


def _projects(user: Any, plan: PlanVersion, indicator_id: int, on: date) -> list[ProjectVersion]:
    return list(
        own_rows(versions=ProjectVersion, duties=ProjectResponsibility, user=user, on=on, plan=plan)
        .filter(subject__indicator_links__indicator_id=indicator_id)
        .select_related("subject")
        .order_by("order")
    )
