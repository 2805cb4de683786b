"""The plan's own information: its name, period, district, issuer; completed before anything is entered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from qingshan.accounts.public import needs
from qingshan.intake import actions, policies
from qingshan.intake.errors import BadFacts, IntakeRefusal, StaleHead
from qingshan.intake.fields import HEAD_FIELDS
from qingshan.intake.forms.facts import FactsForm, head_form
from qingshan.intake.forms.incoming import WithdrawForm
from qingshan.intake.models import Intake
from qingshan.intake.views.frame import frame, opened
from qingshan.pages.public import page_or_part

__all__ = ["head"]


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that somebody else changed meanwhile: what was typed here, and what stands."""

    label: Any
    typed: str
    now: str


@needs("plans.edit", "plans.approve")
def head(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what is known of the plan itself, and take what a reviewer makes of it."""
    intake = opened(request, pk)
    form = head_form(intake.head, request.POST or None)
    if request.method != "POST":
        return _shown(request, intake, form)
    policies.require_decide(request.user, intake.district_id, intake.title)
    if not form.is_valid():
        return _shown(request, intake, form, status=422)
    sent = request.POST.get("seen_version", "")
    try:
        actions.edit_head(
            intake=intake,
            facts=form.facts(),
            expected_version=int(sent) if sent.isdecimal() else 0,
            by=request.user,
            at=timezone.now(),
        )
    except StaleHead as stale:
        intake.refresh_from_db()
        others = list(_differences(form.facts(), stale.head))
        return _shown(request, intake, form, status=409, others=others)
    except BadFacts as refused:
        form.refuse(refused.fields)
        return _shown(request, intake, form, status=422)
    except IntakeRefusal as refused:
        form.add_error(None, str(refused))
        return _shown(request, intake, form, status=422)
    messages.success(request, _("规划信息已保存。"))
    return redirect(reverse("intake:head", args=[pk]))


def _differences(typed: Mapping[str, Any], now: Mapping[str, Any]) -> list[Difference]:
    return [
        Difference(one.label, str(typed.get(one.name) or ""), str(now.get(one.name) or ""))
        for one in HEAD_FIELDS
        if str(typed.get(one.name) or "") != str(now.get(one.name) or "")
    ]


def _shown(
    request: HttpRequest, intake: Intake, form: FactsForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    context = frame(
        request, intake, form=form, groups=list(form.groups()), withdrawing=WithdrawForm(), **more
    )
    return page_or_part(request, "intake/head", context, status=status)
