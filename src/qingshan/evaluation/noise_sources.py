"""Evaluates levels at the boundaries of sites: industry, social life, construction (厂界、边界、场界噪声)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from qingshan.evaluation.noise_fields import (
    ATTAINED,
    LOUDEST,
    PERIODS,
    PLAIN_ZONES,
    QUIETEST,
    NoiseEvaluator,
    first_gap,
    verdict_cells,
)
from qingshan.evaluation.noise_rules import Source
from qingshan.evaluation.row_tables import Line, Row, Settings, basis_cells, decimal_text
from qingshan.kernel.basis import Missing
from qingshan.science.noise.limits import LevelVerdict, Period

__all__ = ["BoundaryNoise"]

_SOURCES = {"工业企业": Source.INDUSTRY, "社会生活": Source.SOCIAL_LIFE, "建筑施工": Source.CONSTRUCTION}
_EVENTS = {"": "occasional", "频发": "frequent", "偶发": "occasional"}
_YES = {"": False, "是": True, "否": False}


class BoundaryNoise(NoiseEvaluator):
    """Levels at boundaries, each against the standard of its source."""

    needs: Sequence[str] = ("point", "source", "period", "level")
    heading: Sequence[str] = (
        *("行号", "点位", "日期", "噪声源", "边界外功能区", "时段", "等效声级", "限值", "评价", "超标"),
        *("最大声级", "最大声级限值", "最大声级评价", "未评价原因", "依据", "未核实"),
    )

    def __init__(self, settings: Settings, editions: Mapping[str, str]) -> None:
        super().__init__(settings, editions)
        self._counts: Counter[str] = Counter()

    def judge(self, row: Row) -> Iterator[Line]:
        """Return the line of one measurement."""
        source, period = row.word("source", _SOURCES), row.word("period", PERIODS)
        zone: str | Missing = "" if source is Source.CONSTRUCTION else row.word("zone", PLAIN_ZONES)
        day = row.day("day", self.settings.on)
        level, loudest = (row.value(name, QUIETEST, LOUDEST) for name in ("level", "maximum"))
        found: LevelVerdict | Missing
        maximum: LevelVerdict | Missing = Missing("blank")
        if (
            isinstance(source, Missing)
            or isinstance(period, Missing)
            or isinstance(zone, Missing)
            or isinstance(day, Missing)
        ):
            found = row.not_judged("level", first_gap(source, period, zone, day))
        else:
            found = self._level(row, source, zone, period, day, level)
            if period is Period.NIGHT:
                maximum = self._maximum(row, source, zone, day, loudest)
        self._counts["judged"] += not isinstance(found, Missing)
        self._counts["exceeded"] += not isinstance(found, Missing) and not found.attained
        basis = self.rest_on(found, maximum)
        yield [
            row.number,
            row.text("point"),
            "" if isinstance(day, Missing) else day.isoformat(),
            "" if isinstance(source, Missing) else source.label,
            "" if isinstance(zone, Missing) else zone,
            "" if isinstance(period, Missing) else period.label,
            *verdict_cells(level, found),
            decimal_text(loudest),
            "" if isinstance(maximum, Missing) else decimal_text(maximum.limit),
            "" if isinstance(maximum, Missing) else ATTAINED[maximum.attained],
            "、".join(row.why),
            *basis_cells(basis),
        ]

    def _level(
        self,
        row: Row,
        source: Source,
        zone: str,
        period: Period,
        day: date | None,
        level: Fraction | Missing,
    ) -> LevelVerdict | Missing:
        indoors = row.word("indoors", _YES)
        if isinstance(level, Missing) or isinstance(indoors, Missing):
            return row.not_judged("level", first_gap(level, indoors))
        rules = self.rules(day)
        return row.judged("level", lambda: rules.judge_boundary(source, zone, period, level, indoors=indoors))

    def _maximum(
        self, row: Row, source: Source, zone: str, day: date | None, loudest: Fraction | Missing
    ) -> LevelVerdict | Missing:
        event = row.word("event", _EVENTS)
        if isinstance(loudest, Missing) or isinstance(event, Missing):
            return Missing(first_gap(loudest, event))
        rules = self.rules(day)
        return row.judged("maximum", lambda: rules.judge_boundary_maximum(source, zone, loudest, event))

    def summary(self) -> Mapping[str, Any]:
        """Return how many measurements were judged and how many exceed their limit."""
        return {"judged": self._counts["judged"], "exceeded": self._counts["exceeded"]}
