"""Whether a series rises or falls: rank correlation with time, and the median slope (趋势)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import combinations
from math import ceil, floor, isqrt
from typing import Literal

from qingshan.kernel.rounding import Exact, exact
from qingshan.science.statistics.percentiles import median
from qingshan.science.statistics.ranks import mean_ranks

__all__ = ["RankTrend", "SenSlope", "UnknownCriticalValue", "rank_trend", "sen_slope"]

Direction = Literal["rising", "falling", "none"]


class UnknownCriticalValue(LookupError):
    """The table has no critical value for a series of this length."""


@dataclass(frozen=True, slots=True)
class RankTrend:
    """Rank correlation of a series with time (秩相关), and what it says at the chosen level."""

    sum_of_squares: Fraction
    coefficient: Fraction
    critical: Decimal
    is_significant: bool
    direction: Direction


@dataclass(frozen=True, slots=True)
class SenSlope:
    """The median of all slopes between two times, with its interval (Theil–Sen 斜率及置信区间)."""

    slope: Fraction
    lower: Fraction
    upper: Fraction

    @property
    def direction(self) -> Direction:
        """Rising or falling when the whole interval lies on one side of zero."""
        if self.lower > 0:
            return "rising"
        return "falling" if self.upper < 0 else "none"


def rank_trend(
    values: Sequence[Exact], critical: Mapping[int, Decimal], *, equal_is_significant: bool = True
) -> RankTrend:
    """Return the rank correlation of a series with its order in time (Spearman 秩相关系数).

    Parameters
    ----------
    values : sequence of decimals
        One per period, oldest first.
    critical : mapping of int to Decimal
        Number of periods to the critical coefficient.
    equal_is_significant : bool
        Whether a coefficient equal to the critical one is significant: yes by the annex for
        air; the method for surface water asks for a greater one.

    Returns
    -------
    RankTrend

    Raises
    ------
    UnknownCriticalValue
        The table has none for so many periods. Not interpolated: the table has gaps.

    Notes
    -----
    Equal values share the mean of their ranks. The standards' formula is used with ties too,
    without the correction of statistics books.

    Source
    ------
    HJ 663-2013, annex B; the same formula stands in 地表水环境质量评价办法（试行）. The critical
    values come from the usual two-sided table and are not verified in the text.

    Examples
    --------
    >>> trend = rank_trend([43, 41, 38, 35, 30, 25], {6: Decimal("0.829")})
    >>> trend.sum_of_squares, trend.coefficient, trend.direction
    (Fraction(70, 1), Fraction(-1, 1), 'falling')
    """
    count = len(values)
    if count not in critical:
        raise UnknownCriticalValue(f"no critical value for {count} periods; there are {sorted(critical)}")
    squares = sum(((rank - time) ** 2 for time, rank in enumerate(mean_ranks(values), 1)), Fraction(0))
    coefficient = 1 - 6 * squares / (count**3 - count)
    size, bound = abs(coefficient), Fraction(critical[count])
    is_significant = size > bound or (equal_is_significant and size == bound)
    if not is_significant:
        return RankTrend(squares, coefficient, critical[count], False, "none")
    return RankTrend(squares, coefficient, critical[count], True, "rising" if coefficient > 0 else "falling")


def sen_slope(
    values: Sequence[Exact], times: Sequence[Exact] | None = None, z: Decimal = Decimal("1.960")
) -> SenSlope:
    """Return the median slope of a series and its interval of confidence (Theil–Sen).

    Parameters
    ----------
    values : sequence of decimals
        Three or more.
    times : sequence of decimals, optional
        Of the values, all different; 0, 1, 2 ... when not given.
    z : Decimal
        Quantile of the normal distribution: 1.960 for 95 %, 1.645 for 90 %.

    Returns
    -------
    SenSlope
        In units of the values per unit of time. The interval takes the slopes at the ranks
        (N ∓ C) / 2, widened outwards to whole ranks, with C from Kendall's variance and ties.

    Raises
    ------
    ValueError
        Fewer than three values, or two equal times.

    Source
    ------
    Sen 1968; interval after Gilbert 1987, section 16.5. No Chinese standard fixes it.

    Examples
    --------
    >>> trend = sen_slope([10, 12, 13, 17, 18, 21, 22])
    >>> str(trend.slope), trend.direction
    ('2', 'rising')
    """
    numbers = [exact(value) for value in values]
    clock = (
        [exact(time) for time in times] if times is not None else [Fraction(i) for i in range(len(numbers))]
    )
    if len(numbers) < 3 or len(set(clock)) != len(numbers):
        raise ValueError(
            f"{len(numbers)} values at {len(set(clock))} different times; three or more, each its own"
        )
    points = list(zip(clock, numbers, strict=True))
    slopes = sorted((y2 - y1) / (x2 - x1) for (x1, y1), (x2, y2) in combinations(points, 2))
    half = _half_width(numbers, exact(z))
    middle = Fraction(len(slopes), 2)
    first = max(0, floor(middle - half) - 1)
    last = min(len(slopes) - 1, ceil(middle + half))
    return SenSlope(median(slopes), slopes[first], slopes[last])


def _half_width(numbers: Sequence[Fraction], z: Fraction) -> Fraction:
    """Half of C = z · sqrt(Var S), the root taken upwards to four decimals."""
    n = len(numbers)
    ties = sum(t * (t - 1) * (2 * t + 5) for t in Counter(numbers).values())
    variance = Fraction(n * (n - 1) * (2 * n + 5) - ties, 18)
    root = isqrt(int(variance * 10**8)) + 1
    return z * Fraction(root, 10**4) / 2
