"""Indicators from a table."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from qingshan.pages.public import Column, Problem
from qingshan.plans.actions import add_listed_indicator, revise_indicator
from qingshan.plans.imports.columns import choice, code, names, text, whole, year
from qingshan.plans.imports.ledger import Shelf
from qingshan.plans.imports.rows import Filled, Problems
from qingshan.plans.models import CatalogueIndicator
from qingshan.plans.printed import read_printed
from qingshan.plans.vocabulary import ATTRIBUTES, DIRECTIONS, ResponsibilityRole

COLUMNS = (
    Column(gettext_lazy("编号"), "code", code, gettext_lazy("本规划内不重复的编号"), required=True),
    Column(gettext_lazy("次序"), "order", whole, gettext_lazy("整数；空着按行次")),
    Column(gettext_lazy("类别"), "category", text(60), gettext_lazy("如 环境质量")),
    Column(gettext_lazy("子类别"), "subcategory", text(60), gettext_lazy("可空")),
    Column(gettext_lazy("名称"), "name", text(120), gettext_lazy("指标名称"), required=True),
    Column(pgettext_lazy("measurement", "单位"), "unit", text(40), gettext_lazy("如 %、μg/m³")),
    Column(gettext_lazy("属性"), "attribute", choice(ATTRIBUTES), gettext_lazy("约束性、预期性、参考性")),
    Column(
        gettext_lazy("方向"),
        "direction",
        choice(DIRECTIONS),
        gettext_lazy("越高越好、越低越好、控制在范围内、定性"),
    ),
    Column(gettext_lazy("目录编号"), "catalogue", text(60), gettext_lazy("指标库中的编号，可空")),
    Column(gettext_lazy("基准年"), "baseline_year", year, gettext_lazy("四位年份")),
    Column(gettext_lazy("基准值"), "baseline", text(200), gettext_lazy("数值或文字，按文件写法")),
    Column(gettext_lazy("责任单位"), "departments", names, gettext_lazy("已登记的单位，用顿号分开")),
)
_PLAIN = ("order", "category", "subcategory", "name", "unit", "attribute", "direction", "baseline_year")


def examine(shelf: Shelf, rows: list[Filled]) -> Problems:
    """Look up departments and catalogue entries, and warn of what will become a new version."""
    known = set(CatalogueIndicator.objects.values_list("code", flat=True))
    errors = [
        row.problem("catalogue", _("指标库中的编号"))
        for row in rows
        if row.facts.get("catalogue") and row.facts["catalogue"] not in known
    ]
    warnings = [
        Problem(
            row.cells["code"].address,
            row.headings["code"],
            row.cells["code"].text,
            _("已有，将按本行形成新版本"),
        )
        for row in rows
        if row.facts.get("code") in shelf.indicators
    ]
    return [*errors, *shelf.unknown_departments(rows, "departments")], warnings


def enter(shelf: Shelf, facts: Mapping[str, Any], by: Any, at: datetime, reason: str) -> None:
    """Enter one indicator, or its next version; empty cells leave what is there."""
    plan, held = shelf.plan, shelf.indicators.get(facts["code"])
    given = {name: facts[name] for name in _PLAIN if facts.get(name) is not None}
    if facts.get("catalogue"):
        given["catalogue"] = CatalogueIndicator.objects.get(code=facts["catalogue"])
    raw = facts.get("baseline")
    if raw and (held is None or raw != held.baseline_raw):
        given |= {"baseline": read_printed(raw), "baseline_raw": raw}
    if held is not None:
        indicator = held.subject
        revise_indicator(
            indicator=indicator, changes=given, seen=held.number, by=by, at=at, reason=reason,
            valid_from=max(held.valid_from, plan.valid_from),
        )  # fmt: skip
    else:
        order = given.setdefault("order", shelf.next_order("indicator", len(shelf.indicators)))
        indicator = add_listed_indicator(
            plan=plan.subject, code=facts["code"], facts={"counts_as": order, **given},
            valid_from=plan.valid_from, by=by, at=at, reason=reason,
        )  # fmt: skip
    roles = dict.fromkeys(facts.get("departments") or (), ResponsibilityRole.NAMED)
    shelf.assign(indicator, roles, by=by, at=at, reason=reason)


def held(shelf: Shelf) -> list[list[Any]]:
    """Return the plan's indicators as rows of the template."""
    return [
        [
            one.subject.code,
            one.order,
            one.category,
            one.subcategory,
            one.name,
            one.unit,
            one.get_attribute_display(),
            one.get_direction_display() if one.direction else "",
            one.catalogue.code if one.catalogue else "",
            one.baseline_year,
            one.baseline_raw,
            "、".join(
                duty.department.name for duty in one.subject.responsibilities.select_related("department")
            ),
        ]
        for one in shelf.indicators.values()
    ]
