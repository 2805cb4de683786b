"""Making a backup: beside running work, checked before it gets its name."""

from __future__ import annotations

import fcntl
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from qingshan import __version__
from qingshan.kernel.spans import beijing_time
from qingshan.portal.backup import databases
from qingshan.portal.backup.archive import Member, checked, write_archive
from qingshan.portal.backup.errors import AlreadyRunning
from qingshan.portal.backup.layout import DATABASE, FOLDERS, folder_members
from qingshan.portal.backup.manifest import Manifest

__all__ = ["ENDING", "Made", "make_backup", "prune"]

ENDING = ".qsbackup"
_BEGINNING = "qingshan-"
_SNAPSHOT = "snapshot-"


@dataclass(frozen=True, slots=True)
class Made:
    """A finished backup: where it lies, what is in it, and which attachments are missing or damaged.

    A damaged attachment does not stop the backup of everything else, but must be known.
    """

    path: Path
    manifest: Manifest
    problems: tuple[str, ...]


def make_backup(*, to: Path, at: datetime, password: str | None = None, beginning: str = _BEGINNING) -> Made:
    """Make a backup in a folder, read it back, and give it its name (备份).

    Parameters
    ----------
    to : Path
        Folder; made when it is not there.
    at : datetime
        The moment that names the file.
    password : str, optional
        Encrypts the backup.

    Raises
    ------
    AlreadyRunning
        Another backup is being made in this folder.
    DamagedDatabase
        The database is damaged; there is no backup then.
    BadBackup
        What was written cannot be read back: the disk is failing.
    """
    to.mkdir(parents=True, exist_ok=True)
    with _alone(to), tempfile.TemporaryDirectory(dir=to, prefix=_SNAPSHOT) as name:
        staged = Path(name)
        path = _free_name(to, f"{beginning}{beijing_time(at):%Y%m%d-%H%M%S}")
        draft = path.with_suffix(".part")
        for folder in FOLDERS:
            if folder.before_database:
                _copied(folder_members(folder), staged)
        (staged / DATABASE).mkdir()
        state = databases.present().snapshot(staged / DATABASE)
        write_archive(
            draft,
            (*_staged(staged), *_in_place()),
            database=state,
            made_at=at.isoformat(),
            version=__version__,
            password=password,
        )
        manifest = checked(draft, password)
        draft.replace(path)
    return Made(path, manifest, tuple(_problems(manifest)))


def prune(folder: Path, *, keep: int) -> list[Path]:
    """Delete all backups of a folder but the newest ``keep``; those made before a restore or upgrade stay."""
    found = sorted(folder.glob(f"{_BEGINNING}*{ENDING}"), key=lambda path: path.stem, reverse=True)
    for path in found[keep:]:
        path.unlink()
    return found[keep:]


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One backup at a time in a folder; what a killed one left behind is cleared away."""
    with (folder / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AlreadyRunning(f"{folder} 中正在进行另一次备份。") from None
        for left in folder.glob("*.part"):
            left.unlink()
        for left in folder.glob(f"{_SNAPSHOT}*"):
            shutil.rmtree(left)
        yield


def _free_name(folder: Path, stem: str) -> Path:
    """Two backups of one second do not share a name; the later one sorts after the earlier."""
    taken = len(list(folder.glob(f"{stem}*{ENDING}")))
    return folder / f"{stem}{f'-{taken + 1}' if taken else ''}{ENDING}"


def _copied(members: Iterable[Member], staged: Path) -> None:
    for member in members:
        target = staged / member.name
        target.parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileNotFoundError):  # a note cleared away in this moment: a head has its place
            shutil.copyfile(member.path, target)


def _staged(staged: Path) -> Iterator[Member]:
    for path in sorted(staged.rglob("*")):
        if path.is_file():
            yield Member(path.relative_to(staged).as_posix(), path)


def _in_place() -> Iterator[Member]:
    for folder in FOLDERS:
        if not folder.before_database:
            yield from folder_members(folder)


def _problems(manifest: Manifest) -> Iterator[str]:
    for sha256 in manifest.database.named_files:
        kept = manifest.files.get(f"documents/{sha256[:2]}/{sha256}")
        if kept is None:
            yield f"附件 {sha256} 不在存储目录中"
        elif kept.sha256 != sha256:
            yield f"附件 {sha256} 的内容已被改动"
