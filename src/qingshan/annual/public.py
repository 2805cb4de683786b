"""The annual plan.

Callers may read published annual plans: which there is, what it holds, what a department has in it. They
may not write rows, nor make the tasks of a row themselves: publishing does, once for ever.
"""

from qingshan.annual.actions import (
    accept_rows,
    add_row,
    answer_request,
    ask_change,
    close_annual,
    consult,
    draft_annual,
    make_task,
    publish,
    redraft,
    revise_row,
    send_back,
    submit_annual,
    take_back,
    withdraw,
)
from qingshan.annual.acts import ACTS
from qingshan.annual.consumers import tell_annual_moved, tell_row_answered, tell_row_asked
from qingshan.annual.errors import AnnualRefusal
from qingshan.annual.events import AnnualMoved, RowAnswered, RowAsked
from qingshan.annual.links import links_of_task
from qingshan.annual.models import AnnualPlan, AnnualRow, AnnualRowVersion, RowRequest
from qingshan.annual.names import names_of
from qingshan.annual.queries import Item, annual_plan_of, items_of, shares
from qingshan.annual.states import AnnualState, RequestState
from qingshan.annual.vocabulary import Basis, RowKind
from qingshan.annual.waiting import waiting

__all__ = [
    "ACTS",
    "AnnualMoved",
    "AnnualPlan",
    "AnnualRefusal",
    "AnnualRow",
    "AnnualRowVersion",
    "AnnualState",
    "Basis",
    "Item",
    "RequestState",
    "RowAnswered",
    "RowAsked",
    "RowKind",
    "RowRequest",
    "accept_rows",
    "add_row",
    "annual_plan_of",
    "answer_request",
    "ask_change",
    "close_annual",
    "consult",
    "draft_annual",
    "items_of",
    "links_of_task",
    "make_task",
    "names_of",
    "publish",
    "redraft",
    "revise_row",
    "send_back",
    "shares",
    "submit_annual",
    "take_back",
    "tell_annual_moved",
    "tell_row_answered",
    "tell_row_asked",
    "waiting",
    "withdraw",
]
