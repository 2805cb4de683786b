"""What this room announces: facts, after they are committed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class PlanMoved:
    """A plan passed from one state of its life to another (规划状态变更)."""

    plan_id: int
    before: str
    after: str
    by_id: int | None
    at: datetime


@dataclass(frozen=True, slots=True)
class TargetAssigned:
    """The upper level's letter for a target was entered (目标下达)."""

    target_id: int
    indicator_id: int
    year: int
    authority: str
    letter_on: date
    by_id: int | None
    at: datetime


@dataclass(frozen=True, slots=True)
class TargetRevised:
    """A target became another one (目标调整)."""

    target_id: int
    indicator_id: int
    year: int
    by_id: int | None
    at: datetime


@dataclass(frozen=True, slots=True)
class ValueSubmitted:
    """A value waits for a second person (数值待审核)."""

    value_id: int
    indicator_id: int
    year: int
    by_id: int | None
    at: datetime


@dataclass(frozen=True, slots=True)
class ValueApproved:
    """A value counts from now on (数值审核通过)."""

    value_id: int
    indicator_id: int
    year: int
    kind: str
    by_id: int | None
    at: datetime


@dataclass(frozen=True, slots=True)
class ValueSentBack:
    """A value was sent back to who entered it (数值退回)."""

    value_id: int
    indicator_id: int
    year: int
    entered_by_id: int | None
    note: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ProgressApproved:
    """A report of progress was approved; ``family`` says on what (进展审核通过)."""

    report_id: int
    family: str
    subject_id: int
    state: str
    by_id: int | None
    at: datetime


@dataclass(frozen=True, slots=True)
class ProgressSentBack:
    """A report of progress was sent back to who entered it (进展退回)."""

    report_id: int
    entered_by_id: int | None
    note: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ProjectRebaselined:
    """A project got new years, money or content (项目调整批准)."""

    project_id: int
    rebaselining_id: int
    by_id: int | None
    at: datetime


@dataclass(frozen=True, slots=True)
class NotEvaluableSentBack:
    """A statement that a year is not evaluable was sent back to who entered it (不予评估申请退回)."""

    statement_id: int
    indicator_id: int
    year: int
    entered_by_id: int | None
    note: str
    at: datetime


@dataclass(frozen=True, slots=True)
class RebaseliningSentBack:
    """A proposed re-baselining was sent back to who proposed it (项目调整退回)."""

    rebaselining_id: int
    project_id: int
    entered_by_id: int | None
    note: str
    at: datetime


@dataclass(frozen=True, slots=True)
class AdjustmentSentBack:
    """A proposed change of a target was sent back to who proposed it (目标调整申请退回)."""

    adjustment_id: int
    indicator_id: int
    year: int
    entered_by_id: int | None
    note: str
    at: datetime
