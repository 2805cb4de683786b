"""The money of a plan's projects on a day, project by project, over all years and sources."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Sum

from qingshan.plans.models import MoneyVersion, Plan, ProjectVersion

__all__ = ["ProjectMoney", "project_money"]


@dataclass(frozen=True, slots=True)
class ProjectMoney:
    """What a project costs, and what was planned, received and paid until a day: whole yuan, None unknown."""

    investment_yuan: int | None
    planned_yuan: int | None = None
    received_yuan: int | None = None
    paid_yuan: int | None = None


def project_money(*, plan: Plan, on: date) -> dict[str, ProjectMoney]:
    """Return the money of each project of a plan by its code, as it stood on a day; two queries."""
    sums = {
        row["subject__project_id"]: {name: row[name] for name in ("planned", "received", "paid")}
        for row in MoneyVersion.objects.on(on)
        .filter(subject__project__plan=plan)
        .values("subject__project_id")
        .annotate(planned=Sum("planned_yuan"), received=Sum("received_yuan"), paid=Sum("paid_yuan"))
        .order_by()
    }
    rows = ProjectVersion.objects.on(on).filter(plan=plan).select_related("subject")
    return {
        row.subject.code: ProjectMoney(
            row.investment_yuan,
            *(sums.get(row.subject_id, {}).get(name) for name in ("planned", "received", "paid")),
        )
        for row in rows
    }
