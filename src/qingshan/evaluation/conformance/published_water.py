"""Recomputes the published class of each row of a feed, and puts every disagreement to a cause (复算).

The class is computed from the rules alone. The published class is looked at only
afterwards, to count and to explain; no rule and no setting depends on it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

from qingshan.evaluation.problems import Problems
from qingshan.evaluation.sample_times import SampleTime
from qingshan.evaluation.tables import Batch, columns_of, read_batches
from qingshan.evaluation.water_judging import Judged, judge
from qingshan.evaluation.water_profile import BadProfile, WaterProfile
from qingshan.evaluation.water_rules import Water, WaterRules
from qingshan.evaluation.water_samples import Place, item_reader, places_in, read_sample_times, waters_of
from qingshan.kernel.basis import Missing
from qingshan.kernel.rounding import round_places
from qingshan.science.water.classes import WaterClass, read_class
from qingshan.science.water.readings import Reading

__all__ = ["Cause", "Comparison", "Disagreement", "compare_published"]

Column = Sequence[Reading | Missing]


class Cause(StrEnum):
    """Why a published class differs, in the order in which causes are tried."""

    MISSING_ITEM = "missing_item"
    ROUNDING_EDGE = "rounding_edge"
    KIND_UNKNOWN = "kind_of_water_unknown"
    OTHER_KIND = "judged_as_the_other_kind_of_water"
    PREVIOUS_STAMP = "class_of_the_previous_time_stamp"
    NEXT_STAMP = "class_of_the_next_time_stamp"
    ITEM_LEFT_OUT = "one_item_not_used"
    WORSE_THAN_ITEMS = "worse_than_every_item_in_the_feed"
    BETTER_THAN_ITEMS = "better_than_several_items"


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One row whose published class differs."""

    row: int
    place: Place
    time: str
    published: WaterClass
    computed: WaterClass
    cause: Cause


@dataclass(slots=True)
class Comparison:
    """Counts of a comparison. ``rows`` are complete rows with a published class and values of all items."""

    rows: int = 0
    agreeing: int = 0
    incomplete_rows: int = 0
    incomplete_agreeing: int = 0
    disagreements: list[Disagreement] = field(default_factory=list)

    @property
    def causes(self) -> dict[str, int]:
        """Disagreements by cause, the most frequent first."""
        return dict(Counter(found.cause.value for found in self.disagreements).most_common())

    def as_data(self) -> dict[str, Any]:
        """The counts as plain data."""
        whole, agreeing = self.rows + self.incomplete_rows, self.agreeing + self.incomplete_agreeing
        return {
            "share": _share(self.agreeing, self.rows),
            "unit": "%",
            "rows": self.rows,
            "agreeing": self.agreeing,
            "incomplete_rows": self.incomplete_rows,
            "incomplete_agreeing": self.incomplete_agreeing,
            "share_with_incomplete": _share(agreeing, whole),
            "disagreements": self.causes,
        }


@dataclass(slots=True)
class _Feed:
    """The whole table, in columns."""

    places: list[Place] = field(default_factory=list)
    times: list[SampleTime | Missing] = field(default_factory=list)
    published: list[WaterClass | None] = field(default_factory=list)
    waters: list[Water] = field(default_factory=list)
    told: list[bool] = field(default_factory=list)
    values: dict[str, list[Reading | Missing]] = field(default_factory=dict)
    texts: dict[str, list[str]] = field(default_factory=dict)
    unrounded: dict[str, list[Reading | Missing]] = field(default_factory=dict)


def compare_published(
    path: Path, profile: WaterProfile, sections: Mapping[Place, Water | None]
) -> tuple[Comparison, Comparison | None]:
    """Recompute every published class of a feed.

    Parameters
    ----------
    path : Path
    profile : WaterProfile
        Names the column of the published class.
    sections : mapping of section to kind of water
        None, or no entry, where nobody knows: then the profile's kind is taken.

    Returns
    -------
    (Comparison, Comparison or None)
        By the printed values; and by the unrounded ones where the table has them.

    Raises
    ------
    BadTable, BadProfile
        As `qingshan.evaluation.water`.
    """
    feed = _read(path, profile, sections)
    rules = WaterRules(_last_day(feed), profile.editions)
    if not feed.unrounded:
        return _Compared(feed, feed.values, rules, is_rounded=True).comparison(None), None
    exact = _Compared(feed, feed.unrounded, rules, is_rounded=False)
    printed = _Compared(feed, feed.values, rules, is_rounded=True)
    return printed.comparison(exact.judged), exact.comparison(None)


def _read(path: Path, profile: WaterProfile, sections: Mapping[Place, Water | None]) -> _Feed:
    heading = columns_of(path)
    rules = WaterRules(None, profile.editions)
    items = {i: c for i, c in profile.items_of(heading, rules).items() if i in profile.judged}
    if profile.published_class not in heading:
        raise BadProfile(f"{path.name} has no column {profile.published_class!r} with the published class")
    readers = {item: item_reader(item, profile, rules) for item in items}
    feed, problems = _Feed(), Problems()
    prefix = profile.unrounded_prefix
    for batch in read_batches(path):
        places = places_in(batch, profile)
        waters, told = waters_of(batch, places, sections, profile)
        feed.places += places
        feed.waters += waters
        feed.told += told
        feed.times += read_sample_times(batch, profile, None, problems)
        feed.published += [read_class(text) for text in batch.columns[profile.published_class]]
        for item, column in items.items():
            feed.texts.setdefault(item, []).extend(batch.columns[column])
            found = readers[item].read(batch.columns[column], batch.first_row, column, problems)
            feed.values.setdefault(item, []).extend(found)
            if prefix and prefix + column in batch.columns:
                exact = _with_printed(batch, prefix + column, found, readers[item].read, problems)
                feed.unrounded.setdefault(item, []).extend(exact)
    return feed


def _with_printed(
    batch: Batch, column: str, printed: Column, read: Any, problems: Problems
) -> list[Reading | Missing]:
    """Unrounded readings; where the archive has none of them, there is none."""
    found: list[Reading | Missing] = read(batch.columns[column], batch.first_row, column, problems)
    # A value that the feed withheld stays withheld, whatever the archive knows.
    return [
        exact if not isinstance(shown, Missing) else shown
        for exact, shown in zip(found, printed, strict=True)
    ]


class _Compared:
    """A feed judged by one set of values, and what its disagreements come from."""

    def __init__(
        self, feed: _Feed, values: Mapping[str, Column], rules: WaterRules, is_rounded: bool
    ) -> None:
        self.feed, self.values, self.rules, self.is_rounded = feed, values, rules, is_rounded
        self.judged = judge(values, feed.waters, rules)
        self._other: Judged | None = None
        self._neighbours: dict[int, tuple[int | None, int | None]] | None = None

    def comparison(self, exact: Judged | None) -> Comparison:
        """Compare row by row; ``exact`` is the judgement by unrounded values, to explain with."""
        result = Comparison()
        for n, published in enumerate(self.feed.published):
            computed = self.judged.water_class(n)
            if published is None or isinstance(computed, Missing):
                continue
            complete = not any(isinstance(column[n], Missing) for column in self.values.values())
            agrees = computed is published
            if complete:
                result.rows, result.agreeing = result.rows + 1, result.agreeing + agrees
            else:
                result.incomplete_rows += 1
                result.incomplete_agreeing += agrees
            if not agrees:
                cause = self._cause(n, published, computed, complete, exact)
                result.disagreements.append(self._disagreement(n, published, computed, cause))
        return result

    def _disagreement(
        self, n: int, published: WaterClass, computed: WaterClass, cause: Cause
    ) -> Disagreement:
        time = self.feed.times[n]
        at = "" if isinstance(time, Missing) else time.at.isoformat(" ", "minutes")
        return Disagreement(n + 2, self.feed.places[n], at, published, computed, cause)

    def _cause(
        self, n: int, published: WaterClass, computed: WaterClass, complete: bool, exact: Judged | None
    ) -> Cause:
        if not complete:
            return Cause.MISSING_ITEM
        if self._is_at_an_edge(n, published, exact):
            return Cause.ROUNDING_EDGE
        if self._as_other_kind(n) is published:
            return Cause.OTHER_KIND if self.feed.told[n] else Cause.KIND_UNKNOWN
        before, after = self._beside(n)
        if before is not None and self.judged.water_class(before) is published:
            return Cause.PREVIOUS_STAMP
        if after is not None and self.judged.water_class(after) is published:
            return Cause.NEXT_STAMP
        if published > computed:
            return Cause.WORSE_THAN_ITEMS
        classes = sorted(self.judged.item_classes[:, n].tolist())
        return Cause.ITEM_LEFT_OUT if classes[-2] == published else Cause.BETTER_THAN_ITEMS

    def _is_at_an_edge(self, n: int, published: WaterClass, exact: Judged | None) -> bool:
        if not self.is_rounded:
            return False
        return (exact is not None and exact.water_class(n) is published) or published in self._reachable(n)

    def _reachable(self, n: int) -> set[int]:
        """Classes that values half a printed step away could have."""
        ranges = []
        for item in self.judged.items:
            ladder, text = self.rules.ladder(item, self.feed.waters[n]), self.feed.texts[item][n].strip()
            reading = self.feed.values[item][n]
            assert isinstance(reading, Reading)  # noqa: S101 - only complete rows come here
            half = Fraction(1, 2 * 10 ** len(text.partition(".")[2]))
            near = (reading.value - half, reading.value, reading.value + half)
            ranges.append({int(ladder.class_of(value)) for value in near})
        least = max(min(classes) for classes in ranges)
        return {found for classes in ranges for found in classes if found >= least}

    def _as_other_kind(self, n: int) -> WaterClass | Missing:
        if self._other is None:
            swapped = {Water.RIVER: Water.LAKE, Water.LAKE: Water.RIVER}
            self._other = judge(self.values, [swapped[water] for water in self.feed.waters], self.rules)
        return self._other.water_class(n)

    def _beside(self, n: int) -> tuple[int | None, int | None]:
        """The rows of the same section just before and just after, by time."""
        if self._neighbours is None:
            self._neighbours = _neighbours(self.feed)
        return self._neighbours.get(n, (None, None))


def _neighbours(feed: _Feed) -> dict[int, tuple[int | None, int | None]]:
    by_place: dict[Place, dict[object, int]] = {}
    for n, (place, time) in enumerate(zip(feed.places, feed.times, strict=True)):
        if isinstance(time, SampleTime):
            by_place.setdefault(place, {})[time.at] = n  # a repeated stamp says the same
    before: dict[int, int] = {}
    after: dict[int, int] = {}
    for stamps in by_place.values():
        for (_, one), (_, two) in pairwise(sorted(stamps.items(), key=lambda stamp: str(stamp[0]))):
            before[two], after[one] = one, two
    return {n: (before.get(n), after.get(n)) for n in {*before, *after}}


def _last_day(feed: _Feed) -> date | None:
    days = [time.at.date() for time in feed.times if isinstance(time, SampleTime)]
    return max(days, default=None)


def _share(part: int, whole: int) -> float | None:
    """Percent to print, with four decimals; None of no rows."""
    return float(round_places(Fraction(part * 100, whole), 4)) if whole else None
