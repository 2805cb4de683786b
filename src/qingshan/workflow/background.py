"""The daily look at deadlines: who must know that one is near, or has passed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from qingshan.jobs.public import Progress, announce, job_kind, schedule
from qingshan.workflow.events import DeadlineNear, DeadlinePassed
from qingshan.workflow.models import Deadline
from qingshan.workflow.queries import running_deadlines, working_calendar
from qingshan.workflow.working_days import WorkingCalendar

#: Word goes out this many working days before the last day.
NEAR = 3


@job_kind("workflow.remind", title=_("提醒临近和逾期的期限"))
def remind(payload: Mapping[str, Any], progress: Progress) -> dict[str, int]:
    """Announce the deadlines that came near or passed since word was last sent."""
    now = timezone.now()
    return announce_deadlines(on=timezone.localdate(now), at=now, progress=progress)


def announce_deadlines(*, on: date, at: datetime, progress: Progress) -> dict[str, int]:
    """Announce each running deadline once when it is near and once when it has passed.

    An extended deadline is news again. In a year that is not loaded weekends alone are known, and
    the event says so.
    """
    calendar = working_calendar()
    horizon = calendar.estimate_working_days(on, NEAR).on
    found = list(running_deadlines(due_until=horizon))
    counts = {"near": 0, "passed": 0}
    for number, deadline in enumerate(found, start=1):
        with transaction.atomic():
            counts["passed"] += _tell_passed(deadline, on, at)
            counts["near"] += _tell_near(deadline, on, at, calendar)
        progress.step(number, len(found))
    return counts


def _tell_passed(deadline: Deadline, on: date, at: datetime) -> bool:
    if not deadline.is_overdue(on) or deadline.passed_told_for == deadline.due_on:
        return False
    Deadline.objects.filter(pk=deadline.pk).update(passed_told_for=deadline.due_on)
    announce(DeadlinePassed(deadline.subject, deadline.name, deadline.due_on), at=at)
    return True


def _tell_near(deadline: Deadline, on: date, at: datetime, calendar: WorkingCalendar) -> bool:
    if deadline.is_overdue(on) or deadline.near_told_for == deadline.due_on:
        return False
    Deadline.objects.filter(pk=deadline.pk).update(near_told_for=deadline.due_on)
    left, estimated = working_days_left(on, deadline.due_on, calendar)
    announce(
        DeadlineNear(
            about=deadline.subject,
            name=deadline.name,
            due_on=deadline.due_on,
            working_days_left=left,
            estimated=estimated or deadline.estimated,
        ),
        at=at,
    )
    return True


def working_days_left(on: date, due_on: date, calendar: WorkingCalendar) -> tuple[int, bool]:
    """Return how many working days are left after a day, and whether a year was not loaded."""
    days = (date.fromordinal(number) for number in range(on.toordinal() + 1, due_on.toordinal() + 1))
    marks = [calendar.mark(day, estimate=True) for day in days]
    return sum(mark.is_worked for mark in marks), any(mark.estimated for mark in marks)


schedule("workflow.remind", title=_("每日提醒期限"), kind="workflow.remind", when="30 7 * * *")
