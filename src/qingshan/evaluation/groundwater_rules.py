"""Puts the editions in force into the shapes that the calculations of groundwater take."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from qingshan.evaluation.dated_rules import DatedRules
from qingshan.kernel.basis import Basis
from qingshan.kernel.rounding import Exact
from qingshan.science.class_ladder import ClassLadder, at_most, within
from qingshan.science.groundwater.index import ScoreRule, acidity_index, standard_index
from qingshan.science.groundwater.quality import CLASSES, GroundwaterClass, GroundwaterScale
from qingshan.science.water.readings import Reading, amount
from qingshan.standards.public import Cell, NoSuchValue

__all__ = ["GroundwaterRules"]


class GroundwaterRules(DatedRules):
    """The editions that judge groundwater: limits and score (GB/T 14848) and the standard index (HJ 610)."""

    STANDARDS = {"limits": "GB/T 14848", "index": "HJ 610", "score": "GB/T 14848"}
    SHIPPED = {"limits": "GB/T 14848-2017", "index": "HJ 610-2016", "score": "GB/T 14848-93"}

    @property
    def names(self) -> tuple[str, ...]:
        """Every item of tables 1 and 2, in their order; names are in Chinese as the standard's."""
        return self.remembered(
            "names",
            lambda: tuple(cell.keys["item"] for cell in self.rulebook("limits").cells("items")),
        )

    @property
    def regular_items(self) -> tuple[str, ...]:
        """The 39 regular items of table 1."""
        items = self.rulebook("limits").cells("items")
        return tuple(cell.keys["item"] for cell in items if cell.value == "regular")

    @property
    def codes(self) -> dict[str, str]:
        """Item of every code of HJ 525 that is known."""
        return {str(cell.value): cell.keys["item"] for cell in self.rulebook("limits").cells("codes")}

    @property
    def presence_items(self) -> frozenset[str]:
        """Items reported as 无 or 有."""
        return self.remembered(
            "presence",
            lambda: frozenset(cell.keys["item"] for cell in self.rulebook("limits").cells("presence")),
        )

    def unit(self, item: str) -> str:
        """Return the unit of an item's limits; empty for pH and for what is there or not."""
        return self._cells(item)[0].unit

    def scale(self, items: Iterable[str] | None = None) -> GroundwaterScale:
        """Return the items that are judged, or some of them, in table order.

        Raises
        ------
        NoSuchValue
            An item is asked for that stands in neither table, or the edition holds no limits.
        """
        wanted = frozenset(self.names if items is None else items)
        return self.remembered(("scale", wanted), lambda: self._scale(wanted))

    def _scale(self, wanted: frozenset[str]) -> GroundwaterScale:
        limits = self.rulebook("limits")
        if strange := wanted - set(self.names):
            raise NoSuchValue(f"{sorted(strange)} stand in neither table of {limits.code}")
        kept = [item for item in self.names if item in wanted]
        detection = limits.cells("detection")
        cells = [cell for item in kept for cell in self._cells(item)]
        strict = wanted & {cell.keys["item"] for cell in detection}
        used = [*cells, *(cell for cell in detection if cell.keys["item"] in wanted)]
        return GroundwaterScale(
            ladders=tuple(self.ladder(item) for item in kept),
            best_limits=self._best_limits(cells),
            detection_excludes_best=strict,
            basis=limits.verdict_basis(*used, allow_unverified=self.allow_unverified),
        )

    def ladder(self, item: str) -> ClassLadder:
        """Return the limits of one item.

        Raises
        ------
        NoSuchValue
            The item stands in neither table.
        """
        cells = self._cells(item)
        numbers = [Fraction(cell.number) for cell in cells if not isinstance(cell.value, str)]
        table = cells[0].table
        if table == "ranges":
            low, high, lower, higher = numbers
            first, fourth = (GroundwaterClass[cell.keys["best_class"]] for cell in cells[::2])
            classes = (first, fourth, GroundwaterClass.V)
            return within(item, item, [(low, high), (lower, higher)], classes)
        if table == "presence":
            without, found = (GroundwaterClass[str(cell.value)] for cell in cells)
            return at_most(item, item, [Fraction(0)], (without, found))
        last = (GroundwaterClass.IV_OR_V,) if table == "radioactivity" else CLASSES[3:]
        return at_most(item, item, numbers, (*CLASSES[:3], *last))

    def index(self, item: str, value: Reading | Exact, target: GroundwaterClass) -> tuple[Fraction, Basis]:
        """Return the standard index of an item against a target class, and what it rests on.

        A value below its detection limit counts half of it.

        Raises
        ------
        NoSuchValue
            The item has no index: it is there or not, or its target class has no limit.
        """
        rules, limits, cells = self.rulebook("index"), self.rulebook("limits"), self._cells(item)
        number = amount(value) if isinstance(value, Reading) else value
        if cells[0].table == "ranges":
            neutral = rules.cell("index", rule="neutral_pH")
            ranges = [cell for cell in cells if GroundwaterClass[cell.keys["best_class"]] <= target][-2:]
            found = acidity_index(number, ranges[0].number, ranges[1].number, neutral.number)
            return found, limits.basis(*ranges) | rules.basis(neutral)
        own = [cell for cell in cells if cell.keys.get("water_class") == target.name]
        if not own or cells[0].table == "presence" or not own[0].number:
            raise NoSuchValue(f"{limits.code}: {item} has no index against class {target.label}")
        return standard_index(number, own[0].number), limits.basis(own[0]) | rules.basis(
            rules.cell("index", rule="exceeds_above")
        )

    def exceeds(self, index: Fraction) -> bool:
        """Whether an index says that the item exceeds."""
        return index > Fraction(self.rulebook("index").number("index", rule="exceeds_above"))

    def score_rule(self) -> ScoreRule:
        """Return points and grades of the score of 1993."""
        rules = self.rulebook("score")
        points, grades = rules.cells("scores"), rules.cells("score_grades")
        return ScoreRule(
            {GroundwaterClass[cell.keys["water_class"]]: int(cell.number) for cell in points},
            tuple(Fraction(cell.number) for cell in grades),
            ("优良", *(cell.keys["grade"] for cell in grades)),
            rules.verdict_basis(*points, *grades, allow_unverified=self.allow_unverified),
        )

    def _cells(self, item: str) -> tuple[Cell, ...]:
        return self.remembered(("cells", item), lambda: self._found_cells(item))

    def _found_cells(self, item: str) -> tuple[Cell, ...]:
        limits = self.rulebook("limits")
        for table in ("limits", "radioactivity", "ranges", "presence"):
            if found := limits.cells(table, item=item):
                return found
        raise NoSuchValue(f"{limits.code} has no limits of {item}")

    def _best_limits(self, cells: Iterable[Cell]) -> dict[str, Fraction]:
        return {
            cell.keys["item"]: Fraction(cell.number)
            for cell in cells
            if cell.keys.get("water_class") == GroundwaterClass.I.name
        }
