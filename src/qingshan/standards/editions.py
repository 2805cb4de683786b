"""Words of a standard: an edition, its phases, its tables, and one value with where it stands."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path

from qingshan.kernel.basis import Basis

__all__ = ["Cell", "Edition", "NoSuchValue", "Phase", "Rulebook", "UnverifiedValue", "Value", "Verified"]

Value = Decimal | str | None
"""A number, a word (a colour, a rule's name), or nothing where the standard leaves the place empty."""


class NoSuchValue(LookupError):
    """The edition has no such value, or more than one."""


class UnverifiedValue(LookupError):
    """A verdict would rest on values that nobody has confirmed; the message names them."""


class Verified(enum.StrEnum):
    """How sure a value is (核实程度)."""

    PRIMARY_TEXT = "primary_text"
    TWO_SOURCES = "two_sources"
    ONE_SOURCE = "one_source"
    PUBLISHED_ROWS_REPRODUCED = "published_rows_reproduced"
    DERIVED = "derived"
    UNVERIFIED = "unverified"


@dataclass(frozen=True, slots=True)
class Phase:
    """Days on which part of an edition's values hold (实施阶段); its last day belongs to it."""

    name: str
    first_on: date
    last_on: date | None
    clause: str

    def holds_on(self, day: date) -> bool:
        """Whether the phase is in force on a day."""
        return self.first_on <= day and (self.last_on is None or day <= self.last_on)


@dataclass(frozen=True, slots=True)
class Cell:
    """One value of a standard, with its labels, unit and clause.

    ``keys`` are the labels that find it, such as parameter, averaging and grade.
    """

    table: str
    keys: Mapping[str, str]
    value: Value
    unit: str
    clause: str
    verified: Verified
    note: str = ""
    phase: str | None = None

    @property
    def label(self) -> str:
        """Its place in words, for messages: ``limits[parameter=PM2.5, grade=2]``."""
        return f"{self.table}[{', '.join(f'{name}={word}' for name, word in self.keys.items())}]"

    @property
    def number(self) -> Decimal:
        """The value as a number.

        Raises
        ------
        NoSuchValue
            The place is empty or holds a word.
        """
        if not isinstance(self.value, Decimal):
            raise NoSuchValue(f"{self.label} holds {self.value!r}, not a number")
        return self.value


@dataclass(frozen=True, slots=True)
class Edition:
    """One edition of a standard (版本), as one data file holds it."""

    standard: str
    code: str
    title: str
    subject: str
    first_on: date
    last_on: date | None
    verified: Verified
    how_verified: str
    phases: tuple[Phase, ...]
    cells: tuple[Cell, ...] = field(repr=False)
    notes: tuple[str, ...] = ()
    path: Path | None = field(default=None, compare=False)

    def holds_on(self, day: date) -> bool:
        """Whether the edition is in force on a day."""
        return self.first_on <= day and (self.last_on is None or day <= self.last_on)

    def phase_on(self, day: date) -> Phase | None:
        """The phase in force on a day; None where the edition has no phases or the day is in none."""
        return next((phase for phase in self.phases if phase.holds_on(day)), None)


@dataclass(frozen=True, slots=True)
class Rulebook:
    """An edition read in one of its phases: what limits are looked up in.

    ``stated`` says how it was chosen where the text leaves the choice open; a result prints it.
    """

    edition: Edition
    phase: Phase | None
    stated: str = ""

    @property
    def code(self) -> str:
        """Code of the edition, such as ``GB 3095-2026``."""
        return self.edition.code

    @property
    def name(self) -> str:
        """Code and phase, such as ``GB 3095-2026/transition``: what `rules_named` reads."""
        return f"{self.code}/{self.phase.name}" if self.phase else self.code

    def cells(self, table: str, **keys: object) -> tuple[Cell, ...]:
        """Every value of a table that holds in this phase and has these labels, in file order.

        Raises
        ------
        NoSuchValue
            The edition has no such table.
        """
        named = [cell for cell in self.edition.cells if cell.table == table]
        if not named:
            raise NoSuchValue(f"{self.code} has no table {table!r}")
        phase = self.phase.name if self.phase else None
        wanted = {name: str(word) for name, word in keys.items()}
        return tuple(
            cell
            for cell in named
            if cell.phase in (None, phase) and all(cell.keys.get(n) == w for n, w in wanted.items())
        )

    def cell(self, table: str, **keys: object) -> Cell:
        """The one value with these labels.

        Raises
        ------
        NoSuchValue
            No value has them, or several do.
        """
        found = self.cells(table, **keys)
        if len(found) != 1:
            words = ", ".join(f"{name}={word}" for name, word in keys.items())
            raise NoSuchValue(f"{self.name} has {len(found)} values for {table}[{words}]; one is needed")
        return found[0]

    def number(self, table: str, **keys: object) -> Decimal:
        """The one value with these labels, as a number."""
        return self.cell(table, **keys).number

    def has(self, table: str) -> bool:
        """Whether the edition has a table of this name."""
        return any(cell.table == table for cell in self.edition.cells)

    def basis(self, *cells: Cell) -> Basis:
        """What a result rests on that was reached with these values."""
        unverified = tuple(f"{self.code} {c.label}" for c in cells if c.verified is Verified.UNVERIFIED)
        stated = (self.stated,) if self.stated else ()
        return Basis((self.code,), tuple(dict.fromkeys(cell.clause for cell in cells)), unverified + stated)

    def verdict_basis(self, *cells: Cell, allow_unverified: bool = False) -> Basis:
        """What a verdict rests on that was reached with these values, or a refusal.

        Parameters
        ----------
        *cells : Cell
            Only the values that this verdict compares with: a doubtful limit of an item that was
            not measured stops nobody.
        allow_unverified : bool
            True where the caller has decided to judge by values nobody has confirmed; the basis
            then names them, and every result that carries it says so.

        Raises
        ------
        UnverifiedValue
            One of the values is unverified and the caller did not allow it.
        """
        doubtful = [cell.label for cell in cells if cell.verified is Verified.UNVERIFIED]
        if doubtful and not allow_unverified:
            raise UnverifiedValue(
                f"{self.name}: {'、'.join(doubtful)} 未经核实，不能据以判定；确需使用请明示 allow_unverified"
                " / not verified, no verdict may rest on it unless allow_unverified is given"
            )
        return self.basis(*cells)
