"""The tables of a snapshot as a page shows them: one list each, every row with what was remarked on it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from qingshan.kernel.figure import Figure
from qingshan.levels.models import Remark
from qingshan.levels.snapshots import IndicatorLine, ProjectLine, Snapshot
from qingshan.levels.vocabulary import Section

__all__ = ["Cell", "Sheet", "SheetRow", "sheets"]

_YUAN_PER_WAN = 10_000


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: a figure, a badge, or words; ``label`` is its column's, for narrow screens."""

    label: str | Promise
    figure: Figure | None = None
    state: Any = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One line of a snapshot, and what was said about it."""

    code: str
    name: str
    cells: tuple[Cell, ...]
    remarks: tuple[Remark, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One list of a snapshot."""

    section: Section
    columns: tuple[str | Promise, ...]
    rows: tuple[SheetRow, ...]


def sheets(snapshot: Snapshot, remarks: Iterable[Remark]) -> list[Sheet]:
    """Return the lists of a snapshot that have rows."""
    said: dict[tuple[str, str], list[Remark]] = defaultdict(list)
    for one in remarks:
        said[one.section, one.code].append(one)
    return [_sheet(section, snapshot, said) for section in Section if snapshot.lines(section)]


def _sheet(section: Section, snapshot: Snapshot, said: Any) -> Sheet:
    rows = tuple(
        SheetRow(line.code, line.name, _cells(line, snapshot), tuple(said[section.value, line.code]))
        for line in snapshot.lines(section)
    )
    return Sheet(section, tuple(cell.label for cell in rows[0].cells), rows)


def _cells(line: Any, snapshot: Snapshot) -> tuple[Cell, ...]:
    simulated = snapshot.plan.simulated
    if isinstance(line, IndicatorLine):
        return (
            Cell(_("目标"), words=_dated(line.target, line.target_year)),
            Cell(_("数值"), figure=_value(line, simulated)),
            Cell(_("判定"), state=line.standing),
        )
    progress = Cell(_("进度"), figure=_percent(line.percent, line.reported_on, simulated))
    state = Cell(_("状态"), state=line.phase)
    whose = Cell(_("责任单位"), words="、".join(line.departments))
    if isinstance(line, ProjectLine):
        money = [
            Cell(label, figure=_wan(yuan, snapshot.as_of, simulated))
            for label, yuan in (
                (_("总投资"), line.investment_yuan),
                (_("到位"), line.received_yuan),
                (_("支付"), line.paid_yuan),
            )
        ]
        return (Cell(_("年限"), words=line.years), state, progress, *money, whose)
    if line.asked:
        return (Cell(_("要求"), words=_dated(line.asked, line.due_on)), state, progress, whose)
    return (state, progress, whose)


def _dated(words: str, day: Any) -> str:
    return f"{words}（{day}）" if words and day else words


def _value(line: IndicatorLine, simulated: bool) -> Figure:
    source = f"{line.kind} {line.source}".strip()
    if not line.value:
        return Figure(None, "", missing=str(_("尚无已审核的数值")), simulated=simulated)
    text = f"{line.value}{line.unit if ' ' not in line.value else ''}"
    return Figure(None, "", line.as_of, source, simulated, text=text)


def _percent(percent: int | None, on: date | None, simulated: bool) -> Figure:
    missing = str(_("尚无经审核的进展报告"))
    return Figure(
        percent, "%", on, str(_("报送快照")), simulated, missing="" if percent is not None else missing
    )


def _wan(yuan: int | None, on: date, simulated: bool) -> Figure:
    """An amount in ten thousand yuan, exact: whole where it is whole."""
    if yuan is None:
        return Figure(None, str(_("万元")), missing=str(_("未登记")), simulated=simulated)
    whole, rest = divmod(yuan, _YUAN_PER_WAN)
    text = "" if rest == 0 else f"{whole:,}.{rest:04d}".rstrip("0")
    return Figure(
        whole if rest == 0 else None, str(_("万元")) if rest == 0 else "", on, str(_("报送快照")), simulated,
        text=_("%s 万元") % text if text else "",
    )  # fmt: skip
