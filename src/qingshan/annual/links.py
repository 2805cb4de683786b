"""What this room tells the page of a task: the row of the annual plan it was made of."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from qingshan.annual.queries import rows_of_task
from qingshan.annual.wording import title_of
from qingshan.tasks.public import Task, TaskLink

__all__ = ["links_of_task"]


def links_of_task(user: Any, task: Task, on: date) -> list[TaskLink]:
    """Return the row of the annual plan that a task comes from, where somebody sees it."""
    found = []
    for row in rows_of_task(user=user, task=task, on=on):
        annual = row.subject.annual
        told = {"plan": title_of(annual, on), "year": annual.year, "code": row.subject.code}
        name = _("%(plan)s %(year)d年度计划 第 %(code)s 项") % told
        url = reverse("annual:row", args=[annual.pk, row.subject.number])
        found.append(TaskLink(_("年度计划"), name, url))
    return found
