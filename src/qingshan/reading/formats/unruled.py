"""Tables of a PDF that have no lines around their cells: columns by the places of the head's words.

The head names a running number (序号); below it each word belongs to the column it starts in or is centred
under, a number that goes on counting opens a row, and a line that runs from the first column into the next is
prose again. A table may go on over pages, with its head printed again or not.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

__all__ = ["UnruledTables"]

_ORDER = "序号"
_FEWEST_COLUMNS = 4
_YEARS = re.compile(r"20\d\d(?:[-—–~]20\d\d)?年?")
_RUNNING_HEAD = 12  # words at most above the rest of a table
_LONGEST_REST = 60  # lines of a cell at most that go on over a page end
_TALLEST_HEAD = 6  # lines
_GAP = 1.7  # line heights
_NEAR = 3.0  # points by which the words of one column may start apart

Word = dict[str, Any]
Line = list[Word]


@dataclass
class _Table:
    """A table being read: where its columns start and end, and which number comes next."""

    lefts: list[float]
    rights: list[float]
    order: int
    head: list[str]
    centred: bool = False
    expected: int = 1

    def column(self, word: Word) -> int:
        """Return the column of a word."""
        if self.centred:
            middle = (word["x0"] + word["x1"]) / 2
            return min(range(len(self.lefts)), key=lambda c: abs(self._middle(c) - middle))
        return max((c for c, left in enumerate(self.lefts) if left <= word["x0"] + _NEAR), default=0)

    def _middle(self, column: int) -> float:
        return (self.lefts[column] + self.rights[column]) / 2

    def is_prose(self, line: Line) -> bool:
        """Say whether a line runs out of the first column: cells are broken, sentences are not."""
        second = self.lefts[1]
        return any(word["x0"] < second - _NEAR and word["x1"] > second + _NEAR for word in line)

    def opens_row(self, line: Line) -> bool:
        """Say whether a running number stands here: the next one, or the last one printed again."""
        numbers = [word["text"] for word in line if self.column(word) == self.order]
        again = self.expected > 1 and numbers == [str(self.expected - 1)]
        return numbers[:1] == [str(self.expected)] or again

    def opens_part(self, line: Line, row: Sequence[str]) -> bool:
        """Say whether a part of one number starts here: years where the row has its years already."""
        return any(_YEARS.fullmatch(w["text"]) and _YEARS.fullmatch(row[self.column(w)]) for w in line)


class UnruledTables:
    """Reads page after page; a table open at the end of one goes on at the top of the next."""

    def __init__(self) -> None:
        self._open: _Table | None = None

    def take(self, words: Sequence[Word]) -> tuple[list[tuple[float, list[list[str]]]], list[Word]]:
        """Return the tables of a page, each with the height it starts at, and the words outside them."""
        lines, outside = _without_margins(_lines(words))
        tables: list[tuple[float, list[list[str]]]] = []
        above = len(outside)
        n = 0
        while n < len(lines):
            fresh = _table_at(lines, n)
            if fresh is None and not (self._open and self._goes_on(lines, n, len(outside) - above)):
                outside += lines[n]
                n += 1
                continue
            start, rows = n, []
            if fresh:
                if self._open is None or fresh.head != self._open.head:
                    self._open, rows = fresh, [fresh.head]
                n = _first_row(lines, n, self._open) or len(lines)
            n, more = self._rows(lines, n)
            tables.append((lines[start][0]["top"], rows + more))
        return tables, outside

    def _goes_on(self, lines: Sequence[Line], n: int, above: int) -> bool:
        """Say whether an open table goes on here, at the top of a page, perhaps with the rest of a row."""
        if self._open is None or above > _RUNNING_HEAD:
            return False
        for line in lines[n : n + _LONGEST_REST]:
            if self._open.is_prose(line):
                return False
            if self._open.opens_row(line):
                return True
        return False

    def _rows(self, lines: Sequence[Line], n: int) -> tuple[int, list[list[str]]]:
        table = self._open
        rows: list[list[str]] = []
        if table is None:
            return n, rows
        while n < len(lines) and not table.is_prose(lines[n]) and _table_at(lines, n) is None:
            numbered = table.opens_row(lines[n])
            if numbered or not rows or table.opens_part(lines[n], rows[-1]):
                rows.append([""] * len(table.lefts))  # without a number: a part, or the rest of a row
            table.expected += numbered and str(table.expected) in [word["text"] for word in lines[n]]
            for word in sorted(lines[n], key=lambda w: float(w["x0"])):
                rows[-1][table.column(word)] += word["text"]
            n += 1
        if n < len(lines):
            self._open = None
        return max(n, 1), rows


def _lines(words: Iterable[Word]) -> list[Line]:
    lines: list[Line] = []
    for word in sorted(words, key=lambda w: (round(w["bottom"]), w["x0"])):
        if lines and abs(lines[-1][-1]["bottom"] - word["bottom"]) <= 4:
            lines[-1].append(word)
        else:
            lines.append([word])
    return [sorted(line, key=lambda w: float(w["x0"])) for line in lines]


def _without_margins(lines: list[Line]) -> tuple[list[Line], list[Word]]:
    """Take off what a white gap sets apart at the top and the foot: running heads and page numbers."""
    if len(lines) < 4:
        return lines, []
    gaps = [max(w["bottom"] for w in b) - max(w["bottom"] for w in a) for a, b in itertools.pairwise(lines)]
    apart = _GAP * median(gaps)
    first = 1 if gaps[0] > apart else 0
    last = len(lines) - 1 if gaps[-1] > apart else len(lines)
    return lines[first:last], [word for line in (*lines[:first], *lines[last:]) for word in line]


def _table_at(lines: Sequence[Line], n: int) -> _Table | None:
    """Return the table whose head starts in this line, if a first row follows within a few lines."""
    line = lines[n]
    names = [word["text"] for word in line]
    if _ORDER not in names or len(line) < _FEWEST_COLUMNS:
        return None
    table = _Table(
        [float(w["x0"]) for w in line], [float(w["x1"]) for w in line], names.index(_ORDER), list(names)
    )
    first = _first_row(lines, n, table)
    if first is None and n + _TALLEST_HEAD < len(lines):
        return None
    first = len(lines) if first is None else first  # the rows begin on the next page
    for more in lines[n + 1 : first]:
        for word in more:
            column = table.column(word)
            table.head[column] += word["text"]
            table.rights[column] = max(table.rights[column], float(word["x1"]))
    body = [word for row in lines[first : first + 12] for word in row]
    aligned = sum(any(abs(left - word["x0"]) <= _NEAR for left in table.lefts) for word in body)
    table.centred = bool(body) and aligned * 2 < len(body)
    return table


def _first_row(lines: Sequence[Line], n: int, table: _Table) -> int | None:
    for row in range(n + 1, min(n + _TALLEST_HEAD, len(lines))):
        if any(
            re.fullmatch(r"\d{1,3}", word["text"]) and table.column(word) == table.order
            for word in lines[row]
        ):
            return row
    return None
