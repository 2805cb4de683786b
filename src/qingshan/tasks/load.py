"""The open tasks of a district with their lead departments, for rooms above that press them all at once.

Nobody's rights are asked: who draws up a round sees the district, and shows each department its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef

from qingshan.areas.public import District
from qingshan.tasks.models import Task, TaskParty, TaskReport, TaskVersion
from qingshan.tasks.policies import HELD_NOW
from qingshan.tasks.states import OPEN
from qingshan.tasks.vocabulary import PartyRole

__all__ = ["OpenTask", "open_tasks"]


@dataclass(frozen=True, slots=True)
class OpenTask:
    """A task that its department still has, its terms, its lead, and its newest report."""

    task: Task
    terms: TaskVersion
    lead_id: int
    report: TaskReport | None


def open_tasks(
    *, district: District, only: Iterable[int] | None = None, begun_by: date | None = None
) -> list[OpenTask]:
    """Return the tasks of a district that are not yet handed in, by deadline.

    Parameters
    ----------
    only : iterable of int, optional
        These tasks, in whatever state, instead of all open ones.
    begun_by : date, optional
        Only tasks that begin on this day or before, and of a divided one its open parts instead of the whole.
    """
    rows = TaskVersion.objects.current().filter(subject__district=district)
    rows = rows.filter(subject__state__in=OPEN) if only is None else rows.filter(subject_id__in=list(only))
    if begun_by is not None:
        parts = Task.objects.filter(parent=OuterRef("subject_id"), state__in=OPEN)
        rows = rows.filter(~Exists(parts), starts_on__lte=begun_by)
    found = list(rows.select_related("subject__district").order_by("due_on", "subject__code"))
    ids = [row.subject_id for row in found]
    leads = dict(
        TaskParty.objects.filter(HELD_NOW, task_id__in=ids, role=PartyRole.LEAD).values_list(
            "task_id", "department_id"
        )
    )
    newest: dict[int, TaskReport] = {}
    for report in TaskReport.objects.filter(task_id__in=ids).order_by("on", "pk"):
        newest[report.task_id] = report
    return [
        OpenTask(row.subject, row, leads[row.subject_id], newest.get(row.subject_id))
        for row in found
        if row.subject_id in leads
    ]
