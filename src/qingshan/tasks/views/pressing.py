"""Urging, supervising and listing a task; answering and lifting that; naming who handles it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from qingshan.accounts.public import Forbidden, needs
from qingshan.kernel.flow import IllegalMove
from qingshan.pages.public import ReasonForm, answer_form
from qingshan.papers.public import PaperRefusal
from qingshan.tasks import actions, policies, queries
from qingshan.tasks.errors import TaskRefusal
from qingshan.tasks.forms import AnswerForm, DelegateForm, PressForm, SlipForm
from qingshan.tasks.models import Supervision, Task
from qingshan.tasks.slips import draft_slip, may_draft_slip
from qingshan.tasks.views.frame import frame, opened
from qingshan.tasks.vocabulary import SupervisionKind


@needs("tasks.view")
def press(request: HttpRequest, code: str) -> HttpResponse:
    """Urge, supervise or list a task."""
    task = opened(request, code)
    policies.require(request.user, "supervise", task)

    def act(data: Any) -> Any:
        return actions.supervise_task(
            task=task, kind=SupervisionKind(data["kind"]), note=data["note"], due_on=data["due_on"],
            by=request.user, at=timezone.now(),
        )  # fmt: skip

    return _answered(
        request, task, PressForm(request.POST or None), act, _("催办督办"), _("已发出，牵头单位已收到通知。")
    )


@needs("tasks.view")
def slip(request: HttpRequest, code: str) -> HttpResponse:
    """Draft a supervision slip about a task; what was asked last stands in the form."""
    task = opened(request, code)
    policies.require(request.user, "supervise", task)
    if not may_draft_slip(request.user, task):
        raise Forbidden("documents.edit", str(task))
    asked = task.supervisions.filter(kind=SupervisionKind.SLIP).first()
    begin = {"demand": asked.note, "answer_by": asked.due_on} if asked else {}

    def act(data: Any) -> Any:
        return draft_slip(task=task, by=request.user, at=timezone.now(), **data)

    return answer_form(
        request, SlipForm(request.POST or None, initial=begin), act, template="tasks/form",
        context=frame(task, title=_("起草督办单"), submit=_("起草督办单")),
        done=lambda made: reverse("papers:paper", args=[made.pk]) if made else reverse("papers:desk"),
        said=_("督办单已起草，送核稿后印发。"), refusals=(TaskRefusal, PaperRefusal),
    )  # fmt: skip


@needs("tasks.view")
def answer(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Answer a supervision slip."""
    task, supervision = _supervision(request, code, pk)
    policies.require(request.user, "report", task)

    def act(data: Any) -> Any:
        return actions.answer_supervision(
            supervision=supervision, answer=data["answer"], by=request.user, at=timezone.now()
        )

    form = AnswerForm(request.POST or None, initial={"answer": supervision.answer})
    return _answered(request, task, form, act, _("回复督办"), _("已回复督办。"))


@needs("tasks.view")
def lift(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Lift a slip, or take the task off the list."""
    task, supervision = _supervision(request, code, pk)
    policies.require(request.user, "supervise", task)

    def act(data: Any) -> Any:
        return actions.lift_supervision(
            supervision=supervision, reason=data["note"], by=request.user, at=timezone.now()
        )

    return _answered(request, task, ReasonForm(request.POST or None), act, _("解除督办"), _("督办已解除。"))


def _supervision(request: HttpRequest, code: str, pk: int) -> tuple[Task, Supervision]:
    task = opened(request, code)
    found = Supervision.objects.select_related("task__district").filter(task=task, pk=pk).first()
    if found is None:
        raise Http404
    return task, found


@needs("tasks.view")
def delegate(request: HttpRequest, code: str) -> HttpResponse:
    """Name who handles a task."""
    task = opened(request, code)
    policies.require(request.user, "report", task)
    form = DelegateForm(request.POST or None, people=queries.people_who_work(task))

    def act(data: Any) -> None:
        actions.delegate_task(
            task=task, to=form.people[data["to"]], note=data["note"], by=request.user, at=timezone.now()
        )

    return _answered(request, task, form, act, _("分派经办人"), _("经办人已分派。"))


def _answered(request: HttpRequest, task: Task, form: Any, act: Any, title: str, said: str) -> HttpResponse:
    return answer_form(
        request,
        form,
        act,
        template="tasks/form",
        context=frame(task, title=title, submit=title),
        done=reverse("tasks:task", args=[task.code]),
        said=said,
        refusals=(TaskRefusal, IllegalMove),
    )
