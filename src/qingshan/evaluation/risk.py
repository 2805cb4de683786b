"""Evaluates tables of risk: enterprises, events, forecasts of heavy pollution (环境风险评价)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from functools import partial
from typing import Any

from qingshan.evaluation.risk_rules import MediumVerdict, RiskRules
from qingshan.evaluation.row_tables import Line, Row, Settings, basis_cells, decimal_text
from qingshan.kernel.basis import Basis, Missing
from qingshan.science.risk.distances import Receptor, distance_m, screen_distances
from qingshan.science.risk.enterprise import Medium, enterprise_grade
from qingshan.science.risk.events import EventVerdict
from qingshan.science.risk.warnings import WarningLevel, forecast_level, hours_below, next_warning

__all__ = ["DistanceTable", "EnterpriseTable", "EventTable", "ForecastTable"]

_SENSITIVITIES = {"E1": "E1", "E2": "E2", "E3": "E3"}
_YES = {"": False, "是": True, "否": False}
_SOURCES = {
    "设区的市级以上": "prefecture_city_or_above",
    "设区的市级": "prefecture_city_or_above",
    "县级": "county_city",
    "乡镇": "township",
}
_BORDERS = {
    "跨国": "cross_national",
    "跨省": "cross_provincial",
    "跨市": "cross_prefecture",
    "跨县": "cross_county",
}
_COUNTS = {
    "deaths": 10**6,
    "poisoned_or_injured": 10**6,
    "evacuated": 10**8,
    "loss": 10**13,
}
_FURTHEST_M = 100_000
_FURTHEST_GRID_M = 100_000_000
"""Metres: eastings carry the number of their zone in front."""

_LEVELS = {level.label: level for level in WarningLevel}


class _Risk:
    """What the tables of risk share: rules of each day, and what verdicts rest on."""

    def __init__(self, settings: Settings, editions: Mapping[str, str]) -> None:
        self.settings, self._editions = settings, editions
        self._basis = Basis()
        self._grades: Counter[str] = Counter()

    def rules(self, day: date | None) -> RiskRules:
        """Return the rules of a day."""
        return RiskRules(day, self._editions, allow_unverified=self.settings.allow_unverified)

    def keep(self, basis: Basis, found: str) -> Basis:
        """Keep what a verdict rests on, count it, and return it for its line."""
        self._basis |= basis
        self._grades[found] += 1
        return basis

    def finish(self) -> Iterator[Line]:
        """Return the lines that only the whole table gives: none."""
        return iter(())

    def basis(self) -> Basis:
        """Return what all verdicts rest on."""
        return self._basis

    def summary(self) -> Mapping[str, Any]:
        """Return how many there are of each grade."""
        return {"grades": dict(self._grades)}


class EnterpriseTable(_Risk):
    """Enterprises with Q, M and E of air and of water (企业突发环境事件风险等级)."""

    needs: Sequence[str] = ("enterprise", "air_Q", "water_Q")
    heading: Sequence[str] = (
        *("行号", "企业", "日期", "大气", "水", "企业风险等级", "未评价原因", "依据", "未核实"),
    )

    def judge(self, row: Row) -> Iterator[Line]:
        """Return the line of one enterprise."""
        day = row.day("day", self.settings.on)
        punished = row.word("punished", _YES)
        raised = 0 if isinstance(punished, Missing) else int(punished)
        found = {medium: self._medium(row, medium, day, raised) for medium in Medium}
        air, water = found[Medium.AIR], found[Medium.WATER]
        grade, basis = "", Basis()
        if not (isinstance(air, Missing) or isinstance(water, Missing)):
            grade = enterprise_grade(air.grade, water.grade).label
            basis = self.keep(air.basis | water.basis, grade)
        yield [
            row.number,
            row.text("enterprise"),
            "" if isinstance(day, Missing) else day.isoformat(),
            *("" if isinstance(one, Missing) else one.label for one in (air, water)),
            grade,
            "、".join(row.why),
            *basis_cells(basis),
        ]

    def _medium(self, row: Row, medium: Medium, day: date | Missing, raised: int) -> MediumVerdict | Missing:
        name = f"{medium}_Q"
        quantity, control = row.value(name, 0, 10**9), row.value(f"{medium}_M", 0, 100)
        sensitivity = row.word(f"{medium}_E", _SENSITIVITIES, needed=False)
        if isinstance(quantity, Missing):
            return row.not_judged(name, quantity.reason)
        if isinstance(day, Missing):
            return row.not_judged(name, day.reason)
        m = None if isinstance(control, Missing) else control
        e = None if isinstance(sensitivity, Missing) else sensitivity
        return row.judged(name, partial(self.rules(day).judge_medium, medium, quantity, m, e, raised))


class EventTable(_Risk):
    """Sudden events with what they did (突发环境事件分级)."""

    needs: Sequence[str] = ("event",)
    heading: Sequence[str] = (
        *("行号", "事件", "日期", "等级", "定级依据", "尚不清楚", "未评价原因", "依据", "未核实"),
    )

    def judge(self, row: Row) -> Iterator[Line]:
        """Return the line of one event; a blank number is not known yet, and never zero."""
        day = row.day("day", self.settings.on)
        counts: dict[str, Fraction | Missing] = {
            what: row.value(what, 0, most) for what, most in _COUNTS.items() if what in row.columns
        }
        words = {
            name: row.word(name, known, needed=False)
            for name, known in (("water_source_cut", _SOURCES), ("cross_border", _BORDERS))
        }
        facts = {name: word for name, word in words.items() if not isinstance(word, Missing)}
        # A blank fact did not happen; a word that nobody can read may be any of them.
        unread = [name for name, word in words.items() if name not in facts and word != Missing("blank")]
        found: EventVerdict | Missing
        if isinstance(day, Missing):
            found = row.not_judged("day", day.reason)
        else:
            found = row.judged("event", lambda: self.rules(day).judge_event(counts, facts))
        head = [row.number, row.text("event"), "" if isinstance(day, Missing) else day.isoformat()]
        if isinstance(found, Missing):
            yield [*head, "", "", "", "、".join(row.why), "", ""]
            return
        basis = self.keep(found.basis, found.grade.label)
        named = [
            "、".join(row.columns.get(name, name) for name in names)
            for names in (found.deciding, [*found.unknown, *unread])
        ]
        yield [*head, found.grade.label, *named, "、".join(row.why), *basis_cells(basis)]


class DistanceTable(_Risk):
    """Pairs of a source and a receptor: is the receptor far enough (防护距离筛查)."""

    needs: Sequence[str] = ("source", "required", "receptor")
    heading: Sequence[str] = (*("行号", "源", "敏感目标", "距离(m)", "要求距离(m)", "结论", "未评价原因"),)

    def judge(self, row: Row) -> Iterator[Line]:
        """Return the line of one pair; the required distance comes from the approval of the source."""
        required = row.value("required", "0.1", _FURTHEST_M)
        source, receptor = (self._point(row, who) for who in ("source", "receptor"))
        distance: object = ""
        if isinstance(source, Missing):
            found: str | Missing = row.not_judged("source", source.reason)
        elif isinstance(receptor, Missing):
            found = row.not_judged("receptor", receptor.reason)
        elif isinstance(required, Missing):
            found = row.not_judged("required", required.reason)
        else:
            near = screen_distances([source], required, [Receptor(row.text("receptor"), receptor)])
            distance, found = distance_m(receptor, [source]), "不足" if near else "满足"
            row.counts["verdicts"] += 1
            self._grades[found] += 1
        yield [
            row.number,
            row.text("source"),
            row.text("receptor"),
            distance,
            decimal_text(required),
            "" if isinstance(found, Missing) else found,
            "、".join(row.why),
        ]

    def _point(self, row: Row, who: str) -> tuple[Fraction, Fraction] | Missing:
        east, north = (row.value(f"{who}_{axis}", 0, _FURTHEST_GRID_M) for axis in ("east", "north"))
        if isinstance(east, Missing):
            return Missing("no_coordinates") if east.reason == "blank" else east
        if isinstance(north, Missing):
            return Missing("no_coordinates") if north.reason == "blank" else north
        return east, north

    def summary(self) -> Mapping[str, Any]:
        """Return how many pairs are far enough and how many are not."""
        return {"pairs": dict(self._grades)}


class ForecastTable(_Risk):
    """Forecasts of daily indices by city: the level they call for, and what to do (重污染天气预警)."""

    needs: Sequence[str] = ("city", "day", "AQI")
    heading: Sequence[str] = (
        *("城市", "预测起", "预测止", "应达级别", "动作", "动作后级别", "低于黄色小时数"),
        *("未评价原因", "依据", "未核实"),
    )

    def __init__(self, settings: Settings, editions: Mapping[str, str]) -> None:
        super().__init__(settings, editions)
        self._days: dict[str, dict[date, int | Missing]] = {}
        self._rows: dict[str, Row] = {}

    def judge(self, row: Row) -> Iterator[Line]:
        """Keep one day of a forecast."""
        city, day, index = row.text("city"), row.day("day", None), row.whole("AQI", 0, 500)
        if isinstance(day, Missing):
            row.not_judged("day", "no_day")
        elif day in self._days.setdefault(city, {}):
            row.report("day", "duplicate_day", "once a city")
        else:
            self._days[city][day] = index
            self._rows.setdefault(city, row)
        yield from ()

    def finish(self) -> Iterator[Line]:
        """Return the line of each city; a day that is not there is a gap in its forecast."""
        for city, days in self._days.items():
            first, last = min(days), max(days)
            span = [first + timedelta(days=n) for n in range((last - first).days + 1)]
            forecast = [days.get(day, Missing("no_forecast")) for day in span]
            row = self._rows[city]
            current = row.word("current", _LEVELS, needed=False) if "current" in row.columns else None
            level = _LEVELS.get(self.settings.current) if current is None else current
            yield self._line(
                row, city, (first, last), forecast, None if isinstance(level, Missing) else level
            )

    def _line(
        self,
        row: Row,
        city: str,
        span: tuple[date, date],
        forecast: Sequence[int | Missing],
        current: WarningLevel | None,
    ) -> Line:
        head = [city, *(day.isoformat() for day in span)]
        rule = row.judged("AQI", self.rules(span[0]).warning_rule)
        if isinstance(rule, Missing):
            return [*head, "", "", "", "", "、".join(row.why), "", ""]
        wanted, move = forecast_level(forecast, rule), next_warning(current, forecast, rule)
        self.keep(rule.basis, move.action.label)
        return [
            *head,
            "" if wanted is None else wanted.label,
            move.action.label,
            "" if move.level is None else move.level.label,
            hours_below(forecast, rule),
            "、".join(row.why),
            *basis_cells(rule.basis),
        ]

    def summary(self) -> Mapping[str, Any]:
        """Return how many cities take which action."""
        return {"actions": dict(self._grades)}
