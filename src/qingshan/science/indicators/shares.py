"""Indicators that are a share, its change in points, or an amount for each unit (比例、提高幅度、人均值)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from qingshan.kernel.rounding import Exact, exact

__all__ = [
    "Landform",
    "amount_per_unit",
    "combined_share",
    "days_at_least",
    "days_at_most",
    "landform_target",
    "share",
    "share_cut",
    "share_gain",
]


@dataclass(frozen=True, slots=True)
class Landform:
    """A landform of an area: what of the area it is, km², and the target that holds for it, percent."""

    area: Exact
    target: Exact


def share(part: Exact, whole: Exact) -> Fraction:
    """Return a part in its whole (比例), percent.

    Parameters
    ----------
    part, whole : Decimal, Fraction, int or str
        In one unit: numbers of items, firms, people or trips, areas, amounts of water, waste or money.

    Returns
    -------
    Fraction
        Percent, 0 to 100, not rounded.

    Raises
    ------
    ValueError
        A whole of zero or below, a negative part, or a part larger than its whole.

    Source
    ------
    江门市国家生态文明建设示范市创建规划, 附录: items 2, 9, 13, 15, 20, 25, 26, 28, 30 to 34. The formula
    of 34 is printed; those of the others follow from what is explained.

    Examples
    --------
    >>> share(45, 60)
    Fraction(75, 1)
    """
    some, everything = exact(part), exact(whole)
    if everything <= 0 or some < 0:
        raise ValueError(f"{part} of {whole}: the whole is above zero, the part not below it")
    if some > everything:
        raise ValueError(f"{part} of {whole}: a part is never more than its whole")
    return 100 * some / everything


def combined_share(parts: Sequence[Exact], whole: Exact) -> Fraction:
    """Return several parts together in their whole (城镇污水处理率), percent.

    Parameters
    ----------
    parts : sequence of Decimal, Fraction, int or str
        What was treated to the standard in plants, and in other works, in the unit of the whole.
    whole : Decimal, Fraction, int or str
        All the waste water of the built-up area.

    Returns
    -------
    Fraction
        Percent, 0 to 100, not rounded.

    Raises
    ------
    ValueError
        As `share`, or a negative part.

    Source
    ------
    江门市国家生态文明建设示范市创建规划, 附录 27, formula as printed.

    Examples
    --------
    >>> combined_share([80, 10], 100)
    Fraction(90, 1)
    """
    amounts = [exact(part) for part in parts]
    if min(amounts, default=Fraction(0)) < 0:
        raise ValueError(f"parts {', '.join(map(str, parts))}: none is below zero")
    return share(sum(amounts, Fraction(0)), whole)


def share_gain(part: Exact, whole: Exact, base_part: Exact, base_whole: Exact) -> Fraction:
    """Return by how many points a share rose since the base year (提高幅度).

    Parameters
    ----------
    part, whole : Decimal, Fraction, int or str
        Good days and valid days, or good sections and assessed sections, of the year.
    base_part, base_whole : Decimal, Fraction, int or str
        The same of the base year.

    Returns
    -------
    Fraction
        Percentage points, not rounded; below zero where the share fell.

    Raises
    ------
    ValueError
        As `share`, of either year.

    Notes
    -----
    The printed unit is per cent. Read as points, not as a growth in per cent of the share: the
    indicator names a range by which a share of per cent rises.

    Source
    ------
    江门市国家生态文明建设示范市创建规划, 附录 10(一) and 11(一); the formulas are not printed.

    Examples
    --------
    >>> share_gain(330, 360, 300, 360)
    Fraction(25, 3)
    """
    return share(part, whole) - share(base_part, base_whole)


def share_cut(part: Exact, whole: Exact, base_part: Exact, base_whole: Exact) -> Fraction:
    """Return by how many points a share fell since the base year (下降幅度).

    Parameters
    ----------
    part, whole : Decimal, Fraction, int or str
        Days of heavy pollution and valid days, or sections worse than class V and assessed sections.
    base_part, base_whole : Decimal, Fraction, int or str
        The same of the base year.

    Returns
    -------
    Fraction
        Percentage points, not rounded; below zero where the share rose.

    Raises
    ------
    ValueError
        As `share`, of either year.

    Source
    ------
    江门市国家生态文明建设示范市创建规划, 附录 10(二) and 11(二); the formulas are not printed.

    Examples
    --------
    >>> share_cut(1, 50, 3, 50)
    Fraction(4, 1)
    """
    return share_gain(base_part, base_whole, part, whole)


def amount_per_unit(amount: Exact, unit: Exact) -> Fraction:
    """Return an amount for each inhabitant, mu or 10,000 yuan (人均、单位值).

    Parameters
    ----------
    amount : Decimal, Fraction, int or str
        Energy, water, value added, area of parks.
    unit : Decimal, Fraction, int or str
        Inhabitants, mu of industrial land, product at constant prices.

    Returns
    -------
    Fraction
        Amount for each unit, not rounded.

    Raises
    ------
    ValueError
        A unit of zero or below, or a negative amount.

    Source
    ------
    江门市国家生态文明建设示范市创建规划, 附录 22, 23, 24 and 29; at comparable prices.

    Examples
    --------
    >>> amount_per_unit(18_000_000, 1_000_000)
    Fraction(18, 1)
    """
    some, each = exact(amount), exact(unit)
    if each <= 0 or some < 0:
        raise ValueError(f"{amount} for {unit}: what it is divided by is above zero, the amount not below it")
    return some / each


def days_at_most(indices: Sequence[int], bound: int) -> int:
    """Return the days whose air quality index is at most a bound (优良天数).

    Parameters
    ----------
    indices : sequence of int
        Index of every valid day.
    bound : int
        100 for good days.

    Returns
    -------
    int

    Source
    ------
    江门市国家生态文明建设示范市创建规划, 附录 10(一): air at grade two or better.

    Examples
    --------
    >>> days_at_most([30, 100, 101], 100)
    2
    """
    return sum(index <= bound for index in indices)


def days_at_least(indices: Sequence[int], bound: int) -> int:
    """Return the days whose air quality index reaches a bound (重污染天数).

    Parameters
    ----------
    indices : sequence of int
        Index of every valid day.
    bound : int
        300 in plan 001, as printed; HJ 633 calls days above 200 heavily polluted.

    Returns
    -------
    int

    Source
    ------
    江门市国家生态文明建设示范市创建规划, 附录 10(二).

    Examples
    --------
    >>> days_at_least([299, 300, 301], 300)
    2
    """
    return sum(index >= bound for index in indices)


def landform_target(landforms: Mapping[str, Landform], spread: Exact = 20) -> Fraction:
    """Return the target of protected areas for an area of several landforms (按地貌的目标值), percent.

    Parameters
    ----------
    landforms : mapping of name to Landform
        Plain, hills and mountains, with their areas and the target of each.
    spread : Decimal, Fraction, int or str
        Up to this difference between their shares, in points, the weighted target holds.

    Returns
    -------
    Fraction
        Percent, not rounded: the target of the largest landform, or the targets weighted by area.

    Raises
    ------
    ValueError
        No landform, a negative area, or no area at all.

    Notes
    -----
    Silent: what is compared with what. Here the largest share with the smallest, in points. Silent: two
    equal largest landforms far from the third. The one named first decides.

    Source
    ------
    江门市国家生态文明建设示范市创建规划, 附录 20, note.

    Examples
    --------
    >>> plain, hills = Landform(40, 16), Landform(35, 20)
    >>> landform_target({"plain": plain, "hills": hills, "mountains": Landform(25, 30)})
    Fraction(209, 10)
    >>> landform_target({"plain": Landform(70, 16), "hills": Landform(30, 20)})
    Fraction(16, 1)
    """
    areas = {name: exact(one.area) for name, one in landforms.items()}
    total = sum(areas.values(), Fraction(0))
    if min(areas.values(), default=Fraction(-1)) < 0 or total == 0:
        raise ValueError("landforms have areas, none below zero and not all of them zero")
    shares = {name: 100 * area / total for name, area in areas.items()}
    if max(shares.values()) - min(shares.values()) > exact(spread):
        return exact(landforms[max(shares, key=lambda name: shares[name])].target)
    return sum((shares[name] * exact(one.target) for name, one in landforms.items()), Fraction(0)) / 100
