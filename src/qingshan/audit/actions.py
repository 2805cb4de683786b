"""The only place that writes the audit: what was done, and the seals over it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from qingshan.audit import tips
from qingshan.audit.canonical import canonical
from qingshan.audit.chain import BEGINNING, seal_of
from qingshan.audit.models import Entry, Record
from qingshan.kernel.refs import Ref

__all__ = ["Actor", "OutsideTransaction", "record", "seal"]

#: Key of the lock that PostgreSQL grants to one sealer at a time; any fixed number will do.
_SEALING = 0x51_53_41_55
_AT_ONCE = 500


class Actor(Protocol):
    """Whoever does something: a key and a name are all the audit keeps."""

    @property
    def pk(self) -> Any: ...

    def get_username(self) -> str: ...


class OutsideTransaction(RuntimeError):
    """An entry was given outside a transaction, where it could be kept without the change it tells of."""


def record(
    action: str, subject: Ref, *, by: Actor | None, at: datetime, detail: Mapping[str, Any] | None = None
) -> None:
    """Keep that somebody did something, in the caller's transaction (登记审计).

    All entries of one transaction make one record; with a roll-back none of it remains. The
    record is sealed just after the commit.

    Parameters
    ----------
    action : str
        ``room.verb``, such as ``plans.approve_value``.
    subject : Ref
        What it was done to.
    by : Actor or None
        Who did it; None is the system itself.
    at : datetime
        When, with its zone.
    detail : mapping, optional
        What else must be known: texts, whole numbers, decimals, days, refs, and lists of them.

    Raises
    ------
    OutsideTransaction
        The caller has not opened a transaction.
    TypeError
        The detail holds a binary float or another thing without exact written form.
    """
    _require_transaction(action)
    current = _current()
    current.count += 1
    Entry.objects.create(
        record_id=current.record_id,
        number=current.count,
        action=action,
        family=subject.family,
        key=subject.key,
        actor_key="" if by is None else str(by.pk),
        actor_name="" if by is None else by.get_username(),
        at=at,
        detail=canonical(detail) if detail else "",
    )


def seal() -> int:
    """Chain what has been committed and not yet sealed; return how many records that were.

    Runs after every commit that left a record, and from the worker for those whose process was
    killed between commit and seal. One sealer works at a time, the others wait for it.
    """
    sealed: list[Record] = []
    with transaction.atomic():
        _wait_for_turn()
        last = Record.objects.filter(seq__isnull=False).order_by("-seq").first()
        waiting = Record.objects.filter(seq__isnull=True).order_by("id").prefetch_related("entries")
        for found in waiting[:_AT_ONCE]:
            last = _sealed(found, after=last)
            sealed.append(last)
        # Noted outside the database, for whoever would cut off the newest records.
        transaction.on_commit(lambda: tips.note(sealed), robust=True)
    return len(sealed) if len(sealed) < _AT_ONCE else len(sealed) + seal()


@dataclass(slots=True)
class _Current:
    """The record of the running transaction; called after its commit.

    It lives in Django's list of things to do on commit, and nowhere else: that list is exactly
    as long-lived as the transaction, savepoints included.
    """

    record_id: int
    count: int = 0

    def __call__(self) -> None:
        seal()


def _current() -> _Current:
    for waiting in reversed(connection.run_on_commit):
        if isinstance(waiting[1], _Current):  # (savepoints, what to do, robust)
            return waiting[1]
    made = _Current(Record.objects.create().pk)
    # Robust: what was committed stays committed when sealing must wait; the worker seals it then.
    transaction.on_commit(made, robust=True)
    return made


def _require_transaction(action: str) -> None:
    # A test case's own transaction does not count, or no test would find a forgotten one.
    blocks: list[Any] = connection.atomic_blocks
    if all(block._from_testcase for block in blocks):
        raise OutsideTransaction(
            f"{action}: open a transaction (transaction.atomic) around the change and its audit entry"
        )


def _wait_for_turn() -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_SEALING])
    # On SQLite every transaction begins IMMEDIATE: to be inside one is to have the turn.


def _sealed(found: Record, *, after: Record | None) -> Record:
    found.seq = 1 if after is None or after.seq is None else after.seq + 1
    found.previous = BEGINNING if after is None or after.hash is None else after.hash
    found.digest = settings.AUDIT_DIGEST
    found.sealed_at = timezone.now()  # the moment of sealing itself: nobody above could know it
    entries = sorted(found.entries.all(), key=lambda entry: entry.number)
    found.hash = seal_of(found.digest, found.previous, found.sealed_at, entries)
    found.save(update_fields=["seq", "previous", "digest", "hash", "sealed_at"])
    return found
