"""What a seal covers: the seal before it and every entry of its record. Pure functions."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from qingshan.audit.canonical import canonical, instant
from qingshan.audit.models import Entry
from qingshan.audit.ports import digest

__all__ = ["BEGINNING", "seal_of"]

#: What the first record follows.
BEGINNING = "0" * 64


def seal_of(algorithm: str, previous: str, sealed_at: datetime, entries: Iterable[Entry]) -> str:
    """Return the hash of a record: digest of its predecessor's hash, its instant and all its entries.

    The number in the chain is left out on purpose: the predecessor already fixes the place, and a
    record that was only moved can so be told from one that was edited.

    Parameters
    ----------
    algorithm : str
        Name of the digest, one of `ports.DIGESTS`.
    previous : str
        Hash of the record before, or `BEGINNING`.
    sealed_at : datetime
        When the record was sealed.
    entries
        All entries of the record, in the order of their numbers.
    """
    content = [
        [e.number, e.action, e.family, e.key, e.actor_key, e.actor_name, instant(e.at), e.detail]
        for e in entries
    ]
    return digest(algorithm, canonical([algorithm, previous, instant(sealed_at), content]).encode())
