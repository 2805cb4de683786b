"""Issuing a paper under its number, and filing it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_noop

from qingshan.areas.public import department_names
from qingshan.audit import public as audit
from qingshan.jobs.public import announce, enqueue
from qingshan.kernel.spans import beijing_day
from qingshan.papers import ledger, policies
from qingshan.papers.actions.moves import moved, second_person
from qingshan.papers.errors import ChangedFigures, NoOrganWord
from qingshan.papers.events import PaperIssued
from qingshan.papers.freezing import digest
from qingshan.papers.models import Issue, NumberSeries, Organ, Paper
from qingshan.papers.queries import newest_text
from qingshan.papers.shapes import figure_from
from qingshan.papers.states import PAPER_FLOW
from qingshan.papers.vocabulary import SERIES, Freshness, PaperKind, PartyRole
from qingshan.workflow import public as workflow

__all__ = ["PRINT_JOB", "RECEIPT", "archive_paper", "issue_paper"]

#: The name of the deadline by which recipients sign.
RECEIPT = gettext_noop("签收")
PRINT_JOB = "papers.print"


@transaction.atomic
def issue_paper(*, paper: Paper, by: Any, at: datetime, note: str = "", as_printed: bool = False) -> Issue:
    """Issue a paper under the next number of its organ and year (签发).

    Text, figures and names are frozen here. The files are set in the background, from what is frozen.

    Parameters
    ----------
    as_printed : bool
        Issue it even where the ledger has moved on since the text was written.

    Raises
    ------
    OwnPaper
        Who drafted it issues it.
    NoOrganWord
        Nobody has registered the word of the issuing organ.
    ChangedFigures
        The ledger has other figures by now, and nobody said to print these nevertheless.
    Forbidden, IllegalMove, StalePaper
    """
    policies.require(by, "issue", paper)
    PAPER_FLOW.after(paper.phase, "issue")
    second_person(paper, by)
    organ = _organ_of(paper)
    text = newest_text(paper)
    if not as_printed:
        _refuse_changed(text.figures, text.blocks)
    moved(paper, "issue", by=by, at=at, note=note)
    issue = _frozen(paper, organ, by=by, at=at)
    _expect_receipts(paper, issue, by=by, at=at)
    detail = {"number": issue.printed_number, "sha256": issue.sha256, "text": issue.text_number}
    audit.record("papers.number", paper.ref, by=by, at=at, detail=detail)
    announce(PaperIssued(paper.pk, issue.printed_number, by.pk, at), at=at)
    enqueue(PRINT_JOB, {"paper": paper.pk}, by=by, at=at, about=paper.ref)
    return issue


def _refuse_changed(figures: Any, blocks: Any) -> None:
    changed = [
        one.figure.label
        for one in ledger.compared(figure_from(plain) for plain in figures)
        if one.freshness in (Freshness.CHANGED, Freshness.GONE)
    ]
    if changed:
        raise ChangedFigures(changed)


def _organ_of(paper: Paper) -> Organ:
    found = Organ.objects.filter(district=paper.district_id, department=paper.department_id).first()
    if found is None:
        raise NoOrganWord(str(paper.department or paper.district))
    return found


def _frozen(paper: Paper, organ: Organ, *, by: Any, at: datetime) -> Issue:
    on, text = beijing_day(at), newest_text(paper)
    word = organ.word + SERIES.get(PaperKind(paper.kind), "")
    number = _next_number(organ, word, on.year)
    issue = Issue(
        paper=paper, word=word, year=on.year, number=number, text_number=text.number,
        title=text.title, sign=organ.sign, organ=organ.name,
        recipients=_names(paper, PartyRole.RECIPIENT, on),
        copies=_names(paper, PartyRole.COPY, on), body=text.body, figures=text.figures,
        remark=text.remark, simulated=paper.simulated, issued_on=on, issued_by=by, issued_at=at,
    )  # fmt: skip
    issue.sha256 = digest(issue)
    issue.save()
    return issue


def _next_number(organ: Organ, word: str, year: int) -> int:
    """Raise the counter within this transaction: who comes at once waits, and who fails gives it back."""
    NumberSeries.objects.get_or_create(word=word, year=year, defaults={"organ": organ})
    series = NumberSeries.objects.filter(word=word, year=year)
    series.update(last=F("last") + 1)
    return series.values_list("last", flat=True)[0]


def _names(paper: Paper, role: PartyRole, on: date) -> list[str]:
    held = list(paper.parties.filter(role=role).values_list("department_id", flat=True))
    names = department_names(held, on)
    return [names[pk] for pk in held]


def _expect_receipts(paper: Paper, issue: Issue, *, by: Any, at: datetime) -> None:
    if paper.receipt_due_on is None or not issue.recipients:
        return
    due = max(paper.receipt_due_on, issue.issued_on)
    workflow.set_deadline(about=paper.ref, name=RECEIPT, starts_on=issue.issued_on, due_on=due, by=by, at=at)


@transaction.atomic
def archive_paper(*, paper: Paper, by: Any, at: datetime, note: str = "") -> Paper:
    """File an issued paper (归档); who has not signed for it still may.

    Raises
    ------
    Forbidden, IllegalMove, StalePaper
    """
    policies.require(by, "check", paper)
    return moved(paper, "archive", by=by, at=at, note=note)
