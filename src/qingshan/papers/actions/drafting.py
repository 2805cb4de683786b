"""Drafting a paper: its texts, its figures, whom it goes to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from qingshan.areas.public import Department, District
from qingshan.audit import public as audit
from qingshan.kernel.refs import Ref
from qingshan.papers import ledger, policies
from qingshan.papers.errors import (
    BadPaper,
    FrozenPaper,
    MixedWorlds,
    NotDrafting,
    StaleText,
    UnknownFigure,
)
from qingshan.papers.models import Paper, PaperParty, PaperText
from qingshan.papers.picking import completed
from qingshan.papers.shapes import (
    Block,
    PrintedFigure,
    marks_in,
    plain_blocks,
    plain_figure,
    tidied,
)
from qingshan.papers.states import FROZEN, PaperState
from qingshan.papers.vocabulary import PaperKind, PartyRole

__all__ = ["draft_paper", "save_text", "set_parties", "update_figures"]

_TITLE_AT_MOST = 200
_REMARK_AT_MOST = 120
_UPDATED = gettext_noop("按台账更新数值")


@transaction.atomic
def draft_paper(
    *,
    kind: PaperKind,
    district: District,
    department: Department | None,
    title: str,
    body: Sequence[Block],
    by: Any,
    at: datetime,
    figures: Sequence[PrintedFigure] = (),
    recipients: Sequence[Department] = (),
    copies_to: Sequence[Department] = (),
    cosigners: Sequence[Department] = (),
    about: Ref | None = None,
    receipt_due_on: date | None = None,
    remark: str = "",
    simulated: bool = False,
) -> Paper:
    """Draft a paper (起草公文); it is nobody's news until it is submitted.

    Parameters
    ----------
    department : Department or None
        Who issues it; None is the district's government.
    title : str
        At most 200 characters, one line.
    body : sequence of Block
        A text with several lines becomes several paragraphs. Figures are printed by marks, ``{fig:key}``.
    figures : sequence of PrintedFigure
        Each under a key of its own; those the text does not print yet are kept for the drafter. What the text
        marks and `picking` knows need not be given: it is looked up in the drafter's name.
    recipients, copies_to, cosigners : sequence of Department
        In the order of print. Who is a recipient is not copied to as well.
    about : Ref
        The record it is about.
    receipt_due_on : date
        By when the recipients sign for it.
    remark : str
        A note printed in brackets at the end (附注): who to ask.
    simulated : bool
        A paper of the fictional county; a simulated district or a simulated figure makes it one.
    by : User or None
        None is the system itself.

    Raises
    ------
    Forbidden
        Who may not draft for this organ.
    BadPaper
        No title or a long one, or two figures under one key.
    UnknownFigure
        The text prints a figure that is not given, and that the drafter cannot pick.
    MixedWorlds
        Something simulated beside something real.
    """
    policies.require_at(by, "edit", district.pk, department, title)
    paper = Paper(
        kind=PaperKind(kind), district=district, department=department, about=str(about or ""),
        simulated=simulated or district.simulated, receipt_due_on=receipt_due_on,
        created_by=by, created_at=at,
    )  # fmt: skip
    blocks = tidied(body)
    figures = completed(blocks, figures, by=by, simulated=paper.simulated)
    text = _checked(paper, title, blocks, figures, remark)
    paper.title = text["title"]
    paper.save()
    PaperText.objects.create(paper=paper, number=1, saved_by=by, saved_at=at, **text)
    _enter_parties(paper, recipients, copies_to, cosigners)
    detail = {"kind": paper.kind, "title": paper.title, "about": paper.about}
    audit.record("papers.draft", paper.ref, by=by, at=at, detail=detail)
    return paper


@transaction.atomic
def save_text(
    *,
    paper: Paper,
    seen: int,
    title: str,
    body: Sequence[Block],
    by: Any,
    at: datetime,
    figures: Sequence[PrintedFigure] | None = None,
    remark: str | None = None,
    note: str = "",
) -> PaperText:
    """Save the next text of a paper (修改公文稿), on top of the one the writer saw.

    Parameters
    ----------
    figures : sequence of PrintedFigure
    remark : str
        Left out, those of the last text stay. Figures that the text marks are picked as in `draft_paper`.

    Returns
    -------
    PaperText
        The last text itself, when nothing is changed.

    Raises
    ------
    Forbidden, FrozenPaper, NotDrafting, BadPaper, UnknownFigure, MixedWorlds
    StaleText
        Somebody saved a newer one meanwhile.
    """
    policies.require(by, "edit", paper)
    held = _open_text(paper)
    if held.number != seen:
        raise StaleText(seen, held.number)
    blocks = tidied(body)
    given = held.printed_figures if figures is None else figures
    held_figures = completed(blocks, given, by=by, simulated=paper.simulated)
    held_remark = held.remark if remark is None else remark
    text = _checked(paper, title, blocks, held_figures, held_remark)
    if all(getattr(held, name) == value for name, value in text.items()):
        return held
    made = PaperText.objects.create(
        paper=paper, number=held.number + 1, saved_by=by, saved_at=at, note=note[:200], **text
    )
    Paper.objects.filter(pk=paper.pk).update(title=made.title)
    paper.title = made.title
    audit.record("papers.save_text", paper.ref, by=by, at=at, detail={"text": made.number, "note": note})
    return made


@transaction.atomic
def update_figures(*, paper: Paper, by: Any, at: datetime) -> PaperText:
    """Take the ledger's figures of today into the next text (更新数值).

    Raises
    ------
    Forbidden, FrozenPaper, NotDrafting
    """
    policies.require(by, "edit", paper)
    held = _open_text(paper)
    now = ledger.updated(held.printed_figures, by)
    return save_text(
        paper=paper, seen=held.number, title=held.title, body=held.blocks, figures=now, by=by, at=at,
        note=_(_UPDATED),
    )  # fmt: skip


@transaction.atomic
def set_parties(
    *,
    paper: Paper,
    recipients: Sequence[Department],
    copies_to: Sequence[Department],
    cosigners: Sequence[Department],
    by: Any,
    at: datetime,
    receipt_due_on: date | None = None,
) -> None:
    """Say whom a paper goes to and who co-signs it (调整主送、抄送、会签单位).

    Raises
    ------
    Forbidden, FrozenPaper, NotDrafting, MixedWorlds
    """
    policies.require(by, "edit", paper)
    _open_text(paper)
    paper.parties.all().delete()
    _enter_parties(paper, recipients, copies_to, cosigners)
    Paper.objects.filter(pk=paper.pk).update(receipt_due_on=receipt_due_on)
    paper.receipt_due_on = receipt_due_on
    detail = {
        "recipients": [one.pk for one in recipients],
        "copies": [one.pk for one in copies_to],
        "cosigners": [one.pk for one in cosigners],
    }
    audit.record("papers.set_parties", paper.ref, by=by, at=at, detail=detail)


def _open_text(paper: Paper) -> PaperText:
    """The newest text of a paper that may be changed; locked, so that two writers come one after another."""
    locked = Paper.objects.select_for_update().get(pk=paper.pk)
    if locked.phase in FROZEN:
        raise FrozenPaper(str(locked.phase.label))
    if locked.phase is not PaperState.DRAFTING:
        raise NotDrafting(str(locked.phase.label))
    return locked.texts.order_by("-number")[0]


def _checked(
    paper: Paper, title: str, body: Sequence[Block], figures: Sequence[PrintedFigure], remark: str
) -> dict[str, Any]:
    """A text as the table holds it."""
    title = " ".join(title.split())
    if not title or len(title) > _TITLE_AT_MOST:
        told = {"found": len(title), "most": _TITLE_AT_MOST}
        raise BadPaper(_("标题有 %(found)d 个字；应为 1 至 %(most)d 个字") % told)
    keys = [figure.key for figure in figures]
    if doubled := {key for key in keys if keys.count(key) > 1}:
        raise BadPaper(_("数值代号重复：%s") % "、".join(sorted(doubled)))
    if unknown := set(marks_in(body)) - set(keys):
        raise UnknownFigure(unknown)
    if any(figure.simulated for figure in figures) and not paper.simulated:
        raise MixedWorlds
    return {
        "title": title,
        "body": _as_stored(plain_blocks(body)),
        "figures": [plain_figure(one) for one in figures],
        "remark": " ".join(remark.split())[:_REMARK_AT_MOST],
    }


def _as_stored(value: Any) -> Any:
    """Lists for tuples: what JSON gives back, so that a text compares equal to itself."""
    if isinstance(value, list | tuple):
        return [_as_stored(one) for one in value]
    if isinstance(value, dict):
        return {key: _as_stored(one) for key, one in value.items()}
    return value


def _enter_parties(
    paper: Paper,
    recipients: Iterable[Department],
    copies_to: Iterable[Department],
    cosigners: Iterable[Department],
) -> None:
    main = _once(recipients)
    copied = [one for one in _once(copies_to) if one not in main]
    given = {PartyRole.RECIPIENT: main, PartyRole.COPY: copied, PartyRole.COSIGNER: _once(cosigners)}
    if any(one.district.simulated != paper.simulated for named in given.values() for one in named):
        raise MixedWorlds
    PaperParty.objects.bulk_create(
        PaperParty(paper=paper, department=one, role=role, place=place)
        for role, named in given.items()
        for place, one in enumerate(named)
    )


def _once(departments: Iterable[Department]) -> list[Department]:
    return list(dict.fromkeys(departments))
