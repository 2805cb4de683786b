"""Evaluates tables of ecological indices by area and year, with their changes (生态质量评价)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from functools import partial
from typing import Any

from qingshan.evaluation.ecology_rules import EcologyRules, Index, IndexVerdict
from qingshan.evaluation.row_tables import Line, Row, Settings, basis_cells, decimal_text
from qingshan.kernel.basis import Basis, Missing
from qingshan.kernel.rounding import exact
from qingshan.science.ecology.index import Change

__all__ = ["EcologyTable"]

_PARTS = {
    Index.EI: ("biology", "vegetation", "water", "land_stress", "pollution_load"),
    Index.EQI: ("pattern", "function", "biodiversity", "stress"),
}
_EVENTS = {
    "重大或特别重大突发环境事件": "major_or_extraordinary_event",
    "较大或一般突发环境事件": "larger_or_general_event",
    "国家通报": "national_notice",
    "省级通报": "provincial_notice",
    "挂牌督办": "supervised_illegal_case",
    "区域限批": "regional_approval_restriction",
}
_FIRST_YEAR, _LAST_YEAR = 1980, 2200


class EcologyTable:
    """Areas and years: an index, computed or published; its grade; its change since the year before."""

    needs: Sequence[str] = ("area", "year")
    heading: Sequence[str] = (
        *("行号", "地区", "年份", "指数", "数值", "等级", "约束前", "上年", "变化", "变化幅度"),
        *("未评价原因", "依据", "未核实"),
    )

    def __init__(self, index: Index, settings: Settings, editions: Mapping[str, str]) -> None:
        self.index, self.settings, self._editions = index, settings, editions
        self._basis = Basis()
        self._grades: Counter[str] = Counter()
        self._known: dict[tuple[str, int], tuple[Row, IndexVerdict | Missing]] = {}

    def judge(self, row: Row) -> Iterator[Line]:
        """Keep one area and year: its line needs the year before, which may stand further down."""
        area, year = row.text("area"), row.whole("year", _FIRST_YEAR, _LAST_YEAR)
        if isinstance(year, Missing):
            row.not_judged("year", year.reason)
        elif (area, year) in self._known:
            row.report("year", "duplicate_year", "once an area")
        else:
            self._known[area, year] = (row, self._verdict(row, self._rules(year)))
        yield from ()

    def finish(self) -> Iterator[Line]:
        """Return the line of each area and year, in the order of the file."""
        for (area, year), (row, found) in self._known.items():
            before = self._known.get((area, year - 1))
            change = self._change(row, year, found, before[1] if before else None)
            yield self._line(row, year, found, before[1] if before else None, change)

    def summary(self) -> Mapping[str, Any]:
        """Return how many areas and years there are of each grade."""
        return {"grades": dict(self._grades)}

    def basis(self) -> Basis:
        """Return what all verdicts rest on."""
        return self._basis

    def _rules(self, year: int) -> EcologyRules:
        allow = self.settings.allow_unverified
        return EcologyRules(date(year, 12, 31), self._editions, allow_unverified=allow)

    def _verdict(self, row: Row, rules: EcologyRules) -> IndexVerdict | Missing:
        published = row.value("index", 0, 100)
        if not isinstance(published, Missing):
            found = row.judged("index", partial(rules.grade, self.index, published))
        elif published.reason != "blank":
            return row.not_judged("index", published.reason)
        else:
            found = self._from_parts(row, rules)
        if isinstance(found, Missing):
            return found
        if isinstance(found.grade, Missing):
            return row.not_judged("index", found.grade.reason)
        self._grades[found.grade] += 1
        self._basis |= found.basis
        return found

    def _from_parts(self, row: Row, rules: EcologyRules) -> IndexVerdict | Missing:
        # HJ 192 counts a part above 100 as 100; how far above one may lie is not said.
        most = 1000 if self.index is Index.EI else 100
        parts = {part: row.value(part, 0, most) for part in _PARTS[self.index]}
        if self.index is Index.EQI:
            return row.judged("index", partial(rules.judge_eqi, parts))
        event = row.word("event", _EVENTS, needed=False)
        events = [] if isinstance(event, Missing) else [event]
        return row.judged("index", partial(rules.judge_ei, parts, events))

    def _change(
        self, row: Row, year: int, found: IndexVerdict | Missing, before: IndexVerdict | Missing | None
    ) -> Change | None:
        numbers = [self._printed(one) for one in (before, found)]
        old, new = numbers
        if old is None or new is None:
            return None
        change = row.judged("year", partial(self._rules(year).change, self.index, old, new))
        if isinstance(change, Missing):
            return None
        self._basis |= change.basis
        return change

    def _printed(self, found: IndexVerdict | Missing | None) -> Fraction | None:
        """The index as it is published: a change is one between published numbers."""
        if found is None or isinstance(found, Missing) or isinstance(found.value, Missing):
            return None
        return exact(EcologyRules(None).printed(self.index, found.value))

    def _line(
        self,
        row: Row,
        year: int,
        found: IndexVerdict | Missing,
        before: IndexVerdict | Missing | None,
        change: Change | None,
    ) -> Line:
        basis = Basis() if isinstance(found, Missing) else found.basis
        basis |= Basis() if change is None else change.basis
        grade = "" if isinstance(found, Missing) or isinstance(found.grade, Missing) else found.grade
        unlimited = None if isinstance(found, Missing) else found.before_limitation
        return [
            row.number,
            row.text("area"),
            year,
            self.index.label,
            decimal_text(self._printed(found)),
            grade,
            decimal_text(unlimited, 2),
            decimal_text(self._printed(before)),
            "" if change is None else decimal_text(change.delta),
            ""
            if change is None
            else f"{change.size}（{change.direction}）"
            if change.direction
            else change.size,
            "、".join(row.why),
            *basis_cells(basis),
        ]
