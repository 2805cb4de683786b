"""The short way from a narrow Parquet file of hours to codes, without a text per cell.

Taken when the columns are what the store writes: words for station and parameter, a
timestamp, and numbers. Everything else is read as texts by `air_series`; both give the
same codes.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qingshan.evaluation.air_profile import AirProfile
from qingshan.evaluation.air_readings import DAMAGE, ConcentrationReader
from qingshan.evaluation.air_rows import report_strangers
from qingshan.evaluation.air_series import EPOCH, Series, require_plausible_days
from qingshan.evaluation.problems import Problems
from qingshan.evaluation.tables import BadTable
from qingshan.kernel.basis import Missing
from qingshan.science.air import MISSING, TOP_CODE
from qingshan.science.air.bulk import Codes

__all__ = ["is_short_way", "read_parquet_series"]

BATCH_ROWS = 1 << 17  # small enough that the working columns of a batch stay in the cache
_HOUR_UNITS = {"s": 3_600, "ms": 3_600_000, "us": 3_600_000_000, "ns": 3_600_000_000_000}
_BEIJING_HOURS = 8


def is_short_way(path: Path, profile: AirProfile) -> bool:
    """Return whether the file is a narrow Parquet file of hours with the columns of the store."""
    if path.suffix.lower() != ".parquet" or not profile.is_narrow or profile.values != "hour":
        return False
    if len(profile.station) != 1:
        return False
    arrow, parquet = _arrow()
    try:
        schema = parquet.ParquetFile(path).schema_arrow
    except (OSError, arrow.ArrowException):
        return False  # the long way says what is wrong with it
    wanted = {*profile.station, profile.parameter, profile.value, profile.time[0]}
    if not wanted <= set(schema.names) or profile.city in schema.names:
        return False
    types = arrow.types
    time, value = schema.field(profile.time[0]).type, schema.field(profile.value).type
    is_number = types.is_integer(value) or types.is_floating(value)
    return bool(types.is_timestamp(time) and is_number)


@dataclass(slots=True)
class _Block:
    """The block that grows as stations and hours turn up: stations by indicators by hours.

    In the order of the store (station, parameter, time) neighbouring rows fall on neighbouring places.
    """

    indicators: list[str] = field(default_factory=list)
    stations: dict[str, int] = field(default_factory=dict)
    first_hour: int = 0
    values: Codes = field(default_factory=lambda: np.empty((0, 0, 0), np.uint16))
    count: int = 0

    def fit(self, low: int, high: int) -> None:
        """Make room for whole days from hour ``low`` to ``high``, and for all stations and indicators."""
        stations, indicators, hours = self.values.shape
        first, after = low // 24 * 24, high // 24 * 24 + 24
        if hours:
            first, after = min(first, self.first_hour), max(after, self.first_hour + hours)
        require_plausible_days(first // 24, after // 24)
        wanted = (len(self.stations), len(self.indicators), after - first)
        if wanted[0] <= stations and wanted[1:] == (indicators, hours):
            return
        # Twice the stations at a time, so that the block is not copied for every new one.
        room = max(wanted[0], stations if wanted[0] <= stations else 2 * stations)
        grown = np.full((room, *wanted[1:]), MISSING, np.uint16)
        if hours:
            start = self.first_hour - first
            grown[:stations, :indicators, start : start + hours] = self.values
        self.values, self.first_hour = grown, first

    def set(self, places: NDArray[np.int64], codes: Codes) -> None:
        """Set values without asking whether a place was taken; `is_clean` tells afterwards."""
        self.values.reshape(-1)[places] = codes
        self.count += int(np.count_nonzero(codes != MISSING))

    def set_first(self, places: NDArray[np.int64], codes: Codes) -> NDArray[np.bool_]:
        """Set values where none was; return which rows found their place taken."""
        flat = self.values.reshape(-1)
        is_new = np.zeros(len(places), np.bool_)
        is_new[np.unique(places, return_index=True)[1]] = True
        is_new &= flat[places] == MISSING
        flat[places[is_new]] = codes[is_new]
        return ~is_new

    @property
    def is_clean(self) -> bool:
        """As many values stand in the block as were set: no place was taken twice."""
        return int(np.count_nonzero(self.values != MISSING)) == self.count


def read_parquet_series(
    path: Path,
    profile: AirProfile,
    decimals: Mapping[str, int],
    problems: Problems,
    progress: Callable[[int], None] | None = None,
    since: date = EPOCH,
) -> Series | Missing:
    """Return the hours of a narrow Parquet file as blocks of codes; see `air_series.read_series`.

    Notes
    -----
    A binary float is taken for the decimal that it is the nearest float to. Where that is not
    a whole reporting step, its shortest decimal text is read and rounded as any other text.
    Of two rows for one place the first counts, and the others are reported by number of row:
    the file is read a second time, with care, when the first reading finds that there are any.
    """
    found = _Reading(profile, decimals, since, careful=False)
    block = found.of(path, progress)
    if not block.is_clean:
        found = _Reading(profile, decimals, since, careful=True)
        block = found.of(path, progress)
    problems.take(found.problems)
    if not block.values.size:
        return Missing("no_value")
    return _series(block)


def _series(block: _Block) -> Series:
    count, hours = len(block.stations), block.values.shape[2]
    values = {
        name: block.values[:count, place].reshape(count, hours // 24, 24)
        for place, name in enumerate(block.indicators)
    }
    first_day: date = EPOCH + timedelta(days=block.first_hour // 24)
    return Series(tuple(block.stations), ("",) * count, first_day, values)


@dataclass(slots=True)
class _Reading:
    """One pass over a file."""

    profile: AirProfile
    decimals: Mapping[str, int]
    since: date
    careful: bool
    problems: Problems = field(default_factory=Problems)
    readers: dict[str, ConcentrationReader] = field(default_factory=dict)

    def of(self, path: Path, progress: Callable[[int], None] | None) -> _Block:
        """Read the whole file."""
        _, parquet = _arrow()
        profile = self.profile
        names = [*profile.station, profile.parameter, profile.time[0], profile.value]
        # Words as numbers into a dictionary: one look-up a word, not one a row.
        file = parquet.ParquetFile(path, read_dictionary=[profile.station[0], profile.parameter])
        report_strangers(file.schema_arrow.names, profile, self.problems)
        block, rows = _Block(), 0
        for batch in file.iter_batches(batch_size=BATCH_ROWS, columns=names):
            self._take(*self._with_keys(batch, rows + 2), block)
            rows += batch.num_rows
            if progress:
                progress(rows)
        return block

    def _with_keys(self, batch: Any, first_row: int) -> tuple[Any, NDArray[np.int64]]:
        """The rows that have a station, a parameter and a time with rules, and their numbers."""
        rows = np.arange(first_row, first_row + batch.num_rows)
        profile = self.profile
        keys = ((profile.station[0], "no_station"), (profile.parameter, "unknown_code"))
        for column, reason in (*keys, (profile.time[0], "blank")):
            if batch.column(column).null_count:
                is_bad = batch.column(column).is_null().to_numpy(zero_copy_only=False)
                batch, rows = self._left(batch, rows, is_bad, column, reason)
        words, word_of = _words(batch.column(profile.station[0]))
        if not all(word.strip() for word in words):
            is_bad = np.array([not word.strip() for word in words])[word_of]
            batch, rows = self._left(batch, rows, is_bad, profile.station[0], "no_station")
        hours = _hours(batch.column(profile.time[0]), profile.label)
        first_hour = (self.since - EPOCH).days * 24
        if len(rows) and int(hours.min()) < first_hour:
            batch, rows = self._left(batch, rows, hours < first_hour, profile.time[0], "before_first_edition")
        return batch, rows

    def _left(
        self, batch: Any, rows: NDArray[np.int64], is_bad: NDArray[np.bool_], column: str, reason: str
    ) -> tuple[Any, NDArray[np.int64]]:
        texts = batch.column(column).filter(_arrow()[0].array(is_bad)).to_pylist()
        for row, text in zip(rows[is_bad], texts, strict=True):
            self.problems.add(int(row), column, "" if text is None else str(text), reason)
        return batch.filter(_arrow()[0].array(~is_bad)), rows[~is_bad]

    def _take(self, batch: Any, rows: NDArray[np.int64], block: _Block) -> None:
        if not len(rows):
            return
        profile = self.profile
        station_words, station_of = _words(batch.column(profile.station[0]))
        parameter_words, parameter_of = _words(batch.column(profile.parameter))
        hours = _hours(batch.column(profile.time[0]), profile.label)
        numbers = batch.column(profile.value).to_numpy(zero_copy_only=False)
        for word in station_words:
            if word.strip():
                block.stations.setdefault(word, len(block.stations))
        indicators = [profile.parameters.get(word) for word in parameter_words]
        for name in indicators:
            if name is not None and name not in block.indicators:
                block.indicators.append(name)
        block.fit(int(hours.min()), int(hours.max()))
        width, depth = block.values.shape[2], len(block.indicators)
        base_of_station = np.array([block.stations.get(word, 0) for word in station_words]) * depth * width
        base_of_parameter = np.array([block.indicators.index(n) if n else 0 for n in indicators]) * width
        places = base_of_station[station_of] + base_of_parameter[parameter_of]
        places += hours
        places -= block.first_hour
        codes = self._codes(numbers, indicators, parameter_of, rows)
        if None in indicators:
            places, codes = self._without_unknown(
                indicators, parameter_words, parameter_of, places, codes, rows
            )
        if self.careful:
            for row in rows[block.set_first(places, codes)]:
                self.problems.add(int(row), profile.time[0], "", "duplicate_time")
        else:
            block.set(places, codes)

    def _without_unknown(
        self,
        indicators: list[str | None],
        words: list[str],
        parameter_of: NDArray[np.integer],
        places: NDArray[np.int64],
        codes: Codes,
        rows: NDArray[np.int64],
    ) -> tuple[NDArray[np.int64], Codes]:
        is_known = np.array([name is not None for name in indicators])[parameter_of]
        for row in np.flatnonzero(~is_known):
            self.problems.add(
                int(rows[row]), self.profile.parameter, words[parameter_of[row]], "unknown_code"
            )
        return places[is_known], codes[is_known]

    def _codes(
        self,
        numbers: NDArray[Any],
        indicators: list[str | None],
        parameter_of: NDArray[np.integer],
        rows: NDArray[np.int64],
    ) -> Codes:
        """Codes of numbers; those that are not plainly a believable whole step are read by their text."""
        readers = [self._reader(name) if name else None for name in indicators]
        sizes = np.array([10.0**reader.decimals if reader else 1.0 for reader in readers])
        # Nothing above this is plain: the marks of a missing value lie above, or are no whole step.
        tops = np.array([_plain_below(reader) for reader in readers])
        size = sizes[0] if (sizes == sizes[0]).all() else sizes[parameter_of]
        values = numbers.astype(np.float64, copy=False)
        with np.errstate(invalid="ignore"):
            nearest = np.rint(values * size)
            # Division gives the float nearest to that decimal: equal means the number is that decimal.
            is_plain = (nearest / size == values) & (values > 0) & (values < tops[parameter_of])
        codes = np.where(is_plain, nearest, float(MISSING)).astype(np.uint16)
        for row in np.flatnonzero(~is_plain & (values == values)):
            reader = readers[parameter_of[row]]
            if reader is not None:
                codes[row] = self._long_way(reader, numbers[row], int(rows[row]))
        return codes

    def _long_way(self, reader: ConcentrationReader, number: Any, row: int) -> int:
        found = reader.read(_text(number))
        if not isinstance(found, Missing):
            return min(found, TOP_CODE)
        if found.reason in DAMAGE:
            self.problems.add(row, self.profile.value, _text(number), found.reason)
        return MISSING

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


def _plain_below(reader: ConcentrationReader | None) -> float:
    """Below this a whole step is what it says: no missing mark, no doubt about its unit."""
    if reader is None or reader.power_of_ten:
        return 0.0
    highest = float(reader.highest) if reader.highest is not None else 999.0
    return min(highest, 999.0, 99.0 if reader.decimals else 999.0)


def _text(number: Any) -> str:
    return repr(number.item())


def _words(column: Any) -> tuple[list[str], NDArray[np.int64]]:
    encoded = column if hasattr(column, "dictionary") else column.dictionary_encode()
    return [str(word) for word in encoded.dictionary.to_pylist()], encoded.indices.to_numpy(
        zero_copy_only=False
    )


def _hours(column: Any, label: str) -> NDArray[np.int64]:
    """Beijing hours since `EPOCH`; a timestamp with a zone is an instant, one without is Beijing time."""
    size = _HOUR_UNITS[column.type.unit]
    ticks = column.cast("int64").to_numpy(zero_copy_only=False)
    shift = (_BEIJING_HOURS if column.type.tz else 0) - (1 if label == "end" else 0)
    result: NDArray[np.int64] = ticks // size + shift
    return result


def _arrow() -> tuple[ModuleType, ModuleType]:
    # Loaded on use: the core installs without it.
    try:
        return importlib.import_module("pyarrow"), importlib.import_module("pyarrow.parquet")
    except ModuleNotFoundError:
        raise BadTable("reading Parquet needs more parts: pip install 'qingshan[columns]'") from None
