"""What departments say to their rows, and what they are answered."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_POST

from qingshan.accounts.public import needs
from qingshan.annual import actions, policies, queries
from qingshan.annual.errors import AnnualRefusal
from qingshan.annual.forms import AnswerForm, AskForm, ProposeForm
from qingshan.annual.models import AnnualPlan, AnnualRowVersion, RowRequest
from qingshan.annual.states import HEARD, AnnualState, RequestState
from qingshan.annual.views.frame import frame, opened
from qingshan.annual.views.steps import REFUSALS
from qingshan.annual.vocabulary import Stand
from qingshan.annual.wording import in_words
from qingshan.areas.public import Department
from qingshan.kernel.spans import beijing_day
from qingshan.pages.public import answer_form, as_of


@needs("plans.view")
@require_POST
def accept(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Accept one row for the department one speaks for."""
    annual = opened(request, pk)
    row = queries.row_for(user=request.user, annual=annual, number=number, on=as_of(request))
    _accepted(request, [row])
    return redirect(reverse("annual:row", args=[pk, number]))


@needs("plans.view")
@require_POST
def accept_all(request: HttpRequest, pk: int, department_id: int) -> HttpResponse:
    """Accept every row of a department about which nothing was said yet."""
    annual, day = opened(request, pk), as_of(request)
    rows = queries.of_department(
        queries.versions_for(user=request.user, annual=annual, on=day), department_id, day
    )
    spoken = policies.may_answer_for(request.user, annual, {pk for row in rows for pk in row.department_ids})
    if not spoken:
        raise policies.Forbidden(policies.CAPABILITIES["answer_for"], str(annual))
    said = queries.voices(rows=rows, on=day)
    _accepted(request, [row for row in rows if _unsaid(said[row.subject_id], spoken)])
    return redirect(reverse("annual:department", args=[pk, department_id]))


def _unsaid(said: list[queries.Voice], spoken: frozenset[int]) -> bool:
    return any(one.department_id in spoken and one.stand is Stand.SILENT for one in said)


def _accepted(request: HttpRequest, rows: list[AnnualRowVersion]) -> None:
    try:
        count = actions.accept_rows(rows=[row.subject for row in rows], by=request.user, at=timezone.now())
    except AnnualRefusal as refused:
        messages.error(request, str(refused))
        return
    messages.success(request, ngettext("已同意 %d 项。", "已同意 %d 项。", count) % count)


@needs("plans.view")
def ask(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Ask for a row to be otherwise."""
    annual = opened(request, pk)
    held = queries.row_for(user=request.user, annual=annual, number=number, on=as_of(request))
    keeper = annual.phase is AnnualState.PUBLISHED and policies.may(request.user, "edit", annual)
    if not keeper:
        policies.require_voice(request.user, annual, held)
    if request.method != "POST" and annual.phase not in HEARD:
        raise Http404
    begin = {"seen_version": held.number}
    form: Any
    if keeper:
        day = beijing_day(timezone.now())
        form = ProposeForm(request.POST or None, district_id=annual.district_id, on=day, initial=begin)
    else:
        form = AskForm(request.POST or None, initial=begin)

    def act(data: Any) -> RowRequest:
        more = _keeper_wants(data) if keeper else {}
        return actions.ask_change(
            row=held.subject, seen=data["seen_version"], by=request.user, at=timezone.now(),
            **form.wanted(), **more,
        )  # fmt: skip

    back = reverse("annual:row", args=[pk, number])
    return answer_form(
        request, form, act, template="annual/form", refusals=REFUSALS,
        context=frame(
            request, annual, title=pgettext("annual plan", "申请调整"), subtitle=held.name, held=held,
            submit=_("提交申请"), cancel=back, draft="annual-ask",
        ),
        done=back, said=_("申请已提交，等待答复。"),
    )  # fmt: skip


def _keeper_wants(data: Any) -> dict[str, Any]:
    lead = Department.objects.filter(pk=data["lead"]).first() if data["lead"] else None
    return {"lead": lead, "included": {"yes": True, "no": False}.get(data["included"])}


@needs("plans.edit", "plans.approve")
def answer(request: HttpRequest, pk: int, request_id: int) -> HttpResponse:
    """Grant or refuse a request."""
    annual, found = _request(request, pk, request_id)
    verb = "publish" if annual.phase is AnnualState.PUBLISHED else "edit"
    policies.require(request.user, verb, annual)
    if request.method != "POST" and found.phase is not RequestState.ASKED:
        raise Http404
    form = AnswerForm(request.POST or None)

    def act(data: Any) -> RowRequest:
        return actions.answer_request(request=found, by=request.user, at=timezone.now(), **data)

    held = queries.row_for(user=request.user, annual=annual, number=found.row.number, on=as_of(request))
    back = reverse("annual:row", args=[pk, found.row.number])
    return answer_form(
        request, form, act, template="annual/form", refusals=REFUSALS,
        context=frame(
            request, annual, title=_("答复调整申请"), subtitle=held.name, held=held, asked=found,
            asked_words=in_words(found), submit=_("答复"), cancel=back,
        ),
        done=back, said=_("已答复。"),
    )  # fmt: skip


@needs("plans.view")
@require_POST
def take_back(request: HttpRequest, pk: int, request_id: int) -> HttpResponse:
    """Take a request back."""
    annual, found = _request(request, pk, request_id)
    queries.row_for(user=request.user, annual=annual, number=found.row.number, on=as_of(request))
    try:
        actions.take_back(request=found, by=request.user, at=timezone.now())
    except REFUSALS as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("申请已收回。"))
    return redirect(reverse("annual:row", args=[pk, found.row.number]))


def _request(request: HttpRequest, pk: int, request_id: int) -> tuple[AnnualPlan, RowRequest]:
    annual = opened(request, pk)
    found = (
        RowRequest.objects.select_related("row__annual__plan", "row__annual__district", "department", "lead")
        .filter(row__annual=annual, pk=request_id)
        .first()
    )
    if found is None:
        raise Http404
    return annual, found
