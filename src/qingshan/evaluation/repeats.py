"""Which rows of a table say again what an earlier row said of the same place and time (重复记录)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from qingshan.evaluation.problems import Problems
from qingshan.evaluation.sample_times import SampleTime
from qingshan.kernel.basis import Missing
from qingshan.science.water.readings import Reading

__all__ = ["Repeats"]


@dataclass(slots=True)
class Repeats:
    """The rows seen so far, by place and time: a row for each, and a digest of what it held."""

    _seen: dict[tuple[tuple[str, ...], object], tuple[int, int]] = field(default_factory=dict)

    def first_of(
        self,
        row: int,
        place: tuple[str, ...],
        time: SampleTime | Missing,
        readings: Mapping[str, Reading | Missing],
        *,
        column: str,
        problems: Problems,
    ) -> int | None:
        """Return the earlier row of this place and time, and report it; None for the first one.

        Parameters
        ----------
        row : int
            Of the file, as it is shown to people.
        column : str
            Heading of the time, which the problem names. A row without a time repeats nothing.
        """
        if isinstance(time, Missing):
            return None
        contents = hash(tuple(readings.values()))
        first, before = self._seen.setdefault((place, time.at), (row, contents))
        if first == row:
            return None
        reason = "duplicate_time" if before == contents else "duplicate_time_with_other_values"
        problems.add(row, column, time.at.isoformat(" ", "minutes"), reason, f"已见于第 {first} 行")
        return first
