"""Plain text."""

from __future__ import annotations

from qingshan.reading.errors import Unreadable
from qingshan.reading.text import decode

__all__ = ["read_txt"]


def read_txt(data: bytes) -> str:
    """Decode a text file. Bytes that belong to no text file are refused."""
    if b"\0" in data[:4096] and data[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        raise Unreadable("unknown_kind", "二进制文件")
    return decode(data)
