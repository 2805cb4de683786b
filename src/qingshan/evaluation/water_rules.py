"""Puts the editions in force into the shapes that the calculations of surface water take."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import cached_property

from qingshan.kernel.basis import Basis
from qingshan.science.water.averaging import PeriodRule
from qingshan.science.water.basin import ShareBands
from qingshan.science.water.classes import WaterClass, read_class
from qingshan.science.water.comparison import ChangeBands
from qingshan.science.water.drinking import SourceLimit, SourceScale
from qingshan.science.water.ladders import AtLeast, AtMost, Ladder, Scale, Within
from qingshan.science.water.readings import NonDetects
from qingshan.science.water.trophic import TrophicItem, TrophicScale
from qingshan.standards.public import Cell, Edition, NoSuchValue, Rulebook, rules_named, rules_on

__all__ = ["STANDARDS", "Water", "WaterRules"]


class Water(StrEnum):
    """Kind of water (水体类型): total phosphorus has limits of its own in lakes."""

    RIVER = "river"
    LAKE = "lake"


STANDARDS: Mapping[str, str] = {
    "limits": "GB 3838",
    "method": "地表水环境质量评价办法",
    "statistics": "地表水环境质量监测数据统计",
    "ranking": "城市地表水环境质量排名",
    "drinking": "集中式饮用水水源地评价",
}
"""The part each standard plays here."""

_SHIPPED_EDITIONS: Mapping[str, str] = {
    "limits": "GB 3838-2002",
    "method": "环办〔2011〕22号",
    "statistics": "环办监测函〔2020〕82号",
    "ranking": "环办监测〔2017〕51号",
    "drinking": "HJ 774-2015",
}


@dataclass(frozen=True)
class WaterRules:
    """The editions that judge surface water, and what the calculations ask of them.

    A standard is looked up when it is asked for: data older than the rule on drinking-water
    sources still have a class.

    Parameters
    ----------
    on : date or None
        Day of the data; None for worked examples, which carry none and take ``named``.
    named : mapping
        Editions told by name, by the part they play; they go before the day.
    editions : tuple of Edition or None
        Other editions than those shipped.

    Raises
    ------
    ValueError
        A name for a part that there is not.
    BeforeFirstEdition, NoEditionInForce, UnknownStandard
        On use, as the door of `standards` says.
    """

    on: date | None
    named: Mapping[str, str] = field(default_factory=dict)
    editions: tuple[Edition, ...] | None = None

    def __post_init__(self) -> None:
        if strange := set(self.named) - set(STANDARDS):
            raise ValueError(f"{sorted(strange)} play no part here; known are {sorted(STANDARDS)}")

    @cached_property
    def limits(self) -> Rulebook:
        """Limits of classes and of drinking-water sources (GB 3838)."""
        return self._rulebook("limits")

    @cached_property
    def method(self) -> Rulebook:
        """How sections, rivers, lakes and periods are evaluated."""
        return self._rulebook("method")

    @cached_property
    def statistics(self) -> Rulebook:
        """How results are put together."""
        return self._rulebook("statistics")

    @cached_property
    def ranking(self) -> Rulebook:
        """Index and ranking of cities."""
        return self._rulebook("ranking")

    @cached_property
    def drinking(self) -> Rulebook:
        """What a drinking-water source must meet."""
        return self._rulebook("drinking")

    def _rulebook(self, part: str) -> Rulebook:
        if part in self.named or self.on is None:
            return rules_named(self.named.get(part, _SHIPPED_EDITIONS[part]), self.editions)
        return rules_on(STANDARDS[part], self.on, self.editions)

    def scale(self, water: Water, items: Iterable[str] | None = None) -> Scale:
        """Return the items that decide a class, or some of them, in table order.

        Raises
        ------
        NoSuchValue
            An item is asked for that does not take part in the class.
        """
        judged = self.method.cells("class_items")
        known = {cell.keys["item"] for cell in judged}
        wanted = known if items is None else set(items)
        if strange := wanted - known:
            raise NoSuchValue(f"{sorted(strange)} take no part in the class ({self.method.code})")
        kept = [cell.keys["item"] for cell in judged if cell.keys["item"] in wanted]
        first = self.method.cells("foremost")
        basis = self.limits.basis(*(cell for item in kept for cell in self._limit_cells(item, water)))
        foremost = frozenset(cell.keys["item"] for cell in first) & wanted
        return Scale(
            tuple(self.ladder(item, water) for item in kept),
            foremost,
            basis | self.method.basis(*judged, *first),
        )

    def ladder(self, item: str, water: Water) -> Ladder:
        """Return the limits of one item of table 1.

        Raises
        ------
        NoSuchValue
            The item has no limits, or none for this kind of water.
        """
        direction = self.limits.cell("directions", item=item).value
        numbers = [Fraction(cell.number) for cell in self._limit_cells(item, water)]
        if direction == "within":
            return Within(item, self.name(item), numbers[0], numbers[1])
        one, two, three, four, five = numbers
        kind = AtLeast if direction == "at_least" else AtMost
        return kind(item, self.name(item), (one, two, three, four, five))

    def name(self, item: str) -> str:
        """Return the Chinese name of an item of table 1."""
        return str(self.limits.cell("items", item=item).value)

    @property
    def names(self) -> dict[str, str]:
        """Chinese name of every item of table 1, in table order."""
        return {cell.keys["item"]: str(cell.value) for cell in self.limits.cells("items")}

    @property
    def codes(self) -> dict[str, str]:
        """Item of every code of HJ 525."""
        return {str(cell.value): cell.keys["item"] for cell in self.limits.cells("codes")}

    def share_bands(self) -> ShareBands:
        """Return the shares at which a river's grade changes."""
        bound = {cell.keys["bound"]: Fraction(cell.number) for cell in self.method.cells("share_bands")}
        return ShareBands(
            bound["excellent"],
            bound["good"],
            bound["moderate"],
            bound["heavy"],
            int(bound["fewest_sections"]),
        )

    def period(self, period: str) -> tuple[PeriodRule, Basis]:
        """Return how many results a period needs, and what that rests on."""
        fewest = self.method.cell("periods", period=period, count="fewest")
        expected = self.method.cell("periods", period=period, count="expected")
        rule = PeriodRule(period, int(fewest.number), int(expected.number))
        return rule, self.method.basis(fewest, expected)

    def trophic_scale(self) -> TrophicScale:
        """Return the formulas, weights and bounds of the trophic level index."""
        cells = self.method.cells("trophic_formulas")
        items = tuple(
            TrophicItem(
                item,
                *(
                    Fraction(self.method.number("trophic_formulas", item=item, constant=constant))
                    for constant in ("a", "b", "r_squared")
                ),
            )
            for item in dict.fromkeys(cell.keys["item"] for cell in cells)
        )
        bounds = self.method.cells("trophic_bounds")
        one, two, three, four = (Fraction(cell.number) for cell in bounds)
        return TrophicScale(items, (one, two, three, four), basis=self.method.basis(*cells, *bounds))

    def change_bands(self) -> ChangeBands:
        """Return the sizes of a change of shares."""
        no_clear = self.method.cell("change_bands", change="no_clear")
        some = self.method.cell("change_bands", change="some")
        basis = self.method.basis(no_clear, some)
        return ChangeBands(Fraction(no_clear.number), Fraction(some.number), basis)

    def critical_correlations(self, significance: str = "0.05") -> dict[int, Decimal]:
        """Return the critical rank correlation for each number of periods."""
        cells = self.method.cells("spearman_critical", significance=significance)
        return {int(cell.keys["periods"]): cell.number for cell in cells}

    def critical_basis(self, periods: int, significance: str = "0.05") -> Basis:
        """Return what the critical value of a number of periods rests on."""
        cell = self.method.cell("spearman_critical", significance=significance, periods=periods)
        return self.method.basis(cell)

    def city_scale(self, water: Water) -> Scale:
        """Return the items of the city index, with the basis of its rule."""
        scale = self.scale(water)
        weights = self.ranking.basis(*self.ranking.cells("index"))
        return Scale(scale.ladders, scale.foremost, scale.basis | weights)

    def source_scale(self) -> SourceScale:
        """Return the limits of tables 2 and 3 and the class a drinking-water source must meet."""
        cells = (*self.limits.cells("supplementary"), *self.limits.cells("specific"))
        wanted = self.drinking.cell("basic_class", waters="surface")
        basic = read_class(str(wanted.value))
        if basic is None:
            raise NoSuchValue(f"{self.drinking.code} {wanted.label}: {wanted.value!r} is no class")
        basis = self.limits.basis(*cells) | self.drinking.basis(wanted)
        return SourceScale(tuple(_source_limit(cell) for cell in cells), basic, basis)

    def source_items(self) -> tuple[str, ...]:
        """Return the basic items that decide the class of a drinking-water source."""
        aside = {cell.keys["item"] for cell in self.drinking.cells("not_judged")}
        judged = (cell.keys["item"] for cell in self.method.cells("class_items"))
        return tuple(item for item in judged if item not in aside)

    def non_detects(self, use: str) -> NonDetects:
        """Return what a value below its detection limit counts as in a class, a mean, an index or a load.

        Raises
        ------
        NoSuchValue
            The rule asks for another part of the limit than half, all or nothing of it.
        """
        cell = self.statistics.cell("non_detects", use=use)
        for kind in NonDetects:
            if kind.share == cell.number:
                return kind
        raise NoSuchValue(f"{self.statistics.code} {cell.label}: {cell.number} is half, all nor nothing")

    def printed_decimals(self, item: str) -> int:
        """Return the decimals that a mean of an item is printed with."""
        return int(self.statistics.number("decimals", item=item))

    def _limit_cells(self, item: str, water: Water) -> tuple[Cell, ...]:
        if self.limits.cell("directions", item=item).value == "within":
            return self.limits.cells("ranges", item=item)
        cells = self.limits.cells("limits", item=item)
        own = tuple(cell for cell in cells if cell.keys["water"] in (water, "any"))
        if len(own) != len(WaterClass) - 1:
            raise NoSuchValue(f"{self.limits.code} has no limits of {item} for a {water}")
        return own


def _source_limit(cell: Cell) -> SourceLimit:
    item = cell.keys["item"]
    return SourceLimit(item, cell.keys.get("name", item), Fraction(cell.number))
