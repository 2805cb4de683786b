"""What every page of a review has: the document, if one may see it, its tabs, and what is simulated."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from qingshan.intake import policies
from qingshan.intake.models import Conflict, Finding, Intake
from qingshan.intake.states import INTAKE_FLOW, IntakeState
from qingshan.pages.public import Tab

__all__ = ["conflict_seen", "finding_seen", "frame", "opened"]

TABS: tuple[tuple[str | Promise, str], ...] = (
    (_("逐条审阅"), "review"),
    (_("规划信息"), "head"),
    (_("写入台账"), "enter"),
)


def opened(request: HttpRequest, pk: int) -> Intake:
    """Return a review that the person may see; to others it is not there (404)."""
    rows = Intake.objects.filter(policies.visible(request.user), pk=pk)
    found = rows.select_related("district", "plan", "started_by", "previous").first()
    if found is None:
        raise Http404
    return found


def finding_seen(request: HttpRequest, pk: int) -> Finding:
    """Return a finding of a review that the person may see (else 404)."""
    found = Finding.objects.filter(pk=pk).first()
    if found is None:
        raise Http404
    found.intake = opened(request, found.intake_id)
    return found


def conflict_seen(request: HttpRequest, pk: int) -> Conflict:
    """Return a conflict of a review that the person may see (else 404)."""
    found = Conflict.objects.select_related("other_plan", "settled_by").filter(pk=pk).first()
    if found is None or not policies.may_see_plan(request.user, found.other_plan):
        raise Http404
    found.intake = opened(request, found.intake_id)
    return found


def frame(request: HttpRequest, intake: Intake, **more: Any) -> dict[str, Any]:
    """Return the context that ``intake/frame.html`` stands on."""
    here = getattr(request.resolver_match, "url_name", "")
    return {
        "intake": intake,
        "simulated": intake.simulated,
        "may_decide": policies.may_decide(request.user, intake.district_id),
        "is_under_review": intake.state == IntakeState.REVIEWING,
        "may_go_on": INTAKE_FLOW.allows(intake.state, "reopen"),
        "tabs": [
            Tab(label, reverse(f"intake:{name}", args=[intake.pk]), here == name) for label, name in TABS
        ],
        **more,
    }
