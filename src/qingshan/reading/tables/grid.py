"""The one form every table takes before anybody asks what it says."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from qingshan.reading.text import Span, fold, squeeze

__all__ = ["ABOVE", "LEFT", "Cell", "Grid", "Row"]

ABOVE = "↑"  # written by the format readers into a cell merged with the one above
LEFT = "←"  # ... and with the one to its left


@dataclass(frozen=True, slots=True)
class Cell:
    """One printed cell: its text without white space, and its place in the source."""

    text: str
    span: Span

    @property
    def folded(self) -> str:
        return "" if self.text in (ABOVE, LEFT) else fold(self.text)

    @property
    def blank(self) -> bool:
        return self.text in ("", ABOVE, LEFT)

    @classmethod
    def of(cls, source: str, start: int, end: int) -> Cell:
        """Take a stretch of the source, trimmed, as a cell."""
        while start < end and source[start].isspace():
            start += 1
        while end > start and source[end - 1].isspace():
            end -= 1
        return cls(squeeze(source[start:end]), (start, end))


Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: caption, rows as printed (of unequal length where cells are merged), and its notes."""

    caption: str
    span: Span
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = field(default=())

    def row_span(self, row: Row) -> Span:
        """Return the place of the row's print, first filled cell to last."""
        filled = [cell.span for cell in row if cell.text] or [cell.span for cell in row]
        return min(span[0] for span in filled), max(span[1] for span in filled)


_BRACKET_BASE = re.compile(r"\[\]内?(?:为|是|表示)(20\d\d)年")


def bracket_year(notes: tuple[str, ...]) -> str | None:
    """Return the year that a note gives to values in square brackets.

    >>> bracket_year(("1.[]内为2021年数据。",))
    '2021'
    """
    for note in notes:
        if found := _BRACKET_BASE.search(note):
            return found.group(1)
    return None


_STARRED = re.compile(r"\*[^。；]{0,16}?(?:值|数据)[^。；]{0,4}?(?:为|是|取|采用)(20\d\d)年")


def star_year(notes: tuple[str, ...]) -> str | None:
    """Return the year that a note gives to the values of rows with a star.

    >>> star_year(("注：标*2020年实际值均为2019年值",))
    '2019'
    """
    for note in notes:
        if found := _STARRED.search(note):
            return found.group(1)
    return None
