"""The moves of a submission: each asks for the right, moves it in one statement, keeps and announces it.

Where the two levels work in one installation, the upper level moves it here. Where they do not, the lower
level's copy is moved by `taken_over`, which a signed receipt calls, and by nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from qingshan.audit import public as audit
from qingshan.documents.public import documents_for
from qingshan.history.public import move_once
from qingshan.jobs.public import announce
from qingshan.levels import policies
from qingshan.levels.errors import (
    BadSubmission,
    ByReceipt,
    MissingReason,
    OwnSubmission,
    StaleSnapshot,
    StaleSubmission,
)
from qingshan.levels.events import SubmissionMoved
from qingshan.levels.models import Edition, Remark, Submission, SubmissionMove
from qingshan.levels.snapshots import Snapshot, digest_of, read_snapshot, written
from qingshan.levels.states import SUBMISSION_FLOW
from qingshan.levels.taking import snapshot_of
from qingshan.levels.vocabulary import Section

__all__ = [
    "accept_submission",
    "freeze",
    "lock_submission",
    "send_back_submission",
    "submit_submission",
    "taken_over",
    "unlock_submission",
    "withdraw_submission",
]

RowKey = tuple[Section, str]


@transaction.atomic
def submit_submission(
    *, submission: Submission, by: Any, at: datetime, seen: str | None = None, note: str = ""
) -> Edition:
    """Hand a submission up (报送): the ledger as of its day is frozen with the words and attachments.

    Parameters
    ----------
    seen : str, optional
        Digest of what the writer was shown; with it, a ledger that has changed since is not sent unseen.

    Raises
    ------
    StaleSnapshot
        What would be frozen is not what was shown.
    """
    policies.require(by, "submit", submission)
    if submission.plan is None:
        raise BadSubmission(str(submission))
    text = written(snapshot_of(plan=submission.plan, on=submission.as_of))
    if seen is not None and seen != digest_of(text):
        raise StaleSnapshot
    _move(submission, "submit", by=by, at=at, note=note, edition=_last(submission) + 1)
    return freeze(
        submission, text, number=_last(submission) + 1, attachments=_attachments(submission), by=by,
        who=str(by or ""), at=at,
    )  # fmt: skip


def freeze(
    submission: Submission,
    text: str,
    *,
    number: int,
    attachments: list[dict[str, Any]],
    by: Any,
    who: str,
    at: datetime,
) -> Edition:
    """Keep what is handed up; the caller has moved the submission."""
    return Edition.objects.create(
        submission=submission, number=number, snapshot=text, digest=digest_of(text), words=submission.words,
        attachments=attachments, submitted_by=by, submitted_name=who, submitted_at=at,
    )  # fmt: skip


@transaction.atomic
def withdraw_submission(*, submission: Submission, by: Any, at: datetime, note: str = "") -> Submission:
    """Give a draft up (作废)."""
    policies.require(by, "submit", submission)
    return _move(submission, "withdraw", by=by, at=at, note=note)


@transaction.atomic
def accept_submission(*, submission: Submission, by: Any, at: datetime, note: str = "") -> Submission:
    """Accept what was handed up (受理): from now on it is what the upper level knows of that plan.

    Raises
    ------
    OwnSubmission
        Who handed it up accepts it.
    ByReceipt
        The receiver works in another installation.
    """
    _review(submission, by)
    _move(submission, "accept", by=by, at=at, note=note)
    submission.editions.filter(number=_last(submission)).update(accepted_at=at)
    return submission


@transaction.atomic
def send_back_submission(
    *,
    submission: Submission,
    note: str,
    by: Any,
    at: datetime,
    remarks: Mapping[RowKey, str] | None = None,
) -> Submission:
    """Give a submission back, saying why, in all and row by row (退回).

    Parameters
    ----------
    remarks : mapping of (section, code) to str
        What is to be looked at again in single rows.

    Raises
    ------
    MissingReason
        Neither a note nor a remark.
    BadSubmission
        A remark names a row that was not handed up.
    """
    _review(submission, by)
    said = {key: text.strip() for key, text in (remarks or {}).items() if text.strip()}
    if not note.strip() and not said:
        raise MissingReason
    _move(submission, "send_back", by=by, at=at, note=note)
    keep_remarks(submission.editions.get(number=_last(submission)), said, at=at)
    return submission


def keep_remarks(edition: Edition, remarks: Mapping[RowKey, str], *, at: datetime) -> None:
    """Keep remarks on rows of what was handed up."""
    snapshot = read_snapshot(edition.snapshot)
    for section, code in remarks:
        if code not in _codes(snapshot, section):
            raise BadSubmission(f"{section.label} {code}")
    Remark.objects.bulk_create(
        Remark(edition=edition, section=section.value, code=code, text=text[:500], at=at)
        for (section, code), text in remarks.items()
    )


def _codes(snapshot: Snapshot, section: Section) -> set[str]:
    return {line.code for line in snapshot.lines(section)}


@transaction.atomic
def lock_submission(*, submission: Submission, by: Any, at: datetime, note: str = "") -> Submission:
    """Lock what was accepted (锁定): entries dated up to its day are refused in that plan from now on."""
    _review(submission, by)
    return _move(submission, "lock", by=by, at=at, note=note)


@transaction.atomic
def unlock_submission(*, submission: Submission, note: str, by: Any, at: datetime) -> Submission:
    """Open a locked submission again, saying why (解锁); a corrected version may follow.

    Raises
    ------
    MissingReason
    """
    _review(submission, by)
    if not note.strip():
        raise MissingReason
    return _move(submission, "unlock", by=by, at=at, note=note)


def taken_over(
    submission: Submission, move: str, *, who: str, moved_at: datetime, at: datetime, note: str, by: Any
) -> Submission:
    """Move the lower level's copy as the upper level's receipt says; ``by`` is who brought the receipt."""
    _move(submission, move, by=by, at=moved_at, note=note, who=who, kept_at=at)
    if move == "accept":
        submission.editions.filter(number=_last(submission)).update(accepted_at=moved_at)
    return submission


def _review(submission: Submission, by: Any) -> None:
    policies.require(by, "review", submission)
    if submission.partner_id is not None and not submission.from_outside:
        raise ByReceipt
    edition = submission.editions.order_by("-number").first()
    if by is not None and edition is not None and edition.submitted_by_id == by.pk:
        raise OwnSubmission


def _move(
    submission: Submission,
    move: str,
    *,
    by: Any,
    at: datetime,
    note: str,
    edition: int | None = None,
    who: str = "",
    kept_at: datetime | None = None,
) -> Submission:
    """Move it, and keep, audit and announce the step.

    Parameters
    ----------
    edition : int, optional
        The version the step is about; the last one handed up unless it is given.
    who : str
        Name of the person in the other installation, where the step was made there.
    kept_at : datetime, optional
        When it became known here, where that is later.
    """
    before, after = move_once(submission, SUBMISSION_FLOW, move, stale=StaleSubmission)
    number = _last(submission) if edition is None else edition
    name = who or str(by or "")
    SubmissionMove.objects.create(
        submission=submission, edition_number=number, move=move, before=before, after=after,
        by=None if who else by, by_name=name, at=at, note=note,
    )  # fmt: skip
    known = kept_at or at
    detail = {"from": before, "to": after, "edition": number, "note": note, "who": name}
    audit.record(f"levels.{move}", submission.ref, by=by, at=known, detail=detail)
    announce(
        SubmissionMoved(submission.pk, move, number, note, getattr(by, "pk", None), name, known), at=known
    )
    return submission


def _last(submission: Submission) -> int:
    found = submission.editions.order_by("-number").values_list("number", flat=True).first()
    return found or 0


def _attachments(submission: Submission) -> list[dict[str, Any]]:
    """What is attached now, by name and content, so that it can be told later what went along."""
    return [
        {
            "document": one.pk, "version": one.newest.number, "title": one.title,
            "name": one.newest.file_name, "size": one.newest.size, "sha256": one.newest.sha256,
        }
        for one in documents_for(None, submission.ref)
    ]  # fmt: skip
