"""What this room's news becomes for people. Wired in ``portal/wiring.py``.

The batch is made from the event itself, so that an event delivered twice tells nobody twice.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse

from qingshan.accounts.public import User, users_who_can
from qingshan.messages.public import notify
from qingshan.succession.events import OpeningMoved
from qingshan.succession.models import Opening
from qingshan.succession.policies import CAPABILITIES
from qingshan.succession.states import OPENING_FLOW

__all__ = ["tell_opening_moved"]

_NAMESPACE = uuid.UUID("7b1e9a52-0c7d-4a57-9d52-3c1c6f6d1e60")


def tell_opening_moved(event: OpeningMoved, *, at: datetime) -> None:
    """Tell who may decide that a choice was handed in, and who drew it up what was decided."""
    opening = Opening.objects.select_related("plan", "made_by", "proposed_by").get(pk=event.opening_id)
    who = User.objects.filter(pk=event.by_id).first() if event.by_id else None
    notify(
        "succession.moved",
        [user for user in _concerned(event, opening) if user.pk != event.by_id],
        {
            "step": OPENING_FLOW.label(event.move),
            "name": opening.name,
            "note": event.note or "—",
            "who": str(who) if who else "—",
        },
        at=at,
        about=opening.ref,
        address=reverse("succession:opening", args=[opening.pk]),
        batch=uuid.uuid5(_NAMESPACE, f"{opening.pk}/{event.move}/{event.at.isoformat()}"),
    )


def _concerned(event: OpeningMoved, opening: Opening) -> Iterable[User]:
    if event.move == "propose":
        return users_who_can(CAPABILITIES["approve"], district_id=opening.plan.district_id)
    found = {user.pk: user for user in (opening.made_by, opening.proposed_by) if user is not None}
    return found.values()
