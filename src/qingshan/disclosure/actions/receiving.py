"""What comes from outside: anonymous, perhaps twice, perhaps from a machine (接收公众反馈)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models.functions import Length

from qingshan.audit import public as audit
from qingshan.disclosure.errors import NotTaken, SentBefore, Stale, TooMany, UnknownRecord
from qingshan.disclosure.events import FeedbackReceived
from qingshan.disclosure.models import Attempt, Feedback, PublicPage
from qingshan.disclosure.queries import current_edition
from qingshan.disclosure.sealing import sealed, sender_of
from qingshan.documents.public import attach
from qingshan.jobs.public import announce
from qingshan.kernel.spans import beijing_day

__all__ = ["ASKING", "SENDING", "count_attempt", "forget_attempts", "receive_feedback"]

SENDING, ASKING = "send", "ask"
#: Form -> so many within so long from one network address. A village or an office may share one.
LIMITS: dict[str, tuple[tuple[int, timedelta], ...]] = {
    SENDING: ((5, timedelta(hours=1)), (20, timedelta(days=1))),
    ASKING: ((30, timedelta(hours=1)),),
}
_KEPT = timedelta(days=1)
_TRIES = 5


@transaction.atomic
def count_attempt(*, what: str, address: str, at: datetime) -> None:
    """Count a form sent by somebody without an account; counts older than a day are dropped.

    Raises
    ------
    TooMany
        A limit is reached; ``until`` is when the next one is heard.
    """
    forget_attempts(at=at)
    sender = sender_of(address)
    for most, within in LIMITS[what]:
        times = list(
            Attempt.objects.filter(what=what, sender=sender, at__gt=at - within)
            .order_by("-at")
            .values_list("at", flat=True)[:most]
        )
        if len(times) == most:
            raise TooMany(times[-1] + within)
    Attempt.objects.create(what=what, sender=sender, at=at)


def forget_attempts(*, at: datetime) -> None:
    """Drop the counts that are older than a day (清理匿名提交计数); each form that is sent does it too."""
    Attempt.objects.filter(at__lt=at - _KEPT).delete()


@transaction.atomic
def receive_feedback(
    *,
    page: PublicPage,
    key: str,
    text: str,
    address: str,
    at: datetime,
    contact: str = "",
    place: str = "",
    part: str = "",
    code: str = "",
    photos: Iterable[Any] = (),
) -> Feedback:
    """Keep what somebody sends in; the worker makes a task of it (`make_task`).

    Parameters
    ----------
    key : str
        Came with the form. The same form again is the same feedback, and counts for nothing.
    address : str
        Network address of the sender; only its digest is counted, and for a day.
    part, code : str
        The record of the published edition it concerns.

    Raises
    ------
    NotTaken
        The page is shut, or takes no feedback.
    SentBefore
        The form was sent before, with other words.
    TooMany, UnknownRecord, RefusedFile
    """
    if not (page.is_open and page.takes_feedback):
        raise NotTaken
    if before := Feedback.objects.filter(key=key).first():
        return _the_same(before, page, text)
    count_attempt(what=SENDING, address=address, at=at)
    facts = {
        "page": page, "key": key, "text": text, "place": place, "part": part, "code": code,
        "concerns": _named(page, part, code), "contact_sealed": sealed(contact.strip()), "received_at": at,
    }  # fmt: skip
    feedback = _numbered(facts)
    for photo in photos:
        attach(photo, to=feedback.ref, by=None, at=at)
    audit.record(
        "disclosure.receive_feedback", feedback.ref, by=None, at=at, detail={"number": feedback.number}
    )
    announce(FeedbackReceived(feedback.pk, at), at=at)
    return feedback


def _the_same(before: Feedback, page: PublicPage, text: str) -> Feedback:
    if before.page_id != page.pk or before.text != text:
        raise SentBefore(before.number)
    return before


def _named(page: PublicPage, part: str, code: str) -> str:
    """What it concerns, in the words of the published edition; nothing for the plan as a whole."""
    if not code:
        return ""
    edition = current_edition(page)
    tables = edition.content["parts"] if edition and edition.content else []
    for table in tables:
        for row in table["rows"]:
            if (table["part"], row["code"]) == (part, code):
                return str(row["name"])[:300]
    raise UnknownRecord([code])


def _numbered(facts: dict[str, Any]) -> Feedback:
    """Enter it under the next number of its district and year; two senders at once both get one."""
    page: PublicPage = facts["page"]
    begin = f"F{page.plan.district.code}-{beijing_day(facts['received_at']).year}-"
    for _try in range(_TRIES):
        # Longer numbers are later ones: as text, 99999 would stand behind 100000 for ever.
        numbers = Feedback.objects.filter(number__startswith=begin).order_by(
            Length("number").desc(), "-number"
        )
        last = numbers.values_list("number", flat=True).first()
        number = f"{begin}{int(last.rpartition('-')[2]) + 1 if last else 1:05d}"
        try:
            with transaction.atomic():
                return Feedback.objects.create(number=number, **facts)
        except IntegrityError:
            if (same := Feedback.objects.filter(key=facts["key"]).first()) is not None:
                return _the_same(same, page, facts["text"])
    raise Stale(begin)
