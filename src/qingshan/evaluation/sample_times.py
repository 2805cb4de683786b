"""Reads the time of a sample; a time without a year is never given one silently (监测时间)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from qingshan.kernel.basis import Missing

__all__ = ["SampleTime", "read_time"]

_FULL = re.compile(
    r"(?P<year>\d{4})[-/.年](?P<month>\d{1,2})[-/.月](?P<day>\d{1,2})日?"
    r"(?:[T ]+(?P<hour>\d{1,2})(?::(?P<minute>\d{2}))?(?::\d{2}(?:\.\d+)?)?时?)?(?:\+08:?00|Z)?"
)
_SHORT = re.compile(
    r"(?P<month>\d{1,2})[-/月](?P<day>\d{1,2})日?(?:[T ]+(?P<hour>\d{1,2}):(?P<minute>\d{2}))?"
)


@dataclass(frozen=True, slots=True)
class SampleTime:
    """When a sample was taken, Beijing time, and whether its year was printed or concluded."""

    at: datetime
    year_concluded: bool = False


def read_time(text: str, fetched_on: date | None = None, year: int | None = None) -> SampleTime | Missing:
    """Return the time that a field says.

    Parameters
    ----------
    text : str
        ``2021-04-01T08:00:00+08:00``, ``2021-04-01 08:00``, ``2021年4月1日`` ...; ``04-01 08:00``
        has no year. 24:00 is the midnight that ends the day.
    fetched_on : date, optional
        Day the table was fetched: a time without a year is the last one not after that day.
    year : int, optional
        Year to take for a time without one, as the caller was told.

    Returns
    -------
    SampleTime or Missing
        ``time_without_year`` when nothing settles the year; ``blank``, ``not_a_time``,
        ``time_in_another_zone``.

    Examples
    --------
    >>> read_time("01-02 08:05", fetched_on=date(2021, 1, 2)).at.year
    2021
    >>> read_time("12-31 20:00", fetched_on=date(2021, 1, 2)).at.year
    2020
    >>> read_time("04-01 08:00")
    Missing(reason='time_without_year')
    """
    word = text.strip()
    if not word or set(word) <= set("-*—"):
        return Missing("blank")
    if full := _FULL.fullmatch(word):
        if word.endswith("Z"):
            return Missing("time_in_another_zone")
        return _time(full, int(full["year"]), False)
    short = _SHORT.fullmatch(word)
    if short is None:
        return Missing("not_a_time")
    if year is not None:
        return _time(short, year, True)
    if fetched_on is None:
        return Missing("time_without_year")
    this_year = _time(short, fetched_on.year, True)
    is_later = isinstance(this_year, SampleTime) and this_year.at.date() > fetched_on
    return _time(short, fetched_on.year - 1, True) if is_later else this_year


def _time(found: re.Match[str], year: int, concluded: bool) -> SampleTime | Missing:
    hour, minute = int(found["hour"] or 0), int(found["minute"] or 0)
    ends_the_day = (hour, minute) == (24, 0)
    try:
        at = datetime(  # noqa: DTZ001 - Beijing time throughout; the tables name no zone
            year, int(found["month"]), int(found["day"]), 0 if ends_the_day else hour, minute
        )
        return SampleTime(at + timedelta(days=ends_the_day), concluded)
    except (ValueError, OverflowError):
        return Missing("not_a_time")
