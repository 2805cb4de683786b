"""A year of the working calendar as a page shows it: months of weeks of days."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from qingshan.workflow.working_days import DayKind, Mark, WorkingCalendar

_WEEKS = calendar.Calendar(firstweekday=0)  # Monday first, as offices count


@dataclass(frozen=True, slots=True)
class Cell:
    """One day of a month; days of the neighbouring months are left empty."""

    mark: Mark | None

    @property
    def sign(self) -> str:
        """What stands beside the day, so that colour never speaks alone: 休 off, 班 worked."""
        if self.mark is None or self.mark.kind in (DayKind.WORKDAY, DayKind.WEEKEND):
            return ""
        return _("休") if self.mark.kind is DayKind.HOLIDAY else _("班")


@dataclass(frozen=True, slots=True)
class Month:
    """One month."""

    first: date
    weeks: Sequence[Sequence[Cell]]
    working_days: int


def months_of(year: int, working: WorkingCalendar) -> list[Month]:
    """Return the twelve months of a loaded year.

    Raises
    ------
    YearNotLoaded
    """
    return [_month(date(year, number, 1), working) for number in range(1, 13)]


def _month(first: date, working: WorkingCalendar) -> Month:
    weeks = [
        [Cell(working.mark(day) if day.month == first.month else None) for day in week]
        for week in _WEEKS.monthdatescalendar(first.year, first.month)
    ]
    worked = sum(cell.mark.is_worked for week in weeks for cell in week if cell.mark is not None)
    return Month(first, weeks, worked)
