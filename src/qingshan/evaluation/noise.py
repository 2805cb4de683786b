"""Evaluates function zones, by levels or hourly series, and samples of one measurement (功能区声环境)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any

from qingshan.evaluation.noise_fields import (
    ATTAINED,
    FUNCTION_ZONES,
    LOUDEST,
    QUIETEST,
    NoiseEvaluator,
    first_gap,
    reported,
    verdict_cells,
)
from qingshan.evaluation.row_tables import Line, Row, Settings, basis_cells, decimal_text
from qingshan.kernel.basis import Missing
from qingshan.kernel.rounding import exact, round_places
from qingshan.science.noise.grades import attainment_rate
from qingshan.science.noise.levels import DayLevels, day_levels, equivalent_level, exceeded_level
from qingshan.science.noise.limits import LevelVerdict, Period

__all__ = ["HourNoise", "SampleNoise", "ZoneNoise"]

_DAY_BEGINS = 6


class ZoneNoise(NoiseEvaluator):
    """Day and night levels of points in function zones, each against its limit (功能区声环境)."""

    needs: Sequence[str] = ("point", "zone")
    heading: Sequence[str] = (
        *("行号", "点位", "日期", "功能区", "昼间等效声级", "昼间限值", "昼间评价", "昼间超标"),
        *("夜间等效声级", "夜间限值", "夜间评价", "夜间超标", "夜间最大声级评价"),
        *("未评价原因", "依据", "未核实"),
    )

    def __init__(self, settings: Settings, editions: Mapping[str, str]) -> None:
        super().__init__(settings, editions)
        self._monitored: Counter[tuple[str, Period]] = Counter()
        self._attained: Counter[tuple[str, Period]] = Counter()

    def judge(self, row: Row) -> Iterator[Line]:
        """Return the line of one point and day."""
        zone, day = row.word("zone", FUNCTION_ZONES), row.day("day", self.settings.on)
        levels = {
            Period.DAY: row.value("Ld", QUIETEST, LOUDEST),
            Period.NIGHT: row.value("Ln", QUIETEST, LOUDEST),
        }
        yield self.line(row, zone, day, levels, row.value("Lmax", QUIETEST, LOUDEST))

    def line(
        self,
        row: Row,
        zone: str | Missing,
        day: date | Missing,
        levels: Mapping[Period, Fraction | Missing],
        loudest: Fraction | Missing,
    ) -> Line:
        """Return the line of a point and day whose levels are known."""
        found: dict[Period, LevelVerdict | Missing] = {}
        for period, level in levels.items():
            found[period] = self._judged(row, zone, day, period, level)
        maximum: LevelVerdict | Missing = Missing("blank")
        if (
            not isinstance(loudest, Missing)
            and not isinstance(zone, Missing)
            and not isinstance(day, Missing)
        ):
            top, where = loudest, zone
            maximum = row.judged("Lmax", lambda: self.rules(day).judge_zone_maximum(where, top))
        cells = [cell for period in Period for cell in verdict_cells(levels[period], found[period])]
        basis = self.rest_on(*found.values(), maximum)
        return [
            row.number,
            row.text("point"),
            "" if isinstance(day, Missing) else day.isoformat(),
            "" if isinstance(zone, Missing) else zone,
            *cells,
            "" if isinstance(maximum, Missing) else ATTAINED[maximum.attained],
            "、".join(row.why),
            *basis_cells(basis),
        ]

    def _judged(
        self,
        row: Row,
        zone: str | Missing,
        day: date | Missing,
        period: Period,
        level: Fraction | Missing,
    ) -> LevelVerdict | Missing:
        name = "Ld" if period is Period.DAY else "Ln"
        if isinstance(zone, Missing) or isinstance(day, Missing) or isinstance(level, Missing):
            return row.not_judged(name, first_gap(zone, day, level))
        found = row.judged(name, lambda: self.rules(day).judge_zone(zone, period, level))
        if not isinstance(found, Missing):
            self._monitored[zone, period] += 1
            self._attained[zone, period] += found.attained
        return found

    def summary(self) -> Mapping[str, Any]:
        """Return the attainment of every zone, day and night apart."""
        keys = sorted(self._monitored)
        every = {("全部", period): [key for key in keys if key[1] is period] for period in Period}
        rates = {key: [key] for key in keys} | {key: parts for key, parts in every.items() if parts}
        return {
            "attainment": {
                f"{zone} {period.label}": self._rate(parts) for (zone, period), parts in rates.items()
            }
        }

    def _rate(self, parts: Sequence[tuple[str, Period]]) -> dict[str, object]:
        monitored = sum(self._monitored[part] for part in parts)
        attained = sum(self._attained[part] for part in parts)
        return {
            "monitored": monitored,
            "attained": attained,
            "percent": str(attainment_rate(attained, monitored)),
        }


class HourNoise(ZoneNoise):
    """Hourly levels of points in function zones: day and night are computed, then judged (小时序列)."""

    needs: Sequence[str] = ("point", "zone", "time", "level")
    heading: Sequence[str] = (*ZoneNoise.heading, "昼夜等效声级", "昼间有效小时", "夜间有效小时")

    def __init__(self, settings: Settings, editions: Mapping[str, str]) -> None:
        super().__init__(settings, editions)
        self._hours: dict[tuple[str, date], dict[int, Fraction | Missing]] = {}
        self._first: dict[tuple[str, date], tuple[Row, str | Missing]] = {}

    def judge(self, row: Row) -> Iterator[Line]:
        """Keep one hour; days are judged when the whole table is read."""
        at, level, zone = (
            row.time("time"),
            row.value("level", QUIETEST, LOUDEST),
            row.word("zone", FUNCTION_ZONES),
        )
        if isinstance(at, Missing):
            row.not_judged("time", at.reason)
            return
        key = row.text("point"), _noise_day(at)
        hours = self._hours.setdefault(key, {})
        self._first.setdefault(key, (row, zone))
        if self._first[key][1] != zone:
            row.report("zone", "zone_changes_within_a_day", str(self._first[key][0].text("zone")))
        if at.minute or at.hour in hours:
            row.report("time", "duplicate_time" if at.hour in hours else "not_a_full_hour", "HH:00, once")
        else:
            hours[at.hour] = level
        yield from ()

    def finish(self) -> Iterator[Line]:
        """Return the line of each point and day."""
        for (point, day), hours in self._hours.items():
            row, zone = self._first[point, day]
            found = self._levels(day, hours)
            levels = {Period.DAY: reported(found.day), Period.NIGHT: reported(found.night)}
            line = self.line(row, zone, day, levels, Missing("blank"))
            both = reported(found.day_night)
            yield [*line, decimal_text(both), found.hours_of_day, found.hours_of_night]

    def _levels(self, day: date, hours: Mapping[int, Fraction | Missing]) -> DayLevels:
        fewest = self.settings.fewest
        return day_levels(hours, self.rules(day).hours(fewest.get("day"), fewest.get("night")))


class SampleNoise(NoiseEvaluator):
    """Samples of one measurement: equivalent and percentile levels (一次测量的统计声级)."""

    needs: Sequence[str] = ("point", "level")
    heading: Sequence[str] = (
        "点位",
        "测次",
        "样本数",
        "缺测",
        "Leq",
        "L10",
        "L50",
        "L90",
        "Lmax",
        "Lmin",
        "未评价原因",
    )

    def __init__(self, settings: Settings, editions: Mapping[str, str]) -> None:
        super().__init__(settings, editions)
        self._samples: dict[tuple[str, str], list[Fraction | Missing]] = {}

    def judge(self, row: Row) -> Iterator[Line]:
        """Keep one sample."""
        key = row.text("point"), row.text("measurement")
        self._samples.setdefault(key, []).append(row.value("level", QUIETEST, LOUDEST))
        yield from ()

    def finish(self) -> Iterator[Line]:
        """Return the line of each measurement."""
        fewest = self.settings.fewest.get("samples", 1)
        for (point, measurement), samples in self._samples.items():
            there = [level for level in samples if not isinstance(level, Missing)]
            head = [point, measurement, len(there), len(samples) - len(there)]
            if len(there) < fewest:
                yield [*head, *[""] * 6, f"valid_samples_below_{fewest}"]
                continue
            levels = [exact(round_places(equivalent_level(there), 1))]
            levels += [exceeded_level(there, percent) for percent in (10, 50, 90)]
            yield [*head, *map(decimal_text, [*levels, max(there), min(there)]), ""]

    def summary(self) -> Mapping[str, Any]:
        """Return how many measurements there were."""
        return {"measurements": len(self._samples)}


def _noise_day(at: datetime) -> date:
    """The day whose night an hour belongs to: a day runs from 06:00 to 06:00."""
    return (at - timedelta(hours=_DAY_BEGINS)).date()
