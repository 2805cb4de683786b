"""Plans of several levels side by side."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from qingshan.accounts.public import needs
from qingshan.pages.public import as_of, offer, page_or_part, write_workbook
from qingshan.plans.public import PlanLevel
from qingshan.succession.forms import CompareForm
from qingshan.succession.queries.comparing import Compared, comparable_plans, compared
from qingshan.succession.workbooks import compared_sheets

__all__ = ["compare"]


@needs("plans.view")
def compare(request: HttpRequest) -> HttpResponseBase:
    """Put the chosen plans side by side; those the person may not see are not offered, nor compared."""
    day = as_of(request)
    form, offered = _form(request)
    found = _found(request, form)
    if found is not None and request.GET.get("export") == "xlsx":
        file = write_workbook(compared_sheets(found), as_of=day, query=request.GET.urlencode())
        return FileResponse(file, as_attachment=True, filename=f"{_('并列比较')}-{day:%Y%m%d}.xlsx")
    context = {
        "form": form,
        "found": found,
        "offered": offered,
        "simulated": found is not None and any(plan.subject.simulated for plan in found.plans),
    }
    return page_or_part(request, "succession/compare", context)


def _form(request: HttpRequest) -> tuple[CompareForm, list[Any]]:
    day = as_of(request)
    level = request.GET.get("level", "")
    offered = comparable_plans(user=request.user, on=day, level=level if level in PlanLevel.values else "")
    form = CompareForm(request.GET or None)
    offer(form, "level", [("", _("全部")), *PlanLevel.choices])
    offer(form, "plans", [(plan.subject.code, _named(plan)) for plan in offered])
    return form, offered


def _named(plan: Any) -> str:
    return f"{plan.short_name}（{plan.subject.district}，{plan.period_from}—{plan.period_to}）"


def _found(request: HttpRequest, form: CompareForm) -> Compared | None:
    """The comparison asked for; None where nothing sensible was asked."""
    chosen = [code for code in request.GET.getlist("plans") if code]
    if not chosen or not form.is_bound:
        return None
    offered = {code for code, _name in form.fields["plans"].choices}  # type: ignore[attr-defined]
    data = form.cleaned_data if form.is_valid() else {}
    day = as_of(request)
    return compared(
        user=request.user,
        on=day,
        codes=[code for code in chosen if code in offered],
        year=data.get("year") or _usual_year(request, chosen),
        level=data.get("level", ""),
        shared_only=not data.get("every"),
    )


def _usual_year(request: HttpRequest, chosen: list[str]) -> int:
    """The last year of the shortest-lived of the chosen plans: the year most of them have targets for."""
    day = as_of(request)
    ends = [
        plan.period_to for plan in comparable_plans(user=request.user, on=day) if plan.subject.code in chosen
    ]
    return min(ends, default=day.year)
