"""What a planner ticked for an edition (公开项目选择). Pure; kept as JSON with the edition."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from qingshan.disclosure.vocabulary import COLUMNS, Column, Extent, Part

__all__ = ["Choice", "PartChoice"]


@dataclass(frozen=True, slots=True)
class PartChoice:
    """What is told of one part: which records, and which columns of them.

    What was not ticked is not told: a record that is added to the plan later is out of ``CHOSEN`` until
    somebody ticks it.
    """

    extent: Extent = Extent.NOTHING
    codes: frozenset[str] = frozenset()
    columns: frozenset[Column] = frozenset()

    def takes(self, code: str) -> bool:
        """Whether a record is told of."""
        return self.extent is Extent.EVERYTHING or (self.extent is Extent.CHOSEN and code in self.codes)

    def tells(self, column: Column) -> bool:
        """Whether a column is told."""
        return column in self.columns


@dataclass(frozen=True, slots=True)
class Choice:
    """The whole choice: the parts, whom to ask, and on what terms the data may be used.

    Examples
    --------
    >>> told = PartChoice(Extent.CHOSEN, frozenset({"A1"}), frozenset({Column.TARGET}))
    >>> some = Choice({Part.INDICATORS: told})
    >>> Choice.read(some.written()) == some
    True
    >>> some.part(Part.PROJECTS).takes("P1")
    False
    """

    parts: Mapping[Part, PartChoice] = field(default_factory=dict)
    contact: str = ""
    terms: str = ""

    def part(self, part: Part) -> PartChoice:
        """Return what is told of a part; nothing of one that was never ticked."""
        return self.parts.get(part, PartChoice())

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all would be told."""
        return all(one.extent is Extent.NOTHING for one in self.parts.values())

    def written(self) -> dict[str, Any]:
        """Return the choice as it is kept."""
        return {
            "parts": {
                part.value: {
                    "extent": one.extent.value,
                    "codes": sorted(one.codes),
                    "columns": [column.value for column in COLUMNS[part] if column in one.columns],
                }
                for part, one in sorted(self.parts.items())
            },
            "contact": self.contact,
            "terms": self.terms,
        }

    @classmethod
    def read(cls, kept: Mapping[str, Any]) -> Choice:
        """Return a choice from its kept form.

        Raises
        ------
        ValueError
            It names a part, an extent or a column that does not exist.
        """
        return cls(
            parts={
                Part(name): PartChoice(
                    Extent(one["extent"]), frozenset(one["codes"]), _columns(Part(name), one["columns"])
                )
                for name, one in kept.get("parts", {}).items()
            },
            contact=kept.get("contact", ""),
            terms=kept.get("terms", ""),
        )


def _columns(part: Part, names: Iterable[str]) -> frozenset[Column]:
    found = frozenset(Column(name) for name in names)
    if strange := found - set(COLUMNS[part]):
        raise ValueError(f"{part.value} has no columns {sorted(strange)}")
    return found
