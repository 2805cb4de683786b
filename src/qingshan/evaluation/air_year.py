"""Evaluates calendar years of air, station by station and city by city (年评价)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from qingshan.evaluation.air_rules import (
    POLLUTANTS,
    composite_limits,
    composite_weights,
    index_rules,
    item_rules,
    ozone_day_rules,
    period_rules,
)
from qingshan.evaluation.air_series import EPOCH, Series
from qingshan.kernel.basis import Basis, Missing
from qingshan.science.air import (
    MISSING,
    UNKNOWN,
    CompositeIndex,
    IndexTables,
    ItemRules,
    OzoneDayRules,
    YearColumns,
    city_means,
    composite_index,
    daily_means,
    good_day_ratio_percent,
    ozone_daily_maxima,
    year_columns,
)
from qingshan.science.air.bulk import Codes
from qingshan.science.statistics import ranks
from qingshan.standards.public import (
    BeforeFirstEdition,
    Edition,
    Rulebook,
    YearChoice,
    rules_for_year,
    rules_named,
    rules_on,
)

__all__ = [
    "Choices",
    "UnitYear",
    "YearRules",
    "YearVerdict",
    "day_blocks",
    "evaluate_year",
    "first_day",
    "year_rules",
]

DAILY = {name: "O3_8h" if name == "O3" else f"{name}_24h" for name in POLLUTANTS}
"""Pollutant to the indicator of its day."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What the text leaves open, and what a user may be told (参数).

    Parameters
    ----------
    year_choice : YearChoice or str
        Whose limits judge a year in which editions change, or the name of an edition.
    grade : int
        Function zone: 1 or 2.
    weights : str
        Set of weights of the composite index.
    named : mapping
        Editions to use whatever the day: ``index``, ``limits``, ``evaluation``.
    editions : tuple of Edition, optional
        Where to look; the shipped ones when not given.
    """

    year_choice: str = YearChoice.LAST_DAY
    grade: int = 2
    weights: str = "equal"
    named: Mapping[str, str] = field(default_factory=dict)
    editions: tuple[Edition, ...] | None = None


@dataclass(frozen=True, slots=True)
class YearRules:
    """Rules of one calendar year, looked up once."""

    year: int
    limits: Rulebook
    evaluation: Rulebook
    ranking: Rulebook
    choices: Choices
    items: Mapping[str, ItemRules]
    composite_limits: Mapping[str, Decimal]
    composite_weights: Mapping[str, Decimal]
    basis: Mapping[str, Basis]

    @property
    def ozone(self) -> OzoneDayRules:
        """What makes a daily ozone maximum valid."""
        return ozone_day_rules(self.limits, self.evaluation, self.choices.grade)


@dataclass(frozen=True, slots=True)
class UnitYear:
    """A year of one station or city: each pollutant, the composite index, good days, attainment."""

    name: str
    kind: str
    columns: Mapping[str, tuple[YearColumns, int]]
    composite: CompositeIndex | Missing
    rank: int | Missing
    good_days: int
    valid_days: int
    good_day_ratio: Decimal | Missing
    is_attained: bool | Missing
    city: str = ""


@dataclass(frozen=True, slots=True)
class YearVerdict:
    """A calendar year: rules it was judged by, and every station and city."""

    rules: YearRules
    stations: tuple[UnitYear, ...]
    cities: tuple[UnitYear, ...]

    @property
    def basis(self) -> Basis:
        """Everything that the year rests on."""
        found = Basis()
        for part in self.rules.basis.values():
            found |= part
        return found


def year_rules(year: int, choices: Choices) -> YearRules:
    """Return the rules that judge a calendar year.

    Raises
    ------
    BeforeFirstEdition
        No edition is known for the year, and none was named.
    """
    limits = _book("GB 3095", "limits", year, choices)
    evaluation = _book("HJ 663", "evaluation", year, choices)
    ranking = rules_named("环办监测〔2018〕19号", choices.editions)
    found = {name: item_rules(limits, evaluation, name, choices.grade) for name in POLLUTANTS}
    by_limit, limits_basis = composite_limits(limits, ranking)
    weights, weights_basis = composite_weights(ranking, choices.weights)
    basis = {name: rests_on for name, (_, rests_on) in found.items()}
    basis["composite"] = limits_basis | weights_basis
    items = {name: item for name, (item, _) in found.items()}
    return YearRules(year, limits, evaluation, ranking, choices, items, by_limit, weights, basis)


def first_day(choices: Choices) -> date:
    """Return the first day of the first calendar year that has rules; 1970 where all editions are named.

    Examples
    --------
    >>> first_day(Choices()), first_day(Choices(named={"limits": "GB 3095-2012"}))
    (datetime.date(2016, 1, 1), datetime.date(2013, 1, 1))
    """
    for year in range(EPOCH.year, date.max.year):
        with suppress(BeforeFirstEdition):
            year_rules(year, choices)
            return date(year, 1, 1)
    raise BeforeFirstEdition("no year has rules")


def _book(standard: str, part: str, year: int, choices: Choices) -> Rulebook:
    named = choices.named.get(part)
    if named is None and part == "evaluation":
        return rules_on(standard, date(year, 12, 31), choices.editions)
    return rules_for_year(standard, year, named or choices.year_choice, choices.editions)


def day_blocks(series: Series, year: int, rules: YearRules) -> dict[str, Codes]:
    """Return the daily values of one year, shape (stations, days of the year), by pollutant."""
    length = (date(year + 1, 1, 1) - date(year, 1, 1)).days
    nothing = np.full((len(series.stations), length), MISSING, np.uint16)
    min_hours = int(rules.limits.number("validity", statistic="day", rule="min_hours"))
    blocks = {}
    for name, daily in DAILY.items():
        if daily in series.values:
            blocks[name] = np.ascontiguousarray(series.year(daily, year)[:, :, 0])
        elif f"{name}_1h" in series.values:
            hours = series.year(f"{name}_1h", year)
            blocks[name] = (
                ozone_daily_maxima(hours, rules.ozone) if name == "O3" else daily_means(hours, min_hours)
            )
        else:
            blocks[name] = nothing
    return blocks


def evaluate_year(series: Series, rules: YearRules) -> YearVerdict:
    """Return the year of every station and city.

    Notes
    -----
    A city's day is the mean of its stations; its year is evaluated from its days, never as the
    mean of its stations' years. A day counts as valid when all six pollutants are there, or the
    index of those that are exceeds 100.
    """
    blocks = day_blocks(series, rules.year, rules)
    names = [name for name in dict.fromkeys(series.cities) if name]
    place = {name: number for number, name in enumerate(names)}
    city_of = np.array([place.get(city, -1) for city in series.cities])
    share = _share(rules)
    by_city = {name: city_means(days, city_of, len(names), share) for name, days in blocks.items()}
    return YearVerdict(
        rules,
        _units(series.stations, "station", blocks, rules, series.cities),
        _units(names, "city", by_city, rules, names) if names else (),
    )


def _share(rules: YearRules) -> tuple[int, int]:
    many, few = (
        int(rules.evaluation.number("city_share", cities=size))
        for size in ("four_points_or_more", "under_four_points")
    )
    return many, few


def _units(
    names: Sequence[str], kind: str, blocks: Mapping[str, Codes], rules: YearRules, cities: Sequence[str]
) -> tuple[UnitYear, ...]:
    least = period_rules(rules.limits)
    first = date(rules.year, 1, 1)
    columns = {name: year_columns(blocks[name], first, item, least) for name, item in rules.items.items()}
    good, valid = _good_days(blocks, rules)
    composites = [_composite(columns, place, rules) for place in range(len(names))]
    places = ranks({n: c if isinstance(c, Missing) else [c.index] for n, c in enumerate(composites)})
    return tuple(
        UnitYear(
            name,
            kind,
            {pollutant: (column, place) for pollutant, column in columns.items()},
            composites[place],
            places[place],
            int(good[place]),
            int(valid[place]),
            good_day_ratio_percent(int(good[place]), int(valid[place])),
            _attained([int(column.attained[place]) for column in columns.values()]),
            cities[place],
        )
        for place, name in enumerate(names)
    )


def _attained(columns: Sequence[int]) -> bool | Missing:
    if 0 in columns:
        return False
    return Missing("an_item_is_missing") if UNKNOWN in columns else True


def _composite(columns: Mapping[str, YearColumns], place: int, rules: YearRules) -> CompositeIndex | Missing:
    figures: dict[str, Decimal | Missing] = {}
    for name, column in columns.items():
        shown = column.percentile_shown if name in ("CO", "O3") else column.mean_shown
        steps = int(shown[place])
        places = rules.items[name].statistics_decimals
        figures[name] = Missing("year_invalid") if steps == UNKNOWN else Decimal(steps).scaleb(-places)
    return composite_index(figures, rules.composite_limits, rules.composite_weights)


def _good_days(blocks: Mapping[str, Codes], rules: YearRules) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Good and valid days of each unit, each day under the edition of its own date."""
    units, length = next(iter(blocks.values())).shape
    good, valid = np.zeros(units, np.int64), np.zeros(units, np.int64)
    at_most = int(rules.evaluation.number("day_counts", days="good", rule="aqi_at_most"))
    first = date(rules.year, 1, 1)
    for start, stop, tables in _spans(first, length, rules.choices):
        used = {name: blocks[name][:, start:stop] for name in blocks}
        columns = [np.ascontiguousarray(used[name]).reshape(-1) for name in POLLUTANTS]
        aqi = tables.evaluate(columns)[0].reshape(units, -1)
        complete = np.all([used[name] != MISSING for name in POLLUTANTS], axis=0)
        is_valid = (aqi != MISSING) & (complete | (aqi > at_most))
        valid += is_valid.sum(axis=1)
        good += (is_valid & (aqi <= at_most)).sum(axis=1)
    return good, valid


def _spans(first: date, length: int, choices: Choices) -> list[tuple[int, int, IndexTables]]:
    """Runs of days under one edition of HJ 633."""
    named = choices.named.get("index")
    books: list[Rulebook] = []
    starts: list[int] = []
    for place in range(length):
        day = first + timedelta(days=place)
        book = rules_named(named, choices.editions) if named else rules_on("HJ 633", day, choices.editions)
        if not books or book.name != books[-1].name:
            books.append(book)
            starts.append(place)
    ends = [*starts[1:], length]
    order = [DAILY[name] for name in POLLUTANTS]
    tables = [IndexTables.of(index_rules(book, "daily"), order) for book in books]
    return list(zip(starts, ends, tables, strict=True))
