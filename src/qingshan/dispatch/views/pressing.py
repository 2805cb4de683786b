"""Who was pressed when and who signed for it; pressing a department by hand."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from qingshan.accounts.public import needs
from qingshan.dispatch import actions, policies, queries
from qingshan.dispatch.errors import DispatchRefusal
from qingshan.dispatch.forms import PressForm
from qingshan.dispatch.models import Reminder
from qingshan.dispatch.rules import rules
from qingshan.dispatch.states import RoundState
from qingshan.dispatch.views.frame import frame, opened, opened_part
from qingshan.kernel.flow import IllegalMove
from qingshan.pages.public import answer_form, as_of, page_or_part

__all__ = ["press", "reminders"]


@needs("plans.view")
def reminders(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the reminders of a round and their receipts."""
    found = opened(request, pk)
    parts = queries.parts_for(user=request.user, found=found)
    context = frame(
        request, found, held=rules(),
        pressed=queries.pressed_in(found=found, parts=parts, on=as_of(request)),
        may_press=found.phase is RoundState.OPEN and policies.may(request.user, "press", found),
    )  # fmt: skip
    return page_or_part(request, "dispatch/reminders", context)


@needs("plans.view")
def press(request: HttpRequest, pk: int, part: int) -> HttpResponse:
    """Press a department by hand."""
    found = opened_part(request, pk, part)
    policies.require(request.user, "press", found)

    def act(data: Any) -> Reminder:
        return actions.press_part(part=found, note=data["note"], by=request.user, at=timezone.now())

    back = reverse("dispatch:reminders", args=[pk])
    return answer_form(
        request, PressForm(request.POST or None), act, template="dispatch/form",
        refusals=(DispatchRefusal, IllegalMove), done=back, said=_("催报已发出，须由对方签收。"),
        context=frame(
            request, found.round, title=_("催报：%s") % found.department, submit=_("催报"), cancel=back,
            tabs=(),
        ),
    )  # fmt: skip
