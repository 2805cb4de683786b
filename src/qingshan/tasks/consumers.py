"""What this room's news becomes for people. Wired in ``portal/wiring.py``.

Each makes its batch from the event itself, so that an event delivered twice tells nobody twice.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from django.urls import reverse

from qingshan.accounts.public import User, users_who_can
from qingshan.kernel.refs import Ref
from qingshan.kernel.spans import beijing_day
from qingshan.messages.public import name_of_actor, notify
from qingshan.tasks.events import SupervisionAnswered, TaskMoved, TaskSupervised
from qingshan.tasks.models import Supervision, Task
from qingshan.tasks.policies import CAPABILITIES
from qingshan.tasks.queries import current_terms, people_who_work
from qingshan.tasks.states import TASK_FLOW
from qingshan.tasks.vocabulary import SupervisionKind
from qingshan.workflow.public import DeadlineNear, DeadlinePassed, holders

__all__ = [
    "tell_supervision_answered",
    "tell_task_late",
    "tell_task_moved",
    "tell_task_near",
    "tell_task_supervised",
]

_NAMESPACE = uuid.UUID("1d0f6c0e-6a5b-4d38-8f0e-1f1b64a1c7a9")


def _who_may(verb: str) -> Callable[[Task], Iterable[User]]:
    return lambda task: users_who_can(CAPABILITIES[verb], district_id=task.district_id)


def _who_asked(task: Task) -> Iterable[User]:
    newest = task.change_requests.select_related("asked_by").first()
    return [newest.asked_by] if newest else []


def _who_submitted(task: Task) -> Iterable[User]:
    return [task.submitted_by] if task.submitted_by else []


#: Move -> whom it concerns. Taking a task on is news to nobody but the list.
_CONCERNED: Mapping[str, Callable[[Task], Iterable[User]]] = {
    "assign": people_who_work,
    "ask_change": _who_may("assign"),
    "answer_change": _who_asked,
    "submit": _who_may("review"),
    "send_back": _who_submitted,
    "close": people_who_work,
    "reopen": people_who_work,
    "cancel": people_who_work,
}


def tell_task_moved(event: TaskMoved, *, at: datetime) -> None:
    """Tell those whom a step of a task concerns, but not who took it."""
    concerned = _CONCERNED.get(event.move)
    if concerned is None:
        return
    task = Task.objects.select_related("submitted_by").get(pk=event.task_id)
    words = {
        "step": str(TASK_FLOW.label(event.move)),
        "note": event.note or "—",
        "who": name_of_actor(event.by_id),
    }
    _tell(
        "tasks.moved",
        task,
        concerned(task),
        words,
        event.by_id,
        at,
        f"moved/{event.move}/{event.at.isoformat()}",
    )


def tell_task_supervised(event: TaskSupervised, *, at: datetime) -> None:
    """Tell who works on a task that it is urged, supervised or listed; a slip is signed for."""
    made = Supervision.objects.select_related("task").get(pk=event.supervision_id)
    words = {
        "kind": str(SupervisionKind(made.kind).label),
        "note": made.note,
        "due_on": made.due_on.isoformat() if made.due_on else "—",
        "who": name_of_actor(event.by_id),
    }
    template = "tasks.urged" if made.kind == SupervisionKind.URGE else "tasks.supervised"
    _tell(template, made.task, people_who_work(made.task), words, event.by_id, at, f"supervised/{made.pk}")


def tell_supervision_answered(event: SupervisionAnswered, *, at: datetime) -> None:
    """Tell who supervises that a slip was answered."""
    made = Supervision.objects.select_related("task", "by").get(pk=event.supervision_id)
    words = {"answer": made.answer, "who": name_of_actor(event.by_id)}
    stamp = f"answered/{made.pk}/{event.at.isoformat()}"
    _tell(
        "tasks.supervision_answered", made.task, [made.by] if made.by else [], words, event.by_id, at, stamp
    )


def tell_task_near(event: DeadlineNear, *, at: datetime) -> None:
    """Tell the department that a task is due soon, where nobody was named to handle it.

    Who was named is told by the room of messages, as for every deadline.
    """
    task = _task_of(event.about)
    if task is None or holders(task.ref, beijing_day(at)):
        return
    words = {"due_on": event.due_on.isoformat(), "left": str(event.working_days_left)}
    _tell("tasks.near", task, people_who_work(task), words, None, at, f"near/{event.due_on}")


def tell_task_late(event: DeadlinePassed, *, at: datetime) -> None:
    """Tell the department and, one step up, who supervises that a task is late (逾期上报)."""
    task = _task_of(event.about)
    if task is None:
        return
    people = [*people_who_work(task), *_who_may("supervise")(task)]
    _tell("tasks.late", task, people, {"due_on": event.due_on.isoformat()}, None, at, f"late/{event.due_on}")


def _task_of(about: Ref) -> Task | None:
    return Task.objects.filter(pk=about.key).first() if about.family == "tasks.task" else None


def _tell(
    template: str,
    task: Task,
    people: Iterable[User],
    words: Mapping[str, str],
    by_id: int | None,
    at: datetime,
    stamp: str,
) -> None:
    notify(
        template,
        [user for user in people if user.pk != by_id],
        {"task": current_terms(task).title, "code": task.code, **words},
        at=at,
        about=task.ref,
        address=reverse("tasks:task", args=[task.code]),
        batch=uuid.uuid5(_NAMESPACE, f"{task.pk}/{stamp}"),
    )
