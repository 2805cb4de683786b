"""Indicator tables, their rows, values that only the running text states, and the catalogue."""

from __future__ import annotations

from dataclasses import dataclass

from qingshan.plans.packs.shapes.values import Place, Printed
from qingshan.plans.packs.words import Attribute, Direction, TableKind

__all__ = ["CatalogueEntry", "Indicator", "IndicatorTable", "StatedValue"]


@dataclass(frozen=True, slots=True)
class IndicatorTable:
    """An indicator table: ``rows_printed`` lines carry ``indicators_counted`` indicators (39, 36 in 001)."""

    code: str
    name: str
    kind: TableKind
    rows_printed: int
    indicators_counted: int
    base_year: int | None
    target_years: tuple[int, ...]
    categories: tuple[str, ...]
    footnotes: tuple[str, ...]
    note: str
    place: Place


@dataclass(frozen=True, slots=True)
class Indicator:
    """A row of an indicator table (指标行).

    ``counts_as`` is the number of the indicator the row belongs to; two rows may share one.
    ``heading`` is the cell that spans the rows of one indicator. ``exclusion`` is the printed
    reason why the row is not evaluated.
    """

    code: str
    table: str
    order: int
    counts_as: int
    category: tuple[str, ...]
    heading: str
    name: str
    unit: str
    attribute: Attribute
    catalogue: str | None
    standard: Printed | None
    baseline: Printed | None
    targets: tuple[Printed, ...]
    actual: Printed | None
    printed_status: str
    exclusion: str
    notes: tuple[str, ...]
    footnotes: tuple[str, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class StatedValue:
    """A value of the running text, never a table row (正文所载数值)."""

    code: str
    name: str
    unit: str
    catalogue: str | None
    baseline: Printed | None
    targets: tuple[Printed, ...]
    notes: tuple[str, ...]
    place: Place
    target_place: Place | None


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """An indicator of the catalogue (指标目录): what it is, however many plans use it.

    ``formula_symbols`` is empty where there is no formula. ``standards`` are codes or titles of the
    documents that fix its measurement; ``rules`` the conditions of its assessment, in our words.
    """

    code: str
    name: str
    aliases: tuple[str, ...]
    direction: Direction
    unit: str
    definition: str
    formula_words: str
    formula_symbols: str
    data_source_departments: tuple[str, ...]
    standards: tuple[str, ...]
    rules: tuple[str, ...]
    notes: tuple[str, ...]
