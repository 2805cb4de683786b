"""Every write of the review, one function each."""

from qingshan.intake.actions.decide import (
    Part,
    accept,
    accept_above,
    add,
    edit,
    merge,
    reject,
    reopen,
    split,
    undo,
)
from qingshan.intake.actions.enter import Entered, enter
from qingshan.intake.actions.head import edit_head, reopen_review, withdraw
from qingshan.intake.actions.settle import reopen_conflict, settle
from qingshan.intake.actions.start import finish_reading, start

__all__ = [
    "Entered",
    "Part",
    "accept",
    "accept_above",
    "add",
    "edit",
    "edit_head",
    "enter",
    "finish_reading",
    "merge",
    "reject",
    "reopen",
    "reopen_conflict",
    "reopen_review",
    "settle",
    "split",
    "start",
    "undo",
    "withdraw",
]
