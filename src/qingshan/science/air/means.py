"""Means of hours and of stations, with their validity (日均值、8 小时滑动平均、城市均值)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from qingshan.kernel.basis import Missing
from qingshan.kernel.rounding import divide_half_even, mean

__all__ = ["OzoneDayRules", "city_mean", "daily_mean", "ozone_daily_maximum", "running_mean", "valid_mean"]

Steps = int | Missing
"""A concentration in whole reporting steps, or why there is none."""


@dataclass(frozen=True, slots=True)
class OzoneDayRules:
    """What makes a daily maximum 8-hour ozone mean valid (臭氧日最大 8 小时).

    ``limit`` is the limit in reporting steps: with too few windows a
    maximum that exceeds it still counts.
    """

    hours_per_window: int = 8
    min_hours: int = 6
    first_window_ends: int = 8
    last_window_ends: int = 24
    min_windows: int = 14
    limit: int = 160


def valid_mean(values: Sequence[Steps], min_count: int, reason: str) -> Fraction | Missing:
    """Return the exact mean of the values that are there, when there are enough of them.

    Parameters
    ----------
    values : sequence of int or Missing
    min_count : int
        Least number of values.
    reason : str
        Reason of the missing mean otherwise.

    Returns
    -------
    Fraction or Missing
        In reporting steps, not rounded.

    Source
    ------
    GB 3095-2012 and -2026, table 4: every valid value takes part; fewer than the least number are invalid.

    Examples
    --------
    >>> valid_mean([1, 2, Missing("blank")], 2, "too_few")
    Fraction(3, 2)
    >>> valid_mean([1, Missing("blank")], 2, "too_few")
    Missing(reason='too_few')
    """
    present = [value for value in values if not isinstance(value, Missing)]
    return mean(present) if len(present) >= max(1, min_count) else Missing(reason)


def daily_mean(hours: Sequence[Steps], min_hours: int = 20) -> Steps:
    """Return the mean of a day's hours in reporting steps, a half rounded to the even step (24 小时平均).

    Parameters
    ----------
    hours : sequence of 24 int or Missing
        Hourly concentrations in reporting steps; the first ends at 01:00, the last at 24:00.
    min_hours : int
        Least number of valid hours.

    Returns
    -------
    int or Missing
        Missing with reason ``valid_hours_below_20``.

    Source
    ------
    GB 3095-2026, table 4; the 2012 edition has the same number.

    Examples
    --------
    >>> daily_mean([30] * 12 + [31] * 12), daily_mean([30] * 19 + [Missing("blank")] * 5)
    (30, Missing(reason='valid_hours_below_20'))
    """
    _need_a_day(hours)
    return _rounded(valid_mean(hours, min_hours, f"valid_hours_below_{min_hours}"))


def running_mean(hours: Sequence[Steps], rules: OzoneDayRules) -> tuple[Fraction | Missing, ...]:
    """Return the mean of each run of eight hours that ends in the day, exactly (8 小时滑动平均).

    Parameters
    ----------
    hours : sequence of 24 int or Missing
        As `daily_mean`.

    Returns
    -------
    tuple
        One mean per window, ending at 08:00, 09:00 ... 24:00: 17 of them.

    Source
    ------
    GB 3095-2026, terms 3.7 to 3.13 and table 4; HJ 663, clause 6.1.2 for the windows.

    Examples
    --------
    >>> means = running_mean([Missing("blank")] * 3 + [100] * 21, OzoneDayRules())
    >>> means[0], means[1], len(means)
    (Missing(reason='valid_hours_below_6'), Fraction(100, 1), 17)
    """
    _need_a_day(hours)
    reason = f"valid_hours_below_{rules.min_hours}"
    ends = range(rules.first_window_ends, rules.last_window_ends + 1)
    return tuple(
        valid_mean(hours[end - rules.hours_per_window : end], rules.min_hours, reason) for end in ends
    )


def ozone_daily_maximum(hours: Sequence[Steps], rules: OzoneDayRules) -> Steps:
    """Return the largest 8-hour mean of a day in reporting steps (臭氧日最大 8 小时平均, MDA8).

    Parameters
    ----------
    hours : sequence of 24 int or Missing
        As `daily_mean`.
    rules : OzoneDayRules

    Returns
    -------
    int or Missing
        Missing with reason ``valid_windows_below_14``.

    Notes
    -----
    With fewer than 14 valid windows the value counts when it exceeds the limit. The text does
    not say whether the rounded or the exact mean is compared; the rounded one is, as everywhere
    else in the evaluation.

    Source
    ------
    HJ 663-2013 and -2026, clause 6.1.2.

    Examples
    --------
    >>> rules = OzoneDayRules()
    >>> ozone_daily_maximum([50] * 10 + [170] * 8 + [60] * 6, rules)
    170
    >>> early = [170] * 12 + [Missing("blank")] * 12
    >>> ozone_daily_maximum(early, rules), ozone_daily_maximum([150] * 12 + early[12:], rules)
    (170, Missing(reason='valid_windows_below_14'))
    """
    windows = [window for window in running_mean(hours, rules) if not isinstance(window, Missing)]
    if not windows:
        return Missing(f"valid_windows_below_{rules.min_windows}")
    largest = _half_even(max(windows))
    if len(windows) < rules.min_windows and largest <= rules.limit:
        return Missing(f"valid_windows_below_{rules.min_windows}")
    return largest


def city_mean(stations: Sequence[Steps], share_percent: tuple[int, int] = (75, 50)) -> Steps:
    """Return the mean of a city's stations in reporting steps (城市均值).

    Parameters
    ----------
    stations : sequence of int or Missing
        Daily values (O3: daily maxima) of the city's urban assessment stations, one each.
    share_percent : (int, int)
        Least share of stations with a value, for four stations or more and for fewer.

    Returns
    -------
    int or Missing
        Missing with reason ``valid_stations_below_share``.

    Notes
    -----
    The share was not found in the 2026 text and is not verified in the 2013 one.

    Source
    ------
    HJ 663-2026, table A.2 (mean of stations).

    Examples
    --------
    >>> city_mean([150, 171, 163, 158])
    160
    >>> city_mean([30, Missing("down"), Missing("down")])
    Missing(reason='valid_stations_below_share')
    """
    needed = share_percent[0] if len(stations) >= 4 else share_percent[1]
    present = sum(not isinstance(value, Missing) for value in stations)
    if present * 100 < needed * len(stations):
        return Missing("valid_stations_below_share")
    return _rounded(valid_mean(stations, 1, "valid_stations_below_share"))


def _half_even(value: Fraction) -> int:
    return divide_half_even(value.numerator, value.denominator)


def _rounded(value: Fraction | Missing) -> Steps:
    return value if isinstance(value, Missing) else _half_even(value)


def _need_a_day(hours: Sequence[Steps]) -> None:
    if len(hours) != 24:
        raise ValueError(f"{len(hours)} hours; a day has 24, the missing ones with their reason")
