"""Puts the editions in force into the shapes that the calculations of sea water take."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from qingshan.evaluation.dated_rules import DatedRules
from qingshan.kernel.basis import Basis
from qingshan.science.class_ladder import ClassLadder, at_most, more_than, within
from qingshan.science.sea.coast import CoastBands, CoastGrade, coast_grade
from qingshan.science.sea.eutrophication import EutrophicationRule
from qingshan.science.sea.station import CLASSES, ClassShares, SeaClass, SeaScale
from qingshan.standards.public import Cell, NoSuchValue

__all__ = ["GRADING_ITEMS", "SeaRules"]

GRADING_ITEMS = ("pH", "DO", "COD", "DIN", "DIP", "Petroleum")
"""What national bulletins judge a station by."""


class SeaRules(DatedRules):
    """The editions that judge sea water: limits (GB 3097), coasts (HJ 442), eutrophication."""

    STANDARDS = {"limits": "GB 3097", "coast": "HJ 442", "eutrophication": "海水富营养化指数"}
    SHIPPED = {
        "limits": "GB 3097-1997",
        "coast": "HJ 442.10-2020",
        "eutrophication": "海水富营养化指数（公报用法）",
    }

    @property
    def names(self) -> dict[str, str]:
        """Chinese name of every item that has limits, in table order."""
        return self.remembered(
            "names",
            lambda: {c.keys["item"]: str(c.value) for c in self.rulebook("limits").cells("items")},
        )

    @property
    def codes(self) -> dict[str, str]:
        """Item of every code of HJ 525 that is known."""
        return {str(cell.value): cell.keys["item"] for cell in self.rulebook("limits").cells("codes")}

    def scale(self, items: Iterable[str] | None = None) -> SeaScale:
        """Return the items that are judged, or some of them, in table order.

        Raises
        ------
        NoSuchValue
            An item is asked for that has no limits.
        """
        wanted = frozenset(self.names if items is None else items)
        return self.remembered(("scale", wanted), lambda: self._scale(wanted))

    def _scale(self, wanted: frozenset[str]) -> SeaScale:
        limits, names = self.rulebook("limits"), self.names
        if strange := wanted - set(names):
            raise NoSuchValue(f"{limits.code} has no limits of {sorted(strange)}")
        kept = [item for item in names if item in wanted]
        cells = [cell for item in kept for cell in self._cells(item)]
        basis = limits.verdict_basis(*cells, allow_unverified=self.allow_unverified)
        return SeaScale(tuple(self.ladder(item) for item in kept), basis)

    def ladder(self, item: str) -> ClassLadder:
        """Return the limits of one item.

        Raises
        ------
        NoSuchValue
            The item has no limits.
        """
        limits, cells, name = self.rulebook("limits"), self._cells(item), self.names.get(item, item)
        if cells[0].table == "ranges":
            low, high, lower, higher = (Fraction(cell.number) for cell in cells)
            first, third = (SeaClass(int(cell.keys["best_class"])) for cell in cells[::2])
            return within(item, name, [(low, high), (lower, higher)], (first, third, SeaClass.INFERIOR))
        numbers = [None if cell.value is None else Fraction(cell.number) for cell in cells]
        directions = limits.cells("directions", item=item)
        kind = more_than if [cell.value for cell in directions] == ["more_than"] else at_most
        return kind(item, name, numbers, CLASSES)

    def coast_bands(self) -> CoastBands:
        """Return the shares at which the grade of a coast changes."""
        return CoastBands(**{c.keys["bound"]: Fraction(c.number) for c in self._bands()})

    def coast_grade(self, shares: ClassShares) -> tuple[CoastGrade, Basis]:
        """Return the grade of a near-shore sea, and what it rests on.

        Raises
        ------
        UnverifiedValue
            A bound it was held against is not verified, and that is not allowed.
        """
        found = coast_grade(shares, self.coast_bands())
        used = [
            cell for cell in self._bands() if found.asked_alternative or cell.keys["bound"] != "fair_three"
        ]
        basis = self.rulebook("coast").verdict_basis(*used, allow_unverified=self.allow_unverified)
        return found.grade, basis

    def eutrophication_rule(self) -> EutrophicationRule:
        """Return the factor and the grades of the eutrophication index.

        Raises
        ------
        UnverifiedValue
            Its bounds are not verified, and that is not allowed.
        """
        return self.remembered("eutrophication_rule", self._eutrophication_rule)

    def _eutrophication_rule(self) -> EutrophicationRule:
        rules = self.rulebook("eutrophication")
        parts, bounds = rules.cells("index"), rules.cells("grades")
        numerator, denominator = (Fraction(cell.number) for cell in parts)
        light, moderate, heavy = (Fraction(cell.number) for cell in bounds)
        basis = rules.verdict_basis(*parts, *bounds, allow_unverified=self.allow_unverified)
        return EutrophicationRule(numerator / denominator, light, moderate, heavy, basis)

    def eutrophication_factor(self) -> Fraction:
        """Return what the product of three concentrations is multiplied by: confirmed, unlike the grades."""
        cells = self.rulebook("eutrophication").cells("index")
        numerator, denominator = (Fraction(cell.number) for cell in cells)
        return numerator / denominator

    def _bands(self) -> tuple[Cell, ...]:
        return self.rulebook("coast").cells("coast_bands")

    def _cells(self, item: str) -> tuple[Cell, ...]:
        limits = self.rulebook("limits")
        found = limits.cells("limits", item=item) or limits.cells("ranges", item=item)
        if not found:
            raise NoSuchValue(f"{limits.code} has no limits of {item}")
        return found
