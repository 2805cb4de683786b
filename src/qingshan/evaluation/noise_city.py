"""Evaluates the noise of a city: mean and grade of its grid points or of its roads (区域、道路交通声环境)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from functools import partial
from typing import Any

from qingshan.evaluation.noise_fields import LOUDEST, QUIETEST, NoiseEvaluator, first_gap
from qingshan.evaluation.row_tables import Line, Row, Settings, basis_cells
from qingshan.kernel.basis import Basis, Missing
from qingshan.kernel.rounding import round_places
from qingshan.science.noise.grades import GradeScale, Road, area_mean, noise_grade, road_mean
from qingshan.science.noise.limits import Period

__all__ = ["AreaNoise", "RoadNoise"]

_LONGEST_M = 100_000


class _CityNoise(NoiseEvaluator):
    """Means over a whole table; the day of the edition is the last one of the table, or the one told."""

    kind = "area"
    needs: Sequence[str] = ("point",)
    heading: Sequence[str] = (
        "城市",
        "时段",
        "点位（路段）数",
        "缺测",
        "平均等效声级",
        "等级",
        "未评价原因",
        "依据",
        "未核实",
    )

    def __init__(self, settings: Settings, editions: Mapping[str, str]) -> None:
        super().__init__(settings, editions)
        self._levels: dict[tuple[str, Period], list[tuple[Fraction, Fraction | Missing]]] = {}
        self._rows: dict[tuple[str, Period], Row] = {}
        self._grades: dict[str, str] = {}

    def judge(self, row: Row) -> Iterator[Line]:
        """Keep the levels of one point or road."""
        length = self.length(row)
        for name, period in (("Ld", Period.DAY), ("Ln", Period.NIGHT)):
            if name not in row.columns:
                continue
            level = row.value(name, QUIETEST, LOUDEST)
            if isinstance(level, Missing) or isinstance(length, Missing):
                level = row.not_judged(name, first_gap(level, length))
            key = row.text("city"), period
            self._rows[key] = row
            weight = Fraction(0) if isinstance(length, Missing) else length
            self._levels.setdefault(key, []).append((weight, level))
        yield from ()

    def length(self, row: Row) -> Fraction | Missing:
        """Return what weights a level: every point counts alike."""
        return Fraction(1)

    def mean(self, levels: Sequence[tuple[Fraction, Fraction]]) -> Fraction:
        """Return the mean of levels with their weights."""
        return area_mean([level for _, level in levels])

    def finish(self) -> Iterator[Line]:
        """Return the line of each city and period."""
        for (city, period), pairs in self._levels.items():
            there = [(weight, level) for weight, level in pairs if not isinstance(level, Missing)]
            head = [city, period.label, len(there), len(pairs) - len(there)]
            row = self._rows[city, period]
            row.why.clear()
            if not there:
                yield [*head, "", "", "no_level", *basis_cells(Basis())]
                continue
            day, mean = row.day("day", self.settings.on), self.mean(there)
            scale: GradeScale | Missing
            if isinstance(day, Missing):
                scale = row.not_judged("Ld", day.reason)
            else:
                scale = row.judged("Ld", partial(self.rules(day).grade_scale, self.kind, period))
            printed = str(round_places(mean, 1))
            if isinstance(scale, Missing):
                yield [*head, printed, "", scale.reason, *basis_cells(Basis())]
                continue
            self._basis |= scale.basis
            grade = noise_grade(mean, scale)
            self._grades[f"{city} {period.label}".strip()] = f"{printed} {grade.level_label}"
            yield [*head, printed, grade.level_label, "", *basis_cells(scale.basis)]

    def summary(self) -> Mapping[str, Any]:
        """Return mean and grade of each city and period."""
        return {"grades": self._grades}


class AreaNoise(_CityNoise):
    """Grid points of a city (区域声环境)."""


class RoadNoise(_CityNoise):
    """Stretches of road, weighted by their length (道路交通声环境)."""

    kind = "road"
    needs: Sequence[str] = ("point", "length")

    def length(self, row: Row) -> Fraction | Missing:
        """Return the length of a stretch, metres."""
        found = row.value("length", 0, _LONGEST_M)
        if isinstance(found, Missing) or found > 0:
            return found
        return row.report("length", "outside_the_possible", f"大于 0 至 {_LONGEST_M}")

    def mean(self, levels: Sequence[tuple[Fraction, Fraction]]) -> Fraction:
        """Return the mean, weighted by length."""
        return road_mean([Road(length, level) for length, level in levels])
