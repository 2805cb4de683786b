"""Reads what an example gives: numbers, texts that hold one, and the marks that say there is none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from qingshan.evaluation.conformance.examples import Unsupported
from qingshan.kernel.basis import Missing
from qingshan.kernel.rounding import exact
from qingshan.science.water.readings import DAMAGE, NonDetects, amount, read_value

__all__ = ["by_period", "given_number", "present_numbers"]


def given_number(
    value: Any, use: NonDetects = NonDetects.HALF, *, may_be_negative: bool = False
) -> Fraction | Missing:
    """Return the number that a field of an example holds, or why it holds none.

    An index may be negative; what was measured may not.

    Raises
    ------
    Unsupported
        The field is neither: damage is never read as a gap.

    Examples
    --------
    >>> given_number("0.004L"), given_number(Decimal("4.05")), given_number("--").reason
    (Fraction(1, 500), Fraction(81, 20), 'no_value_at_this_time')
    """
    if value is None:
        return Missing("blank")
    if isinstance(value, int | Decimal | Fraction) and not isinstance(value, bool):
        if value < 0 and not may_be_negative:
            raise Unsupported(f"{value} is no value: negative")
        return exact(value)
    reading = read_value(str(value))
    if isinstance(reading, Missing):
        if reading.reason in DAMAGE:
            raise Unsupported(f"{value!r} is no value: {reading.reason}")
        return reading
    return amount(reading, use)


def present_numbers(values: Iterable[Any], use: NonDetects = NonDetects.HALF) -> list[Fraction]:
    """Return the numbers among values; a statistic is taken over those that are there."""
    found = (given_number(value, use) for value in values)
    return [number for number in found if not isinstance(number, Missing)]


def by_period(values: Any) -> list[Any]:
    """Return a series in the order of its periods: a list as it stands, a mapping by its years."""
    return [values[period] for period in sorted(values)] if isinstance(values, Mapping) else list(values)
