"""Months, quarters and years: their validity, their statistics, and whether they attain (达标评价)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction

from qingshan.kernel.basis import Basis, Missing
from qingshan.kernel.rounding import Exact, exact, mean, round_places
from qingshan.science.statistics.percentiles import percentile

__all__ = [
    "Attainment",
    "ItemRules",
    "PeriodRules",
    "YearItem",
    "attains",
    "city_attains",
    "exceed_multiple",
    "month_validity",
    "quarter_validity",
    "season_mean",
    "year_item",
    "year_validity",
]

Days = Mapping[date, int | Missing]
"""Daily values in reporting steps, by Beijing day; a day that is not there is missing."""


@dataclass(frozen=True, slots=True)
class PeriodRules:
    """Least numbers of valid days (数据有效性): of a month, of February, of a year."""

    month: int = 27
    february: int = 25
    year: int = 324


@dataclass(frozen=True, slots=True)
class ItemRules:
    """How one pollutant is evaluated over a year.

    Parameters
    ----------
    decimals : int
        Decimals of the reporting step (0; 1 for CO).
    statistics_decimals : int
        Decimals that a statistic is shown with.
    attainment_decimals : int
        Decimals it is rounded to before it is compared with a limit.
    annual_limit, daily_limit : Decimal or None
        Limits in the unit of the concentration; no annual limit for CO and O3.
    percent : int
        Which percentile of the daily values is evaluated.
    """

    decimals: int
    statistics_decimals: int
    attainment_decimals: int
    annual_limit: Decimal | None
    daily_limit: Decimal
    percent: int


@dataclass(frozen=True, slots=True)
class Attainment:
    """A value as it is compared, its limit, and by how much it exceeds it (达标与超标倍数)."""

    value: Decimal
    limit: Decimal
    is_attained: bool
    exceed_multiple: Decimal | None


@dataclass(frozen=True, slots=True)
class YearItem:
    """A year of one pollutant: statistics as shown, each compared with its limit."""

    valid_days: int
    annual_mean: Decimal | Missing
    percentile: Decimal | Missing
    mean_attainment: Attainment | Missing | None
    percentile_attainment: Attainment | Missing
    is_attained: bool | Missing
    basis: Basis = field(default_factory=Basis)


def month_validity(valid_days: int, month: int, rules: PeriodRules) -> bool:
    """Return whether a month has enough valid days.

    Parameters
    ----------
    valid_days : int, scalar
    month : int
        1 to 12.
    rules : PeriodRules

    Returns
    -------
    bool

    Source
    ------
    GB 3095-2026, table 4 (2012 edition: the same numbers).

    Examples
    --------
    >>> month_validity(26, 4, PeriodRules()), month_validity(25, 2, PeriodRules())
    (False, True)
    """
    return valid_days >= (rules.february if month == 2 else rules.month)


def quarter_validity(valid_days_by_month: Mapping[int, int], quarter: int, rules: PeriodRules) -> bool:
    """Return whether each month of a quarter has enough valid days.

    Parameters
    ----------
    valid_days_by_month : mapping of int to int
    quarter : int
        1 to 4.
    rules : PeriodRules

    Returns
    -------
    bool

    Notes
    -----
    The standard gives no number for a quarter of the six pollutants; asking it of each of its
    months is our reading, as the year does the same.

    Source
    ------
    GB 3095-2026, table 4 (2012 edition: the same numbers).

    Examples
    --------
    >>> quarter_validity({1: 27, 2: 25, 3: 27}, 1, PeriodRules())
    True
    """
    months = range(3 * quarter - 2, 3 * quarter + 1)
    return all(month_validity(valid_days_by_month.get(month, 0), month, rules) for month in months)


def year_validity(valid_days_by_month: Mapping[int, int], rules: PeriodRules) -> bool:
    """Return whether a year has enough valid days, in all and in each month.

    Parameters
    ----------
    valid_days_by_month : mapping of int to int
    rules : PeriodRules

    Returns
    -------
    bool

    Source
    ------
    GB 3095-2026, table 4 (2012 edition: the same numbers).

    Examples
    --------
    >>> full = dict.fromkeys(range(1, 13), 28)
    >>> year_validity(full, PeriodRules()), year_validity(full | {4: 26}, PeriodRules())
    (True, False)
    """
    enough = sum(valid_days_by_month.values()) >= rules.year
    return enough and all(month_validity(valid_days_by_month.get(m, 0), m, rules) for m in range(1, 13))


def season_mean(days: Days, months: Sequence[int], rules: PeriodRules) -> Fraction | Missing:
    """Return the exact mean of the valid days of some months, when each month is valid (月、季均值).

    Parameters
    ----------
    days : mapping of date to int or Missing
        Daily values of one year in reporting steps.
    months : sequence of int
        1 to 12.
    rules : PeriodRules

    Returns
    -------
    Fraction or Missing
        In reporting steps; missing with reason ``valid_days_below_minimum``.

    Source
    ------
    GB 3095-2026, terms for month and season (mean of the daily means), and table 4.

    Examples
    --------
    >>> june = {date(2025, 6, day): 10 + day % 2 for day in range(1, 31)}
    >>> season_mean(june, [6], PeriodRules())
    Fraction(21, 2)
    """
    valid = {
        day: steps for day, steps in days.items() if not isinstance(steps, Missing) and day.month in months
    }
    counts = _by_month(valid)
    if not all(month_validity(counts.get(month, 0), month, rules) for month in months):
        return Missing("valid_days_below_minimum")
    return mean(valid.values())


def exceed_multiple(value: Exact, limit: Exact, decimals: int = 2) -> Decimal | None:
    """Return by how many times its limit a value exceeds it; None when it does not (超标倍数).

    Parameters
    ----------
    value, limit : Decimal, Fraction, int or str, scalar
        Same unit; the limit is greater than zero.
    decimals : int

    Returns
    -------
    Decimal or None

    Source
    ------
    HJ 663-2013 and -2026: (C − S) / S where C exceeds S, two decimals.

    Examples
    --------
    >>> exceed_multiple(31, 30), exceed_multiple(30, 30)
    (Decimal('0.03'), None)
    """
    over = exact(value) - exact(limit)
    return round_places(over / exact(limit), decimals) if over > 0 else None


def attains(value: Exact, limit: Decimal, decimals: int) -> Attainment:
    """Return a statistic compared with its limit, after it is rounded once (达标评价).

    Parameters
    ----------
    value : Decimal, Fraction, int or str, scalar
        The statistic before any rounding: comparing one that was already rounded for display
        would round twice.
    limit : Decimal
        Same unit.
    decimals : int
        Decimals of the comparison.

    Returns
    -------
    Attainment
        The rounded value, whether it attains, and the multiple by which it exceeds.

    Source
    ------
    HJ 663-2026, table 3 (last column); a value equal to its limit attains.

    Examples
    --------
    >>> attains("30.50", Decimal(30), 0).is_attained, attains("30.51", Decimal(30), 0).is_attained
    (True, False)
    """
    rounded = round_places(value, decimals)
    return Attainment(rounded, limit, rounded <= limit, exceed_multiple(rounded, limit))


def year_item(days: Days, item: ItemRules, rules: PeriodRules, basis: Basis | None = None) -> YearItem:
    """Return a year of one pollutant: annual mean and percentile, each against its limit.

    Parameters
    ----------
    days : mapping of date to int or Missing
        Daily values of one calendar year in reporting steps (O3: daily maximum of 8 hours).
    item : ItemRules
        Of the pollutant.
    rules : PeriodRules
    basis : Basis
        Carried into the result.

    Returns
    -------
    YearItem
        Its statistics are missing (``year_invalid``) when the year has too few valid days.

    Raises
    ------
    ValueError
        The days belong to more than one year.

    Notes
    -----
    Daily values are taken as reported, in whole steps; the mean and percentile of them are
    exact, and each is rounded once for showing and once, separately, for the comparison.

    Source
    ------
    HJ 663-2013 and -2026: table 1 (statistics), table 3 of the 2026 edition (decimals);
    validity, GB 3095 table 4. CO and O3 have no annual mean.

    Examples
    --------
    >>> from datetime import timedelta
    >>> days = {date(2025, 1, 1) + timedelta(n): 30 + n % 2 for n in range(365)}
    >>> found = year_item(days, ItemRules(0, 1, 0, Decimal(30), Decimal(60), 95), PeriodRules())
    >>> found.annual_mean, found.mean_attainment.value, found.is_attained
    (Decimal('30.5'), Decimal('30'), True)
    """
    if len({day.year for day in days}) > 1:
        raise ValueError("days of more than one year")
    valid = {day: steps for day, steps in days.items() if not isinstance(steps, Missing)}
    rests_on = basis or Basis()
    if not year_validity(_by_month(valid), rules):
        none = Missing("year_invalid")
        return YearItem(
            len(valid), none, none, None if item.annual_limit is None else none, none, none, rests_on
        )
    size = 10**item.decimals
    high = percentile(sorted(valid.values()), item.percent) / size
    by_percentile = attains(high, item.daily_limit, item.attainment_decimals)
    shown = round_places(high, item.statistics_decimals)
    if item.annual_limit is None:
        none = Missing("no_annual_limit")
        return YearItem(len(valid), none, shown, None, by_percentile, by_percentile.is_attained, rests_on)
    middle = mean(valid.values()) / size
    by_mean = attains(middle, item.annual_limit, item.attainment_decimals)
    both = by_mean.is_attained and by_percentile.is_attained
    return YearItem(
        len(valid),
        round_places(middle, item.statistics_decimals),
        shown,
        by_mean,
        by_percentile,
        both,
        rests_on,
    )


def city_attains(items: Mapping[str, bool | Missing]) -> bool | Missing:
    """Return whether all pollutants attain (城市达标).

    Parameters
    ----------
    items : mapping of pollutant to bool or Missing

    Returns
    -------
    bool or Missing
        Missing with reason ``an_item_is_missing``.

    Notes
    -----
    One that does not attain decides, whatever is missing; otherwise a missing one leaves the question open.

    Source
    ------
    HJ 663-2013 and -2026: a city attains when all six pollutants do.

    Examples
    --------
    >>> city_attains({"SO2": True, "O3": False, "CO": Missing("year_invalid")})
    False
    """
    if any(item is False for item in items.values()):
        return False
    if any(isinstance(item, Missing) for item in items.values()):
        return Missing("an_item_is_missing")
    return True


def _by_month(valid: Mapping[date, int]) -> dict[int, int]:
    counts: dict[int, int] = {}
    for day in valid:
        counts[day.month] = counts.get(day.month, 0) + 1
    return counts
