"""What this room's news becomes for people. Wired in ``portal/wiring.py``.

Each makes its batch from the event itself, so that an event delivered twice tells nobody twice.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from django.urls import reverse

from qingshan.accounts.public import User, users_who_can
from qingshan.annual.events import AnnualMoved, RowAnswered, RowAsked
from qingshan.annual.models import AnnualPlan, AnnualRowVersion, RowRequest
from qingshan.annual.policies import CAPABILITIES
from qingshan.annual.rows import current_row
from qingshan.annual.states import ANNUAL_FLOW, AnnualState
from qingshan.annual.wording import in_words, title_of
from qingshan.messages.public import name_of_actor, notify

__all__ = ["tell_annual_moved", "tell_row_answered", "tell_row_asked"]

_NAMESPACE = uuid.UUID("5c0c9a3d-6f0e-4f0e-8f51-0f4f2f6b9d21")


def _departments(annual: AnnualPlan) -> Iterable[User]:
    """Who answers for the departments that have rows."""
    held = AnnualRowVersion.objects.current().filter(subject__annual=annual, included=True)
    ids = {pk for row in held for pk in row.department_ids}
    return users_who_can(
        CAPABILITIES["answer_for"], district_id=annual.district_id, department_ids=frozenset(ids)
    )


def _who_may(verb: str) -> Callable[[AnnualPlan], Iterable[User]]:
    return lambda annual: users_who_can(CAPABILITIES[verb], district_id=annual.district_id)


def _who_submitted(annual: AnnualPlan) -> Iterable[User]:
    return [annual.submitted_by] if annual.submitted_by else []


#: Move -> whom it concerns.
_CONCERNED: Mapping[str, Callable[[AnnualPlan], Iterable[User]]] = {
    "consult": _departments,
    "redraft": _departments,
    "submit": _who_may("publish"),
    "send_back": _who_submitted,
    "publish": _departments,
    "close": _departments,
    "withdraw": _who_may("publish"),
}


def tell_annual_moved(event: AnnualMoved, *, at: datetime) -> None:
    """Tell those whom a step of an annual plan concerns, but not who took it."""
    annual = AnnualPlan.objects.select_related("submitted_by", "plan").get(pk=event.annual_id)
    words = {
        "step": str(ANNUAL_FLOW.label(event.move)),
        "note": event.note or "—",
        "reply_by": annual.reply_by.isoformat() if event.move == "consult" and annual.reply_by else "—",
        "who": name_of_actor(event.by_id),
    }
    people = _CONCERNED[event.move](annual)
    _tell("annual.moved", annual, people, words, event.by_id, at, f"{event.move}/{event.at.isoformat()}")


def tell_row_asked(event: RowAsked, *, at: datetime) -> None:
    """Tell who answers that a row shall be otherwise: who keeps the plan, or once published who publishes."""
    request = _request(event.request_id)
    annual, held = request.row.annual, current_row(request.row)
    verb = "publish" if annual.phase is AnnualState.PUBLISHED else "edit"
    words = {
        "row": held.name,
        "who": str(request.department or request.asked_by),
        "change": in_words(request),
        "reason": request.reason,
    }
    _tell("annual.asked", annual, _who_may(verb)(annual), words, event.by_id, at, f"asked/{request.pk}")


def tell_row_answered(event: RowAnswered, *, at: datetime) -> None:
    """Tell who asked what became of it."""
    request = _request(event.request_id)
    words = {
        "row": current_row(request.row).name,
        "outcome": str(request.phase.label),
        "answer": request.answer or "—",
    }
    stamp = f"answered/{request.pk}"
    _tell("annual.answered", request.row.annual, [request.asked_by], words, event.by_id, at, stamp)


def _request(pk: int) -> RowRequest:
    return RowRequest.objects.select_related("row__annual__plan", "department", "asked_by", "lead").get(pk=pk)


def _tell(
    template: str,
    annual: AnnualPlan,
    people: Iterable[Any],
    words: Mapping[str, str],
    by_id: int | None,
    at: datetime,
    stamp: str,
) -> None:
    notify(
        template,
        [user for user in people if user.pk != by_id],
        {"plan": title_of(annual), "year": str(annual.year), **words},
        at=at,
        about=annual.ref,
        address=reverse("annual:annual", args=[annual.pk]),
        batch=uuid.uuid5(_NAMESPACE, f"{annual.pk}/{stamp}"),
    )
