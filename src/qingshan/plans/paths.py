"""Where an indicator should be, year by year (逐年路径): a line through printed numbers. Pure, exact."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from qingshan.kernel.rounding import round_places
from qingshan.plans.case import Case
from qingshan.plans.packs.words import ValueKind
from qingshan.plans.targets import Typed

__all__ = ["PathPoint", "expected", "knots", "path", "places_of", "rounded"]


@dataclass(frozen=True, slots=True)
class PathPoint:
    """Where an indicator should be at the end of a year (逐年路径)."""

    year: int
    value: Decimal
    #: True for the baseline and the targets themselves, False between them.
    printed: bool


def path(case: Case, places: int | None = None) -> tuple[PathPoint, ...]:
    """Return where the indicator should be, year by year, from the baseline to the last numeric target.

    Between two printed numbers the line is straight; it is rounded for showing only, to one place more
    than the printed numbers have (or to ``places``). Empty without at least two numbers.
    """
    printed = knots(case)
    if len(printed) < 2:
        return ()
    digits = places if places is not None else 1 + max(places_of(value) for value in printed.values())
    first, last = min(printed), max(printed)
    return tuple(
        PathPoint(year, printed[year], True)
        if year in printed
        else PathPoint(year, rounded(expected(printed, year), digits), False)
        for year in range(first, last + 1)
    )


def knots(case: Case) -> dict[int, Decimal]:
    """The printed numbers that the path runs through."""
    found: dict[int, Decimal] = {}
    if case.baseline_year is not None and (base := case.baseline_number) is not None:
        found[case.baseline_year] = base
    for year, typed in case.targets.items():
        if (bound := _bound(case, typed)) is not None and year > (case.baseline_year or 0):
            found[year] = bound
    return found


def _bound(case: Case, typed: Typed) -> Decimal | None:
    if typed.kind is ValueKind.NUMBER:
        return typed.value
    if typed.kind is ValueKind.ELIMINATE:
        return Decimal(0)
    if typed.kind is ValueKind.KEEP_NOT_WORSE:
        return case.baseline_number
    if typed.kind is ValueKind.ALL_OF:
        return next((found for part in typed.parts if (found := _bound(case, part)) is not None), None)
    return None


def expected(printed: Mapping[int, Decimal], year: int) -> Fraction | None:
    before = [one for one in printed if one <= year]
    after = [one for one in printed if one >= year]
    if not before:
        return None
    left = max(before)
    if not after:
        return Fraction(printed[left])
    right = min(after)
    if left == right:
        return Fraction(printed[left])
    share = Fraction(year - left, right - left)
    return Fraction(printed[left]) + (Fraction(printed[right]) - Fraction(printed[left])) * share


def rounded(value: Fraction | None, places: int) -> Decimal:
    if value is None:
        raise ValueError("a path has no value before its first printed number")
    return round_places(value, places)


def places_of(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
