"""One inner form for every document: lines with roles, heading tree, tables as grids, prose as a flow."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace
from itertools import pairwise

from qingshan.reading.lines import BOOKMARK, Line, Role, classify
from qingshan.reading.tables.geometry import claim_tabbed_tables
from qingshan.reading.tables.grid import Grid
from qingshan.reading.tables.runon import claim_runon_tables
from qingshan.reading.tables.words import claim_worded_tables
from qingshan.reading.text import BREAK, Flow, Span, squeeze

__all__ = ["Heading", "Layout", "lay_out"]


@dataclass(frozen=True, slots=True)
class Heading:
    """One heading: level 1 (chapter) to 6, its words, where it is printed, and where its text ends."""

    level: int
    title: str
    span: Span
    until: int  # source place where the section ends


@dataclass(frozen=True, slots=True)
class Layout:
    """A document laid out. ``prose`` has headings and notes but no tables; ``everything`` has tables too."""

    source: str
    lines: tuple[Line, ...]
    headings: tuple[Heading, ...]
    grids: tuple[Grid, ...]
    prose: Flow
    everything: Flow
    notes_from: int
    with_text: frozenset[str]

    def path(self, place: int) -> tuple[Heading, ...]:
        """Return the headings over a place of the source, outermost first."""
        found: list[Heading] = []
        for heading in reversed(self.headings[: bisect_right(self.headings, place, key=lambda h: h.span[0])]):
            if place < heading.until and (not found or heading.level < found[-1].level):
                found.append(heading)
                if heading.level == 1:
                    break
        return tuple(reversed(found))

    def is_bare(self, place: int) -> bool:
        """Say whether a place lies in a heading that has no text under it, as on a contents page."""
        path = self.path(place)
        return bool(path) and place < path[-1].span[1] and path[-1].title not in self.with_text

    def is_note(self, index: int) -> bool:
        """Say whether a position of the prose lies among the footnotes, which follow the main text."""
        return index >= self.notes_from

    def issued_text(self) -> str:
        """Return the first part of the prose, where titles, dates and periods are declared."""
        return self.prose.text[:6000]


def lay_out(source: str) -> Layout:
    """Lay out the decoded text of a document.

    >>> page = lay_out("第一章 总则\\n到2025年，森林覆\\n盖率达到45%。\\n")
    >>> [h.title for h in page.headings], page.prose.text
    (['第一章总则'], '第一章总则\\n到2025年，森林覆盖率达到45%。\\n')
    """
    lines = classify(source)
    grids = claim_tabbed_tables(source, lines)
    grids += claim_worded_tables(source, lines)
    grids += claim_runon_tables(source, lines)
    grids.sort(key=lambda grid: grid.span)
    _release_numbers(lines)
    headings = _headings(lines, len(source))
    prose = _flow(source, lines, tables=False)
    prose = _flow(source, lines, tables=False)
    turn = next((i + 1 for i, (a, b) in enumerate(pairwise(prose.at)) if b < a), len(prose.at))
    everything = _flow(source, lines, tables=True)
    with_text = frozenset(h.title for h in headings if _has_text(source, h, headings))
    return Layout(source, tuple(lines), headings, tuple(grids), prose, everything, turn, with_text)


def _release_numbers(lines: list[Line]) -> None:
    """A lone number is a page number only where prose surrounds it; a list of numbers stays text."""
    full = [i for i, line in enumerate(lines) if line.text]
    for place, i in enumerate(full):
        if lines[i].role != Role.PAGE:
            continue
        near = [lines[j] for j in full[max(0, place - 1) : place + 2] if j != i]
        if any(line.role == Role.PAGE for line in near):
            lines[i] = replace(lines[i], role=Role.PROSE)


def _headings(lines: list[Line], end: int) -> tuple[Heading, ...]:
    found: list[tuple[int, str, Span]] = []
    for i, line in enumerate(lines):
        if line.role != Role.HEADING:
            continue
        stop = line.text.find("。")
        title = line.text if stop < 0 else line.text[: stop + 1]
        span = (line.start, line.end if stop < 0 else min(line.end, line.start + stop + 20))
        if line.level <= 2 and (more := _continuation(lines, i)) is not None:
            title += lines[more].text
            span = (line.start, lines[more].end)
            lines[more] = replace(lines[more], role=Role.HEADING, level=0)
        if line.level:
            found.append((line.level, title, span))
    return tuple(
        Heading(level, title, span, _until(found, n, end)) for n, (level, title, span) in enumerate(found)
    )


def _has_text(source: str, heading: Heading, headings: tuple[Heading, ...]) -> bool:
    """Say whether prose or a table stands between a heading and the next one."""
    following = headings[bisect_right(headings, heading.span[0], key=lambda h: h.span[0]) :]
    end = following[0].span[0] if following else len(source)
    return len(squeeze(source[heading.span[0] : end])) > len(heading.title) + 10


def _continuation(lines: list[Line], i: int) -> int | None:
    """Return the line that carries the rest of a chapter title broken over two lines."""
    following = [j for j in range(i + 1, min(i + 4, len(lines))) if lines[j].text]
    if not following:
        return None
    line = lines[following[0]]
    short = len(line.text) <= 12 and len(lines[i].text) >= 14
    if (
        short
        and line.role == Role.PROSE
        and not line.tabs
        and not line.text.endswith(("。", "；", "，", "："))
    ):
        return following[0]
    return None


def _until(found: list[tuple[int, str, Span]], n: int, end: int) -> int:
    level = found[n][0]
    return next((span[0] for deeper, _, span in found[n + 1 :] if deeper <= level), end)


def _flow(source: str, lines: list[Line], *, tables: bool) -> Flow:
    """Prose first, footnotes after it: a note at the foot of a page must not cut a sentence in two."""
    main: list[Span | str] = []
    notes: list[Span | str] = []
    width = _wrap_width(lines)
    target = main
    for line in lines:
        if line.role in (Role.BLANK, Role.PAGE, Role.CONTENTS):
            if line.role == Role.BLANK:
                target = main
            continue
        if line.role == Role.TABLE:
            if tables:
                main += [(line.start, line.end), BREAK] if line.tabs > 1 else [(line.start, line.end)]
            elif main and main[-1] != BREAK:
                main.append(BREAK)
            target = main
            continue
        if line.role == Role.NOTE:
            notes += [BREAK, (line.start, line.end)]
            target = notes
            continue
        if line.role in (Role.HEADING, Role.CAPTION):
            main += [BREAK, *_printed(source, line)] if line.level else [(line.start, line.end)]
            if not _runs_in(line, width):
                main.append(BREAK)
            target = main
            continue
        if line.text.startswith(("——", "注：", "附注")) and target is main:
            main.append(BREAK)
        target += _printed(source, line)
        if target is main and line.text.endswith(("。", "！", "：")) and len(line.text) < width:
            main.append(BREAK)
    return Flow.of(source, [*main, BREAK, *notes])


def _printed(source: str, line: Line) -> list[Span | str]:
    """Return the line's stretches without converter marks."""
    pieces: list[Span | str] = []
    place = line.start
    for mark in BOOKMARK.finditer(source, line.start, line.end):
        pieces.append((place, mark.start()))
        place = mark.end()
    return [*pieces, (place, line.end)]


def _runs_in(line: Line, width: int) -> bool:
    """Say whether prose follows the heading on the same line, or its sentence goes on below."""
    stop = line.text.find("。")
    return (0 <= stop < len(line.text) - 1) or (
        line.level >= 3 and stop < 0 and len(line.text) >= min(width, 40)
    )


def _wrap_width(lines: list[Line]) -> int:
    """Return the length from which a line ending in a full stop may be a wrapped one."""
    lengths = sorted(len(line.text) for line in lines if line.role == Role.PROSE and line.text)
    if not lengths:
        return 10_000
    usual = lengths[len(lengths) * 3 // 4]
    return usual - 2 if usual <= 60 else 10_000
