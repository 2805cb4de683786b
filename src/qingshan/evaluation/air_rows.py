"""Evaluates a table of air row by row: an index for every hour or day, under the edition of its day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

import numpy as np
from numpy.typing import NDArray

from qingshan.evaluation.air_profile import AirProfile, BadAirProfile
from qingshan.evaluation.air_readings import ConcentrationReader
from qingshan.evaluation.air_rules import index_rules, reporting_decimals
from qingshan.evaluation.problems import Problems
from qingshan.evaluation.sample_times import SampleTime, read_time
from qingshan.evaluation.tables import Batch
from qingshan.kernel.basis import Missing
from qingshan.science.air import (
    MISSING,
    IndexRules,
    IndexTables,
    as_codes,
    grade_of,
    primary_names,
    publication,
)
from qingshan.standards.public import BeforeFirstEdition, Edition, Rulebook, rules_named, rules_on

__all__ = ["AirRow", "RowEvaluator", "report_strangers", "station_names"]


@dataclass(frozen=True, slots=True)
class AirRow:
    """What came of one row: its index, or the reason why there is none.

    ``mark`` stands in place of the index where the edition does not let one be published that
    rests on too few pollutants; the index is kept beside it. ``missing`` maps each indicator
    without a value to the reason.
    """

    row: int
    station: str
    at: datetime | None
    aqi: int | None
    sub_indices: Mapping[str, int | None]
    primary: tuple[str, ...]
    over_standard: tuple[str, ...]
    grade: str
    missing: Mapping[str, str]
    edition: str
    reason: str
    mark: str = ""


@dataclass(slots=True)
class _Ready:
    """Rules of one edition, made ready for the columns of the table."""

    name: str
    rules: IndexRules
    tables: IndexTables
    publish_only_above: int | None
    mark_missing: str


@dataclass(frozen=True, slots=True)
class _Batch:
    """A batch with everything that was read and computed of it, column by column."""

    first_row: int
    stations: Sequence[str]
    moments: Sequence[datetime | Missing]
    rules: Sequence[_Ready | Missing]
    texts: Mapping[str, Sequence[str]]
    aqi: NDArray[np.uint16]
    bits: NDArray[np.uint8]
    subs: Mapping[str, NDArray[np.uint16]]


@dataclass(slots=True)
class RowEvaluator:
    """Evaluates batches of rows; remembers editions, texts and keys already seen.

    Parameters
    ----------
    profile : AirProfile
    report : str
        ``hourly`` or ``daily``.
    editions : tuple of Edition, optional
        Where to look editions up; the shipped ones when not given.
    year : int, optional
        Year of times that have none.
    repeats : bool
        Whether a station and time that stood before is evaluated again, not refused.
    gap : str
        What an empty cell means: ``too_few_valid_hours`` where days were formed from hours.
    """

    profile: AirProfile
    report: str
    editions: tuple[Edition, ...] | None = None
    year: int | None = None
    repeats: bool = False
    gap: str = "blank"
    problems: Problems = field(default_factory=Problems)
    ready: dict[str, _Ready] = field(default_factory=dict)
    _by_day: dict[date, _Ready | Missing] = field(default_factory=dict)
    _readers: dict[str, ConcentrationReader] = field(default_factory=dict)
    _times: dict[str, SampleTime | Missing] = field(default_factory=dict)
    _seen: set[tuple[str, datetime]] = field(default_factory=set)
    _heading: tuple[str, ...] = ()

    def evaluate(self, batch: Batch) -> Iterator[AirRow]:
        """Yield what came of every row of a batch, in order."""
        heading = tuple(batch.columns)
        columns = self.profile.indicators_of(heading)
        self._report_strangers(heading)
        moments = self._moments(batch, heading)
        rules = [self._rules_of(at, columns) for at in moments]
        steps = {name: self._read(batch, name, column) for name, column in columns.items()}
        texts = {name: batch.columns[column] for name, column in columns.items()}
        stations = station_names(batch, self.profile)
        results = self._indices(rules, steps, len(batch))
        whole = _Batch(batch.first_row, stations, moments, rules, texts, *results)
        for place in range(len(batch)):
            yield self._row(whole, place)

    def _report_strangers(self, heading: tuple[str, ...]) -> None:
        if heading != self._heading:
            report_strangers(heading, self.profile, self.problems)
            self._heading = heading

    def _moments(self, batch: Batch, heading: Sequence[str]) -> list[datetime | Missing]:
        column = self.profile.time_column(heading)
        found: list[datetime | Missing] = []
        for place, text in enumerate(batch.columns[column]):
            time = self._times.get(text)
            if time is None:
                time = self._times[text] = read_time(text, year=self.year)
            if isinstance(time, Missing):
                self.problems.add(batch.first_row + place, column, text, time.reason)
                found.append(time)
            else:
                found.append(time.at)
        return found

    def _rules_of(self, at: datetime | Missing, columns: Mapping[str, str]) -> _Ready | Missing:
        if isinstance(at, Missing):
            return at
        day = at.date()
        if day not in self._by_day:
            self._by_day[day] = self._find(day, columns)
        return self._by_day[day]

    def _find(self, day: date, columns: Mapping[str, str]) -> _Ready | Missing:
        named = self.profile.editions.get("index")
        try:
            book = rules_named(named, self.editions) if named else rules_on("HJ 633", day, self.editions)
        except BeforeFirstEdition:
            return Missing("before_first_edition")
        if book.name not in self.ready:
            self.ready[book.name] = self._made_ready(book, columns)
        return self.ready[book.name]

    def _made_ready(self, book: Rulebook, columns: Mapping[str, str]) -> _Ready:
        report = (
            self.profile.hourly_report.get(book.code, "hourly") if self.report == "hourly" else self.report
        )
        rules = index_rules(book, report)
        used = [name for name in columns if name in rules.known]
        if not used:
            raise BadAirProfile(f"{self.profile.name}: no column is an indicator of {book.code} {report}")
        return _Ready(book.name, rules, IndexTables.of(rules, used), *_publication(book))

    def _read(self, batch: Batch, name: str, column: str) -> NDArray[np.int64]:
        if name not in self._readers:
            pollutant = name.split("_")[0]
            decimals = reporting_decimals(self.editions)[pollutant]
            self._readers[name] = ConcentrationReader(
                name, decimals, self.profile.power_of_ten(pollutant), self.profile.plausible.get(pollutant)
            )
        return self._readers[name].column(batch.columns[column], batch.first_row, column, self.problems)

    def _indices(
        self, rules: Sequence[_Ready | Missing], steps: Mapping[str, NDArray[np.int64]], rows: int
    ) -> tuple[NDArray[np.uint16], NDArray[np.uint8], dict[str, NDArray[np.uint16]]]:
        aqi = np.full(rows, MISSING, np.uint16)
        bits = np.zeros(rows, np.uint8)
        subs = {name: np.full(rows, MISSING, np.uint16) for name in steps}
        for ready in {id(r): r for r in rules if not isinstance(r, Missing)}.values():
            places = np.flatnonzero([rule is ready for rule in rules])
            codes = [as_codes(steps[name][places]) for name in ready.tables.names]
            aqi[places], bits[places] = ready.tables.evaluate(codes)
            for name, sub in zip(ready.tables.names, ready.tables.sub_indices(codes), strict=True):
                subs[name][places] = sub
        return aqi, bits, subs

    def _row(self, batch: _Batch, place: int) -> AirRow:
        row, station = batch.first_row + place, batch.stations[place]
        at, ready = batch.moments[place], batch.rules[place]
        if isinstance(at, Missing):
            return _without(row, station, None, at.reason)
        if not station.strip():
            self.problems.add(row, self.profile.station[0], station, "no_station")
            return _without(row, station, at, "no_station")
        if isinstance(ready, Missing):
            return _without(row, station, at, ready.reason)
        if not self.repeats and (station, at) in self._seen:
            self.problems.add(row, "time", f"{station} {at}", "duplicate_time")
            return _without(row, station, at, "duplicate_time")
        self._seen.add((station, at))
        subs = {name: int(batch.subs[name][place]) for name in ready.tables.names}
        missing = self._missing(batch, place, ready, subs)
        return _with(row, station, at, ready, int(batch.aqi[place]), int(batch.bits[place]), subs, missing)

    def _missing(self, batch: _Batch, place: int, ready: _Ready, subs: Mapping[str, int]) -> dict[str, str]:
        # Another averaging time of the same pollutant stands for one that is not given.
        present = {name.split("_")[0] for name, sub in subs.items() if sub != MISSING}
        absent = (name for name in ready.rules.scales if name.split("_")[0] not in present)
        return {name: self._why(batch, place, name) for name in absent}

    def _why(self, batch: _Batch, place: int, indicator: str) -> str:
        if indicator not in batch.texts:
            return "no_column"
        found = self._readers[indicator].read(batch.texts[indicator][place])
        if not isinstance(found, Missing):
            return "above_scale"
        return self.gap if found.reason == "blank" else found.reason


def report_strangers(heading: Sequence[str], profile: AirProfile, problems: Problems) -> None:
    """Report the columns that the profile does not explain: unknown codes and names."""
    for column in profile.strangers(heading):
        problems.add(1, column, column, "unknown_column")


def station_names(batch: Batch, profile: AirProfile) -> list[str]:
    """Return the name of the station of every row."""
    parts = [batch.columns[column] for column in profile.station]
    return list(parts[0]) if len(parts) == 1 else [" ".join(words) for words in zip(*parts, strict=True)]


def _with(
    row: int,
    station: str,
    at: datetime,
    ready: _Ready,
    aqi: int,
    bits: int,
    subs: Mapping[str, int],
    missing: Mapping[str, str],
) -> AirRow:
    shown = {name: None if sub == MISSING else sub for name, sub in subs.items()}
    if aqi == MISSING:
        return AirRow(row, station, at, None, shown, (), (), "", missing, ready.name, "no_sub_index")
    above = ready.rules.over_standard_above
    over = {n: sub for n, sub in subs.items() if above is not None and sub != MISSING and sub > above}
    return AirRow(
        row,
        station,
        at,
        aqi,
        shown,
        primary_names(bits, ready.tables.names),
        tuple(sorted(over, key=lambda name: -over[name])),
        grade_of(aqi, ready.rules.grades).name,
        missing,
        ready.name,
        "",
        _mark(aqi, tuple(missing), ready),
    )


def _mark(aqi: int, missing: tuple[str, ...], ready: _Ready) -> str:
    if ready.publish_only_above is None:
        return ""
    found = publication(
        aqi,
        missing=missing,
        publish_only_above=ready.publish_only_above,
        mark_missing=ready.mark_missing,
    )
    return found.mark


def _publication(book: Rulebook) -> tuple[int | None, str]:
    if not book.has("completeness"):
        return None, ""
    mark = book.cell("completeness", rule="mark_missing")
    return int(book.number("completeness", rule="publish_only_above")), str(mark.value)


def _without(row: int, station: str, at: datetime | None, reason: str) -> AirRow:
    return AirRow(row, station, at, None, {}, (), (), "", {}, "", reason)
