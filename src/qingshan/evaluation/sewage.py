"""Evaluates daily results of sewage plants: effluent, thin influent, load removed (污水处理厂评价)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

from qingshan.evaluation.dated_rules import RulesOfDays
from qingshan.evaluation.problems import Problems
from qingshan.evaluation.sample_profile import SampleProfile
from qingshan.evaluation.sample_table import Sample, SampleTable, spec_of
from qingshan.evaluation.sewage_rules import PlantGrade, SewageRules
from qingshan.kernel.basis import Basis, Missing
from qingshan.science.water.readings import NonDetects, Reading, amount
from qingshan.science.water.sewage import (
    Compliance,
    EffluentLimit,
    InfluentStrength,
    effluent_compliance,
    influent_strength,
    load_kg,
)
from qingshan.standards.public import BeforeFirstEdition

__all__ = ["PlantYear", "SewageRow", "SewageRun"]

_NAMES = {
    "pH": "pH",
    "CODCr": "化学需氧量",
    "BOD5": "五日生化需氧量",
    "SS": "悬浮物",
    "NH3N": "氨氮",
    "TN": "总氮",
    "TP": "总磷",
    "AnimalVegOil": "动植物油",
    "Petroleum": "石油类",
    "LAS": "阴离子表面活性剂",
    "colour": "色度",
    "FecalColi": "粪大肠菌群",
    "Hg": "总汞",
    "AlkylHg": "烷基汞",
    "Cd": "总镉",
    "Cr": "总铬",
    "Cr6": "六价铬",
    "As": "总砷",
    "Pb": "总铅",
    "Ni": "总镍",
    "Cu": "总铜",
    "Zn": "总锌",
    "Mn": "总锰",
    "Sulfide": "硫化物",
    "VolPhenol": "挥发酚",
    "CN": "总氰化物",
}
"""What the columns of an effluent may be called, beside the item itself."""

_LOADS = ("CODCr", "BOD5", "SS", "NH3N", "TN", "TP")
_WATER, _TEMPERATURE, _IN = "water_m3", "water_temp", "in:"


@dataclass(frozen=True, slots=True)
class SewageRow:
    """What one row comes to: whether the daily means comply, or why that is not known."""

    sample: Sample
    verdict: Compliance | Missing
    basis: Basis


@dataclass(frozen=True, slots=True)
class PlantYear:
    """One plant in one year: strength of its influent, water treated, load removed in kg.

    Loads are of the days that have water, influent and effluent; ``days`` says how many of them.
    """

    plant: str
    year: int
    influent: InfluentStrength
    removed_kg: Mapping[str, Fraction]
    days: Mapping[str, int]
    basis: Basis


@dataclass(slots=True)
class SewageRun:
    """One evaluation of one table.

    Parameters
    ----------
    path : Path
    profile : SampleProfile
    grade : PlantGrade
        Grade of GB 18918 that the permit names.
    guangdong : bool
        Hold it against the stricter of this grade and DB44/26, grade 1.
    built_year : int
        Year of building; 2005 and before have a wider limit of phosphorus.
    year : int, optional
        Year of times printed without one.
    allow_unverified : bool
        Whether verdicts may rest on values that nobody has confirmed.
    """

    path: Path
    profile: SampleProfile
    grade: PlantGrade = PlantGrade.ONE_A
    guangdong: bool = False
    built_year: int = 2006
    year: int | None = None
    allow_unverified: bool = False
    counts: Counter[str] = field(default_factory=Counter)
    exceeding: Counter[str] = field(default_factory=Counter)
    basis: Basis = field(default_factory=Basis)
    problems: Problems = field(default_factory=Problems)
    _days: dict[tuple[str, int], list[Sample]] = field(default_factory=dict)
    _rules: RulesOfDays[SewageRules] = field(init=False)
    _table: SampleTable | None = None

    def __post_init__(self) -> None:
        self._rules = RulesOfDays(self._made)

    def rows(self, progress: Callable[[int], None] = lambda rows: None) -> Iterator[SewageRow]:
        """Evaluate the table, row by row in the order of the file.

        Raises
        ------
        BadTable, BadProfile
            The table cannot be read, or has not the columns that the profile names.
        UnverifiedValue
            A limit is not verified, and that is not allowed.
        """
        words = {item: item for item in _NAMES} | {name: item for item, name in _NAMES.items()}
        # A plant has no permanganate index: what its table calls COD is this one.
        words |= dict.fromkeys(("COD", "CODcr"), "CODCr")
        words |= {f"进水{word}": _IN + item for word, item in words.items()}
        words |= {_WATER: _WATER, "水量": _WATER, _TEMPERATURE: _TEMPERATURE, "水温": _TEMPERATURE}
        specs = {item: spec_of(item.removeprefix(_IN), None, self.profile) for item in words.values()}
        self._table = SampleTable(self.path, self.profile, words, specs, self.year, self.problems)
        for sample in self._table.samples(progress):
            row = self._row(sample)
            self._count(row)
            yield row

    def plant_years(self) -> Iterator[PlantYear]:
        """Return influent and load of each plant and year, after the rows were read."""
        for (plant, year), samples in sorted(self._days.items()):
            rules = self._rules.on(max(_day(sample) for sample in samples))
            line, basis = rules.influent_line()
            strength = influent_strength(
                ((_amount(one, _IN + "BOD5"), _amount(one, _WATER)) for one in samples), line
            )
            removed, days = {}, {}
            for item in _LOADS:
                loads = [load for one in samples if (load := _removed(one, item)) is not None]
                if loads:
                    removed[item], days[item] = sum(loads, Fraction(0)), len(loads)
            yield PlantYear(plant, year, strength, removed, days, basis)

    def _row(self, sample: Sample) -> SewageRow:
        if isinstance(sample.time, Missing):
            return SewageRow(sample, sample.time, Basis())
        temperature = _amount(sample, _TEMPERATURE)
        rules = self._rules.on(sample.time.at.date())
        limits_of = rules.stricter_of_both if self.guangdong else rules.plant_limits
        try:
            limits, basis = limits_of(self.grade, temperature, self.built_year)
        except BeforeFirstEdition:
            return SewageRow(sample, Missing("before_the_first_edition"), Basis())
        # A limit of nothing detected is met by a non-detect; any other counts half its detection limit.
        nothing = {limit.item for limit in limits if limit.high == 0}
        uses = {True: NonDetects.ZERO, False: NonDetects.HALF}
        judged = [item for item in _NAMES if item in sample.readings]
        values = {item: _amount(sample, item, uses[item in nothing]) for item in judged}
        by_removal = self._removal_limits(sample, rules)
        kept = [by_removal.get(limit.item, limit) for limit in limits]
        return SewageRow(sample, effluent_compliance(values, kept), basis)

    def _removal_limits(self, sample: Sample, rules: SewageRules) -> dict[str, EffluentLimit]:
        """What grade 3 asks of a strong influent: a removal, written as the effluent it leaves.

        The removal must be greater than its line, so an effluent that leaves exactly that share exceeds.
        """
        found: dict[str, EffluentLimit] = {}
        for item in ("CODCr", "BOD5") if self.grade is PlantGrade.THREE else ():
            influent = _amount(sample, _IN + item)
            if isinstance(influent, Missing):
                continue
            percent = rules.removal_instead(item, influent)
            if percent is not None:
                found[item] = EffluentLimit(item, influent * (100 - Fraction(percent)) / 100, is_open=True)
        return found

    def _made(self, day: date) -> SewageRules:
        return SewageRules(day, self.profile.editions, allow_unverified=self.allow_unverified)

    def _count(self, row: SewageRow) -> None:
        self.basis |= row.basis
        if row.sample.same_as_row is not None:
            self.counts["duplicate"] += 1
            return
        if not isinstance(row.sample.time, Missing):
            self._days.setdefault((row.sample.place[-1], row.sample.time.at.year), []).append(row.sample)
        verdict = row.verdict
        if isinstance(verdict, Missing):
            self.counts[verdict.reason] += 1
        elif isinstance(verdict.complied, Missing):
            self.counts[verdict.complied.reason] += 1
        else:
            self.counts["complied" if verdict.complied else "exceeded"] += 1
            self.exceeding.update(found.item for found in verdict.exceedances)

    def summary(self) -> dict[str, Any]:
        """Return the counts of the rows seen so far, as plain data."""
        counts = dict(self.counts)
        return {
            **(self._table.summary() if self._table else {}),
            "complied": counts.pop("complied", 0),
            "exceeded": counts.pop("exceeded", 0),
            "not_judged": dict(sorted(counts.items())),
            "days_exceeding": dict(self.exceeding),
            "editions": list(self.basis.editions),
            "clauses": list(self.basis.clauses),
            "unverified": list(self.basis.unverified),
        }


def _day(sample: Sample) -> date:
    return date.min if isinstance(sample.time, Missing) else sample.time.at.date()


def _amount(sample: Sample, item: str, use: NonDetects = NonDetects.HALF) -> Fraction | Missing:
    found = sample.readings.get(item, Missing("not_measured_here"))
    return amount(found, use) if isinstance(found, Reading) else found


def _removed(sample: Sample, item: str) -> Fraction | None:
    """Load removed in a day, kg; a non-detect carries none. None where a part of it is missing."""
    parts = [
        _amount(sample, _WATER),
        _amount(sample, _IN + item, NonDetects.ZERO),
        _amount(sample, item, NonDetects.ZERO),
    ]
    known = [part for part in parts if isinstance(part, Fraction)]
    if len(known) != len(parts):
        return None
    water, before, after = known
    return load_kg(water, before) - load_kg(water, after)
