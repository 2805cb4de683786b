"""Indicator tables without tabs: the words of a PDF page in reading order.

Nothing marks the cells any more, but the rows have a grammar: a running number, pieces of a category
broken into narrow lines, a name that ends with its unit in brackets, one value for each value column,
and an attribute. The head says which value comes first. What a merged cell leaves out stays blank here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from qingshan.reading.lines import Line, Role
from qingshan.reading.tables.grid import Cell, Grid, Row
from qingshan.reading.text import fold, squeeze

__all__ = ["claim_runon_tables"]

_ATTRIBUTE = re.compile(r"(?:约束|预期|参考|指导)性")
_HEADS = re.compile(
    r"(?P<target>(?:20\d\d年)?(?:规划)?目标值?)|(?P<state>(?:20\d\d年)?(?:现状|基准|实际|完成)值)|(?P<attribute>(?:指标)?属性)|"
    r"(?P<status>(?:是否)?(?:完成|达标)情况|是否完成)"
)
_VALUE = re.compile(r"[≥≤<>]?-?\d[\d,]*(?:\.\d+)?(?:%|天)?|/|[-—]{1,2}")
_NARROW = 4  # characters of a line of a category cell
_LONGEST_ROW_LINE = 60


@dataclass(frozen=True, slots=True)
class _Word:
    """One printed word, its place, and whether it opens a line."""

    text: str
    start: int
    end: int
    line: int
    opens: bool


def claim_runon_tables(source: str, lines: list[Line]) -> list[Grid]:
    """Find such tables under captions, mark their lines, and return their grids."""
    grids = []
    for i, line in enumerate(lines):
        if line.role != Role.CAPTION:
            continue
        last = _last_line(lines, i)
        words = _words(source, lines, i + 1, last)
        table = _table(words)
        if len(table) < 4:
            continue
        for j in range(i + 1, last + 1):
            if lines[j].text:
                lines[j] = replace(lines[j], role=Role.TABLE)
        notes = tuple(other.text for other in lines[last + 1 : last + 8] if other.role == Role.NOTE)
        grids.append(Grid(line.text, (lines[i + 1].start, lines[last].end), tuple(table), notes))
    return grids


def _last_line(lines: list[Line], caption: int) -> int:
    last = caption
    for j in range(caption + 1, len(lines)):
        line = lines[j]
        ends = line.role in (Role.HEADING, Role.CAPTION, Role.NOTE, Role.TABLE)
        if ends or len(line.text) > _LONGEST_ROW_LINE or line.text.endswith("。"):
            break
        if line.text:
            last = j
    return last


def _words(source: str, lines: list[Line], first: int, last: int) -> list[_Word]:
    words = []
    for j in range(first, last + 1):
        line = lines[j]
        found = list(re.finditer(r"\S+", source[line.start : line.end]))
        for n, word in enumerate(found):
            text = fold(squeeze(word.group()))
            words.append(_Word(text, line.start + word.start(), line.start + word.end(), j, n == 0))
    return words


def _table(words: Sequence[_Word]) -> list[Row]:
    """Cut the words at the running numbers and read each row."""
    starts = _row_starts(words)
    if len(starts) < 3:
        return []
    heads = _value_heads("".join(word.text for word in words[: starts[0]]))
    if "attribute" not in [kind for kind, _ in heads] or len(heads) < 2:
        return []
    head_words = {word.text for word in words[: starts[0]]}
    rows = [_head_row(words, heads)]
    for n, start in enumerate(starts):
        end = starts[n + 1] if n + 1 < len(starts) else len(words)
        kept, page = _without_head(words[start:end], head_words)
        row, rest = _row(kept, heads, page)
        rows.append(row)
        if rest:
            _go_on_with_group(rows, rest)
    return rows


def _go_on_with_group(rows: list[Row], rest: Sequence[_Word]) -> None:
    """Add the pieces of a category that a page end cut off to the row that opened it."""
    for n in range(len(rows) - 1, 0, -1):
        order, group, *others = rows[n]
        if group.text:
            rows[n] = (order, replace(group, text=group.text + "".join(w.text for w in rest)), *others)
            return


def _row_starts(words: Sequence[_Word]) -> list[int]:
    starts: list[int] = []
    for i, word in enumerate(words):
        if (
            word.opens
            and word.text == str(len(starts) + 1)
            and (not starts or _has_attribute(words[starts[-1] : i]))
        ):
            starts.append(i)
    return starts


def _has_attribute(words: Sequence[_Word]) -> bool:
    return any(_ATTRIBUTE.fullmatch(word.text) for word in words)


def _value_heads(head: str) -> list[tuple[str, str]]:
    return [(found.lastgroup or "", found.group()) for found in _HEADS.finditer(head)]


def _head_row(words: Sequence[_Word], heads: Sequence[tuple[str, str]]) -> Row:
    place = (words[0].start, words[0].start)
    return tuple(Cell(text, place) for text in ("序号", "一级指标", "二级指标", *(text for _, text in heads)))


def _without_head(words: Sequence[_Word], head_words: set[str]) -> tuple[list[_Word], int | None]:
    """Drop the head repeated on a new page, a run of at least four of its words, and say where it stood."""
    kept: list[_Word] = []
    run: list[_Word] = []
    page = None
    for word in words:
        if word.text in head_words:
            run.append(word)
            continue
        if len(run) < 4:
            kept += run
        else:
            page = run[-1].end
        run = []
        kept.append(word)
    return kept + (run if len(run) < 4 else []), page


def _row(words: list[_Word], heads: Sequence[tuple[str, str]], page: int | None) -> tuple[Row, list[_Word]]:
    """Return the cells of a row, and narrow words printed beyond a page end that belong to none of them."""
    order, rest = words[0], words[1:]
    mark = next((i for i, word in enumerate(rest) if _ATTRIBUTE.fullmatch(word.text)), len(rest))
    group, body = _split_group(rest[:mark], order)
    name, values = _split_name(body)
    texts: list[list[_Word]] = _deal(values, sum(kind in ("target", "state") for kind, _ in heads))
    after = [word for word in rest[mark + 1 :] if len(word.text) <= 8]
    status = _status(after)
    cells = [_cell([order]), _cell(group), _cell(name)]
    for kind, _ in heads:
        if kind == "attribute":
            cells.append(_cell(rest[mark : mark + 1]))
        elif kind == "status":
            cells.append(_cell(status))
        else:
            cells.append(_cell(texts.pop(0) if texts else []))
    place = next(cell.span for cell in cells if cell.text)
    left = [word for word in after if word not in status and page and word.start > page]
    narrow = [word for word in left if len(word.text) <= _NARROW and not _VALUE.fullmatch(word.text)]
    return tuple(cell if cell.text else Cell("", (place[1], place[1])) for cell in cells), narrow


_STATUS = re.compile(
    r"(?:未|已|基本)?(?:完成|达标|统计)|(?:无|缺)数据|统计口径(?:变化|变更|调整|不一致)|不(?:参与|纳入)?(?:评价|评估|考核)|[-—/]+"
)


def _status(after: Sequence[_Word]) -> list[_Word]:
    """Take the first word behind the attribute, with the pieces a narrow cell broke off it.

    Pieces of the category may stand between them, so every later word is tried.
    """
    if not after or _STATUS.fullmatch(after[0].text):
        return list(after[:1])
    for last in range(1, len(after)):
        for pieces in ([*after[: last + 1]], [after[0], after[last]]):
            if _STATUS.fullmatch("".join(word.text for word in pieces)):
                return pieces
    return list(after[:1])


def _cell(words: Sequence[_Word]) -> Cell:
    if not words:
        return Cell("", (0, 0))
    return Cell("".join(word.text for word in words), (words[0].start, words[-1].end))


def _split_group(words: list[_Word], order: _Word) -> tuple[list[_Word], list[_Word]]:
    """Take the narrow lines in front as the category: it was printed in a narrow merged cell."""
    by_line: dict[int, list[_Word]] = {}
    for word in words:
        by_line.setdefault(word.line, []).append(word)
    group: list[_Word] = []
    for line, members in by_line.items():
        text = "".join(word.text for word in members)
        if len(text) > _NARROW or _VALUE.fullmatch(text):
            break
        if line == order.line and len(by_line) == 1:
            break
        group += members
    return group, words[len(group) :]


def _split_name(words: list[_Word]) -> tuple[list[_Word], list[_Word]]:
    """A name goes on to the bracket that closes its unit, or to the first value."""
    name: list[_Word] = []
    for i, word in enumerate(words):
        open_bracket = _open("".join(w.text for w in name))
        if name and not open_bracket and (_VALUE.fullmatch(word.text) or _is_complete(name, word)):
            return name, words[i:]
        name.append(word)
    return name, []


def _open(text: str) -> bool:
    return text.count("(") > text.count(")")


def _is_complete(name: list[_Word], following: _Word) -> bool:
    text = "".join(word.text for word in name)
    return bool(
        re.search(r"\((?:%|[^()]*(?:吨|米|元|t/a|g/m|μg)[^()]*)\)\*?$", text)
    ) and not following.text.startswith("(")


def _deal(words: list[_Word], columns: int) -> list[list[_Word]]:
    """Deal value words out to the value columns: numbers stand alone, broken wording is joined."""
    cells: list[list[_Word]] = []
    for word in words:
        alone = _VALUE.fullmatch(word.text) and not (cells and _goes_on(cells[-1]))
        if alone or not cells or _VALUE.fullmatch(cells[-1][0].text):
            cells.append([word])
        else:
            cells[-1].append(word)
    if len(cells) == 1 and columns == 2 and (half := _doubled(cells[0])):
        cells = [cells[0][:half], cells[0][half:]]
    while len(cells) > columns > 0:
        last = cells.pop()
        cells[-1] += last
    return cells


def _goes_on(cell: list[_Word]) -> bool:
    """Say whether a wording still expects something: 降 0.53%, 实际值 128.3."""
    return bool(re.search(r"(降|值|是|达|为|到|至|于)$", cell[-1].text)) and not _VALUE.fullmatch(
        cell[0].text
    )


def _doubled(cell: list[_Word]) -> int | None:
    """Return where a wording starts again: two merged cells with the same words."""
    for half in range(1, len(cell)):
        if "".join(w.text for w in cell[:half]) == "".join(w.text for w in cell[half:]):
            return half
    text = "".join(w.text for w in cell)
    ends = re.match(r".*?(?:下达任务|指标内|下降\d+%)", text)
    length = 0
    for half, word in enumerate(cell):
        if ends and length == ends.end() and 0 < half < len(cell):
            return half
        length += len(word.text)
    return None
