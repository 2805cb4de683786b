"""The composite index of a month or a year, and the order of cities by it (综合指数与排名)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from qingshan.kernel.basis import Basis, Missing
from qingshan.kernel.rounding import Exact, exact, mean, round_places

__all__ = ["CompositeIndex", "change_rate_percent", "composite_index", "good_day_ratio_percent", "plain_mean"]


@dataclass(frozen=True, slots=True)
class CompositeIndex:
    """A composite index, the single index of each pollutant, and the largest of them (最大单项指数)."""

    index: Decimal
    single: Mapping[str, Decimal]
    largest: Decimal
    main: tuple[str, ...]
    basis: Basis = field(default_factory=Basis)


def composite_index(
    concentrations: Mapping[str, Exact | Missing],
    limits: Mapping[str, Decimal],
    weights: Mapping[str, Exact] | None = None,
    decimals: int = 2,
    basis: Basis | None = None,
) -> CompositeIndex | Missing:
    """Return the sum of the single indices, each a concentration divided by its limit (综合指数).

    Parameters
    ----------
    concentrations : mapping of str to decimal or Missing
        Period mean of SO2, NO2, PM10 and PM2.5, 95th percentile of daily CO (mg/m³), 90th
        percentile of the daily ozone maxima; rounded as they are published.
    limits : mapping of str to Decimal
        Grade 2 limits: annual means, 24 hours for CO, 8 hours for O3. Decides which pollutants count.
    weights : mapping of str to decimal, optional
        1 for each when not given.
    decimals : int
        Of each single index, before they are added.

    Returns
    -------
    CompositeIndex or Missing
        Missing (``an_item_is_missing``) when a pollutant has no value: an index over fewer
        would look cleaner than the air is.

    Notes
    -----
    Each single index is rounded before the sum. No text says so; it reproduces every row
    published from August 2019 on, and adding first does not. Some older tables rounded halves
    up, so an index published then may differ by 0.01 to 0.02.

    Source
    ------
    城市环境空气质量排名技术规定 (环办监测〔2018〕19号). Weights are not verified for 2026.

    Examples
    --------
    >>> old = {"SO2": 60, "NO2": 40, "PM10": 70, "PM2.5": 35, "CO": 4, "O3": 160}
    >>> limits = {name: Decimal(limit) for name, limit in old.items()}
    >>> july = {"SO2": 7, "NO2": 9, "PM10": 25, "PM2.5": 14, "CO": "0.7", "O3": 94}
    >>> found = composite_index(july, limits)
    >>> found.index, found.main
    (Decimal('1.87'), ('O3',))
    """
    single: dict[str, Decimal] = {}
    for name, limit in limits.items():
        value = concentrations.get(name, Missing("not_given"))
        if isinstance(value, Missing):
            return Missing("an_item_is_missing")
        single[name] = round_places(exact(value) / exact(limit), decimals)
    heavy = weights or dict.fromkeys(limits, 1)
    total = sum(exact(heavy[name]) * exact(value) for name, value in single.items())
    largest = max(single.values())
    main = tuple(name for name, value in single.items() if value == largest)
    return CompositeIndex(round_places(total, decimals), single, largest, main, basis or Basis())


def good_day_ratio_percent(good_days: int, valid_days: int, decimals: int = 1) -> Decimal | Missing:
    """Return the share of days with an index of at most 100 among the valid days (优良天数比例).

    Parameters
    ----------
    good_days, valid_days : int, scalar
    decimals : int

    Returns
    -------
    Decimal or Missing
        Percent; missing (``no_valid_day``) when no day is valid.

    Raises
    ------
    ValueError
        More good days than valid ones, or a negative number.

    Source
    ------
    HJ 663-2013: one decimal.

    Examples
    --------
    >>> good_day_ratio_percent(309, 366)
    Decimal('84.4')
    """
    if not 0 <= good_days <= valid_days:
        raise ValueError(f"{good_days} good days of {valid_days} valid ones")
    if valid_days == 0:
        return Missing("no_valid_day")
    return round_places(exact(100 * good_days) / valid_days, decimals)


def change_rate_percent(this: Exact, last: Exact, decimals: int = 1) -> Decimal | Missing:
    """Return by how many percent a figure changed (变化率); missing when it was zero before.

    Parameters
    ----------
    this, last : Decimal, Fraction, int or str, scalar
        Same unit.
    decimals : int

    Returns
    -------
    Decimal or Missing
        Percent, negative for a fall.

    Source
    ------
    HJ 663-2013: one or two decimals; published bulletins print one.

    Examples
    --------
    >>> change_rate_percent(33, 41)
    Decimal('-19.5')
    """
    if exact(last) == 0:
        return Missing("nothing_to_compare_with")
    return round_places((exact(this) - exact(last)) / exact(last) * 100, decimals)


def plain_mean(values: Sequence[Exact], decimals: int) -> Decimal:
    """Return the mean of figures of parts, as county tables do for the whole city (全市均值).

    Parameters
    ----------
    values : sequence of decimals
        One or more, same unit.
    decimals : int

    Returns
    -------
    Decimal

    Notes
    -----
    Published tables print for the whole city the plain mean of the counties' figures, of the
    composite index too. It is not the index of the mean concentrations.

    Source
    ------
    Reproduces the whole-city rows of published county tables; no text was seen.

    Examples
    --------
    >>> plain_mean(["1.87", "1.90", "2.11", "2.29", "2.41", "2.70", "2.80", "2.84"], 2)
    Decimal('2.36')
    """
    return round_places(mean(values), decimals)
