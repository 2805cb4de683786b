"""Into the next plan: all that was chosen in one transaction, or nothing; and back, while it is untouched."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from qingshan.jobs.public import Job, enqueue
from qingshan.kernel.spans import beijing_day
from qingshan.plans import public as plans
from qingshan.plans.public import PlanState
from qingshan.succession import policies
from qingshan.succession.actions.moving import moved
from qingshan.succession.actions.opening import suggested_code
from qingshan.succession.errors import AuthorLeft, MissingReason, OwnProposal, SuccessionRefusal, Touched
from qingshan.succession.models import Opening
from qingshan.succession.states import OPENING_FLOW
from qingshan.succession.writing import Writer

__all__ = ["MOST_AT_ONCE", "carry", "is_big", "queue_carry", "undo"]

#: So many records are carried while a page waits; more go to a job.
MOST_AT_ONCE = 120


def is_big(opening: Opening) -> bool:
    """Whether carrying would keep a page waiting."""
    return sum(one.is_kept for one in opening.choices.all()) > MOST_AT_ONCE


@transaction.atomic
def carry(*, opening: Opening, by: Any, at: datetime, note: str = "") -> Opening:
    """Approve a proposed choice and write the next plan (批准并写入新规划), whole or not at all.

    The plan is written in the name of who proposed it and needs their right to edit plans still; who approves
    is kept in the opening. Baselines are those of the day of ``at``.

    Raises
    ------
    OwnProposal
        Who drew it up or handed it in approves it.
    AuthorLeft
        Who handed it in may no longer edit plans here.
    SuccessionRefusal
        The ledger refuses a record; its words say which and why.
    Forbidden, IllegalMove, StaleOpening
    """
    _may_decide(opening, by)
    day, author = beijing_day(at), opening.proposed_by
    if author is None or not policies.may(author, "edit", opening):
        raise AuthorLeft
    old = plans.plan_for(user=author, code=opening.plan.code, on=day)
    writer = Writer(opening, old, author, at)
    try:
        successor = writer.write()
    except plans.LedgerRefusal as refused:
        raise SuccessionRefusal(str(refused)) from refused
    return moved(
        opening, "carry", by=by, at=at, note=note, detail={"plan": successor.ref, "records": writer.count},
        decided_by=by, decided_at=at, successor=successor,
    )  # fmt: skip


@transaction.atomic
def queue_carry(*, opening: Opening, by: Any, at: datetime, note: str = "") -> Job:
    """Approve a big choice; a job writes the next plan beside the page.

    The job carries what was handed in when it was approved: sent back and handed in anew, it gives up.

    Raises
    ------
    OwnProposal, Forbidden, IllegalMove
    """
    _may_decide(opening, by)
    payload = {"opening": opening.pk, "round": opening.round, "by": by.pk, "note": note}
    key = f"succession.carry/{opening.pk}/{opening.round}"
    return enqueue("succession.carry", payload, about=opening.ref, unique_key=key, by=by, at=at)


def _may_decide(opening: Opening, by: Any) -> None:
    policies.require(by, "approve", opening)
    OPENING_FLOW.after(opening.phase, "carry")
    if by is not None and by.pk in (opening.proposed_by_id, opening.made_by_id):
        raise OwnProposal


@transaction.atomic
def undo(*, opening: Opening, by: Any, at: datetime, note: str) -> Opening:
    """Take back what was carried (撤销写入), while nobody has worked on the new plan.

    The new plan is withdrawn, not erased: the audit and its pages go on telling that it was there. Links from
    it to the old plan are ended, and the choice is open again under another code.

    Raises
    ------
    Touched
        Something was entered, changed or decided in the new plan since.
    MissingReason, Forbidden, IllegalMove, StaleOpening
    """
    policies.require(by, "approve", opening)
    OPENING_FLOW.after(opening.phase, "undo")
    if not note.strip():
        raise MissingReason
    from_plan = opening.successor
    if from_plan is not None:
        _withdraw(opening, from_plan, by, at, note)
    code = suggested_code(opening.plan.code, opening.period_from)
    return moved(
        opening, "undo", by=by, at=at, note=note, detail={"plan": from_plan.ref if from_plan else None},
        successor=None, code=code, decided_by=None, decided_at=None,
    )  # fmt: skip


def _withdraw(opening: Opening, successor: Any, by: Any, at: datetime, note: str) -> None:
    if opening.decided_at is None or not plans.is_untouched(plan=successor, made_at=opening.decided_at):
        raise Touched
    held = plans.plan_for(user=by, code=successor.code, on=beijing_day(at))
    if held.state != PlanState.DRAFTING:
        raise Touched
    plans.move_plan(plan=successor, move="withdraw", seen=held.number, by=by, at=at, reason=note)
    opening.carried.filter(successor=successor, undone_at__isnull=True).update(undone_at=at)
