"""The moves of an edition: prepared, frozen, approved by a second person, replaced, taken down."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max

from qingshan.audit import public as audit
from qingshan.disclosure import policies
from qingshan.disclosure.choice import Choice
from qingshan.disclosure.comparing import differences
from qingshan.disclosure.content import codes_of, content_of, digest_of
from qingshan.disclosure.errors import (
    AlreadyInWork,
    DayAhead,
    LedgerMoved,
    MissingReason,
    NothingChosen,
    PlanNotApproved,
    SecondPerson,
    Stale,
    UnknownRecord,
)
from qingshan.disclosure.evaluations import evaluations_of
from qingshan.disclosure.events import EditionMoved
from qingshan.disclosure.models import Edition, EditionMove, PublicPage
from qingshan.disclosure.states import EDITION_FLOW, IN_WORK, EditionState
from qingshan.history.public import move_once
from qingshan.jobs.public import announce
from qingshan.kernel.spans import beijing_day
from qingshan.plans.public import PlanProgress, progress_of

__all__ = [
    "discard_edition",
    "prepare_edition",
    "publish_edition",
    "send_back_edition",
    "submit_edition",
    "withdraw_edition",
]


@transaction.atomic
def prepare_edition(
    *, page: PublicPage, as_of: date, choice: Choice, by: Any, at: datetime, note: str = ""
) -> Edition:
    """Begin the next edition, or change the one being prepared (准备公开版次).

    Raises
    ------
    Forbidden
    DayAhead, PlanNotApproved, NothingChosen, UnknownRecord
        What is chosen cannot be told.
    AlreadyInWork
        An edition waits for approval.
    """
    policies.require(by, "prepare", page)
    if as_of > beijing_day(at):
        raise DayAhead
    _checked(progress_of(plan=page.plan, on=as_of), choice)
    facts = {
        "as_of": as_of, "choice": choice.written(), "note": note, "prepared_by": by, "prepared_at": at,
    }  # fmt: skip
    held = Edition.objects.select_for_update().filter(page=page, state__in=IN_WORK).first()
    if held is not None and held.phase is not EditionState.PREPARING:
        raise AlreadyInWork
    if held is None:
        edition = _begun(page, facts)
    else:
        Edition.objects.filter(pk=held.pk).update(**facts)
        edition = Edition.objects.get(pk=held.pk)
    detail = {"as_of": as_of.isoformat(), "choice": choice.written()}
    audit.record("disclosure.prepare_edition", edition.ref, by=by, at=at, detail=detail)
    return edition


def _begun(page: PublicPage, facts: dict[str, Any]) -> Edition:
    try:
        with transaction.atomic():
            return Edition.objects.create(page=page, **facts)
    except IntegrityError:
        raise AlreadyInWork from None  # two began at once


def _checked(progress: PlanProgress, choice: Choice) -> None:
    if not progress.approved:
        raise PlanNotApproved
    if choice.is_empty:
        raise NothingChosen
    there = codes_of(progress, evaluations_of(progress.plan, progress.on))
    strange = [
        code
        for part, one in choice.parts.items()
        for code in sorted(one.codes - {known for known, _name, _group in there[part]})
    ]
    if strange:
        raise UnknownRecord(strange)


@transaction.atomic
def submit_edition(*, edition: Edition, by: Any, at: datetime, note: str = "") -> Edition:
    """Freeze what the edition says, and ask a leader to approve it (提请批准).

    Raises
    ------
    Forbidden, IllegalMove, Stale
    PlanNotApproved, NothingChosen, UnknownRecord
        The ledger changed since it was prepared.
    """
    policies.require(by, "prepare", edition.page)
    progress = progress_of(plan=edition.page.plan, on=edition.as_of)
    _checked(progress, edition.chosen)
    content = _content(edition)
    if not content["parts"]:
        raise NothingChosen
    return _move(
        edition, "submit", by=by, at=at, note=note,
        submitted_by=by, submitted_at=at, content=content, digest=digest_of(content),
    )  # fmt: skip


@transaction.atomic
def send_back_edition(*, edition: Edition, by: Any, at: datetime, note: str) -> Edition:
    """Send an edition back to who prepared it (退回).

    Raises
    ------
    Forbidden, MissingReason, IllegalMove, Stale
    """
    policies.require(by, "approve", edition.page)
    if not note.strip():
        raise MissingReason
    return _move(edition, "send_back", by=by, at=at, note=note)


@transaction.atomic
def publish_edition(*, edition: Edition, by: Any, at: datetime, note: str = "") -> Edition:
    """Approve an edition and publish it (批准公开): it takes the place of the one before, and opens the page.

    Raises
    ------
    Forbidden, IllegalMove, Stale
    SecondPerson
        Who prepared or handed it in approves.
    LedgerMoved
        The ledger tells the as-of day otherwise by now; what is published equals what is inside.
    """
    page = PublicPage.objects.select_for_update().get(pk=edition.page_id)
    policies.require(by, "approve", page)
    if by is not None and by.pk in (edition.prepared_by_id, edition.submitted_by_id):
        raise SecondPerson
    EDITION_FLOW.after(edition.phase, "publish")
    if moved := differences(edition.content or {"parts": []}, _content(edition)):
        raise LedgerMoved(len(moved))
    for former in Edition.objects.filter(page=page, state=EditionState.PUBLISHED):
        _move(former, "supersede", by=by, at=at, note="", ended_at=at)
    last = page.editions.aggregate(last=Max("number"))["last"] or 0
    published = _move(
        edition, "publish", by=by, at=at, note=note, approved_by=by, published_at=at, number=last + 1
    )
    PublicPage.objects.filter(pk=page.pk).update(is_open=True, changed_at=at)
    return published


def _content(edition: Edition) -> dict[str, Any]:
    plan = edition.page.plan
    evaluations = evaluations_of(plan, edition.as_of)
    return content_of(progress_of(plan=plan, on=edition.as_of), edition.chosen, evaluations)


@transaction.atomic
def withdraw_edition(*, edition: Edition, by: Any, at: datetime, note: str) -> Edition:
    """Take a published edition down (撤下); that there was one, and why it went, stays to be read.

    Raises
    ------
    Forbidden, MissingReason, IllegalMove, Stale
    """
    policies.require(by, "approve", edition.page)
    if not note.strip():
        raise MissingReason
    PublicPage.objects.filter(pk=edition.page_id).update(changed_at=at)
    return _move(edition, "withdraw", by=by, at=at, note=note, ended_at=at, end_reason=note)


@transaction.atomic
def discard_edition(*, edition: Edition, by: Any, at: datetime, note: str = "") -> Edition:
    """Give up an edition that is being prepared (放弃).

    Raises
    ------
    Forbidden, IllegalMove, Stale
    """
    policies.require(by, "prepare", edition.page)
    return _move(edition, "discard", by=by, at=at, note=note, ended_at=at)


def _move(edition: Edition, move: str, *, by: Any, at: datetime, note: str, **facts: Any) -> Edition:
    """Move it, and keep, audit and announce the step; who came second is told."""
    move_once(edition, EDITION_FLOW, move, stale=Stale, **facts)
    EditionMove.objects.create(edition=edition, move=move, by=by, at=at, note=note)
    detail = {"digest": edition.digest, "number": edition.number, "note": note}
    audit.record(f"disclosure.{move}_edition", edition.ref, by=by, at=at, detail=detail)
    announce(EditionMoved(edition.pk, move, note, by.pk if by else None, at), at=at)
    return edition
