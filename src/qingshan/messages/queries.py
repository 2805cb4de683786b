"""Reading notices and who signed for them."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Max, Min, Q, QuerySet

from qingshan.accounts.public import User
from qingshan.kernel.refs import Ref
from qingshan.messages.models import Endpoint, Notice, Preferences, Sending, Wording
from qingshan.messages.states import NoticeState, SendingState


def inbox(user: Any) -> QuerySet[Notice]:
    """Return a person's notices, newest first."""
    return Notice.objects.filter(to=user).select_related("by").order_by("-sent_at", "-pk")


def unread_count(user: Any) -> int:
    """Return how many notices a person has not opened, or opened and still has to sign for."""
    waiting = Q(state=NoticeState.UNREAD) | Q(state=NoticeState.READ, needs_receipt=True)
    return Notice.objects.filter(waiting, to=user).count()


def name_of_actor(user_id: int | None) -> str:
    """Return how a notice names who took a step; a dash where it was nobody, or somebody who is gone."""
    user = User.objects.filter(pk=user_id).first() if user_id else None
    return str(user) if user else "—"


def preferences_of(user: Any) -> Preferences:
    """Return how a person wishes to be told; the house's defaults when they said nothing."""
    return Preferences.objects.filter(user=user).first() or Preferences(user=user)


@dataclass(frozen=True, slots=True)
class Batch:
    """What was sent to several people at once, and how many have it."""

    batch: uuid.UUID
    subject: str
    sent_at: Any
    people: int
    read: int
    signed: int
    needs_receipt: bool


def sent_by(user: Any) -> list[Batch]:
    """Return what a person sent to others, newest first, at most a hundred."""
    found = (
        Notice.objects.filter(by=user)
        .values("batch")
        .annotate(
            subject=Min("subject"),
            sent_at=Max("sent_at"),
            people=Count("pk"),
            read=Count("pk", filter=~Q(state=NoticeState.UNREAD)),
            signed=Count("pk", filter=Q(state=NoticeState.SIGNED)),
            with_receipt=Count("pk", filter=Q(needs_receipt=True)),
        )
        .order_by("-sent_at")[:100]
    )
    return [
        Batch(
            batch=row["batch"],
            subject=row["subject"],
            sent_at=row["sent_at"],
            people=row["people"],
            read=row["read"],
            signed=row["signed"],
            needs_receipt=bool(row["with_receipt"]),
        )
        for row in found
    ]


def receipts(batch: uuid.UUID) -> QuerySet[Notice]:
    """Return each person's notice of a batch, those who have not signed first."""
    found = Notice.objects.filter(batch=batch).select_related("to__department")
    return found.order_by("signed_at", "to__username")


def receipts_about(about: Ref) -> QuerySet[Notice]:
    """Return the notices about a record that had to be signed for."""
    found = Notice.objects.filter(about=str(about), needs_receipt=True)
    return found.select_related("to").order_by("-sent_at", "to__username")


def failed_sendings() -> QuerySet[Sending]:
    """Return the sendings that were given up, newest first."""
    return Sending.objects.filter(state=SendingState.GIVEN_UP).select_related("notice__to").order_by("-pk")


def endpoints() -> QuerySet[Endpoint]:
    """Return the addresses of the message platform."""
    return Endpoint.objects.order_by("name")


def own_wordings() -> dict[tuple[str, str], Wording]:
    """Return the bureau's own wordings by template and language."""
    return {(one.template, one.language): one for one in Wording.objects.select_related("changed_by")}
