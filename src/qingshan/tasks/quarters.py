"""The quarters a piece of work runs through (季度). Pure: days in, days out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

__all__ = ["Quarter", "quarters_of", "shares_of_weight"]

_MONTHS = 3


@dataclass(frozen=True, slots=True)
class Quarter:
    """The part of a quarter in which the work runs; both days belong to it."""

    year: int
    number: int
    starts_on: date
    due_on: date


def quarters_of(starts_on: date, due_on: date) -> tuple[Quarter, ...]:
    """Return the calendar quarters that a span touches, cut to the span.

    Parameters
    ----------
    starts_on, due_on : date
        First and last day of the work; the last is not before the first.

    Examples
    --------
    >>> for quarter in quarters_of(date(2026, 2, 10), date(2026, 7, 5)):
    ...     print(quarter.number, quarter.starts_on, quarter.due_on)
    1 2026-02-10 2026-03-31
    2 2026-04-01 2026-06-30
    3 2026-07-01 2026-07-05
    """
    found, first = [], starts_on
    while first <= due_on:
        number = (first.month - 1) // _MONTHS + 1
        last = min(_end_of(first.year, number), due_on)
        found.append(Quarter(first.year, number, first, last))
        first = last + timedelta(days=1)
    return tuple(found)


def _end_of(year: int, number: int) -> date:
    following = date(year + number // 4, number % 4 * _MONTHS + 1, 1)
    return following - timedelta(days=1)


def shares_of_weight(hundredths: int, parts: int) -> tuple[int, ...]:
    """Divide a weight among parts so that they add up to it exactly; what is left over goes to the last.

    Examples
    --------
    >>> shares_of_weight(100, 3)
    (33, 33, 34)
    """
    each = hundredths // parts
    return (*(each,) * (parts - 1), hundredths - each * (parts - 1))
