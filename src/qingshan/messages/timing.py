"""When a notice may leave the house: quiet hours, rest days, digests. Pure; Beijing time.

A person who is asleep or off work is not rung up: the notice lies in the inbox at once, and e-mail
and webhook wait. Urgent notices do not wait.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from qingshan.kernel.spans import BEIJING

ONE_DAY = timedelta(days=1)
#: No row of rest days is longer; what asks further is a calendar gone wrong.
_DAYS_AHEAD = 60


class Pace(StrEnum):
    """How often a channel may speak to a person."""

    AT_ONCE = "at_once"
    DAILY = "daily"
    WEEKLY = "weekly"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Quiet:
    """When a person is not to be disturbed.

    Parameters
    ----------
    from_time, to_time : time
        The quiet hours; they may run over midnight. The same twice means none.
    on_rest_days : bool
        Whether rest days are quiet from end to end.
    digest_at : time
        When a digest is sent.
    digest_weekday : int
        Day of the weekly digest, 1 (Monday) to 7.
    """

    from_time: time = time(22, 0)
    to_time: time = time(7, 30)
    on_rest_days: bool = False
    digest_at: time = time(8, 30)
    digest_weekday: int = 1

    def covers(self, moment: time) -> bool:
        """Whether a time of day lies in the quiet hours; their end does not."""
        if self.from_time <= self.to_time:
            return self.from_time <= moment < self.to_time
        return moment >= self.from_time or moment < self.to_time


def leaves_at(
    moment: datetime, *, pace: Pace, quiet: Quiet, urgent: bool, is_rest_day: Callable[[date], bool]
) -> datetime:
    """Return when a notice of this moment leaves, in UTC.

    Parameters
    ----------
    pace : Pace
        Not ``NEVER``: then nothing leaves, and nothing is asked.
    urgent : bool
        Neither quiet hours nor digests hold it.
    is_rest_day : callable
        Answers for any day; asked only when rest days are quiet.

    Examples
    --------
    A notice at 23:00 on Friday waits for 07:30, and with quiet rest days for Monday.

    >>> friday = datetime(2026, 11, 20, 23, 0, tzinfo=BEIJING)
    >>> weekend = lambda day: day.isoweekday() > 5
    >>> given = {"pace": Pace.AT_ONCE, "urgent": False, "is_rest_day": weekend}
    >>> leaves_at(friday, quiet=Quiet(), **given).astimezone(BEIJING).isoformat()
    '2026-11-21T07:30:00+08:00'
    >>> leaves_at(friday, quiet=Quiet(on_rest_days=True), **given).astimezone(BEIJING).isoformat()
    '2026-11-23T07:30:00+08:00'
    """
    local = moment.astimezone(BEIJING)
    if not urgent:
        local = _after_quiet(_digest_time(local, pace, quiet), quiet, is_rest_day)
    return local.astimezone(UTC)


def _digest_time(local: datetime, pace: Pace, quiet: Quiet) -> datetime:
    if pace is Pace.AT_ONCE:
        return local
    due = datetime.combine(local.date(), quiet.digest_at, BEIJING)
    while due <= local or (pace is Pace.WEEKLY and due.isoweekday() != quiet.digest_weekday):
        due += ONE_DAY
    return due


def _after_quiet(local: datetime, quiet: Quiet, is_rest_day: Callable[[date], bool]) -> datetime:
    if quiet.covers(local.time()):
        ends = datetime.combine(local.date(), quiet.to_time, BEIJING)
        local = ends if ends > local else ends + ONE_DAY
    if not quiet.on_rest_days:
        return local
    for ahead in range(_DAYS_AHEAD):
        day = local.date() + ONE_DAY * ahead
        if not is_rest_day(day):
            return local if ahead == 0 else datetime.combine(day, quiet.to_time, BEIJING)
    raise ValueError(f"no working day within {_DAYS_AHEAD} days after {local.date()}")
