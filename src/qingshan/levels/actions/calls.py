"""Calls: the upper level asks districts below it to report as of a day, urges them, and closes the call."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from qingshan.areas.public import District, districts_under
from qingshan.audit import public as audit
from qingshan.jobs.public import announce
from qingshan.kernel.spans import beijing_day
from qingshan.levels import policies
from qingshan.levels.errors import BadCall, StaleSubmission
from qingshan.levels.events import CallMade, CallUrged
from qingshan.levels.models import Call, CalledDistrict
from qingshan.levels.queries.calls import silent_districts
from qingshan.levels.states import CALL_FLOW
from qingshan.workflow import public as workflow

__all__ = ["close_call", "make_call", "urge_call"]

#: The name of a call's deadline in the room of deadlines.
DEADLINE = gettext_noop("报送")


@transaction.atomic
def make_call(
    *,
    district: District,
    title: str,
    as_of: date,
    due_on: date,
    called: Iterable[District],
    by: Any,
    at: datetime,
    words: str = "",
) -> Call:
    """Ask districts below one to report as of a day (发出报送要求); they are told, and reminded.

    Raises
    ------
    BadCall
        No title, no district, one that is not below, or a last day before the day reported or before today.
    """
    policies.require_call(by, district.pk, str(district))
    today, asked = beijing_day(at), list(called)
    if not title.strip():
        raise BadCall(_("请填写报送要求的名称。"))
    if due_on < max(as_of, today):
        raise BadCall(_("报送期限 %(due)s 早于 %(day)s。") % {"due": due_on, "day": max(as_of, today)})
    below = districts_under(district, as_of) - {district.pk}
    if not asked or any(one.pk not in below for one in asked):
        raise BadCall(_("请选择应报辖区；只能要求下级辖区报送。"))
    call = Call.objects.create(
        district=district, title=title.strip(), as_of=as_of, due_on=due_on, words=words, created_by=by,
        created_at=at,
    )  # fmt: skip
    CalledDistrict.objects.bulk_create(CalledDistrict(call=call, district=one) for one in asked)
    workflow.set_deadline(about=call.ref, name=DEADLINE, starts_on=today, due_on=due_on, by=by, at=at)
    detail = {"as_of": as_of, "due_on": due_on, "districts": [one.code for one in asked]}
    audit.record("levels.call", call.ref, by=by, at=at, detail=detail)
    announce(CallMade(call.pk, getattr(by, "pk", None), at), at=at)
    return call


@transaction.atomic
def urge_call(*, call: Call, by: Any, at: datetime) -> tuple[int, ...]:
    """Urge the districts that have not reported (催报); return them."""
    policies.require_call(by, call.district_id, str(call))
    silent = silent_districts(call)
    if not silent:
        raise BadCall(_("应报辖区都已报送，无需催报。"))
    audit.record("levels.urge", call.ref, by=by, at=at, detail={"districts": list(silent)})
    announce(CallUrged(call.pk, silent, getattr(by, "pk", None), at), at=at)
    return silent


@transaction.atomic
def close_call(*, call: Call, by: Any, at: datetime) -> Call:
    """Close a call (截止): nobody is reminded any more; who is late stays late."""
    policies.require_call(by, call.district_id, str(call))
    after = CALL_FLOW.after(call.state, "close")
    if Call.objects.filter(pk=call.pk, state=call.state).update(state=after, closed_at=at) != 1:
        call.refresh_from_db()
        raise StaleSubmission(str(call.phase.label))
    call.refresh_from_db()
    for deadline in workflow.deadlines_of(call.ref):
        if deadline.state == workflow.DeadlineState.RUNNING:
            workflow.end_deadline(deadline=deadline, move="meet", on=beijing_day(at), by=by, at=at)
    audit.record("levels.close_call", call.ref, by=by, at=at)
    return call
