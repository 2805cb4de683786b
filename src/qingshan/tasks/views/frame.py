"""What the pages of one task share: the task, if one may see it, and the doors out of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from qingshan.pages.public import Door
from qingshan.tasks import policies, queries
from qingshan.tasks.models import Task
from qingshan.tasks.queries import NoSuchTask
from qingshan.tasks.slips import may_draft_slip
from qingshan.tasks.states import OPEN, REVISABLE, TASK_FLOW, TaskState

__all__ = ["VERBS", "doors", "frame", "opened"]

#: Move of the flow -> verb of the policies.
VERBS: Mapping[str, str] = {
    "assign": "assign",
    "accept": "report",
    "ask_change": "report",
    "answer_change": "assign",
    "submit": "report",
    "send_back": "review",
    "close": "review",
    "reopen": "review",
    "cancel": "assign",
}
_PRIMARY = ("assign", "accept", "answer_change", "submit", "close")


def opened(request: HttpRequest, code: str) -> Task:
    """Return a task that the person may see; to others it is not there (404)."""
    try:
        return queries.task_for(user=request.user, code=code)
    except NoSuchTask:
        raise Http404 from None


def frame(task: Task, **more: Any) -> dict[str, Any]:
    """Return the context that ``tasks/frame.html`` stands on."""
    terms = queries.current_terms(task)
    return {
        "task": task,
        "terms": terms,
        "subtitle": terms.title,
        "simulated": task.district.simulated,
        "cancel": reverse("tasks:task", args=[task.code]),
        **more,
    }


def doors(request: HttpRequest, task: Task) -> list[Door]:
    """Return what the person may do to the task now, in the order of the work."""
    may = {
        verb: policies.may(request.user, verb, task) for verb in ("assign", "report", "review", "supervise")
    }
    found = []
    if may["report"] and task.phase is TaskState.UNDER_WAY:
        found.append(Door(_("填报进展"), reverse("tasks:report", args=[task.code]), primary=True))
    for move in TASK_FLOW.moves_from(task.phase):
        if may[VERBS[move]]:
            url = reverse("tasks:step", args=[task.code, move])
            found.append(Door(TASK_FLOW.label(move), url, primary=move in _PRIMARY))
    if may["report"] and task.phase in OPEN:
        found.append(Door(_("分派经办人"), reverse("tasks:delegate", args=[task.code])))
    if may["supervise"] and task.phase in OPEN:
        found.append(Door(_("催办督办"), reverse("tasks:press", args=[task.code])))
        if may_draft_slip(request.user, task):
            found.append(Door(_("起草督办单"), reverse("tasks:slip", args=[task.code])))
    if may["assign"] and task.phase in REVISABLE:
        found.append(Door(_("修改要求"), reverse("tasks:revise", args=[task.code])))
        found.append(Door(_("调整单位"), reverse("tasks:parties", args=[task.code])))
        found.append(Door(_("分解任务"), f"{reverse('tasks:new')}?parent={task.code}"))
        if queries.may_be_quartered(task):
            found.append(Door(_("按季度分解"), reverse("tasks:split", args=[task.code])))
    return found
