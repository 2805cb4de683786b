"""Drafting an annual plan from the ledger, and its rows by hand."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from qingshan.accounts.public import Forbidden, can
from qingshan.annual import policies
from qingshan.annual.beginnings import Beginning, beginnings
from qingshan.annual.errors import AlreadyThere, MissingReason, NotNow, OutOfPeriod
from qingshan.annual.locking import lock
from qingshan.annual.models import AnnualPlan, AnnualRow, AnnualRowVersion, RowRequest
from qingshan.annual.rows import enter_rows, next_version
from qingshan.annual.states import EDITABLE, AnnualState
from qingshan.areas.public import District
from qingshan.audit import public as audit
from qingshan.history import public as history
from qingshan.kernel.spans import beijing_day
from qingshan.plans.public import Plan, head_of

__all__ = ["add_row", "draft_annual", "revise_row"]


@transaction.atomic
def draft_annual(
    *, plan: Plan, year: int, by: Any, at: datetime, district: District | None = None
) -> AnnualPlan:
    """Draft the annual plan of a year from the plan, in one step (起草年度计划).

    Parameters
    ----------
    district : District, optional
        Whose year it is: the plan's own district unless another is given.

    Raises
    ------
    Forbidden
        Who may not keep plans in this district.
    OutOfPeriod
        The year lies outside the plan's period.
    AlreadyThere
        There is one for the year that was not withdrawn.
    """
    where = district or plan.district
    if not can(by, policies.CAPABILITIES["edit"], district_id=where.pk):
        raise Forbidden(policies.CAPABILITIES["edit"], str(plan))
    day = beijing_day(at)
    head = head_of(plan=plan, on=day)
    if not head["period_from"] <= year <= head["period_to"]:
        raise OutOfPeriod(year, head["period_from"], head["period_to"])
    try:
        with transaction.atomic():
            annual = AnnualPlan.objects.create(
                plan=plan, district=where, year=year, created_by=by, created_at=at
            )
    except IntegrityError:
        raise AlreadyThere(year) from None
    rows = enter_rows(
        annual, beginnings(plan=plan, year=year, user=by, on=day), by=by, at=at, on=day,
        reason=_("由规划台账起草"),
    )  # fmt: skip
    audit.record("annual.draft", annual.ref, by=by, at=at, detail={"year": year, "rows": len(rows)})
    return annual


@transaction.atomic
def add_row(
    *, annual: AnnualPlan, beginning: Beginning, by: Any, at: datetime, reason: str = ""
) -> AnnualRow:
    """Add a row by hand (新增事项), for instance a target shared out to a township.

    Into a published plan it is only proposed: it counts once whoever publishes has agreed.

    Raises
    ------
    Forbidden, BadRow
    MissingReason
        The plan is published, and nobody says why.
    NotNow
        It waits to be published, is over or withdrawn.
    """
    policies.require(by, "edit", annual)
    lock(annual)
    published = annual.phase is AnnualState.PUBLISHED
    if not published and annual.phase not in EDITABLE:
        raise NotNow(str(annual.phase.label))
    if published and not reason.strip():
        raise MissingReason
    beginning.facts["included"] = not published
    row = enter_rows(annual, [beginning], by=by, at=at, on=beijing_day(at), reason=reason)[0]
    audit.record("annual.add_row", annual.ref, by=by, at=at, detail={"row": row.code, "kind": row.kind})
    if published:
        RowRequest.objects.create(row=row, seen=1, included=True, reason=reason, asked_by=by, asked_at=at)
    return row


@transaction.atomic
def revise_row(
    *, row: AnnualRow, seen: int, changes: Mapping[str, Any], by: Any, at: datetime, reason: str
) -> AnnualRowVersion:
    """Change a row while the plan is drafted or negotiated (修改事项); a published one changes on request.

    Raises
    ------
    Forbidden, BadRow, StaleVersion
    MissingReason
        The departments have been asked already, and nobody tells them why it changes.
    NotNow
        The plan waits to be published, is published, over or withdrawn.
    """
    annual = row.annual
    policies.require(by, "edit", annual)
    lock(annual)
    if annual.phase not in EDITABLE:
        raise NotNow(str(annual.phase.label))
    if annual.phase is not AnnualState.DRAFTING and not reason.strip():
        raise MissingReason
    before = seen
    after = next_version(row, seen, changes, by=by, at=at, on=beijing_day(at), reason=reason)
    if after.number != before:
        told = sorted(change.label for change in _changed(row, before, after))
        audit.record(
            "annual.revise_row", annual.ref, by=by, at=at,
            detail={"row": row.code, "version": after.number, "fields": told, "reason": reason},
        )  # fmt: skip
    return after


def _changed(row: AnnualRow, before: int, after: AnnualRowVersion) -> tuple[history.FieldChange, ...]:
    return history.changes(AnnualRowVersion.objects.get(subject=row, number=before), after)
