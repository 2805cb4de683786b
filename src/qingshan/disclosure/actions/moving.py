"""How a piece of feedback is moved: in one statement, with the step kept, audited and announced."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from qingshan.audit import public as audit
from qingshan.disclosure.errors import Stale
from qingshan.disclosure.events import FeedbackMoved
from qingshan.disclosure.models import Feedback, FeedbackMove
from qingshan.disclosure.states import FEEDBACK_FLOW
from qingshan.history.public import move_once
from qingshan.jobs.public import announce

__all__ = ["moved"]


def moved(feedback: Feedback, move: str, *, by: Any, at: datetime, note: str = "", **facts: Any) -> Feedback:
    """Make a move of the flow; the caller has asked for the right, and holds a transaction.

    Raises
    ------
    IllegalMove
        The flow has no such move from here.
    Stale
        Somebody moved it first.
    """
    _before, after = move_once(feedback, FEEDBACK_FLOW, move, stale=Stale, **facts)
    FeedbackMove.objects.create(feedback=feedback, move=move, by=by, at=at, note=note)
    audit.record(
        f"disclosure.{move}_feedback", feedback.ref, by=by, at=at, detail={"after": after, "note": note}
    )
    announce(FeedbackMoved(feedback.pk, move, note, by.pk if by else None, at), at=at)
    return feedback
