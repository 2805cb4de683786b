"""Calls: who is asked to report what by when, who has, and who is late."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from qingshan.accounts.public import needs, scope_of
from qingshan.areas.public import District, district_names, districts_under
from qingshan.kernel.spans import beijing_day
from qingshan.levels import actions, policies
from qingshan.levels.forms import CallForm
from qingshan.levels.models import Call
from qingshan.levels.queries.calls import NoSuchCall, answers_of, call_for, calls_asking, matrix
from qingshan.levels.states import CallState
from qingshan.levels.views.frame import REFUSALS, tabs
from qingshan.pages.public import answer_form, as_of, page_or_part


@needs("levels.submit", "levels.review")
def calls(request: HttpRequest) -> HttpResponse:
    """Show the calls that somebody made, as a matrix, and those they are asked by."""
    own = matrix(user=request.user, on=as_of(request))
    asked = calls_asking(user=request.user)
    context = {
        "tabs": tabs(request), "matrix": own, "asked": asked, "may_call": _callers(request),
    }  # fmt: skip
    return page_or_part(request, "levels/calls", context)


def _made(request: HttpRequest, call: Call) -> bool:
    return Call.objects.filter(policies.calls_made(request.user), pk=call.pk).exists()


def _callers(request: HttpRequest) -> bool:
    return not scope_of(request.user, capability=policies.CAPABILITIES["review"]).nothing


@needs("levels.review")
def new(request: HttpRequest) -> HttpResponse:
    """Ask districts below one's own to report."""
    district, today = _district(request), beijing_day(timezone.now())
    below = district_names(districts_under(district, today) - {district.pk}, today)
    form = CallForm(
        request.POST or None,
        districts=sorted(((str(pk), name) for pk, name in below.items()), key=lambda pair: pair[1]),
    )

    def act(data: Mapping[str, Any]) -> Call:
        return actions.make_call(
            district=district, title=data["title"], as_of=data["as_of"], due_on=data["due_on"],
            words=data["words"], called=District.objects.filter(pk__in=data["called"]), by=request.user,
            at=timezone.now(),
        )  # fmt: skip

    return answer_form(
        request, form, act, template="levels/form", refusals=REFUSALS, said=_("报送要求已发出。"),
        context={
            "title": _("发出报送要求"), "subtitle": str(district), "submit": _("发出"),
            "cancel": reverse("levels:calls"), "simulated": district.simulated,
            "empty_because": "" if below else _("本辖区之下没有可以要求报送的辖区。"),
        },
        done=lambda made: reverse("levels:call", args=[made.pk]) if made else reverse("levels:calls"),
    )  # fmt: skip


def _district(request: HttpRequest) -> District:
    """The writer's own district."""
    user: Any = request.user
    own: District | None = user.district or (user.department.district if user.department else None)
    if own is None:
        raise Http404
    policies.require_call(user, own.pk, str(own))
    return own


@needs("levels.submit", "levels.review")
def call(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one call: to who made it all answers, to who is asked their own."""
    found, made = _opened(request, pk)
    own = None if made else _own_districts(request)
    context = {
        "call": found, "made": made, "simulated": found.district.simulated,
        "answers": answers_of(call=found, on=as_of(request), district_ids=own),
        "may_call": found.phase is CallState.OPEN and policies.may_call(request.user, found),
        "may_submit": not made and found.phase is CallState.OPEN,
    }  # fmt: skip
    return page_or_part(request, "levels/call", context)


def _own_districts(request: HttpRequest) -> frozenset[int]:
    return scope_of(request.user, capability=policies.CAPABILITIES["submit"]).district_ids


def _opened(request: HttpRequest, pk: int) -> tuple[Call, bool]:
    try:
        found = call_for(user=request.user, pk=pk)
    except NoSuchCall:
        raise Http404 from None
    return found, _made(request, found)


@require_POST
@needs("levels.submit", "levels.review")
def urge(request: HttpRequest, pk: int) -> HttpResponse:
    """Urge the districts that have not reported."""
    found, _made_here = _opened(request, pk)
    policies.require_call(request.user, found.district_id, str(found))
    try:
        silent = actions.urge_call(call=found, by=request.user, at=timezone.now())
    except REFUSALS as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("已催报 %d 个辖区。") % len(silent))
    return redirect("levels:call", pk)


@require_POST
@needs("levels.submit", "levels.review")
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a call."""
    found, _made_here = _opened(request, pk)
    policies.require_call(request.user, found.district_id, str(found))
    try:
        actions.close_call(call=found, by=request.user, at=timezone.now())
    except REFUSALS as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("报送要求已截止。"))
    return redirect("levels:call", pk)
