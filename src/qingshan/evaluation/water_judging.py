"""Judges columns of readings by the bulk kernel, rivers and lakes apart (批量评价)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from qingshan.evaluation.water_rules import Water, WaterRules
from qingshan.kernel.basis import Basis, Missing
from qingshan.science.water.classes import WaterClass
from qingshan.science.water.columns import NO_ITEM, CodedScale, encode, evaluate, places_needed
from qingshan.science.water.ladders import Scale
from qingshan.science.water.readings import NonDetects, Reading, amount
from qingshan.science.water.section import MainPollutant

__all__ = ["Judged", "judge"]

Readings = Mapping[str, Sequence[Reading | Missing]]


@dataclass(frozen=True, slots=True)
class Judged:
    """Class and main pollutants of each row, and the class of each of its items.

    ``item_classes`` has a row for each of ``items``; 0 stands where there is none.
    """

    items: tuple[str, ...]
    classes: NDArray[np.uint8]
    item_classes: NDArray[np.uint8]
    pollutants: Sequence[tuple[MainPollutant, ...]]
    basis: Basis

    def water_class(self, row: int) -> WaterClass | Missing:
        """Class of one row, or why it has none."""
        found = int(self.classes[row])
        return WaterClass(found) if found else Missing("no_judged_item_has_a_value")

    def deciding(self, row: int) -> tuple[str, ...]:
        """Items of the worst class of one row."""
        worst = self.classes[row]
        return tuple(
            item
            for item, found in zip(self.items, self.item_classes[:, row], strict=True)
            if found and found == worst
        )


def judge(readings: Readings, waters: Sequence[Water], rules: WaterRules) -> Judged:
    """Return the class and main pollutants of each row.

    Parameters
    ----------
    readings : mapping of item to readings, one a row
        Items that take part in the class; a non-detect counts as the statistics rule says.
    waters : sequence of Water, one a row
    rules : WaterRules
        Of the day of the data.
    """
    rows = len(waters)
    first = rules.scale(Water.RIVER, readings)
    amounts = {item: _amounts(readings[item], rules) for item in first.items}
    classes = np.zeros(rows, dtype=np.uint8)
    item_classes = np.zeros((len(first.items), rows), dtype=np.uint8)
    pollutants: list[tuple[MainPollutant, ...]] = [()] * rows
    basis = Basis()
    for water in sorted(set(waters)):
        chosen = np.array([row for row, kind in enumerate(waters) if kind == water])
        scale = rules.scale(water, readings)
        basis |= scale.basis
        values = {item: [amounts[item][row] for row in chosen] for item in first.items}
        coded, codes = _encoded(scale, values)
        found = evaluate(codes, coded)
        classes[chosen], item_classes[:, chosen] = found.classes, found.item_classes
        for sample in np.flatnonzero(found.classes > WaterClass.III):
            pollutants[chosen[sample]] = _named(
                coded,
                found.item_classes[:, sample],
                found.main_items[:, sample],
                found.main_excess[:, sample],
            )
    if any(_has_non_detect(column) for column in readings.values()):
        basis |= rules.statistics.basis(rules.statistics.cell("non_detects", use="class"))
    return Judged(first.items, classes, item_classes, pollutants, basis)


def _has_non_detect(column: Sequence[Reading | Missing]) -> bool:
    return any(isinstance(reading, Reading) and reading.below for reading in set(column))


def _amounts(column: Sequence[Reading | Missing], rules: WaterRules) -> list[Fraction | Missing]:
    # The rule on non-detects is younger than the limits: it is asked only where one occurs.
    use = rules.non_detects("class") if _has_non_detect(column) else NonDetects.HALF
    known = {reading: amount(reading, use) for reading in set(column) if isinstance(reading, Reading)}
    return [reading if isinstance(reading, Missing) else known[reading] for reading in column]


def _encoded(
    scale: Scale, values: Mapping[str, Sequence[Fraction | Missing]]
) -> tuple[CodedScale, NDArray[np.int64]]:
    numbers = {
        item: [value for value in set(column) if not isinstance(value, Missing)]
        for item, column in values.items()
    }
    places = places_needed(scale, numbers)
    codes = [encode(values[item], count) for item, count in zip(scale.items, places, strict=True)]
    return CodedScale(scale, places), np.array(codes)


def _named(
    coded: CodedScale, classes: NDArray[np.uint8], items: NDArray[np.int8], excess: NDArray[np.int64]
) -> tuple[MainPollutant, ...]:
    named = []
    for row, over in zip(items.tolist(), excess.tolist(), strict=True):
        if row == NO_ITEM:
            break
        ladder = coded.scale.ladders[row]
        factor = None if over == NO_ITEM else Fraction(over, coded.limits(row)[WaterClass.III - 1])
        named.append(MainPollutant(ladder.item, ladder.name, WaterClass(int(classes[row])), factor))
    return tuple(named)
