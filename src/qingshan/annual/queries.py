"""Reading annual plans: which one sees, their rows as of a day, who has said what to them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet
from django.http import Http404

from qingshan.accounts.public import scope_of
from qingshan.annual import policies
from qingshan.annual.models import (
    Acceptance,
    AnnualMove,
    AnnualPlan,
    AnnualRow,
    AnnualRowVersion,
    Edition,
    RowRequest,
    RowTask,
)
from qingshan.annual.states import AnnualState, RequestState
from qingshan.annual.vocabulary import RowKind, Stand
from qingshan.areas.public import Department, department_names, lineage_of
from qingshan.plans.public import Plan
from qingshan.tasks import public as tasks

__all__ = [
    "Item",
    "NoSuchAnnual",
    "RowDetail",
    "Voice",
    "annual_for",
    "annual_plan_of",
    "annuals_for",
    "edition_rows",
    "items_of",
    "open_requests",
    "row_detail",
    "row_for",
    "rows_of_task",
    "shares",
    "silent",
    "state_on",
    "versions_for",
    "voices",
]

_BEIJING = ZoneInfo("Asia/Shanghai")


class NoSuchAnnual(Http404):
    """There is no such annual plan or row, or the asker may not see it: the answer is the same."""


def annuals_for(*, user: Any) -> QuerySet[Any]:
    """Return the annual plans somebody sees, the newest year first; drafts for their makers only."""
    public = _reached(user, "view") & ~Q(state__in=policies.PRIVATE)
    found = public | _reached(user, "edit") | _reached(user, "publish")
    rows = AnnualPlan.objects.filter(found).select_related("plan", "district")
    return rows.order_by("-year", "plan__code", "-pk")


def _reached(user: Any, verb: str) -> Q:
    return scope_of(user, capability=policies.CAPABILITIES[verb]).rows(district="district")


def annual_for(*, user: Any, pk: int) -> AnnualPlan:
    """Return one annual plan that somebody may see.

    Raises
    ------
    NoSuchAnnual
    """
    found = AnnualPlan.objects.select_related("plan", "district", "published_by").filter(pk=pk).first()
    if found is None or not policies.may(user, "view", found):
        raise NoSuchAnnual(str(pk))
    return found


def annual_plan_of(*, plan: Plan, year: int, district_id: int | None = None) -> AnnualPlan | None:
    """Return the published (or closed) annual plan of a year, or None; nobody's rights are asked.

    Parameters
    ----------
    district_id : int, optional
        Of this district, instead of the plan's own.
    """
    wanted = {"plan": plan, "year": year, "district_id": district_id or plan.district_id}
    over = (AnnualState.PUBLISHED, AnnualState.CLOSED)
    return AnnualPlan.objects.filter(state__in=over, **wanted).select_related("plan", "district").first()


def state_on(annual: AnnualPlan, on: date) -> AnnualState:
    """Return the state an annual plan was in at the end of a day."""
    end = datetime.combine(on + timedelta(days=1), time(), tzinfo=_BEIJING)
    last = AnnualMove.objects.filter(annual=annual, at__lt=end).order_by("-pk").first()
    return AnnualState(last.after) if last else AnnualState.DRAFTING


def versions_for(*, user: Any, annual: AnnualPlan, on: date) -> QuerySet[Any]:
    """Return the rows of an annual plan that somebody sees, as they stood on a day, in their order.

    Rows that were taken out, or are proposed and not yet in, are shown to who keeps or publishes it.
    """
    rows = AnnualRowVersion.objects.on(on).filter(subject__annual=annual)
    if not (policies.may(user, "edit", annual) or policies.may(user, "publish", annual)):
        rows = rows.filter(included=True)
    own = policies.own_departments(user, annual)
    if own is not None:
        rows = rows.filter(pk__in=_of_departments(rows, own))
    return rows.select_related("subject__annual__district", "lead").order_by("subject__number")


def _of_departments(rows: QuerySet[Any], departments: Iterable[int]) -> list[int]:
    """Rows in which any of some departments takes part; an annual plan has some hundred rows."""
    wanted = frozenset(departments)
    parties = rows.values_list("pk", "lead_id", "joint")
    return [pk for pk, lead, joint in parties if lead in wanted or not wanted.isdisjoint(joint)]


def of_department(rows: QuerySet[Any], department_id: int, on: date) -> QuerySet[Any]:
    """Keep the rows of one department, also of those whose duties came to it."""
    return rows.filter(pk__in=_of_departments(rows, lineage_of([department_id], on)))


def row_for(*, user: Any, annual: AnnualPlan, number: int, on: date) -> AnnualRowVersion:
    """Return one row of an annual plan, as it stood on a day.

    Raises
    ------
    NoSuchAnnual
        There was none, or it is not theirs to see.
    """
    found = versions_for(user=user, annual=annual, on=on).filter(subject__number=number).first()
    if found is None:
        raise NoSuchAnnual(str(number))
    return found  # type: ignore[no-any-return]


@dataclass(frozen=True, slots=True)
class Voice:
    """How one department stands to a row as it is now."""

    department_id: int
    name: str
    stand: Stand
    leads: bool


def voices(*, rows: Iterable[AnnualRowVersion], on: date) -> dict[int, list[Voice]]:
    """Return how the departments of some rows stand to them, by key of the row; three queries for all."""
    given = list(rows)
    ids = [row.subject_id for row in given]
    accepted = set(Acceptance.objects.filter(row__in=ids).values_list("row_id", "department_id", "version"))
    requests: dict[tuple[int, int | None], RowRequest] = {}
    for request in RowRequest.objects.filter(row__in=ids).order_by("pk"):
        requests[request.row_id, request.department_id] = request  # the newest is the last put in
    names = department_names({pk for row in given for pk in row.department_ids}, on)
    kept = Department.objects.in_bulk({pk for row in given for pk in row.department_ids} - names.keys())
    return {
        row.subject_id: [
            Voice(
                pk,
                names.get(pk) or str(kept.get(pk, "")),
                _stand(row, pk, accepted, requests.get((row.subject_id, pk))),
                pk == row.lead_id,
            )
            for pk in row.department_ids
        ]
        for row in given
    }


def _stand(
    row: AnnualRowVersion, department: int, accepted: set[tuple[int, int, int]], request: RowRequest | None
) -> Stand:
    """What was said last about the row as it is. Who got what was asked for has accepted it."""
    if request is not None and request.phase is RequestState.ASKED:
        return Stand.ASKS
    if (row.subject_id, department, row.number) in accepted:
        return Stand.ACCEPTED
    if request is not None and request.gave == row.number:
        return Stand.ACCEPTED
    if request is not None and request.phase is RequestState.REFUSED and request.seen == row.number:
        return Stand.REFUSED
    return Stand.SILENT


def silent(*, rows: Iterable[AnnualRowVersion], on: date) -> dict[str, int]:
    """Return the departments that have not said anything, with how many rows they owe an answer to."""
    owed: defaultdict[str, int] = defaultdict(int)
    for said in voices(rows=[row for row in rows if row.included], on=on).values():
        for voice in said:
            owed[voice.name] += voice.stand is Stand.SILENT
    return {name: count for name, count in sorted(owed.items()) if count}


def open_requests(*, annual: AnnualPlan, user: Any) -> list[RowRequest]:
    """Return the requests of an annual plan that wait for an answer and that somebody sees, oldest first."""
    found = RowRequest.objects.filter(row__annual=annual, state=RequestState.ASKED)
    own = policies.own_departments(user, annual)
    if own is not None:
        found = found.filter(department__in=own)
    return list(found.select_related("row__annual", "department", "asked_by", "lead").order_by("pk"))


@dataclass(frozen=True, slots=True)
class RowDetail:
    """One row in full."""

    version: AnnualRowVersion
    voices: list[Voice]
    requests: list[RowRequest]
    task: tasks.TaskVersion | None


def row_detail(*, user: Any, annual: AnnualPlan, number: int, on: date) -> RowDetail:
    """Return one row with what departments said, what was asked, and its task where one sees it.

    Raises
    ------
    NoSuchAnnual
    """
    version = row_for(user=user, annual=annual, number=number, on=on)
    row: AnnualRow = version.subject
    made = RowTask.objects.filter(row=row).values_list("task_id", flat=True).first()
    return RowDetail(
        version=version,
        voices=voices(rows=[version], on=on)[row.pk],
        requests=list(row.requests.select_related("department", "asked_by", "answered_by", "lead")),
        task=tasks.tasks_for(user=user).filter(subject_id=made).first() if made else None,
    )


@dataclass(frozen=True, slots=True)
class Item:
    """A row of a published annual plan, for rooms above.

    ``source`` is the record of the ledger; ``department_ids`` has the lead first, under the numbers of the
    day the plan was published. ``task_id`` is None for targets, and for work whose task is still to be
    made.
    """

    row: AnnualRow
    version: AnnualRowVersion
    kind: RowKind
    source: Any
    name: str
    goal: str
    lead_id: int | None
    department_ids: tuple[int, ...]
    due_on: date | None
    weight_hundredths: int
    task_id: int | None


def items_of(*, annual: AnnualPlan, on: date) -> list[Item]:
    """Return what an annual plan holds on a day, in its order; nobody's rights are asked."""
    rows = AnnualRowVersion.objects.on(on).filter(subject__annual=annual, included=True)
    given = list(rows.select_related("subject__annual", "lead").order_by("subject__number"))
    return _items(given)


def shares(*, department_id: int, year: int, on: date) -> list[Item]:
    """Return what a department has in the published plans of a year, also by succession."""
    over = (AnnualState.PUBLISHED, AnnualState.CLOSED)
    rows = AnnualRowVersion.objects.on(on).filter(
        subject__annual__year=year, subject__annual__state__in=over, included=True
    )
    own = of_department(rows, department_id, on).select_related("subject__annual", "lead")
    return _items(list(own.order_by("subject__annual", "subject__number")))


def _items(given: list[AnnualRowVersion]) -> list[Item]:
    made = dict(
        RowTask.objects.filter(row__in=[one.subject_id for one in given]).values_list("row_id", "task_id")
    )
    return [
        Item(
            row=one.subject, version=one, kind=one.subject.what, source=one.subject.source, name=one.name,
            goal=one.goal, lead_id=one.lead_id, department_ids=one.department_ids, due_on=one.due_on,
            weight_hundredths=one.weight_hundredths, task_id=made.get(one.subject_id),
        )
        for one in given
    ]  # fmt: skip


def edition_rows(*, edition: Edition) -> dict[int, AnnualRowVersion]:
    """Return the rows of an edition as it holds them, by key of the row."""
    wanted = {int(row): number for row, number in edition.versions.items()}
    found = AnnualRowVersion.objects.filter(subject__in=wanted).select_related("subject", "lead")
    return {one.subject_id: one for one in found if wanted[one.subject_id] == one.number}


def rows_of_task(*, user: Any, task: tasks.Task, on: date) -> list[AnnualRowVersion]:
    """Return the row that a task (or the whole of which it is a part) was made of, where somebody sees it."""
    link = (
        RowTask.objects.filter(task__in=[task.pk, *((task.parent_id,) if task.parent_id else ())])
        .select_related("row__annual__plan", "row__annual__district")
        .first()
    )
    if link is None or not policies.may(user, "view", link.row.annual):
        return []
    return list(versions_for(user=user, annual=link.row.annual, on=on).filter(subject=link.row))
