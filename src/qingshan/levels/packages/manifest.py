"""What a package says about itself: the one part that is signed, and by which all others are checked."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

from qingshan.audit.public import canonical

__all__ = ["EDITION", "FORMAT", "FileState", "Manifest", "Side", "signed_bytes", "written_manifest"]

FORMAT = "qingshan-levels"
EDITION = 1
#: A signature is of these bytes and the manifest; the key signs other things too, none of which begin so.
_DOMAIN = b"QINGSHAN LEVELS 1\n"


@dataclass(frozen=True, slots=True)
class FileState:
    """A member of the package: bytes and SHA-256."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Side:
    """A sender or receiver: its name as told, and the key by which it is really known."""

    name: str
    key_id: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """The contents of a package (报送包清单).

    Parameters
    ----------
    edition : int
        Of the format. A reader refuses one it does not know.
    sequence : int
        Rises with every package of a sender; a receiver takes none twice and none that is lower.
    """

    format: str
    edition: int
    kind: str
    sequence: int
    made_at: datetime
    sender: Side
    to: Side
    files: dict[str, FileState]


def written_manifest(manifest: Manifest) -> bytes:
    """Return the manifest as it stands in the package."""
    return canonical(asdict(manifest)).encode()


def signed_bytes(manifest: bytes) -> bytes:
    """Return what the signature is over."""
    return _DOMAIN + manifest
