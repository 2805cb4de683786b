"""The indicator tables of a pack: named by the rows that were accepted, counted from them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from qingshan.intake.models import Finding
from qingshan.intake.packing.codes import Codes
from qingshan.plans.public import KnownRecord, pack_shapes

__all__ = ["Tables"]


class Tables:
    """The tables that rows belong to, in the order in which they are printed.

    Parameters
    ----------
    rows : sequence of Finding
        The accepted indicators, in reading order.
    known : sequence of KnownRecord
        What the ledger holds; a table of it keeps its code.
    """

    def __init__(self, rows: Sequence[Finding], known: Sequence[KnownRecord], codes: Codes) -> None:
        self._names = list(dict.fromkeys(map(_name, rows)))
        self._first = {name: next(one for one in rows if _name(one) == name) for name in self._names}
        self._prefix = codes.prefix
        own = {(one.name, one.within): one.code for one in known if one.kind == "table"}
        of_kind = {kind: code for (_caption, kind), code in own.items()}
        self._codes = {}
        for n, name in enumerate(self._names, start=1):
            kept = own.get(name) or (of_kind.get(name[1], "") if self._alone(name[1]) else "")
            self._codes[name] = codes.keep(kept) if kept else codes.new(f"T{n}")

    def code(self, one: Finding) -> str:
        """Return the code of a row's table."""
        return self._codes[_name(one)]

    def short(self, one: Finding) -> str:
        """Return the same without the prefix of all codes."""
        return self.code(one).removeprefix(self._prefix)

    def shapes(
        self, rows: Sequence[pack_shapes.Indicator], place: Callable[[Finding], pack_shapes.Place]
    ) -> tuple[pack_shapes.IndicatorTable, ...]:
        """Return the tables as the pack has them."""
        return tuple(self._shape(name, rows, place(self._first[name])) for name in self._names)

    def _shape(
        self, name: tuple[str, str], rows: Sequence[pack_shapes.Indicator], place: pack_shapes.Place
    ) -> pack_shapes.IndicatorTable:
        own = [row for row in rows if row.table == self._codes[name]]
        bases = {row.baseline.year for row in own if row.baseline and row.baseline.year}
        return pack_shapes.IndicatorTable(
            code=self._codes[name],
            name=name[0],
            kind=pack_shapes.TableKind(name[1]),
            rows_printed=len(own),
            indicators_counted=len({row.counts_as for row in own}),
            base_year=bases.pop() if len(bases) == 1 else None,
            target_years=tuple(sorted({part.year for row in own for part in row.targets if part.year})),
            categories=tuple(dict.fromkeys(row.category[0] for row in own if row.category)),
            footnotes=(),
            note="",
            place=place,
        )

    def _alone(self, kind: str) -> bool:
        """Whether there is one table of this kind, so that a new caption is the same table."""
        return [name[1] for name in self._names].count(kind) == 1


def _name(one: Finding) -> tuple[str, str]:
    return one.facts["table"], one.facts["table_kind"]
