"""What the pages of one submission share: the submission, if one may see it, and the doors out of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from qingshan.accounts.public import capabilities_of
from qingshan.kernel.flow import IllegalMove
from qingshan.levels import policies
from qingshan.levels.errors import LevelsRefusal
from qingshan.levels.models import Submission
from qingshan.levels.queries.submissions import NoSuchSubmission, submission_for
from qingshan.levels.states import CHANGEABLE, SUBMISSION_FLOW, UPPER_MOVES, SubmissionState
from qingshan.pages.public import Door

__all__ = ["REFUSALS", "doors", "frame", "may_move", "opened", "tabs"]

REFUSALS = (LevelsRefusal, IllegalMove)
_PRIMARY = ("submit", "accept", "lock")


def opened(request: HttpRequest, pk: int) -> Submission:
    """Return a submission that the person may see; to others it is not there (404)."""
    try:
        return submission_for(user=request.user, pk=pk)
    except NoSuchSubmission:
        raise Http404 from None


def frame(submission: Submission, **more: Any) -> dict[str, Any]:
    """Return the context that ``levels/frame.html`` stands on."""
    return {
        "submission": submission,
        "subtitle": str(submission),
        "simulated": submission.district.simulated,
        "cancel": reverse("levels:submission", args=[submission.pk]),
        **more,
    }


def may_move(user: Any, submission: Submission, move: str) -> bool:
    """Whether somebody may make a move here: not what must come by package or receipt."""
    if move in UPPER_MOVES and submission.partner_id and not submission.from_outside:
        return False
    if move not in UPPER_MOVES and submission.from_outside:
        return False
    return policies.may(user, policies.MOVES[move], submission)


def doors(request: HttpRequest, submission: Submission) -> list[Door]:
    """Return what the person may do to the submission now, in the order of the work."""
    found = [
        Door(
            SUBMISSION_FLOW.label(move),
            reverse("levels:step", args=[submission.pk, move]),
            primary=move in _PRIMARY,
        )
        for move in SUBMISSION_FLOW.moves_from(submission.phase)
        if may_move(request.user, submission, move)
    ]
    if submission.phase in CHANGEABLE and may_move(request.user, submission, "submit"):
        found.append(Door(_("修改说明"), reverse("levels:edit", args=[submission.pk])))
    if may_export(request.user, submission):
        label = _("导出回执包") if submission.from_outside else _("导出报送包")
        found.append(Door(label, reverse("levels:export", args=[submission.pk]), primary=True))
    return found


def may_export(user: Any, submission: Submission) -> bool:
    """Whether somebody may make a package of it: a receipt of what came, or what is handed up elsewhere."""
    if submission.from_outside:
        return policies.may(user, "review", submission)
    waiting = submission.phase is SubmissionState.SUBMITTED and submission.partner_id is not None
    return waiting and policies.may(user, "submit", submission)


#: Page -> its tab and what one of them must hold to see it.
_TABS: Mapping[str, tuple[str | Promise, tuple[str, ...]]] = {
    "levels:list": (_("我的报送"), (policies.VIEW,)),
    "levels:incoming": (_("收到的报送"), (policies.VIEW,)),
    "levels:calls": (_("报送要求"), tuple(policies.CAPABILITIES[verb] for verb in ("submit", "review"))),
    "levels:partners": (_("互信装置"), (policies.CAPABILITIES["trust"],)),
}


def tabs(request: HttpRequest) -> list[dict[str, Any]]:
    """Return the pages of this room that somebody may open."""
    held, here = capabilities_of(request.user), request.resolver_match
    current = f"levels:{here.url_name}" if here else ""
    return [
        {"label": label, "url": reverse(name), "current": name == current}
        for name, (label, wanted) in _TABS.items()
        if held & set(wanted)
    ]
