"""Pressing a task: urging, supervision slips, the list of supervised work; and who handles it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from qingshan.accounts.public import User
from qingshan.audit import public as audit
from qingshan.jobs.public import announce
from qingshan.kernel.spans import beijing_day
from qingshan.tasks import policies
from qingshan.tasks.errors import AlreadyListed, BadTask, MissingReason, StaleTask
from qingshan.tasks.events import SupervisionAnswered, TaskSupervised
from qingshan.tasks.models import Supervision, Task
from qingshan.tasks.states import OPEN, SUPERVISION_FLOW, SupervisionState
from qingshan.tasks.vocabulary import HANDLES, SupervisionKind
from qingshan.workflow import public as workflow

__all__ = ["answer_supervision", "delegate_task", "lift_supervision", "supervise_task"]


@transaction.atomic
def supervise_task(
    *, task: Task, kind: SupervisionKind, note: str, by: Any, at: datetime, due_on: date | None = None
) -> Supervision:
    """Urge (催办), supervise by a slip (督办) or list (挂牌督办) a task that is not yet handed in.

    Parameters
    ----------
    due_on : date
        By when it must be answered or done: asked for with a slip and a listing, not with urging.

    Raises
    ------
    MissingReason, BadTask, AlreadyListed, Forbidden
    StaleTask
        The task is a draft, handed in, closed or cancelled.
    """
    policies.require(by, "supervise", task)
    if task.phase not in OPEN:
        raise StaleTask(str(task.phase.label))
    if not note.strip():
        raise MissingReason
    if kind is not SupervisionKind.URGE and (due_on is None or due_on < beijing_day(at)):
        raise BadTask({_("期限"): [_("督办和挂牌督办须有不早于今天的期限")]})
    state = SupervisionState.LIFTED if kind is SupervisionKind.URGE else SupervisionState.OPEN
    try:
        with transaction.atomic():
            made = Supervision.objects.create(
                task=task, kind=kind, note=note, due_on=due_on, state=state, by=by, at=at
            )
    except IntegrityError:
        raise AlreadyListed from None
    audit.record(
        "tasks.supervise", task.ref, by=by, at=at, detail={"kind": kind, "due_on": due_on, "note": note}
    )
    announce(TaskSupervised(task.pk, made.pk, kind, getattr(by, "pk", None), at), at=at)
    return made


@transaction.atomic
def answer_supervision(*, supervision: Supervision, answer: str, by: Any, at: datetime) -> Supervision:
    """Answer a slip or a listing (回复督办); answering again replaces the words, the audit keeps both."""
    policies.require(by, "report", supervision.task)
    if not answer.strip():
        raise MissingReason
    _moved(supervision, "answer", answer=answer, answered_by=by, answered_at=at)
    detail = {"supervision": supervision.pk, "answer": answer}
    audit.record("tasks.answer_supervision", supervision.task.ref, by=by, at=at, detail=detail)
    announce(SupervisionAnswered(supervision.task_id, supervision.pk, by.pk, at), at=at)
    return supervision


@transaction.atomic
def lift_supervision(*, supervision: Supervision, reason: str, by: Any, at: datetime) -> Supervision:
    """Lift a slip or take a task off the list (解除督办、摘牌), with the reason."""
    policies.require(by, "supervise", supervision.task)
    if not reason.strip():
        raise MissingReason
    _moved(supervision, "lift", lifted_by=by, lifted_at=at, lift_reason=reason)
    detail = {"supervision": supervision.pk, "reason": reason}
    audit.record("tasks.lift_supervision", supervision.task.ref, by=by, at=at, detail=detail)
    return supervision


def _moved(supervision: Supervision, move: str, **changes: Any) -> None:
    before = SupervisionState(supervision.state)
    after = SUPERVISION_FLOW.after(before, move)
    moved = Supervision.objects.filter(pk=supervision.pk, state=before).update(state=after, **changes)
    supervision.refresh_from_db()
    if moved != 1:
        raise StaleTask(str(SupervisionState(supervision.state).label))


@transaction.atomic
def delegate_task(*, task: Task, to: User, by: Any, at: datetime, note: str = "") -> None:
    """Name who in the department handles a task (分派经办人); who had it has it no more.

    Hand-over when posts change goes by `workflow.hand_over`, which takes these along.

    Raises
    ------
    BadTask
        That person may not report on the task.
    """
    policies.require(by, "report", task)
    if not policies.may(to, "report", task):
        raise BadTask({_("经办人"): [_("%s 无权办理这项任务") % to]})
    day = beijing_day(at)
    for held in workflow.assignments_of(task.ref).filter(duty=HANDLES, to_on__isnull=True):
        if held.user_id == to.pk:
            return
        workflow.end_assignment(assignment=held, on=day, reason=note or _("改派"), by=by, at=at)
    workflow.assign(about=task.ref, duty=HANDLES, user=to, from_on=day, by=by, at=at, note=note)
    audit.record("tasks.delegate", task.ref, by=by, at=at, detail={"to": to.pk})
