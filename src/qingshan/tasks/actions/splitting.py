"""A yearly task into its quarters, in one step (按季度分解)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from qingshan.audit import public as audit
from qingshan.kernel.refs import Ref
from qingshan.tasks import policies
from qingshan.tasks.actions.making import create_task
from qingshan.tasks.actions.moves import assign_task
from qingshan.tasks.errors import NoQuarters, StaleTask
from qingshan.tasks.models import Task, TaskParty, TaskVersion
from qingshan.tasks.quarters import Quarter, quarters_of
from qingshan.tasks.queries import current_terms, may_be_quartered
from qingshan.tasks.states import REVISABLE, TaskState
from qingshan.tasks.vocabulary import PartyRole, TaskSource

__all__ = ["split_by_quarter"]

_LONGEST_TITLE = 200


@transaction.atomic
def split_by_quarter(
    *, task: Task, by: Any, at: datetime, goals: Mapping[tuple[int, int], str] | None = None
) -> list[Task]:
    """Divide a task into one part for each quarter it runs through.

    The parts have the departments and the source of the whole, end with the quarter, and are assigned at once
    when the whole is. They have no weight of their own: `tasks.shares` reckons what each weighs of the whole.

    Parameters
    ----------
    goals : mapping of (year, quarter) to text, optional
        What is to be reached in each; where nothing is said, the work of the whole.

    Raises
    ------
    NoQuarters
        It has parts already, is a part itself, or runs within one quarter.
    StaleTask
        It is under review, closed or cancelled.
    Forbidden
    """
    policies.require(by, "assign", task)
    if task.phase not in REVISABLE:
        raise StaleTask(str(task.phase.label))
    terms = current_terms(task)
    if not may_be_quartered(task):
        raise NoQuarters
    quarters = quarters_of(terms.starts_on, terms.due_on)
    wanted = goals or {}
    parts = [
        _part(task, terms, quarter, wanted.get((quarter.year, quarter.number), ""), by, at)
        for quarter in quarters
    ]
    audit.record("tasks.split", task.ref, by=by, at=at, detail={"parts": [part.code for part in parts]})
    return parts


def _part(task: Task, terms: TaskVersion, quarter: Quarter, goal: str, by: Any, at: datetime) -> Task:
    parties = TaskParty.objects.filter(policies.HELD_NOW, task=task).select_related("department__district")
    by_role: dict[str, list[Any]] = {PartyRole.LEAD: [], PartyRole.JOINT: []}
    for party in parties:
        by_role[party.role].append(party.department)
    part = create_task(
        district=task.district,
        source=TaskSource(task.source),
        source_ref=Ref.read(task.source_ref) if task.source_ref else None,
        terms={
            "title": _title(terms.title, quarter),
            "content": goal.strip() or terms.content,
            "evidence_wanted": terms.evidence_wanted,
            "weight_hundredths": 0,
            "starts_on": quarter.starts_on,
            "due_on": quarter.due_on,
        },
        lead=by_role[PartyRole.LEAD][0],
        joint=by_role[PartyRole.JOINT],
        source_title=task.source_title,
        source_by=task.source_by,
        source_on=task.source_on,
        parent=task,
        by=by,
        at=at,
    )
    return part if task.phase is TaskState.DRAFT else assign_task(task=part, by=by, at=at)


def _title(whole: str, quarter: Quarter) -> str:
    mark = _("（%(year)d年第%(quarter)d季度）") % {"year": quarter.year, "quarter": quarter.number}
    return whole[: _LONGEST_TITLE - len(mark)] + mark
