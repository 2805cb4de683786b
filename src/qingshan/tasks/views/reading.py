"""The inbox, the list, and one task in full."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from qingshan.accounts.public import can, needs
from qingshan.history.public import steps
from qingshan.pages.public import as_of, page_or_part, show_list
from qingshan.tasks import policies, queries
from qingshan.tasks.lists import TASKS, dress
from qingshan.tasks.models import TaskVersion
from qingshan.tasks.policies import CAPABILITIES
from qingshan.tasks.states import SupervisionState
from qingshan.tasks.views.frame import doors, frame, opened


@needs("tasks.view")
def inbox(request: HttpRequest) -> HttpResponse:
    """Show what waits for the person."""
    box = queries.inbox(user=request.user, on=as_of(request))
    context = {
        "box": box,
        "groups": queries.grouped(box),
        "may_assign": can(request.user, CAPABILITIES["assign"]),
    }
    return page_or_part(request, "tasks/inbox", context)


@needs("tasks.view")
def listed(request: HttpRequest) -> HttpResponseBase:
    """Show the tasks the person may see."""
    rows = queries.tasks_for(user=request.user)
    context = {"may_assign": can(request.user, CAPABILITIES["assign"])}
    return show_list(request, TASKS, rows, context, dress=dress(request))


@needs("tasks.view")
def task(request: HttpRequest, code: str) -> HttpResponse:
    """Show one task."""
    found = opened(request, code)
    context = frame(
        found,
        detail=queries.task_detail(task=found, on=as_of(request)),
        doors=doors(request, found),
        parts=queries.parts_of(task=found, user=request.user),
        steps=steps(TaskVersion.objects.filter(subject=found)),
        may_answer=policies.may(request.user, "report", found),
        may_lift=policies.may(request.user, "supervise", found),
        lifted=SupervisionState.LIFTED,
    )
    return page_or_part(request, "tasks/task", context)
