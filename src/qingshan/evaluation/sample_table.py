"""Reads a table of samples row by row, and reports what in it cannot be: row, field, found, allowed.

A text is read once for each item however often it stands in the column. What is damaged is never a
value and never a guess: it is missing, with its reason, and stands among the problems.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

from qingshan.evaluation.problems import Problems
from qingshan.evaluation.repeats import Repeats
from qingshan.evaluation.sample_profile import SampleProfile
from qingshan.evaluation.sample_times import SampleTime, read_time
from qingshan.evaluation.tables import BadTable, Batch, columns_of, read_batches
from qingshan.kernel.basis import Missing
from qingshan.science.class_ladder import ClassLadder
from qingshan.science.water.readings import DAMAGE, Reading, read_value

__all__ = ["ItemSpec", "Sample", "SampleTable", "spec_of"]

_TOO_MANY_TIMES_THE_LIMIT = 10_000
"""Beyond this a unit is wrong, whatever was discharged."""

_PHYSICAL = {
    "pH": (Fraction(0), Fraction(14)),
    "ORP": (Fraction(-1500), Fraction(1500)),
    "water_temp": (Fraction(-5), Fraction(60)),
}
"""What can be at all, for items whose limits do not show it; a profile may be narrower."""

_REPORTED = DAMAGE | {"outside_the_possible", "unknown_word"}


@dataclass(frozen=True, slots=True)
class ItemSpec:
    """What the column of an item may hold.

    Parameters
    ----------
    low, high : Fraction
        Least and greatest value that can be, in the unit of the limit; beyond them a unit or an
        instrument is wrong.
    words : mapping of str to Fraction
        For what is reported in words, such as 无 and 有: then nothing else is a value.
    factor : Fraction
        What a printed value is multiplied by to have the unit of its limit.
    """

    low: Fraction = Fraction(0)
    high: Fraction = Fraction(10**12)
    words: Mapping[str, Fraction] = field(default_factory=dict)
    factor: Fraction = Fraction(1)

    @property
    def allowed(self) -> str:
        """What would be right, in words an inspector can use."""
        if self.words:
            return "或".join(self.words)
        return f"{self.low / self.factor} 至 {self.high / self.factor} 的数，未检出写 0.004L，缺测写 --"

    def read(self, text: str) -> Reading | Missing:
        """Return what a text says."""
        word = text.strip()
        if word in self.words:
            return Reading(self.words[word])
        negative = self.low < 0 and word[:1] in ("-", "−") and word[1:2].isdigit()
        found = read_value(word[1:] if negative else word)
        if isinstance(found, Missing):
            return Missing("unknown_word") if self.words and found.reason in DAMAGE else found
        if self.words:
            return Missing("unknown_word")
        value = found.value * self.factor * (-1 if negative else 1)
        if not self.low <= value <= self.high:
            return Missing("outside_the_possible")
        return Reading(value, found.below)


def spec_of(item: str, ladder: ClassLadder | None, profile: SampleProfile) -> ItemSpec:
    """Return what the column of an item may hold: by its profile, by nature, or by its limits."""
    factor = profile.factors.get(item, Fraction(1))
    possible = profile.possible.get(item, _PHYSICAL.get(item))
    if possible is not None:
        low, high = possible
        return ItemSpec(low, high, factor=factor)
    most = max((fall.limit for fall in ladder.falls), default=Fraction(0)) if ladder else Fraction(0)
    return ItemSpec(high=most * _TOO_MANY_TIMES_THE_LIMIT, factor=factor) if most else ItemSpec(factor=factor)


@dataclass(frozen=True, slots=True)
class Sample:
    """One row of a table. ``same_as_row`` is an earlier row of the same place and time."""

    row: int
    place: tuple[str, ...]
    time: SampleTime | Missing
    readings: Mapping[str, Reading | Missing]
    same_as_row: int | None

    @property
    def missing(self) -> dict[str, str]:
        """Items without a value, and why."""
        return {item: one.reason for item, one in self.readings.items() if isinstance(one, Missing)}


@dataclass(slots=True)
class SampleTable:
    """One reading of one table.

    Parameters
    ----------
    path : Path
    profile : SampleProfile
    words : mapping of item, name or code to item
    specs : mapping of item to ItemSpec
    year : int, optional
        Year of times printed without one, as the caller was told.
    """

    path: Path
    profile: SampleProfile
    words: Mapping[str, str]
    specs: Mapping[str, ItemSpec]
    year: int | None = None
    problems: Problems = field(default_factory=Problems)
    counts: Counter[str] = field(default_factory=Counter)
    _known: dict[tuple[str, str], Reading | Missing] = field(default_factory=dict)
    _repeats: Repeats = field(default_factory=Repeats)

    def items(self) -> dict[str, str]:
        """Return the column of each item that the table has.

        Raises
        ------
        BadTable, BadProfile
            The table cannot be read, or has none of the columns.
        """
        return self.profile.items_of(columns_of(self.path), self.words)

    def samples(self, progress: Callable[[int], None] = lambda rows: None) -> Iterator[Sample]:
        """Read the table, row by row in the order of the file.

        Raises
        ------
        BadTable, BadProfile
            The table cannot be read, or has not the columns that the profile names.
        """
        items = self.items()
        for column in self.profile.strangers(columns_of(self.path), items):
            self.problems.add(1, column, column, "unknown_column", "项目名称或编码，或列入 ignored")
        for batch in read_batches(self.path):
            yield from self._batch(batch, items)
            self.counts["rows"] += len(batch)
            progress(self.counts["rows"])

    def _batch(self, batch: Batch, items: Mapping[str, str]) -> Iterator[Sample]:
        lacking = [column for column in self.profile.place.values() if column not in batch.columns]
        time_column = next((name for name in self.profile.time if name in batch.columns), None)
        if lacking or time_column is None:
            wanted = "、".join(lacking) or "或".join(self.profile.time)
            there = "、".join(batch.columns)
            raise BadTable(f"{self.path.name}: 缺少列 {wanted}；表中有 {there}；列名不同时用 --profile 指明")
        places = list(zip(*(batch.columns[column] for column in self.profile.place.values()), strict=True))
        columns = {item: self._column(item, column, batch) for item, column in items.items()}
        for n, place in enumerate(places):
            row = batch.first_row + n
            time = self._time(row, time_column, batch.columns[time_column][n])
            readings = {item: column[n] for item, column in columns.items()}
            same = self._repeats.first_of(
                row, place, time, readings, column=time_column, problems=self.problems
            )
            sample = Sample(row, place, time, readings, same)
            if not place[-1].strip():
                self.problems.add(row, list(self.profile.place.values())[-1], "", "no_place", "名称")
                sample = Sample(row, place, Missing("no_place"), readings, same)
            yield sample

    def _column(self, item: str, column: str, batch: Batch) -> Sequence[Reading | Missing]:
        spec = self.specs.get(item, ItemSpec())
        texts = batch.columns[column]
        for text in set(texts):
            if (item, text) not in self._known:
                self._known[item, text] = spec.read(text)
        found = [self._known[item, text] for text in texts]
        for row, (text, one) in enumerate(zip(texts, found, strict=True), batch.first_row):
            if isinstance(one, Missing) and one.reason in _REPORTED:
                self.problems.add(row, column, text, one.reason, spec.allowed)
        return found

    def _time(self, row: int, column: str, text: str) -> SampleTime | Missing:
        found = read_time(text, None, self.year)
        if isinstance(found, Missing):
            self.problems.add(row, column, text, found.reason, "2026-03-01 或 2026-03-01 08:00")
        return found

    def summary(self) -> dict[str, Any]:
        """Return what was read, as plain data."""
        return {
            "file": self.path.name,
            "profile": self.profile.name,
            "rows": self.counts["rows"],
        }
