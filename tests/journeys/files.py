"""Small files as people attach them."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Mapping, Sequence
from typing import Any, TypedDict

from openpyxl import Workbook, load_workbook


class Upload(TypedDict):
    """What a file field is given."""

    name: str
    mimeType: str
    buffer: bytes


def letter(name: str = "下达通知.pdf") -> Upload:
    """A letter of one empty page."""
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
    )
    file = io.BytesIO()
    file.write(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(file.tell())
        file.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    table = file.tell()
    lines = b"".join(b"%010d 00000 n \n" % place for place in places)
    file.write(b"xref\n0 4\n0000000000 65535 f \n%s" % lines)
    file.write(b"trailer\n<< /Size 4 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % table)
    return Upload(name=name, mimeType="application/pdf", buffer=file.getvalue())


def photograph(name: str = "现场照片.png", side: int = 16) -> Upload:
    """A picture of one colour."""
    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    rows = (b"\x00" + b"\x2e\x8b\x57" * side) * side
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    data = b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in chunks
    )
    return Upload(name=name, mimeType="image/png", buffer=data)


XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def workbook(headings: Sequence[str], *rows: Sequence[Any], name: str = "数值.xlsx") -> Upload:
    """A workbook with one sheet."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (headings, *rows):
        sheet.append(list(row))
    return _saved(book, name)


def filled_in(template: bytes, *rows: Mapping[str, Any], name: str = "数值.xlsx") -> Upload:
    """A downloaded template with rows entered under its headings."""
    book = load_workbook(io.BytesIO(template))
    sheet = book.worksheets[0]
    headings = [str(cell.value) for cell in sheet[1]]
    for number, row in enumerate(rows, start=2):
        for heading, value in row.items():
            sheet.cell(number, headings.index(heading) + 1, value)
    return _saved(book, name)


def csv_file(text: str, *, encoding: str, name: str = "数值.csv") -> Upload:
    """A table as text, in the encoding of some office."""
    return Upload(name=name, mimeType="text/csv", buffer=text.encode(encoding))


def posing(content: bytes, name: str = "数值.xlsx") -> Upload:
    """A file whose ending says something else than its content."""
    return Upload(name=name, mimeType=XLSX, buffer=content)


def _saved(book: Workbook, name: str) -> Upload:
    file = io.BytesIO()
    book.save(file)
    return Upload(name=name, mimeType=XLSX, buffer=file.getvalue())
