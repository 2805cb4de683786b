"""What a finding says, in words for its card: a name, some facts, and what to look out for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from qingshan.intake.facts import in_words
from qingshan.intake.fields import EFFECTS, fields_of
from qingshan.intake.vocabulary import FindingKind
from qingshan.pages.public import Badge
from qingshan.plans.public import ValueKind

__all__ = [
    "CONFLICT",
    "SIGNS",
    "Fact",
    "confidence_badge",
    "facts_in_words",
    "flags_in_words",
    "severity_badge",
    "title_of",
    "type_in_words",
]

Words = str | Promise

#: The tab of conflicts stands beside those of the kinds.
CONFLICT = "conflict"

#: One sign each, in the text and on the card: kinds are told apart without their colours.
SIGNS: dict[str, str] = {
    FindingKind.INDICATOR: "指",
    FindingKind.PROJECT: "项",
    FindingKind.COMMITMENT: "诺",
    FindingKind.MEASURE: "措",
    FindingKind.DUTY: "责",
    FindingKind.ZONING: "区",
    FindingKind.MISSING: "缺",
    CONFLICT: "矛",
}
OPERATOR_SIGNS = {">=": "≥", "<=": "≤", ">": ">", "<": "<", "=": "="}
_FLAGS: dict[str, Words] = {
    "targets_merged": gettext_lazy("目标值取自上一行的合并单元格，请核对"),
    "attribute_merged": gettext_lazy("属性取自上一行的合并单元格，请核对"),
    "status_merged": gettext_lazy("完成情况取自上一行的合并单元格，请核对"),
    "targets_spread": gettext_lazy("一格对应几个年份，各年取同一目标"),
    "cells_left_over": gettext_lazy("这一行有单元格没有用上，请对照原文"),
    "column_shift": gettext_lazy("这一行错列，已按内容重新归位，请核对"),
    "name_missing": gettext_lazy("原文没有印出名称"),
    "years_merged": gettext_lazy("起止年取自上一行的合并单元格，请核对"),
}
_TYPES: dict[str, Words] = {
    "deadline_before_issue": gettext_lazy("期限早于印发"),
    "base_year_mismatch": gettext_lazy("基准年不一致"),
    "mixed_base_year": gettext_lazy("现状值年份混杂"),
    "period_mismatch": gettext_lazy("规划期不一致"),
    "period_leak": gettext_lazy("超出规划期"),
    "start_before_plan": gettext_lazy("早于规划期开工"),
    "date_conflict": gettext_lazy("期限不一致"),
    "duplicate_target": gettext_lazy("目标重复"),
    "number_mismatch": gettext_lazy("数值不一致"),
    "target_below_base": gettext_lazy("目标低于现状"),
    "text_vs_table": gettext_lazy("正文与表不一致"),
    "arithmetic": gettext_lazy("合计与分项不符"),
    "count_mismatch": gettext_lazy("项数不符"),
    "sign_confusion": gettext_lazy("升降方向存疑"),
    "unit_error": gettext_lazy("单位存疑"),
    "column_shift": gettext_lazy("表格错列"),
    "category_shift": gettext_lazy("类别错位"),
    "merged_names": gettext_lazy("名称连写"),
    "duplicate_text": gettext_lazy("文字重复"),
    "unit_alias": gettext_lazy("单位名称不一"),
    "claim_vs_table": gettext_lazy("结论与表不符"),
    "outdated_standard": gettext_lazy("引用标准已被代替"),
    "cross_level_target": gettext_lazy("与上级目标不符"),
    "cross_level_base": gettext_lazy("与上级口径不符"),
    "target_below_prev_target": gettext_lazy("低于上期目标"),
}


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of a card; ``wide`` takes a line of its own."""

    label: Words
    text: str
    wide: bool = False


def title_of(kind: str, facts: Mapping[str, Any]) -> str:
    """Return the name by which a reviewer knows a finding."""
    if kind == FindingKind.ZONING:
        effect = EFFECTS.get(str(facts.get("effect")), "")
        parts = (str(effect), str(facts.get("zone") or ""))
        return " · ".join(part for part in parts if part) or _("未命名")
    names = (facts.get(name) for name in _NAMED_BY.get(kind, ("name", "group")))
    return next((str(name) for name in names if name), _("未命名"))


_NAMED_BY: dict[str, tuple[str, ...]] = {
    FindingKind.COMMITMENT: ("metric",),
    FindingKind.MEASURE: ("title",),
    FindingKind.MISSING: ("what",),
}

#: What a card shows, in its order; the rest stands in the form. A name with * takes a line of its own.
_SHOWN: dict[str, tuple[str, ...]] = {
    FindingKind.INDICATOR: ("category", "unit", "attribute", "baseline", "actual", "status", "targets*"),
    FindingKind.PROJECT: ("group", "start_year", "end_year", "investment_wan", "departments*", "quantities*"),
    FindingKind.COMMITMENT: ("demand", "wording*", "deadline", "scope", "departments"),
    FindingKind.MEASURE: ("path*", "departments*"),
    FindingKind.DUTY: ("duty_code",),
    FindingKind.ZONING: ("subjects", "wording*"),
    FindingKind.MISSING: ("note*",),
}


def facts_in_words(kind: str, facts: Mapping[str, Any]) -> list[Fact]:
    """Return what a finding says, a line each; what the document does not give is left out."""
    known = worded(kind, facts)
    if kind == FindingKind.COMMITMENT:
        known["demand"] = (_("要求"), _demand(facts))
    title = title_of(kind, facts)
    found = []
    for name in _SHOWN[kind]:
        label, words = known.get(name.rstrip("*"), ("", ""))
        if words and words not in ("-", title):
            found.append(Fact(label, words, wide=name.endswith("*")))
    return found


def worded(kind: str, facts: Mapping[str, Any]) -> dict[str, tuple[Words, str]]:
    """Return label and words of each field that says something."""
    by_label = dict(in_words(kind, facts))
    return {
        one.name: (one.label, by_label[str(one.label)])
        for one in fields_of(kind)
        if str(one.label) in by_label
    }


#: A promise whose number somebody else hands down; it is called as a target of that kind is.
_ASSIGNED = ValueKind.ASSIGNED.value


def _demand(facts: Mapping[str, Any]) -> str:
    if facts.get("value") in (None, ""):
        return (
            _("由%s下达") % (facts.get("authority") or _("上一级")) if facts.get("kind") == _ASSIGNED else ""
        )
    sign = OPERATOR_SIGNS.get(str(facts.get("operator") or ""), "")
    return f"{sign} {facts['value']} {facts.get('unit') or ''}".strip()


def flags_in_words(flags: Sequence[str]) -> list[Words]:
    """Return what the reader was unsure of, for the reviewer to look at."""
    return [_FLAGS.get(flag, flag) for flag in flags]


def confidence_badge(confidence: Decimal | None) -> Badge:
    """Say how sure the reader is: words that ask for more or less care, and the share behind them."""
    if confidence is None:
        return Badge(_("人工录入"), "plain")
    words, tone = next(found for least, found in _SURE if confidence >= least)
    return Badge(f"{words} {int(confidence * 100)}%", tone)


#: Least share of right findings -> words and tone. The steps are those that docs/plan-reader.md measures.
_SURE: tuple[tuple[Decimal, tuple[Words, str]], ...] = (
    (Decimal("0.9"), (pgettext_lazy("confidence", "把握大"), "good")),
    (Decimal("0.8"), (pgettext_lazy("confidence", "较有把握"), "fine")),
    (Decimal("0.6"), (pgettext_lazy("confidence", "请核对"), "warn")),
    (Decimal(0), (pgettext_lazy("confidence", "把握小"), "bad")),
)


def severity_badge(severity: str) -> Badge:
    """Return how grave a conflict is."""
    words, tone = _SEVERITIES.get(severity, (severity, "plain"))
    return Badge(str(words), tone)


_SEVERITIES: dict[str, tuple[Words, str]] = {
    "high": (pgettext_lazy("severity", "严重"), "bad"),
    "middle": (pgettext_lazy("severity", "一般"), "warn"),
    "low": (pgettext_lazy("severity", "轻微"), "plain"),
}


def type_in_words(kind: str) -> Words:
    """Return the name of a type of conflict."""
    return _TYPES.get(kind, kind)
