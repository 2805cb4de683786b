"""The inner layers of a backup file: a gzip-compressed tar of files, the manifest last."""

from __future__ import annotations

import gzip
import hashlib
import os
import tarfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import IO, BinaryIO, cast

from qingshan.portal.backup.errors import BadBackup
from qingshan.portal.backup.manifest import DatabaseState, FileState, Manifest
from qingshan.portal.backup.sealed import sealed_reader, sealed_writer

__all__ = ["Member", "checked", "unpacked", "write_archive"]

_MANIFEST = "manifest.json"
_BLOCK = 1024 * 1024
_LEVEL = 4  # attachments are compressed already, the database is not: a fast middle


@dataclass(frozen=True, slots=True)
class Member:
    """A file and the name it gets in the archive."""

    name: str
    path: Path


def write_archive(
    path: Path,
    members: Iterable[Member],
    *,
    database: DatabaseState,
    made_at: str,
    version: str,
    password: str | None,
) -> Manifest:
    """Write a backup file, and wait until the disk has it.

    A member that vanishes meanwhile (a note cleared away) is left out; one that the database names
    is missed afterwards by `making`.
    """
    files: dict[str, FileState] = {}
    with path.open("wb") as raw:
        os.fchmod(raw.fileno(), 0o600)
        with (
            sealed_writer(cast(BinaryIO, raw), password) as sealed,
            gzip.GzipFile(
                fileobj=cast(IO[bytes], sealed), mode="wb", compresslevel=_LEVEL, mtime=0
            ) as packed,
            tarfile.open(fileobj=packed, mode="w|", format=tarfile.PAX_FORMAT) as tar,
        ):
            for member in members:
                if (state := _add(tar, member)) is not None:
                    files[member.name] = state
            manifest = Manifest(made_at=made_at, version=version, database=database, files=files)
            _add_bytes(tar, _MANIFEST, manifest.written())
        raw.flush()
        os.fsync(raw.fileno())
    return manifest


def checked(path: Path, password: str | None) -> Manifest:
    """Read a backup file from beginning to end and hold everything against its manifest.

    Raises
    ------
    BadBackup, WrongPassword
    """
    with _entries(path, password) as entries:
        return _compared(_states(entries, folder=None))


def unpacked(path: Path, folder: Path, password: str | None) -> Manifest:
    """Unpack a backup file into an empty folder, checking as `checked` does."""
    with _entries(path, password) as entries:
        return _compared(_states(entries, folder=folder))


def _states(
    entries: Iterator[tuple[str, IO[bytes]]], *, folder: Path | None
) -> Iterator[tuple[str, FileState | Manifest]]:
    for name, file in entries:
        if name == _MANIFEST:
            yield name, Manifest.read(file.read())
        elif folder is None:
            yield name, _state(file)
        else:
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("wb") as copy:
                yield name, _state(file, copy)


def _compared(found: Iterable[tuple[str, FileState | Manifest]]) -> Manifest:
    files: dict[str, FileState] = {}
    manifest: Manifest | None = None
    for name, state in found:
        if isinstance(state, Manifest):
            manifest = state
        else:
            files[name] = state
    if manifest is None:
        raise BadBackup("备份文件不完整：没有清单。")
    wrong = sorted(
        name for name in files.keys() | manifest.files.keys() if files.get(name) != manifest.files.get(name)
    )
    if wrong:
        raise BadBackup(f"备份中有 {len(wrong)} 个文件与清单不符，第一个是 {wrong[0]}。")
    return manifest


@contextmanager
def _entries(path: Path, password: str | None) -> Iterator[Iterator[tuple[str, IO[bytes]]]]:
    try:
        with (
            path.open("rb") as raw,
            sealed_reader(cast(BinaryIO, raw), password) as sealed,
            gzip.GzipFile(fileobj=cast(IO[bytes], sealed), mode="rb") as packed,
            tarfile.open(fileobj=packed, mode="r|") as tar,
        ):
            yield _files_of(tar)
            while packed.read(_BLOCK):  # to the very end: the last piece and the check sum lie there
                pass
    except (tarfile.TarError, gzip.BadGzipFile, EOFError, zlib.error) as problem:
        raise BadBackup("备份文件损坏或被截断。") from problem


def _files_of(tar: tarfile.TarFile) -> Iterator[tuple[str, IO[bytes]]]:
    for found in tar:
        inside = PurePosixPath(found.name)
        if not found.isfile() or inside.is_absolute() or ".." in inside.parts:
            raise BadBackup(f"备份中有不该有的内容：{found.name}")
        file = tar.extractfile(found)
        if file is not None:
            yield found.name, file


def _state(file: IO[bytes], copy: IO[bytes] | None = None) -> FileState:
    size, content = 0, hashlib.sha256()
    while block := file.read(_BLOCK):
        size += len(block)
        content.update(block)
        if copy is not None:
            copy.write(block)
    return FileState(size, content.hexdigest())


def _add(tar: tarfile.TarFile, member: Member) -> FileState | None:
    try:
        file = member.path.open("rb")
    except FileNotFoundError:
        return None
    with file:
        info = tarfile.TarInfo(member.name)
        info.size, info.mode = os.fstat(file.fileno()).st_size, 0o600
        hashed = _Hashing(file)
        tar.addfile(info, cast(IO[bytes], hashed))
        return FileState(info.size, hashed.content.hexdigest())


def _add_bytes(tar: tarfile.TarFile, name: str, data: bytes) -> None:
    info = tarfile.TarInfo(name)
    info.size, info.mode = len(data), 0o600
    tar.addfile(info, BytesIO(data))


class _Hashing:
    """Hashes what is read through it."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file, self.content = file, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        block = self._file.read(size)
        self.content.update(block)
        return block
