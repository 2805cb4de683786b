"""Freeing photos of what cameras write into them: place, time, device, owner (去除照片附带信息). Pure.

A photo of a river bank often carries the place and the telephone it was taken with, which would tell who sent
it. Segments are left out whole; the picture itself is copied byte by byte and never decoded.
"""

from __future__ import annotations

import struct
from typing import BinaryIO

__all__ = ["NotAPhoto", "without_traces"]

_PNG = b"\x89PNG\r\n\x1a\n"
#: Chunks a PNG needs to look as it does; texts, times and Exif are left out.
_PNG_KEPT = frozenset(
    (
        b"IHDR",
        b"PLTE",
        b"IDAT",
        b"IEND",
        b"tRNS",
        b"gAMA",
        b"cHRM",
        b"sRGB",
        b"iCCP",
        b"sBIT",
        b"pHYs",
        b"bKGD",
    )
)
_SOI, _SOS, _EOI = 0xD8, 0xDA, 0xD9
#: APP0 (JFIF), APP2 (colour profile), APP14 (colour transform) say how it looks; other APPs do not.
_APPS = range(0xE0, 0xF0)
_APPS_KEPT = frozenset((0xE0, 0xE2, 0xEE))
_COMMENT = 0xFE
#: Markers that stand alone, without a length.
_ALONE = frozenset((0x01, *range(0xD0, 0xD8)))


class NotAPhoto(ValueError):
    """Neither JPEG nor PNG, or broken off."""


def without_traces(photo: BinaryIO) -> bytes:
    """Return a photo without what does not belong to the picture.

    Raises
    ------
    NotAPhoto
        Neither JPEG nor PNG, or its parts do not follow on each other.
    """
    data = photo.read()
    if data.startswith(_PNG):
        return _png(data)
    if data.startswith(b"\xff\xd8"):
        return _jpeg(data)
    raise NotAPhoto("neither JPEG nor PNG")


def _png(data: bytes) -> bytes:
    kept, place = [_PNG], len(_PNG)
    while place < len(data):
        if place + 12 > len(data):
            raise NotAPhoto("a chunk is cut off")
        length, name = struct.unpack(">I4s", data[place : place + 8])
        end = place + 12 + length
        if end > len(data):
            raise NotAPhoto("a chunk is cut off")
        if name in _PNG_KEPT:
            kept.append(data[place:end])
        if name == b"IEND":
            return b"".join(kept)  # what is hidden behind the end goes too
        place = end
    raise NotAPhoto("the picture has no end")


def _jpeg(data: bytes) -> bytes:
    kept, place = [data[:2]], 2
    while place + 4 <= len(data):
        if data[place] != 0xFF:
            raise NotAPhoto("a segment does not begin")
        marker = data[place + 1]
        if marker == 0xFF:  # a fill byte
            place += 1
            continue
        if marker in _ALONE:
            kept.append(data[place : place + 2])
            place += 2
            continue
        end = place + 2 + int.from_bytes(data[place + 2 : place + 4], "big")
        if end > len(data) or end < place + 4:
            raise NotAPhoto("a segment is cut off")
        if marker == _SOS:
            return b"".join(kept) + _scans(data[place:])
        if not _is_trace(marker):
            kept.append(data[place:end])
        place = end
    raise NotAPhoto("the picture has no data")


def _is_trace(marker: int) -> bool:
    return marker == _COMMENT or (marker in _APPS and marker not in _APPS_KEPT)


def _scans(data: bytes) -> bytes:
    """The picture's data up to its end; a second picture behind it (a preview, a map) goes."""
    end = data.find(bytes((0xFF, _EOI)))
    return data if end < 0 else data[: end + 2]
