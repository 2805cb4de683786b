"""Evaluates a table of groundwater: class, deciding items and indices of every sample (地下水评价)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

from qingshan.evaluation.dated_rules import RulesOfDays
from qingshan.evaluation.groundwater_rules import GroundwaterRules
from qingshan.evaluation.problems import Problems
from qingshan.evaluation.sample_profile import SampleProfile
from qingshan.evaluation.sample_table import ItemSpec, Sample, SampleTable, spec_of
from qingshan.kernel.basis import Basis, Missing
from qingshan.kernel.rounding import round_places
from qingshan.science.groundwater.quality import (
    GroundwaterClass,
    GroundwaterVerdict,
    groundwater_class,
    presence,
)
from qingshan.science.water.readings import Reading
from qingshan.standards.public import BeforeFirstEdition, NoSuchValue

__all__ = ["GroundwaterRow", "GroundwaterRun"]


@dataclass(frozen=True, slots=True)
class GroundwaterRow:
    """What one row comes to. ``indices`` are those of the items beyond the target class."""

    sample: Sample
    water_class: GroundwaterClass | Missing
    verdict: GroundwaterVerdict | None
    indices: Mapping[str, Fraction]
    basis: Basis


@dataclass(slots=True)
class GroundwaterRun:
    """One evaluation of one table.

    Parameters
    ----------
    path : Path
    profile : SampleProfile
    target : GroundwaterClass
        Class that indices refer to; III where the well supplies drinking water.
    year : int, optional
        Year of times printed without one.
    allow_unverified : bool
        Whether verdicts may rest on values that nobody has confirmed.
    """

    path: Path
    profile: SampleProfile
    target: GroundwaterClass = GroundwaterClass.III
    year: int | None = None
    allow_unverified: bool = False
    classes: Counter[GroundwaterClass] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    basis: Basis = field(default_factory=Basis)
    problems: Problems = field(default_factory=Problems)
    _rules: RulesOfDays[GroundwaterRules] = field(init=False)
    _table: SampleTable | None = None

    def __post_init__(self) -> None:
        self._rules = RulesOfDays(self._made)

    def rows(self, progress: Callable[[int], None] = lambda rows: None) -> Iterator[GroundwaterRow]:
        """Evaluate the table, row by row in the order of the file.

        Raises
        ------
        BadTable, BadProfile
            The table cannot be read, or has not the columns that the profile names.
        UnverifiedValue
            A limit is not verified, and that is not allowed.
        """
        rules = GroundwaterRules(None, self.profile.editions)
        words = {name: name for name in rules.names} | rules.codes
        specs = {item: self._spec(item, rules) for item in rules.names}
        self._table = SampleTable(self.path, self.profile, words, specs, self.year, self.problems)
        for sample in self._table.samples(progress):
            row = self._row(sample)
            self._count(row)
            yield row

    def _spec(self, item: str, rules: GroundwaterRules) -> ItemSpec:
        if item in rules.presence_items:
            return ItemSpec(words={word: presence(word) for word in ("无", "有")})
        return spec_of(item, rules.ladder(item), self.profile)

    def _row(self, sample: Sample) -> GroundwaterRow:
        if isinstance(sample.time, Missing):
            return GroundwaterRow(sample, sample.time, None, {}, Basis())
        try:
            rules = self._rules.on(sample.time.at.date())
            verdict = groundwater_class(sample.readings, rules.scale(sample.readings))
        except BeforeFirstEdition:
            return GroundwaterRow(sample, Missing("before_the_first_edition"), None, {}, Basis())
        except NoSuchValue:
            return GroundwaterRow(sample, Missing("edition_holds_no_limits"), None, {}, Basis())
        indices, basis = self._indices(verdict, sample, rules)
        return GroundwaterRow(sample, verdict.water_class, verdict, indices, verdict.basis | basis)

    def _indices(
        self, verdict: GroundwaterVerdict, sample: Sample, rules: GroundwaterRules
    ) -> tuple[dict[str, Fraction], Basis]:
        found, basis = {}, Basis()
        for item in verdict.items_beyond(self.target):
            reading = sample.readings[item]
            if item in rules.presence_items or not isinstance(reading, Reading):
                continue
            try:
                found[item], own = rules.index(item, reading, self.target)
            except BeforeFirstEdition:  # the class stands; its index was not defined yet
                return {}, Basis()
            basis |= own
        return found, basis

    def _made(self, day: date) -> GroundwaterRules:
        return GroundwaterRules(day, self.profile.editions, allow_unverified=self.allow_unverified)

    def _count(self, row: GroundwaterRow) -> None:
        self.basis |= row.basis
        if row.sample.same_as_row is not None:
            self.reasons["duplicate"] += 1
        elif isinstance(row.water_class, Missing):
            self.reasons[row.water_class.reason] += 1
        else:
            self.classes[row.water_class] += 1

    def summary(self) -> dict[str, Any]:
        """Return the counts of the rows seen so far, as plain data."""
        judged = sum(self.classes.values())
        good = sum(count for found, count in self.classes.items() if found <= GroundwaterClass.III)
        return {
            **(self._table.summary() if self._table else {}),
            "judged": judged,
            "not_judged": dict(sorted(self.reasons.items())),
            "samples_by_class": {found.label: self.classes[found] for found in GroundwaterClass},
            "percent_I_III": None if not judged else str(round_places(Fraction(good * 100, judged), 1)),
            "editions": list(self.basis.editions),
            "clauses": list(self.basis.clauses),
            "unverified": list(self.basis.unverified),
        }
