"""What tasks, reports and slips are called, for rooms that hold only their names across rooms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from qingshan.audit.public import Called, namer
from qingshan.tasks.models import Supervision, Task, TaskReport, TaskVersion

__all__ = ["names_of"]


def _titles(task_ids: Iterable[int]) -> dict[int, str]:
    """The newest title of each task."""
    rows = TaskVersion.objects.filter(subject_id__in=set(task_ids)).order_by("number")
    return dict(rows.values_list("subject_id", "title"))


def _tasks(rows: list[Any]) -> list[str]:
    titles = _titles(row.pk for row in rows)
    return [titles.get(row.pk, row.code) for row in rows]


def _reports(rows: list[Any]) -> Iterator[str]:
    titles = _titles(row.task_id for row in rows)
    for row in rows:
        yield _("%(task)s，%(on)s 进展") % {"task": titles.get(row.task_id, row.task.code), "on": row.on}


def _supervisions(rows: list[Any]) -> Iterator[str]:
    titles = _titles(row.task_id for row in rows)
    for row in rows:
        yield f"{titles.get(row.task_id, row.task.code)}，{row.get_kind_display()}"


def _page(task: Task) -> str:
    return reverse("tasks:task", args=[task.code])


names_of = namer(
    task=Called(Task, _page, _tasks),
    report=Called(TaskReport, lambda one: _page(one.task), _reports, ("task",)),
    supervision=Called(Supervision, lambda one: _page(one.task), _supervisions, ("task",)),
)
