"""What becomes of feedback inside: its task, taken up, merged, dismissed; and who may learn who sent it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from qingshan.areas.public import Department, departments_in
from qingshan.audit import public as audit
from qingshan.disclosure import policies
from qingshan.disclosure.actions.moving import moved
from qingshan.disclosure.errors import CannotMerge, MissingReason
from qingshan.disclosure.models import Feedback
from qingshan.disclosure.queries import leads_of
from qingshan.disclosure.sealing import opened
from qingshan.disclosure.states import FEEDBACK_FLOW, FeedbackState
from qingshan.kernel.spans import beijing_day
from qingshan.tasks import public as tasks

__all__ = [
    "assign_feedback",
    "dismiss_feedback",
    "follow_task",
    "make_task",
    "merge_feedback",
    "read_contact",
    "restore_feedback",
]

#: What a planner finds as the deadline of the drafted task, and may change before it is given out.
USUAL_TERM = timedelta(days=30)
_TITLE_LETTERS = 60
#: Another may be merged into what is being worked on or answered.
_TAKES_OTHERS = (
    FeedbackState.RECEIVED, FeedbackState.UNDER_WAY, FeedbackState.TO_ANSWER, FeedbackState.ANSWER_IN_REVIEW,
    FeedbackState.ANSWERED,
)  # fmt: skip
#: Move of a task -> what it means for the feedback it came from, and how the task must still stand.
_FOLLOWS = {
    "assign": ("assign", (tasks.TaskState.ASSIGNED, tasks.TaskState.UNDER_WAY)),
    "close": ("finish", (tasks.TaskState.CLOSED,)),
    "reopen": ("resume", (tasks.TaskState.UNDER_WAY,)),
    "cancel": ("return", (tasks.TaskState.CANCELLED,)),
}


@transaction.atomic
def make_task(*, feedback: Feedback, at: datetime) -> tasks.Task:
    """Draw up the task of a piece of feedback (生成任务); again, it is the same task.

    It is a draft, which the planners find and give out. It leads to the feedback, and says nothing of who
    sent it. The lead is who answers for the record it concerns, else the page's office.
    """
    locked = Feedback.objects.select_for_update().select_related("page__plan__district").get(pk=feedback.pk)
    task: tasks.Task | None = locked.task
    if task is None or task.phase is tasks.TaskState.CANCELLED:
        task = _drawn_up(locked, at)
        Feedback.objects.filter(pk=locked.pk).update(task=task)
    feedback.refresh_from_db()
    return task


def _drawn_up(feedback: Feedback, at: datetime) -> tasks.Task:
    day, page = beijing_day(at), feedback.page
    with translation.override("zh-hans"):  # a record, in the language of records
        words = [
            feedback.text,
            _("地点：%s") % feedback.place if feedback.place else "",
            _("涉及：%s") % feedback.concerns if feedback.concerns else "",
        ]
        title = _("公众反馈：%s") % " ".join(feedback.text.split())[:_TITLE_LETTERS]
        sender = _("公众")
    return tasks.create_task(
        district=page.plan.district, source=tasks.TaskSource.FEEDBACK, source_ref=feedback.ref,
        source_title=feedback.number, source_by=sender, source_on=beijing_day(feedback.received_at),
        lead=_lead(feedback, day), by=None, at=at,
        terms={
            "title": title, "content": "\n".join(filter(None, words)), "starts_on": day,
            "due_on": day + USUAL_TERM,
        },
    )  # fmt: skip


def _lead(feedback: Feedback, on: date) -> Department:
    page = feedback.page
    there = {one.pk: one for one in departments_in(page.plan.district_id, on)}
    leads = leads_of(page, feedback.part, feedback.code, on)
    return next((there[pk] for pk in leads if pk in there), page.office)


@transaction.atomic
def assign_feedback(
    *,
    feedback: Feedback,
    lead: Department,
    due_on: date,
    by: Any,
    at: datetime,
    joint: Iterable[Department] = (),
    note: str = "",
) -> Feedback:
    """Take feedback up and give its task to a department (受理并交办).

    Raises
    ------
    Forbidden, IllegalMove, Stale
    TaskRefusal
        What the room of tasks refuses: a deadline before the beginning, a department of the other world.
    """
    policies.require(by, "triage", feedback.page)
    FEEDBACK_FLOW.after(feedback.phase, "assign")
    task = make_task(feedback=feedback, at=at)
    if task.phase is tasks.TaskState.DRAFT:
        why = note or str(feedback.number)
        tasks.set_parties(task=task, lead=lead, joint=joint, by=by, at=at, reason=why)
        seen = tasks.task_detail(task=task, on=beijing_day(at)).terms.number
        tasks.revise_task(task=task, seen=seen, changes={"due_on": due_on}, by=by, at=at, reason=why)
        tasks.assign_task(task=task, by=by, at=at, note=note)
    return moved(feedback, "assign", by=by, at=at, note=note)


@transaction.atomic
def dismiss_feedback(*, feedback: Feedback, by: Any, at: datetime, note: str) -> Feedback:
    """Not take feedback up (不予受理); the sender reads why.

    Raises
    ------
    Forbidden, MissingReason, IllegalMove, Stale
    """
    policies.require(by, "triage", feedback.page)
    if not note.strip():
        raise MissingReason
    moved(feedback, "dismiss", by=by, at=at, note=note, dismissal=note)
    _drop_task(feedback, note, by=by, at=at)
    return feedback


@transaction.atomic
def merge_feedback(*, feedback: Feedback, into: Feedback, by: Any, at: datetime, note: str = "") -> Feedback:
    """Treat feedback as one with another (并入他件): the other's answer is read with this one's number too.

    Raises
    ------
    CannotMerge
        Into itself, into one merged or dismissed, or of another plan.
    Forbidden, IllegalMove, Stale
    """
    policies.require(by, "triage", feedback.page)
    if into.pk == feedback.pk or into.page_id != feedback.page_id or into.phase not in _TAKES_OTHERS:
        raise CannotMerge
    if feedback.merged.exists():  # a chain of merged ones would lead nowhere
        raise CannotMerge
    told = note or into.number
    moved(feedback, "merge", by=by, at=at, note=told, merged_into=into)
    _drop_task(feedback, told, by=by, at=at)
    return feedback


@transaction.atomic
def restore_feedback(*, feedback: Feedback, by: Any, at: datetime, note: str) -> Feedback:
    """Take up again what was merged or dismissed (恢复受理).

    Raises
    ------
    Forbidden, MissingReason, IllegalMove, Stale
    """
    policies.require(by, "triage", feedback.page)
    if not note.strip():
        raise MissingReason
    moved(feedback, "restore", by=by, at=at, note=note, dismissal="", merged_into=None)
    make_task(feedback=feedback, at=at)
    return feedback


def _drop_task(feedback: Feedback, note: str, *, by: Any, at: datetime) -> None:
    if feedback.task is not None and feedback.task.phase is tasks.TaskState.DRAFT:
        tasks.cancel_task(task=feedback.task, by=by, at=at, note=note)


@transaction.atomic
def follow_task(*, task_id: int, move: str, at: datetime) -> Feedback | None:
    """Move feedback after its task (随任务流转); None where there is nothing to follow.

    News may come late or twice: what counts is how the task stands now.
    """
    if move not in _FOLLOWS:
        return None
    feedback = Feedback.objects.select_for_update().filter(task_id=task_id).first()
    step, standing = _FOLLOWS[move]
    if feedback is None or feedback.task is None or feedback.task.phase not in standing:
        return None
    if not FEEDBACK_FLOW.allows(feedback.phase, step):
        return None
    return moved(feedback, step, by=None, at=at)


@transaction.atomic
def read_contact(*, feedback: Feedback, reason: str, by: Any, at: datetime) -> str:
    """Open the seal and return how the sender can be reached (查看联系方式); the audit keeps who and why.

    Raises
    ------
    Forbidden, MissingReason
    CannotOpen
        It was sealed under another secret key.
    """
    policies.require(by, "contact", feedback.page)
    if not reason.strip():
        raise MissingReason
    audit.record("disclosure.read_contact", feedback.ref, by=by, at=at, detail={"reason": reason})
    return opened(feedback.contact_sealed)
