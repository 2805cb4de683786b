"""What this room announces: facts, after they are committed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class RoundOpened:
    """A round was opened (调度开始); each department is told."""

    round_id: int
    by_id: int | None
    at: datetime


@dataclass(frozen=True, slots=True)
class PartReported:
    """A department handed rows in (单位报送)."""

    part_id: int
    rows: int
    by_id: int
    at: datetime


@dataclass(frozen=True, slots=True)
class RowSentBack:
    """A row was sent back (退回), with the reason."""

    row_id: int
    reported_by_id: int
    note: str
    by_id: int
    at: datetime


@dataclass(frozen=True, slots=True)
class RowAccepted:
    """A row was accepted and entered the ledger (采纳); ``ledger_ref`` is empty where it took none."""

    row_id: int
    ledger_ref: str
    by_id: int
    at: datetime


@dataclass(frozen=True, slots=True)
class PartPressed:
    """A department was reminded, pressed, or reported one step up (催报)."""

    reminder_id: int
    at: datetime


@dataclass(frozen=True, slots=True)
class RoundClosed:
    """A round was closed and its figures frozen (调度关闭)."""

    round_id: int
    closing_id: int
    by_id: int
    at: datetime


@dataclass(frozen=True, slots=True)
class RoundReopened:
    """A closed round was opened again (重新打开), with the reason."""

    round_id: int
    reason: str
    by_id: int
    at: datetime


@dataclass(frozen=True, slots=True)
class FalseReportFound:
    """A report was found false and a second person confirmed it (认定虚报)."""

    finding_id: int
    row_id: int
    by_id: int
    at: datetime
