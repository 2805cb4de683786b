"""What the parts of a task weigh: equal shares of the whole, reckoned whenever asked (分解任务的权重).

A part has no weight of its own. So the shares add up to the whole exactly, also after a part was cancelled,
another was added, or the whole was given another weight; and nothing is counted twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from qingshan.tasks.models import Task, TaskVersion
from qingshan.tasks.quarters import shares_of_weight
from qingshan.tasks.queries import current_terms, parts_of
from qingshan.tasks.states import TaskState

__all__ = ["PartShare", "part_shares", "share_of_part", "weight_of"]


@dataclass(frozen=True, slots=True)
class PartShare:
    """A part, as its terms stand, and what it weighs of its whole; None once either is cancelled."""

    terms: TaskVersion
    weight: Decimal | None


def part_shares(*, task: Task, user: Any) -> list[PartShare]:
    """Return the parts of a task that somebody sees, each with its share, in order of their days.

    Those that were not cancelled share equally; what cannot be divided goes to the last of them.
    """
    shares = _shares(task)
    rows = parts_of(task=task, user=user).order_by("starts_on", "due_on", "subject__code")
    return [PartShare(row, shares.get(row.subject_id)) for row in rows]


def share_of_part(part: Task) -> Decimal | None:
    """Return what a part weighs of its whole; None for a whole, and once it is cancelled."""
    return _shares(part.parent).get(part.pk) if part.parent is not None else None


def weight_of(task: Task) -> Decimal | None:
    """Return what a task weighs: its own weight, or its share of the whole it is a part of.

    None for a part that was cancelled: it weighs nothing any more, nor do parts of its own.
    """
    if task.parent_id is not None:
        return share_of_part(task)
    return Decimal(current_terms(task).weight_hundredths).scaleb(-2)


def _shares(whole: Task) -> dict[int, Decimal]:
    held = TaskVersion.objects.current().filter(subject__parent=whole)
    standing = list(
        held.exclude(subject__state=TaskState.CANCELLED)
        .order_by("starts_on", "due_on", "subject__code")
        .values_list("subject_id", flat=True)
    )
    weight = weight_of(whole) if standing else None
    if weight is None:
        return {}
    hundredths = shares_of_weight(int(weight.scaleb(2)), len(standing))
    return {pk: Decimal(one).scaleb(-2) for pk, one in zip(standing, hundredths, strict=True)}
