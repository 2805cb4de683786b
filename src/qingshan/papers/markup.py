"""The plain text in which a paper is edited in the page (正文标记).

One line is one paragraph, as people type. A line that begins with ``#`` is a heading, its level the number
of ``#`` (one to four). Lines that begin with ``|`` are a table: the first one heads the columns, and the
line before it that begins with ``表题：`` is its title. ``{fig:key}`` prints a figure. A ``\\`` before ``#``,
``|`` or ``表题：`` at the beginning of a line, or before ``|`` within a cell, takes it as it is.

    # 一、总体情况
    截至9月30日，优良天数比例为{fig:share}。
    表题：表1 任务进展
    | 单位 | 逾期任务 |
    | 县水利局 | {fig:late} |

Reading what was written gives the same blocks again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from django.utils.translation import gettext as _

from qingshan.papers.errors import BadMarkup
from qingshan.papers.shapes import MARK, Block, Heading, Paragraph, Table, mark

__all__ = ["read_markup", "with_mark", "written"]

_CAPTION = "表题："
_LEVELS = 4
_SPECIAL = ("#", "|", _CAPTION, "\\")
_HASHES = re.compile(r"(#+)\s*(.*)")
#: A bar that is not behind an odd number of backslashes.
_CELL = re.compile(r"(?:[^|\\]|\\.)*")

Line = tuple[int, str]


def written(blocks: Iterable[Block]) -> str:
    """Write blocks as people edit them.

    Examples
    --------
    >>> print(written([Heading("一、要求"), Paragraph("# 号开头的段落"), Table("表1", ("甲",), (("a|b",),))]))
    # 一、要求
    \\# 号开头的段落
    表题：表1
    | 甲 |
    | a\\|b |
    """
    return "\n".join(line for block in blocks for line in _lines(block))


def _lines(block: Block) -> Iterator[str]:
    if isinstance(block, Heading):
        yield f"{'#' * block.level} {block.text}".rstrip()
    elif isinstance(block, Paragraph):
        yield f"\\{block.text}" if block.text.startswith(_SPECIAL) else block.text
    else:
        yield f"{_CAPTION}{block.caption}"
        for row in (block.columns, *block.rows):
            yield "|" + "|".join(f" {_escaped(cell)} " for cell in row) + "|"


def _escaped(cell: str) -> str:
    return cell.replace("\\", "\\\\").replace("|", "\\|")


def with_mark(text: str, key: str) -> str:
    """Return what is being edited with the mark of a figure in it, where no script knows the cursor.

    It takes the place of the first empty mark, ``{fig:}``; without one it stands at the end.

    Examples
    --------
    >>> with_mark("优良天数比例为{fig:}。", "share")
    '优良天数比例为{fig:share}。'
    >>> with_mark("优良天数比例为", "share")
    '优良天数比例为{fig:share}'
    """
    found = next((one for one in MARK.finditer(text) if not one[1].strip()), None)
    if found is None:
        return text + mark(key)
    return text[: found.start()] + mark(key) + text[found.end() :]


def read_markup(text: str) -> tuple[Block, ...]:
    """Read what was edited.

    Raises
    ------
    BadMarkup
        A heading too deep or empty, a table without a title, columns or rows, or rows of uneven length; the
        number of the line is told.
    """
    lines = [(number, line.strip()) for number, line in enumerate(text.splitlines(), start=1)]
    return tuple(_blocks([one for one in lines if one[1]]))


def _blocks(lines: Sequence[Line]) -> Iterator[Block]:
    at = 0
    while at < len(lines):
        number, line = lines[at]
        at += 1
        if line.startswith("#"):
            yield _heading(number, line)
        elif line.startswith(_CAPTION):
            rows = _following_rows(lines[at:])
            at += len(rows)
            yield _table(number, line.removeprefix(_CAPTION).strip(), rows)
        elif line.startswith("|"):
            raise BadMarkup(number, _("表格之前要有一行表题，如“表题：表1 任务进展”"))
        else:
            yield Paragraph(line.removeprefix("\\") if line.startswith("\\") else line)


def _heading(number: int, line: str) -> Heading:
    found = _HASHES.fullmatch(line)
    hashes, text = found.groups() if found else ("", "")
    if not text:
        raise BadMarkup(number, _("标题没有文字"))
    if len(hashes) > _LEVELS:
        raise BadMarkup(
            number, _("标题有 %(found)d 级；最多 %(most)d 级") % {"found": len(hashes), "most": _LEVELS}
        )
    return Heading(text, len(hashes))


def _following_rows(lines: Sequence[Line]) -> list[Line]:
    rows: list[Line] = []
    for one in lines:
        if not one[1].startswith("|"):
            break
        rows.append(one)
    return rows


def _table(number: int, caption: str, rows: Sequence[Line]) -> Table:
    if not caption:
        raise BadMarkup(number, _("表题没有文字"))
    if not rows:
        raise BadMarkup(number, _("表题之后没有表格行；每行以“|”开头，第一行是各栏名称"))
    cells = [(at, _cells(at, line)) for at, line in rows]
    columns = cells[0][1]
    for at, row in cells[1:]:
        if len(row) != len(columns):
            told = {"found": len(row), "wanted": len(columns)}
            raise BadMarkup(at, _("有 %(found)d 格；表头有 %(wanted)d 栏") % told)
    return Table(caption, columns, tuple(row for _at, row in cells[1:]))


def _cells(number: int, line: str) -> tuple[str, ...]:
    found, at = [], 1
    while at < len(line):
        match = _CELL.match(line, at)
        if match is None or match.end() >= len(line) or line[match.end()] != "|":
            raise BadMarkup(number, _("表格行应以“|”结尾"))
        found.append(re.sub(r"\\(.)", r"\1", match.group()).strip())
        at = match.end() + 1
    if not found:
        raise BadMarkup(number, _("表格行没有格"))
    return tuple(found)
