"""Official papers.

Callers may draft a paper about a record of theirs (`draft_paper`: blocks, and figures with their sources)
and read those somebody sees. They may take every later step by the same actions as people, each of which
asks for the right and keeps two persons apart; they do not print, nor change what was issued. A family of
figures is looked up again while a paper is a draft through `register_figures`, and a room whose figures
drafters may pick gives a `Shelf`; both are filled in ``portal/wiring.py``.
"""

from qingshan.papers.actions import (
    answer_opinion,
    archive_paper,
    check_paper,
    draft_paper,
    issue_paper,
    receive_paper,
    register_organ,
    send_back_paper,
    set_parties,
    submit_paper,
)
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
from qingshan.papers.names import names_of
from qingshan.papers.picking import Offer, Offers, Place, Shelf, Sought, register_shelf
from qingshan.papers.policies import FAMILIES, may_change_ref, may_draft, may_see_ref
from qingshan.papers.queries import NoSuchPaper, paper_for, papers_about, papers_for
from qingshan.papers.shapes import Block, Heading, Paragraph, PrintedFigure, Table, mark
from qingshan.papers.states import PaperState
from qingshan.papers.subjects import instructions_of, papers_of
from qingshan.papers.vocabulary import PaperKind, PartyRole
from qingshan.papers.waiting import waiting

__all__ = [
    "ACTS",
    "FAMILIES",
    "Block",
    "FollowUp",
    "Heading",
    "Issue",
    "NoSuchPaper",
    "Offer",
    "Offers",
    "Origin",
    "Paper",
    "PaperIssued",
    "PaperKind",
    "PaperMoved",
    "PaperReceived",
    "PaperRefusal",
    "PaperState",
    "Paragraph",
    "PartyRole",
    "Place",
    "PrintedFigure",
    "Shelf",
    "Sought",
    "Table",
    "answer_opinion",
    "archive_paper",
    "check_paper",
    "draft_paper",
    "instructions_of",
    "issue_paper",
    "mark",
    "may_change_ref",
    "may_draft",
    "may_see_ref",
    "names_of",
    "paper_for",
    "papers_about",
    "papers_for",
    "papers_of",
    "receive_paper",
    "register_figures",
    "register_follow_up",
    "register_organ",
    "register_shelf",
    "send_back_paper",
    "set_parties",
    "submit_paper",
    "tell_paper_issued",
    "tell_paper_moved",
    "tell_paper_received",
    "tell_receipt_late",
    "tell_receipt_near",
    "waiting",
]
