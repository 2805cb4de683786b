"""Measures of a plan's body, and its commitments."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from qingshan.kernel.spans import beijing_day
from qingshan.plans import policies
from qingshan.plans.actions.records import add_record, newest, next_version
from qingshan.plans.errors import BadFacts, OutsidePlan
from qingshan.plans.models import Commitment, CommitmentVersion, Measure, MeasureVersion, Plan


@transaction.atomic
def add_measure(
    *,
    plan: Plan,
    code: str,
    facts: Mapping[str, Any],
    valid_from: date,
    by: Any,
    at: datetime,
    reason: str = "",
) -> Measure:
    """Enter a node of a plan's body (新增章、节、措施).

    Parameters
    ----------
    facts : mapping
        Fields of `MeasureVersion`: kind, order, title, ``parent`` (a `Measure` of the same plan), ...
    """
    policies.require(by, "edit", plan)
    _inside(plan.pk, facts.get("parent"))
    facts = {"depth": _depth_below(facts.get("parent")), **facts}
    return add_record(
        Measure, MeasureVersion, plan=plan, code=code, facts=facts, valid_from=valid_from,
        by=by, at=at, reason=reason, action="plans.add_measure",
    )  # fmt: skip


@transaction.atomic
def revise_measure(
    *,
    measure: Measure,
    changes: Mapping[str, Any],
    seen: int,
    by: Any,
    at: datetime,
    reason: str,
    valid_from: date | None = None,
) -> MeasureVersion:
    """Change a measure (变更措施)."""
    policies.require(by, "edit", measure.plan)
    _inside(measure.plan_id, changes.get("parent"))
    if "parent" in changes:
        _not_below_itself(measure, changes["parent"])
        changes = {"depth": _depth_below(changes["parent"]), **changes}
    return next_version(
        MeasureVersion, measure, changes, seen=seen, valid_from=valid_from or beijing_day(at),
        by=by, at=at, reason=reason, action="plans.revise_measure",
    )  # fmt: skip


@transaction.atomic
def add_commitment(
    *,
    plan: Plan,
    code: str,
    facts: Mapping[str, Any],
    valid_from: date,
    by: Any,
    at: datetime,
    reason: str = "",
) -> Commitment:
    """Enter a quantified or dated commitment (新增承诺)."""
    policies.require(by, "edit", plan)
    _inside(plan.pk, facts.get("measure"))
    return add_record(
        Commitment, CommitmentVersion, plan=plan, code=code, facts=facts, valid_from=valid_from,
        by=by, at=at, reason=reason, action="plans.add_commitment",
    )  # fmt: skip


@transaction.atomic
def revise_commitment(
    *,
    commitment: Commitment,
    changes: Mapping[str, Any],
    seen: int,
    by: Any,
    at: datetime,
    reason: str,
    valid_from: date | None = None,
) -> CommitmentVersion:
    """Change a commitment (变更承诺)."""
    policies.require(by, "edit", commitment.plan)
    _inside(commitment.plan_id, changes.get("measure"))
    return next_version(
        CommitmentVersion, commitment, changes, seen=seen, valid_from=valid_from or beijing_day(at),
        by=by, at=at, reason=reason, action="plans.revise_commitment",
    )  # fmt: skip


def _inside(plan_id: int, other: Any) -> None:
    if isinstance(other, Measure) and other.plan_id != plan_id:
        raise OutsidePlan


def _depth_below(parent: Measure | None) -> int:
    return 0 if parent is None else newest(MeasureVersion, parent).depth + 1


def _not_below_itself(measure: Measure, parent: Measure | None) -> None:
    """A node below itself would take its whole branch out of the tree."""
    above = parent
    while above is not None:
        if above.pk == measure.pk:
            raise BadFacts({_("上级编号"): [_("“%s”在本节点之下，不能作它的上级") % parent]})
        above = newest(MeasureVersion, above).parent
