"""How often and how far an outlet exceeds its limit (超标小时、超标倍数)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from qingshan.kernel.basis import Missing
from qingshan.kernel.rounding import Exact, exact

__all__ = ["Exceedances", "exceedance_factor", "exceedances"]


@dataclass(frozen=True, slots=True)
class Exceedances:
    """What was judged of a series, and what of it exceeded.

    ``places`` are the places of the exceeding values in the series; ``unjudged`` counts by reason.
    """

    judged: int
    places: tuple[int, ...]
    worst_factor: Fraction
    unjudged: Mapping[str, int]

    @property
    def count(self) -> int:
        """How many values exceeded."""
        return len(self.places)


def exceedance_factor(value: Exact, limit: Exact) -> Fraction:
    """Return by how many times a value exceeds a limit (超标倍数).

    Parameters
    ----------
    value, limit : Decimal, Fraction, int or str
        In one unit; the limit above zero.

    Returns
    -------
    Fraction
        (value - limit) in limit, not rounded; zero for a value that does not exceed.

    Raises
    ------
    ValueError
        A limit of zero or below, or a negative value.

    Source
    ------
    Definition, as in 环办〔2011〕22号, 二(一)3 for surface water.

    Examples
    --------
    >>> exceedance_factor("41", "35"), exceedance_factor("35", "35")
    (Fraction(6, 35), Fraction(0, 1))
    """
    number, bound = exact(value), exact(limit)
    if bound <= 0 or number < 0:
        raise ValueError(f"{value} against a limit of {limit}: a limit is above zero, a value not below it")
    return max(Fraction(0), (number - bound) / bound)


def exceedances(values: Sequence[Exact | Missing], limit: Exact) -> Exceedances:
    """Return which values of a series exceed a limit.

    Parameters
    ----------
    values : sequence of Decimal, Fraction, int, str or Missing
        Hour means of gas or day means of water, unit of the limit. A value under a mark (device fault,
        maintenance, calibration, start, stop) is given as Missing with the mark as its reason.
    limit : Decimal, Fraction, int or str
        A value equal to it does not exceed.

    Returns
    -------
    Exceedances

    Raises
    ------
    ValueError
        A limit of zero or below, or a negative value.

    Source
    ------
    污染物排放自动监测设备标记规则: data under a mark are not used to judge exceedance. 广东省大气污染防治条例
    art. 15: gas is judged on the hourly mean.

    Examples
    --------
    >>> exceedances(["30", "34", Missing("device_fault")], "35").count
    0
    >>> found = exceedances(["30", "34", "41"], "35")
    >>> found.places, found.worst_factor
    ((2,), Fraction(6, 35))
    """
    factors: dict[int, Fraction] = {}
    unjudged: dict[str, int] = {}
    for place, value in enumerate(values):
        if isinstance(value, Missing):
            unjudged[value.reason] = unjudged.get(value.reason, 0) + 1
        else:
            factors[place] = exceedance_factor(value, limit)
    beyond = tuple(place for place, factor in factors.items() if factor > 0)
    return Exceedances(len(factors), beyond, max(factors.values(), default=Fraction(0)), unjudged)
