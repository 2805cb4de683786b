"""The steps of a task: one page for each move of the flow, drawn from one table."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qingshan.accounts.public import needs
from qingshan.documents.public import RefusedFile, attach, documents_for
from qingshan.kernel.flow import IllegalMove
from qingshan.kernel.spans import beijing_day
from qingshan.pages.public import MovePage, NoteForm, ReasonForm, answer_form, asked_move, new_token
from qingshan.tasks import actions, policies
from qingshan.tasks.errors import TaskRefusal
from qingshan.tasks.forms import AnswerChangeForm, ChangeForm, ReportForm
from qingshan.tasks.models import ChangeRequest, Task, TaskReport
from qingshan.tasks.states import TASK_FLOW, ChangeState
from qingshan.tasks.views.frame import VERBS, frame, opened

REFUSALS = (TaskRefusal, IllegalMove, RefusedFile)


def _plain(action: Callable[..., Any]) -> Callable[[Task, dict[str, Any], Any, datetime], Any]:
    return lambda task, data, by, at: action(task=task, by=by, at=at, **data)


def _answered(task: Task, data: dict[str, Any], by: Any, at: datetime) -> ChangeRequest:
    request = task.change_requests.get(state=ChangeState.ASKED)
    return actions.answer_change(request=request, by=by, at=at, **data)


class _Nothing(forms.Form):
    """A step that asks nothing but to be confirmed."""


STEPS: dict[str, MovePage] = {
    "assign": MovePage(
        NoteForm, _plain(actions.assign_task), gettext_lazy("任务已交办，牵头和配合单位已收到通知。")
    ),
    "accept": MovePage(_Nothing, _plain(actions.accept_task), gettext_lazy("任务已签收。")),
    "ask_change": MovePage(
        ChangeForm, _plain(actions.ask_change), gettext_lazy("变更申请已提交，等待答复。")
    ),
    "answer_change": MovePage(AnswerChangeForm, _answered, gettext_lazy("已答复变更申请。")),
    "submit": MovePage(NoteForm, _plain(actions.submit_task), gettext_lazy("任务已提交审核。")),
    "send_back": MovePage(ReasonForm, _plain(actions.send_back_task), gettext_lazy("任务已退回。")),
    "close": MovePage(NoteForm, _plain(actions.close_task), gettext_lazy("任务已办结。")),
    "reopen": MovePage(ReasonForm, _plain(actions.reopen_task), gettext_lazy("任务已重新打开。")),
    "cancel": MovePage(ReasonForm, _plain(actions.cancel_task), gettext_lazy("任务已撤销。")),
}


@needs("tasks.view")
def step(request: HttpRequest, code: str, move: str) -> HttpResponse:
    """Make a move, after it is confirmed on its page."""
    task = opened(request, code)
    made = asked_move(request, task, move, pages=STEPS, flow=TASK_FLOW, verbs=VERBS, require=policies.require)
    form = made.filled(request)
    title = TASK_FLOW.label(move)
    asked = task.change_requests.filter(state=ChangeState.ASKED).first()
    context = frame(task, title=title, submit=title, request_open=asked)
    return answer_form(
        request,
        form,
        lambda data: made.act(task, dict(data), request.user, timezone.now()),
        template="tasks/form",
        context=context,
        done=reverse("tasks:task", args=[code]),
        said=str(made.said),
        refusals=REFUSALS,
    )


@needs("tasks.view")
def report(request: HttpRequest, code: str) -> HttpResponse:
    """Report progress, with files; what a broken line sends twice is one report."""
    task = opened(request, code)
    policies.require(request.user, "report", task)
    begin = {"on": beijing_day(timezone.now()), "key": new_token()}
    form = ReportForm(request.POST or None, request.FILES or None, initial=begin)
    context = frame(task, title=_("填报进展"), submit=_("填报"), draft="report")
    return answer_form(
        request, form, lambda data: _report(request, task, dict(data)), template="tasks/report",
        context=context, done=reverse("tasks:task", args=[code]), said=_("进展已填报。"), refusals=REFUSALS,
    )  # fmt: skip


def _report(request: HttpRequest, task: Task, data: dict[str, Any]) -> TaskReport:
    now, files = timezone.now(), data.pop("evidence")
    made = actions.report_on_task(task=task, by=request.user, at=now, **data)
    if not documents_for(None, made.ref):
        for upload in files:
            attach(upload, to=made.ref, by=made.by, at=now)
    return made
