"""What the pages at the desk share: the plan and its page, and the doors out of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from qingshan.disclosure import policies, queries
from qingshan.disclosure.models import Edition, Feedback, PublicPage
from qingshan.disclosure.states import EDITION_FLOW, FEEDBACK_FLOW, EditionState, FeedbackState
from qingshan.pages.public import Door, today
from qingshan.plans.public import plan_for

__all__ = [
    "EDITION_VERBS",
    "FEEDBACK_VERBS",
    "Place",
    "doors_of_edition",
    "doors_of_feedback",
    "doors_of_page",
    "place_of",
]

#: Move of an edition -> verb of the policies; what has no verb is made by another move.
EDITION_VERBS: Mapping[str, str] = {
    "submit": "prepare",
    "send_back": "approve",
    "publish": "approve",
    "withdraw": "approve",
    "discard": "prepare",
}
#: Move of feedback -> verb of the policies; the others follow the task, or have a page of their own.
FEEDBACK_VERBS: Mapping[str, str] = {
    "assign": "triage",
    "merge": "triage",
    "dismiss": "triage",
    "restore": "triage",
    "send_back": "check",
    "answer": "check",
    "reopen": "check",
}
_PRIMARY = ("submit", "publish", "assign", "draft", "answer")


@dataclass(frozen=True, slots=True)
class Place:
    """A plan at the desk: as it stands today, its page where it was set up, and what the person may do."""

    version: Any
    page: PublicPage | None
    may_prepare: bool
    may_approve: bool

    @property
    def plan(self) -> Any:
        """The plan."""
        return self.version.subject

    def frame(self, **more: Any) -> dict[str, Any]:
        """Return the context that ``disclosure/frame.html`` stands on."""
        return {
            "place": self,
            "plan": self.plan,
            "page": self.page,
            "simulated": self.plan.simulated,
            "cancel": reverse("disclosure:page", args=[self.plan.code]),
            **more,
        }


def place_of(request: HttpRequest, code: str) -> Place:
    """Return a plan whose page the person prepares or approves.

    Raises
    ------
    Http404
        There is no such plan for them.
    Forbidden
        They neither prepare nor approve its page.
    """
    version = plan_for(user=request.user, code=code, on=today())
    page = queries.page_for(user=request.user, plan=version.subject)
    probe = page or PublicPage(plan=version.subject)
    return Place(
        version, page,
        may_prepare=policies.may(request.user, "prepare", probe),
        may_approve=policies.may(request.user, "approve", probe),
    )  # fmt: skip


def doors_of_page(place: Place, in_work: Edition | None, *, can_open: bool) -> list[Door]:
    """Return what the person may do to a page now."""
    code = place.plan.code
    found = []
    if place.may_prepare and place.page is None:
        return [Door(_("设置公开页"), reverse("disclosure:settings", args=[code]), primary=True)]
    if place.page is None:
        return []
    if place.may_prepare and (in_work is None or in_work.phase is EditionState.PREPARING):
        label = _("准备新版") if in_work is None else _("修改公开项目")
        found.append(Door(label, reverse("disclosure:prepare", args=[code]), primary=in_work is None))
    if place.page.is_open:
        found.append(Door(_("关闭公开页"), reverse("disclosure:switch", args=[code])))
    elif place.may_approve and can_open:
        found.append(Door(_("开放公开页"), reverse("disclosure:switch", args=[code])))
    if place.may_prepare:
        found.append(Door(_("设置"), reverse("disclosure:settings", args=[code])))
    return found


def doors_of_edition(request: HttpRequest, edition: Edition) -> list[Door]:
    """Return what the person may do to an edition now."""
    found = []
    for move in EDITION_FLOW.moves_from(edition.phase):
        verb = EDITION_VERBS.get(move)
        if verb is None or not policies.may(request.user, verb, edition.page):
            continue
        if move == "publish" and request.user.pk in (edition.prepared_by_id, edition.submitted_by_id):
            continue
        url = reverse("disclosure:step", args=[edition.pk, move])
        found.append(Door(EDITION_FLOW.label(move), url, primary=move in _PRIMARY))
    if edition.content:
        found.append(Door(_("导出工作簿"), reverse("disclosure:workbook", args=[edition.pk])))
    return found


def doors_of_feedback(request: HttpRequest, feedback: Feedback) -> list[Door]:
    """Return what the person may do to a piece of feedback now."""
    found = []
    if feedback.phase is FeedbackState.TO_ANSWER and policies.may_answer(request.user, feedback):
        url = reverse("disclosure:draft", args=[feedback.number])
        found.append(Door(FEEDBACK_FLOW.label("draft"), url, primary=True))
    for move in FEEDBACK_FLOW.moves_from(feedback.phase):
        verb = FEEDBACK_VERBS.get(move)
        if verb is None or not policies.may(request.user, verb, feedback.page):
            continue
        if move == "answer" and request.user.pk == feedback.drafted_by_id:
            continue
        url = reverse("disclosure:feedback_step", args=[feedback.number, move])
        found.append(Door(FEEDBACK_FLOW.label(move), url, primary=move in _PRIMARY))
    return found


def known_move(move: str, verbs: Mapping[str, str]) -> str:
    """Return the verb of a move that has a page.

    Raises
    ------
    Http404
        It has none.
    """
    if move not in verbs:
        raise Http404
    return verbs[move]
