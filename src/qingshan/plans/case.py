"""What a verdict rests on (判定依据): targets, values, baseline, exclusions. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from qingshan.plans.packs.words import Direction, ValueKind
from qingshan.plans.targets import Typed
from qingshan.plans.vocabulary import Finding

__all__ = ["Case", "Measured"]


@dataclass(frozen=True, slots=True)
class Measured:
    """The value that counts for a year: number, or text with a finding."""

    year: int
    number: Decimal | None = None
    unit: str = ""
    text: str = ""
    finding: Finding | None = None
    whole_year: bool = True


@dataclass(frozen=True, slots=True)
class Case:
    """All that a verdict rests on.

    Parameters
    ----------
    on : date
        The day as which it is judged.
    targets : mapping of year to Typed
    values : mapping of year to Measured
        The effective value of each year, known on that day.
    excluded : mapping of year to reason
        Years approved as not evaluable.
    baseline_apart : bool
        The baseline speaks of another scope or condition than the target.
    """

    on: date
    targets: Mapping[int, Typed]
    values: Mapping[int, Measured] = field(default_factory=dict)
    direction: Direction | None = None
    unit: str = ""
    baseline_year: int | None = None
    baseline: Typed | None = None
    baseline_apart: bool = False
    excluded: Mapping[int, str] = field(default_factory=dict)

    @property
    def baseline_number(self) -> Decimal | None:
        """The number of the baseline; None when it is words or missing."""
        if self.baseline is None or self.baseline.kind is not ValueKind.NUMBER:
            return None
        return self.baseline.value
