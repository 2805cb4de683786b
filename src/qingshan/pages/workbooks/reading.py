"""Reading uploaded tables: what a file really is, and its cells as they stand, each with its address."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import IO, Any

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

MAX_BYTES = 20 * 1024 * 1024
MAX_UNPACKED_BYTES = 300 * 1024 * 1024
MAX_ROWS = 50_000
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class UnreadableTable(ValueError):
    """The file is not a table that can be read; the words say what it is and what to do."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell as it stands in the file."""

    value: Any
    address: str
    is_formula: bool = False

    @property
    def text(self) -> str:
        """The value as text, without surrounding blanks; empty for an empty cell."""
        if isinstance(self.value, datetime):
            return (
                self.value.date().isoformat()
                if self.value.time().isoformat() == "00:00:00"
                else str(self.value)
            )
        if isinstance(self.value, date):
            return self.value.isoformat()
        return "" if self.value is None else str(self.value).strip()

    @property
    def as_typed(self) -> str:
        """The text as somebody typed it: a spreadsheet keeps 2025 as 2025.0."""
        if isinstance(self.value, float) and self.value.is_integer():
            return str(int(self.value))
        return self.text


@dataclass(frozen=True, slots=True)
class Row:
    """One row below the heading: its number in the file, its cells by heading."""

    number: int
    cells: dict[str, Cell]

    @property
    def address(self) -> str:
        """The row as a whole, where no one cell is meant."""
        return _("第%d行") % self.number

    def cell(self, heading: str) -> Cell:
        """Return the cell under a heading; an empty one where the row has none."""
        return self.cells.get(heading) or Cell(None, self.address)


@dataclass(frozen=True, slots=True)
class UploadedTable:
    """The headings of a table and its rows; rows that are wholly empty are left out."""

    name: str
    headings: tuple[str, ...]
    rows: tuple[Row, ...]


def read_table(file: IO[bytes], *, name: str, size: int, sheet: Collection[str] = ()) -> UploadedTable:
    """Read the first (or the named) sheet of an uploaded XLSX file, or a CSV file.

    Parameters
    ----------
    file : binary file
        The upload, positioned anywhere.
    name : str
        The file name given; only its ending is used.
    size : int
        Bytes.
    sheet : collection of str, optional
        Titles that the sheet to read may have; the first sheet when there is none of them.

    Raises
    ------
    UnreadableTable
        Too large, of another kind than its ending says, broken, or without a heading row.
    """
    if size > MAX_BYTES:
        raise UnreadableTable(
            _("文件有 %(size)s MB，超过表格导入上限 %(limit)s MB；请只保留需要导入的工作表。")
            % {"size": size // 1_048_576, "limit": MAX_BYTES // 1_048_576}
        )
    file.seek(0)
    data = file.read()
    ending = name.rsplit(".", 1)[-1].lower() if "." in name else ""
    grid = _xlsx_grid(data, sheet) if ending == "xlsx" else _csv_grid(data, ending)
    return _table(name, grid)


def _xlsx_grid(data: bytes, sheet: Collection[str]) -> Iterator[list[Cell]]:
    _refuse_impostors(data)
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
        wanted = next((title for title in book.sheetnames if title in sheet), None)
        chosen = book[wanted] if wanted else book.worksheets[0]
        for number, cells in enumerate(chosen.iter_rows(), start=1):
            yield [
                Cell(
                    cell.value,
                    f"{get_column_letter(column)}{number}",
                    cell.data_type == "f" or (isinstance(cell.value, str) and cell.value.startswith("=")),
                )
                for column, cell in enumerate(cells, start=1)
            ]
    except (InvalidFileException, zipfile.BadZipFile, KeyError, IndexError, ValueError, EOFError) as error:
        raise UnreadableTable(
            _("文件已损坏，无法作为 Excel 工作簿打开；请用 Excel 或 WPS 另存为 .xlsx 后重试。")
        ) from error


def _refuse_impostors(data: bytes) -> None:
    if not data:
        raise UnreadableTable(_("文件是空的。"))
    if data.startswith(_OLD_OFFICE):
        raise UnreadableTable(
            _("这是旧版 .xls（或加密的）工作簿，只是改了扩展名；请用 Excel 或 WPS 另存为 .xlsx。")
        )
    if data.lstrip()[:1] == b"<":
        raise UnreadableTable(
            _("这是网页（HTML）文件，只是改了扩展名；请在原系统中另行导出，或用 Excel 打开后另存为 .xlsx。")
        )
    if not data.startswith(b"PK"):
        raise UnreadableTable(_("文件内容不是 .xlsx 工作簿；请用 Excel 或 WPS 另存为 .xlsx。"))
    try:
        entries = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except zipfile.BadZipFile as error:
        raise UnreadableTable(_("文件已损坏，无法作为 Excel 工作簿打开；请重新保存后再传。")) from error
    names = {entry.filename for entry in entries}
    if "xl/workbook.xml" not in names:
        raise UnreadableTable(_("文件是压缩包或其他 Office 文件，不是 Excel 工作簿。"))
    if "xl/vbaProject.bin" in names:
        raise UnreadableTable(_("工作簿带有宏；请另存为不含宏的 .xlsx。"))
    if sum(entry.file_size for entry in entries) > MAX_UNPACKED_BYTES:
        raise UnreadableTable(_("工作簿展开后过大，可能是压缩炸弹；已拒绝读取。"))


def _csv_grid(data: bytes, ending: str) -> Iterator[list[Cell]]:
    if ending != "csv":
        raise UnreadableTable(
            _("扩展名“%(found)s”不能导入；允许的是 .xlsx 和 .csv。")
            % {"found": f".{ending}" if ending else _("无")}
        )
    if b"\x00" in data[:4096] and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise UnreadableTable(_("文件内容不是文本；请保存为 .xlsx，或 UTF-8、GBK 编码的 .csv。"))
    for number, row in enumerate(csv.reader(io.StringIO(decode(data))), start=1):
        yield [
            Cell(text, f"{get_column_letter(column)}{number}", text.startswith("="))
            for column, text in enumerate(row, start=1)
        ]


def decode(data: bytes) -> str:
    """Decode a text file as Chinese offices write them: UTF-8, UTF-16 with mark, or GB18030 (GBK).

    Raises
    ------
    UnreadableTable
        None of these fits.
    """
    encodings = ["utf-16"] if data.startswith((b"\xff\xfe", b"\xfe\xff")) else ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableTable(_("无法识别文字编码；请保存为 UTF-8 或 GBK。"))


def _table(name: str, grid: Iterator[list[Cell]]) -> UploadedTable:
    headings: tuple[str, ...] = ()
    rows: list[Row] = []
    for number, cells in enumerate(grid, start=1):
        if not any(cell.text for cell in cells):
            continue
        if not headings:
            headings = tuple(cell.text for cell in cells)
            _refuse_repeated(headings)
            continue
        if len(rows) >= MAX_ROWS:
            raise UnreadableTable(_("超过 %(limit)s 行；请分批导入。") % {"limit": MAX_ROWS})
        rows.append(Row(number, {head: cell for head, cell in zip(headings, cells, strict=False) if head}))
    if not headings:
        raise UnreadableTable(_("表里没有任何内容；第一行应是列名。"))
    return UploadedTable(name, tuple(head for head in headings if head), tuple(rows))


def _refuse_repeated(headings: tuple[str, ...]) -> None:
    repeated = {head for head in headings if head and headings.count(head) > 1}
    if repeated:
        raise UnreadableTable(
            _("列名“%(name)s”出现了不止一次；请保留一列。") % {"name": "、".join(sorted(repeated))}
        )
