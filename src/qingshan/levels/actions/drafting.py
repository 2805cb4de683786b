"""Drawing up a submission, and changing its words before it is handed up."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from qingshan.areas.public import District, district_path
from qingshan.audit import public as audit
from qingshan.kernel.spans import beijing_day
from qingshan.levels import policies
from qingshan.levels.errors import AlreadyReported, BadSubmission, StaleSubmission
from qingshan.levels.models import Call, CalledDistrict, Partner, Submission
from qingshan.levels.states import CHANGEABLE, CallState, PartnerState
from qingshan.levels.taking import snapshot_of
from qingshan.plans.public import Plan

__all__ = ["draft_submission", "open_call", "revise_submission"]


@transaction.atomic
def draft_submission(
    *,
    plan: Plan,
    to_district: District,
    as_of: date,
    by: Any,
    at: datetime,
    words: str = "",
    call: Call | None = None,
    partner: Partner | None = None,
) -> Submission:
    """Draw up a submission of a plan's progress as of a day (拟报); the upper level does not see it yet.

    Parameters
    ----------
    to_district : District
        Who receives: a district above the plan's own on that day.
    call : Call, optional
        The call that is answered; without it an open one of that receiver for that day is found.
    partner : Partner, optional
        The receiver's installation, where it is another one.

    Raises
    ------
    BadSubmission
        The receiver is not above, the day lies ahead or before the plan, or the worlds are mixed.
    AlreadyReported
        There is one of this plan, for this receiver, as of this day.
    """
    policies.require_submit(by, plan.district_id, str(plan))
    if as_of > beijing_day(at):
        raise BadSubmission(_("数据截至 %s 在今天之后。") % as_of)
    _above(plan, to_district, as_of)
    _reaches(partner, to_district)
    name = snapshot_of(plan=plan, on=as_of).plan.name
    submission = Submission(
        plan=plan, plan_code=plan.code, plan_name=name, district_id=plan.district_id, to_district=to_district,
        partner=partner, call=_answered(call, plan.district_id, to_district, as_of), as_of=as_of, words=words,
        created_by=by, created_at=at,
    )  # fmt: skip
    try:
        with transaction.atomic():
            submission.save()
    except IntegrityError:
        raise AlreadyReported from None
    detail = {"plan": plan.code, "as_of": as_of, "to": to_district.code}
    audit.record("levels.draft", submission.ref, by=by, at=at, detail=detail)
    return submission


@transaction.atomic
def revise_submission(*, submission: Submission, words: str, by: Any, at: datetime) -> Submission:
    """Change the covering words while the submission is with the lower level (修改报送说明)."""
    policies.require(by, "submit", submission)
    moved = Submission.objects.filter(pk=submission.pk, state__in=CHANGEABLE, from_outside=False)
    if moved.update(words=words) != 1:
        submission.refresh_from_db()
        raise StaleSubmission(str(submission.phase.label))
    submission.refresh_from_db()
    audit.record("levels.revise", submission.ref, by=by, at=at)
    return submission


def _above(plan: Plan, to_district: District, on: date) -> None:
    above = {one.subject_id for one in district_path(plan.district_id, on)} - {plan.district_id}
    if to_district.pk not in above:
        told = {"to": to_district, "of": plan.district, "on": on}
        raise BadSubmission(_("%(to)s 在 %(on)s 不是 %(of)s 的上级辖区。") % told)
    if to_district.simulated != plan.simulated:
        raise BadSubmission(_("模拟规划不能报送真实单位，反之亦然。"))


def _reaches(partner: Partner | None, to_district: District) -> None:
    if partner is None:
        return
    if partner.phase is not PartnerState.TRUSTED or partner.district_id != to_district.pk:
        raise BadSubmission(_("“%(who)s”不是 %(to)s 的互信装置。") % {"who": partner, "to": to_district})


def _answered(call: Call | None, district_id: int, to_district: District, as_of: date) -> Call | None:
    if call is None:
        return open_call(district_id=district_id, to_district_id=to_district.pk, as_of=as_of)
    asked = CalledDistrict.objects.filter(call=call, district=district_id).exists()
    if not asked or call.district_id != to_district.pk or call.as_of != as_of:
        raise BadSubmission(_("“%s”没有要求这一辖区报送这一天的数据。") % call)
    return call


def open_call(*, district_id: int, to_district_id: int, as_of: date) -> Call | None:
    """Return the open call that a submission of this district, receiver and day answers."""
    found = Call.objects.filter(
        district=to_district_id, as_of=as_of, state=CallState.OPEN, called__district=district_id
    )
    return found.order_by("-pk").first()
