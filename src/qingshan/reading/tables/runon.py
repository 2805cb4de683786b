"""Tables without tabs: words of a PDF page in reading order. Filled in below."""

from __future__ import annotations

from qingshan.reading.lines import Line
from qingshan.reading.tables.grid import Grid

__all__ = ["claim_runon_tables"]


def claim_runon_tables(source: str, lines: list[Line]) -> list[Grid]:
    return []
