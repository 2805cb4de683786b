"""Writing table rows and footnote marks the way every rule reads them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from qingshan.reading.tables.grid import ABOVE, LEFT

__all__ = ["raised", "spread_row", "table_lines"]

_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def raised(number: int | str) -> str:
    """Write a number raised, as footnote marks are.

    >>> raised(12)
    '¹²'
    """
    return str(number).translate(_RAISED)


def spread_row(cells: Iterable[tuple[str, int, bool]]) -> list[str]:
    """Lay out one row of (text, columns covered, goes on from above).

    >>> spread_row([("目标", 2, False), ("", 1, True)])
    ['目标', '←', '↑']
    """
    row: list[str] = []
    for text, width, merged in cells:
        row.append(ABOVE if merged else " ".join(text.split()))
        row += [LEFT] * (max(width, 1) - 1)
    return row


def table_lines(rows: Sequence[Sequence[str]]) -> list[str]:
    """Return the lines of a table; a box of one column is text, not a table."""
    width = max((len(row) for row in rows), default=0)
    if width < 2:
        return [cell for row in rows for cell in row if cell]
    lines = ["\t".join([*row, *[""] * (width - len(row))]) for row in rows]
    if width == 2:  # two tabs mark a table; an empty last column keeps narrow ones recognisable
        lines = [line + "\t" for line in lines]
    return ["", *lines, ""]
