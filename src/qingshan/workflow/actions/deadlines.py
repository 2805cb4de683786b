"""Setting, extending, meeting and lifting deadlines. A changed day is a new line with its reason."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from qingshan.audit import public as audit
from qingshan.kernel.refs import Ref
from qingshan.workflow.models import Deadline, DeadlineChange
from qingshan.workflow.states import DEADLINE_FLOW, DeadlineState
from qingshan.workflow.terms import Term, last_day
from qingshan.workflow.working_days import WorkingCalendar

#: Kept as it is, so that it reads the same whoever loaded the year.
RECOMPUTED = gettext_noop("放假安排更新，按新的工作日历重新计算。")


class StaleDeadline(Exception):
    """Somebody changed the deadline since it was read."""

    def __init__(self, deadline: Deadline) -> None:
        super().__init__(f"deadline {deadline.pk} is no longer {deadline.state} until {deadline.due_on}")
        self.deadline = deadline


class BadDeadline(ValueError):
    """The deadline asked for cannot be: the words say what was found and what is allowed."""


@transaction.atomic
def set_deadline(
    *,
    about: Ref,
    name: str,
    starts_on: date,
    by: Any,
    at: datetime,
    term: Term | None = None,
    due_on: date | None = None,
    calendar: WorkingCalendar | None = None,
    estimate: bool = False,
) -> Deadline:
    """Set a deadline (设定期限), by a term from a day on or by the day itself.

    Parameters
    ----------
    term, calendar : Term, WorkingCalendar
        Both, when the last day is to be computed.
    due_on : date
        Instead, when a paper names the day.
    estimate : bool
        Where the year is not loaded, know weekends only; the deadline is marked, and moves by
        itself when the year is loaded.

    Raises
    ------
    YearNotLoaded
        The term reaches a year that is not loaded, and no estimate was asked for.
    BadDeadline
        Neither or both of term and day, or a day before the beginning.
    """
    if (term is None) == (due_on is None):
        raise BadDeadline(_("一个期限要么给出时长，要么给出截止日"))
    if term is not None:
        if calendar is None:
            raise BadDeadline(_("按时长计算期限需要工作日历"))
        due = last_day(starts_on, term, calendar, estimate=estimate)
        due_on, estimated = due.on, due.estimated
    else:
        estimated = False
    if due_on is None or due_on < starts_on:
        told = {"due": due_on, "start": starts_on}
        raise BadDeadline(_("截止日 %(due)s 早于起算日 %(start)s") % told)
    if Deadline.objects.filter(about=str(about), name=name, state=DeadlineState.RUNNING).exists():
        raise BadDeadline(_("已有计时中的“%s”；请先延期、完成或解除它") % name)
    deadline = Deadline.objects.create(
        about=str(about),
        name=name,
        starts_on=starts_on,
        term_amount=term.amount if term else None,
        term_unit=term.unit.value if term else "",
        due_on=due_on,
        estimated=estimated,
        set_by=by,
        set_at=at,
    )
    audit.record("workflow.set_deadline", about, by=by, at=at, detail={"name": name, "due_on": due_on})
    return deadline


@transaction.atomic
def extend_deadline(*, deadline: Deadline, due_on: date, reason: str, by: Any, at: datetime) -> Deadline:
    """Move a running deadline to a later day (延期), with the reason and who approved it.

    Raises
    ------
    IllegalMove
        It is met or lifted.
    BadDeadline
        The day is not later, or no reason is given.
    StaleDeadline
        It was changed since it was read.
    """
    DEADLINE_FLOW.after(deadline.state, "extend")
    if due_on <= deadline.due_on:
        told = {"due": due_on, "before": deadline.due_on}
        raise BadDeadline(_("延期后的截止日 %(due)s 应晚于原截止日 %(before)s") % told)
    if not reason.strip():
        raise BadDeadline(_("延期需要写明理由"))
    _move(deadline, due_on, estimated=False, reason=reason, by=by, at=at)
    # The day no longer follows from the term: a later calendar must not compute it anew.
    Deadline.objects.filter(pk=deadline.pk).update(term_amount=None, term_unit="")
    audit.record(
        "workflow.extend_deadline",
        deadline.subject,
        by=by,
        at=at,
        detail={"name": deadline.name, "before": deadline.due_on, "after": due_on, "reason": reason},
    )
    deadline.refresh_from_db()
    return deadline


@transaction.atomic
def end_deadline(*, deadline: Deadline, move: str, on: date, by: Any, at: datetime) -> Deadline:
    """Meet or lift a deadline, or reopen a met one (完成、解除、退回重办); ``move`` is a row of its flow.

    Raises
    ------
    IllegalMove
        The flow has no such move from its state.
    BadDeadline
        Reopened while a newer one of the same name is running.
    StaleDeadline
        It was changed since it was read.
    """
    after = DEADLINE_FLOW.after(deadline.state, move)
    twin = Deadline.objects.filter(about=deadline.about, name=deadline.name, state=DeadlineState.RUNNING)
    if after is DeadlineState.RUNNING and twin.exists():
        raise BadDeadline(_("已有计时中的“%s”，不能再退回重办") % deadline.name)
    ended_on = None if after is DeadlineState.RUNNING else on
    moved = Deadline.objects.filter(pk=deadline.pk, state=deadline.state).update(
        state=after, ended_on=ended_on
    )
    if moved != 1:
        raise StaleDeadline(deadline)
    detail = {"name": deadline.name, "on": on}
    audit.record(f"workflow.{move}_deadline", deadline.subject, by=by, at=at, detail=detail)
    deadline.refresh_from_db()
    return deadline


def recompute(*, year: int, calendar: WorkingCalendar, by: Any, at: datetime) -> int:
    """Compute anew the running deadlines a newly loaded year touches; returns how many days moved."""
    touched = Deadline.objects.filter(
        Q(estimated=True) | Q(starts_on__year__lte=year, due_on__year__gte=year),
        state=DeadlineState.RUNNING,
        term_amount__isnull=False,
    )
    moved = 0
    for deadline in touched.select_for_update():
        if deadline.term is None:
            continue
        due = last_day(deadline.starts_on, deadline.term, calendar, estimate=True)
        if due.on != deadline.due_on:
            _move(deadline, due.on, estimated=due.estimated, reason=RECOMPUTED, by=by, at=at)
            moved += 1
        elif due.estimated != deadline.estimated:
            Deadline.objects.filter(pk=deadline.pk).update(estimated=due.estimated)
    return moved


def _move(deadline: Deadline, due_on: date, *, estimated: bool, reason: str, by: Any, at: datetime) -> None:
    seen = Deadline.objects.filter(pk=deadline.pk, state=deadline.state, due_on=deadline.due_on)
    if seen.update(due_on=due_on, estimated=estimated) != 1:
        raise StaleDeadline(deadline)
    DeadlineChange.objects.create(
        deadline=deadline, before=deadline.due_on, after=due_on, reason=reason, by=by, at=at
    )
