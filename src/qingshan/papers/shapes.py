"""What the text of a paper is made of: blocks, and the figures printed in them.

A text is a sequence of blocks. Where a block prints a figure of the ledger it holds a mark, ``{fig:key}``,
and the figure itself is given apart, with its source: that is how a printed number keeps its link. The
blocks know no layout; `markup` writes them for the page, `printing` for DOCX and PDF.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

__all__ = [
    "KEY",
    "MARK",
    "Block",
    "Heading",
    "Paragraph",
    "PrintedFigure",
    "Table",
    "block_from",
    "figure_from",
    "mark",
    "marks_in",
    "plain_blocks",
    "plain_figure",
    "tidied",
]

#: What a figure's key may be: it names a bookmark in the printed file.
KEY = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,29}")
#: A figure's place in a text.
MARK = re.compile(r"\{fig:([^{}]*)\}")
_BREAKS = re.compile(r"[\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
#: What no file of a word processor can hold.
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]")
_LEVELS = 4


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading (层次标题), with its own ordinal in the text: 一、 （一） 1. （1）.

    ``level`` is 1 to 4, as GB/T 9704-2012 clause 7.3.3 counts them.
    """

    text: str
    level: int = 1

    def __post_init__(self) -> None:
        if not 1 <= self.level <= _LEVELS:
            raise ValueError(f"a heading of level {self.level}; there are 1 to {_LEVELS}")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph (段落)."""

    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table (表格): its title, the heads of its columns, its rows; a cell is a text as any other.

    Raises
    ------
    ValueError
        No column, or a row that has not one cell a column.
    """

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def __post_init__(self) -> None:
        if not self.columns:
            raise ValueError(f"the table {self.caption!r} has no column")
        for row in self.rows:
            if len(row) != len(self.columns):
                raise ValueError(f"a row of {len(row)} cells under {len(self.columns)} columns: {row!r}")


Block = Heading | Paragraph | Table


@dataclass(frozen=True, slots=True)
class PrintedFigure:
    """A figure of the ledger, as a paper prints it (引用数值).

    Parameters
    ----------
    key : str
        Its name in the text, ``{fig:key}``: a Latin letter, then up to 29 letters, digits, underscores.
    label : str
        What it is, in words.
    value : str
        The value as printed, without unit; the reason where there is none (``—（印刷本缺表）``).
    unit : str
        Unit as printed; empty for a pure number.
    as_of : date or None
        The day, or the last day of the period, it speaks of.
    source : str
        The record of the ledger, as a written `Ref`.
    url : str
        Path of the page that shows how it came about.
    simulated : bool
        True for anything of the fictional county.

    Raises
    ------
    ValueError
        The key is none.
    """

    key: str
    label: str
    value: str
    unit: str = ""
    as_of: date | None = None
    source: str = ""
    url: str = ""
    simulated: bool = False

    def __post_init__(self) -> None:
        if not KEY.fullmatch(self.key):
            raise ValueError(f"{self.key!r} names no figure; a letter, then letters, digits, underscores")

    @property
    def printed(self) -> str:
        """The value with its unit, as it stands in the paper; the paper as a whole says if it is simulated.

        Examples
        --------
        >>> PrintedFigure("share", "优良率", "95.4", "%").printed
        '95.4%'
        """
        return f"{self.value}{self.unit}"


def mark(key: str) -> str:
    """Return the mark by which a text prints a figure.

    Examples
    --------
    >>> mark("share")
    '{fig:share}'
    """
    return f"{{fig:{key}}}"


def texts_of(block: Block) -> tuple[str, ...]:
    """Return every text of a block, in reading order."""
    if isinstance(block, Table):
        return (block.caption, *block.columns, *(cell for row in block.rows for cell in row))
    return (block.text,)


def marks_in(blocks: Iterable[Block]) -> Iterator[str]:
    """Yield the key of every mark, in reading order, as often as it stands there."""
    for block in blocks:
        for text in texts_of(block):
            yield from MARK.findall(text)


def tidied(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Return blocks whose texts are one line each: a paragraph of several becomes several, empty ones go."""
    found: list[Block] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            lines = (_one_line(line) for line in _BREAKS.split(block.text))
            found += [Paragraph(line) for line in lines if line]
        elif isinstance(block, Heading):
            found.append(replace(block, text=_one_line(block.text)))
        else:
            rows = tuple(tuple(_one_line(cell) for cell in row) for row in block.rows)
            columns = tuple(_one_line(head) for head in block.columns)
            found.append(Table(_one_line(block.caption), columns, rows))
    return tuple(found)


def _one_line(text: str) -> str:
    return _CONTROLS.sub("", _BREAKS.sub(" ", text)).strip()


_KINDS: Mapping[str, type[Heading] | type[Paragraph] | type[Table]] = {
    "heading": Heading,
    "paragraph": Paragraph,
    "table": Table,
}
_NAMES = {shape: name for name, shape in _KINDS.items()}


def plain_blocks(blocks: Iterable[Block]) -> list[dict[str, Any]]:
    """Return blocks as JSON holds them; `block_from` reads each back."""
    return [{"block": _NAMES[type(block)], **asdict(block)} for block in blocks]


def block_from(plain: Mapping[str, Any]) -> Block:
    """Read a block as it is stored."""
    given = {name: _frozen(value) for name, value in plain.items() if name != "block"}
    return _KINDS[plain["block"]](**given)


def plain_figure(figure: PrintedFigure) -> dict[str, Any]:
    """Return a figure as JSON holds it; `figure_from` reads it back."""
    plain = asdict(figure)
    return {**plain, "as_of": figure.as_of.isoformat() if figure.as_of else None}


def figure_from(plain: Mapping[str, Any]) -> PrintedFigure:
    """Read a figure as it is stored."""
    day = plain["as_of"]
    return PrintedFigure(**{**plain, "as_of": date.fromisoformat(day) if day else None})


def _frozen(value: Any) -> Any:
    if isinstance(value, Sequence) and not isinstance(value, str):
        return tuple(_frozen(one) for one in value)
    return value
