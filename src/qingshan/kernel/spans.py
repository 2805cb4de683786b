"""Spans of time with both ends (时段), and the calendar of Beijing time. Nothing here reads the clock.

A span is half open: its start belongs to it, its end does not. Two neighbouring hours
share no instant, and a year is exactly its months. Instants are stored in UTC; days,
months and years are those of Beijing time (UTC+8, no summer time since 1991).
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone

__all__ = [
    "BEIJING",
    "Span",
    "beijing_day",
    "beijing_time",
    "day_span",
    "days_in_month",
    "from_beijing",
    "hour_span",
    "month_span",
    "quarter_span",
    "year_span",
]

BEIJING = timezone(timedelta(hours=8), "UTC+08:00")
"""Beijing time (北京时间)."""

ONE_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A span of time (时段): from its start, up to but without its end.

    Parameters
    ----------
    start, end : datetime
        With a time zone; kept in UTC. The end lies after the start.

    Raises
    ------
    ValueError
        An end without time zone, or an end that is not after the start.

    Examples
    --------
    >>> year_span(2026).contains(from_beijing(datetime(2026, 1, 1)))
    True
    >>> year_span(2025).contains(from_beijing(datetime(2026, 1, 1)))
    False
    """

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        for name in ("start", "end"):
            object.__setattr__(self, name, _utc(getattr(self, name), name))
        if self.end <= self.start:
            raise ValueError(f"the span ends at {self.end}, which is not after its start {self.start}")

    def contains(self, at: datetime) -> bool:
        """Whether an instant lies in the span."""
        return self.start <= at < self.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two share an instant."""
        return self.start < other.end and other.start < self.end

    @property
    def length(self) -> timedelta:
        """How long it is."""
        return self.end - self.start

    @property
    def first_day(self) -> date:
        """The Beijing day of its first instant."""
        return beijing_day(self.start)

    @property
    def last_day(self) -> date:
        """The Beijing day of its last instant: 31 December for a year, not 1 January."""
        return beijing_day(self.end - timedelta.resolution)

    def days(self) -> Iterator[date]:
        """Every Beijing day that it touches, in order."""
        day, last = self.first_day, self.last_day
        while day <= last:
            yield day
            day += timedelta(days=1)

    def __str__(self) -> str:
        return f"{beijing_time(self.start):%Y-%m-%dT%H:%M}/{beijing_time(self.end):%Y-%m-%dT%H:%M}"


def from_beijing(at: datetime) -> datetime:
    """Return the UTC instant of a Beijing wall-clock time.

    Raises
    ------
    ValueError
        The time already has a zone.

    Examples
    --------
    >>> from_beijing(datetime(2026, 3, 1)).isoformat()
    '2026-02-28T16:00:00+00:00'
    """
    if at.tzinfo is not None:
        raise ValueError(f"{at} has a time zone already")
    return at.replace(tzinfo=BEIJING).astimezone(UTC)


def beijing_time(at: datetime) -> datetime:
    """Return an instant on the Beijing clock, for showing.

    Raises
    ------
    ValueError
        The instant has no time zone.

    Examples
    --------
    >>> beijing_time(datetime(2026, 2, 28, 16, tzinfo=UTC)).isoformat()
    '2026-03-01T00:00:00+08:00'
    """
    return _utc(at, "instant").astimezone(BEIJING)


def beijing_day(at: datetime) -> date:
    """Return the Beijing calendar day of an instant.

    Raises
    ------
    ValueError
        The instant has no time zone.

    Examples
    --------
    >>> beijing_day(datetime(2026, 2, 28, 16, tzinfo=UTC))
    datetime.date(2026, 3, 1)
    """
    return beijing_time(at).date()


def hour_span(at: datetime) -> Span:
    """Return the clock hour that holds an instant.

    Examples
    --------
    >>> str(hour_span(from_beijing(datetime(2026, 3, 1, 7, 59))))
    '2026-03-01T07:00/2026-03-01T08:00'
    """
    start = _utc(at, "instant").replace(minute=0, second=0, microsecond=0)
    return Span(start, start + ONE_HOUR)


def day_span(on: date) -> Span:
    """Return a natural day (自然日) of Beijing time, from midnight to midnight.

    Examples
    --------
    >>> str(day_span(date(2026, 2, 28)))
    '2026-02-28T00:00/2026-03-01T00:00'
    """
    return _days(on, on + timedelta(days=1))


def month_span(year: int, month: int) -> Span:
    """Return a calendar month.

    Examples
    --------
    >>> str(month_span(2026, 12))
    '2026-12-01T00:00/2027-01-01T00:00'
    """
    return _days(date(year, month, 1), _first_after(year, month))


def quarter_span(year: int, quarter: int) -> Span:
    """Return a calendar quarter (1 to 4).

    Raises
    ------
    ValueError
        There is no such quarter.

    Examples
    --------
    >>> str(quarter_span(2026, 4))
    '2026-10-01T00:00/2027-01-01T00:00'
    """
    if quarter not in (1, 2, 3, 4):
        raise ValueError(f"quarter {quarter}; a year has quarters 1 to 4")
    return _days(date(year, 3 * quarter - 2, 1), _first_after(year, 3 * quarter))


def year_span(year: int) -> Span:
    """Return a calendar year.

    Examples
    --------
    >>> str(year_span(2026))
    '2026-01-01T00:00/2027-01-01T00:00'
    """
    return _days(date(year, 1, 1), date(year + 1, 1, 1))


def days_in_month(year: int, month: int) -> int:
    """Return the number of days of a calendar month.

    Examples
    --------
    >>> days_in_month(2024, 2), days_in_month(2026, 2)
    (29, 28)
    """
    return calendar.monthrange(year, month)[1]


def _days(first: date, after: date) -> Span:
    return Span(
        from_beijing(datetime.combine(first, time.min)),
        from_beijing(datetime.combine(after, time.min)),
    )


def _first_after(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1)


def _utc(at: datetime, name: str) -> datetime:
    if at.tzinfo is None:
        raise ValueError(f"the {name} {at} has no time zone")
    return at.astimezone(UTC)
