"""The little Markdown that the handbook's tools write and its tests read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

__all__ = ["anchors", "blocks", "code", "links", "table"]

_FENCE = re.compile(r"^( *)```(\w*)[^\n]*\n(.*?)^\1```", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")


def code(text: str) -> str:
    """Return text as code; nothing for nothing."""
    return f"`{text}`" if text else ""


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table, or nothing where there is no row; ends with an empty line."""
    lines = [
        "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in row) + " |" for row in rows
    ]
    if not lines:
        return ""
    return "\n".join(["| " + " | ".join(head) + " |", "| --- " * len(head) + "|", *lines, ""])


def blocks(text: str, language: str = "") -> Iterator[str]:
    """Yield the content of each fenced block, of one language if one is named."""
    for found in _FENCE.finditer(text):
        if not language or found[2] == language:
            yield found[3]


def links(text: str) -> Iterator[str]:
    """Yield where each link or picture leads, those inside code left out."""
    prose = re.sub(r"`[^`\n]*`", "", _FENCE.sub("", text))
    for found in _LINK.finditer(prose):
        yield found[1]


def anchors(text: str) -> set[str]:
    """Return the names under which the headings of a page can be reached."""
    prose = _FENCE.sub("", text)
    return {_slug(found[1]) for found in re.finditer(r"^#+ +(.+?) *$", prose, re.MULTILINE)}


def _slug(heading: str) -> str:
    kept = re.sub(r"[^\w\- ]", "", heading.replace("`", "").lower())
    return kept.replace(" ", "-")
