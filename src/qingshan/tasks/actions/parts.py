"""What the open parts of a task take over when the whole changes; those that are over stay as they are."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from qingshan.tasks.errors import BadTask, BusyParts
from qingshan.tasks.models import Task, TaskParty, TaskVersion
from qingshan.tasks.policies import HELD_NOW
from qingshan.tasks.queries import current_terms
from qingshan.tasks.states import OVER, REVISABLE, TaskState

__all__ = ["cancellable", "new_terms", "of_same_parties"]

#: What a part says in the words of the whole, until somebody gives it its own.
_SHARED = ("content", "evidence_wanted")


def cancellable(task: Task) -> list[Task]:
    """Return the parts that are cancelled with the whole.

    Raises
    ------
    BusyParts
        One is under review: who handed it in is answered first.
    """
    found = _open(task)
    _refuse(part for part in found if part.phase is TaskState.IN_REVIEW)
    return found


def of_same_parties(task: Task) -> list[Task]:
    """Return the parts, and theirs, that have the departments of the whole; others keep their own.

    Raises
    ------
    BusyParts
        One is under review, or waits for an answer.
    """
    whole = _parties(task)
    found = _ready([part for part in _open(task) if _parties(part) == whole])
    return [one for part in found for one in (part, *of_same_parties(part))]


def new_terms(
    task: Task, before: TaskVersion, after: TaskVersion
) -> list[tuple[TaskVersion, dict[str, Any]]]:
    """Return the terms of the parts that follow those of the whole, each with what becomes of them.

    A part that ended with the whole ends with it again, none ends later, and what it said in the words of the
    whole it says in the new words.

    Raises
    ------
    BusyParts
        One of them is under review, or waits for an answer.
    BadTask
        One begins after the new end of the whole.
    """
    told = [(terms, _changes(terms, before, after)) for terms in map(current_terms, _open(task))]
    found = [(terms, changes) for terms, changes in told if changes]
    _ready([terms.subject for terms, _changed in found])
    if late := [terms.subject.code for terms, _changed in found if terms.starts_on > after.due_on]:
        told_late = _("以下分解任务在 %(due)s 之后才开始，请先调整或撤销：%(codes)s")
        label = str(TaskVersion._meta.get_field("due_on").verbose_name)
        raise BadTask({label: [told_late % {"due": after.due_on, "codes": "、".join(late)}]})
    return found


def _changes(part: TaskVersion, before: TaskVersion, after: TaskVersion) -> dict[str, Any]:
    found = {
        name: getattr(after, name)
        for name in _SHARED
        if getattr(part, name) == getattr(before, name) != getattr(after, name)
    }
    moved = before.due_on != after.due_on and part.due_on == before.due_on
    return {**found, "due_on": after.due_on} if moved or part.due_on > after.due_on else found


def _open(task: Task) -> list[Task]:
    return list(task.parts.exclude(state__in=OVER).select_related("district", "parent"))


def _parties(task: Task) -> set[tuple[int, str]]:
    return set(TaskParty.objects.filter(HELD_NOW, task=task).values_list("department_id", "role"))


def _ready(found: list[Task]) -> list[Task]:
    _refuse(part for part in found if part.phase not in REVISABLE)
    return found


def _refuse(busy: Any) -> None:
    if codes := [part.code for part in busy]:
        raise BusyParts(codes)
