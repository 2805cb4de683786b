"""PDF with a text layer: ruled tables as tabbed lines, running heads dropped, two columns in order.

pdfplumber is imported when a PDF is read, not before: the library alone reads text, HTML and DOCX
without it (see `documents` among the optional dependencies).
"""

from __future__ import annotations

import importlib
import io
import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

from qingshan.reading.errors import Unreadable
from qingshan.reading.formats.rows import table_lines
from qingshan.reading.formats.unruled import UnruledTables

__all__ = ["read_pdf"]

_MOST_PAGES = 1500
_MARGIN = 3  # lines at the top and at the foot that may be running heads
_SCANNED = 12  # characters a page has at most when only a stamp or a number is text


def read_pdf(data: bytes) -> str:
    """Return the text of a PDF, page after page."""
    try:
        pdfplumber = importlib.import_module("pdfplumber")
    except ModuleNotFoundError as problem:
        raise Unreadable(
            "missing_helper", "PDF", "pdfplumber（pip install 'qingshan[documents]'）"
        ) from problem
    try:
        with pdfplumber.open(io.BytesIO(data)) as document:
            if len(document.pages) > _MOST_PAGES:
                raise Unreadable("too_long", f"{len(document.pages)} 页", f"{_MOST_PAGES} 页")
            unruled = UnruledTables()
            pages = [_page(page, unruled) for page in document.pages]
    except Unreadable:
        raise
    except Exception as problem:  # pdfminer raises many kinds on damaged files; all mean one thing here
        raise Unreadable("encrypted" if _is_about_password(problem) else "corrupt", "PDF") from problem
    if sum(len("".join("".join(page).split())) for page in pages) <= _SCANNED * max(len(pages), 1):
        raise Unreadable("no_text_layer")
    return "\n".join(_joined(_without_heads(pages))).strip("\n") + "\n"


def _is_about_password(problem: BaseException) -> bool:
    names = [type(problem).__name__, str(problem)]
    cause = problem.__cause__ or problem.__context__
    if cause is not None:
        names += [type(cause).__name__, str(cause)]
    return bool(re.search(r"[Pp]assword|[Ee]ncrypt", " ".join([*names, repr(problem)])))


def _page(page: Any, unruled: UnruledTables) -> list[str]:
    """Return the lines of one page, its tables in their places."""
    tables = [
        table
        for table in page.find_tables()
        if max(len(row.cells) for row in table.rows) > (1 if len(table.rows) > 1 else 2)
    ]
    pieces: list[tuple[float, list[str]]] = [(table.bbox[1], table_lines(_rows(table))) for table in tables]
    outside = (
        page.filter(lambda item: not any(_inside(item, table.bbox) for table in tables)) if tables else page
    )
    words = outside.extract_words(keep_blank_chars=False, use_text_flow=False, extra_attrs=[])
    columns = _columns(words, page.width)
    if len(columns) == 1:
        found, columns[0] = unruled.take(words)
        pieces += [(top, table_lines(rows)) for top, rows in found]
    for column in columns:
        pieces += [(top, [text]) for top, text in _text_lines(column)]
    if len(columns) == 1:
        pieces.sort(key=lambda piece: piece[0])
    return [line for _, lines in pieces for line in lines]


def _inside(item: dict[str, Any], box: Sequence[float]) -> bool:
    if item.get("object_type") != "char":
        return False
    middle = ((item["x0"] + item["x1"]) / 2, (item["top"] + item["bottom"]) / 2)
    return bool(box[0] <= middle[0] <= box[2] and box[1] <= middle[1] <= box[3])


def _rows(table: Any) -> list[list[str]]:
    """Return the cells of a ruled table; a place no cell covers belongs to a merged one."""
    texts = table.extract()
    rows = []
    for r, row in enumerate(texts):
        cells = []
        for c, text in enumerate(row):
            if text is None:
                above = r > 0 and _reaches_down(table, r, c)
                cells.append("↑" if above else "←" if c > 0 else "")
            else:
                cells.append("".join(text.split("\n")) if _is_chinese(text) else " ".join(text.split()))
        rows.append(cells)
    return rows


def _reaches_down(table: Any, row: int, column: int) -> bool:
    """Say whether a cell of an earlier row covers this place."""
    boxes = [cell for cell in table.rows[row].cells if cell]
    if not boxes:
        return True
    middle = (boxes[0][1] + boxes[0][3]) / 2
    for earlier in range(row - 1, -1, -1):
        cells = table.rows[earlier].cells
        box = cells[column] if column < len(cells) else None
        if box:
            return bool(box[1] <= middle <= box[3])
    return False


def _is_chinese(text: str) -> bool:
    return bool(re.search(r"[\u4e00-\u9fff]", text))


def _columns(words: Sequence[dict[str, Any]], width: float) -> list[list[dict[str, Any]]]:
    """Part a page into two columns where a gutter near the middle stays white."""
    low, high = width * 0.42, width * 0.58
    crossing = [word for word in words if word["x0"] < high and word["x1"] > low]
    left = [word for word in words if word["x1"] <= width * 0.54 and word["x0"] < low]
    right = [word for word in words if word["x0"] >= width * 0.46 and word["x1"] > high]
    gutter = [word for word in crossing if word["x0"] < width * 0.49 and word["x1"] > width * 0.51]
    halves = min(len(left), len(right)) > max(4, len(words) * 0.3)
    if halves and not gutter and all(_filled(part) > width * 0.22 for part in (left, right)):
        return [[word for word in words if word not in right], list(right)]
    return [list(words)]


def _filled(words: Sequence[dict[str, Any]]) -> float:
    """Return how much of a line is printed, on average: prose fills its column, cells of a table do not."""
    lines = {round(word["bottom"]) for word in words}
    return float(sum(word["x1"] - word["x0"] for word in words) / max(1, len(lines)))


def _text_lines(words: Sequence[dict[str, Any]]) -> list[tuple[float, str]]:
    lines: list[tuple[float, list[dict[str, Any]]]] = []
    for word in sorted(words, key=lambda w: (round(w["bottom"]), w["x0"])):
        if lines and abs(lines[-1][1][-1]["bottom"] - word["bottom"]) <= 4:
            lines[-1][1].append(word)
        else:
            lines.append((word["top"], [word]))
    return [(top, " ".join(w["text"] for w in sorted(line, key=lambda w: w["x0"]))) for top, line in lines]


def _without_heads(pages: list[list[str]]) -> list[list[str]]:
    """Drop lines that stand at the top or foot of many pages, and page numbers."""
    seen: Counter[str] = Counter()
    for page in pages:
        seen.update({_shape(line) for line in page[:_MARGIN] + page[-_MARGIN:] if "\t" not in line})
    often = {shape for shape, count in seen.items() if count >= max(3, len(pages) // 3) and shape}
    kept = []
    for page in pages:
        last = len(page) - _MARGIN
        kept.append(
            [
                line
                for i, line in enumerate(page)
                if not ((i < _MARGIN or i >= last) and "\t" not in line and (_shape(line) in often))
            ]
        )
    return kept


def _joined(pages: list[list[str]]) -> list[str]:
    """Join the pages; a table row broken by the page end becomes one row again."""
    lines: list[str] = []
    for whole in pages:
        table = _table_at_the_end(lines)
        page = _without_repeated_head(table, whole)
        first = next((i for i, line in enumerate(page) if line.strip()), None)
        if first is not None and table and _is_rest(table, page[first]):
            parts = zip(table[-1].split("\t"), page[first].split("\t"), strict=True)
            while not lines[-1].strip():
                lines.pop()
            lines[-1] = "\t".join(a + b.replace("↑", "").replace("←", "") for a, b in parts)
            page = page[first + 1 :]
        lines += page
    return lines


def _table_at_the_end(lines: Sequence[str]) -> list[str]:
    """Return the rows of the table that the text ends with, and those of tables directly before it."""
    rows: list[str] = []
    for line in reversed(lines):
        if line.strip() and "\t" not in line:
            break
        if line.strip():
            rows.insert(0, line)
    return rows


def _without_repeated_head(table: Sequence[str], page: list[str]) -> list[str]:
    """Drop the head of a table where it is printed again because the table goes on.

    >>> _without_repeated_head(["序号\\t指标", "1\\t森林"], ["序号\\t指标", "2\\t湿地"])
    ['2\\t湿地']
    """
    body = next((i for i, line in enumerate(page) if line.strip()), len(page))
    repeated = 0
    for printed, line in zip(table, page[body:], strict=False):
        if line != printed:
            break
        repeated += 1
    return page[body + repeated :] if repeated else page


_CLOSED = re.compile(r"\d{1,3}|20\d\d年?(?:[-—–~至]+(?:20\d\d年?)?)?|.{2,3}性|[-—/]")


def _is_rest(table: Sequence[str], rest: str) -> bool:
    """Say whether a row at the top of a page only goes on with cells of the row above.

    Either few of its cells hold anything, or pieces of both rows make a cell that stands further up
    in the same column.

    >>> _is_rest(["1\\t管网工程\\t新建管网，\\t2021"], "\\t\\t改造泵站。\\t")
    True
    >>> _is_rest(["1\\t甲\\t2021"], "2\\t乙\\t2022")
    False
    >>> _is_rest(["1\\t森林\\t≥16\\t约束性", "2\\t用地\\t≥8\\t约束"], "\\t增加值\\t5\\t性")
    True
    """
    if "\t" not in rest or table[-1].count("\t") != rest.count("\t"):
        return False
    above, cells = table[-1].split("\t"), rest.split("\t")
    filled = [cell for cell in cells if cell.strip("↑← ")]
    if filled and len(filled) * 2 <= len(cells) and not any(_CLOSED.fullmatch(cell) for cell in filled):
        return True
    seen = {(c, cell) for row in table[:-1] for c, cell in enumerate(row.split("\t"))}
    pieces = enumerate(zip(above, cells, strict=True))
    return any(one and two and (c, one + two) in seen for c, (one, two) in pieces)


def _shape(line: str) -> str:
    return re.sub(r"\d+", "0", "".join(line.split()))
