"""The rows of an evaluation (评估清单): what the ledger says of indicators, measures and projects on a day.

Whole and unfiltered: an evaluation speaks of the plan, not of what one reader answers for. Who may see one is
the evaluation's to say.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from qingshan.kernel.refs import Ref
from qingshan.plans.addresses import measure_url, project_url
from qingshan.plans.case import Case, Measured
from qingshan.plans.models import (
    MeasureResponsibility,
    MeasureVersion,
    Plan,
    PlanVersion,
    ProjectResponsibility,
    ProjectVersion,
    Value,
)
from qingshan.plans.packs.words import Attribute, Direction, ValueKind
from qingshan.plans.paths import expected, knots, places_of, rounded
from qingshan.plans.queries.indicators import IndicatorRow, counted, indicator_rows, indicators_for
from qingshan.plans.queries.responsibilities import Share, shares_of
from qingshan.plans.states import Status, WorkState
from qingshan.plans.status import Verdict, judge
from qingshan.plans.targets import Typed, typed_in_words
from qingshan.plans.vocabulary import WORK_ROLES, MeasuredKind, MeasureKind, ProjectKind

__all__ = ["Assessed", "AssessedRow", "assessed_rows"]


@dataclass(frozen=True, slots=True)
class AssessedRow:
    """One row as the ledger has it on the day.

    Parameters
    ----------
    baseline, target, actual : Decimal or None
        Of an indicator, in its unit; None where words or nothing stand there. ``target`` is what the year
        asks: the printed number, or before the target year the point of the straight path.
    baseline_words, target_words, actual_words : str
        What a table prints in these cells.
    kind, source : str
        How the value came about (数值类别), and where it is from.
    status : Status or None
        The verdict on the year; None for measures and projects.
    done : int or None
        Per cent done of a measure or project; None where nobody reported.
    key : bool
        A project of the plan's own project table (重点工程).
    excluded : str
        Why it does not count, as approved.
    """

    ref: Ref
    code: str
    name: str
    url: str
    category: str = ""
    attribute: Attribute = Attribute.NONE
    direction: Direction | None = None
    unit: str = ""
    baseline: Decimal | None = None
    target: Decimal | None = None
    actual: Decimal | None = None
    target_year: int | None = None
    baseline_words: str = ""
    target_words: str = ""
    actual_words: str = ""
    kind: str = ""
    source: str = ""
    as_of: date | None = None
    status: Status | None = None
    state: WorkState | None = None
    method: str = ""
    done: int | None = None
    key: bool = False
    excluded: str = ""
    shares: tuple[Share, ...] = ()


@dataclass(frozen=True, slots=True)
class Assessed:
    """The three lists of an evaluation."""

    indicators: tuple[AssessedRow, ...]
    measures: tuple[AssessedRow, ...]
    projects: tuple[AssessedRow, ...]


def assessed_rows(
    *, plan: Plan, year: int, on: date, checked: Mapping[str, Decimal] | None = None
) -> Assessed:
    """Return the rows of an evaluation of a year, as known on a day (评估清单).

    Parameters
    ----------
    year : int
        The year evaluated. An indicator is held against its target of this year, or against the path to its
        next target; its value must be of this year.
    checked : mapping of indicator code to number, optional
        Counter-checked values that stand in the place of the ledger's; the verdict is given anew.

    Notes
    -----
    Neither a target that waits for its letter nor words nobody judged leave a row out of account: only an
    approved statement does, and a plan without a target for the row. What nobody stated counts as no data.
    """
    version = PlanVersion.objects.on(on).filter(subject=plan).select_related("subject").get()
    return Assessed(
        tuple(_indicators(version, year, on, checked or {})),
        tuple(_measures(version, on)),
        tuple(_projects(version, year, on)),
    )


def _indicators(plan: PlanVersion, year: int, on: date, checked: Mapping[str, Decimal]) -> list[AssessedRow]:
    versions = [one for one in indicators_for(user=None, plan=plan, on=on) if counted(one)]
    rows = indicator_rows(user=None, plan=plan, on=on, versions=versions)
    return [_indicator(row, year, checked.get(row.code)) for row in rows]


def _indicator(row: IndicatorRow, year: int, checked: Decimal | None) -> AssessedRow:
    standing, version = row.standing, row.version
    goal = _goal(standing.case, year)
    measured = year if goal is None else min(year, goal)
    case = _of_year(standing.case, measured, checked, version.unit)
    verdict = _verdict(case, goal, measured)
    held = standing.values.get(measured)
    value = held[0] if held and checked is None else None
    known = case.values.get(measured)
    judged = verdict.status in _JUDGED
    return AssessedRow(
        ref=version.subject.ref,
        code=row.code,
        name=row.name,
        url=row.url,
        category=row.category,
        attribute=Attribute(version.attribute),
        direction=standing.case.direction,
        unit=row.unit,
        baseline=case.baseline_number,
        target=_required(case, goal, measured) if _one_way(case) else None,
        actual=known.number if known and judged else None,
        target_year=goal,
        baseline_words=row.baseline.printed,
        target_words=_target_words(case, goal, measured),
        actual_words=_words(known, value),
        kind=str(MeasuredKind(value.kind).label) if value else "",
        source=value.source if value else "",
        as_of=value.as_of if value else None,
        status=verdict.status,
        method=verdict.method,
        excluded=_excluded(case, verdict, goal, measured),
        shares=tuple(row.shares),
    )


_JUDGED = (Status.MET, Status.MISSED, Status.ON_TRACK, Status.BEHIND)


def _goal(case: Case, year: int) -> int | None:
    """The target year that a year is held against: its own or the next one, else the last."""
    years = sorted(one for one, typed in case.targets.items() if typed.kind is not ValueKind.NO_DATA)
    return next((one for one in years if one >= year), years[-1] if years else None)


def _of_year(case: Case, year: int, checked: Decimal | None, unit: str) -> Case:
    values = {one: value for one, value in case.values.items() if one <= year}
    if checked is not None:
        values[year] = Measured(year, checked, unit)
    # Judged as on the last day of the year: a year is not late for what a later target asks.
    return replace(case, values=values, on=min(case.on, date(year, 12, 31)))


def _verdict(case: Case, goal: int | None, year: int) -> Verdict:
    verdict = judge(case, goal)
    if verdict.status in (*_JUDGED, Status.UNDECIDED) and year not in case.values:
        return replace(verdict, status=Status.NO_VALUE, method=_("尚未获知%d年的数值。") % year)
    return verdict


def _excluded(case: Case, verdict: Verdict, goal: int | None, year: int) -> str:
    if reason := case.excluded.get(year) or case.excluded.get(goal or 0):
        return reason
    return _("规划没有给出目标值") if verdict.status is Status.NO_TARGET else ""


def _one_way(case: Case) -> bool:
    """Whether more, or less, is better throughout; else only the verdict can speak."""
    return case.direction in (Direction.HIGHER_BETTER, Direction.LOWER_BETTER)


def _required(case: Case, goal: int | None, year: int) -> Decimal | None:
    """What the year asks: the number of its target, or the point of the path to it."""
    typed = case.targets.get(goal or 0)
    bound = _bound(typed) if typed else None
    if bound is None or goal is None or goal == year:
        return bound
    printed = {**knots(case), goal: bound}
    there = expected(printed, year)
    return None if there is None else rounded(there, 1 + max(places_of(one) for one in printed.values()))


def _bound(typed: Typed) -> Decimal | None:
    if typed.kind is ValueKind.NUMBER:
        return typed.value
    return Decimal(0) if typed.kind is ValueKind.ELIMINATE else None


def _target_words(case: Case, goal: int | None, year: int) -> str:
    typed = case.targets.get(goal or 0)
    if typed is None:
        return ""
    words, needed = typed_in_words(typed), _required(case, goal, year)
    if goal == year or needed is None:
        return words if goal == year else _("%(target)s（%(goal)d年）") % {"target": words, "goal": goal}
    shown = {"needed": f"{needed:f}", "target": words, "goal": goal}
    return _("当年应达 %(needed)s（%(goal)d年目标 %(target)s）") % shown


def _words(known: Measured | None, value: Value | None) -> str:
    if known is None:
        return ""
    words = value.text if value is not None and value.text else known.text
    if known.number is not None and not words:
        words = f"{known.number:f}"
    finding = str(known.finding.label) if known.finding else ""
    return words or finding


def _measures(plan: PlanVersion, on: date) -> list[AssessedRow]:
    found = MeasureVersion.objects.on(on).filter(
        plan_id=plan.subject_id, kind=MeasureKind.MEASURE, role__in=WORK_ROLES
    )
    versions = list(found.select_related("subject").order_by("order"))
    shares = shares_of(MeasureResponsibility, [one.subject_id for one in versions], on)
    code = plan.subject.code
    return [
        _work(one, one.title, measure_url(code, one.subject.code), shares.get(one.subject_id, []))
        for one in versions
    ]


def _projects(plan: PlanVersion, year: int, on: date) -> list[AssessedRow]:
    found = ProjectVersion.objects.on(on).filter(plan_id=plan.subject_id)
    versions = list(found.select_related("subject").order_by("order"))
    shares = shares_of(ProjectResponsibility, [one.subject_id for one in versions], on)
    return [
        replace(
            _work(
                one,
                one.name,
                project_url(plan.subject.code, one.subject.code),
                shares.get(one.subject_id, []),
            ),
            category=one.group,
            key=one.kind == ProjectKind.PROJECT,
            excluded=_left_out(one) or _not_yet(one, year),
        )
        for one in versions
    ]


def _not_yet(version: ProjectVersion, year: int) -> str:
    if version.start_year is None or version.start_year <= year:
        return ""
    return _("计划%d年开工，评估年度未到") % version.start_year


def _work(version: Any, name: str, url: str, shares: list[Share]) -> AssessedRow:
    return AssessedRow(
        ref=version.subject.ref,
        code=version.subject.code,
        name=name,
        url=url,
        state=WorkState(version.state),
        done=_done(version),
        as_of=version.reported_on,
        source=_("责任单位进展报告") if version.reported_on else "",
        excluded=_left_out(version),
        shares=tuple(shares),
    )


def _left_out(version: Any) -> str:
    return _("经批准终止") if version.state == WorkState.STOPPED else ""


def _done(version: Any) -> int | None:
    """Done is everything and not begun is nothing, whatever the report says of per cents."""
    fixed = {WorkState.DONE: 100, WorkState.NOT_STARTED: 0}
    percent: int | None = fixed.get(WorkState(version.state), version.percent)
    return percent
