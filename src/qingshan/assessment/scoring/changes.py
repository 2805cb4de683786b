"""What one sheet says otherwise than another (得分变化): two evaluations, or before and after an appeal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from qingshan.assessment.scoring.shapes import Line, ListKind, Sheet
from qingshan.kernel.rounding import round_places

__all__ = ["Change", "Comparison", "compared"]

_PLACES = 2


@dataclass(frozen=True, slots=True)
class Change:
    """One line that earns otherwise. ``before`` or ``after`` is None where the line stands on one sheet only.

    ``named`` is the row's name, or the kind of conduct; ``kind`` is empty for conduct.
    """

    kind: ListKind | None
    code: str
    named: str
    before: Decimal | None
    after: Decimal | None
    why_before: str
    why_after: str

    @property
    def by(self) -> Decimal:
        """How many points more."""
        return (self.after or Decimal(0)) - (self.before or Decimal(0))


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two sheets, the later against the earlier; ``lists`` are points of each list before and after."""

    total_before: Decimal
    total_after: Decimal
    grade_before: str
    grade_after: str
    lists: tuple[tuple[ListKind, Decimal | None, Decimal | None], ...]
    changes: tuple[Change, ...]

    @property
    def by(self) -> Decimal:
        """How many points more in all."""
        return self.total_after - self.total_before


def compared(before: Sheet, after: Sheet) -> Comparison:
    """Return what changed from one sheet to another, line by line.

    Notes
    -----
    Points are compared as they are printed, to two decimals: a change that nobody could see is none. Rows
    are told apart by list and code.
    """
    old, new = dict(_lines(before)), dict(_lines(after))
    keys = [*new, *(key for key in old if key not in new)]
    found = [_change(key, old.get(key), new.get(key)) for key in keys]
    points = [{one.kind: _printed(one.points) for one in sheet.lists} for sheet in (before, after)]
    return Comparison(
        before.total,
        after.total,
        before.grade,
        after.grade,
        tuple(
            (kind, points[0].get(kind), points[1].get(kind))
            for kind in ListKind
            if any(kind in one for one in points)
        ),
        tuple(one for one in found if (one.before, one.why_before) != (one.after, one.why_after)),
    )


_Key = tuple[ListKind | None, str]
_Told = tuple[str, Decimal, str]


def _lines(sheet: Sheet) -> Iterator[tuple[_Key, _Told]]:
    for one in sheet.lists:
        for line in one.lines:
            yield (one.kind, line.row.code), (line.row.name, _printed(line.points), _why(line))
    for fact in sheet.conduct:
        yield (None, fact.rule.kind), (fact.rule.name, _printed(fact.points), fact.why)


def _change(key: _Key, old: _Told | None, new: _Told | None) -> Change:
    told = new or old
    assert told is not None  # noqa: S101 - the key comes from one of the two
    return Change(
        key[0],
        key[1],
        told[0],
        old[1] if old else None,
        new[1] if new else None,
        old[2] if old else "",
        new[2] if new else "",
    )


def _why(line: Line) -> str:
    return f"不计：{line.left_out}" if line.left_out else line.why


def _printed(points: Fraction) -> Decimal:
    return round_places(points, _PLACES)
