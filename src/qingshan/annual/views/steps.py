"""The steps of an annual plan: one page for each move of the flow, drawn from one table."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from qingshan.accounts.public import needs
from qingshan.annual import actions, policies, queries
from qingshan.annual.errors import AnnualRefusal
from qingshan.annual.forms import ConsultForm
from qingshan.annual.states import ANNUAL_FLOW
from qingshan.annual.views.frame import VERBS, frame, opened
from qingshan.kernel.flow import IllegalMove
from qingshan.pages.public import MovePage, NoteForm, ReasonForm, answer_form, as_of, asked_move
from qingshan.tasks.public import TaskRefusal

REFUSALS = (AnnualRefusal, TaskRefusal, IllegalMove)


@dataclass(frozen=True, slots=True)
class Step(MovePage):
    """A move's page, which may show who has said nothing."""

    shows_silent: bool = False


STEPS: dict[str, Step] = {
    "consult": Step(ConsultForm, actions.consult, _("已征求意见，各单位已收到通知。")),
    "redraft": Step(ReasonForm, actions.redraft, _("已收回修改。")),
    "submit": Step(NoteForm, actions.submit_annual, _("已送审，等待发布。"), shows_silent=True),
    "send_back": Step(ReasonForm, actions.send_back, _("已退回。")),
    "publish": Step(
        NoteForm, actions.publish, _("年度计划已发布，措施、项目、承诺正在转为任务。"), shows_silent=True
    ),
    "close": Step(NoteForm, actions.close_annual, _("本年度已结束。")),
    "withdraw": Step(ReasonForm, actions.withdraw, _("年度计划已撤回。")),
}


@needs("plans.edit", "plans.approve")
def step(request: HttpRequest, pk: int, move: str) -> HttpResponse:
    """Make a move, after it is confirmed on its page."""
    annual = opened(request, pk)
    made = asked_move(
        request, annual, move, pages=STEPS, flow=ANNUAL_FLOW, verbs=VERBS, require=policies.require
    )
    form = made.filled(request)
    day, title = as_of(request), ANNUAL_FLOW.label(move)
    rows = queries.versions_for(user=request.user, annual=annual, on=day) if made.shows_silent else ()
    context = frame(request, annual, title=title, submit=title, silent=queries.silent(rows=rows, on=day))
    return answer_form(
        request,
        form,
        lambda data: made.act(annual=annual, by=request.user, at=timezone.now(), **data),
        template="annual/form",
        context=context,
        done=reverse("annual:annual", args=[pk]),
        said=str(made.said),
        refusals=REFUSALS,
    )
