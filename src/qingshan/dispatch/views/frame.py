"""What the pages of one round share: the round, if one may see it, and the doors out of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from qingshan.dispatch import policies, queries
from qingshan.dispatch.models import FalseReport, Part, Round, Row
from qingshan.dispatch.queries.rounds import mine
from qingshan.dispatch.states import ROUND_FLOW, RoundState

__all__ = ["Door", "doors", "frame", "opened", "opened_finding", "opened_part", "opened_row"]


@dataclass(frozen=True, slots=True)
class Door:
    """A button of a page."""

    label: str | Promise
    url: str
    primary: bool = False


def opened(request: HttpRequest, pk: int) -> Round:
    """Return a round that the person may see; to others it is not there (404)."""
    try:
        return queries.round_for(user=request.user, pk=pk)
    except queries.NoSuchRound:
        raise Http404 from None


def opened_part(request: HttpRequest, pk: int, part: int) -> Part:
    """Return a department's part of a round that the person may see."""
    try:
        return queries.part_for(user=request.user, found=opened(request, pk), pk=part)
    except queries.NoSuchRound:
        raise Http404 from None


def opened_row(request: HttpRequest, pk: int, row: int) -> Row:
    """Return a row of a round that the person may see."""
    try:
        found = queries.row_for(user=request.user, pk=row)
    except queries.NoSuchRound:
        raise Http404 from None
    if found.round_id != pk:
        raise Http404
    return found


def opened_finding(request: HttpRequest, pk: int, finding: int) -> FalseReport:
    """Return a finding about a row of a round that the person may see."""
    try:
        found = queries.finding_for(user=request.user, pk=finding)
    except queries.NoSuchFinding:
        raise Http404 from None
    if found.row.round_id != pk:
        raise Http404
    return found


def frame(request: HttpRequest, found: Round, **more: Any) -> dict[str, Any]:
    """Return the context that ``dispatch/frame.html`` stands on."""
    whole = policies.sees_whole(request.user, found)
    return {
        "round": found,
        "subtitle": str(found),
        "simulated": found.simulated,
        "cancel": reverse("dispatch:round", args=[found.pk]),
        "whole": whole,
        "tabs": _tabs(request, found, whole),
        **more,
    }


def _tabs(request: HttpRequest, found: Round, whole: bool) -> list[Door]:
    """The pages of a round; who reports for one department sees its own."""
    tabs = [Door(_("总览"), reverse("dispatch:round", args=[found.pk]))]
    if policies.may(request.user, "review", found):
        tabs.append(Door(_("审核"), reverse("dispatch:review", args=[found.pk])))
    tabs.append(Door(_("催报"), reverse("dispatch:reminders", args=[found.pk])))
    if whole:
        tabs.append(Door(_("与上期比较"), reverse("dispatch:compare", args=[found.pk])))
        tabs.append(Door(_("通报"), reverse("dispatch:bulletin", args=[found.pk])))
    return tabs


def doors(request: HttpRequest, found: Round) -> list[Door]:
    """Return what the person may do with the round now."""
    doors = []
    if found.phase is RoundState.OPEN:
        for part in mine(request.user, queries.parts_for(user=request.user, found=found))[:1]:
            if not policies.may(request.user, "review", found):
                url = reverse("dispatch:part", args=[found.pk, part.pk])
                doors.append(Door(_("填报"), url, primary=True))
    for move in ROUND_FLOW.moves_from(found.phase):
        if policies.may(request.user, _VERBS[move], found):
            url = reverse(f"dispatch:{move}", args=[found.pk])
            doors.append(Door(ROUND_FLOW.label(move), url, primary=move == _PRIMARY))
    if found.phase is RoundState.OPEN and policies.may(request.user, "run", found):
        doors.append(Door(_("延长期限"), reverse("dispatch:extend", args=[found.pk])))
    doors.append(Door(_("导出 Excel"), reverse("dispatch:export", args=[found.pk])))
    return doors


_PRIMARY = "close"
#: Move of the flow -> verb of the policies.
_VERBS = {"close": "run", "reopen": "reopen", "cancel": "run"}
