"""Documents coming in: the list of reviews, taking a new one in, giving one up, taking one up again."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRedirect

from qingshan.accounts.public import capabilities_of, needs, scope_of
from qingshan.areas.public import District, district_names
from qingshan.intake import actions
from qingshan.intake.errors import IntakeRefusal, SameDocument
from qingshan.intake.forms.incoming import ACCEPTED, UploadForm, WithdrawForm
from qingshan.intake.models import Intake
from qingshan.intake.queries.desk import reviews_for
from qingshan.intake.states import IntakeState
from qingshan.intake.views.frame import opened
from qingshan.kernel.spans import beijing_day
from qingshan.pages.public import (
    AlreadySubmitted,
    new_token,
    once,
    page_or_part,
    refuse_too_big,
    today,
    wants_part,
)
from qingshan.plans.public import Plan, visible_plans

__all__ = ["incoming", "reopen", "withdraw"]

_MIB = 1024 * 1024


@needs("plans.edit", "plans.approve")
def incoming(request: HttpRequest) -> HttpResponse:
    """List the reviews; take a document in, or say in one sentence why it cannot be read."""
    form = _upload_form(request)
    if request.method != "POST":
        return _page(request, form)
    if form is None:
        return _page(request, form, status=403)
    if refuse_too_big(request, form) or not form.is_valid():
        return _page(request, form, status=422)
    try:
        with once(request):
            intake = _take_in(request, form.cleaned_data)
    except AlreadySubmitted:
        messages.info(request, _("这份文件已经提交过，没有重复导入。"))
        return _gone_to(request, reverse("intake:incoming"))
    except SameDocument as same:
        return _page(request, form, status=422, same=same.pk, refusal=str(same))
    except IntakeRefusal as refused:
        return _page(request, form, status=422, refusal=str(refused))
    return _gone_to(request, reverse("intake:review", args=[intake.pk]))


def _take_in(request: HttpRequest, data: Any) -> Intake:
    plan = Plan.objects.filter(pk=data["plan"]).first() if data["plan"] else None
    before = Intake.objects.filter(plan=plan).exclude(state=IntakeState.WITHDRAWN) if plan else None
    return actions.start(
        data=data["file"].read(),
        file_name=data["file"].name,
        district=plan.district if plan else District.objects.get(pk=data["district"]),
        plan=plan,
        previous=before.order_by("-started_at").first() if before is not None else None,
        by=request.user,
        at=timezone.now(),
    )


def _gone_to(request: HttpRequest, address: str) -> HttpResponse:
    return HttpResponseClientRedirect(address) if wants_part(request) else redirect(address)


def _upload_form(request: HttpRequest) -> UploadForm | None:
    """The form, for who may take documents in."""
    if "plans.edit" not in capabilities_of(request.user):
        return None
    day = beijing_day(timezone.now())
    reach = scope_of(request.user, on=day, capability="plans.edit").district_ids
    districts = district_names(reach, day)
    plans = [
        (card.version.subject_id, card.version.short_name)
        for card in visible_plans(user=request.user, on=day)
        if card.version.subject.district_id in districts
    ]
    asked = request.GET.get("plan", "")
    return UploadForm(
        request.POST or None,
        request.FILES or None,
        districts=sorted(districts.items(), key=lambda pair: pair[1]),
        plans=plans,
        initial={"plan": asked, "district": getattr(request.user, "district_id", None)},
    )


def _page(request: HttpRequest, form: UploadForm | None, *, status: int = 200, **more: Any) -> HttpResponse:
    context = {
        "form": form,
        "once": new_token(),
        "reviews": reviews_for(request.user)[:200],
        "accepted": "、".join(ending.lstrip(".") for ending in ACCEPTED),
        "largest": settings.UPLOAD_MAX_BYTES // _MIB,
        "today": today(),
        **more,
    }
    return page_or_part(request, "intake/incoming", context, status=status)


@require_POST
@needs("plans.edit")
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a review up, with the reason; what has been entered stays in the ledger."""
    intake = opened(request, pk)
    form = WithdrawForm(request.POST)
    try:
        reason = form.cleaned_data["reason"] if form.is_valid() else ""
        actions.withdraw(intake=intake, reason=reason, by=request.user, at=timezone.now())
        messages.success(request, _("这次导入已撤回；已写入台账的内容不受影响。"))
    except IntakeRefusal as refused:
        messages.error(request, str(refused))
        return redirect("intake:head", pk)
    return redirect("intake:incoming")


@require_POST
@needs("plans.edit")
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Go on with a review that was finished."""
    intake = opened(request, pk)
    try:
        actions.reopen_review(intake=intake, by=request.user, at=timezone.now())
    except IntakeRefusal as refused:
        messages.error(request, str(refused))
    return redirect("intake:review", pk)
