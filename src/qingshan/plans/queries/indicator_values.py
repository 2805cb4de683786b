"""The values of one indicator: the one that counts for each year, those beside it, those that wait."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from qingshan.kernel.figure import Figure
from qingshan.plans.figures import value_figure
from qingshan.plans.models import ExclusionLetter, Indicator, PlanVersion, Value
from qingshan.plans.policies import entries_seen
from qingshan.plans.precedence import ranks
from qingshan.plans.queries.standing import Standing
from qingshan.plans.states import ReviewState
from qingshan.plans.vocabulary import MeasuredKind

__all__ = ["ValueRow", "pending_values", "value_rows"]


@dataclass(frozen=True, slots=True)
class ValueRow:
    """A value of an indicator beside the one that counts for its year."""

    value: Value
    figure: Figure
    kind_label: str
    why: str
    counts: bool
    difference: Figure | None
    exclusions: list[ExclusionLetter]


def value_rows(standing: Standing, plan: PlanVersion, url: str) -> list[ValueRow]:
    """Return the values of each year, the latest first: the one that counts, then those beside it."""
    simulated, unit = plan.subject.simulated, standing.version.unit
    prefetch_related_objects([one for found in standing.values.values() for one in found], "exclusions")
    return [
        ValueRow(
            value=value,
            figure=value_figure(value, unit=unit, simulated=simulated, origin=url),
            kind_label=str(MeasuredKind(value.kind).label),
            why=_(ranks()[value.kind][1]),
            counts=value is found[0],
            difference=_difference(value, found[0], unit, simulated, url),
            exclusions=list(value.exclusions.all()),
        )
        for year, found in sorted(standing.values.items(), reverse=True)
        for value in found
    ]


def _difference(value: Value, effective: Value, unit: str, simulated: bool, url: str) -> Figure | None:
    """How far a value lies from the one that counts; None where the two cannot be compared."""
    same_unit = (value.unit or unit) == (effective.unit or unit)
    if value is effective or value.number is None or effective.number is None or not same_unit:
        return None
    source = _("与采用值之差")
    return Figure(value.number - effective.number, unit, value.as_of, source, simulated, url)


_OPEN = (ReviewState.ENTERED, ReviewState.SUBMITTED, ReviewState.SENT_BACK)


def pending_values(user: Any, indicator: Indicator, on: date) -> list[Value]:
    """Return the values somebody sees that do not count yet."""
    seen = Value.objects.filter(entries_seen(user, Value, indicator), indicator=indicator)
    return list(
        seen.filter(state__in=_OPEN, entered_at__date__lte=on)
        .select_related("entered_by", "reviewed_by")
        .order_by("-year", "-id")
    )
