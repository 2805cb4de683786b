"""Which kind of file it is, by its first bytes, and the reader for it."""

from __future__ import annotations

import re
from collections.abc import Callable

from qingshan.reading.errors import Unreadable
from qingshan.reading.formats.docx import read_docx
from qingshan.reading.formats.html import read_html
from qingshan.reading.formats.office import read_office
from qingshan.reading.formats.pdf import read_pdf
from qingshan.reading.formats.txt import read_txt

__all__ = ["READERS", "kind_of_file"]

READERS: dict[str, Callable[[bytes], str]] = {
    "docx": read_docx,
    "html": read_html,
    "office": read_office,
    "pdf": read_pdf,
    "txt": read_txt,
}
_FOREIGN = {
    b"\x89PNG": "图片",
    b"\xff\xd8\xff": "图片",
    b"GIF8": "图片",
    b"Rar!": "RAR 压缩包",
    b"7z\xbc\xaf": "7z 压缩包",
    b"\x1f\x8b": "gzip 压缩包",
    b"MZ": "程序",
    b"{\\rtf": "RTF",
}


def kind_of_file(data: bytes) -> str:
    """Return the key of the reader. The name of the file is not asked: it may lie.

    >>> kind_of_file(b"%PDF-1.7"), kind_of_file("第一章".encode())
    ('pdf', 'txt')

    Raises
    ------
    Unreadable
        ``empty``, ``macro``, or ``unknown_kind`` for files that are no documents.
    """
    if not data.strip(b"\0\t\r\n \xef\xbb\xbf"):
        raise Unreadable("empty")
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data[:4] == b"PK\x03\x04":
        return "docx"
    if data[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        return _kind_of_old_file(data)
    for mark, name in _FOREIGN.items():
        if data.startswith(mark):
            raise Unreadable("unknown_kind", name)
    if re.match(
        rb"\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|head|body|meta|\?xml|div|table|p\b)",
        data[:400],
        re.IGNORECASE,
    ):
        return "html"
    return "txt"


def _kind_of_old_file(data: bytes) -> str:
    """Tell by the names of its parts what a file of the old office form holds; WPS Writer uses it too."""

    def has(part: str) -> bool:
        return part.encode("utf-16-le") in data

    if has("EncryptedPackage"):
        return "encrypted"
    if has("_VBA_PROJECT"):
        raise Unreadable("macro")
    if not has("WordDocument"):
        raise Unreadable("unknown_kind", "表格、演示或已损坏的文档")
    return "office"
