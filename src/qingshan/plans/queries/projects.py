"""Projects: the list, one in full, the timeline, and money by year and by source."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet, Sum
from django.utils.translation import gettext as _

from qingshan.history.public import Step
from qingshan.kernel.figure import Figure
from qingshan.plans.addresses import project_url
from qingshan.plans.figures import money_figure
from qingshan.plans.models import (
    IndicatorVersion,
    MeasureVersion,
    MilestoneVersion,
    MoneyVersion,
    PlanVersion,
    ProgressReport,
    Project,
    ProjectResponsibility,
    ProjectVersion,
    Rebaselining,
)
from qingshan.plans.policies import entries_seen
from qingshan.plans.queries.errors import NoSuchRecord
from qingshan.plans.queries.history import steps_until
from qingshan.plans.queries.measures import measures_for, reports_of, with_shares
from qingshan.plans.queries.passages import Passage, passage_of
from qingshan.plans.queries.reach import own_rows
from qingshan.plans.queries.responsibilities import Share, shares_of
from qingshan.plans.states import MILESTONE_FLOW, WORK_FLOW
from qingshan.plans.vocabulary import ProjectKind

__all__ = [
    "MilestoneRow",
    "MoneyLine",
    "MoneySummary",
    "MoneyTotal",
    "ProjectDetail",
    "TimelineRow",
    "money_summary",
    "project_counts",
    "project_detail",
    "projects_for",
    "timeline",
]


def projects_for(*, user: Any, on: date, plan: PlanVersion | None = None) -> QuerySet[Any]:
    """Return the project rows somebody sees, as they stood on a day, in the order of the table."""
    rows = own_rows(versions=ProjectVersion, duties=ProjectResponsibility, user=user, on=on, plan=plan)
    return rows.select_related("subject", "plan__district").order_by("plan_id", "order")


def project_counts(*, user: Any, plan: PlanVersion, on: date) -> tuple[int, int]:
    """Return how many rows the project tables have, and how many projects they count as."""
    rows = projects_for(user=user, plan=plan, on=on).filter(kind=ProjectKind.PROJECT)
    return rows.count(), rows.order_by().values("counts_as").distinct().count()


@dataclass(frozen=True, slots=True)
class MoneyLine:
    """What was planned, received and paid from one source in a year."""

    version: MoneyVersion
    year: int
    funds: str
    planned: Figure
    received: Figure
    paid: Figure


@dataclass(frozen=True, slots=True)
class MilestoneRow:
    """A milestone, and the moves its life cycle allows now."""

    version: MilestoneVersion
    overdue: bool
    moves: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProjectDetail:
    """All that is known of a project on a day."""

    version: ProjectVersion
    investment: Figure
    siblings: list[ProjectVersion]
    shares: list[Share]
    passage: Passage | None
    measure: MeasureVersion | None
    indicators: list[IndicatorVersion]
    money: list[MoneyLine]
    milestones: list[MilestoneRow]
    reports: list[ProgressReport]
    rebaselinings: list[Rebaselining]
    steps: list[Step]
    moves: tuple[str, ...]


def project_detail(*, user: Any, plan: PlanVersion, code: str, on: date) -> ProjectDetail:
    """Return one project row with money, milestones, reports, re-baselinings and history.

    Raises
    ------
    NoSuchRecord
        Not in the plan on that day, or not for this person to see.
    """
    visible = projects_for(user=user, plan=plan, on=on)
    version = visible.filter(subject__code=code).first()
    if version is None:
        raise NoSuchRecord(code)
    subject: Project = version.subject
    measure = measures_for(user=user, plan=plan, on=on).filter(subject_id=version.measure_id)
    return ProjectDetail(
        version=version,
        investment=investment_figure(version, plan),
        siblings=list(visible.filter(counts_as=version.counts_as).exclude(subject=subject)),
        shares=shares_of(ProjectResponsibility, [subject.pk], on).get(subject.pk, []),
        passage=passage_of(record=version, plan_id=plan.subject_id),
        measure=measure.first(),
        indicators=list(
            IndicatorVersion.objects.on(on)
            .filter(subject__project_links__project=subject)
            .select_related("subject")
            .order_by("order")
        ),
        money=_lines(subject, plan, on),
        milestones=_milestones(subject, on),
        reports=reports_of(user, subject, on),
        rebaselinings=list(
            subject.rebaselinings.filter(entries_seen(user, Rebaselining, subject))
            .select_related("entered_by", "reviewed_by")
            .order_by("-id")
        ),
        steps=steps_until(ProjectVersion, subject, on),
        moves=WORK_FLOW.moves_from(version.state),
    )


def investment_figure(version: ProjectVersion, plan: PlanVersion) -> Figure:
    """Return the total investment of a project row, or that the text prints none."""
    return money_figure(
        version.investment_yuan,
        as_of=version.valid_from,
        source=_("规划文本，项目表") if version.number == 1 else version.reason,
        simulated=plan.subject.simulated,
        origin=project_url(plan.subject.code, version.subject.code),
        missing=_("规划文本没有印出投资额"),
    )


def _lines(project: Project, plan: PlanVersion, on: date) -> list[MoneyLine]:
    held = MoneyVersion.objects.on(on).filter(subject__project=project).select_related("subject")
    url = project_url(plan.subject.code, project.code)

    def figure(yuan: int | None, version: MoneyVersion) -> Figure:
        return money_figure(
            yuan,
            as_of=version.valid_from,
            source=_("责任单位填报，%s") % version.subject.funds,
            simulated=plan.subject.simulated,
            origin=url,
            missing=_("尚未填报"),
        )

    return [
        MoneyLine(
            version,
            version.subject.year,
            version.subject.funds,
            figure(version.planned_yuan, version),
            figure(version.received_yuan, version),
            figure(version.paid_yuan, version),
        )
        for version in held.order_by("subject__year", "subject__funds")
    ]


def _milestones(project: Project, on: date) -> list[MilestoneRow]:
    held = MilestoneVersion.objects.on(on).filter(subject__project=project).select_related("subject")
    return [
        MilestoneRow(
            version,
            overdue=version.due_on < on
            and not MILESTONE_FLOW.is_final(version.state)
            and version.reached_on is None,
            moves=MILESTONE_FLOW.moves_from(version.state),
        )
        for version in held.order_by("due_on")
    ]


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """A project as a bar over the plan's years; ``left`` and ``width`` are whole percent of them."""

    version: ProjectVersion
    left: int
    width: int
    percent: int | None
    shares: list[Share]
    url: str


def timeline(*, user: Any, plan: PlanVersion, on: date) -> list[TimelineRow]:
    """Return the projects that have years, as bars; those without are left out."""
    rows = projects_for(user=user, plan=plan, on=on).filter(start_year__isnull=False, end_year__isnull=False)
    first, years = plan.period_from, plan.period_to - plan.period_from + 1
    return [
        TimelineRow(
            version,
            left=max(0, 100 * (version.start_year - first) // years),
            width=max(1, 100 * (version.end_year - max(first, version.start_year) + 1) // years),
            percent=version.percent,
            shares=version.shares,
            url=project_url(plan.subject.code, version.subject.code),
        )
        for version in with_shares(rows, on, ProjectResponsibility)
    ]


@dataclass(frozen=True, slots=True)
class MoneyTotal:
    """The money of one year, or of one source."""

    name: str
    planned: Figure
    received: Figure
    paid: Figure


@dataclass(frozen=True, slots=True)
class MoneySummary:
    """The money of a plan's projects on a day.

    ``unpriced`` project rows print no investment: the total is over the others. A sum over lines
    none of which is filled in is missing, never zero.
    """

    invested: Figure
    planned: Figure
    received: Figure
    paid: Figure
    priced: int
    unpriced: int
    by_year: list[MoneyTotal]
    by_source: list[MoneyTotal]


_AMOUNTS = ("planned_yuan", "received_yuan", "paid_yuan")


def money_summary(*, user: Any, plan: PlanVersion, on: date) -> MoneySummary | None:
    """Return the money of the projects somebody sees; None where neither text nor people name any."""
    rows = list(projects_for(user=user, plan=plan, on=on))
    priced = [row.investment_yuan for row in rows if row.investment_yuan is not None]
    lines = MoneyVersion.objects.on(on).filter(subject__project_id__in=[row.subject_id for row in rows])
    if not priced and not lines.exists():
        return None

    def figure(yuan: int | None, source: str) -> Figure:
        return money_figure(
            yuan, as_of=on, source=source, simulated=plan.subject.simulated, missing=_("尚未填报")
        )

    def total(name: str, sums: dict[str, int | None]) -> MoneyTotal:
        return MoneyTotal(name, *(figure(sums[amount], _("责任单位填报")) for amount in _AMOUNTS))

    whole = total("", lines.aggregate(**{amount: Sum(amount) for amount in _AMOUNTS}))
    return MoneySummary(
        invested=figure(sum(priced) if priced else None, _("规划文本，%d 个项目行合计") % len(priced)),
        planned=whole.planned,
        received=whole.received,
        paid=whole.paid,
        priced=len(priced),
        unpriced=len(rows) - len(priced),
        by_year=[total(str(year), sums) for year, sums in _sums(lines, "subject__year").items()],
        by_source=[total(str(funds), sums) for funds, sums in _sums(lines, "subject__funds").items()],
    )


def _sums(lines: QuerySet[Any], by: str) -> dict[Any, dict[str, int | None]]:
    found: dict[Any, dict[str, int | None]] = defaultdict(dict)
    for row in lines.values(by).annotate(**{f"sum_{one}": Sum(one) for one in _AMOUNTS}).order_by(by):
        found[row[by]] = {one: row[f"sum_{one}"] for one in _AMOUNTS}
    return found
