"""The steps of an evaluation: one page for each move of the flow, drawn from one table; and the report."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qingshan.accounts.public import needs
from qingshan.assessment import actions, policies
from qingshan.assessment.errors import AssessmentRefusal
from qingshan.assessment.forms import ConfirmForm, PublishForm
from qingshan.assessment.states import EVALUATION_FLOW
from qingshan.assessment.views.frame import VERBS, frame, opened
from qingshan.kernel.flow import IllegalMove
from qingshan.kernel.spans import beijing_day
from qingshan.pages.public import MovePage, NoteForm, ReasonForm, answer_form, asked_move
from qingshan.papers.public import PaperRefusal

REFUSALS = (AssessmentRefusal, IllegalMove, PaperRefusal)
#: What a published evaluation leaves for appeals unless another day is chosen.
APPEAL_DAYS = timedelta(days=15)


STEPS: dict[str, MovePage] = {
    "preview": MovePage(
        NoteForm, actions.preview_evaluation, gettext_lazy("已试算；台账变动时评分随之更新。")
    ),
    "go_on": MovePage(NoteForm, actions.go_on_evaluating, gettext_lazy("继续评估。")),
    "freeze": MovePage(
        NoteForm, actions.freeze_evaluation, gettext_lazy("已锁定；台账此后的变动不影响评分。")
    ),
    "thaw": MovePage(
        ReasonForm, actions.thaw_evaluation, gettext_lazy("已解除锁定；锁定过的评分留在变化记录中。")
    ),
    "publish": MovePage(PublishForm, actions.publish_evaluation, gettext_lazy("已公布，各单位已收到通知。")),
    "close": MovePage(NoteForm, actions.close_evaluation, gettext_lazy("评估已办结。")),
    "cancel": MovePage(ReasonForm, actions.cancel_evaluation, gettext_lazy("评估已取消。")),
}


@needs("plans.view")
def step(request: HttpRequest, pk: int, move: str) -> HttpResponse:
    """Make a move, after it is confirmed on its page."""
    one = opened(request, pk)
    made = asked_move(
        request, one, move, pages=STEPS, flow=EVALUATION_FLOW, verbs=VERBS, require=policies.require
    )
    begin = {"appeal_until": beijing_day(timezone.now()) + APPEAL_DAYS}
    form = made.filled(request, initial=begin)
    title = EVALUATION_FLOW.label(move)

    def act(data: Any) -> Any:
        return made.act(evaluation=one, by=request.user, at=timezone.now(), **data)

    return answer_form(
        request,
        form,
        act,
        template="assessment/form",
        context=frame(request, one, title=title, submit=title),
        done=reverse("assessment:evaluation", args=[pk]),
        said=str(made.said),
        refusals=REFUSALS,
    )


@needs("assessment.organise")
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """Draft the report as an official paper."""
    one = opened(request, pk)
    policies.require(request.user, "organise", one)
    form = ConfirmForm(request.POST if request.method == "POST" else None)
    here = reverse("assessment:evaluation", args=[pk])
    return answer_form(
        request, form,
        lambda _data: actions.draft_report(evaluation=one, by=request.user, at=timezone.now()),
        template="assessment/form", refusals=REFUSALS,
        context=frame(request, one, title=_("起草评估报告"), submit=_("起草")),
        done=lambda made: reverse("papers:paper", args=[made.pk]) if made else here,
        said=_("评估报告已起草；请在公文中核对、送核稿。"),
    )  # fmt: skip
