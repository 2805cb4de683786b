"""May this person do this to that task? A task belongs to its district, and to its departments.

A draft is seen by those who may assign it and by nobody else.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from qingshan.accounts.public import Forbidden, can, recall
from qingshan.accounts.public import require as require_right
from qingshan.kernel.refs import Ref
from qingshan.tasks.models import Supervision, Task, TaskParty, TaskReport
from qingshan.tasks.states import TaskState

__all__ = [
    "CAPABILITIES",
    "FAMILIES",
    "HELD_NOW",
    "Forbidden",
    "departments_of",
    "may",
    "may_change_ref",
    "may_see_ref",
    "require",
]

#: Verb of this room -> capability of ``accounts/capabilities.yaml``.
CAPABILITIES = {
    "view": "tasks.view",
    "assign": "tasks.assign",
    "report": "tasks.report",
    "review": "tasks.review",
    "supervise": "tasks.supervise",
}

#: The parties a task has now. Whose it is, is asked of now, as every right is.
HELD_NOW = Q(valid_to__isnull=True)

#: Whose attachments follow a task's rights.
FAMILIES = ("tasks.task", "tasks.report", "tasks.supervision")


def may(user: Any, verb: str, task: Task) -> bool:
    """Return whether somebody may do something to a task."""
    if verb == "view" and task.phase is TaskState.DRAFT:
        verb = "assign"
    return can(user, CAPABILITIES[verb], district_id=task.district_id, department_ids=departments_of(task))


def require(user: Any, verb: str, task: Task) -> None:
    """Refuse unless somebody may; None is the system itself.

    Raises
    ------
    Forbidden
        They may not.
    """
    if user is not None:
        require_right(
            user,
            CAPABILITIES[verb],
            district_id=task.district_id,
            department_ids=departments_of(task),
            what=str(task),
        )


def departments_of(task: Task) -> frozenset[int]:
    """Return the departments of a task."""
    parties = TaskParty.objects.filter(HELD_NOW, task=task)
    key = ("tasks", task.pk)  # a page asks for each of its buttons
    return recall(key, lambda: frozenset(parties.values_list("department_id", flat=True)))


def may_see_ref(user: Any, ref: Ref) -> bool:
    """Return whether somebody sees what is attached to a record of this room."""
    task = _task_of(ref)
    return task is not None and may(user, "view", task)


def may_change_ref(user: Any, ref: Ref) -> bool:
    """Return whether somebody may attach to a record of this room.

    To a task: who assigns it. To a report: who wrote it, while the task is with them. To a slip: who
    supervises.
    """
    task = _task_of(ref)
    if task is None:
        return False
    if ref.kind == "report":
        own = TaskReport.objects.filter(pk=ref.key, by=user).exists()
        return own and task.phase is TaskState.UNDER_WAY and may(user, "report", task)
    return may(user, "supervise" if ref.kind == "supervision" else "assign", task)


def _task_of(ref: Ref) -> Task | None:
    if ref.kind == "task":
        return Task.objects.filter(pk=ref.key).first()
    found: Any = {"report": TaskReport, "supervision": Supervision}.get(ref.kind)
    record = found.objects.select_related("task").filter(pk=ref.key).first() if found else None
    return record.task if record else None
