"""Sifting a list by responsible department, with those whose duties came to it."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

from qingshan.areas.public import department_names_in, lineage_of
from qingshan.pages.public import as_of
from qingshan.plans.models import Plan
from qingshan.plans.models.shared import Responsibility
from qingshan.plans.queries.responsibilities import held_on


def department_choices(request: HttpRequest) -> list[tuple[int, str]]:
    """Return the departments of the plan's district, as they are called on the as-of date."""
    code = request.resolver_match.kwargs.get("code") if request.resolver_match else None
    district = Plan.objects.filter(code=code).values_list("district_id", flat=True).first()
    if district is None:
        return []
    found = department_names_in(district, as_of(request))
    return sorted(found.items(), key=lambda pair: pair[1])


def by_department(
    rows: QuerySet[Any], duties: type[Responsibility], department_id: str, request: HttpRequest
) -> QuerySet[Any]:
    """Keep the rows that a department answers for on the as-of date."""
    day = as_of(request)
    lineage = lineage_of([int(department_id)], day)
    return rows.filter(
        subject_id__in=held_on(duties, day).filter(department_id__in=lineage).values("subject_id")
    )
