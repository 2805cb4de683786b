"""The percentile of a series, exactly (百分位数)."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

from qingshan.kernel.rounding import Exact, exact

__all__ = ["median", "percentile", "percentile_place"]


def percentile_place(count: int, percent: Exact) -> Fraction:
    """Return the place k of a percentile among ``count`` rising values, counted from 1.

    Parameters
    ----------
    count : int, scalar
        Number of valid values.
    percent : decimal
        0 to 100.

    Returns
    -------
    Fraction

    Raises
    ------
    ValueError
        No values, or a percentage outside 0 to 100.

    Source
    ------
    HJ 663-2013 and -2026, annex A: k = 1 + (n − 1) · p%.

    Examples
    --------
    >>> percentile_place(365, 90)
    Fraction(1643, 5)
    """
    share = exact(percent)
    if count < 1 or not 0 <= share <= 100:
        raise ValueError(f"the {percent}th percentile of {count} values")
    return 1 + (count - 1) * share / 100


def percentile(rising: Sequence[Exact], percent: Exact) -> Fraction:
    """Return the percentile of values in rising order, interpolated between its two neighbours.

    Parameters
    ----------
    rising : sequence of decimals
        Valid values, sorted; any unit.
    percent : decimal
        0 to 100.

    Returns
    -------
    Fraction
        Exact, in the unit of the values.

    Raises
    ------
    ValueError
        No values, values that do not rise, or a percentage outside 0 to 100.

    Source
    ------
    HJ 663-2013 and -2026, annex A.

    Examples
    --------
    >>> percentile(range(1, 366), 98)
    Fraction(8943, 25)
    """
    values = [exact(value) for value in rising]
    if any(later < earlier for earlier, later in pairwise(values)):
        raise ValueError("the values do not rise")
    place = percentile_place(len(values), percent)
    below = int(place)
    low = values[below - 1]
    return low if place == below else low + (values[below] - low) * (place - below)


def median(values: Sequence[Exact]) -> Fraction:
    """Return the middle value, or the mean of the two in the middle; the order does not matter.

    Parameters
    ----------
    values : sequence of decimals
        One or more.

    Returns
    -------
    Fraction

    Source
    ------
    The 50th percentile of HJ 663, annex A.

    Examples
    --------
    >>> median([3, 1, 2, 10])
    Fraction(5, 2)
    """
    return percentile(sorted(exact(value) for value in values), 50)
