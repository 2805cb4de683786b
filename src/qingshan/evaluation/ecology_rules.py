"""Puts the editions in force into the shapes that the calculations of ecology take, and judges indices."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from qingshan.evaluation.dated_rules import DatedRules
from qingshan.kernel.basis import Basis, Missing
from qingshan.kernel.rounding import Exact, exact, round_places
from qingshan.science.ecology.index import (
    Bands,
    Change,
    IndexScale,
    change_of_index,
    grade_of_index,
    weighted_index,
)
from qingshan.science.ecology.limitation import Limitation, limited_index, strictest
from qingshan.science.ecology.parts import LoadItem, WaterDensity
from qingshan.standards.public import Cell, NoSuchValue, Rulebook

__all__ = ["EcologyRules", "Index", "IndexVerdict"]

Parts = Mapping[str, Exact | Missing]


class Index(StrEnum):
    """Which index (指数): each has a standard of its own."""

    EI = "ei"
    EQI = "eqi"

    @property
    def label(self) -> str:
        """What bulletins call it."""
        return self.value.upper()


@dataclass(frozen=True, slots=True)
class IndexVerdict:
    """An index and its grade, each Missing with its reason where there is none.

    ``value`` is rounded as it is reported (EI) or the full value (EQI). ``before_limitation`` is the
    index before an event limited it.
    """

    value: Fraction | Missing
    grade: str | Missing
    before_limitation: Fraction | Missing
    basis: Basis = field(default_factory=Basis)


class EcologyRules(DatedRules):
    """Weights, grades and changes of both indices on a day."""

    STANDARDS = {"ei": "HJ 192", "eqi": "区域生态质量评价办法"}
    SHIPPED = {"ei": "HJ 192-2015", "eqi": "环监测〔2021〕99号"}

    def judge_ei(self, parts: Parts, events: Iterable[str | Limitation] = ()) -> IndexVerdict:
        """Return the ecological index and its grade.

        Parameters
        ----------
        parts : mapping of part to decimal or Missing
            biology, vegetation, water, land_stress, pollution_load; 0 to 100.
        events : iterable of str or Limitation
            What limits the index: events of the triggers, or the limitation itself.

        Raises
        ------
        UnverifiedValue
            A part above 100, a grade that hangs on the rounding, or an event by its name: what the
            standard says of these is not confirmed.
        """
        book = self.rulebook(Index.EI)
        cells = [*book.cells("weights"), *book.cells("reversed"), *book.cells("grades")]
        greatest, decimals = (book.cell("reporting", say=say) for say in ("greatest_part", "decimals"))
        scale = self._scale(book, Fraction(greatest.number))
        full = weighted_index(parts, scale)
        if isinstance(full, Missing):
            return IndexVerdict(full, full, full)
        if any(not isinstance(part, Missing) and exact(part) > greatest.number for part in parts.values()):
            cells.append(greatest)
        grades, rounded = self._bands(book, "grades"), exact(round_places(full, int(decimals.number)))
        if grade_of_index(full, grades) != grade_of_index(rounded, grades):
            cells.append(decimals)
        limitation, why = self._limitation(book, events)
        limited = self._limited(book, rounded, grades, limitation, cells)
        basis = book.verdict_basis(*cells, *why, allow_unverified=self.allow_unverified)
        return IndexVerdict(limited, grade_of_index(limited, grades), rounded, basis)

    def limit_ei(self, index: Exact, events: Iterable[str | Limitation]) -> IndexVerdict:
        """Return a reported index after what events do to it."""
        book, cells = self.rulebook(Index.EI), [*self.rulebook(Index.EI).cells("grades")]
        grades = self._bands(book, "grades")
        limitation, why = self._limitation(book, events)
        limited = self._limited(book, exact(index), grades, limitation, cells)
        basis = book.verdict_basis(*cells, *why, allow_unverified=self.allow_unverified)
        return IndexVerdict(limited, grade_of_index(limited, grades), exact(index), basis)

    def judge_eqi(self, parts: Parts) -> IndexVerdict:
        """Return the ecological quality index and its class.

        Raises
        ------
        UnverifiedValue
            The weights are not confirmed and the caller did not allow them.
        """
        book = self.rulebook(Index.EQI)
        full = weighted_index(parts, self._scale(book, None))
        if isinstance(full, Missing):
            return IndexVerdict(full, full, full)
        cells = [*book.cells("weights"), *book.cells("reversed"), *book.cells("grades")]
        basis = book.verdict_basis(*cells, allow_unverified=self.allow_unverified)
        return IndexVerdict(full, grade_of_index(full, self._bands(book, "grades")), full, basis)

    def grade(self, index: Index, value: Exact) -> IndexVerdict:
        """Return the grade of an index that somebody published, as it was printed."""
        book = self.rulebook(index)
        basis = book.verdict_basis(*book.cells("grades"), allow_unverified=self.allow_unverified)
        number = exact(value)
        return IndexVerdict(number, grade_of_index(number, self._bands(book, "grades")), number, basis)

    def change(self, index: Index, before: Exact, after: Exact) -> Change:
        """Return how much an index changed and what that is called.

        Raises
        ------
        UnverifiedValue
            The changes of EQI are not confirmed and the caller did not allow them.
        """
        book = self.rulebook(index)
        cells = book.cells("changes")
        basis = book.verdict_basis(*cells, allow_unverified=self.allow_unverified)
        return change_of_index(before, after, Bands(self._bands(book, "changes").bounds, basis))

    def bulletin_word(self, index: Index, size: str) -> str:
        """Return how bulletins write a size of change."""
        book = self.rulebook(index)
        if not book.has("bulletin_words"):
            return size
        cells = book.cells("bulletin_words", change=size)
        return str(cells[0].value) if cells else size

    def printed(self, index: Index, value: Fraction) -> Decimal:
        """Return an index with the decimals it is published with: one for EI, two for EQI."""
        return round_places(value, 1 if index is Index.EI else 2)

    def habitat_weights(self) -> dict[str, Fraction]:
        """Return the weight of each kind of cover: of the cover times of the kind within it.

        Kinds are named ``cover.kind``: two covers have a kind called "other".
        """
        book = self.rulebook(Index.EI)
        weights: dict[str, Fraction] = {}
        for cell in book.cells("habitat_weights"):
            name = f"{cell.keys['cover']}.{cell.keys['kind']}"
            weights[name] = weights.get(name, Fraction(1)) * Fraction(cell.number)
        return weights

    def stress_weights(self) -> dict[str, Fraction]:
        """Return the weight of each kind of land stress."""
        book = self.rulebook(Index.EI)
        return {cell.keys["kind"]: Fraction(cell.number) for cell in book.cells("stress_weights")}

    def load_items(self) -> dict[str, LoadItem]:
        """Return weight, coefficient and divisor of each pollutant of the load.

        Raises
        ------
        NoSuchValue
            The edition divides by something else than rain or area.
        """
        book, items = self.rulebook(Index.EI), {}
        for cell in book.cells("load_weights", say="weight"):
            name = cell.keys["pollutant"]
            per = book.cell("load_weights", pollutant=name, say="per").value
            if per not in ("rain", "area"):
                raise NoSuchValue(f"{book.name}: {name} per {per!r}; rain or area is needed")
            items[name] = LoadItem(Fraction(cell.number), self.coefficient(name), per == "rain")
        return items

    def water_coefficients(self) -> WaterDensity:
        """Return the coefficients of the water network."""
        names = ("river_length", "water_area", "water_resource")
        length, area, resource = (self.coefficient(name) for name in names)
        return WaterDensity(length, area, resource)

    def water_resource_bounds(self) -> tuple[Fraction, Fraction]:
        """Return the ratios to the usual water resource at which a wet year counts less."""
        book = self.rulebook(Index.EI)
        full, falling = (
            book.number("water_resource", bound=bound) for bound in ("year_value_to", "falling_to")
        )
        return Fraction(full), Fraction(falling)

    def coefficient(self, of: str) -> Fraction:
        """Return a coefficient of normalisation.

        Raises
        ------
        UnverifiedValue
            That of the vegetation is not confirmed and the caller did not allow it.
        """
        book = self.rulebook(Index.EI)
        cell = book.cell("coefficients", of=of)
        book.verdict_basis(cell, allow_unverified=self.allow_unverified)
        return Fraction(cell.number)

    def _limitation(
        self, book: Rulebook, events: Iterable[str | Limitation]
    ) -> tuple[Limitation | None, list[Cell]]:
        known, cells = [], []
        for event in events:
            if isinstance(event, Limitation):
                known.append(event)
                continue
            cell = book.cell("triggers", event=event)
            cells.append(cell)
            known.append(Limitation(str(cell.value)))
        return strictest(known), cells

    def _limited(
        self,
        book: Rulebook,
        index: Fraction,
        grades: Bands,
        limitation: Limitation | None,
        cells: list[Cell],
    ) -> Fraction:
        if limitation is None:
            return index
        caps = book.cells("limited", limitation=limitation)
        cells.extend(caps)
        by_grade = {cell.keys["grade"]: cell.number for cell in caps}
        return limited_index(index, grade_of_index(index, grades), by_grade)

    def _scale(self, book: Rulebook, greatest: Fraction | None) -> IndexScale:
        weights = {cell.keys["part"]: Fraction(cell.number) for cell in book.cells("weights")}
        turned = {cell.keys["part"]: Fraction(cell.number) for cell in book.cells("reversed")}
        return IndexScale(weights, turned, greatest)

    def _bands(self, book: Rulebook, table: str) -> Bands:
        label = "grade" if table == "grades" else "change"
        return Bands({cell.keys[label]: Fraction(cell.number) for cell in book.cells(table)})
