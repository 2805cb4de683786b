"""What this room announces: facts, after they are committed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class TaskMoved:
    """A task passed from one state to another (任务状态变更); ``move`` is a row of its flow."""

    task_id: int
    move: str
    before: str
    after: str
    note: str
    by_id: int | None
    at: datetime


@dataclass(frozen=True, slots=True)
class TaskReported:
    """A party reported its progress (任务进展填报)."""

    task_id: int
    report_id: int
    by_id: int
    at: datetime


@dataclass(frozen=True, slots=True)
class TaskSupervised:
    """A task was urged, supervised or listed (催办、督办、挂牌督办)."""

    task_id: int
    supervision_id: int
    kind: str
    by_id: int | None
    at: datetime


@dataclass(frozen=True, slots=True)
class SupervisionAnswered:
    """A party answered a supervision slip (督办回复)."""

    task_id: int
    supervision_id: int
    by_id: int
    at: datetime
