"""Months and quarters a round speaks of. Pure."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils.translation import gettext as _

from qingshan.dispatch.vocabulary import Period

__all__ = ["period_before", "period_in_words", "period_of", "straight_line"]

_QUARTER = 3


def period_of(period: Period, day: date) -> tuple[date, date]:
    """Return first and last day of the month or quarter a day lies in.

    Examples
    --------
    >>> period_of(Period.QUARTER, date(2026, 11, 22))
    (datetime.date(2026, 10, 1), datetime.date(2026, 12, 31))
    >>> period_of(Period.MONTH, date(2024, 2, 29))
    (datetime.date(2024, 2, 1), datetime.date(2024, 2, 29))
    """
    months = _QUARTER if period is Period.QUARTER else 1
    first = day.month - (day.month - 1) % months
    last_month = first + months - 1
    after = date(day.year + last_month // 12, last_month % 12 + 1, 1)
    return date(day.year, first, 1), after - timedelta(days=1)


def period_before(period: Period, starts_on: date) -> tuple[date, date]:
    """Return first and last day of the period before the one that begins on a day."""
    return period_of(period, starts_on - timedelta(days=1))


def period_in_words(period: Period, starts_on: date) -> str:
    """Return a period as officials write it: 2026年11月, 2026年第4季度."""
    if period is Period.QUARTER:
        quarter = (starts_on.month - 1) // _QUARTER + 1
        return _("%(year)d年第%(quarter)d季度") % {"year": starts_on.year, "quarter": quarter}
    return _("%(year)d年%(month)d月") % {"year": starts_on.year, "month": starts_on.month}


def straight_line(starts_on: date | None, due_on: date | None, on: date) -> int | None:
    """Return how many per cent should be done on a day, if work goes evenly from first to last (时序进度).

    Returns
    -------
    int or None
        Whole per cent, rounded down in the department's favour; None where a first or last day is not known.

    Examples
    --------
    >>> straight_line(date(2025, 1, 1), date(2026, 12, 31), date(2025, 12, 31))
    50
    >>> straight_line(date(2026, 1, 1), date(2026, 12, 31), date(2025, 6, 1))
    0
    >>> straight_line(None, date(2026, 12, 31), date(2025, 6, 1)) is None
    True
    """
    if starts_on is None or due_on is None or due_on < starts_on:
        return None
    whole = (due_on - starts_on).days + 1
    gone = (on - starts_on).days + 1
    return max(0, min(100, 100 * gone // whole))
