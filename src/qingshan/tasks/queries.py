"""Reading tasks: lists with row rights, the inbox of a person, one task in full."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from qingshan.accounts.public import Scope, User, scope_of, users_who_can
from qingshan.areas.public import Department
from qingshan.kernel.refs import Ref
from qingshan.tasks import policies
from qingshan.tasks.models import (
    ChangeRequest,
    Supervision,
    Task,
    TaskMove,
    TaskParty,
    TaskReport,
    TaskVersion,
)
from qingshan.tasks.quarters import quarters_of
from qingshan.tasks.states import OPEN, SupervisionState, TaskState
from qingshan.tasks.vocabulary import HANDLES, PartyRole, Pressed, SupervisionKind
from qingshan.workflow import public as workflow

__all__ = [
    "Inbox",
    "TaskDetail",
    "current_terms",
    "grouped",
    "inbox",
    "listed_ids",
    "listed_tasks",
    "may_be_quartered",
    "parts_of",
    "people_who_work",
    "pressed",
    "progress_of",
    "task_detail",
    "task_for",
    "tasks_about",
    "tasks_for",
]

SOON = timedelta(days=7)


class NoSuchTask(LookupError):
    """There is no such task, or the asker may not see it: the answer is the same."""


def tasks_for(*, user: Any) -> QuerySet[Any]:
    """Return the current terms of the tasks somebody sees, with the task, by deadline.

    A district's whole for who sees the district, one department's own for who sees that; drafts only for
    who may assign there.
    """
    seen = _reached(scope_of(user, capability="tasks.view")) & ~Q(subject__state=TaskState.DRAFT)
    drafts = _reached(scope_of(user, capability="tasks.assign")) & Q(subject__state=TaskState.DRAFT)
    rows = TaskVersion.objects.current().filter(seen | drafts)
    return rows.select_related("subject__district", "subject__parent").order_by("due_on", "subject__code")


def _reached(scope: Scope) -> Q:
    found = scope.whole_rows(district="subject__district")
    for part in scope.parts:
        if part.department_ids is not None:
            parties = TaskParty.objects.filter(
                policies.HELD_NOW, task=OuterRef("subject_id"), department__in=part.department_ids
            )
            found |= Q(Exists(parties), subject__district__in=part.district_ids)
    return found


def task_for(*, user: Any, code: str) -> Task:
    """Return one task that somebody may see.

    Raises
    ------
    NoSuchTask
    """
    task = Task.objects.select_related("district", "parent").filter(code=code).first()
    if task is None or not policies.may(user, "view", task):
        raise NoSuchTask(code)
    return task


def tasks_about(*, ref: Ref, user: Any) -> QuerySet[Any]:
    """Return the tasks that come from a record of another room; parts of one are found at their whole."""
    found = tasks_for(user=user).filter(subject__source_ref=str(ref))
    return found.exclude(subject__parent__source_ref=str(ref))


def parts_of(*, task: Task, user: Any) -> QuerySet[Any]:
    """Return the parts of a task that somebody sees."""
    return tasks_for(user=user).filter(subject__parent=task)


def listed_tasks(*, user: Any) -> QuerySet[Any]:
    """Return the tasks on the list of supervised work (挂牌督办)."""
    return tasks_for(user=user).filter(subject_id__in=listed_ids())


def listed_ids() -> set[int]:
    """Return the numbers of the tasks that are listed."""
    held = Supervision.objects.filter(kind=SupervisionKind.LISTED).exclude(state=SupervisionState.LIFTED)
    return set(held.values_list("task_id", flat=True))


def pressed(row: TaskVersion, on: date, listed: set[int]) -> Pressed | None:
    """Return what a list warns of: listed, overdue, or soon due; None for what is in time or over."""
    if row.subject_id in listed:
        return Pressed.LISTED
    if row.subject.phase not in (*OPEN, TaskState.IN_REVIEW) or row.due_on > on + SOON:
        return None
    return Pressed.OVERDUE if row.is_overdue(on) else Pressed.SOON


def current_terms(task: Task) -> TaskVersion:
    """Return what a task asks for now."""
    found: TaskVersion = TaskVersion.objects.current().get(subject=task)
    return found


def people_who_work(task: Task) -> tuple[User, ...]:
    """Return who may report on a task; among them its handler is named."""
    return users_who_can(
        policies.CAPABILITIES["report"],
        district_id=task.district_id,
        department_ids=policies.departments_of(task),
    )


def may_be_quartered(task: Task) -> bool:
    """Whether a task can be divided by quarters: a whole without parts that runs through more than one."""
    terms = current_terms(task)
    return (
        task.parent_id is None
        and len(quarters_of(terms.starts_on, terms.due_on)) > 1
        and not task.parts.exists()
    )


def progress_of(*, tasks: Iterable[Task]) -> dict[int, int | None]:
    """Return how far each task has come, in per cent: 100 once closed, else as last reported, or None.

    A task with parts of which nobody said how far the whole has come stands where its parts stand together:
    their mean, rounded down; a part that has not reported counts as zero.
    """
    given = {task.pk: task for task in tasks}
    parts = list(Task.objects.filter(parent__in=given).exclude(state=TaskState.CANCELLED))
    known = _told({**given, **{part.pk: part for part in parts}})
    found: dict[int, int | None] = {}
    for pk in given:
        own = [known[part.pk] for part in parts if part.parent_id == pk]
        counted = [percent for percent in own if percent is not None]
        whole = known[pk]
        found[pk] = sum(counted) // len(own) if whole is None and counted else whole
    return found


def _told(tasks: Mapping[int, Task]) -> dict[int, int | None]:
    reports = TaskReport.objects.filter(task__in=tasks, percent__isnull=False).order_by("on", "pk")
    last = dict(reports.values_list("task_id", "percent"))  # the newest of a task is the last to be put in
    done = {pk: 100 for pk, task in tasks.items() if task.phase is TaskState.CLOSED}
    return {pk: done.get(pk, last.get(pk)) for pk in tasks}


@dataclass(frozen=True, slots=True)
class Inbox:
    """What waits for one person (待办): each a list of terms, the most pressing first.

    ``to_do``: to accept or to work on; ``overdue`` is the part of it past its day, ``soon`` the part due
    within a week. ``to_review``: handed in, and not by them. ``to_answer``: change requests. ``informed``:
    tasks their department joins in.
    """

    to_do: tuple[TaskVersion, ...]
    overdue: tuple[TaskVersion, ...]
    soon: tuple[TaskVersion, ...]
    to_review: tuple[TaskVersion, ...]
    to_answer: tuple[TaskVersion, ...]
    informed: tuple[TaskVersion, ...]

    @property
    def count(self) -> int:
        """How many tasks wait for an act of theirs."""
        return len(self.to_do) + len(self.to_review) + len(self.to_answer)


def inbox(*, user: Any, on: date) -> Inbox:
    """Return what waits for somebody on a day.

    A task somebody was named to handle is theirs alone; one nobody was named for is everybody's who may
    report on it in its lead department.
    """
    seen = list(tasks_for(user=user).filter(subject__state__in=(*OPEN, TaskState.IN_REVIEW)))
    own = _own(user, seen, on)
    to_do = tuple(row for row in seen if row.subject_id in own.lead and _works(row))
    return Inbox(
        to_do=to_do,
        overdue=tuple(row for row in to_do if row.is_overdue(on)),
        soon=tuple(row for row in to_do if on <= row.due_on <= on + SOON),
        to_review=tuple(row for row in seen if _reviews(user, row)),
        to_answer=tuple(row for row in seen if _answers(user, row)),
        informed=tuple(row for row in seen if row.subject_id in own.joint),
    )


@dataclass(frozen=True, slots=True)
class Group:
    """One part of the inbox, under its heading."""

    key: str
    label: str | Promise
    rows: tuple[TaskVersion, ...]


def grouped(box: Inbox) -> list[Group]:
    """Return the inbox part by part, each task once: what is late comes first."""
    late = {row.pk for row in box.overdue}
    return [
        Group("overdue", _("已逾期"), box.overdue),
        Group("to_do", _("待办理"), tuple(row for row in box.to_do if row.pk not in late)),
        Group("to_review", _("待审核"), box.to_review),
        Group("to_answer", _("待答复"), box.to_answer),
        Group("informed", _("知悉和配合"), box.informed),
    ]


@dataclass(frozen=True, slots=True)
class _Own:
    lead: frozenset[int]
    joint: frozenset[int]


def _own(user: Any, rows: list[TaskVersion], on: date) -> _Own:
    reports = scope_of(user, capability="tasks.report")
    departments = frozenset({user.department_id}) if user.department_id else frozenset()
    reached = (reports.department_ids or frozenset()) | departments if not reports.nothing else frozenset()
    parties = TaskParty.objects.filter(
        policies.HELD_NOW, task__in=[row.subject_id for row in rows], department__in=reached
    ).values_list("task_id", "role")
    roles = list(parties)
    lead = {task for task, role in roles if role == PartyRole.LEAD}
    named = _handlers([row.subject for row in rows], on)
    mine = {pk for pk, people in named.items() if user.pk in {one.pk for one in people}}
    return _Own(
        lead=frozenset((lead - named.keys()) | mine),
        joint=frozenset({task for task, role in roles if role == PartyRole.JOINT} - lead - mine),
    )


def _handlers(tasks: Iterable[Task], on: date) -> dict[int, tuple[User, ...]]:
    """Who was named to handle which task; tasks nobody was named for are left out."""
    refs = {task.ref: task.pk for task in tasks}
    named = {
        refs[ref]: tuple(held.user for held in people if held.duty == HANDLES)
        for ref, people in workflow.holders_of_each(refs, on).items()
    }
    return {pk: people for pk, people in named.items() if people}


def _works(row: TaskVersion) -> bool:
    return row.subject.phase in (TaskState.ASSIGNED, TaskState.UNDER_WAY)


def _reviews(user: Any, row: TaskVersion) -> bool:
    task = row.subject
    return (
        task.phase is TaskState.IN_REVIEW
        and task.submitted_by_id != user.pk
        and policies.may(user, "review", task)
    )


def _answers(user: Any, row: TaskVersion) -> bool:
    return row.subject.phase is TaskState.CHANGE_ASKED and policies.may(user, "assign", row.subject)


@dataclass(frozen=True, slots=True)
class TaskDetail:
    """One task in full."""

    task: Task
    terms: TaskVersion
    lead: Department | None
    joint: tuple[Department, ...]
    handlers: tuple[User, ...]
    reports: tuple[TaskReport, ...]
    moves: tuple[TaskMove, ...]
    requests: tuple[ChangeRequest, ...]
    supervisions: tuple[Supervision, ...]

    @property
    def open_request(self) -> ChangeRequest | None:
        """The request that waits for an answer."""
        return next((one for one in self.requests if one.answered_at is None), None)


def task_detail(*, task: Task, on: date) -> TaskDetail:
    """Return one task in full; the caller has asked whether it may be seen."""
    parties = list(TaskParty.objects.filter(policies.HELD_NOW, task=task).select_related("department"))
    lead = next((one.department for one in parties if one.role == PartyRole.LEAD), None)
    return TaskDetail(
        task=task,
        terms=current_terms(task),
        lead=lead,
        joint=tuple(one.department for one in parties if one.role == PartyRole.JOINT),
        handlers=_handlers([task], on).get(task.pk, ()),
        reports=tuple(task.reports.select_related("by", "department")),
        moves=tuple(task.moves.select_related("by")),
        requests=tuple(task.change_requests.select_related("asked_by", "answered_by")),
        supervisions=tuple(task.supervisions.select_related("by", "answered_by", "lifted_by")),
    )
