"""The newest seals, noted in files outside the database as they are made.

A daily head covers what was sealed before it; between two heads these notes do. Whoever cuts the
newest records off the database, or replaces them, contradicts the notes. Once a head covers them
they are cleared away.
"""

from __future__ import annotations

import fcntl
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from qingshan.audit.models import Record

__all__ = ["clear", "note", "noted"]

_NAME = "tips.txt"


def note(records: Iterable[Record]) -> None:
    """Append one line per sealed record.

    Without waiting for the disk: that would double the time of every write, and a note lost with
    the power is missed by nobody but an attacker who came in that same moment.
    """
    lines = "".join(f"{record.seq} {record.hash}\n" for record in records)
    if not lines:
        return
    folder = Path(settings.AUDIT_HEADS)
    folder.mkdir(parents=True, exist_ok=True)
    with _alone(folder), (folder / _NAME).open("a", encoding="ascii") as file:
        file.write(lines)


def noted(folder: Path) -> Iterator[tuple[int, str]]:
    """Yield number and hash of each noted seal; a line cut short by a crash is left out."""
    path = folder / _NAME
    if not path.is_file():
        return
    for line in path.read_text(encoding="ascii").splitlines(keepends=True):
        number, _, found = line.partition(" ")
        if line.endswith("\n") and number.isdecimal():
            yield int(number), found.strip()


def clear(folder: Path, *, up_to: int) -> None:
    """Drop the notes that a signed head now covers."""
    with _alone(folder):
        kept = [f"{number} {found}\n" for number, found in noted(folder) if number > up_to]
        draft = folder / f"{_NAME}.draft"
        draft.write_text("".join(kept), encoding="ascii")
        draft.replace(folder / _NAME)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Keep other processes from noting while we note or clear."""
    with (folder / "tips.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
