"""Writing workbooks. A text that would start a formula is written as text, always."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import IO, Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill

_STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_HEAD_FILL = PatternFill("solid", fgColor="E3EFEF")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its title, and its rows with the heading first."""

    title: str
    rows: Iterable[Sequence[Any]]
    widths: Sequence[int] = ()


def starts_formula(text: str) -> bool:
    """Whether a spreadsheet would take this text for a formula or a command."""
    return text.startswith(_STARTS_FORMULA)


def safe_text(text: str) -> str:
    """Neutralise a text for CSV: a leading apostrophe keeps it a text.

    Examples
    --------
    >>> safe_text("=1+1"), safe_text("大气"), safe_text("-")
    ("'=1+1", '大气', "'-")
    """
    return f"'{text}" if starts_formula(text) else text


def write_workbook(
    sheets: Iterable[Sheet], *, as_of: date | None = None, query: str = "", notes: Iterable[str] = ()
) -> IO[bytes]:
    """Write sheets, followed by one that says what they are; return the file, positioned at its start."""
    book = Workbook(write_only=True)
    for sheet in sheets:
        _write_sheet(book, sheet)
    _write_sheet(
        book,
        Sheet(_("说明"), [[pgettext("sheet", "项目"), _("内容")], *_about(as_of, query, notes)], (16, 80)),
    )
    file = io.BytesIO()
    book.save(file)
    file.seek(0)
    return file


def _about(as_of: date | None, query: str, notes: Iterable[str]) -> Iterable[list[Any]]:
    if as_of is not None:
        yield [_("截至日期"), as_of]
    if query:
        yield [_("筛选条件"), query]
    for note in notes:
        yield [_("注"), note]


def _write_sheet(book: Workbook, sheet: Sheet) -> None:
    target = book.create_sheet(title=_sheet_title(sheet.title))
    target.freeze_panes = "A2"
    for index, width in enumerate(sheet.widths):
        target.column_dimensions["ABCDEFGHIJKLMNOPQRSTUVWXYZ"[index]].width = width
    for number, row in enumerate(sheet.rows):
        target.append([_cell(target, value, head=number == 0) for value in row])


def _cell(target: Any, value: Any, *, head: bool) -> Any:
    if isinstance(value, datetime) and timezone.is_aware(value):
        value = timezone.localtime(value).replace(tzinfo=None)
    if value is not None and not isinstance(value, int | float | Decimal | date | datetime):
        value = str(value)
    cell = WriteOnlyCell(target, value=value)
    if isinstance(value, str):
        cell.data_type = "s"
        cell.quotePrefix = starts_formula(value)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    if head:
        cell.font, cell.fill = Font(bold=True), _HEAD_FILL
    return cell


def _sheet_title(title: str) -> str:
    return "".join("·" if sign in r"[]:*?/\\" else sign for sign in title)[:31] or "1"
