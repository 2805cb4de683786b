"""The public side of plans.

Callers may hand this room's consumers the news they are wired to, and ask whose rights its attachments
follow. They may prepare, approve, send in and answer by the same actions as people: what the public reads is
decided by two of them, and no other room publishes.
"""

from qingshan.disclosure.actions import (
    approve_answer,
    assign_feedback,
    draft_answer,
    forget_attempts,
    make_task,
    prepare_edition,
    publish_edition,
    receive_feedback,
    send_back_edition,
    set_up_page,
    submit_edition,
)
from qingshan.disclosure.acts import ACTS
from qingshan.disclosure.choice import Choice
from qingshan.disclosure.consumers import (
    follow_task,
    make_task_of_feedback,
    tell_edition_moved,
    tell_feedback_moved,
)
from qingshan.disclosure.events import EditionMoved, FeedbackMoved, FeedbackReceived
from qingshan.disclosure.models import Edition, Feedback, PublicPage
from qingshan.disclosure.names import names_of
from qingshan.disclosure.policies import FAMILIES, may_change_ref, may_see_ref
from qingshan.disclosure.states import EditionState, FeedbackState
from qingshan.disclosure.waiting import waiting

__all__ = [
    "ACTS",
    "FAMILIES",
    "Choice",
    "Edition",
    "EditionMoved",
    "EditionState",
    "Feedback",
    "FeedbackMoved",
    "FeedbackReceived",
    "FeedbackState",
    "PublicPage",
    "approve_answer",
    "assign_feedback",
    "draft_answer",
    "follow_task",
    "forget_attempts",
    "make_task",
    "make_task_of_feedback",
    "may_change_ref",
    "may_see_ref",
    "names_of",
    "prepare_edition",
    "publish_edition",
    "receive_feedback",
    "send_back_edition",
    "set_up_page",
    "submit_edition",
    "tell_edition_moved",
    "tell_feedback_moved",
    "waiting",
]
