"""What is printed, whichever way: gathered once, so that DOCX and PDF say the same."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from qingshan.areas.public import department_names
from qingshan.papers.models import Issue, Organ, Paper
from qingshan.papers.queries import newest_text
from qingshan.papers.shapes import MARK, Block, PrintedFigure
from qingshan.papers.states import FROZEN
from qingshan.papers.vocabulary import PartyRole

__all__ = ["Sheet", "printed_text", "sheet_of"]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything that stands on the pages of a paper.

    ``number`` is empty and ``written_on`` None while it is a draft. ``warning`` stands on top of every page:
    that it is a draft, that it is simulated; empty for a real paper that went out.
    """

    sign: str
    number: str
    title: str
    recipients: str
    blocks: tuple[Block, ...]
    figures: dict[str, PrintedFigure]
    organ: str
    written_on: date | None
    remark: str
    copies: str
    warning: str


def sheet_of(paper: Paper, on: date) -> Sheet:
    """Return what a paper prints: what was frozen once it is issued, its newest text before.

    Parameters
    ----------
    on : date
        The day whose names of departments a draft prints.
    """
    return _issued(paper.issue) if paper.phase in FROZEN else _draft(paper, on)


def _issued(issue: Issue) -> Sheet:
    return Sheet(
        sign=issue.sign,
        number=issue.printed_number,
        title=issue.title,
        recipients=_listed(issue.recipients),
        blocks=issue.blocks,
        figures={one.key: one for one in issue.printed_figures},
        organ=issue.organ,
        written_on=issue.issued_on,
        remark=issue.remark,
        copies=_listed(issue.copies),
        warning=_("模拟数据，不是正式公文") if issue.simulated else "",
    )


def _draft(paper: Paper, on: date) -> Sheet:
    text = newest_text(paper)
    organ = Organ.objects.filter(district=paper.district_id, department=paper.department_id).first()
    name = organ.name if organ else str(paper.department or paper.district)
    warnings = [_("第 %d 稿，未印发") % text.number, *([_("模拟数据")] if paper.simulated else [])]
    return Sheet(
        sign=organ.sign if organ else name,
        number="",
        title=text.title,
        recipients=_named(paper, PartyRole.RECIPIENT, on),
        blocks=text.blocks,
        figures={one.key: one for one in text.printed_figures},
        organ=name,
        written_on=None,
        remark=text.remark,
        copies=_named(paper, PartyRole.COPY, on),
        warning="，".join(warnings),
    )


def _named(paper: Paper, role: PartyRole, on: date) -> str:
    held = list(paper.parties.filter(role=role).values_list("department_id", flat=True))
    names = department_names(held, on)
    return _listed([names[pk] for pk in held])


def _listed(names: list[str]) -> str:
    return "，".join(names)


def printed_text(text: str, figures: dict[str, PrintedFigure]) -> str:
    """Return a text with its figures in the place of their marks."""
    return MARK.sub(lambda found: figures[found[1]].printed, text)
