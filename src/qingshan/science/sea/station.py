"""Class of a sea-water station by single factor (海水水质类别)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from fractions import Fraction

from qingshan.kernel.basis import Basis, Missing
from qingshan.kernel.rounding import Exact, exact
from qingshan.science.class_ladder import ClassLadder

__all__ = [
    "CLASSES",
    "ClassShares",
    "SeaClass",
    "SeaScale",
    "StationClass",
    "class_shares",
    "exceedance_rates",
    "inorganic_nitrogen",
    "station_class",
]


class SeaClass(IntEnum):
    """Class of sea water (海水水质类别), best first; a greater number is worse."""

    ONE = 1
    TWO = 2
    THREE = 3
    FOUR = 4
    INFERIOR = 5

    @property
    def label(self) -> str:
        """As written in bulletins."""
        return ("一类", "二类", "三类", "四类", "劣四类")[self - 1]


CLASSES = tuple(SeaClass)
"""The classes that limits lead to, in order."""


@dataclass(frozen=True, slots=True)
class SeaScale:
    """The items that decide a class, in the order of the standard's table.

    Raises
    ------
    ValueError
        An item occurs twice.
    """

    ladders: tuple[ClassLadder, ...]
    basis: Basis = field(default_factory=Basis)

    def __post_init__(self) -> None:
        if len(set(self.items)) != len(self.items):
            raise ValueError(f"an item occurs twice in {self.items}")

    @property
    def items(self) -> tuple[str, ...]:
        """Item names in table order."""
        return tuple(ladder.item for ladder in self.ladders)


@dataclass(frozen=True, slots=True)
class StationClass:
    """Class of a station and how it came about.

    ``sea_class`` is Missing when no judged item has a value; ``aside`` names items that were given
    but take no part.
    """

    sea_class: SeaClass | Missing
    item_classes: Mapping[str, SeaClass]
    missing: Mapping[str, Missing]
    aside: tuple[str, ...]
    basis: Basis

    @property
    def deciding(self) -> tuple[str, ...]:
        """Items of the worst class, in table order."""
        return tuple(item for item, found in self.item_classes.items() if found == self.sea_class)

    def items_beyond(self, target: SeaClass) -> tuple[str, ...]:
        """Items worse than a target class, in table order."""
        return tuple(item for item, found in self.item_classes.items() if found > target)


def station_class(values: Mapping[str, Exact | Missing], scale: SeaScale) -> StationClass:
    """Return the class of a station: the worst class among its items.

    Parameters
    ----------
    values : mapping of item to Decimal, Fraction, int, str or Missing
        One value an item, in the unit of its limit; non-detects already as an amount.
    scale : SeaScale
        Items and limits of the edition in force.

    Returns
    -------
    StationClass

    Raises
    ------
    TypeError
        A binary float.

    Notes
    -----
    Dissolved oxygen must be greater than its limit; every other item may equal it. The limits of
    pH and of suspended matter also ask how far man changed the natural state: that cannot be seen
    in one sample, so pH is judged by its range alone and suspended matter takes no part.

    Source
    ------
    GB 3097—1997, clause 3.2 and table 1.

    Examples
    --------
    >>> from qingshan.science.class_ladder import more_than
    >>> oxygen = more_than("DO", "溶解氧", [Fraction(n) for n in (6, 5, 4, 3)], CLASSES)
    >>> station_class({"DO": "6.0"}, SeaScale((oxygen,))).sea_class.label
    '二类'
    """
    classes: dict[str, SeaClass] = {}
    missing: dict[str, Missing] = {}
    for ladder in scale.ladders:
        value = values.get(ladder.item)
        if isinstance(value, Missing):
            missing[ladder.item] = value
        elif value is not None:
            classes[ladder.item] = SeaClass(ladder.class_of(value))
    worst = max(classes.values(), default=Missing("no_judged_item_has_a_value"), key=int)
    aside = tuple(item for item in values if item not in scale.items)
    return StationClass(worst, classes, missing, aside, scale.basis)


def inorganic_nitrogen(
    nitrate: Exact | Missing, nitrite: Exact | Missing, ammonia: Exact | Missing
) -> Fraction | Missing:
    """Return inorganic nitrogen (无机氮): nitrate, nitrite and ammonia nitrogen together.

    Parameters
    ----------
    nitrate, nitrite, ammonia : Decimal, Fraction, int, str or Missing, scalar
        mg/L, each as nitrogen.

    Returns
    -------
    Fraction or Missing
        mg/L. A sum over a missing part is missing: the part is never zero.

    Raises
    ------
    ValueError
        A negative concentration.

    Source
    ------
    GB 3097—1997, table 1, item 12.

    Examples
    --------
    >>> inorganic_nitrogen("0.21", "0.03", "0.06")
    Fraction(3, 10)
    """
    total = Fraction(0)
    for name, part in (("nitrate", nitrate), ("nitrite", nitrite), ("ammonia", ammonia)):
        if isinstance(part, Missing):
            return Missing(f"{name}_is_missing")
        amount = exact(part)
        if amount < 0:
            raise ValueError(f"{name} of {part} mg/L is negative")
        total += amount
    return total


@dataclass(frozen=True, slots=True)
class ClassShares:
    """Shares of the five classes in percent, of stations or of area (各类海水比例)."""

    by_class: tuple[Fraction, Fraction, Fraction, Fraction, Fraction]

    @property
    def good(self) -> Fraction:
        """Share of classes one and two (优良水质比例)."""
        return self.by_class[0] + self.by_class[1]

    @property
    def inferior(self) -> Fraction:
        """Share worse than class four."""
        return self.by_class[4]


def class_shares(parts: Iterable[tuple[SeaClass, Exact]]) -> ClassShares:
    """Return the shares of the classes among stations or stretches of sea.

    Parameters
    ----------
    parts : iterable of pairs of SeaClass and Decimal, Fraction, int or str
        Class and weight of each part: 1 a station, or its area in any one unit.

    Returns
    -------
    ClassShares
        Percent, not rounded.

    Raises
    ------
    ValueError
        A negative weight, or weights that add up to nothing.

    Notes
    -----
    Bulletins count stations up to 2017 and area since 2018; the caller says which by the weights.

    Source
    ------
    HJ 442—2008 and HJ 442.10—2020; the change from stations to area as bulletins print it.

    Examples
    --------
    >>> found = class_shares([(SeaClass.ONE, 3), (SeaClass.INFERIOR, 1)])
    >>> found.good, found.inferior
    (Fraction(75, 1), Fraction(25, 1))
    """
    sums = dict.fromkeys(SeaClass, Fraction(0))
    for found, weight in parts:
        amount = exact(weight)
        if amount < 0:
            raise ValueError(f"the weight {weight} of {found.label} is negative")
        sums[found] += amount
    total = sum(sums.values())
    if not total:
        raise ValueError("the weights add up to nothing")
    one, two, three, four, inferior = (part * 100 / total for part in sums.values())
    return ClassShares((one, two, three, four, inferior))


def exceedance_rates(
    stations: Iterable[StationClass], target: SeaClass = SeaClass.TWO
) -> tuple[tuple[str, Fraction], ...]:
    """Return how often each item is worse than a class, the most frequent first (主要超标指标).

    Parameters
    ----------
    stations : iterable of StationClass
        Of one sea and one time, judged by the same scale.
    target : SeaClass
        Bulletins name what is worse than class two.

    Returns
    -------
    tuple of pairs of str and Fraction
        Item and percent of the stations that have it, not rounded; items that never exceed are
        left out. Items of one rate keep the order of the standard's table.

    Notes
    -----
    No rule was found that says how many to name: all of them are given.

    Source
    ------
    National bulletins of near-shore seas, which order the items by the rate of stations.

    Examples
    --------
    >>> found = StationClass(SeaClass.FOUR, {"DIN": SeaClass.FOUR, "DIP": SeaClass.TWO}, {}, (), Basis())
    >>> exceedance_rates([found])
    (('DIN', Fraction(100, 1)),)
    """
    seen: dict[str, int] = {}
    beyond: dict[str, int] = {}
    for station in stations:
        for item, found in station.item_classes.items():
            seen[item] = seen.get(item, 0) + 1
            beyond[item] = beyond.get(item, 0) + (found > target)
    rates = [(item, Fraction(count * 100, seen[item])) for item, count in beyond.items() if count]
    return tuple(sorted(rates, key=lambda rate: -rate[1]))
