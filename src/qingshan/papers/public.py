"""Official papers.

Callers may draft a paper about a record of theirs (`draft_paper`: blocks, and figures with their sources)
and read those somebody sees. Everything after the draft, up to the printed files, is this room's: callers
do not check, issue or print. A family of figures is looked up again while a paper is a draft through
`register_figures`, filled in ``portal/wiring.py``.
"""

from qingshan.papers.actions import draft_paper
from qingshan.papers.acts import ACTS
from qingshan.papers.consumers import (
    tell_paper_issued,
    tell_paper_moved,
    tell_paper_received,
    tell_receipt_late,
    tell_receipt_near,
)
from qingshan.papers.errors import PaperRefusal
from qingshan.papers.events import PaperIssued, PaperMoved, PaperReceived
from qingshan.papers.ledger import register_figures
from qingshan.papers.links import FollowUp, Origin, register_follow_up
from qingshan.papers.models import Issue, Paper
from qingshan.papers.policies import FAMILIES, may_change_ref, may_draft, may_see_ref
from qingshan.papers.queries import NoSuchPaper, paper_for, papers_about, papers_for
from qingshan.papers.shapes import Block, Heading, Paragraph, PrintedFigure, Table, mark
from qingshan.papers.states import PaperState
from qingshan.papers.subjects import instructions_of, papers_of
from qingshan.papers.vocabulary import PaperKind
from qingshan.papers.waiting import waiting

__all__ = [
    "ACTS",
    "FAMILIES",
    "Block",
    "FollowUp",
    "Heading",
    "Issue",
    "NoSuchPaper",
    "Origin",
    "Paper",
    "PaperIssued",
    "PaperKind",
    "PaperMoved",
    "PaperReceived",
    "PaperRefusal",
    "PaperState",
    "Paragraph",
    "PrintedFigure",
    "Table",
    "draft_paper",
    "instructions_of",
    "mark",
    "may_change_ref",
    "may_draft",
    "may_see_ref",
    "paper_for",
    "papers_about",
    "papers_for",
    "papers_of",
    "register_figures",
    "register_follow_up",
    "tell_paper_issued",
    "tell_paper_moved",
    "tell_paper_received",
    "tell_receipt_late",
    "tell_receipt_near",
    "waiting",
]
