"""Evaluates a table of surface water: class, grade and main pollutants of every sample (地表水评价)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from qingshan.evaluation.problems import Problems
from qingshan.evaluation.repeats import Repeats
from qingshan.evaluation.sample_times import SampleTime
from qingshan.evaluation.tables import Batch, columns_of, read_batches
from qingshan.evaluation.water_judging import Judged, judge
from qingshan.evaluation.water_profile import WaterProfile
from qingshan.evaluation.water_rules import Water, WaterRules
from qingshan.evaluation.water_samples import (
    ItemReader,
    Place,
    item_reader,
    places_in,
    read_sample_times,
    waters_of,
)
from qingshan.kernel.basis import Basis, Missing
from qingshan.kernel.rounding import round_places
from qingshan.science.water.basin import section_shares
from qingshan.science.water.classes import WaterClass, grade_of, read_class
from qingshan.science.water.readings import Reading
from qingshan.science.water.section import MainPollutant
from qingshan.standards.public import BeforeFirstEdition

__all__ = ["SampleVerdict", "WaterRun"]

_NO_SECTION, _BEFORE = "no_section", "before_the_first_edition"
_GAPS = ("", "*", "-", "--")


@dataclass(frozen=True, slots=True)
class SampleVerdict:
    """What one row of the table comes to.

    ``water_class`` is Missing with its reason where there is no class. ``same_as_row`` is
    the earlier row of the same section and time; such a row counts in no share.
    """

    row: int
    place: Place
    time: SampleTime | Missing
    water: Water
    water_is_told: bool
    water_class: WaterClass | Missing
    deciding: tuple[str, ...]
    pollutants: tuple[MainPollutant, ...]
    missing: Mapping[str, str]
    basis: Basis
    published: str
    same_as_row: int | None
    readings: Mapping[str, Reading | Missing]

    @property
    def is_outside(self) -> bool:
        """The row belongs to no section, or to a day that no edition judges."""
        return isinstance(self.water_class, Missing) and self.water_class.reason in (_NO_SECTION, _BEFORE)


@dataclass(slots=True)
class WaterRun:
    """One evaluation of one table.

    Parameters
    ----------
    path : Path
    profile : WaterProfile
    sections : mapping of section to kind of water
        From a list of sections; None where the list does not know.
    year : int, optional
        Year of times printed without one, as the caller was told.
    """

    path: Path
    profile: WaterProfile
    sections: Mapping[Place, Water | None] = field(default_factory=dict)
    year: int | None = None
    problems: Problems = field(default_factory=Problems)
    counts: Counter[str] = field(default_factory=Counter)
    classes: Counter[WaterClass] = field(default_factory=Counter)
    gaps: Counter[tuple[str, str]] = field(default_factory=Counter)
    basis: Basis = field(default_factory=Basis)
    first: SampleTime | None = None
    last: SampleTime | None = None
    _readers: dict[str, ItemReader] = field(default_factory=dict)
    _repeats: Repeats = field(default_factory=Repeats)
    _rules: dict[date, WaterRules] = field(default_factory=dict)

    def verdicts(self, progress: Callable[[int], None] = lambda rows: None) -> Iterator[SampleVerdict]:
        """Evaluate the table, row by row in the order of the file.

        Raises
        ------
        BadTable, BadProfile
            The table cannot be read, or has not the columns that the profile names.
        """
        heading = columns_of(self.path)
        items = self.profile.items_of(heading, WaterRules(None, self.profile.editions))
        for column in self.profile.strangers(heading, items):
            self.problems.add(1, column, column, "unknown_column")
        for batch in read_batches(self.path):
            yield from self._batch(batch, items)
            self.counts["rows"] += len(batch)
            progress(self.counts["rows"])

    def _batch(self, batch: Batch, items: Mapping[str, str]) -> Iterator[SampleVerdict]:
        places = places_in(batch, self.profile)
        times = read_sample_times(batch, self.profile, self.year, self.problems)
        waters, told = waters_of(batch, places, self.sections, self.profile)
        readings = {item: self._read(item, column, batch) for item, column in items.items()}
        self._check_words(batch)
        judged = self._judge(readings, times, waters)
        for n in self._nameless(batch, places):
            judged[n] = (Missing(_NO_SECTION), None, 0)
        published = batch.columns.get(self.profile.published_class, [""] * len(batch))
        for n, place in enumerate(places):
            water_class, found, row = judged[n]
            own = {item: column[n] for item, column in readings.items()}
            verdict = SampleVerdict(
                row=batch.first_row + n,
                place=place,
                time=times[n],
                water=waters[n],
                water_is_told=told[n],
                water_class=water_class,
                deciding=found.deciding(row) if found else (),
                pollutants=found.pollutants[row] if found else (),
                missing={item: gap.reason for item, gap in own.items() if isinstance(gap, Missing)},
                basis=found.basis if found else Basis(),
                published=published[n],
                same_as_row=self._repeats.first_of(
                    batch.first_row + n,
                    place,
                    times[n],
                    own,
                    column=self.profile.time[0],
                    problems=self.problems,
                ),
                readings=own,
            )
            self._count(verdict)
            yield verdict

    def _nameless(self, batch: Batch, places: Sequence[Place]) -> list[int]:
        """Rows that do not say which section they are of: reported, and judged with no other."""
        column = list(self.profile.place.values())[-1]
        found = [n for n, place in enumerate(places) if not place[-1].strip()]
        self.problems.add_all((batch.first_row + n for n in found), column, "", _NO_SECTION)
        return found

    def _read(self, item: str, column: str, batch: Batch) -> list[Reading | Missing]:
        if item not in self._readers:
            self._readers[item] = item_reader(item, self.profile, WaterRules(None, self.profile.editions))
        return self._readers[item].read(batch.columns[column], batch.first_row, column, self.problems)

    def _judge(
        self,
        readings: Mapping[str, Sequence[Reading | Missing]],
        times: Sequence[SampleTime | Missing],
        waters: Sequence[Water],
    ) -> list[tuple[WaterClass | Missing, Judged | None, int]]:
        """Class of each row, with the group that judged it: rows of one edition are one group."""
        results: list[tuple[WaterClass | Missing, Judged | None, int]] = [
            (Missing("no_time"), None, 0) for _ in times
        ]
        groups: dict[tuple[str, str], list[int]] = {}
        for n, time in enumerate(times):
            if isinstance(time, Missing):
                results[n] = (Missing("no_time" if time.reason == "blank" else time.reason), None, 0)
                continue
            try:
                rules = self._rules_on(time.at.date())
                groups.setdefault((rules.limits.name, rules.method.name), []).append(n)
            except BeforeFirstEdition:
                results[n] = (Missing(_BEFORE), None, 0)
        for rows in groups.values():
            taken = {item: [column[n] for n in rows] for item, column in readings.items()}
            judged_items = {item: taken[item] for item in taken if item in self.profile.judged}
            last = max(time.at.date() for n in rows if isinstance(time := times[n], SampleTime))
            found = judge(judged_items, [waters[n] for n in rows], self._rules_on(last))
            self.basis |= found.basis
            for place, n in enumerate(rows):
                results[n] = (found.water_class(place), found, place)
        return results

    def _rules_on(self, day: date) -> WaterRules:
        if day not in self._rules:
            self._rules[day] = WaterRules(day, self.profile.editions)
        return self._rules[day]

    def _check_words(self, batch: Batch) -> None:
        for column, is_known, reason in (
            (self.profile.status, self._is_known_status, "unknown_status"),
            (self.profile.published_class, _is_class_or_gap, "unknown_class"),
            (self.profile.water_column, self._is_known_water, "unknown_kind_of_water"),
        ):
            texts = batch.columns.get(column, ())
            strange = {text for text in set(texts) if not is_known(text)}
            for row, text in enumerate(texts if strange else (), batch.first_row):
                if text in strange:
                    self.problems.add(row, column, text, reason)

    def _is_known_status(self, text: str) -> bool:
        return not text or not self.profile.known_statuses or text in self.profile.known_statuses

    def _is_known_water(self, text: str) -> bool:
        return text.strip() in _GAPS or text in self.profile.water_words

    def _count(self, verdict: SampleVerdict) -> None:
        if isinstance(verdict.time, SampleTime):
            self.counts["year_concluded"] += verdict.time.year_concluded
            if self.first is None or verdict.time.at < self.first.at:
                self.first = verdict.time
            if self.last is None or verdict.time.at > self.last.at:
                self.last = verdict.time
        if verdict.same_as_row is not None:
            self.counts["duplicates"] += 1
        elif isinstance(verdict.water_class, Missing):
            self.counts[f"not_judged:{verdict.water_class.reason}"] += 1
        else:
            self.classes[verdict.water_class] += 1
            self.counts["judged"] += 1
            self.counts["water_assumed"] += not verdict.water_is_told
            self.gaps.update((item, reason) for item, reason in verdict.missing.items())
            self.counts["with_missing_items"] += any(i in verdict.missing for i in self.profile.judged)

    def _gaps(self) -> dict[str, dict[str, int]]:
        found: dict[str, dict[str, int]] = {}
        for (item, reason), count in sorted(self.gaps.items()):
            found.setdefault(item, {})[reason] = count
        return found

    def summary(self) -> dict[str, Any]:
        """Return the counts of the rows seen so far, as plain data."""
        counts = [self.classes[water_class] for water_class in WaterClass]
        shares = section_shares(counts) if any(counts) else None
        prefix = "not_judged:"
        return {
            "file": self.path.name,
            "profile": self.profile.name,
            "rows": self.counts["rows"],
            "judged": self.counts["judged"],
            "duplicates": self.counts["duplicates"],
            "not_judged": {
                name.removeprefix(prefix): count
                for name, count in sorted(self.counts.items())
                if name.startswith(prefix)
            },
            "judged_with_missing_items": self.counts["with_missing_items"],
            "missing_values": self._gaps(),
            "kind_of_water_assumed": self.counts["water_assumed"],
            "year_concluded": self.counts["year_concluded"],
            "from": None if self.first is None else self.first.at.isoformat(" ", "minutes"),
            "to": None if self.last is None else self.last.at.isoformat(" ", "minutes"),
            "samples_by_class": {c.label: n for c, n in zip(WaterClass, counts, strict=True)},
            "percent_by_class": None
            if shares is None
            else {
                c.label: str(round_places(share, 1))
                for c, share in zip(WaterClass, shares.by_class, strict=True)
            },
            "percent_I_III": None if shares is None else str(round_places(shares.good, 1)),
            "grades": dict(Counter(grade_of(c).label for c in self.classes.elements())),
            "problems": dict(sorted(self.problems.counts.items())),
            "editions": list(self.basis.editions),
            "clauses": list(self.basis.clauses),
            "unverified": list(self.basis.unverified),
        }


def _is_class_or_gap(text: str) -> bool:
    return text.strip() in _GAPS or read_class(text) is not None
