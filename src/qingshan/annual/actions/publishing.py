"""From a published row to its task, once for ever; editions of a published plan; and changes that follow."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.db import transaction

from qingshan.annual.models import AnnualPlan, AnnualRow, AnnualRowVersion, Edition, RowTask
from qingshan.annual.states import AnnualState
from qingshan.annual.vocabulary import SOURCES, RowKind
from qingshan.areas.public import Department, current_departments
from qingshan.audit import public as audit
from qingshan.jobs.public import enqueue
from qingshan.kernel.spans import beijing_day
from qingshan.tasks import public as tasks

__all__ = [
    "AT_ONCE",
    "carry_over",
    "make_task",
    "make_tasks",
    "new_edition",
    "start_making_tasks",
    "waiting_rows",
]

#: So many tasks are made while the page waits; more are made beside it.
AT_ONCE = 20
_LONGEST_TITLE = 200


def new_edition(annual: AnnualPlan, *, by: Any, at: datetime, reason: str) -> Edition:
    """Keep which version of each row the plan holds from now on (形成新版次)."""
    held = AnnualRowVersion.objects.current().filter(subject__annual=annual, included=True)
    last = annual.editions.order_by("-number").values_list("number", flat=True).first()
    return Edition.objects.create(
        annual=annual, number=(last or 0) + 1, on=beijing_day(at), reason=reason, by=by, at=at,
        versions={str(row): number for row, number in held.values_list("subject_id", "number")},
    )  # fmt: skip


def waiting_rows(annual: AnnualPlan) -> list[AnnualRow]:
    """Return the rows of work of a published plan that have no task yet, in their order."""
    if annual.phase is not AnnualState.PUBLISHED:
        return []
    work = AnnualRow.objects.filter(annual=annual, task_link=None).exclude(kind=RowKind.TARGET)
    included = AnnualRowVersion.objects.current().filter(subject__annual=annual, included=True)
    return list(work.filter(pk__in=included.values("subject_id")).select_related("annual__district"))


def start_making_tasks(annual: AnnualPlan, *, by: Any, at: datetime) -> None:
    """Make the tasks of a published plan: at once where they are few, else as a job with progress."""
    waiting = waiting_rows(annual)
    if len(waiting) <= AT_ONCE:
        make_tasks(annual, by=by, at=at)
        return
    enqueue(
        "annual.make_tasks",
        {"annual": annual.pk, "by": getattr(by, "pk", None)},
        by=by,
        at=at,
        unique_key=f"annual.make_tasks/{annual.pk}",
        about=annual.ref,
    )


def make_tasks(
    annual: AnnualPlan, *, by: Any, at: datetime, step: Callable[[int, int], None] | None = None
) -> int:
    """Make a task of each row that has none; return how many were made. Called again, it goes on."""
    waiting = waiting_rows(annual)
    for done, row in enumerate(waiting):
        if step is not None:
            step(done, len(waiting))
        make_task(row, by=by, at=at)
    return len(waiting)


@transaction.atomic
def make_task(row: AnnualRow, *, by: Any, at: datetime) -> tasks.Task:
    """Make the task of a row and give it to its departments; a row that has one keeps it.

    The row is locked meanwhile, so two workers at once make one task.
    """
    AnnualRow.objects.select_for_update().get(pk=row.pk)
    if made := RowTask.objects.filter(row=row).select_related("task").first():
        return made.task
    held = AnnualRowVersion.objects.current().select_related("lead__district").get(subject=row)
    task = tasks.create_task(
        district=row.annual.district,
        source=SOURCES[row.what],
        source_ref=row.source,
        source_title=held.name[:_LONGEST_TITLE],
        terms=_terms(row, held, beijing_day(at)),
        **_parties(held, beijing_day(at)),
        by=by,
        at=at,
    )
    RowTask.objects.create(row=row, task=task)
    tasks.assign_task(task=task, by=by, at=at)
    if held.quarterly and tasks.may_be_quartered(task):
        tasks.split_by_quarter(task=task, by=by, at=at)
    detail = {"row": row.code, "task": task.code}
    audit.record("annual.make_task", row.annual.ref, by=by, at=at, detail=detail)
    return task


def _parties(held: AnnualRowVersion, on: date) -> dict[str, Any]:
    """Who leads and who joins in, or who has their duties by now."""
    if held.lead is None:  # handing in refuses such rows
        raise ValueError(f"row {held.subject_id} of an annual plan has no lead")
    joint = Department.objects.filter(pk__in=held.joint).select_related("district")
    lead, *others = _today(held.lead, on)
    return {"lead": lead, "joint": [*others, *(heir for one in joint for heir in _today(one, on))]}


def _today(department: Department, on: date) -> list[Department]:
    """The department, or its followers once it has ended; where nobody follows, itself."""
    if department.ended_on is None or department.ended_on > on:
        return [department]
    return list(current_departments(department, on)) or [department]


def _terms(row: AnnualRow, held: AnnualRowVersion, today: date) -> dict[str, Any]:
    """What the task asks. It begins with the year, or today in the year, and never after its own end."""
    year = row.annual.year
    due = held.due_on or date(year, 12, 31)
    return {
        "title": held.name[:_LONGEST_TITLE],
        "content": held.goal,
        "evidence_wanted": held.evidence_wanted,
        "weight_hundredths": held.weight_hundredths,
        "starts_on": min(max(date(year, 1, 1), today), due),
        "due_on": due,
    }


def carry_over(
    row: AnnualRow, before: AnnualRowVersion, after: AnnualRowVersion, *, by: Any, at: datetime, reason: str
) -> None:
    """Let the task of a row follow its new version: other terms, another lead, taken out, or newly in.

    A row that comes back becomes a new task: the one that was cancelled stays cancelled.

    Raises
    ------
    TaskRefusal
        The task is under review or closed, and cannot follow.
    """
    if not row.what.is_work:
        return
    link = RowTask.objects.filter(row=row).select_related("task__district").first()
    cancelled = link is not None and link.task.phase is tasks.TaskState.CANCELLED
    if not after.included:
        if link is not None and not cancelled:
            tasks.cancel_task(task=link.task, by=by, at=at, note=reason)
        return
    if link is not None and cancelled and not before.included:
        link.delete()
        link = None
    if link is None:
        make_task(row, by=by, at=at)
        return
    task = link.task
    terms = tasks.current_terms(task)
    changes = _terms(row, after, terms.starts_on)
    tasks.revise_task(task=task, seen=terms.number, changes=changes, by=by, at=at, reason=reason)
    if (before.lead_id, before.joint) != (after.lead_id, after.joint):
        parties = _parties(after, beijing_day(at))
        tasks.set_parties(task=task, by=by, at=at, reason=reason, **parties)
