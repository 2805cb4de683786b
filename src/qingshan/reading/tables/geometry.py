"""Find tables whose cells are kept apart by tabs, one row a line or one cell a line.

Both shapes come out of word processors: a tab between cells, or a tab before every cell with the
cell's own line breaks left in. Where a row ends in the second shape is not printed; it is found by
the shortest path over all possible ends, each row being cheap when it has as many cells as the header.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable
from dataclasses import replace
from statistics import median

from qingshan.reading.lines import Line, Role
from qingshan.reading.tables.grid import Cell, Grid, Row

__all__ = ["claim_tabbed_tables"]

_PATIENCE = 14  # filled lines without a tab that may stand inside a table: footnotes, page ends, long cells
_WIDEST = 24


def claim_tabbed_tables(source: str, lines: list[Line]) -> list[Grid]:
    """Mark the lines of tabbed tables and return their grids, in order.

    Lines change role in place: rows become TABLE; notes between rows stay notes.
    """
    grids: list[Grid] = []
    i = 0
    while i < len(lines):
        if not _opens(lines, i):
            i += 1
            continue
        last = _last_line(lines, i)
        first = i
        rows = (
            _rows_by_cell(source, lines[first : last + 1])
            if lines[i].tabs == 1
            else _rows_by_line(source, lines, first, last)
        )
        for j in range(first, last + 1):
            if lines[j].text and (lines[j].tabs or lines[i].tabs == 1) and lines[j].role != Role.NOTE:
                lines[j] = replace(lines[j], role=Role.TABLE)
        if rows:
            grids.append(
                Grid(
                    _caption(lines, first),
                    (lines[first].start, lines[last].end),
                    tuple(rows),
                    _notes(lines, last),
                )
            )
        i = last + 1
    return grids


def _opens(lines: list[Line], i: int) -> bool:
    line = lines[i]
    if line.role in (Role.CONTENTS, Role.BLANK) or not line.tabs:
        return False
    if line.tabs >= 2:
        return True
    following = [other for other in lines[i + 1 : i + 12] if other.text or other.tabs]
    return sum(other.tabs == 1 for other in following[:4]) >= 3


def _last_line(lines: list[Line], first: int) -> int:
    """Return the index of the table's last line, patience allowing for lines without tabs."""
    by_cell = lines[first].tabs == 1
    last, without = first, 0
    for j in range(first + 1, len(lines)):
        line = lines[j]
        if line.role in (Role.CAPTION, Role.CONTENTS) or (line.role == Role.HEADING and line.level <= 2):
            break
        if line.tabs == 1 if by_cell else line.tabs >= 2:
            last, without = j, 0
            continue
        without += bool(line.text)
        if without > _PATIENCE or (not by_cell and line.role == Role.HEADING):
            break
    return _with_last_cell(lines, last) if by_cell else last


def _with_last_cell(lines: list[Line], last: int) -> int:
    while last + 1 < len(lines) and lines[last + 1].role == Role.PROSE and len(lines[last + 1].text) <= 30:
        last += 1
    return last


def _rows_by_line(source: str, lines: list[Line], first: int, last: int) -> list[Row]:
    rows: list[Row] = []
    for line in lines[first : last + 1]:
        if line.tabs >= 1 and line.role != Role.NOTE:
            rows.append(_cells_of_line(source, line))
    return rows


def _cells_of_line(source: str, line: Line) -> Row:
    cells = []
    place = line.start
    for part in source[line.start : line.end].split("\t"):
        cells.append(Cell.of(source, place, place + len(part)))
        place += len(part) + 1
    return tuple(cells)


def _rows_by_cell(source: str, lines: list[Line]) -> list[Row]:
    starts = [i for i, line in enumerate(lines) if line.tabs]
    cells: list[Cell] = []
    breaks: list[int] = []  # cells that follow a blank line: a row may start there
    for n, i in enumerate(starts):
        end = starts[n + 1] if n + 1 < len(starts) else len(lines)
        stop = max((j for j in range(i, end) if lines[j].text or j == i), default=i)
        cells.append(Cell.of(source, lines[i].start, lines[stop].end))
        if n and not lines[i - 1].text and not lines[i - 1].tabs:
            breaks.append(n)
    return [tuple(cells[a:b]) for a, b in _cheapest_rows(cells, breaks)]


def _cheapest_rows(cells: list[Cell], breaks: list[int]) -> list[tuple[int, int]]:
    """Choose the row starts: most rows should have as many cells as rows usually have here."""
    marks = [0, *breaks, len(cells)]
    lengths = [b - a for a, b in itertools.pairwise(marks) if b - a > 2]
    usual = int(median(lengths)) if lengths else len(cells)
    best: list[tuple[float, int]] = [(0.0, -1)]
    for j in range(1, len(marks)):
        options = [
            (best[i][0] + _row_cost(cells, marks[i], marks[j], usual), i) for i in range(max(0, j - 8), j)
        ]
        best.append(min(options))
    path: list[tuple[int, int]] = []
    j = len(marks) - 1
    while j > 0:
        i = best[j][1]
        path.append((marks[i], marks[j]))
        j = i
    return path[::-1]


def _row_cost(cells: list[Cell], start: int, end: int, usual: int) -> float:
    length = end - start
    if length > _WIDEST:
        return 1000.0
    cost = abs(length - usual) * 1.0 + 0.1
    numbers = sum(bool(re.fullmatch(r"\d{1,3}", cell.text)) for cell in cells[start : start + 3])
    return cost - 0.2 * (numbers == 1)


def _caption(lines: list[Line], first: int) -> str:
    """Return the caption or title line above a table, within a few lines."""
    for line in reversed(lines[max(0, first - 6) : first]):
        if line.role == Role.CAPTION:
            return line.text
        if (
            line.text
            and line.role in (Role.PROSE, Role.HEADING)
            and len(line.text) <= 50
            and not line.text.endswith(("。", "；", "，"))
        ):
            return line.text
        if line.text:
            break
    return ""


def _notes(lines: list[Line], last: int) -> tuple[str, ...]:
    found: list[str] = []
    for line in _filled(lines[last + 1 : last + 14]):
        if (
            line.role in (Role.NOTE, Role.PAGE)
            or (found and re.match(r"(\d[.、]|[*“\[])", line.text))
            or (found and not found[-1].endswith(("。", "；")))
        ):
            found.append(line.text)
        else:
            break
    return tuple(found)


def _filled(lines: Iterable[Line]) -> Iterable[Line]:
    return (line for line in lines if line.text)
