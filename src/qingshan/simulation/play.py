"""Playing what happened in the order of its days (时间推演).

A *course* is a generator: it yields the day on which it next does something, and is sent the moment
when that day has come. So one value's entering, sending back, correcting and approving reads as one
function, while a thousand of them take their turns day by day. Nothing here reads the clock.
"""

from __future__ import annotations

import heapq
from collections.abc import Generator, Iterable
from datetime import date, datetime, time, timedelta
from zlib import crc32

from qingshan.accounts.public import remembered
from qingshan.kernel.spans import BEIJING
from qingshan.workflow.public import working_calendar

__all__ = ["Course", "OfficeHours", "play"]

Course = Generator[date, datetime, None]

_BEGIN_OF_WORK = time(8, 45, tzinfo=BEIJING)
_APART = timedelta(seconds=40)  # so many that a busy day's end is still in the evening


class OfficeHours:
    """Working days of the county, by the bundled calendar."""

    def __init__(self) -> None:
        self._calendar = working_calendar()

    def on_or_after(self, day: date) -> date:
        """The day itself, or the next one on which people work."""
        return self._calendar.first_worked(day, estimate=True).on

    def some_days_after(self, day: date, name: str, *, most: int) -> date:
        """A working day one to ``most`` days later; which one is told by the name, always the same."""
        return self.on_or_after(day + timedelta(days=1 + crc32(f"{name} {day}".encode()) % most))


def play(courses: Iterable[Course], *, until: date) -> int:
    """Let all courses run, day by day, and return how many steps they took.

    Parameters
    ----------
    courses
        Begun together; of one day's steps the earlier course goes first, so those that change rights
        are given before all others.
    until : date
        Last day that is played; what a course would do later is left undone.
    """
    waiting = [(next(course), number, course) for number, course in enumerate(courses)]
    heapq.heapify(waiting)
    steps = 0
    while waiting and waiting[0][0] <= until:
        with remembered():  # rights change at the beginning of a day only, by the first of the courses
            steps += _day(waiting)
    return steps


def _day(waiting: list[tuple[date, int, Course]]) -> int:
    """Take the steps of the next day, also those that they bring about on the same day."""
    day = waiting[0][0]
    moment, steps = datetime.combine(day, _BEGIN_OF_WORK), 0
    while waiting and waiting[0][0] == day:
        _, number, course = heapq.heappop(waiting)
        try:
            following = course.send(moment + steps * _APART)
        except StopIteration:
            pass
        else:
            heapq.heappush(waiting, (max(following, day), number, course))
        steps += 1
    return steps
