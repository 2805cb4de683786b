"""What of an installation goes into a backup besides the database, and where it goes back to."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from qingshan.portal.backup.archive import Member

__all__ = ["DATABASE", "FOLDERS", "Folder", "folder_members", "put_back"]

#: Where the snapshot of the database stands in the archive.
DATABASE = "database"


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder of the installation: its name in the archive, its setting, and which files of it go along.

    Parameters
    ----------
    before_database : bool
        Taken before the database, so that it never knows more than the database does.
    """

    name: str
    setting: str
    pattern: str = "**/*"
    before_database: bool = False

    @property
    def path(self) -> Path:
        """Where it lies now."""
        return Path(getattr(settings, self.setting))


#: The private signing key stays behind: whoever steals a backup must not be able to sign heads.
FOLDERS = (
    Folder("audit-heads", "AUDIT_HEADS", "head-*.json", before_database=True),
    Folder("audit-tips", "AUDIT_HEADS", "tips.txt", before_database=True),
    Folder("audit-keys", "AUDIT_KEYS", "*.pub"),
    Folder("paper-templates", "PAPER_TEMPLATES"),
    Folder("rules", "RULES"),
    # Attachments are named by their content and never change, so they may be copied last and at leisure.
    Folder("documents", "MEDIA_ROOT", "??/*"),
    # Without it nobody could log in with a second factor again.
    Folder("keys", "HOME", "secret.key"),
)


def folder_members(folder: Folder) -> Iterator[Member]:
    """Yield the files of a folder that go into the archive."""
    for path in sorted(folder.path.glob(folder.pattern)):
        if path.is_file():
            yield Member(f"{folder.name}/{path.relative_to(folder.path).as_posix()}", path)


def put_back(unpacked: Path) -> list[str]:
    """Put the unpacked files where they belong; return the names of those that replaced another.

    What is there and the same is left alone; notes of the audit are never put over newer ones;
    what differs is kept beside as ``.before-restore``.
    """
    replaced = []
    for folder in FOLDERS:
        for source in sorted((unpacked / folder.name).glob("**/*")):
            target = folder.path / source.relative_to(unpacked / folder.name)
            if source.is_file() and not (folder.before_database and target.exists()):
                if target.exists() and not _same(source, target):
                    target.replace(target.with_name(f"{target.name}.before-restore"))
                    replaced.append(str(target))
                if not target.exists():
                    _placed(source, target)
    return replaced


def _placed(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f".{target.name}.restoring")
    shutil.copyfile(source, draft)
    draft.chmod(
        0o600 if target.suffix == ".key" else 0o440 if target.parent.parent.name == "documents" else 0o600
    )
    with draft.open("rb") as file:
        os.fsync(file.fileno())
    draft.replace(target)


def _same(one: Path, other: Path) -> bool:
    return _hash(one) == _hash(other)


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
