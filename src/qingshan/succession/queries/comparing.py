"""Several plans and levels side by side (并列比较): one indicator, its base, targets, values, who is
stricter.

Only plans that somebody sees are compared, and only of one world: fictional plans never stand beside real
ones.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import gettext as _

from qingshan.areas.public import district_names, district_tree
from qingshan.kernel.figure import Figure
from qingshan.plans import public as plans
from qingshan.plans.public import Direction, PlanState, ValueKind
from qingshan.succession.stricter import Bid, Placed, Strictness, placed
from qingshan.succession.units import converted

__all__ = ["Cell", "Compared", "Row", "Sum", "additive_codes", "comparable_plans", "compared"]

_ADDITIVE = Path(__file__).parents[1] / "additive.yaml"


@dataclass(frozen=True, slots=True)
class Cell:
    """What one plan says of an indicator, and how its target stands among the others."""

    plan: Any
    row: Any
    target: Any
    target_year: int | None
    placed: Placed
    unit: str

    @property
    def caution(self) -> str:
        """What a reader must know of its baseline besides: another area, population or condition."""
        version = self.row.version
        told = "，".join(part for part in (version.baseline_scope, version.baseline_condition) if part)
        return _("基准值的范围或条件：%s") % told if told else ""

    @property
    def base_year(self) -> int | None:
        """The year of the baseline."""
        year: int | None = self.row.version.baseline_year
        return year


@dataclass(frozen=True, slots=True)
class Part:
    """A county in a sum: its amount in the city's unit, or why it is missing."""

    name: str
    amount: Decimal | None
    why: str = ""
    url: str = ""
    shown: Figure | None = None


@dataclass(frozen=True, slots=True)
class Sum:
    """The counties' amounts against their city's, in the city's unit.

    ``total`` is over the parts that are known; ``missing`` names the others. It is never taken for a whole
    one.
    """

    plan: Any
    year: int
    unit: str
    wanted: Decimal | None
    parts: list[Part]
    verdict: str

    @property
    def total(self) -> Decimal | None:
        """The sum of the known parts; None where none is known."""
        known = [part.amount for part in self.parts if part.amount is not None]
        return sum(known, Decimal(0)) if known else None

    @property
    def missing(self) -> list[Part]:
        """The parts that are not known."""
        return [part for part in self.parts if part.amount is None]

    @property
    def total_shown(self) -> Figure:
        """The sum as a page prints it."""
        return self._figure(self.total)

    @property
    def wanted_shown(self) -> Figure:
        """The city's own amount as a page prints it."""
        return self._figure(self.wanted)

    def _figure(self, amount: Decimal | None) -> Figure:
        simulated = self.plan.subject.simulated
        return Figure(
            amount,
            self.unit,
            date(self.year, 12, 31),
            _("各部规划 %d 年目标") % self.year,
            simulated,
            missing=_("没有可相加的数值"),
        )


@dataclass(frozen=True, slots=True)
class Row:
    """One indicator across the plans; ``left_out`` names plans that do not have it."""

    code: str
    name: str
    direction: Direction | None
    cells: list[Cell]
    left_out: list[Any]
    sums: list[Sum] = field(default_factory=list)

    @property
    def strictest(self) -> list[Cell]:
        """The plans whose target asks for most."""
        return [cell for cell in self.cells if cell.placed.strictness is Strictness.STRICTEST]

    @property
    def undecided(self) -> list[Cell]:
        """The plans whose target cannot be held against the others."""
        return [cell for cell in self.cells if cell.placed.strictness is Strictness.UNDECIDED]


@dataclass(frozen=True, slots=True)
class Compared:
    """Plans side by side for the targets of one year."""

    plans: list[Any]
    year: int
    rows: list[Row]
    other_world: list[Any]


@cache
def additive_codes() -> frozenset[str]:
    """Return the codes of the catalogue whose amounts add up, from the data file."""
    return frozenset(yaml.safe_load(_ADDITIVE.read_text(encoding="utf-8"))["codes"])


def comparable_plans(*, user: Any, on: date, level: str = "") -> list[Any]:
    """Return the plans somebody may put side by side, of one level or of all; none that was withdrawn."""
    found = plans.visible_versions(user=user, on=on).exclude(state=PlanState.WITHDRAWN)
    return list(found.filter(level=level) if level else found)


def compared(
    *, user: Any, on: date, codes: Iterable[str], year: int, level: str = "", shared_only: bool = True
) -> Compared:
    """Put plans side by side.

    Parameters
    ----------
    codes : iterable of str
        Codes of plans; those somebody may not see are not there.
    year : int
        The year whose targets are compared.
    level : str
        Only plans of this level (`PlanLevel`).
    shared_only : bool
        Only indicators that two of the plans have.
    """
    wanted = set(codes)
    chosen = [plan for plan in comparable_plans(user=user, on=on, level=level) if plan.subject.code in wanted]
    world = chosen[0].subject.simulated if chosen else False
    own = [plan for plan in chosen if plan.subject.simulated is world]
    found: dict[int, list[tuple[Any, Any]]] = defaultdict(list)
    for plan in own:
        for row in plans.indicator_rows(user=user, plan=plan, on=on):
            if row.judged and row.version.catalogue_id is not None:
                found[row.version.catalogue_id].append((plan, row))
    entries = {entry.subject_id: entry for entry in plans.catalogue_entries(on=on)}
    rows = [
        _row(entries[number], some, own, year, on)
        for number, some in sorted(found.items())
        if number in entries and (not shared_only or len({plan.pk for plan, _row in some}) > 1)
    ]
    return Compared(own, year, rows, [plan for plan in chosen if plan.subject.simulated is not world])


def _row(entry: Any, some: Sequence[tuple[Any, Any]], own: list[Any], year: int, on: date) -> Row:
    direction = Direction(entry.direction) if entry.direction else None
    bids = [_bid(row, year, entry.name) for _plan, row in some]
    cells = [
        Cell(plan, row, row.targets.get(year), year if year in row.targets else None, stands, row.unit)
        for (plan, row), stands in zip(some, placed(bids, direction), strict=True)
    ]
    there = {plan.pk for plan, _row in some}
    code = entry.subject.code
    sums = _sums(cells, own, year, on) if code in additive_codes() else []
    return Row(code, entry.name, direction, cells, [plan for plan in own if plan.pk not in there], sums)


_QUALIFIED = re.compile(r".*[（(]([^（()）]+)[)）]")


def qualifier(name: str, entry_name: str) -> str:
    """Return what a printed name adds in brackets at its end, where the catalogue's name does not.

    Examples
    --------
    >>> qualifier("森林覆盖率（平原地区）", "森林覆盖率"), qualifier("森林覆盖率", "森林覆盖率")
    ('平原地区', '')
    """
    found = _QUALIFIED.fullmatch(name)
    if found is None or found[1].isascii() or found[1] in entry_name:  # （EI） is a short name, no place
        return ""
    return found[1]


def _bid(row: Any, year: int, entry_name: str) -> Bid:
    cell = row.targets.get(year)
    if cell is None:
        return Bid(None, row.unit)
    told = (qualifier(row.name, entry_name), cell.version.scope, cell.version.condition)
    scope = " ".join(part for part in told if part)
    return Bid(cell.version.typed, row.unit, scope)


def _sums(cells: list[Cell], own: list[Any], year: int, on: date) -> list[Sum]:
    """The amounts of the districts below a plan's own, against its own, for every plan that has such."""
    found = []
    for cell in cells:
        below = _directly_below(cell.plan.subject.district_id, on)
        if below and cell.plan.level in _UPPER:
            found.append(_sum(cell, below, cells, own, year))
    return found


#: Levels whose districts are made up of others that have plans of their own.
_UPPER = (plans.PlanLevel.PROVINCE, plans.PlanLevel.CITY, plans.PlanLevel.COUNTY)


def _directly_below(district: int, on: date) -> dict[int, str]:
    """The districts of the next level below one, by their numbers."""
    nodes = district_tree(on, top=district)
    numbers = [node.version.subject_id for node in nodes if node.version.parent_id == district]
    return district_names(numbers, on)


def _sum(upper: Cell, below: dict[int, str], cells: list[Cell], own: list[Any], year: int) -> Sum:
    held = {cell.plan.subject.district_id: cell for cell in cells if cell.plan.pk != upper.plan.pk}
    planned = {plan.subject.district_id for plan in own}
    parts = [
        _part(name, held.get(number), upper, has_plan=number in planned)
        for number, name in sorted(below.items())
    ]
    wanted = _amount(upper)
    return Sum(upper.plan, year, _unit(upper), wanted, parts, _verdict(wanted, parts, upper))


def _part(name: str, cell: Cell | None, upper: Cell, *, has_plan: bool) -> Part:
    if cell is None:
        return Part(name, None, _("规划没有这项指标") if has_plan else _("没有列入比较的规划"))
    amount = _amount(cell)
    if amount is None:
        return Part(name, None, cell.placed.why or _("目标不是数值"), cell.row.url)
    same = converted(amount, _unit(cell), _unit(upper))
    if same is None:
        told = {"one": _unit(cell), "other": _unit(upper)}
        return Part(name, None, _("单位“%(one)s”不能换算为“%(other)s”") % told, cell.row.url)
    day, simulated = date(cell.target.version.subject.year, 12, 31), cell.plan.subject.simulated
    shown = Figure(same, _unit(upper), day, cell.plan.short_name, simulated, cell.row.url)
    return Part(name, same, url=cell.row.url, shown=shown)


def _unit(cell: Cell) -> str:
    return (cell.target.version.typed.unit if cell.target else "") or cell.unit


def _amount(cell: Cell) -> Decimal | None:
    typed = cell.target.version.typed if cell.target else None
    value: Decimal | None = typed.value if typed is not None and typed.kind is ValueKind.NUMBER else None
    return value


def _verdict(wanted: Decimal | None, parts: list[Part], upper: Cell) -> str:
    """Whether the counties together reach the city's amount; said only where the known parts decide it."""
    known = [part.amount for part in parts if part.amount is not None]
    if wanted is None:
        return _("上级没有数值目标，不能比较")
    if not known:
        return _("没有一个县（市、区）有数值，不能比较")
    total = sum(known, Decimal(0))
    if total >= wanted:
        return _("已知部分合计已达到上级目标")
    if len(known) < len(parts):
        return _("缺 %d 个部分，不能判断") % (len(parts) - len(known))
    return _("各部分合计比上级目标少 %(gap)s%(unit)s") % {"gap": f"{wanted - total:f}", "unit": _unit(upper)}
