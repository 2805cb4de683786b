"""The inbox, the list, and one task in full."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from qingshan.accounts.public import can, needs
from qingshan.history.public import steps
from qingshan.kernel.figure import Figure
from qingshan.kernel.refs import Ref
from qingshan.pages.public import as_of, page_or_part, show_list, today, waiting_for
from qingshan.papers.public import papers_about
from qingshan.tasks import policies, queries
from qingshan.tasks.links import TaskLink, links_of
from qingshan.tasks.lists import TASKS, dress
from qingshan.tasks.models import Task, TaskVersion
from qingshan.tasks.policies import CAPABILITIES
from qingshan.tasks.shares import part_shares, share_of_part, weight_of
from qingshan.tasks.states import SupervisionState
from qingshan.tasks.views.frame import doors, frame, opened
from qingshan.workflow.public import described


@needs("tasks.view")
def inbox(request: HttpRequest) -> HttpResponse:
    """Show what waits for the person."""
    day = as_of(request)
    box = queries.inbox(user=request.user, on=day)
    context = {
        "box": box,
        "waiting": waiting_for(request.user, day),
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
        parts=_parts(request, found),
        weight=_weight(found, weight_of(found)),
        share=_weight(found, share_of_part(found)),
        links=_links(request, found),
        steps=steps(TaskVersion.objects.filter(subject=found)),
        may_answer=policies.may(request.user, "report", found),
        may_lift=policies.may(request.user, "supervise", found),
        lifted=SupervisionState.LIFTED,
    )
    return page_or_part(request, "tasks/task", context)


def _parts(request: HttpRequest, found: Task) -> list[Any]:
    """The parts the person sees, each with how far it has come and what it weighs of the whole."""
    shown: list[Any] = []
    for one in part_shares(task=found, user=request.user):
        row: Any = one.terms
        row.share = _weight(found, one.weight)
        shown.append(row)
    percents = queries.progress_of(tasks=[row.subject for row in shown])
    for row in shown:
        row.percent = percents[row.subject_id]
    return shown


def _weight(found: Task, weight: Decimal | None) -> Figure | None:
    """A weight as it is today: the terms of a task are shown as they stand, whatever day a page is as of."""
    if weight is None:
        return None
    return Figure(weight, as_of=today(), source=_("任务要求"), simulated=found.district.simulated)


def _links(request: HttpRequest, found: Task) -> list[TaskLink]:
    """The record a task comes from, and what other rooms hold about it."""
    day, links = as_of(request), []
    if found.source_ref:
        about = Ref.read(found.source_ref)
        links = [
            TaskLink(one.kind, one.name, one.url) for one in described(request.user, [about], day).values()
        ]
    papers = [
        TaskLink(
            one.get_kind_display(),
            f"{one.title} {one.number}".strip(),
            reverse("papers:paper", args=[one.pk]),
        )
        for one in papers_about(ref=found.ref, user=request.user)
    ]
    return links + papers + links_of(user=request.user, task=found, on=day)
