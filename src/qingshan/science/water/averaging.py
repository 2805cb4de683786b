"""Means over time, points and sections (数据统计).

Means are exact fractions and are not rounded here. The exception is pH, whose mean goes
through the hydrogen ion: it is computed with fifty digits and kept to thirty.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from fractions import Fraction

from qingshan.kernel.basis import Missing
from qingshan.kernel.rounding import Exact, exact, mean
from qingshan.science.water.section import Values

__all__ = [
    "Mean",
    "PeriodRule",
    "geometric_mean",
    "item_mean",
    "lake_mean",
    "mean_over_period",
    "mean_over_sections",
    "ph_mean",
]

_DIGITS, _KEPT = 50, 30


@dataclass(frozen=True, slots=True)
class PeriodRule:
    """How many results a period needs (有效监测次数).

    ``fewest`` of ``expected`` results are enough; with fewer there is a mean for
    information but none that may be judged.
    """

    period: str
    fewest: int
    expected: int


@dataclass(frozen=True, slots=True)
class Mean:
    """A mean, how many values it used, and which were missing and why."""

    value: Fraction | Missing
    used: int
    missing: tuple[Missing, ...]


def item_mean(item: str, values: Sequence[Exact]) -> Fraction:
    """Return the mean of an item the way the item asks: pH through the hydrogen ion, others plainly.

    Parameters
    ----------
    item : str
        ``pH`` and ``FecalColi`` have their own mean, every other item the arithmetic one.
    values : sequence of Decimal, Fraction, int or str
        At least one; non-detects already as an amount.

    Returns
    -------
    Fraction
        Unit of the item, not rounded.

    Raises
    ------
    ValueError
        No value, or a bacterial count that is not above zero.
    TypeError
        A binary float.

    Source
    ------
    环办〔2011〕22号, 一(二) (arithmetic mean). pH through the hydrogen ion and the geometric
    mean of coliforms are seen in implementations, not in the text: the caller marks them.

    Examples
    --------
    >>> item_mean("NH3N", ["0.9", "1.2", "0.8"])
    Fraction(29, 30)
    """
    if item == "pH":
        return ph_mean(values)
    if item == "FecalColi":
        return geometric_mean(values)
    return mean(values)


def ph_mean(values: Sequence[Exact]) -> Fraction:
    """Return the mean pH: the negative logarithm of the mean hydrogen ion.

    Parameters
    ----------
    values : sequence of Decimal, Fraction, int or str
        pH, dimensionless, at least one.

    Returns
    -------
    Fraction
        pH with thirty decimals; the mean of equal values is that value.

    Raises
    ------
    ValueError
        No value.

    Source
    ------
    Attributed to 环办监测函〔2020〕82号 by two implementations; the text was not seen.

    Examples
    --------
    >>> float(round(ph_mean(["6.0", "8.0"]), 3)), ph_mean(["9.0", "9.0"])
    (6.297, Fraction(9, 1))
    """
    if not values:
        raise ValueError("the mean of no values")
    with localcontext() as context:
        context.prec = _DIGITS
        ions = [Decimal(10) ** -_decimal(value) for value in values]
        ion = sum(ions, Decimal(0)) / len(ions)
        return Fraction((-ion.log10()).quantize(Decimal(1).scaleb(-_KEPT)))


def geometric_mean(values: Sequence[Exact]) -> Fraction:
    """Return the geometric mean, as used for bacterial counts.

    Parameters
    ----------
    values : sequence of Decimal, Fraction, int or str
        At least one, each above zero.

    Returns
    -------
    Fraction
        Unit of the values, to thirty decimals.

    Raises
    ------
    ValueError
        No value, or one that is not above zero.

    Source
    ------
    Seen in one groundwater implementation; coliforms take no part in a class.

    Examples
    --------
    >>> geometric_mean([100, 10000])
    Fraction(1000, 1)
    """
    if not values or any(exact(value) <= 0 for value in values):
        raise ValueError("a geometric mean needs one value or more, each above zero")
    with localcontext() as context:
        context.prec = _DIGITS
        logarithms = [_decimal(value).log10() for value in values]
        power = sum(logarithms, Decimal(0)) / len(logarithms)
        return Fraction((Decimal(10) ** power).quantize(Decimal(1).scaleb(-_KEPT)))


def mean_over_period(item: str, values: Sequence[Exact | Missing], rule: PeriodRule) -> Mean:
    """Return the mean of a period, when enough results are there.

    Parameters
    ----------
    item : str
    values : sequence of Decimal, Fraction, int, str or Missing
        Results of the period in any order.
    rule : PeriodRule
        Week, ten days, month: one is enough; quarter: two; year: the months of the year.

    Returns
    -------
    Mean
        Its value is Missing when fewer results are there than the rule asks for.

    Source
    ------
    环办〔2011〕22号, 一(二).

    Examples
    --------
    >>> quarter = PeriodRule("quarter", fewest=2, expected=3)
    >>> mean_over_period("TP", ["0.1", "0.2", Missing("frozen")], quarter).value
    Fraction(3, 20)
    >>> mean_over_period("TP", ["0.1"], quarter).value
    Missing(reason='1_of_at_least_2_results')
    """
    numbers = [value for value in values if not isinstance(value, Missing)]
    gaps = tuple(value for value in values if isinstance(value, Missing))
    if len(numbers) < rule.fewest:
        reason = Missing(f"{len(numbers)}_of_at_least_{rule.fewest}_results")
        return Mean(reason, len(numbers), gaps)
    return Mean(item_mean(item, numbers), len(numbers), gaps)


def mean_over_sections(sections: Sequence[Values]) -> dict[str, Fraction]:
    """Return the mean of each item over sections, for a river with fewer than five of them.

    Parameters
    ----------
    sections : sequence of mappings of item to value
        As for `section.section_class`; a missing value leaves that section out for that item.

    Returns
    -------
    dict of item to Fraction
        Items that some section has a value for, in order of first appearance.

    Source
    ------
    环办〔2011〕22号, 二(二)1.

    Examples
    --------
    >>> mean_over_sections([{"TP": "0.1"}, {"TP": "0.3", "DO": "6"}])
    {'TP': Fraction(1, 5), 'DO': Fraction(6, 1)}
    """
    gathered: dict[str, list[Exact]] = {}
    for section in sections:
        for item, value in section.items():
            if not isinstance(value, Missing):
                gathered.setdefault(item, []).append(value)
    return {item: item_mean(item, values) for item, values in gathered.items()}


def lake_mean(item: str, points: Mapping[str, Sequence[Exact]]) -> tuple[dict[str, Fraction], Fraction]:
    """Return the mean over time at each point of a lake, and the mean of those over the points.

    Parameters
    ----------
    item : str
    points : mapping of point to sequence of values
        At least one point, each with at least one value.

    Returns
    -------
    (dict of point to Fraction, Fraction)
        A point with more samples weighs no more than the others.

    Raises
    ------
    ValueError
        No point, or a point without a value.

    Source
    ------
    环办〔2011〕22号, 二(三)1.

    Examples
    --------
    >>> lake_mean("TP", {"东": ["0.04", "0.06"], "西": ["0.07"]})
    ({'东': Fraction(1, 20), '西': Fraction(7, 100)}, Fraction(3, 50))
    """
    over_time = {point: item_mean(item, values) for point, values in points.items()}
    return over_time, item_mean(item, list(over_time.values()))


def _decimal(value: Exact) -> Decimal:
    number = exact(value)
    return Decimal(number.numerator) / Decimal(number.denominator)
