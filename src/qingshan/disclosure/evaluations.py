"""The evaluations of a plan that were published by a day, as an edition tells of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from qingshan.kernel.figure import Figure

__all__ = ["PublishedEvaluation", "evaluations_of"]


@dataclass(frozen=True, slots=True)
class PublishedEvaluation:
    """An evaluation as the public may read of it: its score, and its grade in words."""

    code: str
    name: str
    group: str
    score: Figure
    grade: str


def evaluations_of(plan: Any, on: date) -> list[PublishedEvaluation]:
    """Return the published evaluations of a plan that were known on a day."""
    return []
