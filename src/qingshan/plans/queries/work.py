"""The work of a plan that is still to be done, as rooms above draw it up: rounds, yearly lists, letters.

Nobody's rights are asked: who draws up a round sees the whole plan, and shows each department its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from qingshan.kernel.refs import Ref
from qingshan.plans.addresses import commitment_url, measure_url, project_url
from qingshan.plans.models import (
    Commitment,
    CommitmentResponsibility,
    CommitmentVersion,
    Measure,
    MeasureResponsibility,
    MeasureVersion,
    Plan,
    Project,
    ProjectResponsibility,
    ProjectVersion,
)
from qingshan.plans.queries.errors import NoSuchRecord
from qingshan.plans.queries.responsibilities import Share, shares_of
from qingshan.plans.states import WORK_FLOW, WorkState
from qingshan.plans.vocabulary import WORK_ROLES, MeasureKind, ResponsibilityRole

__all__ = ["WorkItem", "chapters_of", "subject_of", "work_items"]

#: Nothing is left to report on.
OVER = (WorkState.DONE, WorkState.STOPPED)


@dataclass(frozen=True, slots=True)
class WorkItem:
    """One measure, project or commitment, as it stands on a day.

    ``subject`` is what `enter_report` takes; ``kind`` the second word of its ref. ``chapter`` is the top
    heading it stands under: number, code and title, or None where it hangs on no measure. ``starts_on`` and
    ``due_on`` are there where the plan prints years or days. ``states`` are those a report may say now.
    """

    subject: Measure | Project | Commitment
    kind: str
    name: str
    url: str
    order: int
    state: WorkState
    percent: int | None
    reported_on: date | None
    starts_on: date | None
    due_on: date | None
    chapter: tuple[int, str, str] | None
    shares: tuple[Share, ...]
    states: tuple[WorkState, ...]

    @property
    def ref(self) -> Ref:
        """Its name across rooms."""
        return self.subject.ref

    @property
    def answerable(self) -> tuple[int, ...]:
        """The departments that report on it: who leads; where the text names nobody as lead, all it names."""
        leading = tuple(one.department_id for one in self.shares if one.role is ResponsibilityRole.LEAD)
        named = tuple(one.department_id for one in self.shares if one.role is ResponsibilityRole.NAMED)
        return leading or named or tuple(one.department_id for one in self.shares)


def work_items(
    *, plan: Plan, on: date, only: Iterable[Ref] | None = None, finished: bool = False
) -> list[WorkItem]:
    """Return the unfinished measures, projects and commitments of a plan on a day, in reading order.

    Parameters
    ----------
    only : iterable of Ref, optional
        These records, finished or not, instead of all unfinished ones.
    finished : bool
        Also those that are done or stopped.
    """
    wanted = None if only is None else {ref for ref in only if ref.room == "plans"}
    chapters = chapters_of(plan, on)
    found: list[WorkItem] = []
    for kind, (versions, duties) in _KINDS.items():
        rows = _rows(versions, kind, plan, on, wanted, finished)
        shares = shares_of(duties, [row.subject_id for row in rows], on)
        found += [_item(kind, row, plan, chapters, tuple(shares.get(row.subject_id, []))) for row in rows]
    return found


def subject_of(ref: Ref) -> Measure | Project | Commitment:
    """Return the record of a ref that progress can be reported on.

    Raises
    ------
    NoSuchRecord
        There is none.
    """
    model = {"measure": Measure, "project": Project, "commitment": Commitment}.get(ref.kind)
    if ref.room != "plans" or model is None or not ref.key.isdecimal():
        raise NoSuchRecord(str(ref))
    found: Any = model._default_manager.select_related("plan__district").filter(pk=int(ref.key)).first()
    if found is None:
        raise NoSuchRecord(str(ref))
    return found  # type: ignore[no-any-return]


_KINDS: dict[str, tuple[Any, Any]] = {
    "measure": (MeasureVersion, MeasureResponsibility),
    "project": (ProjectVersion, ProjectResponsibility),
    "commitment": (CommitmentVersion, CommitmentResponsibility),
}


def _rows(
    versions: Any, kind: str, plan: Plan, on: date, wanted: set[Ref] | None, finished: bool
) -> list[Any]:
    rows = versions.objects.on(on).filter(plan=plan).select_related("subject").order_by("order", "pk")
    if kind == "measure":
        rows = rows.filter(kind=MeasureKind.MEASURE, role__in=WORK_ROLES)
    if wanted is None:
        return list(rows if finished else rows.exclude(state__in=OVER))
    return list(rows.filter(subject_id__in=[int(ref.key) for ref in wanted if ref.kind == kind]))


def _item(
    kind: str, row: Any, plan: Plan, chapters: dict[int, tuple[int, str, str]], shares: tuple[Share, ...]
) -> WorkItem:
    state = WorkState(row.state)
    starts, due = _span(kind, row)
    url = {"measure": measure_url, "project": project_url, "commitment": commitment_url}[kind]
    hangs_on = row.subject_id if kind == "measure" else row.measure_id
    return WorkItem(
        subject=row.subject, kind=kind, name=str(row), url=url(plan.code, row.subject.code), order=row.order,
        state=state, percent=row.percent, reported_on=row.reported_on, starts_on=starts, due_on=due,
        chapter=chapters.get(hangs_on or 0), shares=shares, states=_reachable(state),
    )  # fmt: skip


def _reachable(state: WorkState) -> tuple[WorkState, ...]:
    """What a report may say: again what holds, or what one move leads to; never that nobody has reported."""
    ways = [WORK_FLOW.after(state, move) for move in WORK_FLOW.moves_from(state)]
    held = [] if state is WorkState.UNREPORTED else [state]
    return tuple(dict.fromkeys([*held, *ways]))


def _span(kind: str, row: Any) -> tuple[date | None, date | None]:
    """First and last day as the plan prints them; a year means its first or its last day."""
    if kind == "project":
        start = date(row.start_year, 1, 1) if row.start_year else None
        return start, date(row.end_year, 12, 31) if row.end_year else None
    if kind == "commitment":
        return date(row.since, 1, 1) if row.since else None, row.due_on
    return None, None


def chapters_of(plan: Plan, on: date) -> dict[int, tuple[int, str, str]]:
    """Return the top heading over each node of the body: its order, code and title."""
    nodes = MeasureVersion.objects.on(on).filter(plan=plan).select_related("subject").order_by("order")
    rows = {one.subject_id: one for one in nodes}
    found = {}
    for node in rows.values():
        top, seen = node, {node.subject_id}
        while top.parent_id in rows and top.parent_id not in seen:
            top = rows[top.parent_id]
            seen.add(top.subject_id)
        found[node.subject_id] = (top.order, top.subject.code, f"{top.label} {top.title}".strip())
    return found
