"""Dropping what has had its time: old log-in attempts and dead sessions. The audit keeps what happened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.contrib.sessions.models import Session
from django.db import transaction

from qingshan.accounts.actions.attempts import forget_old_attempts
from qingshan.accounts.models import SessionRecord


@dataclass(frozen=True, slots=True)
class Tidied:
    """How many rows went."""

    attempts: int
    sessions: int


@transaction.atomic
def tidy(*, at: datetime) -> Tidied:
    """Drop attempts older than thirty days, and sessions that have ended by themselves."""
    Session.objects.filter(expire_date__lte=at).delete()
    alive = Session.objects.values("session_key")
    ended = SessionRecord.objects.exclude(key__in=alive).delete()[0]
    return Tidied(forget_old_attempts(at=at), ended)
