"""Every write of this room, by noun."""

from qingshan.dispatch.actions.closing import close_round, reopen_round
from qingshan.dispatch.actions.findings import confirm_false, dismiss_false, find_false
from qingshan.dispatch.actions.pressing import press_due, press_part
from qingshan.dispatch.actions.reviewing import accept_row, accept_undoubted, send_back_row
from qingshan.dispatch.actions.rounds import cancel_round, extend_round, open_due, open_round, set_rhythm
from qingshan.dispatch.actions.rows import save_row, submit_part

__all__ = [
    "accept_row",
    "accept_undoubted",
    "cancel_round",
    "close_round",
    "confirm_false",
    "dismiss_false",
    "extend_round",
    "find_false",
    "open_due",
    "open_round",
    "press_due",
    "press_part",
    "reopen_round",
    "save_row",
    "send_back_row",
    "set_rhythm",
    "submit_part",
]
