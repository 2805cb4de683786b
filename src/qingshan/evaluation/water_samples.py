"""Reads the samples of a batch: readings by item, time, place, kind of water, and what is wrong with them.

Columns of measurements repeat the same texts over and over, so each text is read once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from pathlib import Path

from qingshan.evaluation.problems import Problems
from qingshan.evaluation.sample_times import SampleTime, read_time
from qingshan.evaluation.tables import BadTable, Batch, read_batches
from qingshan.evaluation.water_profile import WaterProfile
from qingshan.evaluation.water_rules import Water, WaterRules
from qingshan.kernel.basis import Missing
from qingshan.science.water.columns import places_of
from qingshan.science.water.ladders import AtMost
from qingshan.science.water.readings import DAMAGE, Reading, read_value

__all__ = [
    "ItemReader",
    "Place",
    "item_reader",
    "places_in",
    "read_sample_times",
    "read_sections",
    "waters_of",
]

Place = tuple[str, ...]
"""Name of a section: the parts that the profile lists, in order."""

_MOST_DECIMALS = 8
_TOO_MANY_TIMES_THE_LIMIT = 10_000
"""Beyond this a unit is wrong, whatever was discharged."""

_NO_END = Fraction(10**12)

_REPORTED = DAMAGE | {"outside_the_possible", "too_many_decimals"}


@dataclass(slots=True)
class ItemReader:
    """Reads the texts of one item's column, each different text once.

    Parameters
    ----------
    item : str
    zero_is_possible : bool
    possible : pair of Fraction
        Least and greatest value that can be; beyond it a unit or an instrument is wrong.
    factor : Fraction
        What a printed value is multiplied by to have the unit of its limit.
    """

    item: str
    zero_is_possible: bool
    possible: tuple[Fraction, Fraction]
    factor: Fraction = Fraction(1)
    known: dict[str, Reading | Missing] = field(default_factory=dict)

    def read(
        self, texts: Sequence[str], first_row: int, column: str, into: Problems
    ) -> list[Reading | Missing]:
        """Return what each text says; damage goes to the problems, row by row."""
        different = set(texts)
        for text in different - self.known.keys():
            self.known[text] = self._reading(text)
        damaged = {
            text: found.reason
            for text in different
            if isinstance(found := self.known[text], Missing) and found.reason in _REPORTED
        }
        if damaged:
            for row, text in enumerate(texts, first_row):
                if text in damaged:
                    into.add(row, column, text, damaged[text])
        return [self.known[text] for text in texts]

    def _reading(self, text: str) -> Reading | Missing:
        found = read_value(text, zero_is_possible=self.zero_is_possible)
        if isinstance(found, Missing):
            return found
        found = Reading(found.value * self.factor, found.below)
        low, high = self.possible
        if not low <= found.value <= high:
            return Missing("outside_the_possible")
        return found if places_of(found.value) <= _MOST_DECIMALS else Missing("too_many_decimals")


def item_reader(item: str, profile: WaterProfile, rules: WaterRules) -> ItemReader:
    """Return the reader of an item: its possible values from the profile, or from its limits."""
    possible = profile.possible.get(item)
    if possible is None:
        ladder = rules.ladder(item, Water.RIVER) if item in profile.judged else None
        most = ladder.limits[-1] * _TOO_MANY_TIMES_THE_LIMIT if isinstance(ladder, AtMost) else _NO_END
        possible = (Fraction(0), most)
    factor = profile.factors.get(item, Fraction(1))
    return ItemReader(item, item in profile.zero_is_possible, possible, factor)


def read_sample_times(
    batch: Batch, profile: WaterProfile, year: int | None, into: Problems
) -> list[SampleTime | Missing]:
    """Return the time of each row; a missing one is reported only where the row has been sampled at all."""
    column = next((name for name in profile.time if name in batch.columns), None)
    if column is None:
        raise BadTable(f"none of the time columns {list(profile.time)} is in the table")
    fetched = batch.columns.get(profile.fetched_on, [""] * len(batch))
    known: dict[tuple[str, str], SampleTime | Missing] = {}
    times = []
    for row, pair in enumerate(zip(batch.columns[column], fetched, strict=True), batch.first_row):
        if pair not in known:
            known[pair] = read_time(pair[0], _day(pair[1]), year)
        found = known[pair]
        if isinstance(found, Missing) and found.reason != "blank":
            into.add(row, column, pair[0], found.reason)
        times.append(found)
    return times


def read_sections(path: Path, profile: WaterProfile) -> dict[Place, Water | None]:
    """Return the kind of water of each section in a list; None where the list does not know it.

    Raises
    ------
    BadTable
        The list lacks a column of the section's name or the column of the kind of water, or
        names a section twice with two kinds.
    """
    sections: dict[Place, Water | None] = {}
    for batch in read_batches(path):
        column = next((name for name in profile.section_water if name in batch.columns), None)
        lacking = [name for name in profile.place.values() if name not in batch.columns]
        if column is None or lacking:
            wanted = lacking or list(profile.section_water)
            raise BadTable(f"{path.name}: the list of sections lacks column {wanted}")
        for place, word in zip(places_in(batch, profile), batch.columns[column], strict=True):
            kind = profile.water_words.get(word)
            if sections.get(place, kind) != kind:
                raise BadTable(f"{path.name}: section {'/'.join(place)} stands twice with two kinds of water")
            sections[place] = kind
    return sections


def waters_of(
    batch: Batch, places: Sequence[Place], sections: Mapping[Place, Water | None], profile: WaterProfile
) -> tuple[list[Water], list[bool]]:
    """Return the kind of water of each row, and whether anybody said so."""
    words: Iterable[str] = batch.columns.get(profile.water_column, [""] * len(batch))
    told = [
        profile.water_words.get(word) or sections.get(place)
        for place, word in zip(places, words, strict=True)
    ]
    return [kind or profile.water_if_unknown for kind in told], [kind is not None for kind in told]


def places_in(batch: Batch, profile: WaterProfile) -> list[Place]:
    """Return the name of the section of each row.

    Raises
    ------
    BadTable
        A column of the name is not in the table.
    """
    lacking = [column for column in profile.place.values() if column not in batch.columns]
    if lacking:
        raise BadTable(f"the table lacks column {lacking}, part of the name of a section")
    return list(zip(*(batch.columns[column] for column in profile.place.values()), strict=True))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip()[:10])
    except ValueError:
        return None
