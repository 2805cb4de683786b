"""The indicator catalogue: what an indicator is, however many plans use it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from qingshan.accounts.public import can, needs
from qingshan.kernel.spans import beijing_day
from qingshan.pages.public import answer_form, as_of, page_or_part
from qingshan.plans import actions, queries
from qingshan.plans.addresses import indicator_url
from qingshan.plans.errors import LedgerRefusal
from qingshan.plans.forms.catalogue import CatalogueForm
from qingshan.plans.models import CatalogueIndicator


@needs("plans.view")
def catalogue(request: HttpRequest) -> HttpResponse:
    """List the catalogue; ``q`` looks into names, aliases and definitions."""
    sought = request.GET.get("q", "").strip()
    entries = queries.catalogue_entries(on=as_of(request))
    if sought:
        named = Q(name__icontains=sought) | Q(aliases__icontains=sought) | Q(definition__icontains=sought)
        entries = entries.filter(named)
    may_edit = can(request.user, "plans.edit")
    context = {"entries": entries, "sought": sought, "may_edit": may_edit}
    return page_or_part(request, "plans/catalogue", context)


@needs("plans.view")
def entry(request: HttpRequest, code: str) -> HttpResponse:
    """Show one definition and the plans that use it."""
    found = queries.catalogue_entry(user=request.user, code=code, on=as_of(request))
    uses = [(one, indicator_url(one.plan.code, one.subject.code)) for one in found.used_by]
    context = {"found": found, "uses": uses, "may_edit": can(request.user, "plans.edit")}
    return page_or_part(request, "plans/catalogue_entry", context)


@needs("plans.edit")
def add(request: HttpRequest) -> HttpResponse:
    """Enter an indicator of the catalogue."""
    form = CatalogueForm(request.POST or None, today=beijing_day(timezone.now()))

    def act(data: Any) -> Any:
        return actions.add_catalogue_indicator(
            code=data["code"],
            facts=form.facts(),
            valid_from=data["valid_from"],
            by=request.user,
            at=timezone.now(),
        )

    def done(made: CatalogueIndicator | None) -> str:
        shown = made is not None and form.cleaned_data["valid_from"] <= as_of(request)
        return reverse("plans:catalogue_entry", args=[made.code]) if made and shown else listed

    listed = reverse("plans:catalogue")
    return _answered(request, form, act, _("新增目录指标"), listed, done)


@needs("plans.edit")
def revise(request: HttpRequest, code: str) -> HttpResponse:
    """Change a definition from a day on, with a reason; earlier days keep the earlier one."""
    held = queries.catalogue_entry(user=request.user, code=code, on=as_of(request)).version
    form = CatalogueForm(request.POST or None, today=beijing_day(timezone.now()), held=held)

    def act(data: Any) -> Any:
        return actions.revise_catalogue_indicator(
            catalogue=held.subject,
            changes=form.facts(),
            seen=data["seen_version"],
            by=request.user,
            at=timezone.now(),
            reason=data["reason"],
            valid_from=data["valid_from"],
        )

    back = reverse("plans:catalogue_entry", args=[code])
    return _answered(request, form, act, _("修订指标定义"), back, back, held.name)


def _answered(
    request: HttpRequest,
    form: CatalogueForm,
    act: Callable[[Any], Any],
    title: str,
    cancel: str,
    done: str | Callable[[Any], str],
    subtitle: str = "",
) -> HttpResponse:
    return answer_form(
        request,
        form,
        act,
        template="plans/catalogue_form",
        context={
            "title": title,
            "subtitle": subtitle,
            "cancel": cancel,
            "intro": _("指标库由各规划共用：修改会影响所有引用它的规划，从所填的那一天起。"),
        },
        done=done,
        said=_("已保存。"),
        refusals=(LedgerRefusal, ValueError),
    )
