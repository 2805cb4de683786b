"""Plans somebody sees, and the overview a leader understands in ten seconds."""

from __future__ import annotations

import calendar
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from qingshan.history.public import Step
from qingshan.plans.addresses import commitment_url, project_url
from qingshan.plans.models import (
    CommitmentResponsibility,
    CommitmentVersion,
    IndicatorVersion,
    KnownConflict,
    MakingEntry,
    MeasureVersion,
    MilestoneVersion,
    MissingPart,
    PlanSource,
    PlanVersion,
    ProjectResponsibility,
    ProjectVersion,
)
from qingshan.plans.queries.errors import NoSuchPlan
from qingshan.plans.queries.history import steps_until
from qingshan.plans.queries.indicators import IndicatorRow, counted, indicator_rows
from qingshan.plans.queries.measures import commitments_for
from qingshan.plans.queries.projects import MoneySummary, money_summary, projects_for
from qingshan.plans.queries.reach import visible_versions
from qingshan.plans.queries.responsibilities import Share, shares_of
from qingshan.plans.queries.standing import standings
from qingshan.plans.states import PLAN_FLOW, MilestoneState, Status, WorkState
from qingshan.plans.vocabulary import WORK_ROLES, MeasureKind, ProjectKind

__all__ = [
    "BehindRow",
    "CategoryHealth",
    "DueRow",
    "HealthPart",
    "Making",
    "Overview",
    "PlanCard",
    "WaitingRow",
    "making_of",
    "plan_for",
    "plan_overview",
    "visible_plans",
]

_CLOSED = (WorkState.DONE, WorkState.STOPPED)


@dataclass(frozen=True, slots=True)
class HealthPart:
    """How many indicators stand so."""

    status: Status
    count: int


@dataclass(frozen=True, slots=True)
class PlanCard:
    """A plan in the list. ``indicator_count`` counts indicators (36), ``row_count`` table rows (39)."""

    version: PlanVersion
    health: list[HealthPart]
    indicator_count: int
    row_count: int
    measure_count: int
    project_count: int
    behind: int


def visible_plans(*, user: Any, on: date) -> list[PlanCard]:
    """Return the plans somebody sees, with their health and what they hold; a dozen queries for all."""
    plans = list(visible_versions(user=user, on=on))
    ids = [plan.subject_id for plan in plans]
    versions = list(IndicatorVersion.objects.on(on).filter(plan_id__in=ids).select_related("subject__table"))
    found: dict[int, list[Any]] = defaultdict(list)
    for standing in standings(versions=[one for one in versions if counted(one)], on=on):
        found[standing.version.plan_id].append(standing)
    measures = _per_plan(
        MeasureVersion.objects.on(on).filter(kind=MeasureKind.MEASURE, role__in=WORK_ROLES),
        ids,
        Count("pk"),
    )
    projects = _per_plan(
        ProjectVersion.objects.on(on).filter(kind=ProjectKind.PROJECT), ids, Count("counts_as", distinct=True)
    )
    return [
        _card(plan, found[plan.subject_id], measures[plan.subject_id], projects[plan.subject_id])
        for plan in plans
    ]


def _per_plan(rows: Any, plan_ids: list[int], what: Count) -> Counter[int]:
    counts = rows.filter(plan_id__in=plan_ids).values("plan_id").annotate(n=what)
    return Counter({row["plan_id"]: row["n"] for row in counts.order_by()})


def _card(plan: PlanVersion, standing: list[Any], measures: int, projects: int) -> PlanCard:
    in_tables = [one.version for one in standing if one.version.subject.table_id is not None]
    health = _health(one.verdict.status for one in standing if one.targets)
    return PlanCard(
        version=plan,
        health=health,
        indicator_count=len({(one.subject.table_id, one.counts_as) for one in in_tables}),
        row_count=len(in_tables),
        measure_count=measures,
        project_count=projects,
        behind=sum(part.count for part in health if part.status in _BAD),
    )


_BAD = (Status.MISSED, Status.BEHIND)


def _health(statuses: Iterable[Status]) -> list[HealthPart]:
    counts = Counter(statuses)
    return [HealthPart(status, counts[status]) for status in Status if counts[status]]


def plan_for(*, user: Any, code: str, on: date) -> PlanVersion:
    """Return a plan as it stood on a day.

    Raises
    ------
    NoSuchPlan
        There is none, or this person may not see it.
    """
    found: PlanVersion | None = visible_versions(user=user, on=on).filter(subject__code=code).first()
    if found is None:
        raise NoSuchPlan(code)
    return found


@dataclass(frozen=True, slots=True)
class CategoryHealth:
    """How the indicators of one category stand."""

    name: str
    health: list[HealthPart]
    total: int


@dataclass(frozen=True, slots=True)
class BehindRow:
    """Something that is behind, why, and whose it is."""

    status: Any
    what: str
    why: str
    whose: list[Share]
    url: str


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """A target that the upper level has yet to assign."""

    what: str
    year: int
    authority: str
    url: str


@dataclass(frozen=True, slots=True)
class DueRow:
    """Something to be done by a day of this month, or overdue."""

    what: str
    kind: str
    due_on: date
    whose: list[Share]
    url: str
    overdue: bool


@dataclass(frozen=True, slots=True)
class Overview:
    """A plan in ten seconds: are we meeting it, what is behind and whose is it, what must be done this month.

    ``silent`` counts commitments whose day is past and of which nobody has reported anything: not
    known to be late, not known to be done.
    """

    health: list[HealthPart]
    categories: list[CategoryHealth]
    behind: list[BehindRow]
    waiting: list[WaitingRow]
    due: list[DueRow]
    silent: int
    money: MoneySummary | None
    missing: list[MissingPart]
    conflicts: int


def plan_overview(*, user: Any, plan: PlanVersion, on: date) -> Overview:
    """Return what a leader must know of a plan on a day."""
    rows = [row for row in indicator_rows(user=user, plan=plan, on=on) if row.judged and row.targets]
    return Overview(
        health=_health(row.status for row in rows),
        categories=_categories(rows),
        behind=[*_behind_indicators(rows), *_behind_projects(user, plan, on)],
        waiting=_waiting(rows),
        due=_due(user, plan, on),
        silent=_silent(user, plan, on),
        money=money_summary(user=user, plan=plan, on=on),
        missing=list(MissingPart.objects.filter(plan_id=plan.subject_id, supplied_on__isnull=True)),
        conflicts=KnownConflict.objects.filter(plan_id=plan.subject_id, settled_at__isnull=True).count(),
    )


def _categories(rows: list[IndicatorRow]) -> list[CategoryHealth]:
    found: dict[str, list[Status]] = defaultdict(list)
    for row in rows:
        found[row.category if row.table else _("正文所载")].append(row.status)
    return [CategoryHealth(name, _health(some), len(some)) for name, some in found.items()]


def _behind_indicators(rows: list[IndicatorRow]) -> list[BehindRow]:
    worst_first = sorted((row for row in rows if row.status in _BAD), key=lambda row: _BAD.index(row.status))
    return [BehindRow(row.status, row.name, row.method, row.shares, row.url) for row in worst_first]


def _behind_projects(user: Any, plan: PlanVersion, on: date) -> list[BehindRow]:
    """Projects that were to end before this year, have been reported on, and are not done."""
    late = projects_for(user=user, plan=plan, on=on).filter(end_year__lt=on.year, reported_on__isnull=False)
    rows = list(late.exclude(state__in=_CLOSED))
    shares = shares_of(ProjectResponsibility, [row.subject_id for row in rows], on)
    return [
        BehindRow(
            row.state,
            row.name,
            _("应于%(year)d年完成，%(day)s 报告为“%(state)s”")
            % {"year": row.end_year, "day": row.reported_on, "state": WorkState(row.state).label},
            shares.get(row.subject_id, []),
            project_url(plan.subject.code, row.subject.code),
        )
        for row in rows
    ]


def _waiting(rows: list[IndicatorRow]) -> list[WaitingRow]:
    return [
        WaitingRow(row.name, year, _authority(cell.version), row.url)
        for row in rows
        for year, cell in row.targets.items()
        if cell.waiting and year == row.standing.target_year
    ]


def _authority(target: Any) -> str:
    typed = target.typed
    waiting = [typed, *typed.parts]
    return "、".join(part.authority for part in waiting if part.authority)


def _month_end(on: date) -> date:
    return on.replace(day=calendar.monthrange(on.year, on.month)[1])


def _due(user: Any, plan: PlanVersion, on: date) -> list[DueRow]:
    rows = [*_due_milestones(user, plan, on), *_due_commitments(user, plan, on)]
    return sorted(rows, key=lambda row: row.due_on)


def _due_milestones(user: Any, plan: PlanVersion, on: date) -> list[DueRow]:
    own = projects_for(user=user, plan=plan, on=on).values("subject_id")
    steps = list(
        MilestoneVersion.objects.on(on)
        .filter(subject__project_id__in=own, state=MilestoneState.OPEN, due_on__lte=_month_end(on))
        .select_related("subject__project")
    )
    shares = shares_of(ProjectResponsibility, [step.subject.project_id for step in steps], on)
    return [
        DueRow(
            step.name,
            _("项目节点"),
            step.due_on,
            shares.get(step.subject.project_id, []),
            project_url(plan.subject.code, step.subject.project.code),
            step.due_on < on,
        )
        for step in steps
    ]


def _due_commitments(user: Any, plan: PlanVersion, on: date) -> list[DueRow]:
    """Those due this month, and those overdue of which something was reported."""
    dated = commitments_for(user=user, plan=plan, on=on).exclude(state__in=_CLOSED)
    this_month = Q(due_on__gte=on.replace(day=1), due_on__lte=_month_end(on))
    rows: list[CommitmentVersion] = list(
        dated.filter(this_month | Q(due_on__lt=on, reported_on__isnull=False))
    )
    shares = shares_of(CommitmentResponsibility, [row.subject_id for row in rows], on)
    return [
        DueRow(
            row.metric,
            _("承诺"),
            row.due_on,
            shares.get(row.subject_id, []),
            commitment_url(plan.subject.code, row.subject.code),
            row.due_on < on,
        )
        for row in rows
        if row.due_on is not None
    ]


def _silent(user: Any, plan: PlanVersion, on: date) -> int:
    past = commitments_for(user=user, plan=plan, on=on).filter(due_on__lt=on, reported_on__isnull=True)
    return past.exclude(state__in=_CLOSED).count()


@dataclass(frozen=True, slots=True)
class Making:
    """The making file of a plan, its texts, what they lack and contradict, and its history."""

    entries: list[MakingEntry]
    sources: list[PlanSource]
    missing: list[MissingPart]
    conflicts: list[KnownConflict]
    tables: list[Any]
    steps: list[Step]
    moves: tuple[str, ...]


def making_of(*, user: Any, plan: PlanVersion, on: date) -> Making:
    """Return how a plan came about, up to a day."""
    subject = plan.subject
    return Making(
        entries=list(
            subject.making.filter(Q(on__isnull=True) | Q(on__lte=on)).select_related("answers", "recorded_by")
        ),
        sources=list(subject.sources.defer("text").order_by("-main", "code")),
        missing=list(subject.missing_parts.all()),
        conflicts=list(subject.conflicts.select_related("settled_by")),
        tables=list(subject.tables.order_by("kind", "code")),
        steps=steps_until(PlanVersion, subject, on),
        moves=PLAN_FLOW.moves_from(plan.state),
    )
