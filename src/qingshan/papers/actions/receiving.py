"""What recipients do with an issued paper: sign for it, and write on it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from qingshan.accounts.public import require as require_right
from qingshan.audit import public as audit
from qingshan.jobs.public import announce
from qingshan.kernel.spans import beijing_day
from qingshan.papers import policies
from qingshan.papers.actions.issuing import RECEIPT
from qingshan.papers.errors import AlreadyReceived, MissingReason, NotIssued
from qingshan.papers.events import PaperReceived
from qingshan.papers.models import Instruction, Paper, PaperParty, Receipt
from qingshan.papers.states import FROZEN
from qingshan.papers.vocabulary import PartyRole
from qingshan.workflow import public as workflow

__all__ = ["instruct", "receive_paper"]


@transaction.atomic
def receive_paper(*, party: PaperParty, by: Any, at: datetime) -> Receipt:
    """Sign for a paper in a department's name (签收). The last main recipient ends the deadline.

    Raises
    ------
    Forbidden
        Who is not one of the department's own.
    NotIssued
        The paper is not out yet, or the department only co-signs it.
    AlreadyReceived
        One of the department has signed before.
    """
    paper = Paper.objects.select_for_update().get(pk=party.paper_id)
    policies.require_voice(by, party.department)
    if paper.phase not in FROZEN or party.role == PartyRole.COSIGNER:
        raise NotIssued(str(paper.phase.label))
    try:
        with transaction.atomic():
            receipt = Receipt.objects.create(party=party, by=by, at=at)
    except IntegrityError:
        raise AlreadyReceived from None
    audit.record("papers.receive", paper.ref, by=by, at=at, detail={"department": party.department_id})
    announce(PaperReceived(paper.pk, party.department_id, by.pk, at), at=at)
    if not paper.parties.filter(role=PartyRole.RECIPIENT, receipt__isnull=True).exists():
        _end_deadline(paper, by=by, at=at)
    return receipt


def _end_deadline(paper: Paper, *, by: Any, at: datetime) -> None:
    for deadline in workflow.deadlines_of(paper.ref):
        if deadline.name == RECEIPT and deadline.phase is workflow.DeadlineState.RUNNING:
            workflow.end_deadline(deadline=deadline, move="meet", on=beijing_day(at), by=by, at=at)


@transaction.atomic
def instruct(*, paper: Paper, words: str, by: Any, at: datetime) -> Instruction:
    """Write a leader's instruction on an issued paper (批示), in the leader's own district.

    Raises
    ------
    Forbidden
        Who may not issue papers in their own district, or does not see this one.
    NotIssued, MissingReason
    """
    district = getattr(getattr(by, "department", None), "district", None) or paper.district
    require_right(by, policies.CAPABILITIES["issue"], district_id=district.pk, what=str(paper))
    policies.require(by, "view", paper)
    if paper.phase not in FROZEN:
        raise NotIssued(str(paper.phase.label))
    if not words.strip():
        raise MissingReason
    made = Instruction.objects.create(paper=paper, district=district, words=words[:500], by=by, at=at)
    audit.record("papers.instruct", paper.ref, by=by, at=at, detail={"words": words})
    return made
