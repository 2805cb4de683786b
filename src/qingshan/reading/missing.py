"""What a document announces and does not have: tables without rows, appendices without text.

Nothing is filled in. A contents page announces too, but only what the text itself repeats is judged.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from qingshan.reading.findings import Missing
from qingshan.reading.layout import Layout
from qingshan.reading.lines import Line, Role

__all__ = ["find_missing"]

_APPENDIX = re.compile(r"附[件表录图][一二三四五六七八九十\d]*[:：]?")


def find_missing(layout: Layout) -> tuple[Missing, ...]:
    """Return captions without a table and appendix titles without a body."""
    return (*_tables(layout), *_appendices(layout))


def _tables(layout: Layout) -> Iterator[Missing]:
    lines = [line for line in layout.lines if line.text and line.role != Role.PAGE]
    for i, line in enumerate(lines):
        if line.role != Role.CAPTION:
            continue
        stop = next(
            (o.start for o in lines[i + 1 :] if o.role in (Role.HEADING, Role.CAPTION)), len(layout.source)
        )
        follows = any(line.end <= grid.span[0] < stop for grid in layout.grids)
        if not follows and not _has_rows(lines[i + 1 : i + 7]):
            yield Missing("table", line.text, (line.start, line.end))


def _has_rows(lines: list[Line]) -> bool:
    """Say whether short unpunctuated lines follow, as words of a table do."""
    short = [
        line
        for line in lines
        if len(line.text) <= 24 and line.role == Role.PROSE and not line.text.endswith(("。", "；", "，"))
    ]
    return len(short) >= 4


def _appendices(layout: Layout) -> Iterator[Missing]:
    lines = [line for line in layout.lines if line.text and line.role not in (Role.PAGE, Role.CONTENTS)]
    for i, line in enumerate(lines):
        if not _APPENDIX.match(line.text) or line.role not in (Role.HEADING, Role.CAPTION):
            continue
        body = [other for other in lines[i + 1 : i + 8] if other.role != Role.NOTE]
        if not body or (_APPENDIX.match(body[0].text) and body[0].role == Role.HEADING):
            yield Missing("appendix", line.text, (line.start, line.end))
