"""The calendar page."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from qingshan.accounts.public import can, needs
from qingshan.pages.public import answer_form, as_of, page_or_part
from qingshan.workflow.actions import load_calendar
from qingshan.workflow.calendar_files import FOLDER
from qingshan.workflow.forms import LoadForm
from qingshan.workflow.queries import editions, working_calendar
from qingshan.workflow.working_days import WorkingCalendar
from qingshan.workflow.year_view import months_of

MANAGE = "calendar.manage"


@login_required
def calendar(request: HttpRequest) -> HttpResponse:
    """Show a year with its holidays and make-up days, and where that is known from."""
    working = working_calendar()
    year = _year(request)
    loaded = year in working.arrangements
    context = {
        "year": year,
        "choices": _choices(working, year),
        "arrangement": working.arrangements.get(year),
        "months": months_of(year, working) if loaded else [],
        "working_days": sum(month.working_days for month in months_of(year, working)) if loaded else 0,
        "editions": editions(year),
        "may_load": can(request.user, MANAGE),
        "today": timezone.localdate(),
    }
    return page_or_part(request, "workflow/calendar", context)


def _year(request: HttpRequest) -> int:
    wanted = request.GET.get("year", "")
    return int(wanted) if wanted.isdecimal() and 2000 <= int(wanted) <= 2099 else as_of(request).year


def _choices(working: WorkingCalendar, year: int) -> list[int]:
    # The year after the last loaded one is offered too: its page says that it is still to come.
    return sorted({*working.years, working.years[-1] + 1, year})


@needs(MANAGE)
def load(request: HttpRequest) -> HttpResponse:
    """Load a year from a file or from pasted text."""
    return answer_form(
        request,
        LoadForm(request.POST or None, request.FILES or None),
        lambda given: load_calendar(**given, by=request.user, at=timezone.now()),
        template="workflow/load",
        context={"example": (FOLDER / "2026.yaml").read_text("utf-8")},
        done=_loaded_page,
        said=_("已载入，受影响的期限已按新的工作日历重新计算。"),
    )


def _loaded_page(arrangement: Any) -> str:
    address = reverse("workflow:calendar")
    return f"{address}?year={arrangement.year}" if arrangement else address
