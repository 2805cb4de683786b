"""HTML pages, as government sites publish plans: paragraphs, headings and tables with spans."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from qingshan.reading.formats.rows import spread_row, table_lines
from qingshan.reading.text import decode

__all__ = ["read_html"]

_BLOCKS = {
    "p",
    "div",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "li",
    "br",
    "section",
    "article",
    "center",
    "dd",
    "dt",
    "title",
}
_SILENT = {"script", "style", "noscript", "template"}
_WIDEST_SPAN = 60


def read_html(data: bytes) -> str:
    """Return the text of a page, in the declared or the recognised encoding."""
    declared = re.search(rb"charset=[\"']?([\w-]+)", data[:3000])
    text = None
    if declared:
        try:
            text = data.decode(declared.group(1).decode("ascii"))
        except (LookupError, UnicodeDecodeError):
            text = None
    page = _Page()
    page.feed(text if text is not None else decode(data))
    page.close()
    return page.text()


class _Table:
    """A table being read: rows, and cells that reach down into rows to come."""

    def __init__(self) -> None:
        self.rows: list[list[str]] = []
        self.row: list[tuple[str, int, bool]] = []
        self.down: dict[int, tuple[int, int]] = {}  # column -> (rows still covered, width)

    def add(self, text: str, width: int, height: int) -> None:
        self._reach()
        column = sum(cell[1] for cell in self.row)
        self.row.append((text, width, False))
        if height > 1:
            self.down[column] = (height - 1, width)

    def _reach(self) -> None:
        while (column := sum(cell[1] for cell in self.row)) in self.down:
            left, width = self.down[column]
            if left < 1:
                break
            self.row.append(("", width, True))
            self.down[column] = (left - 1, width)
            if left == 1:
                del self.down[column]

    def end_row(self) -> None:
        if self.row:
            self._reach()
            self.rows.append(spread_row(self.row))
        self.row = []


class _Page(HTMLParser):
    """Collects lines; inside a cell, text goes to the cell."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = [""]
        self.silent = 0
        self.tables: list[_Table] = []
        self.cells: list[tuple[list[str], int, int]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self.silent += 1
        elif tag == "table":
            self.tables.append(_Table())
        elif tag == "tr" and self.tables:
            self.tables[-1].end_row()
        elif tag in ("td", "th") and self.tables:
            self._end_cell()
            given = {name: value or "" for name, value in attrs}
            self.cells.append(([], _span(given.get("colspan", "")), _span(given.get("rowspan", ""))))
        elif tag in _BLOCKS:
            self._break()

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self.silent = max(0, self.silent - 1)
        elif tag in ("td", "th"):
            self._end_cell()
        elif tag == "tr" and self.tables:
            self._end_cell()
            self.tables[-1].end_row()
        elif tag == "table" and self.tables:
            self._end_table()
        elif tag in _BLOCKS:
            self._break()

    def handle_data(self, data: str) -> None:
        if self.silent:
            return
        if self.cells:
            self.cells[-1][0].append(data)
        else:
            self.lines[-1] += " ".join(data.split()) if data.strip() else ""

    def _break(self) -> None:
        if self.cells:
            self.cells[-1][0].append(" ")
        elif self.lines[-1]:
            self.lines.append("")

    def _end_cell(self) -> None:
        if self.cells and self.tables:
            words, width, height = self.cells.pop()
            self.tables[-1].add("".join(words), width, height)

    def _end_table(self) -> None:
        table = self.tables.pop()
        table.end_row()
        if self.cells:  # a table inside a cell is read as the cell's words
            self.cells[-1][0].append(" ".join(" ".join(row) for row in table.rows))
        else:
            self.lines += [*table_lines(table.rows), ""]

    def text(self) -> str:
        while self.tables:
            self._end_cell()
            self._end_table()
        return "\n".join(self.lines).strip("\n") + "\n"


def _span(value: str) -> int:
    return min(int(value), _WIDEST_SPAN) if value.isdigit() and int(value) > 0 else 1
