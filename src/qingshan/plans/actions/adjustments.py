"""Adjusting a target: proposed by one person with a reason, approved by another."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from qingshan.history.public import StaleVersion
from qingshan.jobs.public import announce
from qingshan.kernel.refs import Ref
from qingshan.kernel.spans import beijing_day
from qingshan.plans import policies
from qingshan.plans.actions import reviews
from qingshan.plans.actions.indicators import revise_target
from qingshan.plans.actions.records import checked, entered, newest, read_version
from qingshan.plans.errors import BadFacts, MissingReason
from qingshan.plans.events import AdjustmentSentBack
from qingshan.plans.models import Target, TargetAdjustment, TargetVersion
from qingshan.plans.targets import Typed
from qingshan.plans.vocabulary import ValueKind


@transaction.atomic
def propose_adjustment(
    *,
    target: Target,
    typed: Typed,
    seen: int,
    reason: str,
    by: Any,
    at: datetime,
    raw: str = "",
    valid_from: date | None = None,
    source: Ref | None = None,
    document: str = "",
) -> TargetAdjustment:
    """Propose that an indicator shall be something else in a year (提出目标调整).

    Parameters
    ----------
    typed : Typed
        The target as it shall be.
    seen : int
        Number of the version of the target that was read.
    raw : str
        The target as a document words it, where one does.
    valid_from : date, optional
        First day of the new target; without it the day of the proposal.
    source : Ref, optional
        What recommended it, an evaluation for instance.
    document : str
        Name across rooms of the document it rests on.

    Raises
    ------
    BadFacts
        Nothing would change, or the target still waits for the upper level's letter.
    StaleVersion
        The target has changed since the page was loaded.
    """
    policies.require(by, "enter_value", target)
    facts = _proposed(target, typed, seen, reason, raw) | {
        "valid_from": valid_from or beijing_day(at),
        "source": "" if source is None else str(source),
        "document": document,
    }
    proposal = TargetAdjustment.objects.create(
        target=target, entered_by=by, entered_at=at, **checked(TargetAdjustment, facts)
    )
    entered("plans.propose_adjustment", proposal.ref, by=by, at=at, year=target.year, reason=reason)
    return proposal


@transaction.atomic
def change_adjustment(
    *,
    proposal: TargetAdjustment,
    typed: Typed,
    seen: int,
    reason: str,
    by: Any,
    at: datetime,
    raw: str = "",
    valid_from: date | None = None,
) -> TargetAdjustment:
    """Change a proposal that is not under review (修改目标调整申请); it then stands on the version seen.

    Raises
    ------
    BadFacts
        Nothing would change.
    StaleVersion
        The target has changed since the page was loaded.
    NotChangeable
        It was submitted, approved or taken back.
    """
    policies.require(by, "enter_value", proposal)
    facts = _proposed(proposal.target, typed, seen, reason, raw)
    facts["valid_from"] = valid_from or proposal.valid_from
    reviews.change(proposal, checked(TargetAdjustment, facts))
    entered("plans.change_adjustment", proposal.ref, by=by, at=at, reason=reason)
    return proposal


def _proposed(target: Target, typed: Typed, seen: int, reason: str, raw: str) -> dict[str, Any]:
    """What is proposed, on top of the version that holds."""
    if not reason.strip():
        raise MissingReason
    held, last = read_version(TargetVersion, target, seen), newest(TargetVersion, target)
    if held.number != last.number:
        raise StaleVersion(held, last)
    if held.typed is not None and held.typed.kind is ValueKind.ASSIGNED:
        raise BadFacts({_("目标"): [_("由上级下达的目标，请登记下达文件")]})
    if held.typed == typed:
        raise BadFacts({_("拟调整为"): [_("与现行目标相同")]})
    return {"before": held.typed, "typed": typed, "raw": raw, "seen": seen, "reason": reason}


@transaction.atomic
def submit_adjustment(*, proposal: TargetAdjustment, by: Any, at: datetime) -> TargetAdjustment:
    """Hand a proposal to a second person (提交审核)."""
    return reviews.submit(proposal, verb="enter_value", action="plans.submit_adjustment", by=by, at=at)


@transaction.atomic
def withdraw_adjustment(*, proposal: TargetAdjustment, by: Any, at: datetime) -> TargetAdjustment:
    """Take a proposal back that is not under review (撤回)."""
    return reviews.withdraw(proposal, verb="enter_value", action="plans.withdraw_adjustment", by=by, at=at)


@transaction.atomic
def approve_adjustment(*, proposal: TargetAdjustment, by: Any, at: datetime, note: str = "") -> TargetVersion:
    """Approve a proposal: the target is revised to what it proposes (批准目标调整).

    Raises
    ------
    StaleVersion
        The target has changed since the proposal was written.
    OwnEntry
        The approver is who proposed it.
    """
    reviews.approve(proposal, verb="approve", action="plans.approve_adjustment", by=by, at=at, note=note)
    return revise_target(
        target=proposal.target, changes={"typed": proposal.typed, "raw": proposal.raw}, seen=proposal.seen,
        by=by, at=at, reason=proposal.reason, valid_from=proposal.valid_from,
    )  # fmt: skip


@transaction.atomic
def send_back_adjustment(*, proposal: TargetAdjustment, by: Any, at: datetime, note: str) -> TargetAdjustment:
    """Give a proposal back to who made it, saying why (退回)."""
    reviews.send_back(proposal, verb="approve", action="plans.send_back_adjustment", by=by, at=at, note=note)
    target = proposal.target
    announce(
        AdjustmentSentBack(proposal.pk, target.indicator_id, target.year, proposal.entered_by_id, note, at),
        at=at,
    )
    return proposal
