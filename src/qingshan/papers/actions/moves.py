"""The moves of a paper on its way: each asks for the right, moves it in one statement, announces it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from qingshan.audit import public as audit
from qingshan.history.public import move_once
from qingshan.jobs.public import announce
from qingshan.papers import policies
from qingshan.papers.errors import MissingReason, NoRecipient, OwnPaper, StalePaper
from qingshan.papers.events import PaperMoved
from qingshan.papers.models import Opinion, Paper, PaperMove
from qingshan.papers.queries import newest_text, writers_of
from qingshan.papers.states import OPINION_FLOW, PAPER_FLOW, OpinionState
from qingshan.papers.vocabulary import PaperKind, PartyRole

__all__ = ["check_paper", "moved", "second_person", "send_back_paper", "submit_paper", "withdraw_paper"]

#: Kinds that are filed and read where they are, and need not go out to anybody.
_KEPT_AT_HOME = (PaperKind.REPORT, PaperKind.AGENDA)


@transaction.atomic
def submit_paper(*, paper: Paper, by: Any, at: datetime, note: str = "") -> Paper:
    """Lay a draft before its checker (送核稿).

    Raises
    ------
    NoRecipient
        Nobody is named whom it goes to (a report or an agenda may have none).
    Forbidden, IllegalMove, StalePaper
    """
    policies.require(by, "edit", paper)
    PAPER_FLOW.after(paper.phase, "submit")
    goes_out = paper.parties.filter(role=PartyRole.RECIPIENT).exists()
    if not goes_out and paper.kind not in _KEPT_AT_HOME:
        raise NoRecipient
    return moved(paper, "submit", by=by, at=at, note=note)


@transaction.atomic
def check_paper(*, paper: Paper, by: Any, at: datetime, note: str = "") -> Paper:
    """Let a draft pass (核稿通过): to its co-signers, or to be issued where it has none.

    Raises
    ------
    OwnPaper
        Who drafted it checks it.
    Forbidden, IllegalMove, StalePaper
    """
    policies.require(by, "check", paper)
    cosigners = [one.department for one in paper.parties.filter(role=PartyRole.COSIGNER)]
    move = "pass_to_cosign" if cosigners else "pass_to_issue"
    PAPER_FLOW.after(paper.phase, move)
    second_person(paper, by)
    moved(paper, move, by=by, at=at, note=note)
    number = newest_text(paper).number
    Opinion.objects.bulk_create(
        Opinion(paper=paper, department=one, text_number=number, asked_at=at) for one in cosigners
    )
    return paper


@transaction.atomic
def send_back_paper(*, paper: Paper, by: Any, at: datetime, note: str) -> Paper:
    """Give a paper back to its drafter, saying why (退回起草); what co-signers have not answered lapses.

    While it is checked or co-signed, by who checks; once it waits to be issued, by who issues.

    Raises
    ------
    MissingReason, Forbidden, IllegalMove, StalePaper
    """
    PAPER_FLOW.after(paper.phase, "send_back")
    verb = "issue" if PAPER_FLOW.allows(paper.phase, "issue") else "check"
    policies.require(by, verb, paper)
    return returned(paper, by=by, at=at, note=note)


def returned(paper: Paper, *, by: Any, at: datetime, note: str) -> Paper:
    """Give it back; the caller has asked for the right."""
    if not note.strip():
        raise MissingReason
    moved(paper, "send_back", by=by, at=at, note=note)
    _lapse(paper)
    return paper


@transaction.atomic
def withdraw_paper(*, paper: Paper, by: Any, at: datetime, note: str) -> Paper:
    """Give a paper up before it is issued (撤销), with the reason; its texts stay.

    Raises
    ------
    MissingReason, Forbidden, IllegalMove, StalePaper
    """
    policies.require(by, "edit", paper)
    PAPER_FLOW.after(paper.phase, "withdraw")
    if not note.strip():
        raise MissingReason
    moved(paper, "withdraw", by=by, at=at, note=note)
    _lapse(paper)
    return paper


def _lapse(paper: Paper) -> None:
    asked = OpinionState.ASKED
    Opinion.objects.filter(paper=paper, state=asked).update(state=OPINION_FLOW.after(asked, "lapse"))


def second_person(paper: Paper, by: Any) -> None:
    """Refuse who drafted a paper or wrote one of its texts.

    Raises
    ------
    OwnPaper
    """
    if by is None or by.pk in writers_of(paper):
        raise OwnPaper


def moved(paper: Paper, move: str, *, by: Any, at: datetime, note: str = "") -> Paper:
    """Move it, and keep, audit and announce the step."""
    before, after = move_once(paper, PAPER_FLOW, move, stale=StalePaper)
    PaperMove.objects.create(
        paper=paper, move=move, before=before, after=after, by=by, at=at, note=note[:500]
    )
    detail = {"from": before, "to": after, "note": note}
    audit.record(f"papers.{move}", paper.ref, by=by, at=at, detail=detail)
    announce(PaperMoved(paper.pk, move, before, after, note, getattr(by, "pk", None), at), at=at)
    return paper
