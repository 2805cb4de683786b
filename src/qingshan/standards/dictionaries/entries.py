"""Words of a code list: its kinds, one edition of it, one entry."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path

from qingshan.standards.editions import Verified

__all__ = ["Codebook", "Entry", "Kind", "NotAvailable", "Status"]


class NotAvailable(LookupError):
    """The edition in force is known, and its entries are not (此版不可用)."""


class Kind(enum.StrEnum):
    """What a code list names (字典种类); the order is the one results are shown in."""

    POLLUTANT = "pollutant"
    HAZARDOUS_WASTE = "hazardous_waste"
    HAZARDOUS_WASTE_EXEMPTION = "hazardous_waste_exemption"
    INDUSTRY = "industry"
    DIVISION = "division"
    PERMIT_CLASS = "permit_class"
    EIA_CLASS = "eia_class"
    TAX = "tax"
    FIELD_CODE = "field_code"

    @property
    def label(self) -> str:
        """Its name as shown."""
        return _LABELS[self]


_LABELS = {
    Kind.POLLUTANT: "污染物与监测因子",
    Kind.HAZARDOUS_WASTE: "危险废物",
    Kind.HAZARDOUS_WASTE_EXEMPTION: "危险废物豁免",
    Kind.INDUSTRY: "国民经济行业",
    Kind.DIVISION: "行政区划",
    Kind.PERMIT_CLASS: "排污许可分类",
    Kind.EIA_CLASS: "环评分类",
    Kind.TAX: "环境保护税",
    Kind.FIELD_CODE: "现场所见编码",
}


class Status(enum.StrEnum):
    """How much of an edition is here."""

    COMPLETE = "complete"
    PARTIAL = "partial"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Entry:
    """One code of a list (条目), in one edition.

    ``parent`` is the code it belongs to; ``attributes`` hold what the list says of it, such as unit
    or hazard letters, by the names that the edition declares.
    """

    kind: Kind
    edition: str
    code: str
    name: str
    parent: str = ""
    aliases: tuple[str, ...] = ()
    attributes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Codebook:
    """One edition of a code list (一版字典). Two are the same only when they are one object."""

    kind: Kind
    standard: str
    edition: str
    title: str
    first_on: date
    last_on: date | None
    status: Status
    verified: Verified
    how_verified: str
    source: str
    licence: str
    attributes: Mapping[str, str]
    entries: tuple[Entry, ...] = field(repr=False)
    missing: str = ""
    notes: tuple[str, ...] = ()
    path: Path | None = None

    def holds_on(self, day: date) -> bool:
        """Whether the edition is in force on a day; its last day belongs to it."""
        return self.first_on <= day and (self.last_on is None or day <= self.last_on)

    @cached_property
    def by_code(self) -> Mapping[str, Entry]:
        """Its entries by code."""
        return {entry.code: entry for entry in self.entries}

    def entry(self, code: str) -> Entry:
        """Return the entry of a code.

        Raises
        ------
        NotAvailable
            The entries of this edition are not here.
        LookupError
            There is no such code.
        """
        found = self.by_code.get(code)
        if found is not None:
            return found
        if self.status is not Status.COMPLETE:
            raise NotAvailable(f"{self.edition}：{self.missing}")
        raise LookupError(f"{self.edition} 没有代码 {code}")

    def ancestors(self, entry: Entry) -> tuple[Entry, ...]:
        """Return what an entry belongs to, nearest first."""
        found: list[Entry] = []
        while entry.parent:
            entry = self.by_code[entry.parent]
            found.append(entry)
        return tuple(found)
