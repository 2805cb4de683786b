"""Evaluates a table of sea water: class and eutrophication of stations, grades of coasts (海水评价)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

from qingshan.evaluation.dated_rules import RulesOfDays
from qingshan.evaluation.problems import Problems
from qingshan.evaluation.sample_profile import SampleProfile
from qingshan.evaluation.sample_table import Sample, SampleTable, spec_of
from qingshan.evaluation.sea_rules import GRADING_ITEMS, SeaRules
from qingshan.kernel.basis import Basis, Missing
from qingshan.kernel.rounding import round_places
from qingshan.science.sea.coast import CoastGrade
from qingshan.science.sea.eutrophication import (
    Eutrophication,
    eutrophication_grade,
    eutrophication_index,
)
from qingshan.science.sea.station import (
    ClassShares,
    SeaClass,
    StationClass,
    class_shares,
    exceedance_rates,
    inorganic_nitrogen,
    station_class,
)
from qingshan.science.water.readings import Reading, amount
from qingshan.standards.public import BeforeFirstEdition, UnverifiedValue

__all__ = ["Coast", "SeaRow", "SeaRun"]

_PARTS_OF_NITROGEN = {"NO3N": "硝酸盐氮", "NO2N": "亚硝酸盐氮", "NH4N": "氨氮"}
_AREA = "area_km2"


@dataclass(frozen=True, slots=True)
class SeaRow:
    """What one row comes to.

    ``index`` is the eutrophication index, ``grade`` its grade: None where unverified bounds are
    not allowed to judge.
    """

    sample: Sample
    sea_class: SeaClass | Missing
    verdict: StationClass | None
    index: Fraction | None
    grade: Eutrophication | None
    basis: Basis


@dataclass(frozen=True, slots=True)
class Coast:
    """Shares and grade of one sea in one year; the grade is Missing where it may not be judged."""

    area: str
    year: int
    stations: int
    by_area: bool
    shares: ClassShares
    exceeding: tuple[tuple[str, Fraction], ...]
    grade: CoastGrade | Missing
    basis: Basis


@dataclass(frozen=True, slots=True)
class _Part:
    """One station of a sea: its class, the area it stands for where the table says it, its day."""

    sea_class: SeaClass
    verdict: StationClass
    area: Fraction | None
    day: date


@dataclass(slots=True)
class SeaRun:
    """One evaluation of one table.

    Parameters
    ----------
    path : Path
    profile : SampleProfile
    all_items : bool
        Judge by every item that has limits; without it by the six of national bulletins.
    year : int, optional
        Year of times printed without one.
    allow_unverified : bool
        Whether verdicts may rest on values that nobody has confirmed.
    """

    path: Path
    profile: SampleProfile
    all_items: bool = False
    year: int | None = None
    allow_unverified: bool = False
    classes: Counter[SeaClass] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    basis: Basis = field(default_factory=Basis)
    problems: Problems = field(default_factory=Problems)
    _parts: dict[tuple[str, int], list[_Part]] = field(default_factory=dict)
    _rules: RulesOfDays[SeaRules] = field(init=False)
    _table: SampleTable | None = None

    def __post_init__(self) -> None:
        self._rules = RulesOfDays(self._made)

    def rows(self, progress: Callable[[int], None] = lambda rows: None) -> Iterator[SeaRow]:
        """Evaluate the table, row by row in the order of the file.

        Raises
        ------
        BadTable, BadProfile
            The table cannot be read, or has not the columns that the profile names.
        UnverifiedValue
            A limit is not verified, and that is not allowed.
        """
        rules = SeaRules(None, self.profile.editions)
        words = {name: item for item, name in rules.names.items()} | rules.codes
        words |= {item: item for item in rules.names} | {_AREA: _AREA, "面积": _AREA}
        words |= {item: item for item in _PARTS_OF_NITROGEN}
        words |= {name: item for item, name in _PARTS_OF_NITROGEN.items()}
        specs = {item: spec_of(item, rules.ladder(item), self.profile) for item in rules.names}
        specs |= {item: spec_of(item, None, self.profile) for item in (*_PARTS_OF_NITROGEN, _AREA)}
        self._table = SampleTable(self.path, self.profile, words, specs, self.year, self.problems)
        for sample in self._table.samples(progress):
            row = self._row(sample)
            self._count(row)
            yield row

    def coasts(self) -> Iterator[Coast]:
        """Return shares and grade of each sea and year, after the rows were read.

        Shares are of area where every station of a sea has one, else of stations.
        """
        for (area, year), parts in sorted(self._parts.items()):
            by_area = all(part.area is not None for part in parts)
            shares = class_shares(
                (part.sea_class, part.area if by_area and part.area else 1) for part in parts
            )
            exceeding = exceedance_rates(part.verdict for part in parts)
            rules = self._rules.on(max(part.day for part in parts))
            grade: CoastGrade | Missing
            try:
                grade, basis = rules.coast_grade(shares)
            except UnverifiedValue:
                grade, basis = Missing("unverified_bounds"), Basis()
            except BeforeFirstEdition:
                grade, basis = Missing("before_the_first_edition"), Basis()
            yield Coast(area, year, len(parts), by_area, shares, exceeding, grade, basis)

    def _row(self, sample: Sample) -> SeaRow:
        if isinstance(sample.time, Missing):
            return SeaRow(sample, sample.time, None, None, None, Basis())
        rules = self._rules.on(sample.time.at.date())
        values = {
            item: one if isinstance(one, Missing) else amount(one) for item, one in sample.readings.items()
        }
        if "DIN" not in values and values.keys() >= _PARTS_OF_NITROGEN.keys():
            values["DIN"] = inorganic_nitrogen(*(values[item] for item in _PARTS_OF_NITROGEN))
        try:
            judged = set(rules.names if self.all_items else GRADING_ITEMS) & set(values)
            verdict = station_class(values, rules.scale(judged))
        except BeforeFirstEdition:
            return SeaRow(sample, Missing("before_the_first_edition"), None, None, None, Basis())
        index, grade, basis = self._eutrophication(values, rules)
        return SeaRow(sample, verdict.sea_class, verdict, index, grade, verdict.basis | basis)

    def _eutrophication(
        self, values: dict[str, Fraction | Missing], rules: SeaRules
    ) -> tuple[Fraction | None, Eutrophication | None, Basis]:
        known = [values.get(item) for item in ("COD", "DIN", "DIP")]
        amounts = [value for value in known if isinstance(value, Fraction)]
        if len(amounts) != len(known):
            return None, None, Basis()
        oxygen_demand, nitrogen, phosphate = amounts
        index = eutrophication_index(oxygen_demand, nitrogen, phosphate, rules.eutrophication_factor())
        if not self.allow_unverified:
            return index, None, Basis()
        rule = rules.eutrophication_rule()
        return index, eutrophication_grade(index, rule), rule.basis

    def _made(self, day: date) -> SeaRules:
        return SeaRules(day, self.profile.editions, allow_unverified=self.allow_unverified)

    def _count(self, row: SeaRow) -> None:
        self.basis |= row.basis
        if row.sample.same_as_row is not None:
            self.reasons["duplicate"] += 1
        elif isinstance(row.sea_class, Missing):
            self.reasons[row.sea_class.reason] += 1
        elif row.verdict is not None and not isinstance(row.sample.time, Missing):
            self.classes[row.sea_class] += 1
            day, area = row.sample.time.at.date(), row.sample.readings.get(_AREA)
            weight = area.value if isinstance(area, Reading) and area.value else None
            parts = self._parts.setdefault((row.sample.place[0], day.year), [])
            parts.append(_Part(row.sea_class, row.verdict, weight, day))

    def summary(self) -> dict[str, Any]:
        """Return the counts of the rows seen so far, as plain data."""
        judged = sum(self.classes.values())
        good = self.classes[SeaClass.ONE] + self.classes[SeaClass.TWO]
        return {
            **(self._table.summary() if self._table else {}),
            "judged": judged,
            "not_judged": dict(sorted(self.reasons.items())),
            "samples_by_class": {found.label: self.classes[found] for found in SeaClass},
            "percent_good": None if not judged else str(round_places(Fraction(good * 100, judged), 1)),
            "editions": list(self.basis.editions),
            "clauses": list(self.basis.clauses),
            "unverified": list(self.basis.unverified),
        }
