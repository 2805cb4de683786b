"""What may be imported: its columns, how its rows are held against the ledger, how a row is entered."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from qingshan.pages.public import Column
from qingshan.plans.imports import indicators, projects, targets, values
from qingshan.plans.imports.ledger import Shelf
from qingshan.plans.imports.rows import Filled, Problems

__all__ = ["KINDS", "Kind"]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of table.

    Parameters
    ----------
    verb : str
        What ``policies`` are asked for the plan.
    key : tuple of str
        Fields that together name a row; no two rows of a file share them.
    examine : callable
        Holds all rows against the ledger; returns errors and warnings.
    enter : callable
        Enters one row: shelf, facts, by, at, reason.
    held : callable
        Rows of the plan as it stands, for the template.
    rows_about_indicators : bool
        Whether the first field of the key names an indicator, whose own departments write to it.
    """

    code: str
    label: Any
    purpose: Any
    verb: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    examine: Callable[[Shelf, list[Filled]], Problems]
    enter: Callable[[Shelf, Mapping[str, Any], Any, datetime, str], None]
    held: Callable[[Shelf], list[list[Any]]]
    rows_about_indicators: bool = False


KINDS: dict[str, Kind] = {
    kind.code: kind
    for kind in (
        Kind(
            "indicators",
            _("指标"),
            _("指标的名称、单位、属性、方向、基准值和责任单位；编号已有的按新内容形成新版本。"),
            "edit",
            indicators.COLUMNS,
            ("code",),
            indicators.examine,
            indicators.enter,
            indicators.held,
        ),
        Kind(
            "targets",
            _("目标"),
            _(
                "各年目标，按文件写法填写（≥95、控制在25以内、全面消除、完成市下达目标）；只新增，不改已有目标。"
            ),
            "edit",
            targets.COLUMNS,
            ("indicator", "year"),
            targets.examine,
            targets.enter,
            targets.held,
            rows_about_indicators=True,
        ),
        Kind(
            "values",
            _("数值"),
            _("各年数值及来源；导入后等待另一人审核。"),
            "enter_value",
            values.COLUMNS,
            ("indicator", "year", "kind", "period_start", "period_end"),
            values.examine,
            values.enter,
            values.held,
            rows_about_indicators=True,
        ),
        Kind(
            "projects",
            _("项目"),
            _("项目的内容、年限、投资和责任单位；已有项目的年限、投资和内容须走“项目调整”。"),
            "edit",
            projects.COLUMNS,
            ("code",),
            projects.examine,
            projects.enter,
            projects.held,
        ),
    )
}
