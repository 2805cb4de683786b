"""Sewage plants: effluent against limits, influent that is too thin, load removed (污水处理厂)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from qingshan.kernel.basis import Missing
from qingshan.kernel.rounding import Exact, exact

__all__ = [
    "Compliance",
    "EffluentLimit",
    "Exceedance",
    "InfluentStrength",
    "effluent_compliance",
    "exceedance_columns",
    "influent_strength",
    "load_kg",
    "removal_percent",
    "stricter_limits",
]


@dataclass(frozen=True, slots=True)
class EffluentLimit:
    """Limit of one item of an effluent: at most ``high``, and for pH at least ``low``.

    ``is_open`` says that equal does not meet ``high``: a removal must be greater than its line.

    Raises
    ------
    ValueError
        A negative limit, or a range that is empty.
    """

    item: str
    high: Fraction
    low: Fraction | None = None
    is_open: bool = False

    def __post_init__(self) -> None:
        if self.high < 0 or (self.low is not None and self.low > self.high):
            raise ValueError(f"{self.item}: {self.low} to {self.high} is no limit")

    def is_met(self, value: Fraction) -> bool:
        """Whether a value meets the limit; equal meets it unless the limit is open."""
        if value > self.high or (self.is_open and value == self.high):
            return False
        return self.low is None or value >= self.low


@dataclass(frozen=True, slots=True)
class Exceedance:
    """One item beyond its limit; the factor is (value - limit) / limit, None for pH and a limit of 0."""

    item: str
    value: Fraction
    limit: EffluentLimit
    factor: Fraction | None


@dataclass(frozen=True, slots=True)
class Compliance:
    """Whether an effluent complies.

    ``complied`` is Missing when no item with a limit has a value.
    """

    complied: bool | Missing
    exceedances: tuple[Exceedance, ...]
    judged: tuple[str, ...]
    missing: Mapping[str, Missing]
    without_limit: tuple[str, ...]


def effluent_compliance(values: Mapping[str, Exact | Missing], limits: Sequence[EffluentLimit]) -> Compliance:
    """Return whether the daily means of an effluent meet their limits.

    Parameters
    ----------
    values : mapping of item to Decimal, Fraction, int, str or Missing
        Daily means, in the unit of the limit.
    limits : sequence of EffluentLimit
        Of the grade the plant must keep, chosen by temperature and year of building.

    Returns
    -------
    Compliance

    Raises
    ------
    TypeError
        A binary float.

    Source
    ------
    GB 18918—2002, clauses 4.1.3 and 4.1.4.2 (daily means); DB 44/26—2001, tables 1 and 4.

    Examples
    --------
    >>> found = effluent_compliance({"CODCr": "52"}, [EffluentLimit("CODCr", Fraction(50))])
    >>> found.complied, found.exceedances[0].factor
    (False, Fraction(1, 25))
    """
    exceedances, judged, missing = [], [], {}
    for limit in limits:
        value = values.get(limit.item)
        if isinstance(value, Missing):
            missing[limit.item] = value
        elif value is not None:
            judged.append(limit.item)
            number = exact(value)
            if not limit.is_met(number):
                has_factor = limit.low is None and limit.high > 0
                factor = (number - limit.high) / limit.high if has_factor else None
                exceedances.append(Exceedance(limit.item, number, limit, factor))
    known = {limit.item for limit in limits}
    without = tuple(item for item in values if item not in known)
    complied = not exceedances if judged else Missing("no_item_with_a_limit_has_a_value")
    return Compliance(complied, tuple(exceedances), tuple(judged), missing, without)


def stricter_limits(
    one: Iterable[EffluentLimit], other: Iterable[EffluentLimit]
) -> tuple[EffluentLimit, ...]:
    """Return the stricter limit of each item of two standards.

    Parameters
    ----------
    one, other : iterable of EffluentLimit
        Items that stand in one alone keep their limit.

    Returns
    -------
    tuple of EffluentLimit
        In the order of the first, then what only the second has.

    Source
    ------
    DB 44/26—2001, clause 6.3 (a stricter national standard applies). That plants keep the stricter
    of both is the usual reading in Guangdong.

    Examples
    --------
    >>> one, other = [EffluentLimit("CODCr", Fraction(50))], [EffluentLimit("CODCr", Fraction(40))]
    >>> stricter_limits(one, other)[0].high
    Fraction(40, 1)
    """
    found = {limit.item: limit for limit in one}
    for limit in other:
        known = found.get(limit.item)
        if known is None:
            found[limit.item] = limit
            continue
        lows = [low for low in (known.low, limit.low) if low is not None]
        tighter = min(known, limit, key=lambda one: (one.high, not one.is_open))
        low = max(lows, default=None)
        found[limit.item] = EffluentLimit(limit.item, tighter.high, low, tighter.is_open)
    return tuple(found.values())


def exceedance_columns(
    codes: NDArray[np.integer], limits: Sequence[tuple[int | None, int]], missing: int = -1
) -> NDArray[np.bool_]:
    """Return which daily means exceed, for many days at once.

    Parameters
    ----------
    codes : array of integers, shape (items, days)
        Whole numbers of each item's step.
    limits : sequence of pairs of int
        Least (None for most items) and greatest value of each item, in its steps.
    missing : int
        The code of a missing value; it never exceeds.

    Returns
    -------
    array of bool, shape (items, days)
        Equal to `EffluentLimit.is_met` value by value.

    Raises
    ------
    TypeError
        An array of floats.
    ValueError
        Not one row a limit.

    Source
    ------
    As `effluent_compliance`.

    Examples
    --------
    >>> exceedance_columns(np.array([[50, 51, -1]]), [(None, 50)])
    array([[False,  True, False]])
    """
    if not np.issubdtype(codes.dtype, np.integer):
        raise TypeError(f"codes are {codes.dtype}; give whole numbers of a step")
    if codes.ndim != 2 or codes.shape[0] != len(limits):
        raise ValueError(f"codes of shape {codes.shape}; give {len(limits)} rows, one a limit")
    found = np.empty(codes.shape, dtype=np.bool_)
    for row, (low, high) in enumerate(limits):
        np.greater(codes[row], high, out=found[row])
        if low is not None:
            found[row] |= codes[row] < low
        found[row] &= codes[row] != missing
    return found


@dataclass(frozen=True, slots=True)
class InfluentStrength:
    """Mean BOD5 of an influent, and whether its sewers need a plan of their own (一厂一策)."""

    mean_mg_per_l: Fraction | Missing
    needs_plan: bool | Missing
    months: int


def influent_strength(
    months: Iterable[tuple[Exact | Missing, Exact | Missing]], line_mg_per_l: Exact
) -> InfluentStrength:
    """Return whether the influent of an urban plant is so thin that its sewers need a plan.

    Parameters
    ----------
    months : iterable of pairs of Decimal, Fraction, int, str or Missing
        BOD5 of the influent, mg/L, and the water treated in the month, any one unit. Without
        amounts give 1 for each month: then it is the plain mean.
    line_mg_per_l : Decimal, Fraction, int or str, scalar
        Below this a plan is needed; equal is not below.

    Returns
    -------
    InfluentStrength
        Mean weighted by the water treated, not rounded. Missing when no month has both.

    Raises
    ------
    ValueError
        A negative value.

    Notes
    -----
    The document does not say over which time. The mean of the year is our choice; months that
    lack a value are left out and the number of months used is said.

    Source
    ------
    建城〔2019〕52号: urban plants with influent BOD below 100 mg/L, one plan a plant.

    Examples
    --------
    >>> influent_strength([("98", 1), ("101.9", 1)], 100).needs_plan
    True
    """
    load, water, used = Fraction(0), Fraction(0), 0
    for strength, amount in months:
        if isinstance(strength, Missing) or isinstance(amount, Missing):
            continue
        bod, treated = exact(strength), exact(amount)
        if bod < 0 or treated < 0:
            raise ValueError(f"BOD of {strength} mg/L in {amount} of water: one is negative")
        load, water, used = load + bod * treated, water + treated, used + 1
    if not water:
        why = Missing("no_month_has_strength_and_water")
        return InfluentStrength(why, why, used)
    mean = load / water
    return InfluentStrength(mean, mean < exact(line_mg_per_l), used)


def load_kg(water_m3: Exact, concentration_mg_per_l: Exact) -> Fraction:
    """Return the load of a pollutant in an amount of water.

    Parameters
    ----------
    water_m3 : Decimal, Fraction, int or str, scalar
        Water, m³.
    concentration_mg_per_l : Decimal, Fraction, int or str, scalar
        mg/L, which is g/m³.

    Returns
    -------
    Fraction
        kg, not rounded. The load removed is that of the influent less that of the effluent.

    Raises
    ------
    ValueError
        A negative value.

    Source
    ------
    Arithmetic of units: 1 mg/L in 1 m³ is 1 g.

    Examples
    --------
    >>> load_kg(20000, "180") - load_kg(20000, "32")
    Fraction(2960, 1)
    """
    water, concentration = exact(water_m3), exact(concentration_mg_per_l)
    if water < 0 or concentration < 0:
        raise ValueError(f"{water_m3} m³ at {concentration_mg_per_l} mg/L: one is negative")
    return water * concentration / 1000


def removal_percent(influent: Exact, effluent: Exact) -> Fraction:
    """Return the share of a pollutant that a plant removes (去除率).

    Parameters
    ----------
    influent, effluent : Decimal, Fraction, int or str, scalar
        Both concentrations or both loads, one unit; the influent above zero.

    Returns
    -------
    Fraction
        Percent, not rounded; negative when more flows out than in.

    Raises
    ------
    ValueError
        A negative effluent, or an influent that is not above zero.

    Source
    ------
    GB 18918—2002, table 1, notes to grade 3 (removal in place of concentration).

    Examples
    --------
    >>> removal_percent("400", "120")
    Fraction(70, 1)
    """
    before, after = exact(influent), exact(effluent)
    if before <= 0 or after < 0:
        raise ValueError(f"{influent} in and {effluent} out have no removal")
    return (before - after) * 100 / before
