"""Runs over whole files of air: hours, days, years. The commands print what these return."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np

from qingshan.evaluation.air_parquet import is_short_way, read_parquet_series
from qingshan.evaluation.air_profile import AirProfile
from qingshan.evaluation.air_rows import AirRow, RowEvaluator
from qingshan.evaluation.air_rules import reporting_decimals
from qingshan.evaluation.air_series import EPOCH, Series, read_series
from qingshan.evaluation.air_year import (
    DAILY,
    Choices,
    UnitYear,
    YearVerdict,
    day_blocks,
    evaluate_year,
    year_rules,
)
from qingshan.evaluation.problems import Problems
from qingshan.evaluation.result_files import write_rows
from qingshan.evaluation.tables import Batch
from qingshan.kernel.basis import Missing
from qingshan.science.air import MISSING, UNKNOWN, YearColumns

__all__ = [
    "YEAR_HEADING",
    "RowRun",
    "day_rows",
    "days_profile",
    "read_any_series",
    "write_row_results",
    "year_lines",
    "year_summary",
    "years_of",
]

Progress = Callable[[int], None]


@dataclass(slots=True)
class RowRun:
    """Evaluates every row of a table, and counts as it goes."""

    evaluator: RowEvaluator
    rows: int = 0
    grades: Counter[str] = field(default_factory=Counter)
    primary: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    editions: Counter[str] = field(default_factory=Counter)
    gaps: Counter[tuple[str, str]] = field(default_factory=Counter)

    def over(self, batches: Iterator[Batch], progress: Progress | None = None) -> Iterator[AirRow]:
        """Yield what came of every row."""
        for batch in batches:
            for found in self.evaluator.evaluate(batch):
                self._count(found)
                yield found
            if progress:
                progress(self.rows)

    def _count(self, found: AirRow) -> None:
        self.rows += 1
        self.gaps.update(found.missing.items())
        if found.aqi is None:
            self.reasons[found.reason] += 1
            return
        self.editions[found.edition] += 1
        self.grades[found.grade] += 1
        self.primary.update(found.primary)

    def _gaps(self) -> dict[str, dict[str, int]]:
        found: dict[str, dict[str, int]] = {}
        for (name, reason), count in sorted(self.gaps.items()):
            found.setdefault(name, {})[reason] = count
        return found

    def summary(self) -> dict[str, Any]:
        """Counts of grades, primary pollutants, editions, and of rows without index by reason."""
        bases = {name: ready.rules.basis for name, ready in self.evaluator.ready.items()}
        return {
            "rows": self.rows,
            "evaluated": sum(self.grades.values()),
            "grades": dict(self.grades),
            "primary": dict(self.primary),
            "without_index": dict(self.reasons),
            "missing_values": self._gaps(),
            "editions": dict(self.editions),
            "clauses": {name: list(basis.clauses) for name, basis in bases.items()},
            "unverified": sorted({word for basis in bases.values() for word in basis.unverified}),
        }


def read_any_series(
    path: Path,
    profile: AirProfile,
    problems: Problems,
    progress: Progress | None,
    year: int | None = None,
    since: date = EPOCH,
) -> Series | Missing:
    """Return the series of a table, by the short way where the file allows it.

    Times before the day ``since`` are reported as ``before_first_edition`` and left out.
    """
    decimals = reporting_decimals()
    if is_short_way(path, profile):
        return read_parquet_series(path, profile, decimals, problems, progress, since)
    return read_series(path, profile, decimals, problems, progress, year, since)


def day_rows(series: Series, choices: Choices) -> Iterator[Batch]:
    """Yield the days of a series of hours as tables of daily values, station by station.

    The columns are the daily indicators in the unit of the standard, ready for `RowEvaluator`
    with the profile of `days_profile`.
    """
    rules = {year: year_rules(year, choices) for year in series.years}
    blocks = {year: day_blocks(series, year, rules[year]) for year in series.years}
    row = 2
    for place, station in enumerate(series.stations):
        columns: dict[str, list[str]] = {"station": [], "date": [], **{name: [] for name in DAILY.values()}}
        for year in series.years:
            first = date(year, 1, 1)
            low = max(0, (series.first_day - first).days)
            high = min((date(year + 1, 1, 1) - first).days, (series.first_day - first).days + series.days)
            columns["date"] += [(first + timedelta(days=day)).isoformat() for day in range(low, high)]
            for name, daily in DAILY.items():
                columns[daily] += [_text(int(code), name) for code in blocks[year][name][place, low:high]]
        columns["station"] = [station] * len(columns["date"])
        yield Batch(row, columns)
        row += len(columns["date"])


def days_profile(profile: AirProfile) -> AirProfile:
    """Return the profile of the tables of `day_rows`."""
    return AirProfile(
        name=profile.name,
        title=profile.title,
        values="day",
        station=("station",),
        time=("date",),
        columns={daily: daily for daily in DAILY.values()},
        editions=profile.editions,
    )


def _text(code: int, pollutant: str) -> str:
    if code == MISSING:
        return ""
    return str(Decimal(code).scaleb(-1)) if pollutant == "CO" else str(code)


def years_of(series: Series, choices: Choices, only: int | None = None) -> Iterator[YearVerdict]:
    """Yield the verdict of every calendar year that the series touches, or of one."""
    for year in series.years if only is None else (only,):
        yield evaluate_year(series, year_rules(year, choices))


YEAR_HEADING = [
    "年份", "类型", "名称", "城市", "污染物", "有效天数", "年均值", "百分位数", "年均评价值", "年均限值",
    "年均超标倍数", "百分位评价值", "百分位限值", "百分位超标倍数", "达标", "依据", "未核实或约定",
]  # fmt: skip


def year_lines(verdict: YearVerdict) -> Iterator[list[object]]:
    """Yield one line per unit and pollutant, and one for the unit as a whole."""
    for unit in (*verdict.cities, *verdict.stations):
        head = [verdict.rules.year, {"city": "城市", "station": "站点"}[unit.kind], unit.name, unit.city]
        for pollutant, (columns, place) in unit.columns.items():
            yield [*head, pollutant, *_pollutant_cells(verdict, pollutant, columns, place)]
        yield [*head, "综合", *_whole_cells(verdict, unit)]


def _pollutant_cells(verdict: YearVerdict, pollutant: str, columns: YearColumns, place: int) -> list[object]:
    item, basis = verdict.rules.items[pollutant], verdict.rules.basis[pollutant]
    shown, compared = item.statistics_decimals, item.attainment_decimals
    attained = int(columns.attained[place])
    return [
        int(columns.valid_days[place]),
        _figure(columns.mean_shown[place], shown),
        _figure(columns.percentile_shown[place], shown),
        _figure(columns.mean[place], compared),
        item.annual_limit if item.annual_limit is not None else "",
        _figure(columns.mean_multiple[place], 2),
        _figure(columns.percentile[place], compared),
        item.daily_limit,
        _figure(columns.percentile_multiple[place], 2),
        "有效天数不足" if attained == UNKNOWN else "是" if attained else "否",
        "；".join(basis.editions),
        "；".join(basis.unverified),
    ]


def _whole_cells(verdict: YearVerdict, unit: UnitYear) -> list[object]:
    composite = "" if isinstance(unit.composite, Missing) else f"综合指数 {unit.composite.index}"
    rank = "" if isinstance(unit.rank, Missing) else f"第 {unit.rank} 名"
    ratio = "" if isinstance(unit.good_day_ratio, Missing) else f"优良率 {unit.good_day_ratio}%"
    basis = verdict.rules.basis["composite"]
    attained = "项目不全" if isinstance(unit.is_attained, Missing) else "是" if unit.is_attained else "否"
    words = [unit.valid_days, composite, rank, ratio, "", "", "", "", "", attained]
    return [*words, "；".join(basis.editions), "；".join(basis.unverified)]


def _figure(steps: int | np.int64, places: int) -> str:
    return "" if int(steps) == UNKNOWN else str(Decimal(int(steps)).scaleb(-places))


def year_summary(verdict: YearVerdict) -> dict[str, Any]:
    """Return a year in figures: attainment, and the order by composite index."""
    units = verdict.cities or verdict.stations
    known = [unit for unit in units if not isinstance(unit.is_attained, Missing)]
    ranked = [(unit.rank, unit) for unit in units if not isinstance(unit.rank, Missing)]
    basis = verdict.basis
    return {
        "year": verdict.rules.year,
        "stations": len(verdict.stations),
        "cities": len(verdict.cities),
        "judged": len(known),
        "attaining": sum(unit.is_attained is True for unit in known),
        "ranking": [_ranked(rank, unit) for rank, unit in sorted(ranked, key=lambda pair: pair[0])[:20]],
        "limits": verdict.rules.limits.name,
        "editions": list(basis.editions),
        "clauses": list(basis.clauses),
        "unverified": list(basis.unverified),
    }


def _ranked(rank: int, unit: UnitYear) -> Mapping[str, object]:
    index = None if isinstance(unit.composite, Missing) else str(unit.composite.index)
    main = [] if isinstance(unit.composite, Missing) else list(unit.composite.main)
    return {"rank": rank, "name": unit.name, "composite_index": index, "main": main}


ROW_HEADING = ["行号", "站点", "时间", "AQI", "公布标记", "级别", "首要污染物", "超标污染物"]
ROW_HEADING_END = ["缺项", "未评价原因", "版本"]


def row_line(found: AirRow, indicators: list[str]) -> list[object]:
    """Return a row's verdict as cells: index, grade, primary, every sub-index, what is missing."""
    at = found.at.isoformat(" ", "minutes") if isinstance(found.at, datetime) else ""
    head = [found.row, found.station, at, found.aqi, found.mark, found.grade]
    subs = [found.sub_indices.get(name) for name in indicators]
    names = ["、".join(words) for words in (found.primary, found.over_standard)]
    missing = "、".join(f"{name}:{reason}" for name, reason in found.missing.items())
    return [*head, *names, *subs, missing, found.reason, found.edition]


def write_row_results(
    evaluation: RowRun, batches: Iterator[Batch], path: Path | None, progress: Progress | None = None
) -> None:
    """Evaluate every row, and write a line for each where a file is asked for."""
    found = evaluation.over(batches, progress)
    if path is None:
        for _ in found:
            pass
        return
    indicators = list(evaluation.evaluator.profile.columns)
    heading = [*ROW_HEADING, *(f"IAQI {name}" for name in indicators), *ROW_HEADING_END]
    write_rows(path, heading, (row_line(row, indicators) for row in found))
