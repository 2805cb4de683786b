"""Rounds of dispatch.

Callers may open and close rounds, report, review and press through these actions, which ask for the rights
and keep two persons apart; and ask how departments conducted themselves. They may not write rows or ledger
reports themselves, nor read a closed round otherwise than as it was frozen.
"""

from qingshan.dispatch.actions import (
    accept_row,
    accept_undoubted,
    cancel_round,
    close_round,
    confirm_false,
    dismiss_false,
    extend_round,
    find_false,
    open_due,
    open_round,
    press_due,
    press_part,
    reopen_round,
    save_row,
    send_back_row,
    set_rhythm,
    submit_part,
)
from qingshan.dispatch.actions.rows import Facts
from qingshan.dispatch.acts import ACTS
from qingshan.dispatch.consumers import (
    tell_false_report_found,
    tell_part_pressed,
    tell_part_reported,
    tell_round_closed,
    tell_round_opened,
    tell_round_reopened,
    tell_row_sent_back,
)
from qingshan.dispatch.errors import DispatchRefusal
from qingshan.dispatch.events import (
    FalseReportFound,
    PartPressed,
    PartReported,
    RoundClosed,
    RoundOpened,
    RoundReopened,
    RowAccepted,
    RowSentBack,
)
from qingshan.dispatch.figures import DepartmentFigures, RoundFigures
from qingshan.dispatch.models import Closing, FalseReport, Part, Round, Row
from qingshan.dispatch.names import names_of
from qingshan.dispatch.papers import figure_now
from qingshan.dispatch.policies import FAMILIES, may_change_ref, may_open_closing, may_see_ref
from qingshan.dispatch.queries import (
    Conduct,
    Evidence,
    conduct_of,
    figures_of,
    origin_of_report,
    round_for,
    rounds_for,
    row_of_report,
    rows_for,
)
from qingshan.dispatch.states import FalseState, PartState, RoundState, RowState
from qingshan.dispatch.vocabulary import ConductKind, ItemKind, Period
from qingshan.dispatch.waiting import waiting

__all__ = [
    "ACTS",
    "FAMILIES",
    "Closing",
    "Conduct",
    "ConductKind",
    "DepartmentFigures",
    "DispatchRefusal",
    "Evidence",
    "Facts",
    "FalseReport",
    "FalseReportFound",
    "FalseState",
    "ItemKind",
    "Part",
    "PartPressed",
    "PartReported",
    "PartState",
    "Period",
    "Round",
    "RoundClosed",
    "RoundFigures",
    "RoundOpened",
    "RoundReopened",
    "RoundState",
    "Row",
    "RowAccepted",
    "RowSentBack",
    "RowState",
    "accept_row",
    "accept_undoubted",
    "cancel_round",
    "close_round",
    "conduct_of",
    "confirm_false",
    "dismiss_false",
    "extend_round",
    "figure_now",
    "figures_of",
    "find_false",
    "may_change_ref",
    "may_open_closing",
    "may_see_ref",
    "names_of",
    "open_due",
    "open_round",
    "origin_of_report",
    "press_due",
    "press_part",
    "reopen_round",
    "round_for",
    "rounds_for",
    "row_of_report",
    "rows_for",
    "save_row",
    "send_back_row",
    "set_rhythm",
    "submit_part",
    "tell_false_report_found",
    "tell_part_pressed",
    "tell_part_reported",
    "tell_round_closed",
    "tell_round_opened",
    "tell_round_reopened",
    "tell_row_sent_back",
    "waiting",
]
