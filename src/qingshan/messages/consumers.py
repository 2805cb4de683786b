"""What the news of lower rooms becomes for people. Wired in ``portal/wiring.py``.

Each makes its batch from the event itself, so that an event delivered twice tells nobody twice.
"""

from __future__ import annotations

import uuid
from datetime import datetime

from qingshan.accounts.public import User
from qingshan.jobs.public import JobEnded, JobState
from qingshan.kernel.spans import beijing_day
from qingshan.messages.actions import notify
from qingshan.workflow.public import DeadlineNear, DeadlinePassed, DeskHandedOver, holders

_ENDINGS = {
    JobState.DONE: "jobs.done",
    JobState.FAILED: "jobs.failed",
    JobState.CANCELLED: "jobs.cancelled",
}
_NAMESPACE = uuid.UUID("5e0bd0b4-3a0e-4a52-8f0e-1f6b1a6f2a10")


def tell_job_ended(event: JobEnded, *, at: datetime) -> None:
    """Tell a person how their job ended."""
    notify(
        _ENDINGS[event.state],
        User.objects.filter(pk=event.by_id),
        {"title": event.title, "error": event.error},
        at=at,
        address=event.address or f"/jobs/{event.job_id}/",
        batch=_batch("job", event.job_id, event.at.isoformat()),
    )


def tell_deadline_near(event: DeadlineNear, *, at: datetime) -> None:
    """Tell whoever has the duty that its deadline is near."""
    notify(
        "workflow.deadline_near",
        [held.user for held in holders(event.about, beijing_day(at))],
        {"name": event.name, "due_on": event.due_on, "left": event.working_days_left},
        at=at,
        about=event.about,
        batch=_batch("near", event.about, event.name, event.due_on),
    )


def tell_deadline_passed(event: DeadlinePassed, *, at: datetime) -> None:
    """Tell whoever has the duty that its deadline has passed."""
    notify(
        "workflow.deadline_passed",
        [held.user for held in holders(event.about, beijing_day(at))],
        {"name": event.name, "due_on": event.due_on},
        at=at,
        about=event.about,
        batch=_batch("passed", event.about, event.name, event.due_on),
    )


def tell_desk_handed_over(event: DeskHandedOver, *, at: datetime) -> None:
    """Tell the receiver of a hand-over, who signs for it."""
    giver = User.objects.get(pk=event.from_user_id)
    notify(
        "workflow.desk_handed_over",
        User.objects.filter(pk=event.to_user_id),
        {"giver": giver, "count": event.count, "on": event.on},
        at=at,
        address="/assignments/",
        batch=_batch("desk", event.hand_over_id),
    )


def _batch(*parts: object) -> uuid.UUID:
    return uuid.uuid5(_NAMESPACE, "/".join(str(part) for part in parts))
