"""Who answers for what on a day, under the names of that day, after mergers and renamings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import QuerySet

from qingshan.areas.public import current_departments, department_names
from qingshan.plans.models.shared import Responsibility
from qingshan.plans.vocabulary import ResponsibilityRole

__all__ = ["Share", "held_on", "shares_of"]

#: So many numbers a database takes in one list; an export asks for more.
_AT_ONCE = 5_000
_LEAD_FIRST = {ResponsibilityRole.LEAD: 0, ResponsibilityRole.NAMED: 1, ResponsibilityRole.JOINT: 2}


@dataclass(frozen=True, slots=True)
class Share:
    """One department's part in something (责任分工).

    ``was`` is the name under which the duty was laid down, where that differs from today's.
    """

    department_id: int
    name: str
    role: ResponsibilityRole
    was: str = ""


def held_on(duties: type[Responsibility], on: date) -> QuerySet[Any]:
    """Return the duties that hold on a day."""
    table: Any = duties
    return table.objects.filter(duties.held(on))  # type: ignore[no-any-return]


def shares_of(duties: type[Responsibility], subject_ids: Iterable[int], on: date) -> dict[int, list[Share]]:
    """Return who answers for each subject on a day, the lead first.

    Two queries for a page of subjects, and two more for each department that has ended.
    """
    wanted = list(subject_ids)
    rows = [
        row
        for start in range(0, len(wanted), _AT_ONCE)
        for row in held_on(duties, on)
        .filter(subject_id__in=wanted[start : start + _AT_ONCE])
        .select_related("department")
        .order_by("order", "id")
    ]
    names = department_names({row.department_id for row in rows}, on)
    heirs = {
        row.department_id: [(heir.pk, heir.name) for heir in current_departments(row.department, on)]
        for row in rows
        if row.department.ended_on is not None and row.department.ended_on <= on
    }
    found: dict[int, dict[int, Share]] = defaultdict(dict)
    for row in rows:
        for share in _shares(row, names, heirs):
            _keep(found[row.subject_id], share)
    return {
        subject: sorted(shares.values(), key=lambda share: _LEAD_FIRST[share.role])
        for subject, shares in found.items()
    }


def _shares(row: Any, names: dict[int, str], heirs: dict[int, list[tuple[int, str]]]) -> Iterable[Share]:
    given = row.department.name
    if row.department_id not in heirs:
        now = names.get(row.department_id, given)
        return [Share(row.department_id, now, row.role)]
    return [Share(pk, name, row.role, was=given) for pk, name in heirs[row.department_id]]


def _keep(shares: dict[int, Share], share: Share) -> None:
    """Two merged departments make one share, with the stronger of their roles."""
    other = shares.get(share.department_id)
    if other is None:
        shares[share.department_id] = share
    elif _LEAD_FIRST[share.role] < _LEAD_FIRST[other.role]:
        shares[share.department_id] = replace(share, was=other.was or share.was)
