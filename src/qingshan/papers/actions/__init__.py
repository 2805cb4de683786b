"""Every write of this room, by noun."""

from qingshan.papers.actions.drafting import draft_paper, save_text, set_parties, update_figures
from qingshan.papers.actions.issuing import archive_paper, issue_paper
from qingshan.papers.actions.moves import check_paper, send_back_paper, submit_paper, withdraw_paper
from qingshan.papers.actions.opinions import answer_opinion
from qingshan.papers.actions.organs import register_organ
from qingshan.papers.actions.receiving import instruct, receive_paper

__all__ = [
    "answer_opinion",
    "archive_paper",
    "check_paper",
    "draft_paper",
    "instruct",
    "issue_paper",
    "receive_paper",
    "register_organ",
    "save_text",
    "send_back_paper",
    "set_parties",
    "submit_paper",
    "update_figures",
    "withdraw_paper",
]
