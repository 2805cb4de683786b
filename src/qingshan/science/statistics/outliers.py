"""Screens that name suspicious values and never remove one (异常值筛查).

A screen is a question to a person. What it names keeps its value; a reviewer decides.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from qingshan.kernel.basis import Missing
from qingshan.kernel.rounding import Exact, exact
from qingshan.science.statistics.percentiles import median

__all__ = ["Suspect", "far_from_median", "jumps", "stuck_runs"]

Series = Sequence[Exact | Missing]


@dataclass(frozen=True, slots=True)
class Suspect:
    """Places of a series, from ``first`` to ``last`` inclusive, and why they look wrong."""

    first: int
    last: int
    reason: str


def far_from_median(values: Series, times: Exact = 5) -> tuple[Suspect, ...]:
    """Name values further from the median than some median deviations (中位数绝对偏差法).

    Parameters
    ----------
    values : sequence of decimals or Missing
    times : decimal
        How many median absolute deviations are still usual.

    Returns
    -------
    tuple of Suspect
        Empty where more than half of the values are equal: the deviation is zero and says nothing.

    Source
    ------
    Our own; no standard fixes it. Median absolute deviation after Hampel.

    Examples
    --------
    >>> far_from_median([10, 11, 12, 11, 10, 300])
    (Suspect(first=5, last=5, reason='far_from_median'),)
    """
    present = {place: exact(value) for place, value in enumerate(values) if not isinstance(value, Missing)}
    if not present:
        return ()
    middle = median(list(present.values()))
    deviation = median([abs(value - middle) for value in present.values()])
    if deviation == 0:
        return ()
    far = exact(times) * deviation
    return tuple(Suspect(i, i, "far_from_median") for i, v in present.items() if abs(v - middle) > far)


def jumps(values: Series, step: Exact) -> tuple[Suspect, ...]:
    """Name single values that leave both neighbours by more than a step, to the same side (突跳).

    Parameters
    ----------
    values : sequence of decimals or Missing
        In order of time.
    step : decimal
        In the unit of the values.

    Returns
    -------
    tuple of Suspect

    Source
    ------
    Our own; no standard fixes it.

    Examples
    --------
    >>> jumps([10, 11, 90, 12, 13], 50)
    (Suspect(first=2, last=2, reason='jump'),)
    >>> jumps([10, 11, 90, 91, 92], 50)
    ()
    """
    limit = exact(step)
    found = []
    for place in range(1, len(values) - 1):
        before, here, after = (_number(values[place + shift]) for shift in (-1, 0, 1))
        if before is None or here is None or after is None:
            continue
        left, right = here - before, here - after
        if min(left, right) > limit or max(left, right) < -limit:
            found.append(Suspect(place, place, "jump"))
    return tuple(found)


def stuck_runs(values: Series, at_least: int = 6) -> tuple[Suspect, ...]:
    """Name runs of one and the same value (恒值、卡滞). A missing value ends a run.

    Parameters
    ----------
    values : sequence of decimals or Missing
        In order of time.
    at_least : int
        Length of a run that is named.

    Returns
    -------
    tuple of Suspect

    Source
    ------
    Our own; no standard fixes it.

    Examples
    --------
    >>> stuck_runs([1, 7, 7, 7, 7, 2], at_least=4)
    (Suspect(first=1, last=4, reason='stuck'),)
    """
    found, first = [], 0
    numbers = [_number(value) for value in values]
    for place in range(1, len(numbers) + 1):
        if place < len(numbers) and numbers[place] is not None and numbers[place] == numbers[first]:
            continue
        if numbers[first] is not None and place - first >= at_least:
            found.append(Suspect(first, place - 1, "stuck"))
        first = place
    return tuple(found)


def _number(value: Exact | Missing) -> Fraction | None:
    return None if isinstance(value, Missing) else exact(value)
