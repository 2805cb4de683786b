"""Projects with their money, line by line, as rooms above hold receipts and payments against it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from qingshan.kernel.refs import Ref
from qingshan.plans.addresses import project_url
from qingshan.plans.models import (
    MoneyVersion,
    Plan,
    Project,
    ProjectResponsibility,
    ProjectVersion,
)
from qingshan.plans.queries.projects import projects_for
from qingshan.plans.queries.responsibilities import Share, shares_of
from qingshan.plans.queries.work import chapters_of
from qingshan.plans.states import WorkState
from qingshan.plans.vocabulary import ResponsibilityRole

__all__ = ["FundedProject", "MoneyHeld", "funded_projects"]


@dataclass(frozen=True, slots=True)
class MoneyHeld:
    """One line of a project's money as known on a day: whole yuan, None where nobody said.

    ``known_from`` is the first day on which it stood so.
    """

    year: int
    funds: str
    planned_yuan: int | None
    received_yuan: int | None
    paid_yuan: int | None
    known_from: date


@dataclass(frozen=True, slots=True)
class FundedProject:
    """A project row with its money.

    ``chapter`` is the top heading it stands under: order and title; where it hangs on no measure, its
    printed group; both empty where the text gives neither. ``percent`` is None where nobody reported.
    """

    project: Project
    code: str
    name: str
    url: str
    order: int
    chapter: tuple[int, str]
    investment_yuan: int | None
    start_year: int | None
    end_year: int | None
    state: WorkState
    percent: int | None
    reported_on: date | None
    shares: tuple[Share, ...]
    lines: tuple[MoneyHeld, ...]

    @property
    def ref(self) -> Ref:
        """Its name across rooms."""
        return self.project.ref

    @property
    def plan(self) -> Plan:
        """The plan it belongs to."""
        return self.project.plan

    @property
    def lead_id(self) -> int | None:
        """The department that leads; where the text names none as lead, the first it names."""
        leading = [one.department_id for one in self.shares if one.role is ResponsibilityRole.LEAD]
        return next(iter([*leading, *(one.department_id for one in self.shares)]), None)


def funded_projects(
    *, on: date, plan: Plan | None = None, user: Any = None, only: Iterable[int] | None = None
) -> list[FundedProject]:
    """Return projects with their money on a day, plan by plan in the order of the table.

    Parameters
    ----------
    user : User, optional
        Only those this person sees; without it, all: for sums and jobs that speak of the whole plan.
    only : iterable of int, optional
        Numbers of the projects wanted.
    """
    rows = _rows(on, plan, user, only)
    shares = shares_of(ProjectResponsibility, [row.subject_id for row in rows], on)
    lines = _lines([row.subject_id for row in rows], on)
    plans = {row.plan_id: row.plan for row in rows}
    chapters = {pk: chapters_of(found, on) for pk, found in plans.items()}
    return [
        FundedProject(
            project=row.subject,
            code=row.subject.code,
            name=row.name,
            url=project_url(row.plan.code, row.subject.code),
            order=row.order,
            chapter=_chapter(row, chapters[row.plan_id]),
            investment_yuan=row.investment_yuan,
            start_year=row.start_year,
            end_year=row.end_year,
            state=WorkState(row.state),
            percent=row.percent,
            reported_on=row.reported_on,
            shares=tuple(shares.get(row.subject_id, [])),
            lines=tuple(lines.get(row.subject_id, [])),
        )
        for row in rows
    ]


def _rows(on: date, plan: Plan | None, user: Any, only: Iterable[int] | None) -> list[Any]:
    rows = ProjectVersion.objects.on(on) if user is None else projects_for(user=user, on=on)
    if plan is not None:
        rows = rows.filter(plan=plan)
    if only is not None:
        rows = rows.filter(subject_id__in=list(only))
    return list(rows.select_related("subject__plan__district", "plan__district").order_by("plan_id", "order"))


def _lines(project_ids: list[int], on: date) -> dict[int, list[MoneyHeld]]:
    found: dict[int, list[MoneyHeld]] = defaultdict(list)
    held = MoneyVersion.objects.on(on).filter(subject__project_id__in=project_ids).select_related("subject")
    for one in held.order_by("subject__year", "subject__funds"):
        line = one.subject
        found[line.project_id].append(
            MoneyHeld(
                line.year, line.funds, one.planned_yuan, one.received_yuan, one.paid_yuan, one.valid_from
            )
        )
    return found


def _chapter(row: ProjectVersion, chapters: dict[int, tuple[int, str, str]]) -> tuple[int, str]:
    """Where it stands in the text; groups that hang on no measure come after the chapters."""
    found = chapters.get(row.measure_id or 0)
    return (found[0], found[2]) if found else (_AFTER_CHAPTERS, row.group)


_AFTER_CHAPTERS = 1_000_000
