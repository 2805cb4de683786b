"""Hours of one pollutant at one outlet: days, amounts, gaps, exceedance, capture (自动监测小时数据)."""

from __future__ import annotations

import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from itertools import groupby
from pathlib import Path

from qingshan.evaluation.emission_rules import EmissionRules
from qingshan.evaluation.problems import Problems
from qingshan.evaluation.tables import BadTable, columns_of, read_batches
from qingshan.kernel.basis import Basis, Missing
from qingshan.kernel.rounding import exact
from qingshan.science.emission.exceedance import Exceedances, exceedances
from qingshan.science.emission.load import GapRule, Ladder, Load, hour_amount, substitute, total_load
from qingshan.science.emission.means import capture_rate, valid_mean, weighted_mean

__all__ = ["COLUMNS", "Day", "Hour", "Medium", "SeriesRun", "read_hours", "run_series"]

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "time": ("time", "时间", "监测时间"),
    "concentration": ("concentration", "浓度"),
    "flow_m3": ("flow_m3", "流量", "小时流量"),
    "mark": ("mark", "标记"),
}
"""What the columns of a table may be called; the mark may be left out."""

STOPPED = ("停运", "停产", "stopped")
OUT_OF_CONTROL = ("失控", "out_of_control")
_AN_HOUR = timedelta(hours=1)


class Medium(enum.StrEnum):
    """What is discharged (介质)."""

    GAS = "gas"
    WATER = "water"


@dataclass(frozen=True, slots=True)
class Hour:
    """One hour: mean concentration, volume, and the mark over it, which is why a concentration is Missing."""

    row: int
    begins_at: datetime
    concentration: Fraction | Missing
    flow_m3: Fraction | Missing
    mark: str = ""

    @property
    def stopped(self) -> bool:
        """Whether the plant stood still: no discharge, and no hour that data were due of."""
        return self.mark in STOPPED


@dataclass(frozen=True, slots=True)
class Day:
    """One day of an outlet: its mean, its amount, and what exceeded."""

    on: date
    mean: Fraction | Missing
    load: Load
    exceeding_hours: int


@dataclass(frozen=True, slots=True)
class SeriesRun:
    """All days, the amount of the whole, what exceeded, capture rates by quarter, and what it rests on."""

    days: tuple[Day, ...]
    load: Load
    judged: Exceedances | None
    capture: Mapping[str, Fraction | Missing]
    basis: Basis


def read_hours(path: Path, problems: Problems) -> list[Hour]:
    """Return every hour from the first to the last of a table, those without a usable row as gaps.

    Parameters
    ----------
    path : Path
        CSV, CSV.GZ, XLSX or Parquet, with the columns of `COLUMNS`; the time is that of the hour's beginning.
    problems : Problems
        Takes what is reported.

    Raises
    ------
    BadTable
        The file cannot be read, or a column that is needed is not there.
    """
    there = columns_of(path)
    names = {name: column for name, called in COLUMNS.items() for column in there if column in called}
    if lacking := [name for name in ("time", "concentration", "flow_m3") if name not in names]:
        raise BadTable(f"{path.name}: 缺少列 {'、'.join('/'.join(COLUMNS[name]) for name in lacking)}")
    hours: dict[datetime, Hour] = {}
    for batch in read_batches(path):
        for place in range(len(batch)):
            cells = {name: batch.columns[column][place].strip() for name, column in names.items()}
            hour = _hour(batch.first_row + place, cells, problems)
            if hour is not None and hour.begins_at in hours:
                problems.add(hour.row, "time", cells["time"], "duplicate_time")
            elif hour is not None:
                hours[hour.begins_at] = hour
    return _without_holes(hours)


def _without_holes(hours: Mapping[datetime, Hour]) -> list[Hour]:
    """Put an hour without data where a row is lacking: what nobody reported is a gap, not a shorter year."""
    whole: list[Hour] = []
    for begins_at in sorted(hours):
        while whole and whole[-1].begins_at + _AN_HOUR < begins_at:
            lacking = Missing("no_row")
            whole.append(Hour(0, whole[-1].begins_at + _AN_HOUR, lacking, lacking))
        whole.append(hours[begins_at])
    return whole


def run_series(
    hours: Sequence[Hour], medium: Medium, rules: EmissionRules, gaps: GapRule, limit: Fraction | None = None
) -> SeriesRun:
    """Return days, amounts and exceedances of a series.

    Parameters
    ----------
    hours : sequence of Hour
        Every hour from the first to the last, in order.
    medium : Medium
        Gas is judged by the hour and weighs each hour alike; water is judged by the day, weighted by flow.
    rules : EmissionRules
        Of the days.
    gaps : GapRule
        ``substituted`` for gas only: the ladder speaks of SO2, NOx and particulate matter.
    limit : Fraction or None
        Discharge limit, in the unit of the concentrations.

    Returns
    -------
    SeriesRun

    Raises
    ------
    ValueError
        Substitution for water.
    """
    if gaps is GapRule.SUBSTITUTED and medium is Medium.WATER:
        raise ValueError("替代数据的阶梯只用于废气的 SO2、NOx、颗粒物")
    running = [hour for hour in hours if not hour.stopped]
    capture = _capture(hours)
    amounts = {hour.begins_at: _amount(hour, medium) for hour in running}
    ladder = rules.ladder() if gaps is GapRule.SUBSTITUTED else Ladder(())
    filled = _filled(running, amounts, capture, ladder) if gaps is GapRule.SUBSTITUTED else {}
    required = rules.required_values("day") if medium is Medium.GAS else 1
    days = []
    for on, group in groupby(running, key=lambda hour: hour.begins_at.date()):
        own = list(group)
        mean = _day_mean(own, medium, required)
        load = _load(own, amounts, filled, gaps)
        days.append(Day(on, mean, load, _exceeding(own, limit) if medium is Medium.GAS else 0))
    judged = None
    if limit is not None:
        values = (
            [hour.concentration for hour in running] if medium is Medium.GAS else [day.mean for day in days]
        )
        judged = exceedances(values, limit)
    whole = _load(running, amounts, filled, gaps)
    return SeriesRun(tuple(days), whole, judged, capture, ladder.basis)


def _day_mean(own: Sequence[Hour], medium: Medium, required: int) -> Fraction | Missing:
    values = [hour.concentration for hour in own]
    if medium is Medium.GAS:
        return valid_mean(values, required)
    return weighted_mean(values, [hour.flow_m3 for hour in own], required)


def _amount(hour: Hour, medium: Medium) -> Fraction | Missing:
    return hour_amount(hour.concentration, hour.flow_m3, mg_per_litre=medium is Medium.WATER)


def _load(
    own: Sequence[Hour],
    amounts: Mapping[datetime, Fraction | Missing],
    filled: Mapping[datetime, Fraction | Missing],
    gaps: GapRule,
) -> Load:
    counted = [filled.get(hour.begins_at, amounts[hour.begins_at]) for hour in own]
    substitutes = sum(not isinstance(filled.get(hour.begins_at, Missing("")), Missing) for hour in own)
    return total_load(counted, gaps, substitutes)


def _filled(
    running: Sequence[Hour],
    amounts: Mapping[datetime, Fraction | Missing],
    capture: Mapping[str, Fraction | Missing],
    ladder: Ladder,
) -> dict[datetime, Fraction | Missing]:
    """What each hour of a gap counts; out of control it would take the last good calibration, not here."""
    filled: dict[datetime, Fraction | Missing] = {}
    before: list[Fraction] = []
    for is_gap, group in groupby(running, key=lambda hour: isinstance(amounts[hour.begins_at], Missing)):
        own = list(group)
        if not is_gap:
            before += [found for hour in own if not isinstance(found := amounts[hour.begins_at], Missing)]
            continue
        for hour in own:
            rate = capture[_quarter(hour.begins_at)]
            if hour.mark in OUT_OF_CONTROL:
                filled[hour.begins_at] = Missing("out_of_control_without_last_calibration")
            else:
                filled[hour.begins_at] = (
                    rate if isinstance(rate, Missing) else substitute(len(own), rate, before, ladder)
                )
    return filled


def _capture(hours: Sequence[Hour]) -> dict[str, Fraction | Missing]:
    found = {}
    for quarter, group in groupby(hours, key=lambda hour: _quarter(hour.begins_at)):
        own = list(group)
        stopped = sum(hour.stopped for hour in own)
        invalid = sum(isinstance(hour.concentration, Missing) for hour in own if not hour.stopped)
        found[quarter] = capture_rate(len(own), stopped, invalid)
    return found


def _quarter(moment: datetime) -> str:
    return f"{moment.year}Q{(moment.month + 2) // 3}"


def _exceeding(own: Sequence[Hour], limit: Fraction | None) -> int:
    return 0 if limit is None else exceedances([hour.concentration for hour in own], limit).count


def _hour(row: int, cells: Mapping[str, str], problems: Problems) -> Hour | None:
    try:
        begins_at = datetime.fromisoformat(cells["time"])
    except ValueError:
        problems.add(row, "time", cells["time"], "not_a_time", "2026-05-01 13:00")
        return None
    if (begins_at.minute, begins_at.second) != (0, 0) or begins_at.tzinfo is not None:
        problems.add(row, "time", cells["time"], "not_a_full_hour", "2026-05-01 13:00，北京时间")
        return None
    mark = cells.get("mark", "")
    values = [_number(row, name, cells[name], problems) for name in ("concentration", "flow_m3")]
    if mark and mark not in ("正常", "N", "normal"):
        values[0] = Missing(mark)
    else:
        mark = ""
    return Hour(row, begins_at, values[0], values[1], mark)


def _number(row: int, name: str, text: str, problems: Problems) -> Fraction | Missing:
    if text in ("", "--", "-", "—", "*"):
        return Missing("blank")
    try:
        number = exact(text)
    except ValueError:
        problems.add(row, name, text, "not_a_number", "不小于零的数")
        return Missing("not_a_number")
    if number < 0:
        problems.add(row, name, text, "negative", "不小于零的数")
        return Missing("negative")
    return number
