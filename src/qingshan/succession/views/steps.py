"""The steps of an opening: one page for each move of the flow, drawn from one table."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy

from qingshan.accounts.public import needs
from qingshan.kernel.flow import IllegalMove
from qingshan.pages.public import MovePage, answer_form, asked_move
from qingshan.plans.public import LedgerRefusal
from qingshan.succession import actions, policies
from qingshan.succession.actions.carrying import is_big, queue_carry
from qingshan.succession.errors import SuccessionRefusal
from qingshan.succession.forms import NoteForm, ReasonForm
from qingshan.succession.models import Opening
from qingshan.succession.states import OPENING_FLOW
from qingshan.succession.views.frame import VERBS, frame, opened

__all__ = ["step"]

_REFUSALS = (SuccessionRefusal, IllegalMove, LedgerRefusal)


def _carry(*, opening: Opening, by: Any, at: datetime, note: str) -> Any:
    """Carry at once, or beside the page where that takes long."""
    write: Callable[..., Any] = queue_carry if is_big(opening) else actions.carry
    return write(opening=opening, by=by, at=at, note=note)


_STEPS = {
    "propose": MovePage(NoteForm, actions.propose, gettext_lazy("方案已提交，审批人会收到通知。")),
    "send_back": MovePage(ReasonForm, actions.send_back, gettext_lazy("方案已退回。")),
    "carry": MovePage(NoteForm, _carry, gettext_lazy("方案已批准，内容写入新规划；条目多时在后台写入。")),
    "undo": MovePage(ReasonForm, actions.undo, gettext_lazy("写入已撤销，新规划已撤回，方案可以重新选定。")),
    "withdraw": MovePage(ReasonForm, actions.withdraw, gettext_lazy("方案已撤回。")),
}


@needs("plans.edit", "plans.approve")
def step(request: HttpRequest, pk: int, move: str) -> HttpResponse:
    """Make a move, after it is confirmed on its page."""
    found = opened(request, pk)
    made = asked_move(
        request, found, move, pages=_STEPS, flow=OPENING_FLOW, verbs=VERBS, require=policies.require
    )
    title = OPENING_FLOW.label(move)
    return answer_form(
        request,
        made.filled(request),
        lambda data: made.act(opening=found, by=request.user, at=timezone.now(), note=data["note"]),
        template="succession/form",
        context=frame(found, title=title, submit=title),
        done=reverse("succession:opening", args=[pk]),
        said=str(made.said),
        refusals=_REFUSALS,
    )
