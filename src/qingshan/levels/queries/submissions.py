"""Submissions: lists with row rights, one in full, and what other rooms ask about a plan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, Max, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from qingshan.levels import policies
from qingshan.levels.comparing import RowDifference, compared
from qingshan.levels.models import Edition, PackageRecord, Remark, Submission, SubmissionMove
from qingshan.levels.snapshots import Snapshot, digest_of, read_snapshot, written
from qingshan.levels.states import CHANGEABLE, SubmissionState
from qingshan.levels.taking import snapshot_of
from qingshan.plans.public import Plan

__all__ = [
    "NoSuchSubmission",
    "SubmissionDetail",
    "differences",
    "earlier_editions",
    "incoming_for",
    "latest_accepted",
    "locked_until",
    "reported_below",
    "submission_detail",
    "submission_for",
    "submissions_from",
    "submissions_of",
]


class NoSuchSubmission(LookupError):
    """There is no such submission, or the asker may not see it: the answer is the same."""


def _seen(user: Any) -> QuerySet[Submission]:
    rows = Submission.objects.filter(policies.seen(user))
    return rows.select_related("district", "to_district", "partner", "plan", "call")


def submissions_from(*, user: Any) -> QuerySet[Submission]:
    """Return the submissions that somebody sees of the districts they report or read for."""
    return _seen(user).filter(from_outside=False)


def incoming_for(*, user: Any) -> QuerySet[Submission]:
    """Return the submissions that are with somebody to review, or were."""
    rows = _seen(user).filter(policies.received(user))
    return rows.exclude(partner__isnull=False, from_outside=False)


def submission_for(*, user: Any, pk: int) -> Submission:
    """Return one submission that somebody may see.

    Raises
    ------
    NoSuchSubmission
    """
    found = _seen(user).filter(pk=pk).first()
    if found is None:
        raise NoSuchSubmission(str(pk))
    return found


def submissions_of(*, plan: Plan) -> QuerySet[Submission]:
    """Return what was handed up of a plan, the newest day first; also what came from another installation.

    A submission from outside is of the plan with the printed code and the district of this one.
    """
    outside = Q(from_outside=True, plan_code=plan.code, district=plan.district_id)
    rows = Submission.objects.filter(Q(plan=plan) | outside)
    return rows.exclude(state__in=(SubmissionState.DRAFT, SubmissionState.WITHDRAWN))


def locked_until(plan: Plan) -> date | None:
    """Return the last day of a plan that its upper level has locked; None where it has locked none."""
    locked = Submission.objects.filter(plan=plan, state=SubmissionState.LOCKED)
    found: date | None = locked.aggregate(last=Max("as_of"))["last"]
    return found


def latest_accepted(*, plan: Plan, on: date) -> Edition | None:
    """Return what the upper level last accepted of a plan as of a day or before; None where nothing.

    A corrected version that waits does not displace the one accepted before it.
    """
    accepted = Edition.objects.filter(
        submission__in=submissions_of(plan=plan), submission__as_of__lte=on, accepted_at__isnull=False
    )
    return accepted.order_by("-submission__as_of", "-submission_id", "-number").first()


@dataclass(frozen=True, slots=True)
class Reported:
    """What was last accepted of one lower plan."""

    submission: Submission
    edition: Edition
    snapshot: Snapshot


def reported_below(*, user: Any, on: date) -> list[Reported]:
    """Return what was last accepted of each plan that reports to somebody, as of a day or before."""
    accepted = Edition.objects.filter(
        submission__in=incoming_for(user=user), submission__as_of__lte=on, accepted_at__isnull=False
    )
    # the database picks: a snapshot is a whole plan, and those of earlier years are not shown
    place = Window(
        RowNumber(),
        partition_by=[F("submission__district"), F("submission__plan_code")],
        order_by=[F("submission__as_of").desc(), F("submission_id").desc(), F("number").desc()],
    )
    newest = accepted.annotate(place=place).filter(place=1).values_list("pk", flat=True)
    rows = Edition.objects.filter(pk__in=list(newest))
    rows = rows.select_related("submission__district", "submission__partner")
    found = [Reported(one.submission, one, read_snapshot(one.snapshot)) for one in rows]
    return sorted(found, key=lambda one: (one.submission.district.code, one.submission.plan_code))


@dataclass(frozen=True, slots=True)
class SubmissionDetail:
    """One submission in full.

    ``snapshot`` is what the chosen version froze, or what would be frozen now; ``digest`` is of it.
    ``edition`` is None for what would be.
    """

    submission: Submission
    edition: Edition | None
    snapshot: Snapshot
    digest: str
    editions: tuple[Edition, ...]
    remarks: tuple[Remark, ...]
    moves: tuple[SubmissionMove, ...]
    packages: tuple[PackageRecord, ...]

    @property
    def live(self) -> bool:
        """Whether it shows the ledger as it would be handed up now."""
        return self.edition is None


def submission_detail(*, submission: Submission, number: int | None = None) -> SubmissionDetail:
    """Return one submission in full; the caller has asked whether it may be seen.

    Parameters
    ----------
    number : int, optional
        Version to show; without it the last one, or while it is with the lower level what would be handed
        up now. 0 asks for the latter.

    Raises
    ------
    NoSuchSubmission
        It has no such version.
    """
    editions = tuple(submission.editions.prefetch_related("remarks"))
    edition = _chosen(submission, editions, number)
    if edition is None:
        if submission.plan is None:
            raise NoSuchSubmission(str(submission.pk))
        snapshot = snapshot_of(plan=submission.plan, on=submission.as_of)
        digest = digest_of(written(snapshot))
    else:
        snapshot, digest = read_snapshot(edition.snapshot), edition.digest
    last = edition or (editions[0] if editions else None)
    return SubmissionDetail(
        submission=submission,
        edition=edition,
        snapshot=snapshot,
        digest=digest,
        editions=editions,
        remarks=tuple(last.remarks.all()) if last else (),
        moves=tuple(submission.moves.select_related("by")),
        packages=tuple(submission.packages.select_related("partner", "by")),
    )


def _chosen(submission: Submission, editions: tuple[Edition, ...], number: int | None) -> Edition | None:
    if number is None:
        with_lower = submission.phase in CHANGEABLE and not submission.from_outside
        return None if with_lower or not editions else editions[0]
    if number == 0 and not submission.from_outside and submission.phase in CHANGEABLE:
        return None
    found = next((one for one in editions if one.number == number), None)
    if found is None:
        raise NoSuchSubmission(f"{submission.pk} v{number}")
    return found


def earlier_editions(*, submission: Submission, user: Any) -> list[Edition]:
    """Return all that was handed up of the same plan to the same level, the newest first."""
    same = _seen(user).filter(
        plan_code=submission.plan_code, district=submission.district_id, to_district=submission.to_district_id
    )
    rows = Edition.objects.filter(submission__in=same).select_related("submission").defer("snapshot")
    return list(rows.order_by("-submission__as_of", "-submission_id", "-number"))


def differences(*, before: Edition, after: Snapshot) -> list[RowDifference]:
    """Return how a snapshot differs from what was handed up before."""
    return compared(read_snapshot(before.snapshot), after)
