"""What the pages of one paper share: the paper, if one may see it, and the doors out of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from qingshan.accounts.public import can
from qingshan.areas.public import District
from qingshan.papers import policies, queries
from qingshan.papers.models import Paper
from qingshan.papers.queries import NoSuchPaper, PaperDetail, writers_of
from qingshan.papers.states import FROZEN, PAPER_FLOW, OpinionState, PaperState

__all__ = ["VERBS", "Door", "doors", "frame", "home_of", "opened"]

#: Step's page -> verb of the policies; sending back asks for another one at another state.
VERBS: Mapping[str, str] = {
    "submit": "edit",
    "check": "check",
    "issue": "issue",
    "send_back": "check",
    "archive": "check",
    "withdraw": "edit",
}
_OF_OTHERS = ("check", "issue")


@dataclass(frozen=True, slots=True)
class Door:
    """A button of a paper's page."""

    label: str | Promise
    url: str
    primary: bool = False


def opened(request: HttpRequest, pk: int) -> Paper:
    """Return a paper that the person may see; to others it is not there (404)."""
    try:
        return queries.paper_for(user=request.user, pk=pk)
    except NoSuchPaper:
        raise Http404 from None


def home_of(request: HttpRequest) -> District:
    """Return the person's own district; who has none drafts nothing."""
    own: District | None = getattr(request.user, "district", None) or getattr(
        getattr(request.user, "department", None), "district", None
    )
    if own is None:
        raise Http404
    return own


def frame(paper: Paper, **more: Any) -> dict[str, Any]:
    """Return the context that ``papers/frame.html`` stands on."""
    return {
        "paper": paper,
        "subtitle": paper.title,
        "simulated": paper.simulated,
        "cancel": reverse("papers:paper", args=[paper.pk]),
        **more,
    }


def verb_of(paper: Paper, move: str) -> str:
    """Return what a step asks for: what waits to be issued is sent back by who issues."""
    return "issue" if move == "send_back" and paper.phase is PaperState.TO_ISSUE else VERBS[move]


def allowed(paper: Paper, move: str) -> bool:
    """Return whether a step is possible now."""
    moves = PAPER_FLOW.moves_from(paper.phase)
    return "pass_to_issue" in moves if move == "check" else move in moves


def label_of(move: str) -> str | Promise:
    """Return what the button of a step says."""
    return _("核稿通过") if move == "check" else PAPER_FLOW.label(move)


def doors(request: HttpRequest, detail: PaperDetail) -> list[Door]:
    """Return what the person may do to the paper now, in the order of the work."""
    user, paper = request.user, detail.paper
    may = {verb: policies.may(user, verb, paper) for verb in ("edit", "check", "issue")}
    own = user.pk in writers_of(paper)
    found = [*_answers(request, detail)]
    if may["edit"] and paper.phase is PaperState.DRAFTING:
        found.append(Door(_("修改正文"), reverse("papers:edit", args=[paper.pk])))
        found.append(Door(_("主送抄送会签"), reverse("papers:parties", args=[paper.pk])))
    for move in VERBS:
        if allowed(paper, move) and may[verb_of(paper, move)] and not (own and move in _OF_OTHERS):
            url = reverse("papers:step", args=[paper.pk, move])
            found.append(Door(label_of(move), url, primary=move in ("submit", "check", "issue")))
    if paper.phase in FROZEN and can(user, policies.CAPABILITIES["issue"]):
        found.append(Door(_("批示"), reverse("papers:instruct", args=[paper.pk])))
    return found


def _answers(request: HttpRequest, detail: PaperDetail) -> list[Door]:
    """Signing for it and co-signing it, in the name of one's own department."""
    paper, user = detail.paper, request.user
    found = []
    for party in (*detail.main, *detail.copied):
        unsigned = paper.phase in FROZEN and not hasattr(party, "receipt")
        if unsigned and policies.speaks_for(user, party.department):
            url = reverse("papers:receive", args=[paper.pk, party.pk])
            found.append(Door(_("签收"), url, primary=True))
    for opinion in detail.opinions:
        if opinion.phase is OpinionState.ASKED and policies.speaks_for(user, opinion.department):
            url = reverse("papers:opinion", args=[paper.pk, opinion.pk])
            found.append(Door(_("会签"), url, primary=True))
    return found
