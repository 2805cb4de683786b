"""What the two kinds of packages say, as records."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from qingshan.levels.snapshots import Snapshot

__all__ = ["Attached", "MoveLine", "ReceiptBody", "RemarkLine", "SubmissionBody"]


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that goes along: where it lies in the package, and what it was called."""

    path: str
    title: str
    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class SubmissionBody:
    """One version of a submission (报送包内容)."""

    uid: str
    edition: int
    to_district: str
    words: str
    submitted_by: str
    submitted_at: datetime
    snapshot: Snapshot
    attachments: tuple[Attached, ...]


@dataclass(frozen=True, slots=True)
class MoveLine:
    """One step that the upper level took."""

    move: str
    note: str
    who: str
    at: datetime


@dataclass(frozen=True, slots=True)
class RemarkLine:
    """What the upper level says about one row."""

    section: str
    code: str
    text: str


@dataclass(frozen=True, slots=True)
class ReceiptBody:
    """What the upper level has done with one version of a submission (回执包内容).

    ``moves`` are all its steps on this version, the first first; ``digest`` is of the snapshot it received,
    so that a receipt speaks of exactly what was sent.
    """

    uid: str
    edition: int
    digest: str
    received_at: datetime
    moves: tuple[MoveLine, ...]
    remarks: tuple[RemarkLine, ...]
