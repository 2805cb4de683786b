"""How one snapshot differs from another: row by row, field by field. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from qingshan.levels.snapshots import Snapshot
from qingshan.levels.vocabulary import Change, Section

__all__ = ["LABELS", "FieldDifference", "RowDifference", "compared", "shown"]

#: Field of a line -> what a person calls it.
LABELS: Mapping[str, str | Promise] = {
    "name": _("名称"),
    "category": _("类别"),
    "group": _("分组"),
    "unit": _("计量单位"),
    "attribute": _("属性"),
    "target_year": _("目标年"),
    "target": _("目标"),
    "year": _("数值年度"),
    "value": _("数值"),
    "kind": _("数值类别"),
    "as_of": _("数据截至"),
    "source": _("数据来源"),
    "status": _("判定"),
    "method": _("判定方法"),
    "asked": _("要求"),
    "due_on": _("期限"),
    "years": _("年限"),
    "state": _("状态"),
    "percent": _("进度（%）"),
    "reported_on": _("最近报告"),
    "investment_yuan": _("总投资（元）"),
    "planned_yuan": _("计划（元）"),
    "received_yuan": _("到位（元）"),
    "paid_yuan": _("支付（元）"),
    "departments": _("责任单位"),
}


@dataclass(frozen=True, slots=True)
class FieldDifference:
    """One field of a row, before and after, in words."""

    label: str | Promise
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class RowDifference:
    """One row that was added, is gone, or says something else."""

    section: Section
    code: str
    name: str
    change: Change
    fields: tuple[FieldDifference, ...] = ()


def compared(before: Snapshot, after: Snapshot) -> list[RowDifference]:
    """Return how a later snapshot differs from an earlier one, in the order of the later one."""
    return [row for section in Section for row in _of_section(section, before, after)]


def _of_section(section: Section, before: Snapshot, after: Snapshot) -> Iterator[RowDifference]:
    old = {line.code: line for line in before.lines(section)}
    new = {line.code: line for line in after.lines(section)}
    for code, line in new.items():
        if code not in old:
            yield RowDifference(section, code, line.name, Change.ADDED)
        elif old[code] != line:
            yield RowDifference(section, code, line.name, Change.CHANGED, tuple(_fields(old[code], line)))
    for code, line in old.items():
        if code not in new:
            yield RowDifference(section, code, line.name, Change.REMOVED)


def _fields(before: Any, after: Any) -> Iterator[FieldDifference]:
    for field in fields(after):
        was, now = getattr(before, field.name), getattr(after, field.name)
        if was != now:
            yield FieldDifference(LABELS[field.name], _shown(before, field.name), _shown(after, field.name))


def _shown(line: Any, name: str) -> str:
    if name == "status":
        return str(line.standing.label)
    if name == "state":
        return str(line.phase.label)
    return shown(getattr(line, name))


def shown(value: Any) -> str:
    """Return a field in words; what is not there is a dash.

    Examples
    --------
    >>> shown(None), shown(1_200_000), shown(("水利局", "住建局"))
    ('—', '1,200,000', '水利局、住建局')
    """
    if value is None or value in ("", ()):
        return "—"
    if isinstance(value, tuple):
        return "、".join(value)
    return f"{value:,}" if isinstance(value, int) and value > 9999 else str(value)
