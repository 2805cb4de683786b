"""Feedback inside: the list, one piece with its way, and the steps that are taken with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from qingshan.accounts.public import needs
from qingshan.disclosure import actions, policies, queries
from qingshan.disclosure.actions.sorting import USUAL_TERM
from qingshan.disclosure.errors import DisclosureRefusal
from qingshan.disclosure.forms.feedback import AssignForm, ContactForm, MergeForm
from qingshan.disclosure.lists import FEEDBACK
from qingshan.disclosure.models import Feedback
from qingshan.disclosure.sealing import CannotOpen
from qingshan.disclosure.states import FEEDBACK_FLOW
from qingshan.disclosure.views.frame import FEEDBACK_VERBS, doors_of_feedback, known_move
from qingshan.kernel.flow import IllegalMove
from qingshan.pages.public import NoteForm, ReasonForm, answer_form, page_or_part, show_list, today
from qingshan.tasks.public import TaskRefusal, tasks_for

REFUSALS = (DisclosureRefusal, IllegalMove, TaskRefusal)


@needs("tasks.view")
def listed(request: HttpRequest) -> HttpResponseBase:
    """The feedback one sees, with its statistics."""
    rows = queries.feedback_for(user=request.user)
    return show_list(request, FEEDBACK, rows, {"counts": queries.counts_of(rows)})


@needs("tasks.view")
def feedback(request: HttpRequest, number: str) -> HttpResponse:
    """One piece of feedback."""
    found = queries.feedback_of(user=request.user, number=number)
    sees_task = found.task_id and tasks_for(user=request.user).filter(subject=found.task_id).exists()
    context = _frame(
        found,
        moves=found.moves.select_related("by"),
        doors=doors_of_feedback(request, found),
        task=found.task if sees_task else None,
        merged=found.merged.all(),
        may_open=found.has_contact and policies.may(request.user, "contact", found.page),
    )
    return page_or_part(request, "disclosure/feedback", context)


def _frame(found: Feedback, **more: Any) -> dict[str, Any]:
    return {
        "feedback": found,
        "simulated": found.page.plan.simulated,
        "cancel": reverse("disclosure:feedback", args=[found.number]),
        **more,
    }


@dataclass(frozen=True, slots=True)
class Step:
    """A move's page: how its form is made, the action it calls, and what is said when it is done."""

    form: Callable[[HttpRequest, Feedback], Any]
    act: Callable[..., Feedback]
    said: str | Promise


def _plain(form: type[forms.Form]) -> Callable[[HttpRequest, Feedback], Any]:
    return lambda request, found: form(request.POST if request.method == "POST" else None)


def _assign_form(request: HttpRequest, found: Feedback) -> AssignForm:
    day = today()
    leads = queries.leads_of(found.page, found.part, found.code, day) or [found.page.office_id]
    return AssignForm(
        request.POST if request.method == "POST" else None,
        district_id=found.page.plan.district_id,
        on=day,
        initial={"lead": leads[0], "joint": leads[1:], "due_on": day + USUAL_TERM},
    )


def _merge_form(request: HttpRequest, found: Feedback) -> MergeForm:
    others = queries.others_to_merge_into(found)[:200]
    return MergeForm(request.POST if request.method == "POST" else None, others=others)


STEPS: dict[str, Step] = {
    "assign": Step(
        _assign_form, actions.assign_feedback, gettext_lazy("已受理并交办，牵头和配合单位已收到通知。")
    ),
    "merge": Step(_merge_form, actions.merge_feedback, gettext_lazy("已并入。")),
    "dismiss": Step(
        _plain(ReasonForm), actions.dismiss_feedback, gettext_lazy("已登记不予受理，反映人可以看到理由。")
    ),
    "restore": Step(_plain(ReasonForm), actions.restore_feedback, gettext_lazy("已恢复受理。")),
    "send_back": Step(_plain(ReasonForm), actions.send_back_answer, gettext_lazy("答复已退回。")),
    "answer": Step(_plain(NoteForm), actions.approve_answer, gettext_lazy("已答复，反映人现在可以读到。")),
    "reopen": Step(_plain(ReasonForm), actions.reopen_answer, gettext_lazy("答复已收回，请更正后重新审核。")),
}


@needs("tasks.view")
def step(request: HttpRequest, number: str, move: str) -> HttpResponse:
    """Make a move of feedback, after it is confirmed on its page."""
    verb = known_move(move, FEEDBACK_VERBS)
    found = queries.feedback_of(user=request.user, number=number)
    policies.require(request.user, verb, found.page)
    if request.method != "POST" and not FEEDBACK_FLOW.allows(found.phase, move):
        raise Http404
    made, title = STEPS[move], FEEDBACK_FLOW.label(move)
    form = made.form(request, found)

    def act(data: Any) -> Feedback:
        given = form.given() if hasattr(form, "given") else dict(data)
        return made.act(feedback=found, by=request.user, at=timezone.now(), **given)

    return answer_form(
        request, form, act, template="disclosure/feedback_form",
        context=_frame(found, title=title, submit=title), done=_frame(found)["cancel"], said=str(made.said),
        refusals=REFUSALS,
    )  # fmt: skip


@needs("feedback.identity")
@never_cache
def contact(request: HttpRequest, number: str) -> HttpResponse:
    """Open the sealed contact, with a reason; it is shown on this page and on no other."""
    found = queries.feedback_of(user=request.user, number=number)
    policies.require(request.user, "contact", found.page)
    form = ContactForm(request.POST or None)
    context = _frame(found, form=form, title=_("查看反馈人联系方式"), submit=_("查看"))
    if request.method != "POST" or not form.is_valid():
        status = 422 if request.method == "POST" else 200
        return page_or_part(request, "disclosure/contact", context, status=status)
    try:
        told = _opened(request, found, form.cleaned_data["reason"], timezone.now())
    except CannotOpen:
        form.add_error(None, _("密封时用的密钥已经更换，无法打开。请联系系统管理员。"))
        return page_or_part(request, "disclosure/contact", context, status=422)
    return page_or_part(request, "disclosure/contact", {**context, "contact": told, "opened": True})


def _opened(request: HttpRequest, found: Feedback, reason: str, at: datetime) -> str:
    return actions.read_contact(feedback=found, reason=reason, by=request.user, at=at)
