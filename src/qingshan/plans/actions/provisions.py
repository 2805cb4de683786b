"""Duties and zoning rules that a plan lays down, entered by people."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from qingshan.plans import policies
from qingshan.plans.actions.records import add_record
from qingshan.plans.models import Plan, Provision, ProvisionVersion


@transaction.atomic
def add_provision(
    *,
    plan: Plan,
    code: str,
    facts: Mapping[str, Any],
    valid_from: date,
    by: Any,
    at: datetime,
    reason: str = "",
) -> Provision:
    """Enter a duty or a zoning rule (新增规划条款).

    Parameters
    ----------
    facts : mapping
        Fields of `ProvisionVersion`: kind, order, duty_code, name, effect, zone, subjects, wording, notes.

    Raises
    ------
    LockedDay
        It would hold from a day on that the upper level has locked.
    """
    policies.require(by, "edit", plan)
    return add_record(
        Provision, ProvisionVersion, plan=plan, code=code, facts=facts, valid_from=valid_from,
        by=by, at=at, reason=reason, action="plans.add_provision",
    )  # fmt: skip
