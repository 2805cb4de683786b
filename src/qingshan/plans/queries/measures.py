"""Measures and commitments: lists with row rights, the tree, and one of each in full."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import QuerySet

from qingshan.history.public import Step
from qingshan.plans.models import (
    Commitment,
    CommitmentResponsibility,
    CommitmentVersion,
    Measure,
    MeasureResponsibility,
    MeasureVersion,
    PlanVersion,
    ProgressReport,
    ProjectResponsibility,
    ProjectVersion,
)
from qingshan.plans.policies import entries_seen
from qingshan.plans.queries.errors import NoSuchRecord
from qingshan.plans.queries.history import steps_until
from qingshan.plans.queries.passages import Passage, passage_of
from qingshan.plans.queries.reach import own_rows
from qingshan.plans.queries.responsibilities import Share, shares_of
from qingshan.plans.states import WORK_FLOW, WorkState
from qingshan.plans.vocabulary import WORK_ROLES, MeasureKind

__all__ = [
    "CommitmentDetail",
    "MeasureDetail",
    "MeasureNode",
    "commitment_detail",
    "commitments_for",
    "measure_detail",
    "measure_tree",
    "measures_for",
    "with_shares",
]

_DUTIES: dict[type, Any] = {
    MeasureVersion: MeasureResponsibility,
    CommitmentVersion: CommitmentResponsibility,
    ProjectVersion: ProjectResponsibility,
}


def measures_for(*, user: Any, on: date, plan: PlanVersion | None = None) -> QuerySet[Any]:
    """Return the measures somebody sees, as they stood on a day, in reading order.

    Without a plan: those of all plans. Filter by ``kind``, ``role``, ``state``; the indexes answer these.
    """
    rows = own_rows(versions=MeasureVersion, duties=MeasureResponsibility, user=user, on=on, plan=plan)
    return rows.select_related("subject", "plan__district").order_by("plan_id", "order")


def commitments_for(*, user: Any, on: date, plan: PlanVersion | None = None) -> QuerySet[Any]:
    """Return the commitments somebody sees, as they stood on a day."""
    rows = own_rows(versions=CommitmentVersion, duties=CommitmentResponsibility, user=user, on=on, plan=plan)
    return rows.select_related("subject", "plan__district", "measure").order_by("plan_id", "order")


def with_shares(rows: Iterable[Any], on: date, duties: Any = None) -> list[Any]:
    """Put ``shares`` on each version of a page of a list: who answers for it on the day.

    Takes a few queries for the page, not one for each row.
    """
    given = list(rows)
    if not given:
        return given
    table = duties or _DUTIES[type(given[0])]
    found = shares_of(table, [row.subject_id for row in given], on)
    for row in given:
        row.shares = found.get(row.subject_id, [])
    return given


@dataclass(slots=True)
class MeasureNode:
    """A node of the tree: ``done`` of ``total`` measures below it (itself counted, if it is one)."""

    version: MeasureVersion
    children: list[MeasureNode] = field(default_factory=list)
    done: int = 0
    total: int = 0
    reported: int = 0


def measure_tree(*, user: Any, plan: PlanVersion, on: date) -> list[MeasureNode]:
    """Return the body of a plan as a tree. Who sees only some measures gets these under their headings."""
    body = MeasureVersion.objects.on(on).filter(plan_id=plan.subject_id).select_related("subject")
    own = set(measures_for(user=user, plan=plan, on=on).values_list("subject_id", flat=True))
    nodes = {version.subject_id: MeasureNode(version) for version in body.order_by("order")}
    roots: list[MeasureNode] = []
    for node in nodes.values():
        parent = nodes.get(node.version.parent_id or 0)
        (parent.children if parent else roots).append(node)
    return [kept for root in roots if (kept := _pruned(root, own))]


def _pruned(node: MeasureNode, own: set[int]) -> MeasureNode | None:
    """Leave out what is not the reader's, keep the headings above what is, and count."""
    node.children = [kept for child in node.children if (kept := _pruned(child, own))]
    if node.version.subject_id not in own and not node.children:
        return None
    work = node.version.kind == MeasureKind.MEASURE and node.version.role in WORK_ROLES
    mine = work and node.version.subject_id in own
    node.total = int(mine) + sum(child.total for child in node.children)
    node.done = int(mine and node.version.state == WorkState.DONE) + sum(
        child.done for child in node.children
    )
    node.reported = int(mine and node.version.reported_on is not None) + sum(
        child.reported for child in node.children
    )
    return node


@dataclass(frozen=True, slots=True)
class MeasureDetail:
    """All that is known of a measure on a day; ``moves`` are those its life cycle allows now."""

    version: MeasureVersion
    above: list[MeasureVersion]
    below: list[MeasureVersion]
    shares: list[Share]
    passage: Passage | None
    commitments: list[CommitmentVersion]
    projects: list[ProjectVersion]
    reports: list[ProgressReport]
    steps: list[Step]
    moves: tuple[str, ...]


def measure_detail(*, user: Any, plan: PlanVersion, code: str, on: date) -> MeasureDetail:
    """Return one measure with duties, passage, commitments, projects, reports and history.

    Raises
    ------
    NoSuchRecord
        Not in the plan on that day, or not for this person to see.
    """
    version = measures_for(user=user, plan=plan, on=on).filter(subject__code=code).first()
    if version is None:
        raise NoSuchRecord(code)
    subject: Measure = version.subject
    visible = commitments_for(user=user, plan=plan, on=on).filter(measure=subject)
    return MeasureDetail(
        version=version,
        above=_above(version, on),
        below=list(measures_for(user=user, plan=plan, on=on).filter(parent=subject)),
        shares=shares_of(MeasureResponsibility, [subject.pk], on).get(subject.pk, []),
        passage=passage_of(record=version, plan_id=plan.subject_id),
        commitments=with_shares(visible, on),
        projects=list(
            own_rows(versions=ProjectVersion, duties=ProjectResponsibility, user=user, on=on, plan=plan)
            .filter(measure=subject)
            .select_related("subject")
            .order_by("order")
        ),
        reports=reports_of(user, subject, on),
        steps=steps_until(MeasureVersion, subject, on),
        moves=WORK_FLOW.moves_from(version.state),
    )


def _above(version: MeasureVersion, on: date) -> list[MeasureVersion]:
    found: list[MeasureVersion] = []
    step = version
    while step.parent_id is not None:
        held = (
            MeasureVersion.objects.on(on).filter(subject_id=step.parent_id).select_related("subject").first()
        )
        if held is None or held in found:
            break
        found.insert(0, held)
        step = held
    return found


def reports_of(user: Any, subject: Any, on: date) -> list[ProgressReport]:
    """Return the reports on a measure, project or commitment that somebody sees up to a day, newest first."""
    reports: Any = subject.reports.filter(entries_seen(user, ProgressReport, subject))
    return list(reports.filter(on__lte=on).select_related("department", "entered_by", "reviewed_by"))


@dataclass(frozen=True, slots=True)
class CommitmentDetail:
    """All that is known of a commitment on a day."""

    version: CommitmentVersion
    measure: MeasureVersion | None
    shares: list[Share]
    passage: Passage | None
    reports: list[ProgressReport]
    steps: list[Step]
    moves: tuple[str, ...]


def commitment_detail(*, user: Any, plan: PlanVersion, code: str, on: date) -> CommitmentDetail:
    """Return one commitment with duties, passage, reports and history.

    Raises
    ------
    NoSuchRecord
        Not in the plan on that day, or not for this person to see.
    """
    version = commitments_for(user=user, plan=plan, on=on).filter(subject__code=code).first()
    if version is None:
        raise NoSuchRecord(code)
    subject: Commitment = version.subject
    return CommitmentDetail(
        version=version,
        measure=measures_for(user=user, plan=plan, on=on).filter(subject_id=version.measure_id).first(),
        shares=shares_of(CommitmentResponsibility, [subject.pk], on).get(subject.pk, []),
        passage=passage_of(record=version, plan_id=plan.subject_id),
        reports=reports_of(user, subject, on),
        steps=steps_until(CommitmentVersion, subject, on),
        moves=WORK_FLOW.moves_from(version.state),
    )
