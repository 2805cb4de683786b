"""Every write of this room, by noun."""

from qingshan.disclosure.actions.answering import (
    approve_answer,
    draft_answer,
    reopen_answer,
    send_back_answer,
)
from qingshan.disclosure.actions.editions import (
    discard_edition,
    prepare_edition,
    publish_edition,
    send_back_edition,
    submit_edition,
    withdraw_edition,
)
from qingshan.disclosure.actions.pages import close_page, open_page, set_up_page
from qingshan.disclosure.actions.receiving import count_attempt, forget_attempts, receive_feedback
from qingshan.disclosure.actions.sorting import (
    assign_feedback,
    dismiss_feedback,
    follow_task,
    make_task,
    merge_feedback,
    read_contact,
    restore_feedback,
)

__all__ = [
    "approve_answer",
    "assign_feedback",
    "close_page",
    "count_attempt",
    "discard_edition",
    "dismiss_feedback",
    "draft_answer",
    "follow_task",
    "forget_attempts",
    "make_task",
    "merge_feedback",
    "open_page",
    "prepare_edition",
    "publish_edition",
    "read_contact",
    "receive_feedback",
    "reopen_answer",
    "restore_feedback",
    "send_back_answer",
    "send_back_edition",
    "set_up_page",
    "submit_edition",
    "withdraw_edition",
]
