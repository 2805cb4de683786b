"""The deadline of a task in the room of deadlines: it follows the terms."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_noop

from qingshan.kernel.spans import beijing_day
from qingshan.tasks.models import Task, TaskVersion
from qingshan.workflow import public as workflow

__all__ = ["DEADLINE", "follow", "running", "start"]

#: The name of a task's deadline in the room of deadlines.
DEADLINE = gettext_noop("办结")


def start(task: Task, terms: TaskVersion, *, by: Any, at: datetime) -> None:
    """Let the deadline of an assigned task run."""
    workflow.set_deadline(
        about=task.ref, name=DEADLINE, starts_on=terms.starts_on, due_on=terms.due_on, by=by, at=at
    )


def running(task: Task) -> list[workflow.Deadline]:
    """Return the deadline of a task while it runs."""
    return [
        deadline
        for deadline in workflow.deadlines_of(task.ref)
        if deadline.name == DEADLINE and deadline.phase is workflow.DeadlineState.RUNNING
    ]


def follow(task: Task, before: date, terms: TaskVersion, *, by: Any, at: datetime, reason: str) -> None:
    """Let a running deadline follow new terms: a later day extends it, an earlier one begins it anew."""
    for deadline in running(task):
        if terms.due_on > before:
            workflow.extend_deadline(deadline=deadline, due_on=terms.due_on, reason=reason, by=by, at=at)
        elif terms.due_on < before:
            workflow.end_deadline(deadline=deadline, move="lift", on=beijing_day(at), by=by, at=at)
            start(task, terms, by=by, at=at)
