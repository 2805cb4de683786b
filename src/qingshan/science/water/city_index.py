"""Water-quality index of cities and their ranking (城市水质指数 CWQI)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from qingshan.kernel.basis import Basis, Missing
from qingshan.kernel.rounding import Exact, exact
from qingshan.science.statistics.ranks import ranks
from qingshan.science.water.classes import WaterClass
from qingshan.science.water.ladders import AtLeast, AtMost, Ladder, Scale
from qingshan.science.water.section import Values

__all__ = [
    "NEUTRAL_PH",
    "WatersIndex",
    "change_percent",
    "change_ranks",
    "city_index",
    "index_ranks",
    "item_index",
    "waters_index",
]

NEUTRAL_PH = Fraction(7)
"""pH at which the index of pH is zero."""


@dataclass(frozen=True, slots=True)
class WatersIndex:
    """Index of a city's rivers, or of its lakes: the sum over the items (CWQI河流、CWQI湖库).

    ``value`` is Missing when an item of the scale has no mean: a sum over fewer items
    would rank the city better than it is.
    """

    value: Fraction | Missing
    by_item: Mapping[str, Fraction]
    basis: Basis


def item_index(value: Exact, ladder: Ladder) -> Fraction:
    """Return the index of one item against class III.

    Parameters
    ----------
    value : Decimal, Fraction, int or str, scalar
        Mean of the item over the sections, unit of its limit; a non-detect as half its limit.
    ladder : Ladder
        For a lake with the lake's own total phosphorus.

    Returns
    -------
    Fraction
        Dimensionless, not rounded: value / limit; for dissolved oxygen limit / value; for pH
        the distance from 7 as a part of the distance from 7 to the limit on that side.

    Raises
    ------
    ValueError
        A negative value, or no dissolved oxygen at all.

    Notes
    -----
    The formula for pH is seen in one implementation, not in the rule's text.

    Source
    ------
    环办监测〔2017〕51号, annex, calculation of the index.

    Examples
    --------
    >>> oxygen = AtLeast("DO", "溶解氧", tuple(Fraction(n, 2) for n in (15, 12, 10, 6, 4)))
    >>> item_index("8", oxygen)
    Fraction(5, 8)
    """
    number = exact(value)
    if number < 0 or (number == 0 and isinstance(ladder, AtLeast)):
        raise ValueError(f"{ladder.item}: there is no index of {value}")
    if isinstance(ladder, AtMost):
        return number / ladder.limits[WaterClass.III - 1]
    if isinstance(ladder, AtLeast):
        return ladder.limits[WaterClass.III - 1] / number
    if number <= NEUTRAL_PH:
        return (NEUTRAL_PH - number) / (NEUTRAL_PH - ladder.low)
    return (number - NEUTRAL_PH) / (ladder.high - NEUTRAL_PH)


def waters_index(means: Values, scale: Scale) -> WatersIndex:
    """Return the index of a city's rivers, or of its lakes.

    Parameters
    ----------
    means : mapping of item to Decimal, Fraction, int, str or Missing
        Mean of each item over all river sections, or all lake points, of the city.
    scale : Scale
        All items of the index, for rivers or for lakes.

    Returns
    -------
    WatersIndex
        Sum of the item indices, not rounded (four decimals are printed).

    Raises
    ------
    ValueError
        As `item_index`.

    Source
    ------
    环办监测〔2017〕51号, annex: 21 items, equal weights.

    Examples
    --------
    >>> nh3 = AtMost("NH3N", "氨氮", tuple(Fraction(n, 100) for n in (15, 50, 100, 150, 200)))
    >>> waters_index({"NH3N": "0.42"}, Scale((nh3,))).value
    Fraction(21, 50)
    """
    by_item: dict[str, Fraction] = {}
    lacking = []
    for ladder in scale.ladders:
        value = means.get(ladder.item)
        if value is None or isinstance(value, Missing):
            lacking.append(ladder.item)
        else:
            by_item[ladder.item] = item_index(value, ladder)
    if lacking:
        return WatersIndex(Missing("no_mean_of_" + "_".join(lacking)), by_item, scale.basis)
    return WatersIndex(sum(by_item.values(), Fraction(0)), by_item, scale.basis)


def city_index(rivers: Exact | None, sections: int, lakes: Exact | None, points: int) -> Fraction:
    """Return the index of a city from that of its rivers and that of its lakes.

    Parameters
    ----------
    rivers, lakes : Decimal, Fraction, int or str, scalar; or None
        Index of the rivers and of the lakes; None where the city has none.
    sections, points : int
        River sections and lake points, which are the weights.

    Returns
    -------
    Fraction
        Dimensionless, not rounded.

    Raises
    ------
    ValueError
        Neither rivers nor lakes, or an index without sections, or sections without an index.

    Source
    ------
    环办监测〔2017〕51号, annex. The weights are from memory of the rule; the caller's basis
    says so.

    Examples
    --------
    >>> float(round(city_index("4.7684", 6, "4.8959", 2), 4))
    4.8003
    """
    if sections < 0 or points < 0 or sections + points == 0:
        raise ValueError(f"{sections} river sections and {points} lake points; a city needs one")
    if (rivers is None) != (sections == 0) or (lakes is None) != (points == 0):
        raise ValueError("an index needs its sections, and sections need an index")
    total = Fraction(0) if rivers is None else exact(rivers) * sections
    total += Fraction(0) if lakes is None else exact(lakes) * points
    return total / (sections + points)


def change_percent(index: Exact, base: Exact) -> Fraction:
    """Return the change of an index against its base period; below zero is better.

    Parameters
    ----------
    index, base : Decimal, Fraction, int or str, scalar
        The base is above zero.

    Returns
    -------
    Fraction
        Percent, not rounded (two decimals are printed).

    Raises
    ------
    ValueError
        The base is not above zero.

    Source
    ------
    环办监测〔2017〕51号, annex.

    Examples
    --------
    >>> float(round(change_percent("3.8408", "4.2664"), 2))
    -9.98
    """
    before = exact(base)
    if before <= 0:
        raise ValueError(f"a base index of {base}; give one above zero")
    return (exact(index) - before) / before * 100


def index_ranks(indices: Mapping[str, Exact | Missing]) -> dict[str, int | Missing]:
    """Return the rank of each city: the smallest index is the first.

    Parameters
    ----------
    indices : mapping of city to Decimal, Fraction, int, str or Missing
        As printed or unrounded; cities with an equal index share a rank.

    Returns
    -------
    dict of city to int or Missing
        1 + the number of cities that are better; a city without an index has no rank.

    Source
    ------
    环办监测〔2017〕51号, annex: ascending order. The rule is silent on ties.

    Examples
    --------
    >>> index_ranks({"甲": "3.1", "乙": "2.9", "丙": "3.1", "丁": "4"})
    {'甲': 2, '乙': 1, '丙': 2, '丁': 4}
    """
    return ranks({city: value if isinstance(value, Missing) else [value] for city, value in indices.items()})


def change_ranks(
    changes: Mapping[str, Exact | Missing], exempt: frozenset[str] = frozenset()
) -> dict[str, int | Missing]:
    """Return the rank of each city by its change: the greatest fall is the first.

    Parameters
    ----------
    changes : mapping of city to Decimal, Fraction, int, str or Missing
        As `change_percent` gives them.
    exempt : frozenset of str
        Cities whose sections all meet class II or better in both periods and reach their
        targets: they are left out of this ranking.

    Returns
    -------
    dict of city to int or Missing

    Source
    ------
    环办监测〔2017〕51号, annex.

    Examples
    --------
    >>> change_ranks({"甲": "-9.98", "乙": "2", "丙": "-30"}, frozenset({"丙"}))
    {'甲': 1, '乙': 2, '丙': Missing(reason='exempt_class_II_or_better_in_both_periods')}
    """
    reason = Missing("exempt_class_II_or_better_in_both_periods")
    return index_ranks({city: reason if city in exempt else value for city, value in changes.items()})
