"""The same indicator over the years and plans, on one definition (同一指标历年系列).

Values of all plans somebody sees, with baselines and targets. Points join into a line only where district,
unit, scope, condition and definition are the same; where one changes there is a break, marked and listed with
its reason. A year without a value is a gap.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from qingshan.kernel.figure import Figure
from qingshan.kernel.refs import Ref
from qingshan.plans import public as plans
from qingshan.plans.public import MeasuredKind, PlanState, ValueKind
from qingshan.succession.queries.breaks import Break, BreakSource, breaks_entered, epoch
from qingshan.succession.queries.origins import family_of
from qingshan.succession.units import converted, same_quantity

__all__ = ["Entry", "Point", "Promise", "Series", "series_of", "series_of_indicator", "shared_entries"]


@dataclass(frozen=True, slots=True)
class Point:
    """What is known of a year from one plan: a value that counts, a baseline, or that it is not evaluable.

    ``drawn`` is the number in the unit of the series; None where it cannot be drawn, and ``note`` says why.
    """

    year: int
    plan: Any
    what: str
    figure: Figure
    unit: str
    scope: str
    condition: str
    definition: int
    url: str
    is_baseline: bool
    drawn: Decimal | None
    note: str = ""
    whole_year: bool = True

    @property
    def line(self) -> tuple[Any, ...]:
        """What must be the same for two points to be joined."""
        same = self.drawn is not None
        return (
            self.plan.subject.district_id, str(self.plan.level), same or self.unit, self.scope,
            self.condition, self.definition,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Promise:
    """A target of one plan for a year; ``drawn`` is its number in the unit of the series, if it is one."""

    year: int
    plan: Any
    words: str
    figure: Figure
    drawn: Decimal | None
    bound: str
    url: str


@dataclass(frozen=True, slots=True)
class Series:
    """An indicator over the years: points and targets by year, breaks of definition, contradictions."""

    name: str
    code: str
    unit: str
    catalogue: Any
    points: list[Point]
    promises: list[Promise]
    breaks: list[Break]
    contradictions: list[str] = field(default_factory=list)

    @property
    def plans(self) -> list[Any]:
        """The plans that say something, by period."""
        said: list[Point | Promise] = [*self.points, *self.promises]
        found = {one.plan.subject_id: one.plan for one in said}
        return sorted(found.values(), key=lambda one: (one.period_from, one.subject.code))

    @property
    def simulated(self) -> bool:
        """Whether anything in it is simulated."""
        return any(plan.subject.simulated for plan in self.plans)


def series_of(*, code: str, user: Any, on: date) -> Series:
    """Return the series of an indicator of the catalogue over all plans somebody sees.

    Raises
    ------
    NoSuchRecord
        The catalogue has no such code on that day.
    """
    entry = plans.catalogue_entry(user=user, code=code, on=on)
    return _series(entry.version.name, code, entry.version.unit, entry, entry.used_by, user, on)


def series_of_indicator(*, version: Any, user: Any, on: date) -> Series:
    """Return the series of one indicator: of its catalogue entry, and of what it was carried from or into.

    Parameters
    ----------
    version : IndicatorVersion
        The indicator on the day; somebody sees its plan.
    """
    entry = None
    if version.catalogue_id is not None:
        entry = plans.catalogue_entry(user=user, code=version.catalogue.code, on=on)
    family = [Ref.read(name) for name in family_of(version.subject.ref)]
    numbers = {int(ref.key) for ref in family}
    seen = plans.visible_versions(user=user, on=on).values("subject_id")
    related = plans.indicators_by_number(numbers=numbers, on=on).filter(plan_id__in=seen)
    used = {one.subject_id: one for one in [*(entry.used_by if entry else ()), *related]}
    return _series(
        version.name,
        entry.version.subject.code if entry else "",
        version.unit,
        entry,
        used.values(),
        user,
        on,
    )


def _series(name: str, code: str, unit: str, entry: Any, used: Iterable[Any], user: Any, on: date) -> Series:
    rows = list(_rows(used, user, on))
    refs = {str(row.version.subject.ref) for _plan, row in rows}
    general = breaks_entered(entry=entry, refs=refs, on=on)
    wanted = unit or next((row.unit for _plan, row in rows if row.unit), "")
    points = sorted(
        (point for plan, row in rows for point in _points(plan, row, wanted, general)),
        key=lambda one: (one.year, one.is_baseline, one.plan.period_from, one.plan.subject.code),
    )
    promises = sorted(
        (promise for plan, row in rows for promise in _promises(plan, row, wanted)),
        key=lambda one: (one.year, one.plan.period_from, one.plan.subject.code),
    )
    breaks = sorted([*general, *_derived(points)], key=lambda one: (one.year, one.source))
    return Series(
        name,
        code,
        wanted,
        entry.version if entry else None,
        points,
        promises,
        breaks,
        [*_contradictions(points)],
    )


def _rows(used: Iterable[Any], user: Any, on: date) -> Iterator[tuple[Any, Any]]:
    """Each plan with its rows about the indicator; a plan that was withdrawn says nothing."""
    by_plan: dict[int, list[Any]] = defaultdict(list)
    for version in used:
        by_plan[version.plan_id].append(version)
    seen = plans.visible_versions(user=user, on=on).filter(subject_id__in=by_plan)
    for plan in seen.exclude(state=PlanState.WITHDRAWN):
        numbers = [one.subject_id for one in by_plan[plan.subject_id]]
        versions = plans.indicators_for(user=user, plan=plan, on=on).filter(subject_id__in=numbers)
        for row in plans.indicator_rows(user=user, plan=plan, on=on, versions=versions):
            yield plan, row


def _points(plan: Any, row: Any, unit: str, general: list[Break]) -> Iterator[Point]:
    version, standing = row.version, row.standing
    for year, found in standing.values.items():
        value = found[0]
        own = value.unit or version.unit
        notes = [] if value.whole_year else [_("只覆盖年内部分时段")]
        if year in standing.excluded:
            notes.append(_("不予评估：%s") % standing.excluded[year].reason)
        drawn = (
            _drawn(value.number, own, unit) if value.whole_year and year not in standing.excluded else None
        )
        if value.number is not None and not same_quantity(own, unit):
            notes.append(_("单位“%(own)s”不能换算为“%(unit)s”，未绘入图中") % {"own": own, "unit": unit})
        yield Point(
            year, plan, str(MeasuredKind(value.kind).label),
            Figure(
                value.number, own, value.as_of, value.source, plan.subject.simulated,
                plans.value_url(plan.subject.code, row.code, value.pk),
                text=value.text or value.get_finding_display(),
            ),
            own, "", value.condition, epoch(general, year), row.url, False, drawn,
            "；".join(notes), value.whole_year,
        )  # fmt: skip
    for year, statement in standing.excluded.items():
        if year not in standing.values:
            told = Figure(
                None, missing=_("不予评估：%s") % statement.reason, simulated=plan.subject.simulated
            )
            yield Point(
                year, plan, _("不予评估"), told, version.unit, "", "", epoch(general, year), row.url,
                False, None, statement.reason,
            )  # fmt: skip
    typed = version.baseline
    if typed is not None and version.baseline_year is not None and typed.kind is not ValueKind.NO_DATA:
        own = typed.unit or version.unit
        number = typed.value if typed.kind is ValueKind.NUMBER else None
        yield Point(
            version.baseline_year, plan, _("基准值"), row.baseline, own, version.baseline_scope,
            version.baseline_condition, epoch(general, version.baseline_year), row.url, True,
            _drawn(number, own, unit), version.baseline_note,
        )  # fmt: skip


def _drawn(number: Decimal | None, own: str, unit: str) -> Decimal | None:
    return None if number is None else converted(number, own, unit)


def _promises(plan: Any, row: Any, unit: str) -> Iterator[Promise]:
    for year, cell in row.targets.items():
        typed = cell.version.typed
        number = typed.value if typed is not None and typed.kind is ValueKind.NUMBER else None
        own = (typed.unit if typed is not None else "") or row.unit
        yield Promise(
            year, plan, cell.words, cell.figure, _drawn(number, own, unit),
            _bound(typed, row.standing.case.direction), row.url,
        )  # fmt: skip


def _bound(typed: Any, direction: Any) -> str:
    """How the chart shows which side of a target is good."""
    if typed is None or typed.kind is not ValueKind.NUMBER:
        return "eq"
    sign = plans.binding_operator(typed, direction)
    if sign in (plans.Operator.AT_LEAST, plans.Operator.MORE_THAN):
        return "min"
    return "max" if sign in (plans.Operator.AT_MOST, plans.Operator.LESS_THAN) else "eq"


def _derived(points: list[Point]) -> Iterator[Break]:
    """Where two neighbouring years of one district are given in another unit, scope or condition."""
    by_place: dict[tuple[int, str], list[Point]] = defaultdict(list)
    for point in points:
        if point.figure.value is not None:
            by_place[point.plan.subject.district_id, str(point.plan.level)].append(point)
    for some in by_place.values():
        for before, after in pairwise(some):
            where = str(after.plan.subject.district)
            told = _("《%(before)s》与《%(after)s》所载不同") % {
                "before": before.plan.short_name, "after": after.plan.short_name
            }  # fmt: skip
            for what, was, became in (
                (_("单位"), before.unit, after.unit)
                if not same_quantity(before.unit, after.unit)
                else ("", "", ""),
                (_("统计范围"), before.scope, after.scope),
                (_("测定条件"), before.condition, after.condition),
            ):
                if was != became:
                    yield Break(
                        after.year,
                        what,
                        was or _("未注明"),
                        became or _("未注明"),
                        told,
                        BreakSource.DERIVED,
                        where=where,
                    )


def _contradictions(points: list[Point]) -> Iterator[str]:
    """Two plans that print another number for one year, counted the same way."""
    held: dict[tuple[Any, ...], Point] = {}
    for point in points:
        if point.drawn is None:
            continue
        first = held.setdefault((*point.line, point.year), point)
        if first.drawn != point.drawn:
            yield _("%(year)d年：《%(one)s》为 %(first)s，《%(other)s》为 %(second)s（%(unit)s）") % {
                "year": point.year, "one": first.plan.short_name, "first": f"{first.drawn:f}",
                "other": point.plan.short_name, "second": f"{point.drawn:f}", "unit": point.unit,
            }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """An indicator of the catalogue, and how many plans somebody sees speak of it."""

    version: Any
    plan_count: int


def shared_entries(*, user: Any, on: date, sought: str = "") -> list[Entry]:
    """Return the indicators of the catalogue that some plan somebody sees speaks of, most shared first."""
    seen = plans.visible_versions(user=user, on=on).exclude(state=PlanState.WITHDRAWN).values("subject_id")
    counts = plans.uses_of_catalogue(plan_ids=seen, on=on)
    entries = plans.catalogue_entries(on=on).filter(subject_id__in=counts)
    if sought:
        entries = entries.filter(Q(name__icontains=sought) | Q(aliases__icontains=sought))
    found = [Entry(one, counts[one.subject_id]) for one in entries]
    return sorted(found, key=lambda one: (-one.plan_count, one.version.subject_id))
