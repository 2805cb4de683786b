"""Recomputes published air quality indices and says how far they agree (与公布结果比对)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from qingshan.evaluation.air_profile import AirProfile, BadAirProfile
from qingshan.evaluation.air_readings import primary_words
from qingshan.evaluation.air_rows import AirRow, RowEvaluator
from qingshan.evaluation.tables import Batch, read_batches
from qingshan.kernel.basis import Missing
from qingshan.kernel.rounding import exact, round_places

__all__ = ["Agreement", "Difference", "published_air"]


@dataclass(frozen=True, slots=True)
class Difference:
    """One station-hour whose published index or primary pollutants differ from the recomputed ones."""

    row: int
    station: str
    published: str
    computed: str
    cause: str


@dataclass(slots=True)
class Agreement:
    """How far published and recomputed results agree.

    ``rows`` counts complete station-hours: an index was published, and every indicator has a
    value. Rows with gaps are compared too, and counted apart; rows without a published index
    are only counted.
    """

    rows: int = 0
    agreeing: int = 0
    with_gaps: int = 0
    with_gaps_agreeing: int = 0
    unpublished: int = 0
    unknown_words: Counter[str] = field(default_factory=Counter)
    differences: list[Difference] = field(default_factory=list)

    @property
    def share(self) -> Decimal | Missing:
        """Percent of complete station-hours that agree in index and primary pollutants, four decimals."""
        if self.rows == 0:
            return Missing("no_complete_row")
        return round_places(exact(100 * self.agreeing) / self.rows, 4)

    def as_data(self) -> dict[str, Any]:
        """The result as plain data."""
        causes = Counter(difference.cause for difference in self.differences)
        return {
            "share": None if isinstance(self.share, Missing) else float(self.share),
            "unit": "%",
            "rows": self.rows,
            "agreeing": self.agreeing,
            "incomplete_rows": self.with_gaps,
            "incomplete_agreeing": self.with_gaps_agreeing,
            "unpublished_rows": self.unpublished,
            "disagreements": dict(sorted(causes.items())),
            "unknown_words": dict(self.unknown_words),
        }


def published_air(path: Path, profile: AirProfile) -> Agreement:
    """Return how far the published indices of a file agree with those recomputed from its concentrations.

    Parameters
    ----------
    path : Path
        A table with a published index and primary pollutants beside the concentrations.
    profile : AirProfile
        Says which columns hold them.

    Raises
    ------
    BadAirProfile
        The profile names no published index, or the table has not the columns it names.
    BadTable
        The file cannot be read.
    """
    if not {"aqi", "primary"} <= set(profile.published):
        raise BadAirProfile(f"{profile.name}: published needs aqi and primary")
    evaluator = RowEvaluator(profile, "hourly" if profile.values == "hour" else "daily", repeats=True)
    agreement = Agreement()
    for batch in read_batches(path):
        for found, published in zip(evaluator.evaluate(batch), _published(batch, profile), strict=True):
            _compare(found, published, profile.primary_words, agreement)
    return agreement


def _published(batch: Batch, profile: AirProfile) -> Iterator[tuple[str, str]]:
    names = [profile.published[key] for key in ("aqi", "primary")]
    if absent := [name for name in names if name not in batch.columns]:
        raise BadAirProfile(f"{profile.name}: published columns {absent} are not in {list(batch.columns)}")
    columns = (batch.columns[name] for name in names)
    yield from zip(*columns, strict=True)


def _compare(
    found: AirRow, published: tuple[str, str], words: Mapping[str, str], agreement: Agreement
) -> None:
    text, primary_text = (word.strip() for word in published)
    try:
        aqi = exact(text)
    except ValueError:
        agreement.unpublished += 1
        return
    named = primary_words(primary_text)
    agreement.unknown_words.update(word for word in named if word not in words)
    agrees = found.aqi == aqi and set(found.primary) == {words.get(word, word) for word in named}
    is_complete = found.aqi is not None and not found.missing
    if is_complete:
        agreement.rows += 1
        agreement.agreeing += agrees
    else:
        agreement.with_gaps += 1
        agreement.with_gaps_agreeing += agrees
    if not agrees:
        agreement.differences.append(_difference(found, published, is_complete))


def _difference(found: AirRow, published: tuple[str, str], is_complete: bool) -> Difference:
    computed = f"{found.aqi} {','.join(found.primary)}".strip()
    return Difference(
        found.row, found.station, " ".join(published).strip(), computed, _cause(found, published, is_complete)
    )


def _cause(found: AirRow, published: tuple[str, str], is_complete: bool) -> str:
    if found.aqi is None:
        return found.reason
    aqi = exact(published[0].strip())
    if not is_complete and aqi > found.aqi:
        return "missing_item"
    if abs(aqi - found.aqi) == 1:
        return "rounding_edge"
    return "other_primary" if aqi == found.aqi else "other_value"
