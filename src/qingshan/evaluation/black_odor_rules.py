"""Puts the guides in force into the shapes that the calculations of black-odorous water take."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from qingshan.evaluation.dated_rules import DatedRules
from qingshan.kernel.basis import Basis
from qingshan.science.class_ladder import ClassLadder, at_least, at_most
from qingshan.science.water.black_odor import BlackOdor, HeavyRule, ShallowRule
from qingshan.standards.public import Cell, NoSuchValue

__all__ = ["BlackOdorRules"]


class BlackOdorRules(DatedRules):
    """The guides on black-odorous water in towns and in the countryside."""

    STANDARDS = {"urban": "城市黑臭水体整治", "rural": "农村黑臭水体治理"}
    SHIPPED = {"urban": "城市黑臭水体整治工作指南（2015）", "rural": "农村黑臭水体治理工作指南（修订）"}

    def names(self, part: str = "urban") -> dict[str, str]:
        """Chinese name of every item, in table order."""
        return {cell.keys["item"]: str(cell.value) for cell in self.rulebook(part).cells("names")}

    def ladders(self, items: Iterable[str], part: str = "urban") -> tuple[tuple[ClassLadder, ...], Basis]:
        """Return the lines of some items in table order, and what a verdict by them rests on.

        Raises
        ------
        NoSuchValue
            An item has no line.
        UnverifiedValue
            A line is not verified, and that is not allowed.
        """
        wanted = frozenset(items)
        return self.remembered(("ladders", wanted, part), lambda: self._ladders(wanted, part))

    def _ladders(self, wanted: frozenset[str], part: str) -> tuple[tuple[ClassLadder, ...], Basis]:
        names = self.names(part)
        if strange := wanted - set(names):
            raise NoSuchValue(f"{self.rulebook(part).code} has no line of {sorted(strange)}")
        kept = [item for item in names if item in wanted]
        cells = [cell for item in kept for cell in self._cells(item, part)]
        shallow = self.rulebook(part).cells("shallow") if "SD" in wanted else ()
        basis = self.rulebook(part).verdict_basis(*cells, *shallow, allow_unverified=self.allow_unverified)
        return tuple(self._ladder(item, names[item], part) for item in kept), basis

    def shallow(self, part: str = "urban") -> ShallowRule:
        """Return what transparency is held against in shallow water."""
        cells = {cell.keys["part"]: Fraction(cell.number) for cell in self.rulebook(part).cells("shallow")}
        return ShallowRule(cells["depth_cm"], cells["share_percent"] / 100)

    def heavy(self, *, equal_counts: bool = False) -> HeavyRule:
        """Return when a point, a stretch and a whole water are heavy."""
        rules = self.rulebook("urban")
        cells = rules.cells("heavy_rules")
        number = {cell.keys["rule"]: Fraction(cell.number) for cell in cells}
        return HeavyRule(
            number["one_item_percent"],
            number["several_items_percent"],
            int(number["several_items"]),
            int(number["consecutive_points"]),
            number["whole_water_percent"],
            equal_counts,
            rules.verdict_basis(*cells, allow_unverified=self.allow_unverified),
        )

    def _ladder(self, item: str, name: str, part: str) -> ClassLadder:
        numbers = [Fraction(cell.number) for cell in self._cells(item, part)]
        direction = self.rulebook(part).cell("directions", item=item).value
        classes = tuple(BlackOdor)[: len(numbers) + 1]
        return (at_least if direction == "at_least" else at_most)(item, name, numbers, classes)

    def _cells(self, item: str, part: str) -> tuple[Cell, ...]:
        return self.rulebook(part).cells("limits", item=item)
