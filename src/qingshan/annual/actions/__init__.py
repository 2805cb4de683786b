"""Every write of this room, by noun."""

from qingshan.annual.actions.drafting import add_row, draft_annual, revise_row
from qingshan.annual.actions.moves import (
    close_annual,
    consult,
    publish,
    redraft,
    send_back,
    submit_annual,
    withdraw,
)
from qingshan.annual.actions.negotiation import accept_rows, answer_request, ask_change, take_back
from qingshan.annual.actions.publishing import make_task, make_tasks, waiting_rows

__all__ = [
    "accept_rows",
    "add_row",
    "answer_request",
    "ask_change",
    "close_annual",
    "consult",
    "draft_annual",
    "make_task",
    "make_tasks",
    "publish",
    "redraft",
    "revise_row",
    "send_back",
    "submit_annual",
    "take_back",
    "waiting_rows",
    "withdraw",
]
