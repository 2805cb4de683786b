"""What the moves of this room have in common: each in one statement, kept, audited."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from qingshan.audit import public as audit
from qingshan.dispatch.errors import RoundNotOpen, Stale
from qingshan.dispatch.models import Part, Round, Row, RowMove
from qingshan.dispatch.states import ROUND_FLOW, ROW_FLOW, RoundState
from qingshan.dispatch.vocabulary import DEADLINE
from qingshan.history.public import move_once
from qingshan.kernel.spans import beijing_day
from qingshan.workflow import public as workflow

__all__ = ["ask_again", "move_round", "move_row", "require_open", "running_deadlines"]


def require_open(found: Round) -> None:
    """Refuse to touch a round that is closed or cancelled, also when that happened a moment ago.

    The round is locked until the transaction ends, so that nothing slips in while it is being closed.

    Raises
    ------
    RoundNotOpen
    """
    phase = RoundState(Round.objects.select_for_update().values_list("state", flat=True).get(pk=found.pk))
    if phase is not RoundState.OPEN:
        raise RoundNotOpen(str(phase.label))


def move_round(found: Round, move: str, *, by: Any, at: datetime, **detail: Any) -> None:
    """Move a round, and audit it."""
    before, after = move_once(found, ROUND_FLOW, move, stale=Stale)
    audit.record(f"dispatch.{move}", found.ref, by=by, at=at, detail={"from": before, "to": after, **detail})


def move_row(row: Row, move: str, *, by: Any, at: datetime, note: str = "", **changes: Any) -> None:
    """Move a row, and keep the step."""
    move_once(row, ROW_FLOW, move, stale=Stale, **changes)
    RowMove.objects.create(row=row, move=move, by=by, at=at, note=note)


def running_deadlines(found: Round) -> dict[int, workflow.Deadline]:
    """Return the running deadline of each part of a round, by the part."""
    wanted = {str(part.ref): part.pk for part in found.parts.all()}
    running = workflow.running_deadlines(due_until=date.max).filter(name=DEADLINE, about__in=wanted)
    return {wanted[deadline.about]: deadline for deadline in running}


def ask_again(part: Part, *, reason: str, by: Any, at: datetime) -> None:
    """Let a department's deadline run again: it has rows to report once more, by the day the round has now.

    A met deadline is taken up again; one that was lifted when the round was closed is followed by another.
    """
    found = part.round
    held = [one for one in workflow.deadlines_of(part.ref) if one.name == DEADLINE]
    if any(one.phase is workflow.DeadlineState.RUNNING for one in held):
        return
    met = next((one for one in held if one.phase is workflow.DeadlineState.MET), None)
    if met is None:
        workflow.set_deadline(
            about=part.ref, name=DEADLINE, starts_on=found.opened_on, due_on=found.due_on, by=by, at=at
        )
        return
    workflow.end_deadline(deadline=met, move="reopen", on=beijing_day(at), by=by, at=at)
    if found.due_on > met.due_on:  # the round got more time while this department was done
        workflow.extend_deadline(deadline=met, due_on=found.due_on, reason=reason, by=by, at=at)
