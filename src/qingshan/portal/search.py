"""One box that looks through names and passages of everything a person may see."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from qingshan.accounts.public import needs
from qingshan.pages.public import as_of, page_or_part
from qingshan.plans.public import search as search_plans

LIMIT = 60
SHORTEST = 2


@needs("plans.view")
def search(request: HttpRequest) -> HttpResponse:
    """Show what was found; say what may be sought when nothing was typed."""
    sought = request.GET.get("q", "").strip()[:60]
    hits = search_plans(user=request.user, text=sought, on=as_of(request), limit=LIMIT) if sought else []
    context = {"sought": sought, "hits": hits, "cut": len(hits) >= LIMIT}
    return page_or_part(request, "portal/search", context)
