"""A frozen content as a page shows it: cells become figures, badges and words again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from qingshan.kernel.figure import Figure
from qingshan.pages.public import Badge

__all__ = ["Count", "ShownCell", "ShownRow", "ShownTable", "tables"]


@dataclass(frozen=True, slots=True)
class ShownCell:
    """One cell: exactly one of figure, badge, day and text is meant; ``note`` stands below it."""

    label: str
    figure: Figure | None = None
    badge: Badge | None = None
    day: date | None = None
    text: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class ShownRow:
    """One record."""

    code: str
    name: str
    group: str
    cells: list[ShownCell | None]


@dataclass(frozen=True, slots=True)
class Count:
    """How many records stand so."""

    badge: Badge
    count: int


@dataclass(frozen=True, slots=True)
class ShownTable:
    """One part of an edition."""

    part: str
    title: str
    labels: list[str]
    rows: list[ShownRow]
    tally: list[Count]

    @property
    def counted(self) -> int:
        """How many records the tally speaks of."""
        return sum(one.count for one in self.tally)


def tables(content: Mapping[str, Any] | None) -> list[ShownTable]:
    """Return the parts of a content, ready to be shown; none of a content that is not there."""
    if not content:
        return []
    simulated = bool(content["plan"]["simulated"])
    return [_table(one, simulated) for one in content["parts"]]


def _table(told: Mapping[str, Any], simulated: bool) -> ShownTable:
    columns = [(column["key"], column["label"]) for column in told["columns"]]
    return ShownTable(
        part=told["part"],
        title=told["title"],
        labels=[label for _key, label in columns],
        rows=[
            ShownRow(
                row["code"], row["name"], row["group"],
                [_cell(row["cells"].get(key), label, simulated) for key, label in columns],
            )
            for row in told["rows"]
        ],
        tally=[Count(Badge(one["label"], one["tone"]), one["count"]) for one in told["tally"]],
    )  # fmt: skip


def _cell(cell: Mapping[str, Any] | None, label: str, simulated: bool) -> ShownCell | None:
    if cell is None:
        return None
    if cell["kind"] == "figure":
        return ShownCell(label, figure=_figure(cell, simulated))
    if cell["kind"] == "state":
        return ShownCell(label, badge=Badge(cell["label"], cell["tone"]), note=cell["why"])
    if cell["kind"] == "day":
        return ShownCell(label, day=date.fromisoformat(cell["day"])) if cell["day"] else None
    return ShownCell(label, text=cell["text"]) if cell["text"] else None


def _figure(cell: Mapping[str, Any], simulated: bool) -> Figure:
    return Figure(
        None if cell["number"] is None else Decimal(cell["number"]),
        cell["unit"],
        date.fromisoformat(cell["as_of"]) if cell["as_of"] else None,
        cell.get("source", ""),
        simulated=simulated,
        missing=cell["missing"],
        text=cell["text"],
    )
