"""What this room announces: facts, after they are committed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

__all__ = ["OpeningMoved"]


@dataclass(frozen=True, slots=True)
class OpeningMoved:
    """The opening of a next plan passed from one state to another (接续方案状态变更)."""

    opening_id: int
    move: str
    before: str
    after: str
    note: str
    by_id: int | None
    at: datetime
