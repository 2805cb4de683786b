"""What departments say to their rows, and what they are answered."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from qingshan.annual import policies
from qingshan.annual.actions.publishing import carry_over, new_edition
from qingshan.annual.errors import (
    AlreadyAsked,
    MissingReason,
    NothingAsked,
    NotNow,
    OwnWork,
    StaleAnnual,
)
from qingshan.annual.events import RowAnswered, RowAsked
from qingshan.annual.locking import lock
from qingshan.annual.models import Acceptance, AnnualPlan, AnnualRow, AnnualRowVersion, RowRequest
from qingshan.annual.rows import current_row, next_version
from qingshan.annual.states import HEARD, REQUEST_FLOW, AnnualState, RequestState
from qingshan.areas.public import Department
from qingshan.audit import public as audit
from qingshan.jobs.public import announce
from qingshan.kernel.spans import beijing_day

__all__ = ["accept_rows", "answer_request", "ask_change", "take_back", "wanted"]


@transaction.atomic
def accept_rows(*, rows: Iterable[AnnualRow], by: Any, at: datetime) -> int:
    """Accept rows as they stand (同意), each for the department one speaks for; return how many were new.

    Rows about which that department has asked for a change are left as they are.

    Raises
    ------
    NotNow
        The departments are not being asked.
    Forbidden
        Somebody speaks for none of a row's departments.
    """
    count = 0
    for row in rows:
        annual = row.annual
        _heard(annual)
        held = current_row(row)
        department = policies.require_voice(by, annual, held)
        if RowRequest.objects.filter(row=row, department=department, state=RequestState.ASKED).exists():
            continue
        _made, new = Acceptance.objects.get_or_create(
            row=row, department_id=department, version=held.number, defaults={"by": by, "at": at}
        )
        if new:
            count += 1
            detail = {"row": row.code, "version": held.number}
            audit.record("annual.accept", annual.ref, by=by, at=at, detail=detail)
    return count


@transaction.atomic
def ask_change(
    *,
    row: AnnualRow,
    by: Any,
    at: datetime,
    reason: str,
    seen: int,
    goal: str = "",
    value: str = "",
    due_on: date | None = None,
    lead: Department | None = None,
    included: bool | None = None,
) -> RowRequest:
    """Ask for a row to be otherwise (申请调整): a department for itself, or who keeps a published plan.

    Parameters
    ----------
    seen : int
        The version of the row that was read.
    lead, included
        Only who keeps the plan asks for another lead, or to take the row out or in.

    Raises
    ------
    MissingReason, NotNow, AlreadyAsked, Forbidden
    NothingAsked
        Nothing is given, or only what holds already.
    """
    annual = row.annual
    lock(annual)
    _heard(annual)
    held = current_row(row)
    keeper = annual.phase is AnnualState.PUBLISHED and (by is None or policies.may(by, "edit", annual))
    department = None if keeper else policies.require_voice(by, annual, held)
    if not reason.strip():
        raise MissingReason
    request = RowRequest(
        row=row, department_id=department, seen=seen, goal=goal.strip(), value=value.strip(), due_on=due_on,
        lead=lead if keeper else None, included=included if keeper else None, reason=reason.strip(),
        asked_by=by, asked_at=at,
    )  # fmt: skip
    if not any(getattr(held, name) != given for name, given in wanted(request).items()):
        raise NothingAsked
    try:
        with transaction.atomic():
            request.save()
    except IntegrityError:
        raise AlreadyAsked from None
    detail = {"row": row.code, "request": request.pk, "reason": request.reason}
    audit.record("annual.ask", annual.ref, by=by, at=at, detail=detail)
    announce(RowAsked(request.pk, by.pk, at), at=at)
    return request


def wanted(request: RowRequest) -> dict[str, Any]:
    """Return the fields of a row that a request asks to be otherwise."""
    asked = {
        "goal": request.goal, "value": request.value, "due_on": request.due_on, "lead_id": request.lead_id,
    }  # fmt: skip
    found = {name: given for name, given in asked.items() if given}
    return found if request.included is None else {**found, "included": request.included}


def _heard(annual: AnnualPlan) -> None:
    if annual.phase not in HEARD:
        raise NotNow(str(annual.phase.label))


@transaction.atomic
def answer_request(
    *, request: RowRequest, granted: bool, by: Any, at: datetime, answer: str = ""
) -> RowRequest:
    """Grant or refuse a request (答复调整申请). Granted, it is the row's next version at once.

    While the plan is negotiated whoever keeps it answers; once it is published whoever publishes does, and
    the plan gets a new edition. Work that is a task already changes with its row.

    Raises
    ------
    MissingReason
        A refusal without a reason.
    OwnWork
        Who asked answers.
    StaleVersion
        The row has changed since the request was made.
    NotNow, StaleAnnual, BadRow, Forbidden
    """
    row, annual = request.row, request.row.annual
    lock(annual)
    _heard(annual)
    published = annual.phase is AnnualState.PUBLISHED
    policies.require(by, "publish" if published else "edit", annual)
    if by is not None and by.pk == request.asked_by_id:
        raise OwnWork
    if not granted and not answer.strip():
        raise MissingReason
    move = "grant" if granted else "refuse"
    _moved(request, move, answered_by=by, answered_at=at, answer=answer.strip())
    if granted:
        _carry_out(request, by=by, at=at, published=published)
    detail = {"row": row.code, "request": request.pk, "answer": answer}
    audit.record(f"annual.{move}", annual.ref, by=by, at=at, detail=detail)
    announce(RowAnswered(request.pk, getattr(by, "pk", None), at), at=at)
    return request


def _carry_out(request: RowRequest, *, by: Any, at: datetime, published: bool) -> None:
    row, before = request.row, current_row(request.row)
    after: AnnualRowVersion = next_version(
        row, request.seen, wanted(request), by=by, at=at, on=beijing_day(at), reason=request.reason
    )
    RowRequest.objects.filter(pk=request.pk).update(gave=after.number)
    request.gave = after.number
    if published:
        new_edition(row.annual, by=by, at=at, reason=request.reason)
        carry_over(row, before, after, by=by, at=at, reason=request.reason)


@transaction.atomic
def take_back(*, request: RowRequest, by: Any, at: datetime) -> RowRequest:
    """Take a request back (收回申请): its department, or who asked."""
    annual = request.row.annual
    if request.asked_by_id != getattr(by, "pk", None):
        policies.require_voice(by, annual, current_row(request.row))
    _moved(request, "take_back", answered_by=by, answered_at=at)
    detail = {"row": request.row.code, "request": request.pk}
    audit.record("annual.take_back", annual.ref, by=by, at=at, detail=detail)
    return request


def _moved(request: RowRequest, move: str, **changes: Any) -> None:
    before = request.phase
    after = REQUEST_FLOW.after(before, move)
    moved = RowRequest.objects.filter(pk=request.pk, state=before).update(state=after, **changes)
    request.refresh_from_db()
    if moved != 1:
        raise StaleAnnual(str(request.phase.label))
