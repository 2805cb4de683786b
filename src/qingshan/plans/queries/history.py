"""The history of every record: its versions, newest first, each with what it changed."""

from __future__ import annotations

from datetime import date
from typing import Any

from qingshan.history.public import Step, steps
from qingshan.kernel.refs import Ref
from qingshan.plans import policies
from qingshan.plans.models import (
    CatalogueIndicator,
    CatalogueIndicatorVersion,
    Commitment,
    CommitmentVersion,
    Indicator,
    IndicatorVersion,
    Measure,
    MeasureVersion,
    Milestone,
    MilestoneVersion,
    Money,
    MoneyVersion,
    Plan,
    PlanVersion,
    Project,
    ProjectVersion,
    Target,
    TargetVersion,
)
from qingshan.plans.queries.errors import NoSuchRecord

__all__ = ["steps_of", "steps_until"]

_VERSIONED: dict[str, tuple[Any, Any]] = {
    "plan": (Plan, PlanVersion),
    "indicator": (Indicator, IndicatorVersion),
    "target": (Target, TargetVersion),
    "measure": (Measure, MeasureVersion),
    "commitment": (Commitment, CommitmentVersion),
    "project": (Project, ProjectVersion),
    "milestone": (Milestone, MilestoneVersion),
    "money": (Money, MoneyVersion),
    "catalogue": (CatalogueIndicator, CatalogueIndicatorVersion),
}


def steps_until(versions: Any, subject: Any, on: date) -> list[Step]:
    """Return the steps of a record that had begun by a day."""
    found = versions.objects.filter(subject=subject, valid_from__lte=on).select_related("recorded_by")
    return list(steps(found))


def steps_of(*, user: Any, ref: Ref, on: date) -> list[Step]:
    """Return the history of a record named across rooms.

    Raises
    ------
    NoSuchRecord
        No such record, one without versions, or one this person may not see.
    """
    model, versions = _VERSIONED.get(ref.kind, (None, None))
    subject = model.objects.filter(pk=ref.key).first() if model and ref.key.isdecimal() else None
    if ref.room != "plans" or subject is None:
        raise NoSuchRecord(str(ref))
    if not isinstance(subject, CatalogueIndicator) and not policies.may(user, "view", subject):
        raise NoSuchRecord(str(ref))
    return steps_until(versions, subject, on)
