"""Days and years over whole columns of codes: means, ozone maxima, yearly evaluation.

Everything is whole numbers: a mean is a sum and a count, a percentile is hundredths of a
step, and each is rounded once. Results equal `means` and `period` on every element.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from qingshan.kernel.rounding_arrays import divide_half_even
from qingshan.science.air.bulk import MISSING, Codes
from qingshan.science.air.means import OzoneDayRules
from qingshan.science.air.period import ItemRules, PeriodRules

__all__ = ["UNKNOWN", "YearColumns", "city_means", "daily_means", "ozone_daily_maxima", "year_columns"]

TILE_DAYS = 8_192

UNKNOWN = -1
"""Where a year column has no value."""

Whole = NDArray[np.int64]


def daily_means(hours: Codes, min_hours: int = 20) -> Codes:
    """Return the mean of each day in reporting steps; `MISSING` below the least number of hours.

    Parameters
    ----------
    hours : array of uint16, shape (..., 24)
        Codes of the hours of each day.
    min_hours : int

    Returns
    -------
    array of uint16, shape (...)

    Raises
    ------
    ValueError
        The last axis is not 24 hours long.

    Source
    ------
    GB 3095-2026, table 4; as `means.daily_mean`.

    Examples
    --------
    >>> daily_means(np.array([[60] * 12 + [61] * 12, [60] * 19 + [65535] * 5], np.uint16))
    array([   60, 65535], dtype=uint16)
    """
    flat = _days(hours)
    result = np.empty(len(flat), np.uint16)
    for start in range(0, len(flat), TILE_DAYS):
        tile = np.ascontiguousarray(flat[start : start + TILE_DAYS].T)  # hour by hour: long rows to add
        total, count = _sums(tile)
        means = divide_half_even(total, np.maximum(count, 1))
        result[start : start + TILE_DAYS] = np.where(count >= max(1, min_hours), means, MISSING)
    return result.reshape(hours.shape[:-1])


def ozone_daily_maxima(hours: Codes, rules: OzoneDayRules) -> Codes:
    """Return the largest valid 8-hour mean of each day in reporting steps.

    Parameters
    ----------
    hours : array of uint16, shape (..., 24)
    rules : OzoneDayRules

    Returns
    -------
    array of uint16, shape (...)
        `MISSING` where too few windows are valid and the maximum does not exceed the limit.

    Source
    ------
    HJ 663-2013 and -2026, clause 6.1.2; as `means.ozone_daily_maximum`.

    Examples
    --------
    >>> ozone_daily_maxima(np.array([[50] * 10 + [170] * 8 + [60] * 6], np.uint16), OzoneDayRules())
    array([170], dtype=uint16)
    """
    flat = _days(hours)
    result = np.empty(len(flat), np.uint16)
    for start in range(0, len(flat), TILE_DAYS):
        tile = np.ascontiguousarray(flat[start : start + TILE_DAYS].T)
        result[start : start + TILE_DAYS] = _maxima(tile, rules)
    return result.reshape(hours.shape[:-1])


def city_means(
    stations: Codes, city_of: NDArray[np.integer], cities: int, share_percent: tuple[int, int] = (75, 50)
) -> Codes:
    """Return the mean of each city's stations on each day in reporting steps.

    Parameters
    ----------
    stations : array of uint16, shape (stations, days)
    city_of : array of int, shape (stations,)
        Number of the city of each station, from 0; -1 for a station of none.
    cities : int
    share_percent : (int, int)
        As `means.city_mean`.

    Returns
    -------
    array of uint16, shape (cities, days)
        `MISSING` where too few stations have a value.

    Source
    ------
    HJ 663-2026, table A.2.

    Examples
    --------
    >>> city_means(np.array([[150], [171], [163], [158]], np.uint16), np.zeros(4, int), 1)
    array([[160]], dtype=uint16)
    """
    result = np.full((cities, stations.shape[1]), MISSING, np.uint16)
    for city in range(cities):
        own = stations[city_of == city]
        if len(own):
            total, count = _sums(own)
            needed = share_percent[0] if len(own) >= 4 else share_percent[1]
            enough = (count > 0) & (count.astype(np.int64) * 100 >= needed * len(own))
            means = divide_half_even(total, np.maximum(count, 1))
            result[city] = np.where(enough, means, MISSING)
    return result


@dataclass(frozen=True, slots=True)
class YearColumns:
    """A year of one pollutant at many stations; every column has one value per station.

    ``mean`` and ``percentile`` are rounded as compared with the limit, in steps of the
    attainment decimals; ``mean_shown`` and ``percentile_shown`` as shown, in steps of the
    statistics decimals; multiples in hundredths. `UNKNOWN` where there is none.
    ``attained`` is 1, 0, or `UNKNOWN`.
    """

    valid_days: Whole
    is_valid: NDArray[np.bool_]
    mean: Whole
    mean_shown: Whole
    percentile: Whole
    percentile_shown: Whole
    mean_multiple: Whole
    percentile_multiple: Whole
    attained: Whole


def year_columns(days: Codes, first_day: date, item: ItemRules, rules: PeriodRules) -> YearColumns:
    """Return the year of one pollutant at every station.

    Parameters
    ----------
    days : array of uint16, shape (stations, days of the year)
        Daily values in reporting steps.
    first_day : date
        1 January of the year.
    item : ItemRules
    rules : PeriodRules

    Returns
    -------
    YearColumns

    Raises
    ------
    ValueError
        The days are not those of one whole calendar year.

    Source
    ------
    As `period.year_item`.

    Examples
    --------
    >>> from decimal import Decimal
    >>> item = ItemRules(0, 1, 0, Decimal(30), Decimal(60), 95)
    >>> found = year_columns(np.full((2, 365), 31, np.uint16), date(2025, 1, 1), item, PeriodRules())
    >>> found.mean_shown, found.attained
    (array([310, 310]), array([0, 0]))
    """
    months = _months(days, first_day)
    present = days != MISSING
    valid_days = present.sum(axis=1, dtype=np.int64)
    is_valid = _valid_years(present, valid_days, months, rules)
    hundredths = _percentiles(days, valid_days, item.percent)
    pct, pct_shown = (
        _rounded(hundredths, np.int64(100), item.decimals, keep, is_valid)
        for keep in (item.attainment_decimals, item.statistics_decimals)
    )
    pct_multiple, pct_ok = _against(pct, item.daily_limit, item.attainment_decimals)
    nothing = np.full(len(days), UNKNOWN, np.int64)
    if item.annual_limit is None:
        attained = np.where(is_valid, pct_ok, UNKNOWN)
        return YearColumns(
            valid_days, is_valid, nothing, nothing, pct, pct_shown, nothing, pct_multiple, attained
        )
    total = np.where(present, days, 0).sum(axis=1, dtype=np.int64)
    mean, mean_shown = (
        _rounded(total, np.maximum(valid_days, 1), item.decimals, keep, is_valid)
        for keep in (item.attainment_decimals, item.statistics_decimals)
    )
    mean_multiple, mean_ok = _against(mean, item.annual_limit, item.attainment_decimals)
    attained = np.where(is_valid, mean_ok & pct_ok, UNKNOWN)
    return YearColumns(
        valid_days, is_valid, mean, mean_shown, pct, pct_shown, mean_multiple, pct_multiple, attained
    )


def _days(hours: Codes) -> Codes:
    if hours.ndim < 1 or hours.shape[-1] != 24:
        raise ValueError(f"shape {hours.shape}; the last axis is the 24 hours of a day")
    return hours.reshape(-1, 24)


def _sums(tile: Codes) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    """Sum and number of the present values along the first axis."""
    present = tile != MISSING
    total = np.where(present, tile, np.uint16(0)).sum(axis=0, dtype=np.uint32)
    return total, present.sum(axis=0, dtype=np.uint32)


def _maxima(tile: Codes, rules: OzoneDayRules) -> Whole:
    present = tile != MISSING
    totals = _running(np.where(present, tile, np.uint16(0)), rules)
    counts = _running(present.view(np.uint8), rules)
    # Means with different counts are compared over one denominator, so the largest is exact.
    least = max(1, rules.min_hours)
    common = np.lcm.reduce(np.arange(least, rules.hours_per_window + 1))
    per_count = np.zeros(rules.hours_per_window + 1, np.int64)
    per_count[least:] = common // np.arange(least, rules.hours_per_window + 1)
    largest = (totals * per_count[counts]).max(axis=0)
    windows = (counts >= least).sum(axis=0)
    rounded = divide_half_even(largest, int(common))
    enough = (windows >= rules.min_windows) | ((windows > 0) & (rounded > rules.limit))
    result: Whole = np.where(enough, rounded, MISSING)
    return result


def _running(values: NDArray[np.integer], rules: OzoneDayRules) -> Whole:
    """Sums over each window of the day, along the first axis."""
    sums = np.zeros((25, values.shape[1]), np.int64)
    np.cumsum(values, axis=0, dtype=np.int64, out=sums[1:])
    ends = np.arange(rules.first_window_ends, rules.last_window_ends + 1)
    result: Whole = sums[ends] - sums[ends - rules.hours_per_window]
    return result


def _months(days: Codes, first_day: date) -> NDArray[np.int64]:
    """Month (0 to 11) of every day of the year."""
    after = date(first_day.year + 1, 1, 1)
    if (first_day.month, first_day.day) != (1, 1) or days.ndim != 2:
        raise ValueError(f"{days.ndim} axes from {first_day}; give stations by days, from 1 January")
    length = (after - first_day).days
    if days.shape[1] != length:
        raise ValueError(f"{days.shape[1]} days; {first_day.year} has {length}")
    stamps = np.datetime64(first_day, "D") + np.arange(length)
    months: NDArray[np.int64] = stamps.astype("datetime64[M]").astype(np.int64) % 12
    return months


def _valid_years(
    present: NDArray[np.bool_], valid_days: Whole, months: NDArray[np.int64], rules: PeriodRules
) -> NDArray[np.bool_]:
    starts = np.searchsorted(months, np.arange(12))
    by_month = np.add.reduceat(present, starts, axis=1, dtype=np.int64)
    least = np.full(12, rules.month)
    least[1] = rules.february
    result: NDArray[np.bool_] = (valid_days >= rules.year) & (by_month >= least).all(axis=1)
    return result


def _percentiles(days: Codes, valid_days: Whole, percent: int) -> Whole:
    """The percentile of each row, in hundredths of a step. Missing codes sort last and are never reached."""
    rising = np.sort(days, axis=1).astype(np.int64)
    whole, hundredths = np.divmod((np.maximum(valid_days, 1) - 1) * percent, 100)
    rows = np.arange(len(days))
    low = rising[rows, whole]
    high = rising[rows, np.minimum(whole + 1, days.shape[1] - 1)]
    result: Whole = np.where(hundredths == 0, 100 * low, 100 * low + (high - low) * hundredths)
    return result


def _rounded(
    top: Whole, bottom: Whole | np.int64, decimals: int, keep: int, where: NDArray[np.bool_]
) -> Whole:
    """Quotients in steps of ``decimals`` decimals, rounded once to ``keep``; `UNKNOWN` elsewhere."""
    finer, coarser = 10 ** max(0, keep - decimals), 10 ** max(0, decimals - keep)
    result: Whole = np.where(where, divide_half_even(top * finer, np.asarray(bottom * coarser)), UNKNOWN)
    return result


def _against(values: Whole, limit: Decimal, decimals: int) -> tuple[Whole, NDArray[np.bool_]]:
    """Exceedance multiples in hundredths (`UNKNOWN` where none), and whether each is within the limit."""
    whole = int(limit * 10**decimals)
    if whole != limit * 10**decimals:
        raise ValueError(f"the limit {limit} has more than {decimals} decimals")
    within: NDArray[np.bool_] = values <= whole
    multiples: Whole = np.where(within, UNKNOWN, divide_half_even(100 * (values - whole), whole))
    return multiples, within
