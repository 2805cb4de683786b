"""Row rights: which plans somebody sees, and in them which measures, projects and commitments.

Rights are those of today; the as-of date only says how what may be seen stood.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from qingshan.accounts.public import Scope, scope_of
from qingshan.pages.public import today
from qingshan.plans.models import Plan, PlanVersion
from qingshan.plans.models.shared import Responsibility
from qingshan.plans.queries.responsibilities import held_on

__all__ = ["of_plans", "own_rows", "visible_versions"]


def visible_versions(*, user: Any, on: date) -> QuerySet[Any]:
    """Return the plans somebody sees, as they stood on a day."""
    found: QuerySet[Any] = PlanVersion.objects.on(on).filter(
        scope_of(user).rows(district="subject__district")
    )
    return found.select_related("subject__district").order_by("subject__code")


def own_rows(
    *,
    versions: type[Any],
    duties: type[Responsibility],
    user: Any,
    on: date,
    plan: PlanVersion | None = None,
) -> QuerySet[Any]:
    """Return the versions of a day that somebody sees: a district's all, or one department's own.

    The versions are those of ``on``; whose they are is asked of today, as every right is: who handed a
    duty over does not keep it by looking back, and who took it over sees what was before.

    Plans are looked up first and put in by number, so that the big table is entered by its index and
    never joined to find out whose it is.
    """
    scope = scope_of(user)
    rows: QuerySet[Any] = versions.objects.on(on).filter(_reached(scope, duties, plan))
    return rows


def of_plans(user: Any, plan: PlanVersion | None) -> list[tuple[int, int]]:
    """Return number and district of the plan given, or of all plans."""
    if plan is not None:
        return [(plan.subject_id, plan.subject.district_id)]
    return list(Plan.objects.values_list("pk", "district_id"))


def _reached(scope: Scope, duties: type[Responsibility], plan: PlanVersion | None) -> Q:
    wanted = of_plans(None, plan)
    whole = {pk for pk, district in wanted if _whole(scope, district)}
    reached = Q(plan_id__in=whole)
    for departments, plans in _narrow(scope, [pair for pair in wanted if pair[0] not in whole]).items():
        own = held_on(duties, today()).filter(department_id__in=departments).values("subject_id")
        reached |= Q(plan_id__in=plans, subject_id__in=own)
    return reached


def _whole(scope: Scope, district: int) -> bool:
    return scope.everything or district in scope.whole_district_ids


def _narrow(scope: Scope, wanted: list[tuple[int, int]]) -> dict[frozenset[int], set[int]]:
    """Plans in which only some departments are reached, by those departments."""
    found: dict[frozenset[int], set[int]] = {}
    for pk, district in wanted:
        departments = frozenset().union(
            *(
                part.department_ids
                for part in scope.parts
                if part.department_ids is not None and district in part.district_ids
            )
        )
        if departments:
            found.setdefault(departments, set()).add(pk)
    return found
