"""The conflicts of a review that somebody may see."""

from __future__ import annotations

from typing import Any

from qingshan.intake import policies
from qingshan.intake.models import Conflict, Intake

__all__ = ["conflicts_for"]


def conflicts_for(*, user: Any, intake: Intake) -> list[Conflict]:
    """Return the conflicts of a review, in reading order.

    One with another plan shows that plan's words, so it is left out for who may not see that plan.
    """
    rows = Conflict.objects.filter(intake=intake).select_related("other_plan", "settled_by")
    seen = {one.other_plan_id: policies.may_see_plan(user, one.other_plan) for one in rows}
    return [one for one in rows if seen[one.other_plan_id]]
