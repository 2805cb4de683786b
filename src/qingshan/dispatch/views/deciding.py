"""A report found false: proposing it with evidence, and deciding on it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from qingshan.accounts.public import needs
from qingshan.dispatch import actions, policies
from qingshan.dispatch.actions.rows import allowed_states
from qingshan.dispatch.errors import DispatchRefusal
from qingshan.dispatch.forms import DecideForm, FalseForm
from qingshan.dispatch.models import FalseReport
from qingshan.dispatch.views.frame import frame, opened_finding, opened_row
from qingshan.documents.public import RefusedFile
from qingshan.kernel.flow import IllegalMove
from qingshan.kernel.spans import beijing_day
from qingshan.pages.public import answer_form

__all__ = ["decide", "find_false"]

_REFUSALS = (DispatchRefusal, IllegalMove, RefusedFile)


@needs("plans.view")
def find_false(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """Propose that a report was false."""
    found = opened_row(request, pk, row)
    policies.require(request.user, "review", found)
    today = beijing_day(timezone.now())
    states = allowed_states([found], today)[found.pk]
    form = FalseForm(
        request.POST or None, request.FILES or None, row=found, states=states, initial={"on": today}
    )
    here = reverse("dispatch:row", args=[pk, row])

    def act(data: Any) -> FalseReport:
        return actions.find_false(row=found, by=request.user, at=timezone.now(), **data)

    return answer_form(
        request, form, act, template="dispatch/form", refusals=_REFUSALS, done=here,
        context=frame(
            request, found.round, title=_("提出虚报认定：%s") % found.title, submit=_("提出"), cancel=here,
            tabs=(),
            hint=_("由另一位有权限的人员认定。认定后台账按核实的情况更正，并计入单位的报送行为。"),
        ),
        said=_("已提出，等待另一位人员认定。"),
    )  # fmt: skip


@needs("plans.view")
def decide(request: HttpRequest, pk: int, finding: int) -> HttpResponse:
    """Confirm or dismiss a finding."""
    found = opened_finding(request, pk, finding)
    policies.require(request.user, "decide", found.row)
    here = reverse("dispatch:row", args=[pk, found.row_id])

    def act(data: Any) -> FalseReport:
        call = actions.confirm_false if data["confirmed"] else actions.dismiss_false
        return call(finding=found, note=data["note"], by=request.user, at=timezone.now())

    return answer_form(
        request, DecideForm(request.POST or None), act, template="dispatch/decide", refusals=_REFUSALS,
        context=frame(
            request, found.row.round, title=_("裁定虚报：%s") % found.row.title, submit=_("裁定"),
            cancel=here, tabs=(), finding=found,
        ),
        done=here, said=_("已裁定。"),
    )  # fmt: skip
