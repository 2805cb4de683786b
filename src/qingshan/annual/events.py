"""What this room announces: facts, after they are committed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class AnnualMoved:
    """An annual plan passed from one state to another (年度计划状态变更); ``move`` is a row of its flow."""

    annual_id: int
    move: str
    note: str
    by_id: int | None
    at: datetime


@dataclass(frozen=True, slots=True)
class RowAsked:
    """A department, or who keeps a published plan, asks for a row to be otherwise (申请调整事项)."""

    request_id: int
    by_id: int
    at: datetime


@dataclass(frozen=True, slots=True)
class RowAnswered:
    """A request to change a row was granted or refused (答复调整申请)."""

    request_id: int
    by_id: int | None
    at: datetime
