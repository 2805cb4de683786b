"""Measures: titled paragraphs of tasks under their headings (措施)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qingshan.reading.commitments.read import is_about_goals, is_about_the_past
from qingshan.reading.departments import named_bodies
from qingshan.reading.findings import Measure
from qingshan.reading.layout import Heading, Layout
from qingshan.reading.text import BREAK, Span

__all__ = ["read_measures"]

_ASIDE = re.compile(r"前言|序言|指导思想|基本原则|总体要求|规划思路|指标解释|附录|编制说明")
_SHORTEST = 40
_LONGEST_TITLE = 32


def read_measures(layout: Layout) -> tuple[Measure, ...]:
    """Return the paragraphs of tasks with the title each opens with, or the heading above it."""
    found = []
    for start, end in _paragraphs(layout):
        path = layout.path(layout.prose.at[start])
        if (
            not path
            or is_about_the_past(path)
            or is_about_goals(path)
            or any(_ASIDE.search(h.title) for h in path)
        ):
            continue
        text = layout.prose.text[start:end]
        title = _opening(text) or _own(path).title
        bodies = named_bodies(text)
        found.append(Measure(title, tuple(h.title for h in path), bodies, layout.prose.span(start, end)))
    return tuple(found)


def _paragraphs(layout: Layout) -> Iterator[Span]:
    text = layout.prose.text[: layout.notes_from]
    titles = {h.span[0] for h in layout.headings}
    start = 0
    for piece in text.split(BREAK):
        end = start + len(piece)
        lone_heading = (
            len(piece) < _LONGEST_TITLE * 2
            and layout.prose.at[start : start + 1]
            and layout.prose.at[start] in titles
        )
        if len(piece) >= _SHORTEST and not lone_heading:
            yield start, end
        start = end + 1


def _own(path: tuple[Heading, ...]) -> Heading:
    return max(path, key=lambda heading: heading.level)


def _opening(text: str) -> str | None:
    """Return the short first sentence that serves as a title.

    >>> _opening("(一)加强温室气体排放控制。按照上级部署，做好碳达峰工作。")
    '加强温室气体排放控制'
    """
    found = re.match(
        r"(?:\([一二三四五六七八九十\d]+\)|\d{1,2}[.、]|——)?([^，。；：]{4,30}(?:，[^，。；：]{4,16})?)[。：]",
        text,
    )
    return found.group(1) if found and not re.search(r"\d", found.group(1)) else None
