"""One plan as its pack tells it."""

from __future__ import annotations

from dataclasses import dataclass

from qingshan.plans.packs.shapes.head import Plan
from qingshan.plans.packs.shapes.indicators import Indicator, IndicatorTable, StatedValue
from qingshan.plans.packs.shapes.work import Box, Commitment, Measure, Project, Provision

__all__ = ["Pack"]


@dataclass(frozen=True, slots=True)
class Pack:
    """All that one plan's folder holds."""

    plan: Plan
    tables: tuple[IndicatorTable, ...]
    indicators: tuple[Indicator, ...]
    from_text: tuple[StatedValue, ...]
    projects: tuple[Project, ...]
    measures: tuple[Measure, ...]
    boxes: tuple[Box, ...]
    commitments: tuple[Commitment, ...]
    provisions: tuple[Provision, ...] = ()
