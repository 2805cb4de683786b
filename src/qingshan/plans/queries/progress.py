"""What counts in a plan on a day, for readers who hold no rights: printed and approved facts alone.

A public page or a package for another level is made of this. Entries that wait for a second person are not
in it, nor what is kept without one (money received and paid, milestones, quantities).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from qingshan.kernel.figure import Figure
from qingshan.plans.figures import progress_figure, years_in_words
from qingshan.plans.models import (
    CommitmentResponsibility,
    CommitmentVersion,
    MeasureResponsibility,
    MeasureVersion,
    Plan,
    PlanVersion,
    ProjectResponsibility,
    ProjectVersion,
)
from qingshan.plans.queries.errors import NoSuchPlan
from qingshan.plans.queries.indicators import IndicatorRow, indicator_rows
from qingshan.plans.queries.projects import investment_figure
from qingshan.plans.queries.responsibilities import Share, shares_of
from qingshan.plans.states import PlanState, WorkState
from qingshan.plans.targets import Typed, typed_in_words
from qingshan.plans.vocabulary import WORK_ROLES, MeasureKind

__all__ = ["PlanProgress", "ProgressRow", "progress_of"]

#: A plan is the public's from its approval on.
_APPROVED = (PlanState.APPROVED, PlanState.IN_FORCE, PlanState.FINAL_EVALUATION, PlanState.CLOSED)


@dataclass(frozen=True, slots=True)
class ProgressRow:
    """A measure, project or commitment: what is asked, whose it is, and how far it has come as approved.

    ``asked`` is what a commitment asks in words; ``years`` and ``investment`` a project has.
    """

    code: str
    name: str
    group: str
    state: WorkState
    progress: Figure
    shares: list[Share]
    asked: str = ""
    due_on: date | None = None
    years: str = ""
    investment: Figure | None = None


@dataclass(frozen=True, slots=True)
class PlanProgress:
    """All that counts in a plan on a day. ``approved``: the plan itself is past its approval."""

    plan: Plan
    version: PlanVersion
    on: date
    approved: bool
    indicators: list[IndicatorRow]
    measures: list[ProgressRow]
    projects: list[ProgressRow]
    commitments: list[ProgressRow]


def progress_of(*, plan: Plan, on: date) -> PlanProgress:
    """Return what counts in a plan on a day, whoever asks; the caller decides who may read it.

    Raises
    ------
    NoSuchPlan
        The plan was not there on that day.
    """
    version = PlanVersion.objects.on(on).filter(subject=plan).select_related("subject__district").first()
    if version is None:
        raise NoSuchPlan(plan.code)
    return PlanProgress(
        plan=plan,
        version=version,
        on=on,
        approved=version.state in _APPROVED,
        indicators=[row for row in indicator_rows(user=None, plan=version, on=on) if row.judged],
        measures=_measures(plan, on),
        projects=_projects(version, on),
        commitments=_commitments(plan, on),
    )


def _of(versions: Any, plan: Plan, on: date) -> Any:
    return versions.objects.on(on).filter(plan=plan).select_related("subject", "plan").order_by("order")


def _shares(duties: Any, rows: Iterable[Any], on: date) -> dict[int, list[Share]]:
    return shares_of(duties, [row.subject_id for row in rows], on)


def _measures(plan: Plan, on: date) -> list[ProgressRow]:
    body = list(_of(MeasureVersion, plan, on))
    titles = {row.subject_id: row.title for row in body}
    rows = [row for row in body if row.kind == MeasureKind.MEASURE and row.role in WORK_ROLES]
    shares = _shares(MeasureResponsibility, rows, on)
    return [
        ProgressRow(
            row.subject.code, row.title, titles.get(row.parent_id, ""), WorkState(row.state),
            progress_figure(row), shares.get(row.subject_id, []),
        )
        for row in rows
    ]  # fmt: skip


def _projects(version: PlanVersion, on: date) -> list[ProgressRow]:
    rows = list(_of(ProjectVersion, version.subject, on))
    shares = _shares(ProjectResponsibility, rows, on)
    return [
        ProgressRow(
            row.subject.code, row.name, row.group, WorkState(row.state), progress_figure(row),
            shares.get(row.subject_id, []), years=years_in_words(row),
            investment=investment_figure(row, version),
        )
        for row in rows
    ]  # fmt: skip


def _commitments(plan: Plan, on: date) -> list[ProgressRow]:
    rows = list(_of(CommitmentVersion, plan, on))
    shares = _shares(CommitmentResponsibility, rows, on)
    return [
        ProgressRow(
            row.subject.code, row.metric, row.topic, WorkState(row.state), progress_figure(row),
            shares.get(row.subject_id, []), asked=_in_words(row.typed), due_on=row.due_on,
        )
        for row in rows
    ]  # fmt: skip


def _in_words(typed: Typed | None) -> str:
    return typed_in_words(typed) if typed is not None else ""
