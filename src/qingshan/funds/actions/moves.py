"""One step of a life cycle: allowed by the table, made in one statement, kept, audited, announced."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from qingshan.audit import public as audit
from qingshan.funds import policies
from qingshan.funds.errors import MissingReason, StaleFunds
from qingshan.funds.events import BidMoved, ReserveMoved
from qingshan.funds.models import BidStep, GrantBid, ReserveEntry, ReserveStep
from qingshan.funds.states import BID_FLOW, RESERVE_FLOW
from qingshan.history.public import move_once
from qingshan.jobs.public import announce

#: Steps that are not taken without saying why.
_WITH_REASON = frozenset({"send_back", "withdraw", "release", "refuse"})


def move_entry(
    entry: ReserveEntry, move: str, *, note: str, by: Any, at: datetime, **changes: Any
) -> ReserveEntry:
    """Take a step with a project of the reserve, if somebody may and the table allows it."""
    policies.require(by, policies.VERBS_OF_RESERVE[move], entry)
    RESERVE_FLOW.after(entry.phase, move)
    _reason(move, note)
    before, after = move_once(entry, RESERVE_FLOW, move, stale=StaleFunds, **changes)
    ReserveStep.objects.create(entry=entry, move=move, before=before, after=after, note=note, by=by, at=at)
    detail = {"code": entry.code, "from": before, "to": after, "note": note}
    audit.record(f"funds.{move}", entry.ref, by=by, at=at, detail=detail)
    announce(ReserveMoved(entry.pk, move, before, after, note, getattr(by, "pk", None), at), at=at)
    return entry


def move_bid(bid: GrantBid, move: str, *, note: str, by: Any, at: datetime, **changes: Any) -> GrantBid:
    """Take a step with a bid, if somebody may and the table allows it."""
    policies.require(by, policies.VERBS_OF_BIDS[move], bid)
    BID_FLOW.after(bid.phase, move)
    _reason(move, note)
    before, after = move_once(bid, BID_FLOW, move, stale=StaleFunds, **changes)
    BidStep.objects.create(bid=bid, move=move, before=before, after=after, note=note, by=by, at=at)
    detail = {"code": bid.code, "from": before, "to": after, "note": note}
    audit.record(f"funds.{move}_bid", bid.ref, by=by, at=at, detail=detail)
    announce(BidMoved(bid.pk, move, before, after, note, getattr(by, "pk", None), at), at=at)
    return bid


def _reason(move: str, note: str) -> None:
    if move in _WITH_REASON and not note.strip():
        raise MissingReason
