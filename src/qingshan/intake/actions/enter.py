"""Accepted findings into the ledger, all of them or none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from qingshan.areas.public import AreaRefusal
from qingshan.history.public import BeforeLastVersion, StaleVersion
from qingshan.intake.actions.steps import step
from qingshan.intake.checking import recheck
from qingshan.intake.entering import Parcel, confirmed, parcel_of
from qingshan.intake.errors import IntakeRefusal, NothingToEnter
from qingshan.intake.events import FindingsEntered
from qingshan.intake.models import Finding, Intake
from qingshan.intake.packing.head import conflict_code
from qingshan.intake.states import INTAKE_FLOW, FindingState
from qingshan.intake.vocabulary import Move
from qingshan.jobs.public import announce
from qingshan.plans import public as plans

__all__ = ["Entered", "enter"]


@dataclass(frozen=True, slots=True)
class Entered:
    """What entering did: findings entered now, versions they made in the ledger, findings left open."""

    intake: Intake
    count: int
    entered: int
    revised: int
    unchanged: int
    kept: int
    left: int


@transaction.atomic
def enter(*, intake: Intake, by: Any, at: datetime) -> Entered:
    """Enter what was accepted and is not in the ledger yet (写入台账): all of it, or nothing.

    The plan is made with the first items. What was entered before is entered again without harm, so that
    new items find the headings and tables they belong to. Confirmed conflicts go in with their reasons.

    Raises
    ------
    NothingToEnter
        No accepted finding waits.
    IncompletePack
        The plan's own information lacks something.
    IntakeRefusal
        The ledger refuses an item; its words say which and why.
    NotNow, Forbidden
    """
    with step(intake, Move.ENTER, action="intake.enter", by=by, at=at) as desk:
        held = desk.intake
        wanted = Finding.objects.filter(intake=held, state__in=(FindingState.ACCEPTED, FindingState.ENTERED))
        findings = list(wanted.order_by("order", "pk"))
        waiting = [one for one in findings if one.state == FindingState.ACCEPTED]
        if not waiting:
            raise NothingToEnter
        parcel = parcel_of(held, findings, at=at, by=by)
        loaded = _loaded(parcel)
        refs = _refs(loaded.plan)
        for one in waiting:
            code = parcel.packed.codes.get(one.pk, "")
            desk.moved(
                one, "enter", entered_at=at, entered_code=code, entered_ref=refs.get(code, loaded.plan.ref)
            )
        _settle_in_ledger(held, loaded.plan, by, at)
        left = Finding.objects.filter(intake=held, state=FindingState.OPEN).count()
        state = INTAKE_FLOW.after(held.state, "finish") if left == 0 else held.state
        Intake.objects.filter(pk=held.pk).update(plan=loaded.plan, state=state)
        held.refresh_from_db()
        recheck(intake=held, at=at)
        announce(
            FindingsEntered(
                held.pk, loaded.plan.pk, len(waiting), loaded.revised, getattr(by, "pk", None), at
            ),
            at=at,
        )
    return Entered(held, len(waiting), loaded.entered, loaded.revised, loaded.unchanged, loaded.kept, left)


def _loaded(parcel: Parcel) -> plans.Loaded:
    try:
        return plans.load_pack(parcel.packed.pack, **parcel.how)
    except (plans.LedgerRefusal, AreaRefusal, BeforeLastVersion, StaleVersion) as refused:
        raise IntakeRefusal(str(refused)) from refused


def _refs(plan: plans.Plan) -> dict[str, str]:
    """Code of a record -> its name across rooms."""
    return {one.code: str(one.ref) for one in plans.known_records(plan=plan) if one.ref is not None}


def _settle_in_ledger(intake: Intake, plan: plans.Plan, by: Any, at: datetime) -> None:
    """What was settled here is settled there, with the same reason."""
    held = plans.known_conflicts(plan=plan)
    for one in confirmed(intake):
        known = held[conflict_code(one)]
        if known.settled_at is None:
            plans.settle_conflict(conflict=known, settlement=one.reason, by=by, at=at)
