"""What a plan of the ledger promises and reports, and with which other plans it is to be compared."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from django.db.models import Q, QuerySet

from qingshan.areas import public as areas
from qingshan.areas.public import District
from qingshan.kernel.refs import Ref
from qingshan.plans.models import CommitmentVersion, IndicatorVersion, Plan, PlanVersion, TargetVersion
from qingshan.plans.states import PlanState
from qingshan.plans.targets import Typed, typed_in_words
from qingshan.plans.vocabulary import ValueKind

__all__ = ["Kinship", "LedgerStatement", "Relative", "relatives_of", "statements_of"]


class Kinship(StrEnum):
    """How another plan stands to one."""

    UPPER = "upper"
    LOWER = "lower"
    PREVIOUS = "previous"
    NEXT = "next"


@dataclass(frozen=True, slots=True)
class Relative:
    """Another plan of the ledger, and how it stands to the one asked about."""

    plan: Plan
    version: PlanVersion
    kinship: Kinship


@dataclass(frozen=True, slots=True)
class LedgerStatement:
    """A number that a record of the ledger promises (``target``) or reports (``fact``) for a year."""

    name: str
    value: Decimal
    operator: str
    year: int | None
    role: str
    ref: Ref
    words: str


def relatives_of(
    *, district: District, period: tuple[int, int], on: date, plan: Plan | None = None, parent: str = ""
) -> list[Relative]:
    """Return the plans that one must not contradict: above, below, before and after it.

    Parameters
    ----------
    period : tuple of int
        First and last year.
    plan : Plan, optional
        The plan itself, where it is in the ledger already; it is no relative of its own.
    parent : str
        Code of the plan above it, where its text names one.
    """
    above = {one.subject_id for one in areas.district_path(district, on)} - {district.pk}
    below = areas.districts_under(district, on) - {district.pk}
    others = PlanVersion.objects.on(on).exclude(state=PlanState.WITHDRAWN)
    others = others.filter(subject__simulated=district.simulated)
    if plan is not None:
        others = others.exclude(subject=plan)
    near: QuerySet[PlanVersion] = others.filter(
        Q(subject__district_id__in=above | below | {district.pk})
        | Q(subject__code=parent)
        | Q(parent=plan, parent__isnull=False)
    ).select_related("subject__district")
    found = (
        Relative(one.subject, one, kinship)
        for one in near.order_by("subject__code")
        if (kinship := _kinship(one, district, period, plan, parent, above, below)) is not None
    )
    return list(found)


def _kinship(
    other: PlanVersion,
    district: District,
    period: tuple[int, int],
    plan: Plan | None,
    parent: str,
    above: set[int],
    below: frozenset[int],
) -> Kinship | None:
    if parent and other.subject.code == parent:
        return Kinship.UPPER
    if plan is not None and other.parent_id == plan.pk:
        return Kinship.LOWER
    if other.subject.district_id == district.pk:
        if other.period_to < period[1] and other.period_from < period[0]:
            return Kinship.PREVIOUS
        if other.period_to > period[1] and other.period_from > period[0]:
            return Kinship.NEXT
        return None
    if other.period_from > period[1] or other.period_to < period[0]:
        return None
    return Kinship.UPPER if other.subject.district_id in above else Kinship.LOWER


def statements_of(*, plan: Plan, on: date) -> list[LedgerStatement]:
    """Return the numbers that a plan promises and reports, as they stood on a day."""
    return [*_of_indicators(plan, on), *_of_commitments(plan, on)]


def _of_indicators(plan: Plan, on: date) -> Iterator[LedgerStatement]:
    rows = {
        row.subject_id: row for row in IndicatorVersion.objects.on(on).filter(plan=plan).order_by("order")
    }
    targets = TargetVersion.objects.on(on).filter(subject__indicator_id__in=rows)
    for target in targets.select_related("subject").order_by("subject__indicator_id", "subject__year"):
        row = rows[target.subject.indicator_id]
        yield from _said(row.name, target.typed, target.subject.year, "target", _ref("indicator", row))
    for row in rows.values():
        if row.baseline is not None:
            yield from _said(row.name, row.baseline, row.baseline_year, "fact", _ref("indicator", row))


def _of_commitments(plan: Plan, on: date) -> Iterator[LedgerStatement]:
    for row in CommitmentVersion.objects.on(on).filter(plan=plan).order_by("order"):
        year = row.due_on.year if row.due_on else None
        yield from _said(row.metric, row.typed, year, "target", _ref("commitment", row))


def _ref(kind: str, row: IndicatorVersion | CommitmentVersion) -> Ref:
    return Ref("plans", kind, str(row.subject_id))


def _said(name: str, typed: Typed, year: int | None, role: str, ref: Ref) -> Iterator[LedgerStatement]:
    """One statement for a number, none for what is assigned, worded or absent."""
    if typed.kind is ValueKind.NUMBER and typed.value is not None:
        words = f"{name} {year or ''} {typed_in_words(typed)}".replace("  ", " ")
        operator = "=" if typed.operator is None else typed.operator.value
        yield LedgerStatement(name, typed.value, operator, year, role, ref, words)
