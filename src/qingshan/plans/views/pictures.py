"""Pictures of projects: the timeline by groups, and the chart of money by year."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from qingshan.kernel.figure import Figure
from qingshan.plans.models import PlanVersion
from qingshan.plans.queries import MoneySummary
from qingshan.plans.queries.projects import TimelineRow


@dataclass(frozen=True, slots=True)
class Timeline:
    """Bars of projects under the plan's years; ``today_left`` is where the as-of date lies, in percent."""

    years: list[int]
    groups: list[tuple[str, list[TimelineRow]]]
    today_left: int | None

    @property
    def span(self) -> int:
        """Columns of a heading over the whole table."""
        return len(self.years) + 1


def timeline_shown(plan: PlanVersion, rows: list[TimelineRow], on: date) -> Timeline:
    """Return the bars in their printed groups."""
    years = list(range(plan.period_from, plan.period_to + 1))
    groups: dict[str, list[TimelineRow]] = defaultdict(list)
    for row in rows:
        groups[row.version.group].append(row)
    days_in = (on - date(years[0], 1, 1)).days
    whole = (date(years[-1] + 1, 1, 1) - date(years[0], 1, 1)).days
    inside = 0 <= days_in < whole
    return Timeline(years, list(groups.items()), 100 * days_in // whole if inside else None)


def money_chart(money: MoneySummary) -> dict[str, Any]:
    """Return what the chart of money draws; an amount nobody entered is a gap, never zero."""
    kinds = ((_("计划"), "planned"), (_("到位"), "received"), (_("支付"), "paid"))
    return {
        "unit": _("万元"),
        "years": [total.name for total in money.by_year],
        "series": [
            {"name": str(label), "points": [_drawn(getattr(total, name)) for total in money.by_year]}
            for label, name in kinds
        ],
    }


def _drawn(figure: Figure) -> float | None:
    return None if figure.value is None else float(figure.value)
