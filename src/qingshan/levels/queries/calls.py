"""Calls, who has answered them, and who is silent or late."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Min, QuerySet

from qingshan.areas.public import District
from qingshan.kernel.spans import beijing_day
from qingshan.levels import policies
from qingshan.levels.models import Call, CalledDistrict, Submission
from qingshan.levels.states import SubmissionState

__all__ = [
    "Answer",
    "Matrix",
    "NoSuchCall",
    "answers_of",
    "call_for",
    "calls_asking",
    "calls_for",
    "matrix",
    "silent_districts",
]

#: A district has not reported while its submission is only drawn up, or came back.
_SILENT = (SubmissionState.DRAFT, SubmissionState.WITHDRAWN)
_COLUMNS = 6


class NoSuchCall(LookupError):
    """There is no such call, or the asker may not see it: the answer is the same."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What one district has answered to one call.

    ``first_on`` is the day on which it first reported; ``late`` says that this was after the last day, or
    that the last day has passed without it.
    """

    district: District
    submission: Submission | None
    first_on: date | None
    late: bool

    @property
    def reported(self) -> bool:
        """Whether something was handed up."""
        return self.first_on is not None


def calls_for(*, user: Any) -> QuerySet[Call]:
    """Return the calls that somebody made or is asked by, the newest first."""
    return Call.objects.filter(policies.calls_seen(user)).select_related("district", "created_by")


def calls_asking(*, user: Any) -> QuerySet[Call]:
    """Return the calls that somebody is asked by and did not make, the newest first."""
    made = Call.objects.filter(policies.calls_made(user))
    return calls_for(user=user).exclude(pk__in=made.values("pk"))


def call_for(*, user: Any, pk: int) -> Call:
    """Return one call that somebody may see.

    Raises
    ------
    NoSuchCall
    """
    found = calls_for(user=user).filter(pk=pk).first()
    if found is None:
        raise NoSuchCall(str(pk))
    return found


def answers_of(*, call: Call, on: date, district_ids: Iterable[int] | None = None) -> list[Answer]:
    """Return what each district that is asked has answered, by code.

    Parameters
    ----------
    district_ids : iterable of int, optional
        Only these; for who is asked, and sees no other.
    """
    asked = CalledDistrict.objects.filter(call=call).select_related("district")
    if district_ids is not None:
        asked = asked.filter(district__in=set(district_ids))
    given = _submissions([call])
    return [_answer(call, one.district, given.get((call.pk, one.district_id)), on) for one in asked]


def _answer(call: Call, district: District, given: Submission | None, on: date) -> Answer:
    first: datetime | None = getattr(given, "first_at", None)
    first_on = beijing_day(first) if first else None
    return Answer(district, given, first_on, (first_on or on) > call.due_on)


def _submissions(calls: Iterable[Call]) -> dict[tuple[int | None, int], Submission]:
    """The submission by which a district answers a call, with when it was first handed up."""
    rows = (
        Submission.objects.filter(call__in=list(calls))
        .exclude(state=SubmissionState.WITHDRAWN)
        .annotate(first_at=Min("editions__submitted_at"))
        .order_by("pk")
    )
    return {(row.call_id, row.district_id): row for row in rows}


def silent_districts(call: Call) -> tuple[int, ...]:
    """Return the districts that were asked and have handed nothing up."""
    asked = CalledDistrict.objects.filter(call=call).values_list("district_id", flat=True)
    answered = set(
        Submission.objects.filter(call=call).exclude(state__in=_SILENT).values_list("district_id", flat=True)
    )
    return tuple(sorted(set(asked) - answered))


@dataclass(frozen=True, slots=True)
class Matrix:
    """Districts by the newest calls (报送矩阵): who has reported what, and who is late.

    ``rows`` holds for each district every call with its answer, None where it was not asked.
    """

    calls: list[Call]
    rows: list[tuple[District, list[tuple[Call, Answer | None]]]]


def matrix(*, user: Any, on: date) -> Matrix:
    """Return the newest calls that somebody made, and the answers of the districts below."""
    own = Call.objects.filter(policies.calls_made(user)).order_by("-as_of", "-pk")[:_COLUMNS]
    calls = sorted(own, key=lambda call: (call.as_of, call.pk))
    given = _submissions(calls)
    asked = CalledDistrict.objects.filter(call__in=calls).select_related("district")
    called = {(one.call_id, one.district_id) for one in asked}
    districts = sorted({one.district for one in asked}, key=lambda district: district.code)
    return Matrix(
        calls,
        [
            (
                district,
                [
                    (call, _answer(call, district, given.get((call.pk, district.pk)), on))
                    if (call.pk, district.pk) in called
                    else (call, None)
                    for call in calls
                ],
            )
            for district in districts
        ],
    )
