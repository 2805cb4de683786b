"""May this person do this to that annual plan? It belongs to its district; a row also to its departments.

While it is drafted it is seen by those who may keep or publish it and by nobody else. Once the departments
are asked, who answers for one department sees its own rows, and who sees the district sees all of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from qingshan.accounts.public import Forbidden, can, requiring, scope_of
from qingshan.annual.models import AnnualPlan, AnnualRowVersion
from qingshan.annual.states import AnnualState

__all__ = [
    "CAPABILITIES",
    "PRIVATE",
    "Forbidden",
    "may",
    "may_answer_for",
    "own_departments",
    "require",
    "require_voice",
    "sees_all",
    "sees_row",
]

#: Verb of this room -> capability of ``accounts/capabilities.yaml``.
CAPABILITIES = {
    "view": "plans.view",
    "edit": "plans.edit",
    "publish": "plans.approve",
    "answer_for": "tasks.report",
}

#: What is nobody's news but its makers'.
PRIVATE = (AnnualState.DRAFTING, AnnualState.WITHDRAWN)


def may(user: Any, verb: str, annual: AnnualPlan) -> bool:
    """Return whether somebody may do something to an annual plan as a whole."""
    if verb == "view" and annual.phase in PRIVATE:
        return any(may(user, other, annual) for other in ("edit", "publish"))
    return can(user, CAPABILITIES[verb], district_id=annual.district_id)


#: Refuse with `Forbidden` unless somebody may; None is the system itself.
require = requiring(may, CAPABILITIES)


def own_departments(user: Any, annual: AnnualPlan) -> frozenset[int] | None:
    """Return the departments whose rows somebody sees, also those that came to them; None for all rows."""
    scope = scope_of(user, capability=CAPABILITIES["view"])
    if scope.everything or annual.district_id in scope.whole_district_ids:
        return None
    return _reached(scope, annual)


def sees_all(user: Any, annual: AnnualPlan) -> bool:
    """Whether somebody sees every row."""
    return own_departments(user, annual) is None


def sees_row(user: Any, annual: AnnualPlan, row: AnnualRowVersion) -> bool:
    """Whether somebody who sees the annual plan sees a row of it."""
    own = own_departments(user, annual)
    return own is None or not own.isdisjoint(row.department_ids)


def may_answer_for(user: Any, annual: AnnualPlan, departments: Iterable[int]) -> frozenset[int]:
    """Return those of some departments for whom somebody may accept rows or ask for changes.

    A department is spoken for by its own people only, whoever keeps the whole district.
    """
    scope = scope_of(user, capability=CAPABILITIES["answer_for"])
    return frozenset() if scope.nothing else _reached(scope, annual) & frozenset(departments)


def require_voice(user: Any, annual: AnnualPlan, row: AnnualRowVersion) -> int:
    """Return the department for which somebody answers to a row: the lead where they speak for it.

    Raises
    ------
    Forbidden
        They speak for none of its departments.
    """
    spoken = may_answer_for(user, annual, row.department_ids)
    for department in row.department_ids:
        if department in spoken:
            return department
    raise Forbidden(CAPABILITIES["answer_for"], str(row))


def _reached(scope: Any, annual: AnnualPlan) -> frozenset[int]:
    return frozenset().union(
        *(
            part.department_ids
            for part in scope.parts
            if part.department_ids is not None and annual.district_id in part.district_ids
        )
    )
