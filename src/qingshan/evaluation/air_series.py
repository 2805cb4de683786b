"""Hours or days of air at many stations, as one block of codes per pollutant."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from qingshan.evaluation.air_profile import AirProfile
from qingshan.evaluation.air_readings import ConcentrationReader
from qingshan.evaluation.air_rows import report_strangers, station_names
from qingshan.evaluation.problems import Problems
from qingshan.evaluation.sample_times import read_time
from qingshan.evaluation.tables import BadTable, Batch, read_batches
from qingshan.kernel.basis import Missing
from qingshan.science.air import MISSING, TOP_CODE
from qingshan.science.air.bulk import Codes

__all__ = [
    "EPOCH",
    "MOST_YEARS",
    "Series",
    "SeriesBuilder",
    "Slots",
    "read_series",
    "require_plausible_days",
]

EPOCH = date(1970, 1, 1)
"""Day zero of the numbering of days; hours count from its Beijing midnight."""

Progress = Callable[[int], None]

MOST_YEARS = 30
"""A longer run of hours is a mistyped year, and would fill the memory with gaps."""


@dataclass(frozen=True, slots=True)
class Series:
    """Values of a run of whole days.

    ``values`` maps an indicator to codes of shape (stations, days, slots): 24 slots for hours,
    one for days.
    """

    stations: tuple[str, ...]
    cities: tuple[str, ...]
    first_day: date
    values: Mapping[str, Codes]

    @property
    def days(self) -> int:
        """How many days it spans."""
        return int(next(iter(self.values.values())).shape[1])

    @property
    def years(self) -> range:
        """Calendar years that it touches."""
        return range(self.first_day.year, (self.first_day + timedelta(days=self.days - 1)).year + 1)

    def year(self, indicator: str, year: int) -> Codes:
        """Return one calendar year of an indicator, shape (stations, days of the year, slots)."""
        block = self.values[indicator]
        first, after = date(year, 1, 1), date(year + 1, 1, 1)
        start, stop = (first - self.first_day).days, (after - self.first_day).days
        if start >= 0 and stop <= block.shape[1]:
            return block[:, start:stop]
        result = np.full((block.shape[0], stop - start, block.shape[2]), MISSING, np.uint16)
        low, high = max(0, start), min(stop, block.shape[1])
        result[:, low - start : high - start] = block[:, low:high]
        return result


@dataclass(frozen=True, slots=True)
class Slots:
    """Places of one indicator's values: station, slot since `EPOCH`, and steps (-1 where missing)."""

    indicator: str
    stations: NDArray[np.integer]
    slots: NDArray[np.int64]
    steps: NDArray[np.int64]
    first_row: int = 0
    rows: NDArray[np.int64] | None = None


@dataclass(slots=True)
class SeriesBuilder:
    """Collects values as they are read, then sets them in blocks; a place taken twice is a problem."""

    slots_per_day: int
    problems: Problems = field(default_factory=Problems)
    station_of: dict[str, int] = field(default_factory=dict)
    city_of: dict[str, str] = field(default_factory=dict)
    parts: list[Slots] = field(default_factory=list)

    def numbers_of(self, names: Sequence[str]) -> NDArray[np.int64]:
        """Return the number of each station, giving new ones the next; -1 where there is no name."""
        known = self.station_of
        for name in names:
            if name not in known and name.strip():
                known[name] = len(known)
        return np.fromiter((known.get(name, -1) for name in names), np.int64, len(names))

    def series(self) -> Series | Missing:
        """Return everything collected; missing (``no_value``) when there is nothing."""
        if not any(len(part.slots) for part in self.parts):
            return Missing("no_value")
        first = min(int(part.slots.min()) for part in self.parts if len(part.slots)) // self.slots_per_day
        last = max(int(part.slots.max()) for part in self.parts if len(part.slots)) // self.slots_per_day
        require_plausible_days(first, last)
        shape = (len(self.station_of), last - first + 1, self.slots_per_day)
        values: dict[str, Codes] = {}
        taken: dict[str, NDArray[np.bool_]] = {}
        for part in self.parts:
            if part.indicator not in values:
                values[part.indicator] = np.full(shape, MISSING, np.uint16)
                taken[part.indicator] = np.zeros(shape, np.bool_)
            places = (part.slots - first * self.slots_per_day) + part.stations * (shape[1] * shape[2])
            self._set(values[part.indicator].reshape(-1), taken[part.indicator].reshape(-1), places, part)
        stations = tuple(self.station_of)
        cities = tuple(self.city_of.get(name, "") for name in stations)
        return Series(stations, cities, EPOCH + timedelta(days=first), values)

    def _set(self, block: Codes, taken: NDArray[np.bool_], places: NDArray[np.int64], part: Slots) -> None:
        unique, first_of = np.unique(places, return_index=True)
        is_new = np.zeros(len(places), np.bool_)
        is_new[first_of] = ~taken[unique]
        if not is_new.all() and part.rows is not None:
            rows = part.rows[~is_new] + part.first_row
            self.problems.add_all((int(row) for row in rows), part.indicator, "", "duplicate_time")
        steps = part.steps[is_new]
        block[places[is_new]] = np.where(steps < 0, MISSING, np.minimum(steps, TOP_CODE)).astype(np.uint16)
        taken[unique] = True


@dataclass(slots=True)
class _TableReader:
    """Reads batches of texts into a builder."""

    profile: AirProfile
    decimals: Mapping[str, int]
    builder: SeriesBuilder
    year: int | None = None
    since: date = EPOCH
    readers: dict[str, ConcentrationReader] = field(default_factory=dict)
    slots: dict[str, int | Missing] = field(default_factory=dict)

    def take(self, batch: Batch) -> None:
        """Read one batch."""
        heading = tuple(batch.columns)
        columns = self.profile.indicators_of(heading)
        if batch.first_row == 2:
            report_strangers(heading, self.profile, self.builder.problems)
        names = station_names(batch, self.profile)
        slots = self._slots(batch, self.profile.time_column(heading), names)
        stations = self.builder.numbers_of(names)
        if self.profile.city in batch.columns:
            self.builder.city_of.update(zip(names, batch.columns[self.profile.city], strict=True))
        for indicator, picked, texts, column in self._cells(batch, columns):
            steps = self._reader(indicator).column(texts, batch.first_row, column, self.builder.problems)
            rows = picked[slots[picked] >= 0]
            there = slots[picked] >= 0
            self.builder.parts.append(
                Slots(indicator, stations[rows], slots[rows], steps[there], batch.first_row, rows)
            )

    def _cells(
        self, batch: Batch, columns: Mapping[str, str]
    ) -> Iterator[tuple[str, NDArray[np.int64], Sequence[str], str]]:
        if not self.profile.is_narrow:
            every = np.arange(len(batch))
            for indicator, column in columns.items():
                yield indicator, every, batch.columns[column], column
            return
        words = batch.columns[self.profile.parameter]
        values = batch.columns[self.profile.value]
        by_word: dict[str, list[int]] = {}
        for place, word in enumerate(words):
            by_word.setdefault(word, []).append(place)
        for word, places in by_word.items():
            if word in self.profile.parameters:
                texts = [values[place] for place in places]
                yield self.profile.parameters[word], np.array(places), texts, self.profile.value
            else:
                rows = (batch.first_row + place for place in places)
                self.builder.problems.add_all(rows, self.profile.parameter, word, "unknown_code")

    def _reader(self, indicator: str) -> ConcentrationReader:
        if indicator not in self.readers:
            pollutant = indicator.split("_")[0]
            self.readers[indicator] = ConcentrationReader(
                indicator,
                self.decimals[pollutant],
                self.profile.power_of_ten(pollutant),
                self.profile.plausible.get(pollutant),
            )
        return self.readers[indicator]

    def _slots(self, batch: Batch, column: str, names: Sequence[str]) -> NDArray[np.int64]:
        found = np.empty(len(batch), np.int64)
        for place, text in enumerate(batch.columns[column]):
            if not names[place].strip():
                self.builder.problems.add(batch.first_row + place, self.profile.station[0], "", "no_station")
                found[place] = -1
                continue
            slot = self.slots.get(text)
            if slot is None:
                slot = self.slots[text] = self._slot(text)
            if isinstance(slot, Missing):
                self.builder.problems.add(batch.first_row + place, column, text, slot.reason)
                slot = -1
            found[place] = slot
        return found

    def _slot(self, text: str) -> int | Missing:
        time = read_time(text, year=self.year)
        if isinstance(time, Missing):
            return time
        slot = slot_of(time.at, self.builder.slots_per_day, self.profile.label)
        is_early = slot < (self.since - EPOCH).days * self.builder.slots_per_day
        return Missing("before_first_edition") if is_early else slot


def require_plausible_days(first: int, last: int) -> None:
    """Refuse a run of days that only a mistyped year explains.

    Raises
    ------
    BadTable
        More than `MOST_YEARS` lie between the first and the last day.
    """
    if last - first > MOST_YEARS * 366:
        days = " to ".join(str(EPOCH + timedelta(days=day)) for day in (first, last))
        raise BadTable(f"the times run from {days}, over {MOST_YEARS} years: look for a mistyped year")


def slot_of(at: datetime, slots_per_day: int, label: str) -> int:
    """Return the number of the hour or day, from `EPOCH`, that a Beijing time names.

    Examples
    --------
    >>> slot_of(datetime(1970, 1, 1, 1), 24, "end"), slot_of(datetime(1970, 1, 2), 24, "end")
    (0, 23)
    >>> slot_of(datetime(1970, 1, 2), 1, "end")
    1
    """
    days = (at.date() - EPOCH).days
    if slots_per_day == 1:
        return days
    return days * 24 + at.hour - (1 if label == "end" else 0)


def read_series(
    path: Path,
    profile: AirProfile,
    decimals: Mapping[str, int],
    problems: Problems,
    progress: Progress | None = None,
    year: int | None = None,
    since: date = EPOCH,
) -> Series | Missing:
    """Return the values of a table as blocks of codes.

    Parameters
    ----------
    path, profile
        The table, and which column holds what.
    decimals : mapping of pollutant to int
        Decimals of the reporting step.
    problems : Problems
        Bad input is added to it, by row and field.
    progress : function, optional
        Called with the number of rows read so far.
    year : int, optional
        Year of times that have none.
    since : date
        Earlier times are reported as ``before_first_edition`` and left out.

    Returns
    -------
    Series or Missing
        Missing (``no_value``) when no row has a station, a time and a known indicator.

    Raises
    ------
    BadTable
        As `read_batches`, or the times span more than `MOST_YEARS`.
    """
    builder = SeriesBuilder(24 if profile.values == "hour" else 1, problems)
    reader = _TableReader(profile, decimals, builder, year, since)
    rows = 0
    for batch in read_batches(path):
        reader.take(batch)
        rows += len(batch)
        if progress:
            progress(rows)
    return builder.series()
