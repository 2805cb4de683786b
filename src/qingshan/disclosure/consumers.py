"""What this room's news, and that of tasks, leads to. Wired in ``portal/wiring.py``.

Each may run twice: a task is made once, a step already taken is not taken again, and a batch made from the
event tells nobody twice.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from django.urls import reverse

from qingshan.accounts.public import User, users_who_can
from qingshan.disclosure import actions
from qingshan.disclosure.events import EditionMoved, FeedbackMoved, FeedbackReceived
from qingshan.disclosure.models import Edition, Feedback, PublicPage
from qingshan.disclosure.policies import CAPABILITIES
from qingshan.disclosure.states import EDITION_FLOW, FEEDBACK_FLOW, FeedbackState
from qingshan.kernel.refs import Ref
from qingshan.messages.public import name_of_actor, notify
from qingshan.tasks.public import TaskMoved, people_who_work

__all__ = ["follow_task", "make_task_of_feedback", "tell_edition_moved", "tell_feedback_moved"]

_NAMESPACE = uuid.UUID("b0b4b1c8-9d0b-4a3e-8b5c-6f2f6f0e7d11")


def make_task_of_feedback(event: FeedbackReceived, *, at: datetime) -> None:
    """Draw up the task of what the public sent in, and tell who gives tasks out."""
    feedback = Feedback.objects.select_related("page__plan").get(pk=event.feedback_id)
    if feedback.phase is FeedbackState.RECEIVED:
        actions.make_task(feedback=feedback, at=at)
    _tell_of_feedback(
        "disclosure.feedback_received", feedback, _who_may("triage", feedback.page), {}, None, at, "received"
    )


def follow_task(event: TaskMoved, *, at: datetime) -> None:
    """Let feedback follow the task that came of it."""
    actions.follow_task(task_id=event.task_id, move=event.move, at=at)


def _workers(feedback: Feedback) -> Iterable[User]:
    return people_who_work(feedback.task) if feedback.task else ()


def _writer(feedback: Feedback) -> Iterable[User]:
    return [feedback.drafted_by] if feedback.drafted_by else []


#: Move -> whom it concerns. Taking up and dismissing is news to nobody but the list.
_CONCERNED: Mapping[str, Callable[[Feedback], Iterable[User]]] = {
    "finish": _workers,
    "return": lambda feedback: _who_may("triage", feedback.page),
    "draft": lambda feedback: _who_may("check", feedback.page),
    "send_back": _writer,
    "reopen": _writer,
    "answer": _workers,
}


def tell_feedback_moved(event: FeedbackMoved, *, at: datetime) -> None:
    """Tell those whom a step of a piece of feedback concerns, but not who took it."""
    concerned = _CONCERNED.get(event.move)
    if concerned is None:
        return
    feedback = Feedback.objects.select_related("page__plan", "task", "drafted_by").get(pk=event.feedback_id)
    words = {"step": str(FEEDBACK_FLOW.label(event.move)), "note": event.note or "—"}
    stamp = f"{event.move}/{event.at.isoformat()}"
    _tell_of_feedback(
        "disclosure.feedback_moved", feedback, concerned(feedback), words, event.by_id, at, stamp
    )


def tell_edition_moved(event: EditionMoved, *, at: datetime) -> None:
    """Tell leaders that an edition waits for them, and its preparer what was decided."""
    edition = Edition.objects.select_related("page__plan", "prepared_by").get(pk=event.edition_id)
    if event.move == "submit":
        people: Iterable[User] = _who_may("approve", edition.page)
    elif event.move in ("send_back", "publish", "withdraw"):
        people = [edition.prepared_by] if edition.prepared_by else []
    else:
        return
    words = {
        "step": str(EDITION_FLOW.label(event.move)), "plan": edition.page.plan.code,
        "as_of": edition.as_of.isoformat(), "note": event.note or "—", "who": name_of_actor(event.by_id),
    }  # fmt: skip
    address = reverse("disclosure:preview", args=[edition.pk])
    stamp = f"edition/{edition.pk}/{event.move}/{event.at.isoformat()}"
    _tell("disclosure.edition_moved", people, words, edition.ref, address, event.by_id, at, stamp)


def _who_may(verb: str, page: PublicPage) -> Iterable[User]:
    return users_who_can(CAPABILITIES[verb], district_id=page.plan.district_id)


def _tell_of_feedback(
    template: str,
    feedback: Feedback,
    people: Iterable[User],
    words: Mapping[str, str],
    by_id: int | None,
    at: datetime,
    stamp: str,
) -> None:
    told = {"number": feedback.number, "concerns": feedback.concerns or feedback.page.plan.code, **words}
    address = reverse("disclosure:feedback", args=[feedback.number])
    _tell(template, people, told, feedback.ref, address, by_id, at, f"feedback/{feedback.pk}/{stamp}")


def _tell(
    template: str,
    people: Iterable[User],
    words: Mapping[str, str],
    about: Ref,
    address: str,
    by_id: int | None,
    at: datetime,
    stamp: str,
) -> None:
    others = [user for user in people if user.pk != by_id]
    notify(template, others, words, at=at, about=about, address=address, batch=uuid.uuid5(_NAMESPACE, stamp))
