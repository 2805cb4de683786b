"""Tables flattened to words: cells kept apart by blanks or line ends only, in any column order.

The head's words name the columns, running numbers part the rows, and each row's words are aligned with
the columns exactly as printed cells are; words broken off a cell join the cell before them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from qingshan.reading.departments import looks_like_departments
from qingshan.reading.lines import Line, Role
from qingshan.reading.tables.columns import Column, align, kind_of
from qingshan.reading.tables.grid import Cell, Grid, Row

__all__ = ["claim_worded_tables"]

_TITLE = re.compile(
    r"(指标体系|指标表?|目标指标|完成情况|一览表|项目表|清单|(重点|重大)?(工程|项目)(\([^()]*\))?)$"
)
_ATTRIBUTE = re.compile(r"(?:约束|预期|参考|指导)性")
_CLOSED = {"attribute", "years", "money", "status"}
_HEAD_WORDS = 22
_LONGEST_CELL = 40  # characters of a line that ends a sentence and is no cell
_BARE_YEAR = re.compile(r"20\d\d年")


@dataclass(frozen=True, slots=True)
class _Word:
    """One word as a cell, and its place in its line."""

    cell: Cell
    line: int
    nth: int


def claim_worded_tables(source: str, lines: list[Line]) -> list[Grid]:
    """Find such tables under a title, mark their lines, and return their grids."""
    grids: list[Grid] = []
    chapters = any(line.role == Role.HEADING and line.level == 1 for line in lines)
    i = 0
    while i < len(lines):
        last = i
        if _is_title(lines[i]):
            found = _table_below(source, lines, i, chapters)
            if found:
                grid, last = found
                grids.append(grid)
                for j in range(i + 1, last + 1):
                    if lines[j].text and lines[j].role != Role.NOTE:
                        lines[j] = replace(lines[j], role=Role.TABLE)
        i = last + 1
    return grids


def _is_title(line: Line) -> bool:
    if not line.text or line.tabs or len(line.text) > 50 or line.role in (Role.CONTENTS, Role.TABLE):
        return False
    return (
        line.role == Role.CAPTION or bool(_TITLE.search(line.text)) or line.text.startswith(("附表", "附件"))
    )


def _table_below(source: str, lines: list[Line], title: int, chapters: bool) -> tuple[Grid, int] | None:
    last = _last_line(lines, title, 2 if chapters else 3, long_cells=True)
    columns = _head(_words(source, lines, title + 1, last))[1]
    if not columns:
        return None
    if all(
        column.kind != "content" for column in columns
    ):  # without sentences in its cells it ends where prose begins
        last = _last_line(lines, title, 3, long_cells=False)
    words = _words(source, lines, title + 1, last)
    first, columns = _head(words)
    starts = _starts(words, columns, first) if columns else []
    if len(starts) < 2:
        return None
    rows: list[Row] = [tuple(Cell(column.head, words[0].cell.span) for column in columns)]
    for n, start in enumerate(starts):
        end = starts[n + 1] if n + 1 < len(starts) else len(words)
        rows += [_row(columns, part) for part in _parts(columns, [word.cell for word in words[start:end]])]
    notes = tuple(line.text for line in lines[last + 1 : last + 8] if line.role == Role.NOTE)
    return Grid(lines[title].text, (lines[title + 1].start, lines[last].end), tuple(rows), notes), last


def _head(words: Sequence[_Word]) -> tuple[int, list[Column]]:
    """Return where the first row starts, and the columns named before it; none if this is no such table."""
    first = next((n for n, word in enumerate(words[:_HEAD_WORDS]) if word.cell.text == "1"), 0)
    if not first or any(word.cell.text == "序" for word in words[:first]):
        return 0, []  # a head broken into narrow lines is the other reader's table
    heads = [word.cell.folded for word in words[:first]]
    before = next((n for n, column in enumerate(_columns(heads)) if column.kind == "order"), 0)
    while before and kind_of(heads[-1]) == "other" and not _BARE_YEAR.fullmatch(heads[-1]):
        heads.pop()  # the category printed before the first number
        before -= 1
    columns = _columns(heads)
    kinds = {column.kind for column in columns}
    whole = "order" in kinds and len(columns) >= 4 and kinds & {"attribute", "years", "departments", "money"}
    return (len(heads), columns) if whole else (0, [])


def _last_line(lines: list[Line], title: int, deepest: int, *, long_cells: bool) -> int:
    """Go to the next chapter, caption or note; a table without long cells also ends where prose begins."""
    last = title
    for j in range(title + 1, len(lines)):
        line = lines[j]
        ends = (line.role == Role.HEADING and line.level <= deepest) or line.role in (
            Role.CAPTION,
            Role.TABLE,
        )
        prose = not long_cells and line.text.endswith("。") and len(line.text) > _LONGEST_CELL
        if ends or prose or line.text.startswith("注"):
            break
        if line.text and line.role != Role.NOTE:
            last = j
    return last


def _words(source: str, lines: list[Line], first: int, last: int) -> list[_Word]:
    words = []
    for j in range(first, last + 1):
        line = lines[j]
        if line.role == Role.NOTE:
            continue
        for n, found in enumerate(re.finditer(r"\S+", source[line.start : line.end])):
            words.append(_Word(Cell.of(source, line.start + found.start(), line.start + found.end()), j, n))
    return words


def _columns(heads: Sequence[str]) -> list[Column]:
    """Read the head's words; bare years printed below 现状 and 规划 heads are dealt out to them."""
    years = [head[:4] for head in heads if _BARE_YEAR.fullmatch(head)]
    named = [
        (kind_of(head), head) for head in heads if not (_BARE_YEAR.fullmatch(head) and _has_values(heads))
    ]
    columns: list[Column] = []
    for kind, head in named:
        year = re.search(r"20\d\d", head)
        if kind == "other":
            continue
        if year or not years or kind not in ("baseline", "actual", "target"):
            columns.append(Column(kind, head, year.group() if year else None))
        elif kind == "target":
            columns += [Column(kind, head + year_printed, year_printed) for year_printed in years]
            years = []
        else:
            columns.append(Column(kind, head + years[0], years.pop(0)))
    return columns


def _has_values(heads: Sequence[str]) -> bool:
    return any(
        kind_of(head) in ("baseline", "actual", "target") and not _BARE_YEAR.fullmatch(head) for head in heads
    )


def _starts(words: Sequence[_Word], columns: Sequence[Column], first: int) -> list[int]:
    """Find the words that open rows: running numbers, with what stands before them in their row."""
    starts = [first]
    expected = 2
    has_attribute = any(column.kind == "attribute" for column in columns)
    before = next((i for i, column in enumerate(columns) if column.kind == "order"), 0)
    for n in range(first + 1, len(words)):
        if words[n].cell.text != str(expected) or words[n].nth > max(before, 1) or n - starts[-1] < 3:
            continue
        whole = any(_ATTRIBUTE.fullmatch(word.cell.text) for word in words[starts[-1] : n])
        if has_attribute and not whole and not _opens_row(words[n + 1 : n + 2]):
            continue
        starts.append(_row_start(words, n, columns))
        expected += 1
    return starts


def _opens_row(following: Sequence[_Word]) -> bool:
    """Say whether a name follows a number: it then opens a row even if the last one had no attribute."""
    return bool(following) and len(following[0].cell.text) >= 3 and not _is_closed(following[0].cell.folded)


def _row_start(words: Sequence[_Word], number: int, columns: Sequence[Column]) -> int:
    """Go back from the running number to the category printed before it."""
    before = next((i for i, column in enumerate(columns) if column.kind == "order"), 0)
    start = number
    for _ in range(before):
        closed = start < 1 or _is_closed(words[start - 1].cell.folded)
        own_line = words[start - 1].line == words[number].line
        after_last = start >= 2 and (
            _is_closed(words[start - 2].cell.folded) or looks_like_departments(words[start - 2].cell.folded)
        )
        if closed or not (own_line or after_last):
            break
        start -= 1
    return start


def _is_closed(text: str) -> bool:
    return bool(
        _ATTRIBUTE.fullmatch(text)
        or re.fullmatch(r"[\d.,≥≤<>/%-]+|(?:未|已)?(?:达标|完成)|20\d\d.*|—+", text)
    )


def _parts(columns: Sequence[Column], cells: list[Cell]) -> list[list[Cell]]:
    """Part a row whose years come more than once: sub-items under one number, each with its own years."""
    if columns[-1].kind != "years":
        return [cells]
    parts: list[list[Cell]] = [[]]
    for n, cell in enumerate(cells):
        parts[-1].append(cell)
        if re.fullmatch(r"20\d\d年?(?:[-—–~至]+20\d\d年?)?", cell.folded) and n + 2 < len(cells):
            parts.append([])
    return parts


def _row(columns: Sequence[Column], cells: list[Cell]) -> Row:
    placed = align(columns, tuple(cells), broken=True)
    row: list[Cell] = []
    for i in range(len(columns)):
        own = [cell for cell in placed.cells[i] if not cell.blank]
        if not own or i in placed.spread:
            row.append(own[-1] if own else Cell("", (cells[0].span[0], cells[0].span[0])))
        elif (
            columns[i].kind == "name"
            and "target" in [column.kind for column in columns]
            and len(own) == 2
            and len(own[0].text) >= 4
        ):
            row.append(own[0])  # a name in two parts stays in two cells
            row.append(own[1])
        else:
            row.append(Cell("".join(cell.text for cell in own), (own[0].span[0], own[-1].span[1])))
    return (*row, *(cell for cell in placed.misfits if looks_like_departments(cell.folded)))
