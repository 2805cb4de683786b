"""Pollution equivalents, and which of an outlet's pollutants are taxed (污染当量数、计征项数)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from qingshan.kernel.rounding import Exact, exact

__all__ = [
    "AcidityBand",
    "Equivalent",
    "acidity_equivalent",
    "colour_equivalent",
    "equivalent_number",
    "livestock_equivalent",
    "taxed_items",
]


@dataclass(frozen=True, slots=True)
class Equivalent:
    """A pollutant of an outlet and its equivalents in the month.

    ``order`` is its place in the table of the law, which breaks a tie. ``only_one_of`` names a group of
    which one outlet pays for one alone (chemical oxygen demand, biochemical, organic carbon).
    """

    pollutant: str
    number: Fraction
    order: int = 0
    only_one_of: str = ""


@dataclass(frozen=True, slots=True)
class AcidityBand:
    """One band of pH: its acid side holds its lower bound, its alkaline side its upper one."""

    acid_from: Fraction
    acid_below: Fraction
    alkaline_above: Fraction | None
    alkaline_to: Fraction | None
    tonnes: Fraction

    def __post_init__(self) -> None:
        if self.tonnes <= 0:
            raise ValueError(f"a band of pH with an equivalent of {self.tonnes} t; give one above zero")

    def holds(self, acidity: Fraction) -> bool:
        """Whether a pH lies in this band."""
        if self.acid_from <= acidity < self.acid_below:
            return True
        above, to = self.alkaline_above, self.alkaline_to
        return above is not None and to is not None and above < acidity <= to


def equivalent_number(amount_kg: Exact, value_kg: Exact) -> Fraction:
    """Return the pollution equivalents of an amount (污染当量数).

    Parameters
    ----------
    amount_kg : Decimal, Fraction, int or str
        Amount discharged in the month, kg.
    value_kg : Decimal, Fraction, int or str
        Equivalent value of the pollutant, kg.

    Returns
    -------
    Fraction
        Equivalents, not rounded.

    Raises
    ------
    ValueError
        A negative amount, or a value of zero or below.

    Source
    ------
    环境保护税法, art. 8.

    Examples
    --------
    >>> equivalent_number("100", "0.8")
    Fraction(125, 1)
    """
    amount, value = exact(amount_kg), exact(value_kg)
    if amount < 0 or value <= 0:
        raise ValueError(f"{amount_kg} kg by an equivalent value of {value_kg} kg")
    return amount / value


def acidity_equivalent(acidity: Exact, water_t: Exact, bands: Sequence[AcidityBand]) -> Fraction:
    """Return the pollution equivalents of acid or alkaline water (pH 值).

    Parameters
    ----------
    acidity : Decimal, Fraction, int or str
        pH, 0 to 14.
    water_t : Decimal, Fraction, int or str
        Waste water of the month, t.
    bands : sequence of AcidityBand
        Bands of the law.

    Returns
    -------
    Fraction
        Water in the tonnes of the band; zero where no band holds the pH (6 to 9).

    Raises
    ------
    ValueError
        A pH outside 0 to 14, or a negative amount of water.

    Source
    ------
    环境保护税法, 附表二 三; its note: 5 to 6 means at least 5 and below 6, 9 to 10 above 9 and at most 10.

    Examples
    --------
    >>> bands = [AcidityBand(Fraction(4), Fraction(5), Fraction(9), Fraction(10), Fraction(1))]
    >>> [acidity_equivalent(acidity, 100, bands) for acidity in ("4", "5", "9", "9.01", "10")]
    [Fraction(100, 1), Fraction(0, 1), Fraction(0, 1), Fraction(100, 1), Fraction(100, 1)]
    """
    number, water = exact(acidity), exact(water_t)
    if not 0 <= number <= 14 or water < 0:
        raise ValueError(f"pH {acidity} of {water_t} t of water")
    return next((water / band.tonnes for band in bands if band.holds(number)), Fraction(0))


def colour_equivalent(water_t: Exact, times_over: Exact, value: Exact) -> Fraction:
    """Return the pollution equivalents of coloured water (色度).

    Parameters
    ----------
    water_t : Decimal, Fraction, int or str
        Waste water of the month, t.
    times_over : Decimal, Fraction, int or str
        By how many times the colour exceeds its limit, see `exceedance.exceedance_factor`.
    value : Decimal, Fraction, int or str
        Equivalent value, t of water times.

    Returns
    -------
    Fraction
        Equivalents.

    Raises
    ------
    ValueError
        A negative number, or a value of zero or below.

    Source
    ------
    环境保护税法, 附表二 三: the value is printed in tonnes of water times.

    Examples
    --------
    >>> colour_equivalent("1000", "0.5", "5")
    Fraction(100, 1)
    """
    water, times, unit = exact(water_t), exact(times_over), exact(value)
    if water < 0 or times < 0 or unit <= 0:
        raise ValueError(f"{water_t} t of water, {times_over} times over, by {value}")
    return water * times / unit


def livestock_equivalent(opening: Exact, closing: Exact, value: Exact, floor: Exact) -> Fraction:
    """Return the pollution equivalents of a farm in a month, by its animals (禽畜养殖场).

    Parameters
    ----------
    opening, closing : Decimal, Fraction, int or str
        Animals at the beginning and at the end of the month; their mean counts.
    value : Decimal, Fraction, int or str
        Equivalent value, animals.
    floor : Decimal, Fraction, int or str
        A farm pays only when it keeps more animals than this.

    Returns
    -------
    Fraction
        Equivalents; zero for a farm that is not above the floor.

    Raises
    ------
    ValueError
        A negative number of animals, or a value of zero or below.

    Notes
    -----
    The mean of opening and closing stock is general knowledge of 财税〔2018〕23号; its clause was not seen.

    Source
    ------
    环境保护税法, 附表二 四 and its note.

    Examples
    --------
    >>> livestock_equivalent(800, 1000, 1, 500), livestock_equivalent(400, 600, 1, 500)
    (Fraction(900, 1), Fraction(0, 1))
    """
    first, last, unit = exact(opening), exact(closing), exact(value)
    if first < 0 or last < 0 or unit <= 0:
        raise ValueError(f"{opening} and {closing} animals by {value}")
    kept = (first + last) / 2
    return kept / unit if kept > exact(floor) else Fraction(0)


def taxed_items(found: Sequence[Equivalent], take: int) -> tuple[Equivalent, ...]:
    """Return the pollutants of one list at one outlet that are taxed, the largest first.

    Parameters
    ----------
    found : sequence of Equivalent
        Every pollutant of the list that the outlet discharged in the month.
    take : int
        How many are taxed: 3 of air, 5 of class one, 3 of the other water pollutants; a province may
        have set more.

    Returns
    -------
    tuple of Equivalent
        Never one with zero equivalents.

    Raises
    ------
    ValueError
        A pollutant stands twice, or none is to be taken.

    Notes
    -----
    Silent: which of a group pays when only one does. The largest, which is also what ordering by
    number gives. Silent: equal numbers at the edge. The order of the table decides; the tax is the same.

    Source
    ------
    环境保护税法, art. 9, and the notes of 附表二.

    Examples
    --------
    >>> cod = Equivalent("化学需氧量", Fraction(50), 13, "oxygen_demand")
    >>> bod = Equivalent("生化需氧量", Fraction(60), 12, "oxygen_demand")
    >>> rest = [Equivalent("氨氮", Fraction(40), 20), Equivalent("总磷", Fraction(30), 30)]
    >>> [one.pollutant for one in taxed_items([cod, bod, *rest], 3)]
    ['生化需氧量', '氨氮', '总磷']
    """
    if take < 1:
        raise ValueError(f"{take} items to tax; one or more")
    if len({one.pollutant for one in found}) < len(found):
        raise ValueError("a pollutant stands twice at one outlet")
    ordered = sorted((one for one in found if one.number > 0), key=lambda one: (-one.number, one.order))
    kept: list[Equivalent] = []
    paid: set[str] = set()
    for one in ordered:
        if one.only_one_of and one.only_one_of in paid:
            continue
        paid.add(one.only_one_of)
        kept.append(one)
    return tuple(kept[:take])
