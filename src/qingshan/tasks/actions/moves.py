"""The moves of a task: each asks for the right, moves it in one statement, keeps the step, announces it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from qingshan.audit import public as audit
from qingshan.documents.public import documents_for
from qingshan.history.public import move_once
from qingshan.jobs.public import announce
from qingshan.kernel.spans import beijing_day
from qingshan.tasks import policies
from qingshan.tasks.actions import deadlines, parts
from qingshan.tasks.actions.making import revised
from qingshan.tasks.errors import (
    BadTask,
    MissingEvidence,
    MissingReason,
    MissingReport,
    OpenParts,
    OwnWork,
    StaleTask,
)
from qingshan.tasks.events import TaskMoved
from qingshan.tasks.models import ChangeRequest, Task, TaskMove, TaskReport
from qingshan.tasks.queries import current_terms
from qingshan.tasks.states import CHANGE_FLOW, OVER, TASK_FLOW, ChangeState, TaskState
from qingshan.workflow import public as workflow

__all__ = [
    "accept_task",
    "answer_change",
    "ask_change",
    "assign_task",
    "cancel_task",
    "close_task",
    "reopen_task",
    "send_back_task",
    "submit_task",
]


@transaction.atomic
def assign_task(*, task: Task, by: Any, at: datetime, note: str = "") -> Task:
    """Give a task to its departments (交办). From now on its deadline runs.

    Raises
    ------
    Forbidden, IllegalMove, StaleTask
    """
    policies.require(by, "assign", task)
    terms = current_terms(task)
    _move(task, "assign", by=by, at=at, note=note)
    deadlines.start(task, terms, by=by, at=at)
    return task


@transaction.atomic
def accept_task(*, task: Task, by: Any, at: datetime) -> Task:
    """Take a task on (签收)."""
    policies.require(by, "report", task)
    return _move(task, "accept", by=by, at=at)


@transaction.atomic
def ask_change(
    *, task: Task, by: Any, at: datetime, reason: str, due_on: date | None = None, content: str = ""
) -> ChangeRequest:
    """Ask for another deadline or other work (申请变更).

    Raises
    ------
    MissingReason
        No reason is given.
    BadTask
        Nothing is asked for, or a deadline that is no later.
    """
    policies.require(by, "report", task)
    if not reason.strip():
        raise MissingReason
    terms = current_terms(task)
    if due_on is None and not content.strip():
        raise BadTask({_name("due_on"): [_("请填写申请延至的日期或申请变更的内容")]})
    if due_on is not None and due_on <= terms.due_on:
        told = {"asked": due_on, "due": terms.due_on}
        raise BadTask({_name("due_on"): [_("%(asked)s 应晚于现期限 %(due)s") % told]})
    _move(task, "ask_change", by=by, at=at, note=reason)
    return ChangeRequest.objects.create(
        task=task, due_on=due_on, content=content, reason=reason, asked_by=by, asked_at=at
    )


def _name(field: str) -> str:
    return str(ChangeRequest._meta.get_field(field).verbose_name)  # type: ignore[union-attr]


@transaction.atomic
def answer_change(
    *, request: ChangeRequest, granted: bool, by: Any, at: datetime, answer: str = ""
) -> ChangeRequest:
    """Grant or refuse what a party asked for (答复变更申请). A granted deadline holds at once.

    Raises
    ------
    MissingReason
        A refusal without a reason.
    OwnWork
        Who asked answers.
    """
    task = request.task
    policies.require(by, "assign", task)
    if by is not None and by.pk == request.asked_by_id:
        raise OwnWork
    if not granted and not answer.strip():
        raise MissingReason
    after = CHANGE_FLOW.after(request.state, "grant" if granted else "refuse")
    moved = ChangeRequest.objects.filter(pk=request.pk, state=request.state).update(
        state=after, answered_by=by, answered_at=at, answer=answer
    )
    request.refresh_from_db()
    if moved != 1:
        raise StaleTask(str(ChangeState(request.state).label))
    _move(task, "answer_change", by=by, at=at, note=answer)
    if granted:
        _grant(task, request, by=by, at=at)
    return request


def _grant(task: Task, request: ChangeRequest, *, by: Any, at: datetime) -> None:
    terms = current_terms(task)
    wanted = {"due_on": request.due_on, "content": request.content}
    changes = {name: value for name, value in wanted.items() if value}
    revised(task, terms.number, changes, by=by, at=at, reason=request.reason)


@transaction.atomic
def submit_task(*, task: Task, by: Any, at: datetime, note: str = "") -> Task:
    """Hand a task in (提交审核): it was reported on since it came, with the evidence asked for.

    Raises
    ------
    MissingReport, MissingEvidence, Forbidden, IllegalMove, StaleTask
    """
    policies.require(by, "report", task)
    TASK_FLOW.after(task.phase, "submit")
    reports = _since_it_came(task)
    if not reports:
        raise MissingReport
    demands = current_terms(task).demands
    if demands and not any(documents_for(None, report.ref) for report in reports):
        raise MissingEvidence(demands)
    return _move(task, "submit", by=by, at=at, note=note, submitted_by=by, submitted_at=at)


def _since_it_came(task: Task) -> list[TaskReport]:
    """What was reported since the task was accepted, sent back or opened again."""
    came = task.moves.filter(after=TaskState.UNDER_WAY, move__in=("accept", "send_back", "reopen"))
    last = came.order_by("-pk").values_list("at", flat=True).first()
    found = task.reports.all()
    return list(found.filter(at__gte=last) if last else found)


@transaction.atomic
def send_back_task(*, task: Task, by: Any, at: datetime, note: str) -> Task:
    """Give a task back to who handed it in, saying why (退回)."""
    policies.require(by, "review", task)
    _second_person(task, by)
    if not note.strip():
        raise MissingReason
    return _move(task, "send_back", by=by, at=at, note=note)


@transaction.atomic
def close_task(*, task: Task, by: Any, at: datetime, note: str = "") -> Task:
    """Let a task be done (办结). Never by who reported or handed it in, and after its parts.

    Raises
    ------
    OwnWork, OpenParts, Forbidden, IllegalMove, StaleTask
    """
    policies.require(by, "review", task)
    _second_person(task, by)
    if open_parts := list(task.parts.exclude(state__in=OVER).values_list("code", flat=True)):
        raise OpenParts(open_parts)
    day = beijing_day(at)
    _move(task, "close", by=by, at=at, note=note, closed_on=day)
    for deadline in deadlines.running(task):
        workflow.end_deadline(deadline=deadline, move="meet", on=day, by=by, at=at)
    return task


def _second_person(task: Task, by: Any) -> None:
    worked = {task.submitted_by_id, *(report.by_id for report in _since_it_came(task))}
    if by is None or by.pk in worked:
        raise OwnWork


@transaction.atomic
def reopen_task(*, task: Task, by: Any, at: datetime, note: str) -> Task:
    """Open a closed task again (重新打开); what was reported and decided stays."""
    policies.require(by, "review", task)
    if not note.strip():
        raise MissingReason
    _move(task, "reopen", by=by, at=at, note=note, closed_on=None)
    day = beijing_day(at)
    for deadline in workflow.deadlines_of(task.ref):
        if deadline.name == deadlines.DEADLINE and deadline.phase is workflow.DeadlineState.MET:
            workflow.end_deadline(deadline=deadline, move="reopen", on=day, by=by, at=at)
    return task


@transaction.atomic
def cancel_task(*, task: Task, by: Any, at: datetime, note: str) -> Task:
    """Take a task off with its open parts (撤销), with the reason.

    Raises
    ------
    BusyParts
        A part is under review.
    MissingReason, Forbidden, IllegalMove, StaleTask
    """
    policies.require(by, "assign", task)
    if not note.strip():
        raise MissingReason
    _cancel(task, by=by, at=at, note=note)
    return task


def _cancel(task: Task, *, by: Any, at: datetime, note: str) -> None:
    _move(task, "cancel", by=by, at=at, note=note)
    for deadline in deadlines.running(task):
        workflow.end_deadline(deadline=deadline, move="lift", on=beijing_day(at), by=by, at=at)
    ChangeRequest.objects.filter(task=task, state=ChangeState.ASKED).update(
        state=ChangeState.REFUSED, answered_by=by, answered_at=at, answer=note
    )
    for part in parts.cancellable(task):
        _cancel(part, by=by, at=at, note=note)


def _move(task: Task, move: str, *, by: Any, at: datetime, note: str = "", **changes: Any) -> Task:
    """Move it, and keep, audit and announce the step."""
    before, after = move_once(task, TASK_FLOW, move, stale=StaleTask, **changes)
    TaskMove.objects.create(task=task, move=move, before=before, after=after, by=by, at=at, note=note)
    detail = {"from": before, "to": after, "note": note}
    audit.record(f"tasks.{move}", task.ref, by=by, at=at, detail=detail)
    announce(TaskMoved(task.pk, move, before, after, note, getattr(by, "pk", None), at), at=at)
    return task
