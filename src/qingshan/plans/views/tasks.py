"""The tasks that come from a measure, commitment or project, and the way to draw one up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from qingshan.accounts.public import can
from qingshan.pages.public import Door, as_of
from qingshan.plans.queries.responsibilities import Share
from qingshan.plans.vocabulary import ResponsibilityRole
from qingshan.tasks.public import TaskState, TaskVersion, progress_of, tasks_about

__all__ = ["TaskLine", "task_door", "task_lines"]

_LONGEST_TITLE = 200


@dataclass(frozen=True, slots=True)
class TaskLine:
    """A task with how far it has come (per cent; None where nobody has said), parts under their whole."""

    terms: TaskVersion
    percent: int | None
    parts: int
    done: int


def task_lines(request: HttpRequest, subject: Any) -> list[TaskLine]:
    """Return the tasks of a record that the person sees; a few queries for any number."""
    rows = list(tasks_about(ref=subject.ref, user=request.user).prefetch_related("subject__parts"))
    percents = progress_of(tasks=[row.subject for row in rows])
    return [_line(row, percents[row.subject_id]) for row in rows]


def _line(row: TaskVersion, percent: int | None) -> TaskLine:
    parts = [part for part in row.subject.parts.all() if part.phase is not TaskState.CANCELLED]
    return TaskLine(row, percent, len(parts), sum(part.phase is TaskState.CLOSED for part in parts))


def task_door(
    request: HttpRequest, kind: str, version: Any, shares: Iterable[Share], title: str
) -> Door | None:
    """Return the button 拟定任务, which brings name, departments and deadline; None without the right."""
    subject = version.subject
    if not can(request.user, "tasks.assign", district_id=subject.plan.district_id):
        return None
    given = list(shares)
    lead = _lead(given)
    words: list[tuple[str, str]] = [
        ("about", str(subject.ref)),
        ("source", kind),
        ("title", title[:_LONGEST_TITLE]),
        *((("lead", str(lead.department_id)),) if lead else ()),
        *(("joint", str(one.department_id)) for one in given if one is not lead),
    ]
    if (due := _due(version, as_of(request))) is not None:
        words.append(("due_on", due.isoformat()))
    return Door(_("拟定任务"), f"{reverse('tasks:new')}?{urlencode(words)}")


def _lead(shares: list[Share]) -> Share | None:
    """Who leads; one department named alone leads, among several nobody is promoted by us."""
    leads = [one for one in shares if one.role is ResponsibilityRole.LEAD]
    return leads[0] if leads else shares[0] if len(shares) == 1 else None


def _due(version: Any, on: date) -> date | None:
    """The day the record itself asks for, where it is still ahead."""
    due: date | None = getattr(version, "due_on", None)
    if due is None and (year := getattr(version, "end_year", None)):
        due = date(year, 12, 31)
    return due if due is not None and due >= on else None
