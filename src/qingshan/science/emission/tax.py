"""Environmental protection tax of a month (环境保护税应纳税额)."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from qingshan.kernel.basis import Basis, Missing
from qingshan.kernel.rounding import Exact, exact

__all__ = [
    "FractionOfDecibel",
    "NoiseBand",
    "NoiseRate",
    "NoiseSource",
    "Reduction",
    "noise_tax",
    "outlet_tax",
    "reduced_share",
    "solid_waste_amount",
    "tax_of_amount",
]


@dataclass(frozen=True, slots=True)
class Reduction:
    """From this much below the limit on (percent), this share is payable (percent)."""

    lower_by: Fraction
    payable: Fraction


@dataclass(frozen=True, slots=True)
class NoiseBand:
    """Decibels over the limit, both ends included, and yuan a month; the last band has no upper end."""

    from_db: int
    to_db: int | None
    yuan: Fraction


class FractionOfDecibel(enum.StrEnum):
    """What a fraction of a decibel counts."""

    REFUSE = "refuse"
    HALF_UP = "half_up"


@dataclass(frozen=True, slots=True)
class NoiseRate:
    """How industrial noise is taxed: bands, and what halves or doubles it."""

    bands: tuple[NoiseBand, ...]
    half_below_days: int
    two_units_beyond_m: Fraction
    fraction_of_db: FractionOfDecibel = FractionOfDecibel.REFUSE
    basis: Basis = field(default_factory=Basis)


@dataclass(frozen=True, slots=True)
class NoiseSource:
    """A place of work in a month: what it exceeds by day and by night, on how many days, along its boundary.

    ``over_db`` are the decibels over the limit at each point of the boundary that exceeds it.
    """

    day_over_db: tuple[Exact, ...] = ()
    day_days: int = 0
    night_over_db: tuple[Exact, ...] = ()
    night_days: int = 0
    boundary_m: Exact = 0


def reduced_share(
    concentrations: Sequence[Exact | Missing], limit: Exact, steps: Sequence[Reduction]
) -> Fraction:
    """Return the share of the tax that is payable for clean discharge (减征), percent.

    Parameters
    ----------
    concentrations : sequence of Decimal, Fraction, int, str or Missing
        Of one pollutant at one outlet in the month: hour means of gas, day means of water, or each
        measurement by hand; unit of the limit. Marked values are Missing and take no part.
    limit : Decimal, Fraction, int or str
        National or local discharge limit, above zero.
    steps : sequence of Reduction
        Steps of the law, the smaller reduction first.

    Returns
    -------
    Fraction
        100 without a reduction, 75 or 50 with one.

    Raises
    ------
    ValueError
        No valid value, a negative one, or a limit of zero or below.

    Notes
    -----
    The mean of the month decides, and any single value above the limit takes the reduction away. "30 %
    below" is read as at most 70 % of the limit, which tax offices do; exactly 30 % below is reduced,
    on which the text is silent.
    The further bar, that no outlet of the taxpayer exceeds for any pollutant, is the caller's to apply.

    Source
    ------
    环境保护税法, art. 13; 实施条例, art. 10 and 11.

    Examples
    --------
    >>> steps = [Reduction(Fraction(30), Fraction(75)), Reduction(Fraction(50), Fraction(50))]
    >>> [int(reduced_share([value], "18", steps)) for value in ("12.7", "12.6", "10", "9", "8")]
    [100, 75, 75, 50, 50]
    >>> int(reduced_share(["2", "18.1"], "18", steps))
    100
    """
    bound = exact(limit)
    values = [exact(value) for value in concentrations if not isinstance(value, Missing)]
    if bound <= 0 or not values or min(values) < 0:
        raise ValueError(f"{len(values)} valid values against a limit of {limit}")
    if max(values) > bound:
        return Fraction(100)
    below = 100 * (bound - sum(values, Fraction(0)) / len(values)) / bound
    return min((step.payable for step in steps if below >= step.lower_by), default=Fraction(100))


def outlet_tax(equivalents: Exact, yuan_each: Exact, payable_percent: Exact = 100) -> Fraction:
    """Return the tax of one pollutant at one outlet in a month, in yuan.

    Parameters
    ----------
    equivalents : Decimal, Fraction, int or str
        Pollution equivalents, see `equivalents.taxed_items`.
    yuan_each : Decimal, Fraction, int or str
        What the province charges per equivalent.
    payable_percent : Decimal, Fraction, int or str
        See `reduced_share`.

    Returns
    -------
    Fraction
        Yuan, not rounded: taxes of several pollutants are added before a cent is rounded.

    Raises
    ------
    ValueError
        A negative number, or a share above 100.

    Source
    ------
    环境保护税法, art. 11 (一) and (二).

    Examples
    --------
    >>> outlet_tax("125", "2.8", 75)
    Fraction(525, 2)
    """
    number, each, share = exact(equivalents), exact(yuan_each), exact(payable_percent)
    if number < 0 or each < 0 or not 0 <= share <= 100:
        raise ValueError(f"{equivalents} equivalents at {yuan_each} yuan, {payable_percent} % payable")
    return number * each * share / 100


def solid_waste_amount(generated_t: Exact, stored_t: Exact, disposed_t: Exact, used_t: Exact) -> Fraction:
    """Return the taxable amount of solid waste of a period (应税固体废物排放量), in t.

    Parameters
    ----------
    generated_t : Decimal, Fraction, int or str
        What came about.
    stored_t, disposed_t, used_t : Decimal, Fraction, int or str
        What was stored, disposed of and used as the rules ask; anything else is discharge.

    Returns
    -------
    Fraction
        t.

    Raises
    ------
    ValueError
        A negative amount, or more stored, disposed of and used than came about.

    Notes
    -----
    Waste of earlier periods that is used now is not set off: the rule speaks of the period.

    Source
    ------
    环境保护税法实施条例, art. 5.

    Examples
    --------
    >>> solid_waste_amount(1000, 100, 200, 690)
    Fraction(10, 1)
    """
    parts = [exact(amount) for amount in (generated_t, stored_t, disposed_t, used_t)]
    left = parts[0] - sum(parts[1:], Fraction(0))
    if min(parts) < 0 or left < 0:
        raise ValueError(
            f"{generated_t} t came about, {stored_t} stored, {disposed_t} disposed of, {used_t} used: "
            "no amount is below zero, and the last three are parts of the first"
        )
    return left


def tax_of_amount(amount_t: Exact, yuan_per_t: Exact) -> Fraction:
    """Return the tax of an amount of solid waste, in yuan.

    Parameters
    ----------
    amount_t : Decimal, Fraction, int or str
        See `solid_waste_amount`.
    yuan_per_t : Decimal, Fraction, int or str
        Rate of that kind of waste.

    Returns
    -------
    Fraction
        Yuan, not rounded.

    Raises
    ------
    ValueError
        A negative number.

    Source
    ------
    环境保护税法, art. 11 (三), 附表一.

    Examples
    --------
    >>> tax_of_amount("0.5", 1000)
    Fraction(500, 1)
    """
    amount, rate = exact(amount_t), exact(yuan_per_t)
    if amount < 0 or rate < 0:
        raise ValueError(f"{amount_t} t at {yuan_per_t} yuan")
    return amount * rate


def noise_tax(source: NoiseSource, rate: NoiseRate) -> Fraction:
    """Return the tax of industrial noise of one place of work in a month, in yuan.

    Parameters
    ----------
    source : NoiseSource
        What exceeds by day and by night; places of work are taxed apart and added.
    rate : NoiseRate
        Bands of the edition in force.

    Returns
    -------
    Fraction
        Yuan: day and night apart, by the loudest point of each; halved for fewer than fifteen days;
        doubled along a boundary of more than 100 m with two or more points that exceed.

    Raises
    ------
    ValueError
        Days outside 0 to 31, points without days or days without points, or a fraction of a decibel
        that the rate does not say how to read.

    Notes
    -----
    Less than one decibel over, once read as a whole number, is in no band and pays nothing.

    Source
    ------
    环境保护税法, art. 11 (四), 附表一 and its notes 1 to 5.

    Examples
    --------
    >>> low, middle = NoiseBand(1, 3, Fraction(350)), NoiseBand(4, 6, Fraction(700))
    >>> bands = (low, middle, NoiseBand(7, None, Fraction(1400)))
    >>> rate = NoiseRate(bands, half_below_days=15, two_units_beyond_m=Fraction(100))
    >>> [int(noise_tax(NoiseSource((over,), 20), rate)) for over in (3, 4, 60)]
    [350, 700, 1400]
    >>> int(noise_tax(NoiseSource((2, 5), 20, (3,), 14, boundary_m=101), rate))
    1575
    """
    by_day = _side_tax(source.day_over_db, source.day_days, source.boundary_m, rate)
    return by_day + _side_tax(source.night_over_db, source.night_days, source.boundary_m, rate)


def _side_tax(over_db: Sequence[Exact], days: int, boundary_m: Exact, rate: NoiseRate) -> Fraction:
    if not 0 <= days <= 31 or bool(over_db) != bool(days):
        raise ValueError(f"{len(over_db)} points that exceed on {days} days of a month")
    if not over_db:
        return Fraction(0)
    loudest = _whole_db(max(exact(over) for over in over_db), rate.fraction_of_db)
    yuan = next(
        (
            band.yuan
            for band in rate.bands
            if band.from_db <= loudest and (band.to_db is None or loudest <= band.to_db)
        ),
        Fraction(0),
    )
    if len(over_db) > 1 and exact(boundary_m) > rate.two_units_beyond_m:
        yuan *= 2
    return yuan / 2 if days < rate.half_below_days else yuan


def _whole_db(over: Fraction, how: FractionOfDecibel) -> int:
    if over < 0:
        raise ValueError(f"{over} decibels over the limit: only points that exceed are given")
    if over.denominator != 1 and how is FractionOfDecibel.REFUSE:
        raise ValueError(f"{over} decibels: the rate says nothing of fractions of a decibel")
    return int(over + Fraction(1, 2))
