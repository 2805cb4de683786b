"""The same indicator over years and plans: list, page, workbook, and changes of its definition."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from qingshan.accounts.public import can, needs
from qingshan.pages.public import answer_form, as_of, page_or_part, write_workbook
from qingshan.plans import public as plans
from qingshan.succession import actions, policies, queries
from qingshan.succession.errors import SuccessionRefusal
from qingshan.succession.forms import ChangeForm, ReasonForm
from qingshan.succession.models import DefinitionChange
from qingshan.succession.queries.series import Series, shared_entries
from qingshan.succession.queries.series_chart import chart_of
from qingshan.succession.workbooks import series_sheets

__all__ = ["catalogue", "enter_change", "indicator", "listed", "withdraw_change"]


@needs("plans.view")
def listed(request: HttpRequest) -> HttpResponse:
    """List the indicators of the catalogue that plans the person sees speak of."""
    sought = request.GET.get("q", "").strip()
    entries = shared_entries(user=request.user, on=as_of(request), sought=sought)
    return page_or_part(request, "succession/all_series", {"entries": entries, "sought": sought})


@needs("plans.view")
def catalogue(request: HttpRequest, code: str) -> HttpResponseBase:
    """Show the series of an indicator of the catalogue."""
    return _shown(request, queries.series_of(code=code, user=request.user, on=as_of(request)), [])


@needs("plans.view")
def indicator(request: HttpRequest, code: str, indicator: str) -> HttpResponseBase:
    """Show the series of one indicator of a plan, and what it was carried from."""
    day = as_of(request)
    plan = plans.plan_for(user=request.user, code=code, on=day)
    rows = plans.indicators_for(user=request.user, plan=plan, on=day)
    version = rows.filter(subject__code=indicator).first()
    if version is None:
        raise plans.NoSuchRecord(indicator)
    series = queries.series_of_indicator(version=version, user=request.user, on=day)
    origins = queries.origins_of(ref=version.subject.ref, user=request.user, on=day)
    return _shown(request, series, origins)


def _shown(request: HttpRequest, series: Series, origins: list[Any]) -> HttpResponseBase:
    if request.GET.get("export") == "xlsx":
        day = as_of(request)
        file = write_workbook(series_sheets(series), as_of=day)
        return FileResponse(file, as_attachment=True, filename=f"{series.name}-{day:%Y%m%d}.xlsx")
    context = {
        "series": series,
        "chart": chart_of(series),
        "origins": origins,
        "simulated": series.simulated,
        "may_edit": bool(series.code) and can(request.user, "plans.edit"),
        "withdrawable": {
            one.change.pk
            for one in series.breaks
            if one.change and policies.may_withdraw(request.user, one.change)
        },
    }
    return page_or_part(request, "succession/series", context)


@needs("plans.edit")
def enter_change(request: HttpRequest, code: str) -> HttpResponse:
    """Enter that an indicator is counted otherwise from a year on."""
    entry = plans.catalogue_by_code(on=as_of(request)).get(code)
    if entry is None:
        raise plans.NoSuchRecord(code)
    form = ChangeForm(request.POST or None)

    def act(data: Any) -> DefinitionChange:
        return actions.enter_change(catalogue=entry, facts=data, by=request.user, at=timezone.now())

    back = reverse("succession:series", args=[code])
    context = {
        "title": _("登记口径变化"),
        "submit": _("登记"),
        "subtitle": code,
        "cancel": back,
        "code": code,
    }
    return answer_form(
        request, form, act, template="succession/form", context=context, done=back,
        said=_("口径变化已登记。"), refusals=(SuccessionRefusal,),
    )  # fmt: skip


@needs("plans.edit")
def withdraw_change(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Take back a change that was entered by mistake."""
    change = DefinitionChange.objects.filter(pk=pk, catalogue__code=code, withdrawn_at__isnull=True).first()
    if change is None:
        raise Http404
    policies.require_withdraw(request.user, change)
    form = ReasonForm(request.POST or None)

    def act(data: Any) -> DefinitionChange:
        return actions.withdraw_change(change=change, reason=data["note"], by=request.user, at=timezone.now())

    back = reverse("succession:series", args=[code])
    context = {
        "title": _("撤回口径变化"), "submit": _("撤回"), "subtitle": str(change), "cancel": back, "code": code
    }  # fmt: skip
    return answer_form(
        request, form, act, template="succession/form", context=context, done=back,
        said=_("口径变化已撤回。"), refusals=(SuccessionRefusal,),
    )  # fmt: skip
