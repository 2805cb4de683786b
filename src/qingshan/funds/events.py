"""What this room announces: facts, after they are committed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class ReserveMoved:
    """A project of the reserve passed from one state to another (储备状态变更)."""

    entry_id: int
    move: str
    before: str
    after: str
    note: str
    by_id: int | None
    at: datetime


@dataclass(frozen=True, slots=True)
class BidMoved:
    """A bid for a grant passed from one state to another (专项资金申报状态变更)."""

    bid_id: int
    move: str
    before: str
    after: str
    note: str
    by_id: int | None
    at: datetime


@dataclass(frozen=True, slots=True)
class WarningRaised:
    """A warning about money was seen that was not there before (资金预警)."""

    warning_id: int
    at: datetime
