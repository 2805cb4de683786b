"""Entries of one's own that do not count yet, to be changed and handed in again."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from qingshan.plans.models import Indicator, NotEvaluable, Project, Rebaselining, Target, TargetAdjustment
from qingshan.plans.models.shared import Reviewed
from qingshan.plans.queries.errors import NoSuchRecord
from qingshan.plans.states import REVIEW_FLOW

__all__ = ["changeable", "is_own", "own_adjustment", "own_rebaselining", "own_statement"]


def is_own(entry: Reviewed, user: Any) -> bool:
    """Whether somebody entered this and may still change it: it was sent back, or never handed in."""
    return REVIEW_FLOW.allows(entry.state, "submit") and entry.entered_by_id == user.pk


def changeable(entries: Iterable[Any], user: Any) -> frozenset[int]:
    """Return the numbers of those entries that somebody may still change."""
    return frozenset(entry.pk for entry in entries if is_own(entry, user))


def own_statement(*, user: Any, indicator: Indicator, key: int) -> NotEvaluable:
    """Return a statement of one's own that a year of this indicator is not evaluable."""
    found: NotEvaluable = _own(NotEvaluable.objects.filter(indicator=indicator), user, key)
    return found


def own_adjustment(*, user: Any, target: Target, key: int) -> TargetAdjustment:
    """Return a change of this target that one proposed oneself."""
    found: TargetAdjustment = _own(TargetAdjustment.objects.filter(target=target), user, key)
    return found


def own_rebaselining(*, user: Any, project: Project, key: int) -> Rebaselining:
    """Return a change of this project that one proposed oneself."""
    found: Rebaselining = _own(Rebaselining.objects.filter(project=project), user, key)
    return found


def _own(rows: Any, user: Any, key: int) -> Any:
    found = rows.filter(pk=key).first()
    if found is None or not is_own(found, user):
        raise NoSuchRecord(str(key))
    return found
