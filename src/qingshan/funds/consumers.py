"""What this room's news becomes for people. Wired in ``portal/wiring.py``.

Each makes its batch from the event itself, so that an event delivered twice tells nobody twice.
"""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from django.urls import reverse

from qingshan.accounts.public import User, users_who_can
from qingshan.funds.events import BidMoved, ReserveMoved, WarningRaised
from qingshan.funds.models import GrantBid, RaisedWarning, ReserveEntry, ReserveVersion
from qingshan.funds.policies import CAPABILITIES
from qingshan.funds.rules import rules
from qingshan.funds.states import BID_FLOW, RESERVE_FLOW
from qingshan.funds.vocabulary import Rule
from qingshan.kernel.spans import beijing_day
from qingshan.messages.public import name_of_actor, notify
from qingshan.plans import public as plans

__all__ = ["tell_bid_moved", "tell_reserve_moved", "tell_warning_raised"]

_NAMESPACE = uuid.UUID("8a0c5f0e-2f0b-4be7-9d0c-6f6f0b7d1a35")


def tell_warning_raised(event: WarningRaised, *, at: datetime) -> None:
    """Tell the department of a project, or of a bid, what is wrong with its money; once for each warning."""
    raised = RaisedWarning.objects.select_related("project__plan", "bid").get(pk=event.warning_id)
    rule = Rule(raised.rule)
    name, department, address = _about(raised, at)
    notify(
        "funds.warning",
        _department(raised.district_id, department),
        {"about": name, "rule": str(rule.label), "says": raised.says, "advice": rules().advice(rule)},
        at=at,
        about=raised.ref,
        address=address,
        batch=_batch("warning", raised.pk),
    )


def _about(raised: RaisedWarning, at: datetime) -> tuple[str, int | None, str]:
    """What a warning is about: its name, its department, its page."""
    if raised.project is not None:
        held = plans.funded_projects(on=beijing_day(at), only=[raised.project.pk])[0]
        place = [held.plan.code, held.code]
        return held.name, held.lead_id, reverse("funds:project", args=place)
    bid: Any = raised.bid  # the table has one of the two
    return bid.call, bid.department_id, reverse("funds:bid", args=[bid.code])


def tell_reserve_moved(event: ReserveMoved, *, at: datetime) -> None:
    """Tell the department that proposed a project what became of it, but not who took the step."""
    entry = ReserveEntry.objects.get(pk=event.entry_id)
    held = ReserveVersion.objects.current().get(subject=entry)
    words = {"name": held.name, "code": entry.code, "step": RESERVE_FLOW.label(event.move)}
    notify(
        "funds.reserve_moved",
        _others(_department(entry.district_id, entry.department_id), event.by_id),
        {**words, "note": event.note or "—", "who": name_of_actor(event.by_id)},
        at=at,
        about=entry.ref,
        address=reverse("funds:entry", args=[entry.code]),
        batch=_batch("reserve", entry.pk, event.move, event.at.isoformat()),
    )


def tell_bid_moved(event: BidMoved, *, at: datetime) -> None:
    """Tell the department of a bid what became of it, but not who took the step."""
    bid = GrantBid.objects.get(pk=event.bid_id)
    words = {"call": bid.call, "code": bid.code, "step": BID_FLOW.label(event.move)}
    notify(
        "funds.bid_moved",
        _others(_department(bid.district_id, bid.department_id), event.by_id),
        {**words, "note": event.note or "—", "who": name_of_actor(event.by_id)},
        at=at,
        about=bid.ref,
        address=reverse("funds:bid", args=[bid.code]),
        batch=_batch("bid", bid.pk, event.move, event.at.isoformat()),
    )


def _department(district_id: int, department_id: int | None) -> list[User]:
    """Who enters the money of a department."""
    found = frozenset({department_id} if department_id is not None else ())
    return list(users_who_can(CAPABILITIES["propose"], district_id=district_id, department_ids=found))


def _others(people: list[User], by_id: int | None) -> list[User]:
    return [user for user in people if user.pk != by_id]


def _batch(*parts: object) -> uuid.UUID:
    return uuid.uuid5(_NAMESPACE, "/".join(str(part) for part in parts))
