"""What another plan takes over from one: the value a baseline rests on, the money left, and whether a
plan made so has been worked on since.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from qingshan.plans.models import (
    CommitmentVersion,
    ExclusionLetter,
    IndicatorVersion,
    KnownConflict,
    MakingEntry,
    MeasureVersion,
    MilestoneVersion,
    MissingPart,
    MoneyVersion,
    NotEvaluable,
    Plan,
    PlanSource,
    PlanVersion,
    ProgressReport,
    ProjectIndicator,
    ProjectVersion,
    ProvisionVersion,
    Rebaselining,
    TargetAdjustment,
    TargetVersion,
    Value,
)
from qingshan.plans.models.shared import Responsibility
from qingshan.plans.queries.standing import Standing

__all__ = [
    "MoneyLeft",
    "indicators_by_number",
    "is_untouched",
    "last_whole_year",
    "money_left",
    "uses_of_catalogue",
]


def last_whole_year(standing: Standing) -> Value | None:
    """Return the value that counts of the last whole year that may be evaluated; None where there is none.

    A value for a part of a year is no basis, nor one that speaks of a day before the year's end, nor a year
    approved as not evaluable.
    """
    years = [
        year
        for year, found in standing.values.items()
        if found[0].whole_year and found[0].as_of >= date(year, 12, 31) and year not in standing.excluded
    ]
    return standing.values[max(years)][0] if years else None


def indicators_by_number(*, numbers: Collection[int], on: date) -> QuerySet[Any]:
    """Return indicators of any plans by their numbers, as they stood on a day; rights are not asked."""
    found: QuerySet[Any] = IndicatorVersion.objects.on(on).filter(subject_id__in=numbers)
    return found.select_related("subject", "plan", "catalogue")


def uses_of_catalogue(*, plan_ids: Any, on: date) -> dict[int, int]:
    """Return how many of some plans speak of each entry of the catalogue, by its number."""
    rows = IndicatorVersion.objects.on(on).filter(plan_id__in=plan_ids, catalogue__isnull=False).order_by()
    return dict(rows.values_list("catalogue_id").annotate(n=Count("plan_id", distinct=True)))


@dataclass(frozen=True, slots=True)
class MoneyLeft:
    """A project's money in whole yuan; ``left`` is None where investment or payments are not known."""

    invested: int | None
    paid: int | None

    @property
    def left(self) -> int | None:
        """What is not paid yet."""
        return None if self.invested is None or self.paid is None else self.invested - self.paid


def money_left(*, projects: Iterable[ProjectVersion], on: date) -> dict[int, MoneyLeft]:
    """Return the money of projects by their numbers, as known on a day; one query for all.

    What nobody has reported as paid is unknown, never zero.
    """
    given = {version.subject_id: version.investment_yuan for version in projects}
    paid: dict[int, list[int]] = defaultdict(list)
    lines = MoneyVersion.objects.on(on).filter(subject__project_id__in=given, paid_yuan__isnull=False)
    for project, yuan in lines.values_list("subject__project_id", "paid_yuan"):
        paid[project].append(yuan)
    return {
        number: MoneyLeft(invested, sum(paid[number]) if number in paid else None)
        for number, invested in given.items()
    }


def is_untouched(*, plan: Plan, made_at: datetime) -> bool:
    """Whether nothing was entered into a plan, changed in it, or decided on it after it was made at once.

    Parameters
    ----------
    made_at : datetime
        The instant at which the plan and all its first records were entered.
    """
    return not any(rows.exists() for rows in _entered_later(plan, made_at))


#: Tables of versions, and how each leads to its plan.
_VERSIONS: tuple[tuple[Any, str], ...] = (
    (PlanVersion, "subject"),
    (IndicatorVersion, "plan"),
    (TargetVersion, "subject__indicator__plan"),
    (MeasureVersion, "plan"),
    (CommitmentVersion, "plan"),
    (ProjectVersion, "plan"),
    (ProvisionVersion, "plan"),
    (MoneyVersion, "subject__project__plan"),
    (MilestoneVersion, "subject__project__plan"),
    (MakingEntry, "plan"),
    (MissingPart, "plan"),
    (KnownConflict, "plan"),
    (ExclusionLetter, "plan"),
    (ProjectIndicator, "project__plan"),
)


def _entered_later(plan: Plan, made_at: datetime) -> Iterator[Any]:
    for table, path in _VERSIONS:
        yield table.objects.filter(**{path: plan}).exclude(recorded_at=made_at)
    for duties in Responsibility.__subclasses__():
        held: Any = duties
        own = held.objects.filter(subject__plan=plan)
        yield own.exclude(recorded_at=made_at)
        yield own.filter(valid_to__isnull=False)
    yield PlanSource.objects.filter(plan=plan)
    yield Value.objects.filter(indicator__plan=plan)
    yield NotEvaluable.objects.filter(indicator__plan=plan)
    yield TargetAdjustment.objects.filter(target__indicator__plan=plan)
    yield Rebaselining.objects.filter(project__plan=plan)
    yield ProgressReport.objects.filter(
        Q(measure__plan=plan) | Q(project__plan=plan) | Q(commitment__plan=plan)
    )
