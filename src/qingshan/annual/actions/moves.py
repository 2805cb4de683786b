"""The moves of an annual plan: each asks for the right, moves it once, keeps the step, announces it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from qingshan.annual import policies
from qingshan.annual.actions.publishing import new_edition, start_making_tasks
from qingshan.annual.errors import (
    BadRow,
    MissingReason,
    NothingToPlan,
    OpenRequests,
    OwnWork,
    StaleAnnual,
    Unfinished,
)
from qingshan.annual.events import AnnualMoved
from qingshan.annual.locking import lock
from qingshan.annual.models import AnnualMove, AnnualPlan, AnnualRowVersion, RowRequest
from qingshan.annual.states import ANNUAL_FLOW, RequestState
from qingshan.audit import public as audit
from qingshan.history.public import move_once
from qingshan.jobs.public import announce
from qingshan.kernel.spans import beijing_day

__all__ = ["close_annual", "consult", "publish", "redraft", "send_back", "submit_annual", "withdraw"]


@transaction.atomic
def consult(
    *, annual: AnnualPlan, by: Any, at: datetime, reply_by: date | None = None, note: str = ""
) -> AnnualPlan:
    """Ask the departments (征求单位意见); they are told, with the day by which they answer.

    Raises
    ------
    NothingToPlan
        There is no row.
    BadRow
        The day has passed.
    Forbidden, IllegalMove, StaleAnnual
    """
    policies.require(by, "edit", annual)
    if not _included(annual).exists():
        raise NothingToPlan
    if reply_by is not None and reply_by < beijing_day(at):
        raise BadRow({str(_("反馈期限")): [_("%s 已过") % reply_by]})
    return _move(annual, "consult", by=by, at=at, note=note, reply_by=reply_by)


@transaction.atomic
def redraft(*, annual: AnnualPlan, by: Any, at: datetime, note: str) -> AnnualPlan:
    """Take it back to draft it anew (收回修改), with the reason; what departments said stays."""
    policies.require(by, "edit", annual)
    return _move(annual, "redraft", by=by, at=at, note=_reason(note))


@transaction.atomic
def submit_annual(*, annual: AnnualPlan, by: Any, at: datetime, note: str = "") -> AnnualPlan:
    """Hand it in to be published (送审发布): every request is answered, all work has a lead and a deadline.

    Departments that have said nothing do not hinder it; the page shows them.

    Raises
    ------
    OpenRequests, Unfinished, NothingToPlan, Forbidden, IllegalMove, StaleAnnual
    """
    policies.require(by, "edit", annual)
    ANNUAL_FLOW.after(annual.phase, "submit")
    _hold(annual)
    asked = RowRequest.objects.filter(row__annual=annual, state=RequestState.ASKED)
    if rows := sorted({one.row.code for one in asked.select_related("row")}):
        raise OpenRequests(rows)
    included = list(_included(annual).select_related("subject"))
    if not included:
        raise NothingToPlan
    unfinished = [one for one in included if one.subject.what.is_work and not (one.lead_id and one.due_on)]
    if unfinished:
        raise Unfinished(one.subject.code for one in unfinished)
    return _move(annual, "submit", by=by, at=at, note=note, submitted_by=by)


@transaction.atomic
def send_back(*, annual: AnnualPlan, by: Any, at: datetime, note: str) -> AnnualPlan:
    """Send it back to who keeps it (退回), saying why."""
    policies.require(by, "publish", annual)
    return _move(annual, "send_back", by=by, at=at, note=_reason(note))


@transaction.atomic
def publish(*, annual: AnnualPlan, by: Any, at: datetime, note: str = "") -> AnnualPlan:
    """Publish it (发布): its first edition is kept, and its work becomes tasks.

    Where there is much of it, that is done by a job with progress.

    Raises
    ------
    OwnWork
        Who handed it in publishes.
    Forbidden, IllegalMove, StaleAnnual
    """
    policies.require(by, "publish", annual)
    ANNUAL_FLOW.after(annual.phase, "publish")
    _hold(annual)
    if by is not None and by.pk == annual.submitted_by_id:
        raise OwnWork
    _move(annual, "publish", by=by, at=at, note=note, published_by=by, published_on=beijing_day(at))
    new_edition(annual, by=by, at=at, reason=note or _("发布"))
    start_making_tasks(annual, by=by, at=at)
    return annual


@transaction.atomic
def close_annual(*, annual: AnnualPlan, by: Any, at: datetime, note: str = "") -> AnnualPlan:
    """Let the year be over (结束年度): its rows change no more; tasks go on by themselves."""
    policies.require(by, "publish", annual)
    ANNUAL_FLOW.after(annual.phase, "close")
    _hold(annual)
    asked = RowRequest.objects.filter(row__annual=annual, state=RequestState.ASKED)
    if rows := sorted({one.row.code for one in asked.select_related("row")}):
        raise OpenRequests(rows)
    return _move(annual, "close", by=by, at=at, note=note)


@transaction.atomic
def withdraw(*, annual: AnnualPlan, by: Any, at: datetime, note: str) -> AnnualPlan:
    """Withdraw what is not published (撤回), with the reason; the year can then be drafted anew."""
    policies.require(by, "edit", annual)
    return _move(annual, "withdraw", by=by, at=at, note=_reason(note))


def _reason(note: str) -> str:
    if not note.strip():
        raise MissingReason
    return note.strip()


def _included(annual: AnnualPlan) -> Any:
    return AnnualRowVersion.objects.current().filter(subject__annual=annual, included=True)


def _hold(annual: AnnualPlan) -> None:
    """Lock it before its rows are looked at; somebody who moved it meanwhile came first."""
    seen = annual.phase
    lock(annual)
    if annual.phase is not seen:
        raise StaleAnnual(str(annual.phase.label))


def _move(annual: AnnualPlan, move: str, *, by: Any, at: datetime, note: str, **changes: Any) -> AnnualPlan:
    """Move it, and keep, audit and announce the step."""
    before, after = move_once(annual, ANNUAL_FLOW, move, stale=StaleAnnual, **changes)
    AnnualMove.objects.create(annual=annual, move=move, before=before, after=after, by=by, at=at, note=note)
    audit.record(
        f"annual.{move}", annual.ref, by=by, at=at, detail={"from": before, "to": after, "note": note}
    )
    announce(AnnualMoved(annual.pk, move, note, getattr(by, "pk", None), at), at=at)
    return annual
