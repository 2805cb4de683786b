"""Notices to people.

Callers may `notify` people by a template of theirs (a ``notices.yaml`` in their folder), and ask who
has signed. They may not write notices themselves: quiet hours, languages and receipts hang on it.
"""

from qingshan.messages.actions import NotYours, mark_read, notify, sign_receipt
from qingshan.messages.consumers import (
    tell_deadline_near,
    tell_deadline_passed,
    tell_desk_handed_over,
    tell_job_ended,
)
from qingshan.messages.models import Notice
from qingshan.messages.queries import (
    Batch,
    inbox,
    name_of_actor,
    receipts,
    receipts_about,
    sent_by,
    unread_count,
)
from qingshan.messages.states import NOTICE_FLOW, NoticeState
from qingshan.messages.wording import BadWording, UnknownTemplate

__all__ = [
    "NOTICE_FLOW",
    "BadWording",
    "Batch",
    "NotYours",
    "Notice",
    "NoticeState",
    "UnknownTemplate",
    "inbox",
    "mark_read",
    "name_of_actor",
    "notify",
    "receipts",
    "receipts_about",
    "sent_by",
    "sign_receipt",
    "tell_deadline_near",
    "tell_deadline_passed",
    "tell_desk_handed_over",
    "tell_job_ended",
    "unread_count",
]
