"""The public side of plans.

Callers may hand this room's consumers the news they are wired to, and ask whose rights its attachments
follow. What the public reads is decided here by two people; no other room publishes.
"""

from qingshan.disclosure.acts import ACTS
from qingshan.disclosure.consumers import (
    follow_task,
    make_task_of_feedback,
    tell_edition_moved,
    tell_feedback_moved,
)
from qingshan.disclosure.events import EditionMoved, FeedbackMoved, FeedbackReceived
from qingshan.disclosure.policies import FAMILIES, may_change_ref, may_see_ref
from qingshan.disclosure.waiting import waiting

__all__ = [
    "ACTS",
    "FAMILIES",
    "EditionMoved",
    "FeedbackMoved",
    "FeedbackReceived",
    "follow_task",
    "make_task_of_feedback",
    "may_change_ref",
    "may_see_ref",
    "tell_edition_moved",
    "tell_feedback_moved",
    "waiting",
]
