"""Who and what the story is played with: people, departments, the plan and its records by code."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from qingshan.accounts.public import User
from qingshan.areas.public import Department, District, current_departments
from qingshan.simulation.play import OfficeHours
from qingshan.simulation.story import told

__all__ = ["Stage"]


@dataclass
class Stage:
    """Everything by the names that the files of one plan's story use; the files are in ``pack``."""

    pack: Path
    people: dict[str, User]
    departments: dict[str, Department]
    districts: dict[str, District]
    plan: Any
    hours: OfficeHours
    indicators: dict[str, Any] = field(init=False)
    measures: dict[str, Any] = field(init=False)
    projects: dict[str, Any] = field(init=False)
    commitments: dict[str, Any] = field(init=False)

    def __post_init__(self) -> None:
        for kind in ("indicators", "measures", "projects", "commitments"):
            setattr(self, kind, {one.code: one for one in getattr(self.plan, kind).all()})

    def told(self, name: str) -> Any:
        """What one file of the story says."""
        return told(self.pack, name)

    def work(self, code: str) -> Any:
        """A measure or commitment by its code."""
        return self.measures.get(code) or self.commitments[code]

    def lead_of(self, subject: Any) -> Department:
        """The department that the text names first for something."""
        return subject.responsibilities.order_by("order", "id").first().department  # type: ignore[no-any-return]

    def today_of(self, department: Department, day: date) -> Department:
        """What a department has become by a day."""
        heirs = current_departments(department, day)
        return heirs[0] if heirs else department
