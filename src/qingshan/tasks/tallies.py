"""How many tasks of a district stood where at the end of a day, worked out from their kept steps."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from qingshan.kernel.spans import day_span
from qingshan.tasks.models import Task, TaskMove, TaskVersion
from qingshan.tasks.states import OPEN, TaskState

__all__ = ["TaskTally", "task_tally"]


@dataclass(frozen=True, slots=True)
class TaskTally:
    """Tasks that were given and not cancelled: ``total`` = ``open`` + ``in_review`` + ``closed``.

    ``overdue`` counts those of ``open`` and ``in_review`` whose last day had passed.
    """

    open: int
    in_review: int
    closed: int
    overdue: int

    @property
    def total(self) -> int:
        """All of them."""
        return self.open + self.in_review + self.closed


def task_tally(*, district_id: int, on: date) -> TaskTally:
    """Return how the tasks of a district stood at the end of a day (任务统计); three queries."""
    until = day_span(on).end
    tasks = Task.objects.filter(district_id=district_id, created_at__lt=until).values_list("pk", flat=True)
    states = dict.fromkeys(tasks, TaskState.DRAFT)
    steps = TaskMove.objects.filter(task__in=list(states), at__lt=until).order_by("pk")
    states |= {task: TaskState(after) for task, after in steps.values_list("task_id", "after")}
    late = set(
        TaskVersion.objects.on(on).filter(subject__in=list(states), due_on__lt=on)
        .values_list("subject_id", flat=True)
    )  # fmt: skip
    at_work = {task for task, state in states.items() if state in (*OPEN, TaskState.IN_REVIEW)}
    counts = Counter(states.values())
    return TaskTally(
        open=sum(counts[state] for state in OPEN),
        in_review=counts[TaskState.IN_REVIEW],
        closed=counts[TaskState.CLOSED],
        overdue=len(at_work & late),
    )
