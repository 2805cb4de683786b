"""What this room announces: facts, after they are committed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class SubmissionMoved:
    """A submission passed from one state to another (报送状态变更); ``move`` is a row of its flow."""

    submission_id: int
    move: str
    edition: int
    note: str
    by_id: int | None
    who: str
    at: datetime


@dataclass(frozen=True, slots=True)
class CallMade:
    """Districts were asked to report (发出报送要求)."""

    call_id: int
    by_id: int | None
    at: datetime


@dataclass(frozen=True, slots=True)
class CallUrged:
    """Districts that had not reported were urged (催报)."""

    call_id: int
    districts: tuple[int, ...]
    by_id: int | None
    at: datetime
