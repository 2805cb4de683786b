"""What was carried into a plan and out of it, each record beside its origin."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from qingshan.accounts.public import needs
from qingshan.pages.public import as_of, page_or_part
from qingshan.plans import public as plans
from qingshan.succession import queries

__all__ = ["plan"]


@needs("plans.view")
def plan(request: HttpRequest, code: str) -> HttpResponse:
    """Show the links of a plan in both directions, as far as the person sees both records."""
    day = as_of(request)
    found = plans.plan_for(user=request.user, code=code, on=day)
    links = queries.links_of(plan=found.subject, user=request.user, on=day)
    context = {
        "plan": found,
        "simulated": found.subject.simulated,
        "sides": [
            {"into": False, "links": [one for one in links if one.carried.successor_id == found.subject_id]},
            {"into": True, "links": [one for one in links if one.carried.plan_id == found.subject_id]},
        ],
    }
    return page_or_part(request, "succession/plan", context)
