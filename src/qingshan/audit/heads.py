"""Signed heads of the chain, kept as files outside the database.

A head says: on this day the chain ended with this number and this hash. It is signed, and names
the head before it, so that heads cannot be changed, dropped or slipped in either. A head of kind
``restored`` is written when the database was brought back from a backup: it says, signed, at which
number the chain goes on, and what had been sealed after that number is known to be lost.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path

from django.conf import settings
from django.db import transaction

from qingshan.audit import tips
from qingshan.audit.canonical import canonical, instant
from qingshan.audit.chain import BEGINNING
from qingshan.audit.models import Record
from qingshan.audit.ports import SignaturePort, digest, signer
from qingshan.kernel.spans import day_span

__all__ = ["Head", "HeadKind", "StoredHead", "read_heads", "sign_head", "sign_restored"]


class HeadKind(StrEnum):
    """Why a head was written."""

    DAILY = "daily"
    RESTORED = "restored"


@dataclass(frozen=True, slots=True)
class Head:
    """Where the chain ended at the end of a day (审计日首).

    Parameters
    ----------
    number : int
        Position among the heads, from 1.
    previous : str
        Digest of the head before, empty for the first.
    lost_to : int
        For a restore: the highest number known to have been sealed before it; else 0.
    """

    number: int
    kind: HeadKind
    day: str
    seq: int
    hash: str
    signed_at: str
    previous: str
    digest: str
    key_id: str
    lost_to: int = 0

    @property
    def signed_bytes(self) -> bytes:
        """What the signature is over."""
        return canonical(asdict(self)).encode()


@dataclass(frozen=True, slots=True)
class StoredHead:
    """A head as found in its file; ``head`` is None where the file cannot be read as one."""

    path: Path
    head: Head | None
    signature: bytes = b""

    def is_signed(self, by: SignaturePort) -> bool:
        """Tell whether a trusted key signed it."""
        return self.head is not None and by.is_good(self.head.signed_bytes, self.signature, self.head.key_id)


def sign_head(*, day: date, at: datetime) -> Head | None:
    """Sign where the chain ended on a day, and keep it outside the database.

    Parameters
    ----------
    day : date
        Day in Beijing. For a day that is not over, what is sealed until now counts.
    at : datetime
        The moment of signing.

    Returns
    -------
    Head or None
        None when nothing was sealed since the head before.
    """
    sealed = Record.objects.filter(seq__isnull=False, sealed_at__lt=day_span(day).end)
    with transaction.atomic():
        last = sealed.order_by("-seq").first()
        return None if last is None else _sign(HeadKind.DAILY, last, day=day, at=at)


def sign_restored(*, day: date, at: datetime) -> Head | None:
    """Sign that the database was restored and its chain goes on from where it now ends.

    Called by ``qingshan restore`` alone. None when nothing outside the database reaches further
    than the database itself.
    """
    folder = Path(settings.AUDIT_HEADS)
    last = Record.objects.filter(seq__isnull=False).order_by("-seq").first()
    known = [stored.head.seq for stored in read_heads(folder) if stored.head]
    known += [seq for seq, _ in tips.noted(folder)]
    lost_to = max(known, default=0)
    if lost_to <= _place(last)[0]:
        return None
    head = _sign(HeadKind.RESTORED, last, day=day, at=at, lost_to=lost_to)
    tips.clear(folder, up_to=lost_to)
    return head


def read_heads(folder: Path) -> list[StoredHead]:
    """Return all heads in the order of their numbers, whatever state they are in."""
    return [_read(path) for path in sorted(folder.glob("head-*.json"))]


def _place(last: Record | None) -> tuple[int, str]:
    """Number and hash of the last record, or of the beginning."""
    return (0, BEGINNING) if last is None else (last.seq or 0, last.hash or BEGINNING)


def _sign(kind: HeadKind, last: Record | None, *, day: date, at: datetime, lost_to: int = 0) -> Head | None:
    folder = Path(settings.AUDIT_HEADS)
    folder.mkdir(parents=True, exist_ok=True)
    before = next((stored.head for stored in reversed(read_heads(folder)) if stored.head), None)
    seq, found = _place(last)
    if before is not None and kind is HeadKind.DAILY and before.seq >= seq:
        return None
    using = signer()
    head = Head(
        number=1 if before is None else before.number + 1,
        kind=kind,
        day=day.isoformat(),
        seq=seq,
        hash=found,
        signed_at=instant(at),
        previous="" if before is None else digest(before.digest, before.signed_bytes),
        digest=settings.AUDIT_DIGEST,
        key_id=using.key_id,
        lost_to=lost_to,
    )
    _keep(folder, head, using.sign(head.signed_bytes))
    tips.clear(folder, up_to=seq)
    return head


def _keep(folder: Path, head: Head, signature: bytes) -> None:
    """Write the file whole and on disk before it gets its name."""
    path = folder / f"head-{head.number:06d}-{head.day}.json"
    draft = path.with_suffix(".draft")
    text = json.dumps({"head": asdict(head), "signature": signature.hex()}, ensure_ascii=False, indent=1)
    with draft.open("w", encoding="utf-8") as file:
        file.write(text + "\n")
        file.flush()
        os.fsync(file.fileno())
    draft.chmod(0o444)
    os.link(draft, path)  # unlike a rename, refuses to replace a head that is there
    draft.unlink()


def _read(path: Path) -> StoredHead:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        head = Head(**{**found["head"], "kind": HeadKind(found["head"]["kind"])})
        return StoredHead(path, head, bytes.fromhex(found["signature"]))
    except (ValueError, KeyError, TypeError, AttributeError):
        return StoredHead(path, None)
