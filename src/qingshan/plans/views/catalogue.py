"""The indicator catalogue: what an indicator is, however many plans use it."""

from __future__ import annotations

from django.db.models import Q
from django.http import HttpRequest, HttpResponse

from qingshan.accounts.public import needs
from qingshan.pages.public import as_of, page_or_part
from qingshan.plans import queries
from qingshan.plans.addresses import indicator_url


@needs("plans.view")
def catalogue(request: HttpRequest) -> HttpResponse:
    """List the catalogue; ``q`` looks into names, aliases and definitions."""
    sought = request.GET.get("q", "").strip()
    entries = queries.catalogue_entries(on=as_of(request))
    if sought:
        named = Q(name__icontains=sought) | Q(aliases__icontains=sought) | Q(definition__icontains=sought)
        entries = entries.filter(named)
    return page_or_part(request, "plans/catalogue", {"entries": entries, "sought": sought})


@needs("plans.view")
def entry(request: HttpRequest, code: str) -> HttpResponse:
    """Show one definition and the plans that use it."""
    found = queries.catalogue_entry(user=request.user, code=code, on=as_of(request))
    uses = [(one, indicator_url(one.plan.code, one.subject.code)) for one in found.used_by]
    return page_or_part(request, "plans/catalogue_entry", {"found": found, "uses": uses})
