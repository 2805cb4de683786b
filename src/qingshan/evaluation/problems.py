"""Bad input, by row and field (问题数据): what was found, and what would be allowed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

__all__ = ["Problem", "Problems"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing somebody has to look at. ``row`` is the number seen in the file.

    ``allowed`` says what would have been right, where the reader of the field can say it.
    """

    row: int
    field: str
    found: str
    reason: str
    allowed: str = ""


@dataclass(slots=True)
class Problems:
    """Counts of every problem, and the first ones in full: a broken column must not fill a disk."""

    keep: int = 10_000
    kept: list[Problem] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    def add(self, row: int, field_name: str, found: str, reason: str, allowed: str = "") -> None:
        """Count a problem, and keep it while there is room."""
        self.counts[reason] += 1
        if len(self.kept) < self.keep:
            self.kept.append(Problem(row, field_name, found, reason, allowed))

    def add_all(self, rows: Iterable[int], field_name: str, found: str, reason: str) -> None:
        """Count the same problem for many rows."""
        for row in rows:
            self.add(row, field_name, found, reason)

    def take(self, others: Problems) -> None:
        """Add what another reading found: all its counts, and its first problems while there is room."""
        self.counts.update(others.counts)
        self.kept.extend(others.kept[: max(0, self.keep - len(self.kept))])

    def by_row(self) -> list[Problem]:
        """The kept problems in the order of the file; columns are read one after the other."""
        return sorted(self.kept, key=lambda found: found.row)

    @property
    def total(self) -> int:
        """All problems, kept or not."""
        return sum(self.counts.values())
