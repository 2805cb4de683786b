"""A round in figures: computed while it is open, read back as they stood once it is closed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from django.utils.translation import gettext as _

from qingshan.areas.public import Department, current_departments, department_names
from qingshan.dispatch.figures import (
    ChapterFigures,
    DepartmentFigures,
    Lagging,
    RoundFigures,
    figures_from,
)
from qingshan.dispatch.models import Closing, FalseReport, Part, Round, Row
from qingshan.dispatch.periods import period_before, straight_line
from qingshan.dispatch.states import REPORTABLE, FalseState, PartState, RoundState, RowState
from qingshan.dispatch.vocabulary import Bearing, Period
from qingshan.kernel.refs import Ref
from qingshan.kernel.rounding import mean, round_places
from qingshan.kernel.spans import beijing_day
from qingshan.plans import public as plans
from qingshan.tasks import public as tasks

__all__ = ["bearing_of", "closing_in_force", "figures_of", "known_percent", "previous_of", "round_figures"]

_FULL = 100
#: A department that reports late, in part, or not at all, is not on time.
_NOT_ON_TIME = (PartState.LATE, PartState.PARTLY, PartState.SILENT)


def closing_in_force(found: Round) -> Closing | None:
    """Return the closing that holds; None while the round is open."""
    if found.phase is not RoundState.CLOSED:
        return None
    return Closing.objects.filter(round=found, reopened_at__isnull=True).first()


def figures_of(found: Round, on: date) -> RoundFigures:
    """Return the figures of a round: as they were frozen when it is closed, else as of a day."""
    closing = closing_in_force(found)
    return figures_from(closing.figures) if closing else round_figures(found, on)


def previous_of(found: Round) -> tuple[Round, RoundFigures] | None:
    """Return the closed round of the same kind before this one, with its frozen figures; None without one."""
    before = (
        Round.objects.filter(
            plan=found.plan_id, period=found.period, starts_on__lt=found.starts_on, state=RoundState.CLOSED
        )
        .order_by("-starts_on")
        .first()
    )
    if before is None:
        return None
    return before, figures_of(before, before.ends_on)


def round_figures(found: Round, on: date) -> RoundFigures:
    """Return the figures of a round as they stand now; ``on`` is the day as which lateness is judged."""
    parts = list(found.parts.select_related("department"))
    rows: dict[int, list[Row]] = defaultdict(list)
    for row in found.rows.all():
        rows[row.part_id].append(row)
    names = names_now([part.department_id for part in parts], on)
    false = _false_rows(found)
    overdue = _overdue_tasks(found, on)
    before, late = _consecutive(found), _late_rows(found, rows)
    departments = tuple(
        _of_part(
            found,
            part,
            names[part.department_id],
            rows[part.pk],
            late.get(part.pk, 0),
            on,
            false,
            overdue,
            before,
        )
        for part in parts
    )
    lagging = sorted(
        _lagging(found, rows, parts, names, overdue), key=lambda one: (-one.points, one.title, one.department)
    )
    return RoundFigures(on.isoformat(), departments, tuple(_chapters(found, on)), tuple(lagging))


def names_now(ids: Iterable[int], on: date, *, was: bool = True) -> dict[int, str]:
    """Return what departments are called on a day; one that has ended is called by who took its duties.

    Parameters
    ----------
    was : bool
        Add in brackets what one that has ended was called.
    """
    wanted = set(ids)
    names = department_names(wanted, on)
    for gone in Department.objects.filter(pk__in=wanted - names.keys()):
        heirs = "、".join(heir.name for heir in current_departments(gone, on) if heir.pk != gone.pk)
        told = {"heir": heirs, "was": gone.name}
        names[gone.pk] = (_("%(heir)s（原%(was)s）") % told if was else heirs) if heirs else gone.name
    return names


def _of_part(
    found: Round,
    part: Part,
    name: str,
    rows: list[Row],
    late: int,
    on: date,
    false: set[int],
    overdue: set[str],
    before: Mapping[str, dict[int, int]],
) -> DepartmentFigures:
    left = sum(row.phase in REPORTABLE for row in rows)
    over = on > found.due_on or found.phase is RoundState.CLOSED
    ever = any(row.first_submitted_at is not None for row in rows)
    state = _state(left, late, ever=ever, over=over)
    behind = [(points, row) for row in rows if (points := points_behind(row, found.ends_on)) > 0]
    worst = max(behind, key=lambda pair: pair[0], default=None)
    silent, not_on_time = state is PartState.SILENT, state in _NOT_ON_TIME
    return DepartmentFigures(
        department_id=part.department_id, name=name, part_id=part.pk, state=str(state), rows=len(rows),
        reported=len(rows) - left, late=late,
        accepted=sum(row.phase in (RowState.ACCEPTED, RowState.FALSE) for row in rows),
        waiting=sum(row.phase is RowState.SUBMITTED for row in rows),
        sent_back=sum(row.sent_back for row in rows),
        doubts=sum(bool(row.doubts) for row in rows if row.phase is not RowState.WAITING),
        false_reports=sum(row.pk in false for row in rows),
        overdue_tasks=sum(row.about in overdue for row in rows),
        behind=len(behind), behind_worst=worst[0] if worst else 0, worst=worst[1].title if worst else "",
        silent_running=1 + before["silent"].get(part.department_id, 0) if silent else 0,
        late_running=1 + before["late"].get(part.department_id, 0) if not_on_time else 0,
    )  # fmt: skip


def _late_rows(found: Round, rows: Mapping[int, list[Row]]) -> dict[int, int]:
    """How many rows of each part were first handed in after their day.

    What was in when the round was last closed is as punctual as that closing says: it was judged by the day
    that held then, and a new day given when the round was opened again is for who reports after it.
    """
    last = Closing.objects.filter(round=found, reopened_at__isnull=False).order_by("pk").last()
    told = {one.part_id: one.late for one in figures_from(last.figures).departments} if last else {}
    since = last.reopened_at if last else None
    late = {}
    for part_id, own in rows.items():
        firsts = [row.first_submitted_at for row in own if row.first_submitted_at is not None]
        new = [at for at in firsts if since is None or at >= since]
        late[part_id] = told.get(part_id, 0) + sum(beijing_day(at) > found.due_on for at in new)
    return late


def _state(left: int, late: int, *, ever: bool, over: bool) -> PartState:
    """``left`` rows are with the department, sent back or never handed in; ``ever`` one was handed in."""
    if not left:
        return PartState.LATE if late else PartState.ON_TIME
    if not over:
        return PartState.PENDING
    return PartState.PARTLY if ever else PartState.SILENT


def known_percent(row: Row) -> int | None:
    """Return how far the work has come as far as it counts: accepted now, else as the ledger had it."""
    if row.phase is RowState.ACCEPTED:
        return _FULL if row.work_state == plans.WorkState.DONE else row.percent
    return row.before_percent


def points_behind(row: Row, on: date) -> int:
    """Return by how many points a row lags behind the straight line on a day; 0 where that cannot be said.

    The line runs from the first to the last day that the plan or the task prints; a row past its last day
    should be at 100.
    """
    percent = known_percent(row)
    if percent is None or row.due_on is None:
        return 0
    line = _FULL if on > row.due_on else straight_line(row.starts_on, row.due_on, on)
    return max(0, line - percent) if line is not None else 0


def bearing_of(row: Row, on: date) -> Bearing:
    """Return how a row stands to where it should be on a day."""
    percent = known_percent(row)
    if percent == _FULL:
        return Bearing.DONE
    if percent is None or row.due_on is None or (row.starts_on is None and on <= row.due_on):
        return Bearing.UNKNOWN
    return Bearing.BEHIND if points_behind(row, on) else Bearing.IN_TIME


def _lagging(
    found: Round,
    rows: Mapping[int, list[Row]],
    parts: list[Part],
    names: Mapping[int, str],
    overdue: set[str],
) -> Iterable[Lagging]:
    for part in parts:
        for row in rows[part.pk]:
            percent, points = known_percent(row), points_behind(row, found.ends_on)
            if percent is None or points == 0:
                continue
            past = row.about in overdue or (row.due_on is not None and found.ends_on > row.due_on)
            yield Lagging(
                title=row.title, code=row.code, kind=row.kind, department=names[part.department_id],
                url=row.url, about=row.about, percent=percent, expected=percent + points, points=points,
                overdue=past,
            )  # fmt: skip


def _chapters(found: Round, on: date) -> Iterable[ChapterFigures]:
    """The whole work of each chapter as the ledger has it, finished or not; in the order of the plan."""
    of: dict[tuple[int, str], list[plans.WorkItem]] = defaultdict(list)
    for item in plans.work_items(plan=found.plan, on=on, finished=True):
        if item.state is not plans.WorkState.STOPPED and item.chapter is not None:
            of[item.chapter[0], item.chapter[2]].append(item)
    for (_order, name), items in sorted(of.items()):
        told = [
            _FULL if item.state is plans.WorkState.DONE else item.percent
            for item in items
            if item.state is plans.WorkState.DONE or item.percent is not None
        ]
        numbers = [one for one in told if one is not None]
        yield ChapterFigures(
            name=name, total=len(items), done=sum(item.state is plans.WorkState.DONE for item in items),
            told=len(numbers), mean=str(round_places(mean(numbers), 1)) if numbers else "",
        )  # fmt: skip


def _false_rows(found: Round) -> set[int]:
    confirmed = FalseReport.objects.filter(row__round=found, state=FalseState.CONFIRMED)
    return set(confirmed.values_list("row_id", flat=True))


def _overdue_tasks(found: Round, on: date) -> set[str]:
    """The tasks of this round that are past their deadline today and still with their department."""
    refs = {row.subject for row in found.rows.all() if row.is_task}
    rows = tasks.open_tasks(district=found.district, only=[int(ref.key) for ref in refs])
    still = (tasks.TaskState.ASSIGNED, tasks.TaskState.CHANGE_ASKED, tasks.TaskState.UNDER_WAY)
    return {
        str(Ref("tasks", "task", str(one.task.pk)))
        for one in rows
        if one.terms.is_overdue(on) and one.task.phase in still
    }


def _consecutive(found: Round) -> dict[str, dict[int, int]]:
    """How many rounds in a row, up to the one before this, each department was silent, or not on time.

    A round that was never opened or closed breaks the row: nobody was asked.
    """
    starts_on, _ends = period_before(Period(found.period), found.starts_on)
    before = Round.objects.filter(
        plan=found.plan_id, period=found.period, starts_on=starts_on, state=RoundState.CLOSED
    ).first()
    closing = closing_in_force(before) if before else None
    if closing is None:
        return {"silent": {}, "late": {}}
    held = figures_from(closing.figures).departments
    return {
        "silent": {one.department_id: one.silent_running for one in held},
        "late": {one.department_id: one.late_running for one in held},
    }
