"""Trend over periods: Spearman's rank correlation and the Theil-Sen slope (变化趋势).

Values are exact; a rank, a slope and its interval are fractions. Nothing here rounds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from enum import Enum
from fractions import Fraction
from itertools import combinations
from math import floor

from qingshan.kernel.basis import Missing
from qingshan.kernel.rounding import Exact, exact

__all__ = [
    "FEWEST_PERIODS",
    "RankTrend",
    "Slope",
    "Trend",
    "mean_ranks",
    "rank_correlation",
    "rank_trend",
    "theil_sen",
]

FEWEST_PERIODS = 5
"""Periods from which the rank correlation may be used (环办〔2011〕22号 and HJ 663, annex)."""

NORMAL_95 = Decimal("1.959964")
"""Two-sided 95 % point of the normal distribution."""


class Trend(Enum):
    """Direction of a series (变化趋势)."""

    RISING = "rising"
    FALLING = "falling"
    NONE = "no significant change"

    @property
    def label(self) -> str:
        """The words of a report."""
        return {"rising": "显著上升", "falling": "显著下降"}.get(self.value, "不显著")


@dataclass(frozen=True, slots=True)
class RankTrend:
    """Result of the rank correlation with time.

    ``critical`` is None where the table has no value for so few periods. ``table_periods``
    is the row of the table that was used: the next shorter one where the number of
    periods has no row, which asks for more.
    """

    correlation: Fraction
    squared_differences: Fraction
    periods: int
    critical: Fraction | None
    table_periods: int | None
    trend: Trend | Missing

    @property
    def is_significant(self) -> bool:
        """Whether the series rises or falls."""
        return self.trend in (Trend.RISING, Trend.FALLING)


@dataclass(frozen=True, slots=True)
class Slope:
    """Median slope and its interval, in units of the value by unit of time.

    The interval is Missing with too few points for its level.
    """

    median: Fraction
    low: Fraction | Missing
    high: Fraction | Missing
    points: int


def mean_ranks(values: Sequence[Exact]) -> list[Fraction]:
    """Return the rank of each value, ascending from 1; equal values share the mean of their ranks.

    Parameters
    ----------
    values : sequence of Decimal, Fraction, int or str

    Returns
    -------
    list of Fraction, same length

    Raises
    ------
    TypeError
        A binary float.

    Source
    ------
    The annexes are silent on ties; mean ranks are the usual choice and ours.

    Examples
    --------
    >>> [str(rank) for rank in mean_ranks(["0.3", "0.1", "0.3"])]
    ['5/2', '1', '5/2']
    """
    numbers = [exact(value) for value in values]
    ordered = sorted(numbers)
    first = {number: place for place, number in reversed(list(enumerate(ordered, start=1)))}
    return [first[number] + Fraction(ordered.count(number) - 1, 2) for number in numbers]


def rank_correlation(values: Sequence[Exact]) -> Fraction:
    """Return Spearman's rank correlation of a series with time.

    Parameters
    ----------
    values : sequence of Decimal, Fraction, int or str
        One value a period, in order of time; at least two.

    Returns
    -------
    Fraction
        -1 to 1, by 1 - 6 Σd² / (N³ - N).

    Raises
    ------
    ValueError
        Fewer than two periods.

    Notes
    -----
    With equal values the formula of the annex is kept as it is printed; it is not
    replaced by the correlation of the ranks.

    Source
    ------
    环办〔2011〕22号, annex; HJ 663, annex B.

    Examples
    --------
    >>> float(round(rank_correlation(["0.30", "0.28", "0.33", "0.31", "0.35", "0.36"]), 4))
    0.8857
    """
    periods = len(values)
    if periods < 2:
        raise ValueError(f"{periods} periods have no order; give two or more")
    return 1 - 6 * _squared_differences(values) / (periods**3 - periods)


def rank_trend(values: Sequence[Exact], critical: Mapping[int, Exact]) -> RankTrend:
    """Return whether a series rises or falls, by Spearman's rank correlation.

    Parameters
    ----------
    values : sequence of Decimal, Fraction, int or str
        One value a period, in order of time.
    critical : mapping of int to Decimal, Fraction, int or str
        Critical value for each number of periods, at the level asked for.

    Returns
    -------
    RankTrend
        Its trend is Missing with fewer than five periods. A number of periods that the table
        leaves out (11, 13 ...) uses the next smaller row, which is stricter.

    Raises
    ------
    ValueError
        Fewer than two periods.

    Source
    ------
    环办〔2011〕22号, annex: significant when the size of the correlation is greater than the
    critical value. Where it equals that value the annex leaves it not significant.

    Examples
    --------
    >>> found = rank_trend([20, 22, 21, 24, 26, 25, 28], {5: "0.9", 7: "0.714"})
    >>> float(round(found.correlation, 3)), found.trend.label
    (0.929, '显著上升')
    """
    correlation, periods = rank_correlation(values), len(values)
    row = max((n for n in critical if n <= periods), default=None)
    limit = None if row is None else exact(critical[row])
    trend: Trend | Missing
    if periods < FEWEST_PERIODS or limit is None:
        trend = Missing(f"{periods}_of_at_least_{FEWEST_PERIODS}_periods")
    elif abs(correlation) <= limit:
        trend = Trend.NONE
    else:
        trend = Trend.RISING if correlation > 0 else Trend.FALLING
    return RankTrend(correlation, _squared_differences(values), periods, limit, row, trend)


def theil_sen(
    values: Sequence[Exact], times: Sequence[Exact] = (), normal_point: Decimal = NORMAL_95
) -> Slope:
    """Return the median of all slopes between two points, with an interval.

    Parameters
    ----------
    values : sequence of Decimal, Fraction, int or str
        At least two.
    times : sequence of Decimal, Fraction, int or str
        As many, all different, any unit; without them 0, 1, 2 ...
    normal_point : Decimal
        Two-sided point of the normal distribution for the level of the interval.

    Returns
    -------
    Slope

    Raises
    ------
    ValueError
        Fewer than two points, another number of times, or two points at one time.

    Notes
    -----
    The interval takes the slopes at the ranks that Kendall's variance gives, corrected
    for equal values, and moves outwards to whole ranks. With so few points that a rank
    lies outside the slopes there is none.

    Source
    ------
    Sen 1968, J. Am. Stat. Assoc. 63; no environmental standard asks for it. It stands
    beside the rank correlation and decides no verdict.

    Examples
    --------
    >>> found = theil_sen([1, 2, 3, 4, 5, 6, 8, 20])
    >>> str(found.median), str(found.low), str(found.high)
    ('1', '1', '3')
    """
    numbers = [exact(value) for value in values]
    moments = [exact(time) for time in times] if times else [Fraction(n) for n in range(len(numbers))]
    if len(numbers) < 2 or len(moments) != len(numbers) or len(set(moments)) != len(moments):
        raise ValueError("give two points or more, each at a time of its own")
    points = sorted(zip(moments, numbers, strict=True))
    slopes = sorted((later[1] - first[1]) / (later[0] - first[0]) for first, later in combinations(points, 2))
    low, high = _interval(slopes, numbers, normal_point)
    return Slope(_median(slopes), low, high, len(numbers))


def _squared_differences(values: Sequence[Exact]) -> Fraction:
    ranks = mean_ranks(values)
    return sum(((rank - time) ** 2 for time, rank in enumerate(ranks, start=1)), Fraction(0))


def _median(ordered: Sequence[Fraction]) -> Fraction:
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def _interval(
    slopes: Sequence[Fraction], values: Sequence[Fraction], normal_point: Decimal
) -> tuple[Fraction, Fraction] | tuple[Missing, Missing]:
    with localcontext() as context:
        context.prec = 30
        width = normal_point * _kendall_variance(values).sqrt()
        rank = floor((len(slopes) - width) / 2)
    if rank < 1:
        reason = Missing(f"{len(values)}_points_are_too_few_for_an_interval")
        return reason, reason
    return slopes[rank - 1], slopes[len(slopes) - rank]


def _kendall_variance(values: Sequence[Fraction]) -> Decimal:
    """Variance of Kendall's sum without a trend, less what equal values take from it."""
    ties = [values.count(value) for value in set(values)]
    terms = [n * (n - 1) * (2 * n + 5) for n in (len(values), *ties)]
    return Decimal(terms[0] - sum(terms[1:])) / 18
