"""What may be uploaded, told by the content and not by the name.

A file is opened only as far as needed to tell its kind; nothing of it is run, unpacked or rendered.
Not accepted, whatever their name: programs, scripts, web pages, drawings that can hold scripts (SVG),
office files with macros, archives (nobody can tell here what is inside).
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import BinaryIO

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

__all__ = ["ALLOWED", "MediaType", "RefusedFile", "allowed_endings", "recognise"]

_HEAD = 4096
_PARTS_AT_MOST = 20_000
_UNPACKED_AT_MOST = 2 * 1024**3

#: Beginnings by which foreign things that pose as something else are told, for a helpful answer.
_IMPOSTORS: tuple[tuple[bytes, Promise], ...] = (
    (b"MZ", _l("Windows 程序")),
    (b"\x7fELF", _l("Linux 程序")),
    (b"#!", _l("脚本")),
    (b"Rar!", _l("RAR 压缩包")),
    (b"7z\xbc\xaf", _l("7z 压缩包")),
    (b"\x1f\x8b", _l("gzip 压缩包")),
)


class RefusedFile(ValueError):
    """A file cannot be accepted; the words say what was found, what is allowed, what to do."""


@dataclass(frozen=True, slots=True)
class MediaType:
    """A kind of file that is accepted: its endings, its name for people, and how it is told."""

    name: str
    label: str | Promise
    endings: tuple[str, ...]
    is_it: Callable[[bytes, BinaryIO], bool]


def recognise(file_name: str, content: BinaryIO, *, web_pages: bool = False) -> MediaType:
    """Tell what a file is, and refuse it when it is not accepted or not what its name says.

    Parameters
    ----------
    file_name : str
        Name as uploaded.
    content : binary file
        Seekable; left at its beginning.
    web_pages : bool
        Accept HTML too. It is kept and given out as bytes without a type, so that no browser shows it.

    Raises
    ------
    RefusedFile
        Empty, not of an accepted kind, or its content contradicts its ending.
    """
    ending = PurePosixPath(file_name).suffix.lower().lstrip(".")
    content.seek(0)
    head = content.read(_HEAD)
    if not head:
        raise RefusedFile(_("“%(name)s”是空文件。") % {"name": file_name})
    accepted = (*ALLOWED, WEB_PAGE) if web_pages else ALLOWED
    claimed = next((kind for kind in accepted if ending in kind.endings), None)
    if claimed is None:
        text = _("“%(name)s”的扩展名是“%(found)s”，不在允许之列。允许：%(allowed)s。")
        raise RefusedFile(text % {"name": file_name, "found": ending or "—", "allowed": allowed_endings()})
    if not _is(claimed, head, content):
        text = _("“%(name)s”名为%(claimed)s，内容却是%(found)s。请用原软件另存为%(claimed)s后再上传。")
        found = _what_it_is(head, content)
        raise RefusedFile(text % {"name": file_name, "claimed": claimed.label, "found": found})
    content.seek(0)
    return claimed


def allowed_endings() -> str:
    """Every accepted ending, for a person or an ``accept`` attribute's tooltip."""
    return "、".join(ending for kind in ALLOWED for ending in kind.endings)


def _is(kind: MediaType, head: bytes, content: BinaryIO) -> bool:
    content.seek(0)
    return kind.is_it(head, content)


def _what_it_is(head: bytes, content: BinaryIO) -> str:
    for kind in ALLOWED:
        if _is(kind, head, content):
            return str(kind.label)
    for beginning, label in _IMPOSTORS:
        if head.startswith(beginning):
            return str(label)
    if _looks_like_markup(head):
        return _("网页（HTML）或 XML")
    if head.startswith(b"PK\x03\x04"):
        return _("压缩包，或含有宏的办公文件")
    return _("无法识别的内容")


def _looks_like_markup(head: bytes) -> bool:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return start.startswith((b"<!doctype", b"<html", b"<?xml", b"<script", b"<svg", b"<table", b"<head"))


def _begins(*beginnings: bytes) -> Callable[[bytes, BinaryIO], bool]:
    return lambda head, content: head.startswith(beginnings)


def _brand(*brands: bytes) -> Callable[[bytes, BinaryIO], bool]:
    """ISO base media: the brand stands in bytes 8 to 11, after ``ftyp``."""
    return lambda head, content: head[4:8] == b"ftyp" and head[8:12] in brands


def _package(part: str) -> Callable[[bytes, BinaryIO], bool]:
    """A zip package that holds a certain part, no macros, and no bomb."""

    def is_it(head: bytes, content: BinaryIO) -> bool:
        if not head.startswith(b"PK\x03\x04"):
            return False
        try:
            parts = zipfile.ZipFile(content).infolist()
        except (zipfile.BadZipFile, OSError, ValueError):
            return False
        names = [found.filename for found in parts]
        return (
            part in names
            and len(parts) <= _PARTS_AT_MOST
            and sum(found.file_size for found in parts) <= _UNPACKED_AT_MOST
            and not any(name.lower().endswith("vbaproject.bin") for name in names)
        )

    return is_it


def _is_text(head: bytes, content: BinaryIO) -> bool:
    """Plain text as offices here write it: UTF-8, or GB 18030 of which GBK is a part."""
    if _looks_like_markup(head) or head.startswith(tuple(found for found, _label in _IMPOSTORS)):
        return False
    if any(byte < 0x20 and byte not in b"\t\n\r\f" for byte in head):
        return False
    # The read may have cut the last character in two.
    cuts = range(4) if len(head) == _HEAD else range(1)
    return any(_decodes(head[: len(head) - cut], code) for code in ("utf-8", "gb18030") for cut in cuts)


def _decodes(data: bytes, code: str) -> bool:
    try:
        data.decode(code)
    except UnicodeDecodeError:
        return False
    return True


_OOXML = "application/vnd.openxmlformats-officedocument."
_OLE = _begins(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")

ALLOWED: tuple[MediaType, ...] = (
    MediaType("application/pdf", "PDF", ("pdf",), _begins(b"%PDF-")),
    MediaType("application/ofd", _l("OFD 版式文件"), ("ofd",), _package("OFD.xml")),
    MediaType(
        f"{_OOXML}wordprocessingml.document",
        _l("Word 文档（docx）"),
        ("docx",),
        _package("word/document.xml"),
    ),
    MediaType(
        f"{_OOXML}spreadsheetml.sheet", _l("Excel 工作簿（xlsx）"), ("xlsx",), _package("xl/workbook.xml")
    ),
    MediaType(
        f"{_OOXML}presentationml.presentation",
        _l("演示文稿（pptx）"),
        ("pptx",),
        _package("ppt/presentation.xml"),
    ),
    MediaType(
        "application/x-ole-storage",
        _l("旧版或加密的办公文件"),
        ("doc", "xls", "ppt", "wps", "et", "dps"),
        _OLE,
    ),
    MediaType("image/jpeg", _l("JPEG 图片"), ("jpg", "jpeg"), _begins(b"\xff\xd8\xff")),
    MediaType("image/png", _l("PNG 图片"), ("png",), _begins(b"\x89PNG\r\n\x1a\n")),
    MediaType("image/tiff", _l("TIFF 图片"), ("tif", "tiff"), _begins(b"II*\x00", b"MM\x00*")),
    MediaType("image/heic", _l("HEIC 图片"), ("heic",), _brand(b"heic", b"heix", b"mif1")),
    MediaType(
        "video/mp4", _l("MP4 视频"), ("mp4",), _brand(b"isom", b"iso2", b"mp41", b"mp42", b"avc1", b"M4V ")
    ),
    MediaType("text/plain", _l("文本"), ("txt", "csv", "json", "geojson"), _is_text),
)

#: Accepted only where a room asks for it, as the original of something that it has read.
WEB_PAGE = MediaType(
    "application/octet-stream",
    _l("网页（HTML）"),
    ("html", "htm"),
    lambda head, content: _looks_like_markup(head),
)
