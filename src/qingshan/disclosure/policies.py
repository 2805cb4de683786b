"""May this person do this to that page, edition or piece of feedback?

A page belongs to the district of its plan. Feedback is seen by who sorts or checks it in the district, and
by who sees its task; who sent it only by who holds ``feedback.identity``.
"""

from __future__ import annotations

from typing import Any

from qingshan.accounts.public import Forbidden, can, record_named, requiring
from qingshan.disclosure.models import Feedback, PublicPage
from qingshan.kernel.refs import Ref
from qingshan.tasks.public import people_who_work, tasks_for

__all__ = [
    "CAPABILITIES",
    "FAMILIES",
    "Forbidden",
    "may",
    "may_answer",
    "may_change_ref",
    "may_see_feedback",
    "may_see_ref",
    "require",
    "require_answer",
]

#: Verb of this room -> capability of ``accounts/capabilities.yaml``.
CAPABILITIES = {
    "prepare": "plans.edit",
    "approve": "plans.approve",
    "triage": "tasks.assign",
    "check": "tasks.review",
    "contact": "feedback.identity",
}

#: Whose attachments follow this room's rights.
FAMILIES = ("disclosure.feedback",)


def may(user: Any, verb: str, page: PublicPage) -> bool:
    """Return whether somebody may do something to a page or to what was sent to it."""
    return can(user, CAPABILITIES[verb], district_id=page.plan.district_id)


#: Refuse with `Forbidden` unless somebody may; None is the system itself.
require = requiring(may, CAPABILITIES)


def may_see_feedback(user: Any, feedback: Feedback) -> bool:
    """Return whether somebody sees a piece of feedback, without who sent it."""
    if may(user, "triage", feedback.page) or may(user, "check", feedback.page):
        return True
    return feedback.task_id is not None and tasks_for(user=user).filter(subject=feedback.task_id).exists()


def may_answer(user: Any, feedback: Feedback) -> bool:
    """Return whether somebody may write the answer: who works on its task, or who sorts feedback."""
    if may(user, "triage", feedback.page):
        return True
    return feedback.task is not None and any(one.pk == user.pk for one in people_who_work(feedback.task))


def require_answer(user: Any, feedback: Feedback) -> None:
    """Refuse unless somebody may write the answer.

    Raises
    ------
    Forbidden
    """
    if user is not None and not may_answer(user, feedback):
        raise Forbidden("tasks.report", feedback.number)


def may_see_ref(user: Any, ref: Ref) -> bool:
    """Return whether somebody sees the photos of a piece of feedback."""
    feedback = _feedback(ref)
    return feedback is not None and may_see_feedback(user, feedback)


def may_change_ref(user: Any, ref: Ref) -> bool:
    """Return whether somebody may withdraw a photo: who sorts feedback."""
    feedback = _feedback(ref)
    return feedback is not None and may(user, "triage", feedback.page)


def _feedback(ref: Ref) -> Feedback | None:
    rows = Feedback.objects.select_related("page__plan", "task")
    found: Feedback | None = record_named(ref, {"feedback": rows})
    return found
