"""When a schedule comes due: ``every 30s`` or five cron fields in Beijing time. Pure; the moment is given.

Cron fields are minute, hour, day of month, month, day of week (0 and 7 are Sunday), each ``*``,
``a``, ``a-b``, ``*/n``, ``a-b/n`` or a list of these. As in cron, when day of month and day of
week are both restricted, a day that meets either one counts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from qingshan.kernel.spans import BEIJING

_EVERY = re.compile(r"every (\d{1,6})(s|m|h)")
_SECONDS = {"s": 1, "m": 60, "h": 3600}
_FIELDS = (
    ("minute", 0, 59),
    ("hour", 0, 23),
    ("day of month", 1, 31),
    ("month", 1, 12),
    ("day of week", 0, 7),
)
#: The rarest day cron can name is 29 February; eight years bridge even 1896 to 1904.
_DAYS_AHEAD = 366 * 8 + 2


class BadWhen(ValueError):
    """The text is not a rule of time."""


@dataclass(frozen=True, slots=True)
class Every:
    """Again after a fixed time."""

    step: timedelta

    def after(self, moment: datetime) -> datetime:
        """Return the first moment due after this one."""
        return moment + self.step


@dataclass(frozen=True, slots=True)
class Cron:
    """At set minutes of set days, Beijing time."""

    minutes: tuple[int, ...]
    hours: tuple[int, ...]
    days: frozenset[int]
    months: frozenset[int]
    weekdays: frozenset[int]
    either_day: bool

    def after(self, moment: datetime) -> datetime:
        """Return the first moment due after this one, in UTC.

        Raises
        ------
        BadWhen
            The rule names a day no year has, such as 31 June.
        """
        local = moment.astimezone(BEIJING)
        for ahead in range(_DAYS_AHEAD):
            day = local.date() + timedelta(days=ahead)
            if not self._meets(day):
                continue
            for hour in self.hours:
                for minute in self.minutes:
                    due = datetime.combine(day, time(hour, minute), BEIJING)
                    if due > local:
                        return due.astimezone(UTC)
        raise BadWhen("no such day within eight years")

    def _meets(self, day: date) -> bool:
        if day.month not in self.months:
            return False
        in_month, in_week = day.day in self.days, day.isoweekday() % 7 in self.weekdays
        return (in_month or in_week) if self.either_day else (in_month and in_week)


def read_when(text: str) -> Every | Cron:
    """Read a rule of time.

    Raises
    ------
    BadWhen
        Names the field, the value found and the values allowed.

    Examples
    --------
    >>> read_when("every 5m").after(datetime(2026, 11, 21, 0, 0, tzinfo=UTC)).isoformat()
    '2026-11-21T00:05:00+00:00'

    At 08:30 Beijing time on working-week days; 21 November 2026 is a Saturday.

    >>> read_when("30 8 * * 1-5").after(datetime(2026, 11, 21, 0, 0, tzinfo=UTC)).isoformat()
    '2026-11-23T00:30:00+00:00'
    """
    if every := _EVERY.fullmatch(text.strip()):
        seconds = int(every[1]) * _SECONDS[every[2]]
        if not seconds:
            raise BadWhen("every 0: at least one second is needed")
        return Every(timedelta(seconds=seconds))
    words = text.split()
    if len(words) != len(_FIELDS):
        raise BadWhen(f"{text!r}: allowed are 'every 30s', 'every 5m', 'every 2h', or five cron fields")
    minutes, hours, days, months, weekdays = (
        _field(word, name, low, high) for word, (name, low, high) in zip(words, _FIELDS, strict=True)
    )
    return Cron(
        minutes=tuple(sorted(minutes)),
        hours=tuple(sorted(hours)),
        days=days,
        months=months,
        weekdays=frozenset(day % 7 for day in weekdays),
        either_day=words[2] != "*" and words[4] != "*",
    )


def _field(word: str, name: str, low: int, high: int) -> frozenset[int]:
    return frozenset(value for part in word.split(",") for value in _part(part, name, low, high))


def _part(part: str, name: str, low: int, high: int) -> range:
    found = re.fullmatch(r"(?:\*|(\d{1,2})(?:-(\d{1,2}))?)(?:/(\d{1,2}))?", part)
    if found is None:
        raise BadWhen(f"{name}: {part!r} is not a number, a range, a step or *")
    first, last, step = found[1], found[2], int(found[3] or 1)
    start = low if first is None else int(first)
    # "5/10" means from 5 on, as in cron; a bare "5" means just 5.
    stop = int(last) if last else (start if first is not None and found[3] is None else high)
    if not low <= start <= stop <= high or step < 1:
        raise BadWhen(f"{name}: {part!r}; allowed is {low} to {high}")
    return range(start, stop + 1, step)
