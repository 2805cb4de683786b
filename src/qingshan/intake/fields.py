"""What each kind of finding says, field by field: names, labels, and what they may hold.

One table for the edit form, the check of what comes back, and the words on a card.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qingshan.intake.vocabulary import FindingKind
from qingshan.plans import public as plans

__all__ = ["EFFECTS", "FIELDS", "HEAD_FIELDS", "Field", "Holds", "fields_of"]


class Holds(StrEnum):
    """What a field holds, as plain data.

    TEXT and LONG_TEXT text; INTEGER a whole number or null; DECIMAL a number as text ("12.50") or null;
    DAY ``YYYY-MM-DD`` or null; CHOICE one of ``choices``; NAMES a list of texts;
    PRINTED ``{year, raw}`` or null, PRINTED_LIST a list of them; beside these ``typed`` where a reviewer
    says what the print means (docs/plan-packs.md), and ``note``;
    QUANTITIES a list of ``{what, value, unit}``.
    """

    TEXT = "text"
    LONG_TEXT = "long_text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    DAY = "day"
    CHOICE = "choice"
    NAMES = "names"
    PRINTED = "printed"
    PRINTED_LIST = "printed_list"
    QUANTITIES = "quantities"


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a finding: its name in ``facts``, its label, what it holds."""

    name: str
    label: Any
    holds: Holds = Holds.TEXT
    required: bool = False
    choices: Mapping[str, Any] = field(default_factory=dict)
    longest: int = 300

    @property
    def empty(self) -> Any:
        """What it holds when nothing is said."""
        if self.holds in (Holds.NAMES, Holds.PRINTED_LIST, Holds.QUANTITIES):
            return []
        return "" if self.holds in (Holds.TEXT, Holds.LONG_TEXT, Holds.CHOICE) else None


def _words(table: Mapping[Any, Any]) -> dict[str, Any]:
    return {str(key.value): label for key, label in table.items()}


EFFECTS = _words(plans.EFFECTS)


_NOTES = Field("notes", _("说明"), Holds.LONG_TEXT, longest=2000)
_DEPARTMENTS = Field("departments", _("责任单位"), Holds.NAMES)

FIELDS: dict[FindingKind, tuple[Field, ...]] = {
    FindingKind.INDICATOR: (
        Field("name", _("指标名称"), required=True, longest=120),
        Field("unit", pgettext_lazy("measurement", "单位"), longest=40),
        Field("table", _("指标表"), required=True, longest=200),
        Field("table_kind", _("表的性质"), Holds.CHOICE, True, _words(plans.TABLE_KINDS)),
        Field("order", _("序号"), Holds.INTEGER),
        Field("category", _("类别"), longest=120),
        Field("attribute", _("属性"), Holds.CHOICE, True, _words(plans.ATTRIBUTES)),
        Field("baseline", _("现状值"), Holds.PRINTED, longest=200),
        Field("targets", _("目标值"), Holds.PRINTED_LIST, longest=200),
        Field("actual", _("完成值"), Holds.PRINTED, longest=200),
        Field("status", _("完成情况（印刷）"), longest=40),
        Field("catalogue", _("目录指标编号"), longest=60),
        Field("counts_as", _("计为第几项"), Holds.INTEGER),
        Field("exclusion", _("不予评估的原因（印刷）"), longest=200),
        _NOTES,
    ),
    FindingKind.PROJECT: (
        Field("name", _("项目名称"), required=True, longest=200),
        Field("label", _("编号（印刷）"), longest=40),
        Field("group", _("类别"), longest=100),
        Field("content", _("建设内容"), Holds.LONG_TEXT, longest=4000),
        Field("quantities", _("建设规模"), Holds.QUANTITIES),
        _DEPARTMENTS,
        Field("lead", _("牵头单位"), longest=100),
        Field("start_year", _("起始年"), Holds.INTEGER),
        Field("end_year", _("完成年"), Holds.INTEGER),
        Field("investment_wan", _("投资（万元）"), Holds.DECIMAL),
        _NOTES,
    ),
    FindingKind.COMMITMENT: (
        Field("metric", _("度量"), required=True, longest=200),
        Field("subject", _("事项"), longest=200),
        Field("kind", _("类型"), Holds.CHOICE, True, _words(plans.COMMITMENT_KINDS)),
        Field("operator", _("比较"), Holds.CHOICE, False, _words(plans.OPERATOR_SIGNS)),
        Field("value", _("数值"), Holds.DECIMAL),
        Field("unit", pgettext_lazy("measurement", "单位"), longest=40),
        Field("wording", _("要求（文字）"), Holds.LONG_TEXT, longest=1000),
        Field("authority", _("下达单位"), longest=100),
        Field("deadline", _("期限"), longest=40),
        Field("since", _("起始年"), Holds.INTEGER),
        Field("scope", _("范围"), longest=200),
        _DEPARTMENTS,
        _NOTES,
    ),
    FindingKind.MEASURE: (
        Field("title", _("标题"), required=True, longest=300),
        Field("label", _("编号（印刷）"), longest=40),
        Field("path", _("所在章节"), Holds.NAMES),
        Field("role", _("性质"), Holds.CHOICE, True, _words(plans.MEASURE_ROLES)),
        _DEPARTMENTS,
        Field("summary", _("内容"), Holds.LONG_TEXT, longest=4000),
    ),
    FindingKind.DUTY: (
        Field("duty_code", _("职责代码"), required=True, longest=20),
        Field("name", _("职责"), required=True, longest=200),
        _NOTES,
    ),
    FindingKind.ZONING: (
        Field("effect", _("效力"), Holds.CHOICE, True, EFFECTS),
        Field("zone", _("区域"), longest=300),
        Field("subjects", _("对象"), Holds.NAMES),
        Field("wording", _("规定"), Holds.LONG_TEXT, True, longest=1000),
        _NOTES,
    ),
    FindingKind.MISSING: (
        Field("what", _("缺失内容"), required=True, longest=200),
        Field("note", _("说明"), Holds.LONG_TEXT, longest=2000),
    ),
}

LEVELS = {"city": _("市级"), "county": _("县级"), "zone": _("功能区")}
STATES = {"in_force": _("实施中"), "final_evaluation_due": _("终期评估")}

#: The plan's own information; ``prefix`` and ``seed`` name its records and its pack.
HEAD_FIELDS: tuple[Field, ...] = (
    Field("name", _("规划名称"), required=True, longest=200),
    Field("short_name", _("简称"), required=True, longest=60),
    Field("code", _("规划编号"), required=True, longest=40),
    Field("prefix", _("记录编号前缀"), longest=20),
    Field("kind", _("类别"), required=True, longest=60),
    Field("level", _("层级"), Holds.CHOICE, True, LEVELS),
    Field("period_from", _("规划期起"), Holds.INTEGER, True),
    Field("period_to", _("规划期止"), Holds.INTEGER, True),
    Field("base_year", _("基准年"), Holds.INTEGER),
    Field("parent", _("上级规划编号"), longest=40),
    Field("edition", _("版次"), longest=60),
    Field("issuer", _("发布单位"), longest=120),
    Field("document_number", _("文号"), longest=60),
    Field("approved_on", _("批准日期"), Holds.DAY),
    Field("issued_on", _("印发日期"), Holds.DAY),
    Field("in_force_on", _("施行日期"), Holds.DAY),
    Field("state", _("状态"), Holds.CHOICE, True, STATES),
    Field("notes", _("说明"), Holds.LONG_TEXT, longest=2000),
)


def fields_of(kind: str) -> tuple[Field, ...]:
    """Return the fields of a kind of finding (`FindingKind`), in the order of its form."""
    return FIELDS[FindingKind(kind)]
