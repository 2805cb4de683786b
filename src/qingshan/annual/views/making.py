"""Drafting an annual plan, and its rows by form."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from qingshan.accounts.public import needs, scope_of
from qingshan.annual import actions, policies, queries
from qingshan.annual.adding import beginning_of, records_of
from qingshan.annual.errors import AnnualRefusal
from qingshan.annual.forms import AddRowForm, NewAnnualForm, RowForm
from qingshan.annual.states import AnnualState
from qingshan.annual.views.frame import frame, opened
from qingshan.kernel.spans import beijing_day
from qingshan.pages.public import answer_form, as_of, offer
from qingshan.plans.public import plan_of_code, visible_versions


@needs("plans.edit")
def new(request: HttpRequest) -> HttpResponse:
    """Draft the annual plan of a year, in one step."""
    today = beijing_day(timezone.now())
    scope = scope_of(request.user, capability=policies.CAPABILITIES["edit"])
    own = scope.rows(district="subject__district")
    plans = visible_versions(user=request.user, on=today).filter(own)
    begin = {"year": today.year, "plan": request.GET.get("plan", "")}
    form = NewAnnualForm(request.POST or None, initial=begin)
    offer(form, "plan", ((one.subject.code, one.name) for one in plans))

    def act(data: Any) -> Any:
        plan = plan_of_code(data["plan"])
        if plan is None:  # only plans that are there are offered
            raise LookupError(data["plan"])
        return actions.draft_annual(plan=plan, year=data["year"], by=request.user, at=timezone.now())

    context = {
        "title": _("起草年度计划"),
        "subtitle": _(
            "指标的年度目标和未办结的措施、项目、承诺，一步列出；起草后可逐行修改，或用 Excel 修改。"
        ),
        "submit": _("起草"),
        "cancel": reverse("annual:list"),
    }
    return answer_form(
        request, form, act, template="annual/form", context=context, refusals=(AnnualRefusal,),
        done=lambda made: reverse("annual:annual", args=[made.pk]) if made else reverse("annual:list"),
        said=_("年度计划已起草。标有“测算建议值”的目标须逐项核定。"),
    )  # fmt: skip


@needs("plans.edit")
def add_row(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a row by hand, from a record of the plan."""
    annual = opened(request, pk)
    policies.require(request.user, "edit", annual)
    records = records_of(annual=annual, user=request.user, on=as_of(request))
    form = AddRowForm(
        request.POST or None, district_id=annual.district_id, on=beijing_day(timezone.now()),
        records=((str(ref), name) for ref, name in records.items()),
    )  # fmt: skip
    form.fields["reason"].required = annual.phase is AnnualState.PUBLISHED

    def act(data: Any) -> Any:
        given = beginning_of(data["source"], records, form.changes(), annual.year)
        return actions.add_row(
            annual=annual, beginning=given, by=request.user, at=timezone.now(), reason=data["reason"]
        )

    return answer_form(
        request, form, act, template="annual/form", refusals=(AnnualRefusal,),
        context=frame(request, annual, title=_("新增事项")),
        done=reverse("annual:rows", args=[pk]), said=_("事项已新增。已发布的计划，经批准后列入。"),
    )  # fmt: skip


@needs("plans.edit")
def revise_row(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Change a row."""
    annual = opened(request, pk)
    policies.require(request.user, "edit", annual)
    held = queries.row_for(user=request.user, annual=annual, number=number, on=as_of(request))
    form = RowForm(
        request.POST or None, district_id=annual.district_id, on=beijing_day(timezone.now()),
        initial=RowForm.written(held),
    )  # fmt: skip
    form.fields["reason"].required = annual.phase is AnnualState.NEGOTIATING

    def act(data: Any) -> Any:
        return actions.revise_row(
            row=held.subject, seen=data["seen_version"], changes=form.changes(), by=request.user,
            at=timezone.now(), reason=data["reason"],
        )  # fmt: skip

    back = reverse("annual:row", args=[pk, number])
    return answer_form(
        request, form, act, template="annual/form", refusals=(AnnualRefusal,),
        context=frame(request, annual, title=_("修改事项"), subtitle=held.name, cancel=back),
        done=back, said=_("事项已修改，原内容留在变更历史中。"),
    )  # fmt: skip
