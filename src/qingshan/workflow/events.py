"""What this room announces."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from qingshan.kernel.refs import Ref


@dataclass(frozen=True, slots=True)
class DeadlineNear:
    """A deadline is close (期限临近). ``estimated`` when a notice yet to come may move it."""

    about: Ref
    name: str
    due_on: date
    working_days_left: int
    estimated: bool


@dataclass(frozen=True, slots=True)
class DeadlinePassed:
    """A deadline has passed unmet (逾期)."""

    about: Ref
    name: str
    due_on: date


@dataclass(frozen=True, slots=True)
class DeskHandedOver:
    """One person's open assignments went to another (工作交接)."""

    hand_over_id: int
    from_user_id: int
    to_user_id: int
    count: int
    on: date
