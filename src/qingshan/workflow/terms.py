"""Terms of time, and the last day of one (期限). Pure.

The rule is that of the Civil Code (民法典), in force since 2021-01-01, where the duty's own law does
not say otherwise: the day of the beginning is not counted (第二百零一条); a term of months or years
ends on the day of the same number, or on the month's last day where there is none (第二百零二条); a
last day that is a day of rest gives way to the first day after the rest (第二百零三条).
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.utils.translation import gettext as _

from qingshan.workflow.working_days import Due, WorkingCalendar


class TermUnit(StrEnum):
    """What a term is counted in."""

    WORKING_DAYS = "working_days"
    DAYS = "days"
    MONTHS = "months"
    YEARS = "years"


_WRITTEN = {"个工作日": TermUnit.WORKING_DAYS, "工作日": TermUnit.WORKING_DAYS, "日": TermUnit.DAYS}
_WRITTEN |= {"天": TermUnit.DAYS, "个月": TermUnit.MONTHS, "月": TermUnit.MONTHS, "年": TermUnit.YEARS}
_PRINTED = {
    TermUnit.WORKING_DAYS: "个工作日",
    TermUnit.DAYS: "日",
    TermUnit.MONTHS: "个月",
    TermUnit.YEARS: "年",
}
_SHAPE = re.compile(r"(\d{1,4})\s*(个工作日|工作日|日|天|个月|月|年)")


class BadTerm(ValueError):
    """The text is not a term of time."""


@dataclass(frozen=True, slots=True)
class Term:
    """A length of time as duties state it.

    Examples
    --------
    >>> Term.read("15个工作日")
    Term(amount=15, unit=<TermUnit.WORKING_DAYS: 'working_days'>)
    >>> str(Term.read("3月"))
    '3个月'
    """

    amount: int
    unit: TermUnit

    def __post_init__(self) -> None:
        if self.amount < 1:
            raise BadTerm(f"a term of {self.amount} is none; allowed is 1 and more")

    def __str__(self) -> str:
        return f"{self.amount}{_PRINTED[self.unit]}"

    @classmethod
    def read(cls, text: str) -> Term:
        """Read a term as written.

        Raises
        ------
        BadTerm
            Names what was found and what is allowed.
        """
        found = _SHAPE.fullmatch(text.strip())
        if found is None:
            raise BadTerm(_("“%s”：期限应写成“10个工作日”“30日”“2个月”“1年”") % text)
        return cls(int(found[1]), _WRITTEN[found[2]])


def last_day(start: date, term: Term, working: WorkingCalendar, *, estimate: bool = False) -> Due:
    """Return the last day of a term that begins with an event on ``start``.

    Parameters
    ----------
    start : date
        The day of the event (receipt, notice, decision); not counted.
    estimate : bool
        Know weekends only in years not loaded; the result then names those years.

    Raises
    ------
    YearNotLoaded
        The term reaches a year that is not loaded and no estimate was asked for.

    Source
    ------
    民法典 第二百零一条至第二百零三条; 中华人民共和国行政处罚法 第八十五条 for terms in working days.

    Examples
    --------
    >>> from qingshan.workflow.working_days import Arrangement
    >>> year = Arrangement(2026, (), "", "", date(2025, 11, 4), "", "")
    >>> last_day(date(2026, 1, 31), Term.read("1个月"), WorkingCalendar([year])).on
    datetime.date(2026, 3, 2)

    The corresponding day is missing, so February's last day stands in; 28 February 2026 is a Saturday
    (here without its make-up work), so Monday it is.
    """
    if term.unit is TermUnit.WORKING_DAYS:
        if estimate:
            return working.estimate_working_days(start, term.amount)
        return Due(working.add_working_days(start, term.amount))
    return working.first_worked(_plain_end(start, term), estimate=estimate)


def _plain_end(start: date, term: Term) -> date:
    if term.unit is TermUnit.DAYS:
        return start + timedelta(days=term.amount)
    months = term.amount * (12 if term.unit is TermUnit.YEARS else 1)
    year, month0 = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month0 + 1, min(start.day, calendar.monthrange(year, month0 + 1)[1]))
