"""The moves of everything that a second person must approve."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeVar

from qingshan.audit import public as audit
from qingshan.plans import policies
from qingshan.plans.errors import MissingReason, NotChangeable, OwnEntry, StaleEntry
from qingshan.plans.models.shared import Reviewed
from qingshan.plans.states import REVIEW_FLOW, ReviewState

R = TypeVar("R", bound=Reviewed)


#: An entry may be changed before it is handed in, and when it came back.
_CHANGEABLE = (ReviewState.ENTERED, ReviewState.SENT_BACK)


def change(entry: R, facts: Mapping[str, Any]) -> R:
    """Change an entry that is not under review; the caller has asked for the right and cleaned the facts.

    Raises
    ------
    NotChangeable
        It was submitted, approved or taken back.
    """
    model: Any = type(entry)
    if model.objects.filter(pk=entry.pk, state__in=_CHANGEABLE).update(**facts) != 1:
        raise NotChangeable
    entry.refresh_from_db()
    return entry


def submit(entry: R, *, verb: str, action: str, by: Any, at: datetime) -> R:
    """Hand an entry to a second person."""
    policies.require(by, verb, entry)
    return _move(entry, "submit", action=action, by=by, at=at, submitted_at=at)


def withdraw(entry: R, *, verb: str, action: str, by: Any, at: datetime) -> R:
    """Take an entry back that was not approved."""
    policies.require(by, verb, entry)
    return _move(entry, "withdraw", action=action, by=by, at=at)


def approve(entry: R, *, verb: str, action: str, by: Any, at: datetime, note: str = "") -> R:
    """Let an entry count.

    Raises
    ------
    OwnEntry
        The approver is who entered it.
    """
    policies.require(by, verb, entry)
    _second_person(entry, by)
    return _move(
        entry, "approve", action=action, by=by, at=at, reviewed_by=by, reviewed_at=at, review_note=note
    )


def send_back(entry: R, *, verb: str, action: str, by: Any, at: datetime, note: str) -> R:
    """Give an entry back to who entered it, saying why."""
    policies.require(by, verb, entry)
    _second_person(entry, by)
    if not note.strip():
        raise MissingReason
    return _move(
        entry, "send_back", action=action, by=by, at=at, reviewed_by=by, reviewed_at=at, review_note=note
    )


def _second_person(entry: Reviewed, by: Any) -> None:
    if by is None or (entry.entered_by_id is not None and entry.entered_by_id == by.pk):
        raise OwnEntry


def _move(entry: R, move: str, *, action: str, by: Any, at: datetime, **changes: Any) -> R:
    """Move it in one statement, so that of two people at once only one succeeds."""
    before = entry.state
    after = REVIEW_FLOW.after(before, move)
    model: Any = type(entry)
    moved = model.objects.filter(pk=entry.pk, state=before).update(state=after, **changes)
    entry.refresh_from_db()
    if moved != 1:
        raise StaleEntry(str(ReviewState(entry.state).label))
    audit.record(action, entry.ref, by=by, at=at, detail={"from": before, "to": after})  # type: ignore[attr-defined]
    return entry
