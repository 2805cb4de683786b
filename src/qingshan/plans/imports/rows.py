"""A row that was read, and what is wrong with a cell of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from qingshan.pages.public import Cell, Problem

__all__ = ["Filled", "Problems"]


@dataclass(frozen=True, slots=True)
class Filled:
    """A row that was read: its number in the file, its fields, and its cells by field."""

    number: int
    facts: dict[str, Any]
    cells: dict[str, Cell]
    headings: dict[str, str]

    def problem(self, name: str, allowed: str) -> Problem:
        """Say that the cell of a field cannot be taken."""
        cell = self.cells.get(name)
        return Problem(
            cell.address if cell else _("第%d行") % self.number,
            self.headings.get(name, name),
            cell.text if cell else "",
            allowed,
        )


#: Errors, and warnings that do not hinder.
Problems = tuple[list[Problem], list[Problem]]
