"""The review of a round: what is said beside what stood before; accept, send back, accept all undoubted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from qingshan.accounts.public import needs
from qingshan.dispatch import actions, policies, queries
from qingshan.dispatch.actions.reviewing import wrote
from qingshan.dispatch.errors import DispatchRefusal
from qingshan.dispatch.forms import NothingForm, ReasonForm
from qingshan.dispatch.models import FalseReport, Row
from qingshan.dispatch.states import FalseState
from qingshan.dispatch.views.frame import frame, opened, opened_row
from qingshan.kernel.flow import IllegalMove
from qingshan.pages.public import AlreadySubmitted, answer_form, new_token, once, page_or_part
from qingshan.plans.public import WorkState

__all__ = ["accept", "accept_all", "review", "send_back"]

_REFUSALS = (DispatchRefusal, IllegalMove)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A row that waits; ``own`` rows are another reviewer's."""

    row: Row
    before: WorkState | None
    now: WorkState | None
    own: bool
    once: str


@needs("plans.view")
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the rows that wait, doubtful ones first, and the findings that wait for a decision."""
    found = opened(request, pk)
    policies.require(request.user, "review", found)
    waiting = [
        Waiting(row, _state(row.before_state), _state(row.work_state), wrote(row, request.user), new_token())
        for row in queries.rows_to_review(found=found)
    ]
    findings = FalseReport.objects.filter(row__round=found, state=FalseState.PROPOSED)
    context = frame(
        request, found, waiting=waiting,
        clean=sum(not one.row.doubts and not one.own for one in waiting),
        findings=findings.select_related("row", "found_by"),
    )  # fmt: skip
    return page_or_part(request, "dispatch/review", context)


def _state(word: str) -> WorkState | None:
    return WorkState(word) if word else None


@needs("plans.view")
@require_POST
def accept(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """Accept one row."""
    found = opened_row(request, pk, row)
    policies.require(request.user, "review", found)
    try:
        with once(request):
            actions.accept_row(row=found, by=request.user, at=timezone.now())
    except AlreadySubmitted:
        messages.info(request, _("这份表单已经提交过，没有重复办理。"))
    except _REFUSALS as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("“%s”已采纳，进展已写入台账。") % found.title)
    return redirect("dispatch:review", pk)


@needs("plans.view")
def accept_all(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept every row without doubts, after it is confirmed."""
    found = opened(request, pk)
    policies.require(request.user, "review", found)
    clean = sum(
        not row.doubts and not wrote(row, request.user) for row in queries.rows_to_review(found=found)
    )
    back = reverse("dispatch:review", args=[pk])
    return answer_form(
        request, NothingForm(request.POST if request.method == "POST" else None),
        lambda data: actions.accept_undoubted(round=found, by=request.user, at=timezone.now()),
        template="dispatch/form", refusals=_REFUSALS, done=back, said=_("无疑点的事项已全部采纳。"),
        context=frame(
            request, found, title=_("采纳全部无疑点事项"), submit=_("全部采纳"), cancel=back, tabs=(),
            hint=_("将采纳没有疑点的 %d 项并写入台账；有疑点的须逐项办理。") % clean,
        ),
    )  # fmt: skip


@needs("plans.view")
def send_back(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """Send one row back, saying why."""
    found = opened_row(request, pk, row)
    policies.require(request.user, "review", found)
    back = reverse("dispatch:review", args=[pk])

    def act(data: Any) -> Row:
        return actions.send_back_row(row=found, note=data["note"], by=request.user, at=timezone.now())

    return answer_form(
        request, ReasonForm(request.POST or None), act, template="dispatch/form", refusals=_REFUSALS,
        context=frame(
            request, found.round, title=_("退回“%s”") % found.title, submit=_("退回"), cancel=back, tabs=()
        ),
        done=back, said=_("已退回，填报人会收到通知。"),
    )  # fmt: skip
