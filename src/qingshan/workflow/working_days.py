"""The Chinese working-day calendar (工作日历). Pure: the arrangements are given, nothing reads the clock.

A day is worked when it is a make-up day, or a Monday to Friday that no holiday covers. Which days
these are is decided each year anew by notice of the State Council's General Office; a year without
its notice is *not loaded*, and nothing is computed across it unless the caller asks for an estimate,
which then says that it is one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.utils.translation import gettext as _

ONE_DAY = timedelta(days=1)


class YearNotLoaded(LookupError):
    """The arrangement of a year is needed and has not been loaded."""

    def __init__(self, year: int) -> None:
        super().__init__(_("%d年放假安排尚未载入") % year)
        self.year = year


class DayKind(StrEnum):
    """What sort of day it is."""

    WORKDAY = "workday"
    MAKE_UP = "make_up"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"


@dataclass(frozen=True, slots=True)
class Holiday:
    """One holiday of a notice: first and last day off, and the rest days that are worked for it."""

    name: str
    first: date
    last: date
    make_up: tuple[date, ...] = ()

    def days(self) -> Iterator[date]:
        """Every day off."""
        day = self.first
        while day <= self.last:
            yield day
            day += ONE_DAY


@dataclass(frozen=True, slots=True)
class Arrangement:
    """What a notice arranges for a year (年度放假安排), with the notice and how it was confirmed."""

    year: int
    holidays: tuple[Holiday, ...]
    title: str
    number: str
    issued_on: date
    address: str
    confirmed: str


@dataclass(frozen=True, slots=True)
class Mark:
    """One day of the calendar: its kind, the holiday it belongs to, and whether that is only an estimate."""

    day: date
    kind: DayKind
    name: str = ""
    estimated: bool = False

    @property
    def is_worked(self) -> bool:
        """Whether offices are open."""
        return self.kind in (DayKind.WORKDAY, DayKind.MAKE_UP)


@dataclass(frozen=True, slots=True)
class Due:
    """The last day of a term, and the years for which only weekends were known when it was computed."""

    on: date
    estimated_years: tuple[int, ...] = ()

    @property
    def estimated(self) -> bool:
        """Whether a notice yet to come may move it."""
        return bool(self.estimated_years)


class WorkingCalendar:
    """Working days over the years whose arrangements are given.

    Examples
    --------
    >>> spring = Holiday("春节", date(2026, 2, 15), date(2026, 2, 23), (date(2026, 2, 14), date(2026, 2, 28)))
    >>> calendar = WorkingCalendar([Arrangement(2026, (spring,), "", "", date(2025, 11, 4), "", "")])
    >>> calendar.is_working_day(date(2026, 2, 14)), calendar.is_working_day(date(2026, 2, 16))
    (True, False)
    >>> calendar.add_working_days(date(2026, 2, 13), 2)
    datetime.date(2026, 2, 24)
    >>> calendar.add_working_days(date(2026, 12, 31), 1)
    Traceback (most recent call last):
        ...
    qingshan.workflow.working_days.YearNotLoaded: 2027年放假安排尚未载入
    >>> calendar.estimate_working_days(date(2026, 12, 31), 1)
    Due(on=datetime.date(2027, 1, 1), estimated_years=(2027,))
    """

    def __init__(self, arrangements: Iterable[Arrangement]) -> None:
        self.arrangements = {one.year: one for one in sorted(arrangements, key=lambda one: one.year)}
        self._off: dict[date, str] = {}
        self._make_up: dict[date, str] = {}
        for arrangement in self.arrangements.values():
            for holiday in arrangement.holidays:
                self._off |= dict.fromkeys(holiday.days(), holiday.name)
                self._make_up |= dict.fromkeys(holiday.make_up, holiday.name)

    @property
    def years(self) -> tuple[int, ...]:
        """The years that are loaded, in order."""
        return tuple(self.arrangements)

    def mark(self, day: date, *, estimate: bool = False) -> Mark:
        """Return what sort of day it is.

        Parameters
        ----------
        estimate : bool
            In a year that is not loaded, know weekends only and say so, instead of refusing.

        Raises
        ------
        YearNotLoaded
            The year is not loaded and no estimate was asked for.
        """
        loaded = day.year in self.arrangements
        if not loaded and not estimate:
            raise YearNotLoaded(day.year)
        if day in self._make_up:
            return Mark(day, DayKind.MAKE_UP, self._make_up[day])
        if day in self._off:
            return Mark(day, DayKind.HOLIDAY, self._off[day])
        weekend = day.isoweekday() > 5
        return Mark(day, DayKind.WEEKEND if weekend else DayKind.WORKDAY, estimated=not loaded)

    def is_working_day(self, day: date) -> bool:
        """Return whether offices are open on a day.

        Raises
        ------
        YearNotLoaded
        """
        return self.mark(day).is_worked

    def add_working_days(self, start: date, count: int) -> date:
        """Return the ``count``-th working day after ``start``, which itself is not counted.

        Parameters
        ----------
        count : int
            0 gives ``start`` when it is worked, else the next working day; below 0 counts backwards.

        Raises
        ------
        YearNotLoaded
        """
        return self._walk(start, count, estimate=False).on

    def estimate_working_days(self, start: date, count: int) -> Due:
        """Like `add_working_days`, but knows weekends only in years not loaded, and names those years."""
        return self._walk(start, count, estimate=True)

    def first_worked(self, day: date, *, estimate: bool = False) -> Due:
        """Return the day itself when it is worked, else the first working day after it."""
        return self._walk(day, 0, estimate=estimate)

    def working_days_between(self, start: date, end: date) -> int:
        """Return how many working days lie after ``start`` up to and with ``end``; negative backwards.

        Raises
        ------
        YearNotLoaded
        """
        if end < start:
            return -self.working_days_between(end, start)
        return sum(self.is_working_day(start + ONE_DAY * ahead) for ahead in range(1, (end - start).days + 1))

    def _walk(self, start: date, count: int, *, estimate: bool) -> Due:
        estimated: set[int] = set()

        def is_worked(day: date) -> bool:
            mark = self.mark(day, estimate=estimate)
            if mark.estimated:
                estimated.add(day.year)
            return mark.is_worked

        day, step = start, ONE_DAY if count >= 0 else -ONE_DAY
        if count == 0:
            while not is_worked(day):
                day += ONE_DAY
        for _day in range(abs(count)):
            day += step
            while not is_worked(day):
                day += step
        return Due(day, tuple(sorted(estimated)))
