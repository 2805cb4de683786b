"""Reading feedback: inside with rights, outside by number and code."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from statistics import median
from typing import Any

from django.db.models import Count, Max, Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from qingshan.accounts.public import scope_of
from qingshan.disclosure import policies
from qingshan.disclosure.models import Feedback, PublicPage
from qingshan.disclosure.sealing import is_code_for
from qingshan.disclosure.states import FeedbackState
from qingshan.disclosure.vocabulary import Part
from qingshan.kernel.spans import beijing_day
from qingshan.plans.public import progress_of
from qingshan.tasks.public import tasks_for

__all__ = [
    "Asked",
    "FeedbackCounts",
    "NoSuchFeedback",
    "answered_publicly",
    "asked",
    "counts_of",
    "feedback_for",
    "feedback_of",
    "leads_of",
    "others_to_merge_into",
    "received",
]


class NoSuchFeedback(Http404):
    """There is no such feedback, or the asker may not see it."""

    def __init__(self, number: str) -> None:
        self.number = number
        super().__init__(_("没有这一反馈，或您无权查看。"))


# ---- inside


def feedback_for(*, user: Any) -> QuerySet[Any]:
    """Return the feedback somebody sees: of districts where they sort or check it, else of tasks they see."""
    rows = Feedback.objects.all()
    scopes = [scope_of(user, capability=policies.CAPABILITIES[verb]) for verb in ("triage", "check")]
    if not any(scope.everything for scope in scopes):
        districts = frozenset().union(*(scope.whole_district_ids for scope in scopes))
        tasks = tasks_for(user=user).order_by().values("subject_id")
        rows = rows.filter(Q(page__plan__district__in=districts) | Q(task__in=tasks))
    return rows.select_related("page__plan__district", "page__office", "task", "drafted_by", "approved_by")


def feedback_of(*, user: Any, number: str) -> Feedback:
    """Return one piece of feedback that somebody may see.

    Raises
    ------
    NoSuchFeedback
    """
    found: Feedback | None = feedback_for(user=user).filter(number=number).first()
    if found is None:
        raise NoSuchFeedback(number)
    return found


def others_to_merge_into(feedback: Feedback) -> QuerySet[Any]:
    """Return the feedback of the same plan that this may be merged into, newest first."""
    left_out = (FeedbackState.MERGED, FeedbackState.DISMISSED)
    return Feedback.objects.filter(page=feedback.page).exclude(pk=feedback.pk).exclude(state__in=left_out)


def leads_of(page: PublicPage, part: str, code: str, on: date) -> list[int]:
    """Return the departments that answer for a record, the lead first; none for the plan as a whole."""
    if not code:
        return []
    progress = progress_of(plan=page.plan, on=on)
    rows: dict[str, list[Any]] = {
        Part.INDICATORS: list(progress.indicators), Part.MEASURES: list(progress.measures),
        Part.PROJECTS: list(progress.projects), Part.COMMITMENTS: list(progress.commitments),
    }  # fmt: skip
    row = next((one for one in rows.get(part, []) if one.code == code), None)
    return [share.department_id for share in row.shares] if row else []


@dataclass(frozen=True, slots=True)
class FeedbackCounts:
    """How much came, and what became of it. ``days`` is the median from sending to answer; None: none yet."""

    received: int
    answered: int
    under_way: int
    dismissed: int
    days: int | None


def counts_of(rows: QuerySet[Any]) -> FeedbackCounts:
    """Return the statistics of some feedback; what was merged is counted as received once, not as open."""
    states = dict(rows.order_by().values_list("state").annotate(Count("pk")))
    answered = rows.filter(state=FeedbackState.ANSWERED).values_list("received_at", "answered_at")
    days = [(beijing_day(end) - beijing_day(start)).days for start, end in answered if end]
    closed = (FeedbackState.ANSWERED, FeedbackState.MERGED, FeedbackState.DISMISSED)
    return FeedbackCounts(
        received=sum(states.values()),
        answered=states.get(FeedbackState.ANSWERED, 0),
        under_way=sum(count for state, count in states.items() if state not in closed),
        dismissed=states.get(FeedbackState.DISMISSED, 0),
        days=round(median(days)) if days else None,
    )


def counts_changed_at(page: PublicPage) -> datetime:
    """Return when a public page that shows the counts of its feedback last changed, by them or otherwise."""
    last = Feedback.objects.filter(page=page).aggregate(Max("received_at"), Max("moves__at"))
    known: list[datetime] = [page.changed_at, *(at for at in last.values() if at)]
    return max(known)


# ---- outside


@dataclass(frozen=True, slots=True)
class Asked:
    """What a sender learns of their feedback; an answer only once it is approved."""

    number: str
    received_at: datetime
    text: str
    concerns: str
    state: FeedbackState
    answer: str
    answered_at: datetime | None
    dismissal: str


def asked(*, number: str, code: str) -> Asked | None:
    """Return what a sender may read with their number and code; None where the two do not belong together."""
    found = Feedback.objects.select_related("merged_into").filter(number=number.strip().upper()).first()
    if found is None or not is_code_for(found.key, code):
        return None
    told = found.merged_into or found  # whose work and answer it shares
    answered = told.phase is FeedbackState.ANSWERED
    return Asked(
        number=found.number,
        received_at=found.received_at,
        text=found.text,
        concerns=found.concerns,
        state=told.phase,
        answer=told.answer if answered else "",
        answered_at=told.answered_at if answered else None,
        dismissal=found.dismissal,
    )


def received(key: str) -> Feedback:
    """Return what was sent with a form, for the page of thanks.

    Raises
    ------
    NoSuchFeedback
    """
    found = Feedback.objects.select_related("page__plan").filter(key=key).first()
    if found is None:
        raise NoSuchFeedback(key)
    return found


def answered_publicly(page: PublicPage) -> QuerySet[Any]:
    """Return the questions and answers that stand on a public page, newest first."""
    rows = Feedback.objects.filter(page=page, state=FeedbackState.ANSWERED, is_public=True)
    return rows.only("public_question", "answer", "answered_at", "concerns").order_by("-answered_at", "-pk")
