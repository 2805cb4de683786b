"""Values of indicators from a table."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from qingshan.pages.public import Column
from qingshan.plans.actions import enter_value, submit_value
from qingshan.plans.imports.columns import choice, day, number, text, year
from qingshan.plans.imports.ledger import Shelf
from qingshan.plans.imports.rows import Filled, Problems
from qingshan.plans.models import Value
from qingshan.plans.states import ReviewState
from qingshan.plans.vocabulary import Finding, MeasuredKind

COLUMNS = (
    Column(gettext_lazy("指标编号"), "indicator", text(60), gettext_lazy("本规划的指标编号"), required=True),
    Column(gettext_lazy("年度"), "year", year, gettext_lazy("四位年份"), required=True),
    Column(
        gettext_lazy("数值类别"), "kind", choice(dict(MeasuredKind.choices)),
        gettext_lazy("上级通报、审核数据、实时未审核、自行计算、部门报送"), required=True,
    ),
    Column(gettext_lazy("数值"), "number", number, gettext_lazy("按来源写法，百分数 95.4% 填 95.4")),
    Column(gettext_lazy("文字结果"), "text", text(200), gettext_lazy("定性指标填写")),
    Column(
        gettext_lazy("定性结论"), "finding", choice(dict(Finding.choices)), gettext_lazy("已达到、未达到")
    ),
    Column(pgettext_lazy("measurement", "单位"), "unit", text(40), gettext_lazy("空着用指标的单位")),
    Column(gettext_lazy("时段起"), "period_start", day, gettext_lazy("只有部分时段时填写")),
    Column(gettext_lazy("时段止"), "period_end", day, gettext_lazy("只有部分时段时填写")),
    Column(gettext_lazy("数据截至"), "as_of", day, gettext_lazy("空着为时段最后一天")),
    Column(gettext_lazy("获知日期"), "known_on", day, gettext_lazy("空着为导入当天")),
    Column(
        gettext_lazy("数据来源"), "source", text(200), gettext_lazy("文件名称和文号，或出处"), required=True
    ),
    Column(gettext_lazy("测定条件"), "condition", text(120), gettext_lazy("如 标况")),
    Column(gettext_lazy("说明"), "note", text(500), gettext_lazy("可空")),
)  # fmt: skip
_KEPT_OUT = (ReviewState.WITHDRAWN, ReviewState.SUPERSEDED)


def examine(shelf: Shelf, rows: list[Filled]) -> Problems:
    """Refuse unknown indicators, empty rows, days outside the year; warn of values known already."""
    errors = shelf.unknown_indicators(rows)
    for row in rows:
        if row.facts.get("number") is None and not row.facts.get("text") and not row.facts.get("finding"):
            errors.append(row.problem("number", _("数值、文字结果、定性结论至少填一项")))
        for name in ("period_start", "period_end", "as_of"):
            found = row.facts.get(name)
            if found and row.facts.get("year") and found.year != row.facts["year"]:
                errors.append(row.problem(name, _("%d 年内的日期") % row.facts["year"]))
        start, end = row.facts.get("period_start"), row.facts.get("period_end")
        if (start is None) != (end is None):
            errors.append(row.problem("period_end" if start else "period_start", _("时段的起止须同时填写")))
        elif start and end and end < start:
            errors.append(row.problem("period_end", _("不早于 %s") % start))
    return errors, [
        row.problem("number", _("库中已有同一年度、同一类别的数值")) for row in _known(shelf, rows)
    ]


def _known(shelf: Shelf, rows: list[Filled]) -> list[Filled]:
    there = set(
        Value.objects.filter(indicator__plan_id=shelf.plan.subject_id)
        .exclude(state__in=_KEPT_OUT)
        .values_list("indicator__code", "year", "kind")
    )
    return [
        row
        for row in rows
        if (row.facts.get("indicator"), row.facts.get("year"), row.facts.get("kind")) in there
    ]


def enter(shelf: Shelf, facts: Mapping[str, Any], by: Any, at: datetime, reason: str) -> None:
    """Enter one value and hand it to a second person."""
    version = shelf.indicators[facts["indicator"]]
    given = {name: found for name, found in facts.items() if name != "indicator" and found is not None}
    value = enter_value(indicator=version.subject, facts={"unit": version.unit, **given}, by=by, at=at)
    submit_value(value=value, by=by, at=at)


def held(shelf: Shelf) -> list[list[Any]]:
    """Return no rows: values are added, never changed; the codes stand on a sheet of their own."""
    return []
