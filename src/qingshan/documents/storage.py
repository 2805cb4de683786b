"""Files kept by their content: the name is the SHA-256, so a file never changes once it is there.

Outside every folder that is served, without the right to be run. A file is whole and on disk before
the database speaks of it; one that the database never came to speak of does no harm.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

__all__ = ["Kept", "discard", "path_of", "stored"]


@dataclass(frozen=True, slots=True)
class Kept:
    """A file in the store."""

    sha256: str
    size: int


def stored(chunks: Iterable[bytes]) -> Kept:
    """Write a file into the store and return what it is called there."""
    folder = Path(settings.MEDIA_ROOT)
    folder.mkdir(parents=True, exist_ok=True)
    total, content_hash = 0, hashlib.sha256()
    with tempfile.NamedTemporaryFile(dir=folder, prefix="incoming-", delete=False) as draft:
        try:
            for chunk in chunks:
                total += len(chunk)
                content_hash.update(chunk)
                draft.write(chunk)
            draft.flush()
            os.fsync(draft.fileno())
            os.fchmod(draft.fileno(), 0o440)
            kept = Kept(content_hash.hexdigest(), total)
            _place(Path(draft.name), path_of(kept.sha256))
        except BaseException:
            Path(draft.name).unlink(missing_ok=True)
            raise
    return kept


def path_of(sha256: str) -> Path:
    """Where a file lies."""
    return Path(settings.MEDIA_ROOT) / sha256[:2] / sha256


def opened(sha256: str) -> BinaryIO:
    """Open a file of the store for reading."""
    return path_of(sha256).open("rb")


def discard(sha256: str) -> bool:
    """Take a file out of the store; say whether it was there. Only for one that no version speaks of."""
    path = path_of(sha256)
    there = path.exists()
    path.unlink(missing_ok=True)
    return there


def _place(draft: Path, path: Path) -> None:
    path.parent.mkdir(exist_ok=True)
    draft.replace(path)  # the same content twice is the same file: replacing it changes nothing
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
