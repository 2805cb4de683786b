"""What the rows of an annual plan begin with, read from the ledger (起草年度计划).

Indicators give targets: printed ones as printed, others proposed with how they were computed. Measures,
projects and commitments that are unfinished, and due or under way in the year, give work.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from qingshan.annual.proposing import Course, Known, proposal
from qingshan.annual.vocabulary import Basis, RowKind
from qingshan.kernel.refs import Ref
from qingshan.plans.public import (
    IndicatorRow,
    Plan,
    ResponsibilityRole,
    Share,
    WorkItem,
    asked_of,
    indicator_rows,
    plan_for,
    work_items,
)

__all__ = ["Beginning", "beginnings", "from_indicator", "from_work", "is_of_year"]

_LONGEST_NAME = 300


@dataclass(frozen=True, slots=True)
class Beginning:
    """A row before it is one: its kind, the record it comes from, and the fields of its first version."""

    kind: RowKind
    source: Ref
    facts: dict[str, Any] = field(default_factory=dict)


def beginnings(*, plan: Plan, year: int, user: Any, on: date) -> list[Beginning]:
    """Return the rows of a year, targets first, in the order of the plan."""
    version = plan_for(user=user, code=plan.code, on=on)
    targets = [row for row in indicator_rows(user=user, plan=version, on=on) if row.judged]
    work = [item for item in work_items(plan=plan, on=on) if is_of_year(item, year)]
    asked = asked_of(refs=[item.ref for item in work], on=on)
    return [
        *(from_indicator(row, year) for row in targets),
        *(from_work(item, year, asked.get(item.ref, "")) for item in work),
    ]


def is_of_year(item: WorkItem, year: int) -> bool:
    """Whether unfinished work is the year's: it has begun by then. What is overdue is still to be done."""
    return item.starts_on is None or item.starts_on.year <= year


def from_indicator(row: IndicatorRow, year: int) -> Beginning:
    """Return the target of an indicator for a year."""
    found = proposal(_course(row), year)
    facts = {
        "name": row.name[:_LONGEST_NAME],
        "goal": found.words,
        "value": format(found.number, "f") if found.number is not None else "",
        "operator": found.operator.value if found.operator else "",
        "unit": found.unit,
        "basis": found.basis,
        "method": found.method,
        "due_on": date(year, 12, 31),
        **_parties(row.shares),
    }
    return Beginning(RowKind.TARGET, row.version.subject.ref, facts)


def _course(row: IndicatorRow) -> Course:
    case = row.standing.case
    values = tuple(
        Known(value.year, value.number, value.unit)
        for value in case.values.values()
        if value.number is not None and value.whole_year and value.year not in case.excluded
    )
    base = None
    if case.baseline_year is not None and (number := case.baseline_number) is not None:
        base = Known(case.baseline_year, number, case.baseline.unit if case.baseline else "")
    return Course(case.targets, values, base, case.direction, case.unit)


def from_work(item: WorkItem, year: int, asked: str) -> Beginning:
    """Return a measure, project or commitment as work of a year."""
    kind = RowKind(item.kind)
    due = item.due_on if item.due_on and item.due_on.year == year else date(year, 12, 31)
    facts = {
        "name": item.name[:_LONGEST_NAME],
        "goal": asked or item.name,
        "basis": Basis.WORDS,
        "method": _why(item, year),
        "due_on": due,
        "evidence_wanted": _evidence(kind),
        **_parties(item.shares),
    }
    return Beginning(kind, item.ref, facts)


def _why(item: WorkItem, year: int) -> str:
    if item.due_on is None:
        return _("规划期内持续推进，尚未办结。")
    told = {"due": item.due_on.isoformat()}
    if item.due_on.year < year:
        return _("规划要求 %(due)s 前完成，尚未办结，列入本年度继续办理。") % told
    if item.due_on.year == year:
        return _("规划要求 %(due)s 前完成，本年度到期。") % told
    return _("规划要求 %(due)s 前完成，本年度继续推进。") % told


def _evidence(kind: RowKind) -> str:
    return {
        RowKind.MEASURE: _("工作总结及佐证材料"),
        RowKind.PROJECT: _("现场照片\n进度或验收材料"),
        RowKind.COMMITMENT: _("完成情况说明及数据来源"),
    }[kind]


def _parties(shares: Iterable[Share]) -> dict[str, Any]:
    """Who leads and who joins in: one named alone leads; among several nobody is promoted by us."""
    given = list(shares)
    leads = [one for one in given if one.role is ResponsibilityRole.LEAD]
    lead = leads[0] if leads else given[0] if len(given) == 1 else None
    return {
        "lead_id": lead.department_id if lead else None,
        "joint": [one.department_id for one in given if one is not lead],
    }
