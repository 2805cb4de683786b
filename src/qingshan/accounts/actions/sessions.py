"""Sessions: where somebody is logged in, and ending that."""

from __future__ import annotations

from datetime import datetime, timedelta
from importlib import import_module
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from qingshan.accounts import policies
from qingshan.accounts.models import SessionRecord, User
from qingshan.audit import public as audit

#: Where a session keeps the second in which its clock of inactivity was last restarted.
CLOCK = "clock"


@transaction.atomic
def begin_session(*, user: User, key: str, address: str, device: str, at: datetime) -> SessionRecord:
    """Keep that somebody logged in, from where and with what (登录)."""
    record, _made = SessionRecord.objects.update_or_create(
        key=key,
        defaults={
            "user": user,
            "address": address,
            "device": device[:200],
            "began_at": at,
            "seen_at": at,
        },
    )
    audit.record("accounts.log_in", user.ref, by=user, at=at, detail={"address": address})
    return record


def touch_session(*, key: str, at: datetime, at_most_every: timedelta) -> bool:
    """Keep that a session was used; whether this call was the one that kept it.

    Pages are asked for many at a time. Of those that find the clock due together one writes, and the
    others, having looked, go on reading: a page view is no reason to stand in line for the database.
    """
    seen_at = SessionRecord.objects.filter(key=key).values_list("seen_at", flat=True).first()
    if seen_at is None:  # a session that nobody keeps a record of; its clock runs all the same
        return True
    if seen_at > at - at_most_every:
        return False
    return SessionRecord.objects.filter(key=key, seen_at=seen_at).update(seen_at=at) == 1


def rekey_session(*, before: str, after: str) -> None:
    """Follow a session whose key was changed for safety (after a new password)."""
    SessionRecord.objects.filter(key=before).update(key=after)


@transaction.atomic
def close_session(*, user: User, key: str, at: datetime) -> None:
    """Keep that somebody logged out (退出)."""
    SessionRecord.objects.filter(key=key).delete()
    audit.record("accounts.log_out", user.ref, by=user, at=at)


@transaction.atomic
def end_session(*, record: SessionRecord, by: User, at: datetime) -> None:
    """End one session (结束会话): one's own, or anybody's with ``accounts.lock``."""
    if record.user_id != by.pk:
        policies.require(by, "accounts.lock", what=_("结束他人会话"))
    _drop(record)
    audit.record("accounts.end_session", record.user.ref, by=by, at=at, detail={"address": record.address})


def end_sessions_of(*, user: User, except_key: str = "") -> int:
    """End all sessions of somebody but one; part of locking, closing and new passwords."""
    records = list(SessionRecord.objects.filter(user=user).exclude(key=except_key))
    for record in records:
        _drop(record)
    return len(records)


def _drop(record: SessionRecord) -> None:
    store: Any = import_module(settings.SESSION_ENGINE).SessionStore
    store(record.key).delete()
    record.delete()
