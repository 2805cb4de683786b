"""What happened in two years, one module for each kind of thing; each gives courses for `play`."""

from __future__ import annotations

from collections.abc import Iterator

from qingshan.simulation.courses import (
    annual_plans,
    assigned,
    changes,
    disclosure,
    duties,
    evaluations,
    funds,
    letters,
    levels,
    papers,
    projects,
    rounds,
    succession,
    values,
    work,
)
from qingshan.simulation.play import Course
from qingshan.simulation.stage import Stage

__all__ = ["all_courses", "campaign_courses"]


def all_courses(stage: Stage) -> Iterator[Course]:
    """Every course of the story, in the order of a day: what changes rights first, then duties."""
    for kind in (changes, duties, letters, values, projects, work):
        yield from kind.courses(stage)


def campaign_courses(stage: Stage) -> Iterator[Course]:
    """Every course of the two-year campaign, whose whole life is played; the same order of a day."""
    year = (duties, annual_plans, values, assigned, rounds, evaluations, succession)
    for kind in (*year, papers, funds, disclosure, levels):
        yield from kind.courses(stage)
