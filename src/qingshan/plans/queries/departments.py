"""One department's page: everything it answers for on a day, also what it took over from others."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from qingshan.areas.public import (
    Department,
    DepartmentVersion,
    current_departments,
    department_on,
    lineage_of,
)
from qingshan.plans.models import (
    CommitmentResponsibility,
    CommitmentVersion,
    IndicatorResponsibility,
    IndicatorVersion,
    MeasureResponsibility,
    MeasureVersion,
    PlanVersion,
    ProjectResponsibility,
    ProjectVersion,
)
from qingshan.plans.queries.errors import NoSuchRecord
from qingshan.plans.queries.indicators import IndicatorRow, indicator_rows
from qingshan.plans.queries.measures import commitments_for, measures_for
from qingshan.plans.queries.projects import projects_for
from qingshan.plans.queries.reach import visible_versions
from qingshan.plans.queries.responsibilities import held_on
from qingshan.plans.states import WorkState

__all__ = ["DepartmentPage", "department_page", "duties_of", "my_department"]


@dataclass(frozen=True, slots=True)
class DepartmentPage:
    """A department and its duties; ``successors`` are there once it has ended."""

    department: Department
    version: DepartmentVersion | None
    predecessors: list[Department]
    successors: list[Department]
    indicators: list[IndicatorRow]
    measures: list[MeasureVersion]
    commitments: list[CommitmentVersion]
    projects: list[ProjectVersion]
    overdue: list[CommitmentVersion]

    @property
    def empty(self) -> bool:
        """Nothing it answers for is to be seen."""
        return not (self.indicators or self.measures or self.commitments or self.projects)


def my_department(user: Any) -> int | None:
    """Return the number of somebody's own department."""
    found: int | None = getattr(user, "department_id", None)
    return found


def duties_of(duties: type[Any], department_id: int, on: date) -> Any:
    """Return the numbers of what a department answers for on a day, with what came to it by succession."""
    return held_on(duties, on).filter(department_id__in=lineage_of({department_id}, on)).values("subject_id")


def department_page(*, user: Any, department_id: int, on: date) -> DepartmentPage:
    """Return one department's duties over all plans that somebody sees.

    Raises
    ------
    NoSuchRecord
        There is no such department, or nothing of it lies in what this person may see.
    """
    department = Department.objects.filter(pk=department_id).select_related("district").first()
    plans = list(visible_versions(user=user, on=on))
    if department is None or not (plans or my_department(user) == department_id):
        raise NoSuchRecord(str(department_id))
    commitments = _own(commitments_for(user=user, on=on), CommitmentResponsibility, department_id, on)
    open_states = (WorkState.DONE, WorkState.STOPPED)
    page = DepartmentPage(
        department=department,
        version=department_on(department, on),
        predecessors=list(
            Department.objects.filter(pk__in=lineage_of({department_id}, on) - {department_id})
        ),
        successors=[heir for heir in current_departments(department, on) if heir.pk != department_id],
        indicators=_indicators(user, plans, department_id, on),
        measures=_own(measures_for(user=user, on=on), MeasureResponsibility, department_id, on),
        commitments=commitments,
        projects=_own(projects_for(user=user, on=on), ProjectResponsibility, department_id, on),
        overdue=[
            one for one in commitments if one.due_on and one.due_on < on and one.state not in open_states
        ],
    )
    if page.empty and my_department(user) != department_id and not _in_reach(department, plans):
        raise NoSuchRecord(str(department_id))
    return page


def _in_reach(department: Department, plans: list[PlanVersion]) -> bool:
    return department.district_id in {plan.subject.district_id for plan in plans}


def _own(rows: Any, duties: type[Any], department_id: int, on: date) -> list[Any]:
    return list(rows.filter(subject_id__in=duties_of(duties, department_id, on)))


def _indicators(user: Any, plans: list[PlanVersion], department_id: int, on: date) -> list[IndicatorRow]:
    own = duties_of(IndicatorResponsibility, department_id, on)
    found: list[IndicatorRow] = []
    for plan in plans:
        versions = IndicatorVersion.objects.on(on).filter(plan_id=plan.subject_id, subject_id__in=own)
        held = list(versions.select_related("subject__table", "catalogue").order_by("order"))
        if held:
            found += indicator_rows(user=user, plan=plan, on=on, versions=held)
    return found
