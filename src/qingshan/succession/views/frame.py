"""What the pages of one opening share: the opening, if one may see it, and the doors out of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from qingshan.pages.public import Door
from qingshan.succession import policies, queries
from qingshan.succession.models import Opening
from qingshan.succession.states import OPENING_FLOW, OpeningState
from qingshan.succession.vocabulary import ItemKind

__all__ = ["KIND_NAMES", "VERBS", "doors", "frame", "opened"]

#: Move of the flow -> verb of the policies.
VERBS: Mapping[str, str] = {
    "propose": "edit",
    "send_back": "approve",
    "carry": "approve",
    "undo": "approve",
    "withdraw": "edit",
}
_PRIMARY = ("propose", "carry")

#: What the records of one kind are called together.
KIND_NAMES: Mapping[ItemKind, str | Promise] = {
    ItemKind.INDICATOR: _("指标"),
    ItemKind.PROJECT: _("未完成的项目"),
    ItemKind.MEASURE: _("未完成的措施"),
    ItemKind.COMMITMENT: _("未兑现的承诺"),
    ItemKind.PROVISION: _("职责与准入规则"),
}


def opened(request: HttpRequest, pk: int) -> Opening:
    """Return an opening that the person may see; to others it is not there (404)."""
    return queries.opening_for(user=request.user, pk=pk)


def frame(opening: Opening, **more: Any) -> dict[str, Any]:
    """Return the context that ``succession/frame.html`` stands on."""
    return {
        "opening": opening,
        "simulated": opening.plan.simulated,
        "subtitle": opening.name,
        "cancel": reverse("succession:opening", args=[opening.pk]),
        **more,
    }


def doors(request: HttpRequest, opening: Opening) -> list[Door]:
    """Return what the person may do to the opening now."""
    found = []
    for move in OPENING_FLOW.moves_from(opening.phase):
        if policies.may(request.user, VERBS[move], opening) and not _own(request.user, move, opening):
            url = reverse("succession:step", args=[opening.pk, move])
            found.append(Door(OPENING_FLOW.label(move), url, primary=move in _PRIMARY))
    if opening.phase is OpeningState.CHOOSING and policies.may(request.user, "edit", opening):
        found.append(Door(_("修改新规划信息"), reverse("succession:head", args=[opening.pk])))
    return found


def _own(user: Any, move: str, opening: Opening) -> bool:
    """Whether the step decides on what the person drew up or handed in."""
    return move in ("send_back", "carry") and user.pk in (opening.proposed_by_id, opening.made_by_id)
