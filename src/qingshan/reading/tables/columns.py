"""What the columns of a table mean, and which printed cell belongs in which column.

Merged cells leave rows shorter than the header, a name in two parts makes them longer, and some
rows are printed with their cells moved. Each row is therefore aligned with the columns by what its
cells look like: the dearest mistakes are a year in a money column or a department in a year column.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

import yaml

from qingshan.reading.departments import looks_like_departments
from qingshan.reading.tables.grid import LEFT, Cell, Grid, Row

__all__ = ["Column", "Placed", "align", "columns_of", "data_rows"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its meaning, the words of its head, and the year printed there."""

    kind: str
    head: str
    year: str | None = None


@dataclass(frozen=True, slots=True)
class Placed:
    """One row with its cells in columns. ``spread`` marks columns served by a neighbour's merged cell."""

    cells: tuple[tuple[Cell, ...], ...]
    spread: frozenset[int]
    misfits: tuple[Cell, ...]

    def text(self, index: int) -> str:
        """Return what is printed in a column: the last filled cell of it."""
        filled = [cell.text for cell in self.cells[index] if not cell.blank]
        return filled[-1] if filled else ""


@cache
def _heads() -> tuple[tuple[str, re.Pattern[str]], ...]:
    rules = yaml.safe_load(
        resources.files("qingshan.reading").joinpath("rules/headers.yaml").read_text("utf-8")
    )
    return tuple((rule["column"], re.compile(rule["pattern"])) for rule in rules)


def kind_of(head: str) -> str:
    """Return the meaning of a column head.

    >>> kind_of("投资预算(万元)"), kind_of("责任单位"), kind_of("单位")
    ('money', 'departments', 'unit')
    """
    return next((kind for kind, pattern in _heads() if pattern.search(head)), "other")


def columns_of(grid: Grid) -> tuple[Column, ...]:
    """Read the header rows of a grid. Empty when the first row is no header."""
    heads = _header_rows(grid)
    if not heads:
        return ()
    if len(heads) == 1:
        return tuple(_column(_spread(heads[0], i)) for i in range(len(heads[0])))
    below = [cell.folded for cell in heads[1]]
    if LEFT in [cell.text for cell in heads[0]] or len(heads[0]) == len(below):
        return tuple(_column(_spread(heads[0], i) + text) for i, text in enumerate(below))
    above = [cell.folded for cell in heads[0]]
    return tuple(_column(head + text) for head, text in zip(_over(above, below), below, strict=True))


def _spread(row: Row, index: int) -> str:
    index = min(index, len(row) - 1)
    while index > 0 and row[index].text == LEFT:
        index -= 1
    return row[index].folded


def _column(head: str) -> Column:
    year = re.search(r"(20\d\d)", head)
    return Column(kind_of(head), head, year.group(1) if year else None)


def _header_rows(grid: Grid) -> list[Row]:
    rows: list[Row] = []
    for row in grid.rows[:3]:
        filled = [cell.folded for cell in row if not cell.blank]
        known = sum(kind_of(text) != "other" for text in filled)
        if not rows and known < max(2, len(filled) // 2):
            return []
        if rows and not (
            filled and all(re.fullmatch(r"20\d\d年?|.{0,6}(值|目标|年)", text) for text in filled)
        ):
            break
        rows.append(row)
    return rows


def _over(above: Sequence[str], below: Sequence[str]) -> list[str]:
    """Lay a first header row over a longer second one: the surplus belongs to the target heads."""
    surplus = len(below) - len(above)
    if surplus <= 0:
        return [*above, *[""] * surplus][: len(below)] + [""] * max(0, len(below) - len(above))
    wide = next((i for i, head in enumerate(above) if kind_of(head) == "target"), len(above) - 1)
    return [*above[:wide], *[above[wide]] * (surplus + 1), *above[wide + 1 :]]


def data_rows(grid: Grid) -> list[Row]:
    """Return the rows under the header, without the header's repetitions on later pages."""
    heads = _header_rows(grid)
    printed = {tuple(cell.folded for cell in row) for row in heads}
    return [row for row in grid.rows[len(heads) :] if tuple(cell.folded for cell in row) not in printed]


_UNIT = re.compile(
    r"[-—/]|%|‰|\$.*\$|[^\d，。；]{0,3}?(吨|克|千克|公里|米|亩|公顷|顷|个|家|座|人|天|元|立方米|千瓦|度|辆|吨标煤|吨标准煤|分|级|项|次|处)[^，。]{0,12}|[μµmk]?[gmL][/^].{1,8}|[a-zA-Zμ/³²\d^]{1,8}"
)
_ATTRIBUTE = re.compile(r"(约束|预期|参考|指导|引导)性?(指标)?")
_STATUS = re.compile(
    r"(未|已|基本|全部)?(达标|完成|达到|实现)|无数据|不?评估|未统计|统计口径变化|是|否|/|[-—]+|√|×"
)
_YEARS = re.compile(r"(20\d\d)年?(\d{1,2}月)?([-—–~至到]+(20\d\d)年?(\d{1,2}月)?)?(底|前)?")
_NUMBER = re.compile(r"[≥≤<>]?-?\d[\d,]*(\.\d+)?")


def _fit(kind: str, cell: Cell) -> float:
    """Return how well a cell suits a column: positive yes, negative no, around zero undecided."""
    text = cell.folded
    if cell.blank:
        return {"order": 0.4, "group": 0.6, "name": -1.0, "content": -1.0, "departments": -0.5}.get(kind, 0.1)
    if kind == "order":
        return 3.0 if re.fullmatch(r"\d{1,3}|[一二三四五六七八九十]{1,3}", text) else -6.0
    if kind == "attribute":
        return 4.0 if _ATTRIBUTE.fullmatch(text) else -6.0
    if kind == "years":
        return 4.0 if _YEARS.fullmatch(text) else -4.0
    if kind == "money":
        return 3.0 if _NUMBER.fullmatch(text) else -4.0
    if kind == "departments":
        return 3.0 if looks_like_departments(text) else -1.5
    return _fit_words(kind, text)


def _fit_words(kind: str, text: str) -> float:
    closed = bool(_ATTRIBUTE.fullmatch(text) or _YEARS.fullmatch(text))
    if kind == "status":
        return (
            3.0
            if _STATUS.fullmatch(text)
            else (-1.0 if len(text) <= 12 and not _NUMBER.search(text) else -4.0)
        )
    if kind == "unit":
        return 2.5 if _UNIT.fullmatch(text) else -2.5
    if kind in ("target", "actual", "baseline", "standard"):
        return -5.0 if _ATTRIBUTE.fullmatch(text) else (1.5 if _NUMBER.match(text) or text == "/" else 1.0)
    if kind == "name" and text.endswith("。"):
        return -1.0  # a sentence names nothing
    if kind == "name":
        return -5.0 if closed or _NUMBER.fullmatch(text) else (2.0 if len(text) >= 3 else 0.0)
    if kind == "group":
        return -3.0 if closed or _NUMBER.fullmatch(text) else (1.0 if len(text) <= 16 else -0.5)
    if kind == "content":
        if closed or looks_like_departments(text):
            return -3.0
        return 2.0 if len(text) >= 12 or text.endswith("。") else 0.3
    return 0.0


def align(columns: Sequence[Column], row: Row, *, broken: bool = False) -> Placed:
    """Place the cells of one row in the columns, in order; what fits nowhere becomes a misfit.

    The cheapest path through (cell, column) pairs, where a column may stay empty, and a name or a
    group may take two cells. A target column left empty after a filled one is served by that cell:
    a merged cell is printed once. With ``broken``, the row's cells are words, and any words may join
    the cell before them.
    """
    # score[i][j]: best for the first i cells and j columns; the step taken is kept beside it
    score = [[-1e9] * (len(columns) + 1) for _ in range(len(row) + 1)]
    step = [[""] * (len(columns) + 1) for _ in range(len(row) + 1)]
    score[0][0] = 0.0
    for i in range(len(row) + 1):
        for j in range(len(columns) + 1):
            for name, value in _steps(columns, row, score, (i, j), broken):
                if value > score[i][j]:
                    score[i][j], step[i][j] = value, name
    return _read_back(columns, row, step)


def _steps(
    columns: Sequence[Column], row: Row, score: list[list[float]], place: tuple[int, int], broken: bool
) -> list[tuple[str, float]]:
    i, j = place
    found = []
    if i and j:
        found.append(("place", score[i - 1][j - 1] + _fit(columns[j - 1].kind, row[i - 1])))
        cost = (
            _broken_cost(columns[j - 1].kind, row[i - 1])
            if broken
            else _join_cost(columns[j - 1].kind, row[i - 1])
        )
        found.append(("join", score[i - 1][j] - cost))
    if j:
        merged = j > 1 and columns[j - 1].kind == columns[j - 2].kind == "target"
        state = columns[j - 1].kind in (
            "baseline",
            "actual",
        )  # a lone value is the state: targets are what gets merged
        found.append(("skip", score[i][j - 1] - (0.3 if merged else 1.1 if state else 1.0)))
    if i:
        found.append(("drop", score[i - 1][j] - (0.6 if row[i - 1].blank else 4.0)))
    return found


def _join_cost(kind: str, cell: Cell) -> float:
    return 0.2 if kind == "name" and (cell.blank or _names(cell)) else 6.0


_LOOSE = {
    "content": 0.1,
    "departments": 0.2,
    "name": 0.3,
    "group": 0.5,
    "standard": 0.6,
    "target": 0.7,
    "baseline": 0.7,
    "actual": 0.7,
}


def _broken_cost(kind: str, cell: Cell) -> float:
    """Return what it costs to let a word go on in the cell of the word before it."""
    text = cell.folded
    if kind == "content":
        return 5.0 if looks_like_departments(text) or _YEARS.fullmatch(text) else 0.1
    if kind == "departments":
        return 0.2 if looks_like_departments(text) or not re.search(r"[\d。，]", text) else 3.0
    if kind == "name" and looks_like_departments(text):
        return 5.0
    closed = (
        _ATTRIBUTE.fullmatch(text)
        or _YEARS.fullmatch(text)
        or _NUMBER.fullmatch(text)
        or _STATUS.fullmatch(text)
    )
    return 6.0 if closed else _LOOSE.get(kind, 6.0)


def _names(cell: Cell) -> bool:
    return 3 <= len(cell.text) <= 40 and not looks_like_departments(cell.text)


def _read_back(columns: Sequence[Column], row: Row, step: list[list[str]]) -> Placed:
    cells: list[list[Cell]] = [[] for _ in columns]
    misfits: list[Cell] = []
    i, j = len(row), len(columns)
    while i or j:
        move = step[i][j]
        if move == "skip":
            j -= 1
            continue
        cell = row[i - 1]
        if move == "drop":
            misfits.insert(0, cell)
        else:
            cells[j - 1].insert(0, cell)
        i -= 1
        j -= move == "place"
    placed = [list(group) for group in cells]
    spread = set()
    for k in range(1, len(columns)):
        beside = columns[k].kind == columns[k - 1].kind == "target" and placed[k - 1]
        if beside and (not placed[k] or placed[k][-1].text == LEFT):
            placed[k] = list(placed[k - 1])
            spread.add(k)
    return Placed(
        tuple(tuple(group) for group in placed),
        frozenset(spread),
        tuple(cell for cell in misfits if not cell.blank),
    )
