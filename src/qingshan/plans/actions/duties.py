"""Who answers for what, from when to when. A department that is merged is followed by query, never here."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from qingshan.areas.public import Department
from qingshan.audit import public as audit
from qingshan.plans import policies
from qingshan.plans.errors import LedgerRefusal, MixedWorlds
from qingshan.plans.locks import require_open
from qingshan.plans.models import (
    Commitment,
    CommitmentResponsibility,
    Indicator,
    IndicatorResponsibility,
    Measure,
    MeasureResponsibility,
    Project,
    ProjectResponsibility,
)
from qingshan.plans.models.shared import Responsibility
from qingshan.plans.vocabulary import ResponsibilityRole

#: Table of duties of each kind of subject.
DUTIES: dict[type, type[Responsibility]] = {
    Indicator: IndicatorResponsibility,
    Measure: MeasureResponsibility,
    Project: ProjectResponsibility,
    Commitment: CommitmentResponsibility,
}
Subject = Indicator | Measure | Project | Commitment


@transaction.atomic
def make_responsible(
    *,
    subject: Subject,
    department: Department,
    role: ResponsibilityRole,
    valid_from: date,
    by: Any,
    at: datetime,
    reason: str = "",
    order: int = 0,
) -> Responsibility:
    """Let a department answer for something from a day on (落实责任单位).

    Raises
    ------
    LedgerRefusal
        The department answers for it already; end that first.
    MixedWorlds
        A fictional department for a real plan, or the reverse.
    LockedDay
        The duty would begin on a day that the upper level has locked.
    """
    policies.require(by, "edit", subject.plan)
    require_open(subject.plan, valid_from)
    if department.district.simulated != subject.plan.simulated:
        raise MixedWorlds(_("虚构单位与真实规划不能关联：%s。") % department.name)
    table: Any = DUTIES[type(subject)]
    if table.objects.filter(subject=subject, department=department, valid_to__isnull=True).exists():
        raise LedgerRefusal(_("“%s”已是责任单位；如需改变分工，请先结束原责任。") % department.name)
    duty: Responsibility = table.objects.create(
        subject=subject,
        department=department,
        role=role,
        order=order,
        valid_from=valid_from,
        reason=reason,
        recorded_by=by,
        recorded_at=at,
    )
    detail = {"department": department.ref, "role": role, "from": valid_from}
    audit.record("plans.make_responsible", subject.ref, by=by, at=at, detail=detail)
    return duty


@transaction.atomic
def end_responsibility(
    *, duty: Responsibility, on: date, by: Any, at: datetime, reason: str
) -> Responsibility:
    """End a duty on a day (结束责任); it stays in the record for the days before.

    Raises
    ------
    LedgerRefusal
        It has ended already, or would end before it began.
    LockedDay
        It would end on a day that the upper level has locked.
    """
    subject: Subject = duty.subject  # type: ignore[attr-defined]
    policies.require(by, "edit", subject.plan)
    require_open(subject.plan, on)
    if on < duty.valid_from:
        raise LedgerRefusal(_("结束日 %(on)s 早于开始日 %(start)s。") % {"on": on, "start": duty.valid_from})
    table: Any = type(duty)
    if table.objects.filter(pk=duty.pk, valid_to__isnull=True).update(valid_to=on) != 1:
        raise LedgerRefusal(_("这项责任已经结束。"))
    duty.refresh_from_db()
    detail = {"department": duty.department.ref, "on": on, "reason": reason}
    audit.record("plans.end_responsibility", subject.ref, by=by, at=at, detail=detail)
    return duty
