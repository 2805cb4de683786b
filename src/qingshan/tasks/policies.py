"""May this person do this to that task? A task belongs to its district, and to its departments.

A draft is seen by those who may assign it and by nobody else.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from qingshan.accounts.public import Forbidden, can, recall, record_named, requiring
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


#: Refuse with `Forbidden` unless somebody may; None is the system itself.
require = requiring(may, CAPABILITIES)


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


_TABLES = {
    "task": Task.objects,
    "report": TaskReport.objects.select_related("task"),
    "supervision": Supervision.objects.select_related("task"),
}


def _task_of(ref: Ref) -> Task | None:
    record = record_named(ref, _TABLES)
    return record if record is None or isinstance(record, Task) else record.task
