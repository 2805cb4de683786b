"""The plan's text as the left half of the screen: paragraphs, line numbers, the passage of every finding.

Findings overlap: a measure is a paragraph, and the duty, the promise and the zoning rule in it are parts of
that paragraph. So the text is cut wherever a passage begins or ends, and each piece names all findings it
belongs to. A link of one sign stands before every passage; it leads to the card, also without scripts.

It is written in Python rather than in a template: a plan of 67,000 characters has two thousand pieces.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

__all__ = ["Heading", "Passage", "source_html"]

#: A line this long without an end of sentence was broken by its page, not by its writer.
_FULL_LINE = 14
_ENDS = "。；：！？…”」）)"
#: What a line begins with that starts something new.
_BEGINS = re.compile(
    r"\s*(?:第[一二三四五六七八九十百\d]+[章节篇条]|[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[）)]"
    r"|\d{1,3}(?:[.．、\s]|$)|专栏|附[件表图录]|[表图]\s*[一二三四五六七八九十\d]|[-—–])"
)
#: Kinds whose passage is a row of a table.
TABLE_ROWS = frozenset({"indicator", "project"})
_ROW_NUMBER = re.compile(r"\s*\d{1,3}\s*$")


@dataclass(frozen=True, slots=True)
class Passage:
    """The characters [start, end) that a finding rests on; ``part`` is b for the second passage of one."""

    key: str
    start: int
    end: int
    kind: str
    sign: str
    decided: bool
    part: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the text, for the list to jump by."""

    level: int
    title: str
    start: int
    end: int

    def fills(self, start: int, end: int) -> bool:
        """Whether it has its lines to itself; otherwise its paragraph goes on behind it."""
        return self.start - start + end - self.end <= _LOOSE


_LOOSE = 2  # blanks and the like around a title


@dataclass(slots=True)
class _Block:
    """One paragraph, heading, or row of a table, shown as one. ``row`` is the passage of a table's row."""

    line: int
    start: int
    end: int
    is_row: bool = False
    row: Passage | None = None


def source_html(text: str, passages: Iterable[Passage], headings: Iterable[Heading]) -> SafeString:
    """Return the text as paragraphs, each finding's passage marked in it.

    Parameters
    ----------
    passages : iterable of Passage
        In any order, overlapping as they like; what lies outside the text is cut off.
    headings : iterable of Heading
        Shown as headings; their places become ``h<start>``.
    """
    known = list(passages)
    titles = {one.start: one for one in headings}
    rows = sorted((one for one in known if one.kind in TABLE_ROWS), key=lambda one: one.start)
    covering = _Cover(known, len(text))
    blocks = [_block(text, block, covering, titles) for block in _blocks(text, titles, rows)]
    return mark_safe("\n".join(blocks))  # noqa: S308  every part is escaped where it is made


def _blocks(text: str, titles: Mapping[int, Heading], rows: Sequence[Passage]) -> Iterator[_Block]:
    """Put lines together that belong to one paragraph or one row."""
    block: _Block | None = None
    for number, start, end, row, following in _with_rows(_lines(text), rows):
        line = text[start:end]
        heading = None if row else _first_heading(titles, start, end)
        if not line.strip():
            continue
        same = block is not None and heading is None and block.row is row
        if block is not None and same and (row is not None or _goes_on(text, block, line, following)):
            block.end = end
            continue
        if block is not None:
            yield block
        is_row = row is not None or "\t" in line or bool(_ROW_NUMBER.match(line))
        block = _Block(number, start, end, is_row, row)
        if heading is not None and heading.fills(start, end):
            yield block
            block = None
    if block is not None:
        yield block


def _with_rows(
    lines: Iterable[tuple[int, int, int, str]], rows: Sequence[Passage]
) -> Iterator[tuple[int, int, int, Passage | None, str]]:
    """Cut each line where a row of a table begins or ends, and say which row each part belongs to."""
    waiting = iter(rows)
    row = next(waiting, None)
    for number, start, end, following in lines:
        place = start
        while place < end:
            while row is not None and row.end <= place:
                row = next(waiting, None)
            inside = row is not None and row.start <= place
            edge = end if row is None else min(end, row.end if inside else row.start)
            yield number, place, edge, row if inside else None, following
            place = edge


def _lines(text: str) -> Iterator[tuple[int, int, int, str]]:
    """Yield number, start and end of each line that is not blank, with the one after it."""
    found = []
    start = 0
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            found.append((number, start, start + len(line)))
        start += len(line) + 1
    for index, (number, begin, end) in enumerate(found):
        after = found[index + 1] if index + 1 < len(found) else None
        yield number, begin, end, text[after[1] : after[2]] if after else ""


def _first_heading(titles: Mapping[int, Heading], start: int, end: int) -> Heading | None:
    return next((titles[place] for place in range(start, min(end, start + 12)) if place in titles), None)


def _goes_on(text: str, block: _Block, line: str, following: str) -> bool:
    """Whether a line belongs to the paragraph or row before it."""
    if line.startswith("\t"):
        return True
    if block.is_row:  # a cell of several lines, when the row goes on after it
        return following.startswith("\t") and not _ROW_NUMBER.match(line) and "\t" not in line
    before = text[block.start : block.end].rstrip()
    last = before[before.rfind("\n") + 1 :]
    was_broken = len(last.strip()) >= _FULL_LINE and last[-1] not in _ENDS
    return was_broken and "\t" not in line and not _BEGINS.match(line)


class _Cover:
    """Which passages lie over each piece of the text."""

    def __init__(self, passages: Iterable[Passage], length: int) -> None:
        self._events: list[tuple[int, int, Passage]] = []
        for one in passages:
            start, end = max(0, one.start), min(length, one.end)
            if start < end:
                self._events += [(start, 1, one), (end, 0, one)]
        self._events.sort(key=lambda event: (event[0], event[1]))
        self._next = 0
        self._open: dict[tuple[str, str], Passage] = {}
        self._met: set[tuple[str, str]] = set()

    def pieces(self, start: int, end: int) -> Iterator[tuple[int, int, tuple[Passage, ...]]]:
        """Yield the pieces of [start, end) with what lies over each; asked from the front to the back."""
        place = start
        self._until(start)
        while place < end:
            following = self._events[self._next][0] if self._next < len(self._events) else end
            stop = min(end, max(following, place))
            if stop > place:
                yield place, stop, tuple(self._open.values())
                place = stop
            self._until(place)

    def is_new(self, one: Passage) -> bool:
        """Whether a passage is met for the first time: there its sign stands."""
        met = (one.key, one.part) in self._met
        self._met.add((one.key, one.part))
        return not met

    def _until(self, place: int) -> None:
        while self._next < len(self._events) and self._events[self._next][0] <= place:
            _at, opens, one = self._events[self._next]
            if opens:
                self._open[one.key, one.part] = one
            else:
                self._open.pop((one.key, one.part), None)
            self._next += 1


def _block(text: str, block: _Block, covering: _Cover, titles: Mapping[int, Heading]) -> str:
    heading = _first_heading(titles, block.start, block.end)
    parts: list[str] = []
    for start, end, over in covering.pieces(block.start, block.end):
        parts += [_sign(one) for one in over if covering.is_new(one)]
        parts.append(_piece(text[start:end], over))
    shape = ' class="row"' if block.is_row else ""
    if heading is not None:
        look = f"l{heading.level}" if heading.fills(block.start, block.end) else "run-in"
        shape = f' class="{look}" id="h{heading.start}"'
    return f'<p data-line="{block.line}"{shape}>{"".join(parts)}</p>'


def _piece(words: str, over: tuple[Passage, ...]) -> str:
    plain = escape(_CELLS.sub("\t", words).replace("\n", "")).replace("\t", '<i class="cell"></i>')
    if not plain.strip() or not over:
        return plain
    kinds = {one.kind: "" for one in over} | {one.kind: " open" for one in over if not one.decided}
    names = " ".join(f"k-{kind}" if waits else f"k-{kind} d-{kind}" for kind, waits in kinds.items())
    return f'<mark class="{names}" data-f="{" ".join(str(one.key) for one in over)}">{plain}</mark>'


_CELLS = re.compile(r"[ \n]*\t[\t \n]*")


def _sign(one: Passage) -> SafeString:
    return format_html(
        '<a class="sign k-{}" id="s{}{}" href="?kind={}&amp;at={}#f{}" data-f="{}" tabindex="-1">{}</a>',
        one.kind, one.key, one.part, one.kind, one.key, one.key, one.key, one.sign,
    )  # fmt: skip
