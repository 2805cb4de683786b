"""Where an item stands in its text."""

from __future__ import annotations

from qingshan.plans.public import pack_shapes

__all__ = ["ANCHOR", "bare", "lines", "place_of"]

ANCHOR = 20  # characters; a finger, not a quotation
_LONGEST = 400


def place_of(text: str, start: int, end: int, document: str = "") -> pack_shapes.Place:
    """Return the place of a passage; one that is too long to cite is cut."""
    end = min(end, start + _LONGEST)
    return pack_shapes.Place(start, end, bare(text[start:end])[:ANCHOR], document)


def bare(text: str) -> str:
    """The text without white space."""
    return "".join(text.split())


def lines(text: str) -> tuple[str, ...]:
    """Return the lines of a note that say something."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())
