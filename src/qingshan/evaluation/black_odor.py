"""Evaluates a table of black-odorous water: samples, points, stretches and whole waters (黑臭水体评价)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

from qingshan.evaluation.black_odor_rules import BlackOdorRules
from qingshan.evaluation.dated_rules import RulesOfDays
from qingshan.evaluation.problems import Problems
from qingshan.evaluation.row_tables import decimal_text
from qingshan.evaluation.sample_profile import SampleProfile
from qingshan.evaluation.sample_table import ItemSpec, Sample, SampleTable, spec_of
from qingshan.kernel.basis import Basis, Missing
from qingshan.kernel.rounding import Exact
from qingshan.science.water.black_odor import (
    BlackOdor,
    HeavyRule,
    RuralVerdict,
    SampleVerdict,
    body_grade,
    heavy_stretches,
    point_grade,
    rural_verdict,
    sample_grade,
    transparency_grade,
)
from qingshan.science.water.readings import Reading, amount
from qingshan.standards.public import BeforeFirstEdition

__all__ = ["BlackOdorRow", "BlackOdorRun", "WaterBody"]

_BOTTOM = {"是": Fraction(1), "否": Fraction(0)}
_EXTRA = {"depth": "depth", "水深": "depth", "sees_bottom": "sees_bottom", "清澈见底": "sees_bottom"}


@dataclass(frozen=True, slots=True)
class BlackOdorRow:
    """What one row comes to: a grade in a town, black-odorous or not in the countryside."""

    sample: Sample
    verdict: SampleVerdict | RuralVerdict | Missing
    basis: Basis


@dataclass(frozen=True, slots=True)
class WaterBody:
    """One water: its points in the order of the table, its heavy stretches, its grade."""

    name: str
    points: Mapping[str, BlackOdor]
    stretches: tuple[tuple[str, str], ...]
    grade: BlackOdor
    basis: Basis


@dataclass(slots=True)
class _Point:
    """Results of one point: of how many samples each item was heavy, and whether any was black."""

    results: Counter[str] = field(default_factory=Counter)
    heavy: Counter[str] = field(default_factory=Counter)
    is_black: bool = False


@dataclass(slots=True)
class BlackOdorRun:
    """One evaluation of one table.

    Parameters
    ----------
    path : Path
    profile : SampleProfile
    rural : bool
        Judge by the rural guide; its values are not verified.
    equal_counts : bool
        Whether exactly 60 or 30 percent are enough: the urban guide's wording leaves it open.
    year : int, optional
        Year of times printed without one.
    allow_unverified : bool
        Whether verdicts may rest on values that nobody has confirmed.
    """

    path: Path
    profile: SampleProfile
    rural: bool = False
    equal_counts: bool = False
    year: int | None = None
    allow_unverified: bool = False
    grades: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    basis: Basis = field(default_factory=Basis)
    problems: Problems = field(default_factory=Problems)
    _points: dict[str, dict[str, _Point]] = field(default_factory=dict)
    _last: date | None = None
    _table: SampleTable | None = None

    _rules: RulesOfDays[BlackOdorRules] = field(init=False)

    def __post_init__(self) -> None:
        self._rules = RulesOfDays(self._made)

    @property
    def _part(self) -> str:
        return "rural" if self.rural else "urban"

    def rows(self, progress: Callable[[int], None] = lambda rows: None) -> Iterator[BlackOdorRow]:
        """Evaluate the table, row by row in the order of the file.

        Raises
        ------
        BadTable, BadProfile
            The table cannot be read, or has not the columns that the profile names.
        UnverifiedValue
            A line is not verified, and that is not allowed.
        """
        # The names of towns hold those of the countryside; what does not judge is read and left alone.
        names = BlackOdorRules(None, self.profile.editions).names()
        words = {item: item for item in names} | {name: item for item, name in names.items()} | _EXTRA
        specs = {item: spec_of(item, None, self.profile) for item in (*names, "depth")}
        specs["sees_bottom"] = ItemSpec(words=_BOTTOM)
        self._table = SampleTable(self.path, self.profile, words, specs, self.year, self.problems)
        for sample in self._table.samples(progress):
            row = self._row(sample)
            self._count(row)
            yield row

    def waters(self) -> Iterator[WaterBody]:
        """Return points, stretches and grade of each water, after the rows were read; towns only."""
        if self.rural or self._last is None:
            return
        rule = self._rules.on(self._last).heavy(equal_counts=self.equal_counts)
        for name, known in self._points.items():
            points = {point: _grade(found, rule) for point, found in known.items()}
            order = list(points)
            stretches = tuple(
                (order[first], order[last]) for first, last in heavy_stretches(list(points.values()), rule)
            )
            heavy = sum(grade is BlackOdor.HEAVY for grade in points.values())
            is_black = any(grade is not BlackOdor.NONE for grade in points.values())
            grade = body_grade(len(points), heavy, rule) if is_black else BlackOdor.NONE
            yield WaterBody(name, points, stretches, grade, rule.basis)

    def _row(self, sample: Sample) -> BlackOdorRow:
        if isinstance(sample.time, Missing):
            return BlackOdorRow(sample, sample.time, Basis())
        rules = self._rules.on(sample.time.at.date())
        try:
            items = [item for item in rules.names(self._part) if item in sample.readings]
            ladders, basis = rules.ladders(items, self._part)
            seen = self._transparency(sample, rules)
        except BeforeFirstEdition:
            return BlackOdorRow(sample, Missing("before_the_first_edition"), Basis())
        if isinstance(seen, Missing):
            depth_seen = sample.readings["SD"]
            found = "" if isinstance(depth_seen, Missing) else decimal_text(amount(depth_seen))
            self.problems.add(sample.row, "透明度", found, seen.reason, "不大于水深")
            return BlackOdorRow(sample, seen, Basis())
        values: dict[str, Exact | Missing] = {item: _amount(sample.readings[item]) for item in items}
        if not self.rural:
            graded: dict[str, Exact | Missing | BlackOdor] = {**values}
            if seen is not None:
                graded["SD"] = seen
            return BlackOdorRow(sample, sample_grade(graded, ladders), basis)
        if seen is not None:  # held against the depth: clear enough, or beyond any line
            lowest = next(ladder for ladder in ladders if ladder.item == "SD").falls[0].limit
            values["SD"] = lowest if seen is BlackOdor.NONE else Fraction(0)
        return BlackOdorRow(sample, rural_verdict(values, ladders), basis)

    def _transparency(self, sample: Sample, rules: BlackOdorRules) -> BlackOdor | Missing | None:
        """The grade of transparency where depth or a clear bottom decides it; missing where it cannot be."""
        seen, depth = sample.readings.get("SD"), sample.readings.get("depth")
        bottom = sample.readings.get("sees_bottom")
        sees_bottom = isinstance(bottom, Reading) and bottom.value == 1
        if sees_bottom and not isinstance(seen, Reading):
            return BlackOdor.NONE
        if not isinstance(seen, Reading) or not (sees_bottom or isinstance(depth, Reading)):
            return None
        depth_cm = amount(depth) if isinstance(depth, Reading) else None
        if depth_cm is not None and amount(seen) > depth_cm:
            return Missing("transparency_beyond_depth")
        (ladder,), _ = rules.ladders(["SD"], self._part)
        shallow = rules.shallow(self._part)
        return transparency_grade(
            amount(seen), ladder, shallow, depth_cm=depth_cm, sees_bottom=sees_bottom
        ).grade

    def _made(self, day: date) -> BlackOdorRules:
        return BlackOdorRules(day, self.profile.editions, allow_unverified=self.allow_unverified)

    def _count(self, row: BlackOdorRow) -> None:
        self.basis |= row.basis
        verdict = row.verdict
        if row.sample.same_as_row is not None:
            self.reasons["duplicate"] += 1
        elif isinstance(verdict, Missing):
            self.reasons[verdict.reason] += 1
        elif isinstance(verdict, RuralVerdict):
            if isinstance(verdict.is_black, Missing):
                self.reasons[verdict.is_black.reason] += 1
            else:
                self.grades["黑臭" if verdict.is_black else "不黑臭"] += 1
        elif isinstance(verdict.grade, Missing):
            self.reasons[verdict.grade.reason] += 1
        else:
            self.grades[verdict.grade.label] += 1
            self._remember(row.sample, verdict)

    def _remember(self, sample: Sample, verdict: SampleVerdict) -> None:
        if not isinstance(sample.time, Missing):
            day = sample.time.at.date()
            self._last = day if self._last is None else max(day, self._last)
        known = self._points.setdefault(sample.place[0], {}).setdefault(sample.place[-1], _Point())
        for item, grade in verdict.items.items():
            known.results[item] += 1
            known.heavy[item] += grade is BlackOdor.HEAVY
            known.is_black |= grade is not BlackOdor.NONE

    def summary(self) -> dict[str, Any]:
        """Return the counts of the rows seen so far, as plain data."""
        return {
            **(self._table.summary() if self._table else {}),
            "judged": sum(self.grades.values()),
            "not_judged": dict(sorted(self.reasons.items())),
            "samples_by_grade": dict(self.grades),
            "editions": list(self.basis.editions),
            "clauses": list(self.basis.clauses),
            "unverified": list(self.basis.unverified),
        }


def _amount(reading: Reading | Missing) -> Exact | Missing:
    return reading if isinstance(reading, Missing) else amount(reading)


def _grade(found: _Point, rule: HeavyRule) -> BlackOdor:
    return point_grade(found.results, found.heavy, rule) if found.is_black else BlackOdor.NONE
