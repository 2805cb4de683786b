"""What this room announces: facts, after they are committed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class EditionMoved:
    """An edition of a public page passed from one state to another (公开版次状态变更)."""

    edition_id: int
    move: str
    note: str
    by_id: int | None
    at: datetime


@dataclass(frozen=True, slots=True)
class FeedbackReceived:
    """The public sent something in (收到公众反馈)."""

    feedback_id: int
    at: datetime


@dataclass(frozen=True, slots=True)
class FeedbackMoved:
    """A piece of feedback passed from one state to another (公众反馈状态变更)."""

    feedback_id: int
    move: str
    note: str
    by_id: int | None
    at: datetime
