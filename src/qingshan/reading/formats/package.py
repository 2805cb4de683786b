"""Opening zip packages with care: sizes checked before anything is unpacked, macros refused."""

from __future__ import annotations

import io
import zipfile
from xml.etree import ElementTree

from qingshan.reading.errors import Unreadable

__all__ = ["Package"]

_MOST_PARTS = 5000
_LARGEST_PART = 200 * 1024 * 1024
_LARGEST_TOTAL = 400 * 1024 * 1024
_STEEPEST = 200  # times the packed size; beyond it a part of some size is an attack, not a document
_HARMLESS = 20 * 1024 * 1024


class Package:
    """The parts of a DOCX file."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            self._infos = {info.filename: info for info in self._zip.infolist()}
        except (zipfile.BadZipFile, ValueError, OSError) as problem:
            raise Unreadable("corrupt", "压缩包") from problem
        self._check()

    def _check(self) -> None:
        infos = self._infos.values()
        total = sum(info.file_size for info in infos)
        steep = any(
            info.file_size > _HARMLESS and info.file_size > _STEEPEST * max(info.compress_size, 1)
            for info in infos
        )
        if (
            len(self._infos) > _MOST_PARTS
            or total > _LARGEST_TOTAL
            or steep
            or any(info.file_size > _LARGEST_PART for info in infos)
        ):
            raise Unreadable("archive_bomb", f"展开后 {total // 1024 // 1024} MB")
        if any(name.lower().endswith(("vbaproject.bin", "vbadata.xml")) for name in self._infos):
            raise Unreadable("macro")

    def has(self, name: str) -> bool:
        return name in self._infos

    def xml(self, name: str) -> ElementTree.Element:
        """Parse a part. A document type is refused: OOXML has none, entity attacks do."""
        try:
            raw = self._zip.read(self._infos[name])
            if b"<!DOCTYPE" in raw[:2000] or b"<!ENTITY" in raw[:2000]:
                raise Unreadable("corrupt", name)
            return ElementTree.fromstring(raw)  # noqa: S314 - no document type, so no entities to expand
        except (
            zipfile.BadZipFile,
            ElementTree.ParseError,
            OSError,
            RuntimeError,
            EOFError,
            NotImplementedError,
            KeyError,
            ValueError,
        ) as problem:
            if isinstance(problem, Unreadable):
                raise
            if isinstance(problem, RuntimeError) and "password" in str(problem):
                raise Unreadable("encrypted") from problem
            raise Unreadable("corrupt", name) from problem
        except Exception as problem:  # zlib.error has no common base with the above
            raise Unreadable("corrupt", name) from problem
