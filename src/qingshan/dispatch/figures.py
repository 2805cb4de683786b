"""The figures of a round: per department, per chapter, what is behind. Plain data, which a closing keeps.

Every number is a whole one, or a decimal kept as text: what was frozen reads back the same.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any

from qingshan.dispatch.states import PartState

__all__ = [
    "ChapterFigures",
    "DepartmentFigures",
    "Lagging",
    "RoundFigures",
    "digest_of",
    "figures_from",
    "plain",
]


@dataclass(frozen=True, slots=True)
class DepartmentFigures:
    """How a department stood in a round.

    ``rows`` in all; ``reported`` handed in and not back with the department; ``accepted``; ``late`` first
    handed in after the day; ``sent_back`` how often a row came back; ``behind`` dated rows behind the
    straight line, the ``worst`` of them by ``behind_worst`` points; ``silent_running``, ``late_running``
    rounds in a row, with this one.
    """

    department_id: int
    name: str
    part_id: int
    state: str
    rows: int
    reported: int
    accepted: int
    waiting: int
    late: int
    sent_back: int
    doubts: int
    false_reports: int
    overdue_tasks: int
    behind: int
    behind_worst: int
    worst: str
    silent_running: int
    late_running: int

    @property
    def phase(self) -> PartState:
        """Its state as a member of the enumeration."""
        return PartState(self.state)

    @property
    def missing(self) -> int:
        """Rows that are with the department: never handed in, or sent back and not handed in again."""
        return self.rows - self.reported


@dataclass(frozen=True, slots=True)
class ChapterFigures:
    """How the work of a chapter stands in the ledger: ``mean`` over the ``told`` of its ``total`` items.

    ``mean`` has one place; empty where nobody has told a percentage. Done counts as 100.
    """

    name: str
    total: int
    done: int
    told: int
    mean: str


@dataclass(frozen=True, slots=True)
class Lagging:
    """A dated piece of work behind its straight line: ``expected`` less ``percent`` is ``points``."""

    title: str
    code: str
    kind: str
    department: str
    url: str
    about: str
    percent: int
    expected: int
    points: int
    overdue: bool


@dataclass(frozen=True, slots=True)
class RoundFigures:
    """A round in figures, as of a day."""

    on: str
    departments: tuple[DepartmentFigures, ...]
    chapters: tuple[ChapterFigures, ...]
    lagging: tuple[Lagging, ...]

    @property
    def day(self) -> date:
        """The day as which they speak."""
        return date.fromisoformat(self.on)

    def count(self, state: PartState) -> int:
        """How many departments stood so."""
        return sum(one.phase is state for one in self.departments)

    def total(self, name: str) -> int:
        """The sum of a number over the departments."""
        return sum(getattr(one, name) for one in self.departments)

    def of(self, department_id: int) -> DepartmentFigures | None:
        """One department's figures."""
        return next((one for one in self.departments if one.department_id == department_id), None)


def plain(found: RoundFigures) -> dict[str, Any]:
    """Return figures as JSON holds them; `figures_from` reads them back."""
    return asdict(found)


def figures_from(told: Mapping[str, Any]) -> RoundFigures:
    """Read figures as they were kept."""
    return RoundFigures(
        on=told["on"],
        departments=_read(DepartmentFigures, told["departments"]),
        chapters=_read(ChapterFigures, told["chapters"]),
        lagging=_read(Lagging, told["lagging"]),
    )


def _read(shape: Any, rows: Sequence[Mapping[str, Any]]) -> tuple[Any, ...]:
    names = [field.name for field in fields(shape)]
    return tuple(shape(**{name: row[name] for name in names}) for row in rows)


def digest_of(told: Mapping[str, Any]) -> str:
    """Return the SHA-256 of figures as they are kept, whatever the order of their keys."""
    text = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
