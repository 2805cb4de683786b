"""Drawing up a task, changing what it asks and whose it is."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from qingshan.accounts.public import needs
from qingshan.areas.public import District
from qingshan.kernel.spans import beijing_day
from qingshan.pages.public import answer_form, as_of
from qingshan.tasks import actions, policies, queries
from qingshan.tasks.errors import TaskRefusal
from qingshan.tasks.forms import NewTaskForm, PartiesForm, ReviseForm
from qingshan.tasks.models import Task
from qingshan.tasks.states import TaskState
from qingshan.tasks.views.frame import frame, opened
from qingshan.tasks.vocabulary import TaskSource


@needs("tasks.assign")
def new(request: HttpRequest) -> HttpResponse:
    """Draw up a task; as a part of another one where the address names it."""
    parent = opened(request, request.GET["parent"]) if request.GET.get("parent") else None
    district = parent.district if parent else _district(request)
    today = beijing_day(timezone.now())
    begin = {"starts_on": today, "source": TaskSource.INSTRUCTION, **_of_parent(parent)}
    form = NewTaskForm(request.POST or None, district_id=district.pk, on=today, initial=begin)

    def act(data: Any) -> Task:
        now = timezone.now()
        task = actions.create_task(
            district=district,
            source=TaskSource(data["source"]),
            terms={
                name: data[name] for name in ("title", "content", "evidence_wanted", "starts_on", "due_on")
            },
            source_title=data["source_title"],
            source_by=data["source_by"],
            source_on=data["source_on"],
            parent=parent,
            by=request.user,
            at=now,
            **form.parties(data),
        )
        return actions.assign_task(task=task, by=request.user, at=now) if data["assign_now"] else task

    context = {
        "title": _("分解任务") if parent else _("新建任务"),
        "subtitle": str(parent or district),
        "simulated": district.simulated,
        "cancel": reverse("tasks:task", args=[parent.code]) if parent else reverse("tasks:inbox"),
        "draft": "task",
    }
    return answer_form(
        request, form, act, template="tasks/form", context=context, refusals=(TaskRefusal,),
        done=lambda task: reverse("tasks:task", args=[task.code]) if task else reverse("tasks:list"),
        said=_("任务已拟定。"),
    )  # fmt: skip


def _of_parent(parent: Task | None) -> dict[str, Any]:
    if parent is None:
        return {}
    terms = queries.current_terms(parent)
    return {"source": parent.source, "source_title": parent.source_title, "due_on": terms.due_on}


def _district(request: HttpRequest) -> District:
    """Where a new task belongs: the writer's own district."""
    own: District | None = getattr(request.user, "district", None) or getattr(
        getattr(request.user, "department", None), "district", None
    )
    if own is None:
        raise Http404
    return own


@needs("tasks.view")
def revise(request: HttpRequest, code: str) -> HttpResponse:
    """Change what a task asks."""
    task = opened(request, code)
    policies.require(request.user, "assign", task)
    held = queries.current_terms(task)
    shown = {
        name: getattr(held, name) for name in ("title", "content", "evidence_wanted", "starts_on", "due_on")
    }
    form = ReviseForm(request.POST or None, initial={**shown, "seen_version": held.number})
    form.fields["reason"].required = task.phase is not TaskState.DRAFT

    def act(data: Any) -> Any:
        return actions.revise_task(
            task=task, seen=data["seen_version"], changes={name: data[name] for name in shown},
            reason=data["reason"], by=request.user, at=timezone.now(),
        )  # fmt: skip

    return answer_form(
        request, form, act, template="tasks/form", refusals=(TaskRefusal,),
        context=frame(task, title=_("修改要求")),
        done=reverse("tasks:task", args=[code]), said=_("要求已修改，原要求留在变更历史中。"),
    )  # fmt: skip


@needs("tasks.view")
def parties(request: HttpRequest, code: str) -> HttpResponse:
    """Give a task to other departments."""
    task = opened(request, code)
    policies.require(request.user, "assign", task)
    detail = queries.task_detail(task=task, on=as_of(request))
    held = {"lead": detail.lead.pk if detail.lead else "", "joint": [one.pk for one in detail.joint]}
    form = PartiesForm(
        request.POST or None, district_id=task.district_id, on=beijing_day(timezone.now()), initial=held
    )

    def act(data: Any) -> None:
        actions.set_parties(
            task=task, reason=data["reason"], by=request.user, at=timezone.now(), **form.parties(data)
        )

    return answer_form(
        request, form, act, template="tasks/form", refusals=(TaskRefusal,),
        context=frame(task, title=_("调整单位")),
        done=reverse("tasks:task", args=[code]), said=_("单位已调整；此前的单位仍在记录中。"),
    )  # fmt: skip
