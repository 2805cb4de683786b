"""Duties and zoning rules that a plan lays down; whoever sees the plan sees them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import QuerySet

from qingshan.plans.models import PlanSource, PlanVersion, ProvisionVersion
from qingshan.plans.queries.passages import Passage
from qingshan.plans.queries.reach import visible_versions

__all__ = ["provisions_for", "with_passages"]


def provisions_for(*, user: Any, on: date, plan: PlanVersion | None = None) -> QuerySet[Any]:
    """Return the provisions of the plans somebody sees, as they stood on a day, in the order of the text.

    Parameters
    ----------
    plan : PlanVersion, optional
        Only those of this plan, which the person sees.
    """
    seen = visible_versions(user=user, on=on)
    if plan is not None:
        seen = seen.filter(pk=plan.pk)
    rows: QuerySet[Any] = ProvisionVersion.objects.on(on).filter(plan_id__in=seen.values("subject_id"))
    return rows.select_related("subject").order_by("plan_id", "kind", "order", "pk")


def with_passages(rows: Iterable[Any]) -> list[Any]:
    """Put ``passage`` on each record of a page: the words it stands in, with one query for the texts."""
    given = list(rows)
    sources = list(PlanSource.objects.filter(plan_id__in={row.plan_id for row in given}))
    by_code = {(one.plan_id, one.code): one for one in sources}
    mains = {one.plan_id: one for one in sources if one.main}
    for row in given:
        named = (
            by_code.get((row.plan_id, row.place_document)) if row.place_document else mains.get(row.plan_id)
        )
        row.passage = None if row.place_start is None else _passage(row, named)
    return given


def _passage(row: Any, source: PlanSource | None) -> Passage:
    return Passage(
        title=source.title if source else row.place_document,
        start=row.place_start,
        end=row.place_end,
        anchor=row.place_anchor,
        text=source.text[row.place_start : row.place_end] if source else "",
    )
