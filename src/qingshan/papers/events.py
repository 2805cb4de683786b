"""What this room announces: facts, after they are committed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class PaperMoved:
    """A paper passed from one state to another (公文状态变更); ``move`` is a row of its flow."""

    paper_id: int
    move: str
    before: str
    after: str
    note: str
    by_id: int | None
    at: datetime


@dataclass(frozen=True, slots=True)
class PaperIssued:
    """A paper was issued under a number (公文印发)."""

    paper_id: int
    number: str
    by_id: int
    at: datetime


@dataclass(frozen=True, slots=True)
class PaperReceived:
    """A department signed for a paper (公文签收)."""

    paper_id: int
    department_id: int
    by_id: int
    at: datetime
