"""Every write of this room, one function each. All are keyword-only, ask `policies`, and are audited."""

from qingshan.succession.actions.carrying import carry, undo
from qingshan.succession.actions.choosing import add_lesson, choose, drop_lesson, take_lessons
from qingshan.succession.actions.definitions import enter_change, withdraw_change
from qingshan.succession.actions.opening import (
    open_next,
    propose,
    revise_opening,
    send_back,
    suggested_code,
    withdraw,
)

__all__ = [
    "add_lesson",
    "carry",
    "choose",
    "drop_lesson",
    "enter_change",
    "open_next",
    "propose",
    "revise_opening",
    "send_back",
    "suggested_code",
    "take_lessons",
    "undo",
    "withdraw",
    "withdraw_change",
]
