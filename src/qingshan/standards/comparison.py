"""What changed from one edition, or phase, to another."""

from __future__ import annotations

from dataclasses import dataclass

from qingshan.standards.editions import Cell, Rulebook, Value

__all__ = ["Change", "changes"]


@dataclass(frozen=True, slots=True)
class Change:
    """One value that differs (差异): in which place, from what, to what.

    A place that only one side has stands with None for the other side's cell.
    """

    before: Cell | None
    after: Cell | None

    @property
    def label(self) -> str:
        """The place, in words."""
        cell = self.after or self.before
        return cell.label if cell else ""

    @property
    def values(self) -> tuple[Value, Value]:
        """Value before and value after."""
        return (self.before.value if self.before else None, self.after.value if self.after else None)


def changes(before: Rulebook, after: Rulebook) -> tuple[Change, ...]:
    """Return every place whose value or unit differs, in the order of the later edition.

    Examples
    --------
    >>> from qingshan.standards.selection import rules_named
    >>> found = changes(rules_named("HJ 633-2012"), rules_named("HJ 633-2026"))
    >>> [(c.label, *map(str, c.values)) for c in found if c.label.startswith("breakpoints")]
    [('breakpoints[parameter=PM10, averaging=24h, sub_index=100]', '150', '120'),
     ('breakpoints[parameter=PM2.5, averaging=24h, sub_index=100]', '75', '60')]
    """
    old, new = _places(before), _places(after)
    order = [*new, *(place for place in old if place not in new)]
    pairs = ((old.get(place), new.get(place)) for place in order)
    return tuple(Change(a, b) for a, b in pairs if _said(a) != _said(b))


def _places(rules: Rulebook) -> dict[tuple[str, frozenset[tuple[str, str]]], Cell]:
    phase = rules.phase.name if rules.phase else None
    return {
        (cell.table, frozenset(cell.keys.items())): cell
        for cell in rules.edition.cells
        if cell.phase in (None, phase)
    }


def _said(cell: Cell | None) -> tuple[Value, str] | None:
    return None if cell is None else (cell.value, cell.unit)
