"""The head of a plan, what its text lacks or contradicts, and the letters that leave days out of account."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from qingshan.accounts.public import needs
from qingshan.kernel.spans import beijing_day
from qingshan.plans import actions, policies
from qingshan.plans.forms.plan import AddConflictForm, ConflictForm, MissingForm, PlanHeadForm
from qingshan.plans.forms.values import ExclusionForm
from qingshan.plans.models import PlanVersion
from qingshan.plans.queries import entries
from qingshan.plans.views.answering import answered
from qingshan.plans.views.attachments import attached
from qingshan.plans.views.frame import opened
from qingshan.plans.views.refusals import REFUSED, refusal_in_words


@needs("plans.edit")
def revise_plan(request: HttpRequest, code: str) -> HttpResponse:
    """Change the head of a plan from a day on; its state moves by its life cycle only."""
    plan = opened(request, code)
    policies.require(request.user, "edit", plan.subject)
    form = PlanHeadForm(
        request.POST or None,
        initial={**PlanHeadForm.written(plan), "valid_from": beijing_day(timezone.now())},
    )

    def act(data: Any) -> Any:
        return actions.revise_plan(
            plan=plan.subject,
            changes=form.facts(),
            seen=data["seen_version"],
            by=request.user,
            at=timezone.now(),
            reason=data["reason"],
            valid_from=data["valid_from"],
        )

    return _answer(request, plan, form, act, _("修改规划信息"))


@needs("plans.edit")
def report_missing(request: HttpRequest, code: str) -> HttpResponse:
    """Say what the plan announces and its text lacks."""
    plan = opened(request, code)
    policies.require(request.user, "edit", plan.subject)
    form = MissingForm(request.POST or None)

    def act(data: Any) -> Any:
        return actions.report_missing(plan=plan.subject, by=request.user, at=timezone.now(), **data)

    return _answer(request, plan, form, act, _("登记缺失"))


@require_POST
@needs("plans.edit")
def supply_missing(request: HttpRequest, code: str, part_id: int) -> HttpResponse:
    """Say that a missing part has been supplied; its records are entered as usual."""
    plan = opened(request, code)
    part = entries.missing_part(plan, part_id)
    policies.require(request.user, "edit", plan.subject)
    try:
        actions.supply_missing(part=part, by=request.user, at=timezone.now())
        messages.success(request, _("已登记为补齐。"))
    except REFUSED as refused:
        messages.error(request, refusal_in_words(refused))
    return redirect("plans:making", code)


@needs("plans.edit")
def add_conflict(request: HttpRequest, code: str) -> HttpResponse:
    """Say that two places of the text disagree; it is settled later, with a reason."""
    plan = opened(request, code)
    policies.require(request.user, "edit", plan.subject)
    form = AddConflictForm(request.POST or None, initial={"code": entries.next_conflict_code(plan)})

    def act(data: Any) -> Any:
        facts = {name: found for name, found in data.items() if name != "code"}
        return actions.add_conflict(
            plan=plan.subject, code=data["code"], facts=facts, by=request.user, at=timezone.now()
        )

    return _answer(request, plan, form, act, _("登记文本矛盾"))


@needs("plans.edit")
def settle_conflict(request: HttpRequest, code: str, conflict_id: int) -> HttpResponse:
    """Settle two places of the text that disagree, with the reason."""
    plan = opened(request, code)
    conflict = entries.known_conflict(plan, conflict_id)
    policies.require(request.user, "edit", plan.subject)
    form = ConflictForm(request.POST or None)

    def act(data: Any) -> Any:
        return actions.settle_conflict(
            conflict=conflict, settlement=data["settlement"], by=request.user, at=timezone.now()
        )

    return _answer(request, plan, form, act, _("处理文本矛盾"), intro=conflict.description)


@needs("values.enter")
def add_exclusion(request: HttpRequest, code: str) -> HttpResponse:
    """Enter a letter by which the upper level leaves days out of account, with its document."""
    plan = opened(request, code)
    policies.require(request.user, "enter_value", plan.subject)
    form = ExclusionForm(request.POST or None, request.FILES or None)

    def act(data: Any) -> Any:
        now = timezone.now()
        facts = {name: found for name, found in data.items() if name not in ("number", "document")}
        return actions.add_exclusion_letter(
            plan=plan.subject,
            number=data["number"],
            facts=facts,
            by=request.user,
            at=now,
            attach=lambda letter: attached(
                data["document"], to=letter, by=request.user, at=now, title=data["number"]
            ),
        )

    return _answer(request, plan, form, act, _("登记剔除批复"))


def _answer(
    request: HttpRequest,
    plan: PlanVersion,
    form: Any,
    act: Callable[[Any], Any],
    title: str,
    intro: str = "",
) -> HttpResponse:
    back = reverse("plans:making", args=[plan.subject.code])
    return answered(request, plan, form, act, title=title, subtitle=plan.name, back=back, intro=intro)
