"""What this room's news becomes for people. Wired in ``portal/wiring.py``.

Each makes its batch from the event itself, so that an event delivered twice tells nobody twice.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.urls import reverse

from qingshan.accounts.public import User, users_who_can
from qingshan.areas.public import district_names
from qingshan.kernel.refs import Ref
from qingshan.kernel.spans import beijing_day
from qingshan.levels.events import CallMade, CallUrged, SubmissionMoved
from qingshan.levels.models import Call, Submission
from qingshan.levels.policies import CAPABILITIES
from qingshan.levels.queries.calls import silent_districts
from qingshan.levels.states import SUBMISSION_FLOW, UPPER_MOVES
from qingshan.messages.public import notify
from qingshan.workflow.public import DeadlineNear, DeadlinePassed

__all__ = [
    "tell_call_late",
    "tell_call_made",
    "tell_call_near",
    "tell_call_urged",
    "tell_submission_moved",
]

_NAMESPACE = uuid.UUID("5c1f4f0d-52a4-4d0b-9b0c-7a4d8a2f6c11")


def tell_submission_moved(event: SubmissionMoved, *, at: datetime) -> None:
    """Tell the other level: what is handed up to who reviews, what is decided to who reports."""
    submission = Submission.objects.select_related("district").get(pk=event.submission_id)
    if event.move == "submit":
        template, people = "levels.submitted", _reviewers(submission)
    elif event.move in UPPER_MOVES and not submission.from_outside:
        template, people = "levels.decided", _reporters((submission.district_id,))
    else:
        return
    words = {
        "step": str(SUBMISSION_FLOW.label(event.move)), "plan": submission.plan_name,
        "as_of": submission.as_of.isoformat(), "district": str(submission.district),
        "edition": str(event.edition), "note": event.note or "—", "who": event.who or "—",
    }  # fmt: skip
    _tell(
        template, submission.ref, reverse("levels:submission", args=[submission.pk]), people, words,
        event.by_id, at, f"{submission.pk}/{event.move}/{event.edition}/{event.at.isoformat()}",
    )  # fmt: skip


def _reviewers(submission: Submission) -> Iterable[User]:
    if submission.partner_id is not None and not submission.from_outside:
        return ()
    return users_who_can(CAPABILITIES["review"], district_id=submission.to_district_id)


def _reporters(district_ids: Iterable[int]) -> list[User]:
    """Who reports for some districts, and for no district above them: whoever calls is not asked."""
    found: dict[int, User] = {}
    for district_id in district_ids:
        for user in users_who_can(CAPABILITIES["submit"], district_id=district_id):
            if _home(user) == district_id:
                found[user.pk] = user
    return list(found.values())


def _home(user: User) -> int | None:
    """The district somebody works for; their rights may reach further down."""
    if user.district_id:
        return int(user.district_id)
    return int(user.department.district_id) if user.department else None


def tell_call_made(event: CallMade, *, at: datetime) -> None:
    """Tell the districts that are asked; the call is signed for."""
    call = Call.objects.get(pk=event.call_id)
    asked = call.called.values_list("district_id", flat=True)
    _tell_call("levels.called", call, _reporters(asked), {}, event.by_id, at, "made")


def tell_call_urged(event: CallUrged, *, at: datetime) -> None:
    """Tell the districts that were urged."""
    call = Call.objects.get(pk=event.call_id)
    stamp = f"urged/{event.at.isoformat()}"
    _tell_call("levels.urged", call, _reporters(event.districts), {}, event.by_id, at, stamp)


def tell_call_near(event: DeadlineNear, *, at: datetime) -> None:
    """Remind the districts that have not reported that the last day is near."""
    call = _call_of(event.about)
    if call is not None:
        words = {"left": str(event.working_days_left)}
        people = _reporters(silent_districts(call))
        _tell_call("levels.near", call, people, words, None, at, f"near/{event.due_on}")


def tell_call_late(event: DeadlinePassed, *, at: datetime) -> None:
    """Tell who is late, and who asked, which districts are silent after the last day."""
    call = _call_of(event.about)
    silent = silent_districts(call) if call is not None else ()
    if call is None or not silent:
        return
    names = district_names(silent, beijing_day(at))
    people = [*_reporters(silent), *users_who_can(CAPABILITIES["review"], district_id=call.district_id)]
    words = {"silent": "、".join(names[pk] for pk in silent if pk in names)}
    _tell_call("levels.late", call, people, words, None, at, f"late/{event.due_on}")


def _call_of(about: Ref) -> Call | None:
    return Call.objects.filter(pk=about.key).first() if about.family == "levels.call" else None


def _tell_call(
    template: str, call: Call, people: Iterable[User], words: Mapping[str, str], by_id: int | None,
    at: datetime, stamp: str,
) -> None:  # fmt: skip
    told = {
        "call": call.title, "as_of": call.as_of.isoformat(), "due_on": call.due_on.isoformat(),
        "district": str(call.district), **words,
    }  # fmt: skip
    address = reverse("levels:call", args=[call.pk])
    _tell(template, call.ref, address, people, told, by_id, at, f"call/{call.pk}/{stamp}")


def _tell(
    template: str, about: Ref, address: str, people: Iterable[User], words: Mapping[str, Any],
    by_id: int | None, at: datetime, stamp: str,
) -> None:  # fmt: skip
    notify(
        template,
        [user for user in people if user.pk != by_id],
        words,
        at=at,
        about=about,
        address=address,
        batch=uuid.uuid5(_NAMESPACE, f"{template}/{stamp}"),
    )
