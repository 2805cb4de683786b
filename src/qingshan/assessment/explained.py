"""A scheme, and a score, in plain words: what each point is for, and how it came about (每一分的来历)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

from qingshan.assessment.scoring.shapes import (
    ConductRule,
    CurveKind,
    Effect,
    ListKind,
    ListRule,
    Penalty,
    Scheme,
    Sheet,
    WeightRule,
)
from qingshan.assessment.vocabulary import ListName, Purpose
from qingshan.kernel.rounding import round_places
from qingshan.plans.public import ATTRIBUTES

__all__ = [
    "ListInWords",
    "SchemeInWords",
    "curve_in_words",
    "scheme_in_words",
    "share_of_total",
    "sum_in_words",
]

_WHOLE = 100


@dataclass(frozen=True, slots=True)
class ListInWords:
    """How one list is scored, line by line."""

    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SchemeInWords:
    """A scheme as an official would tell it."""

    purposes: tuple[str, ...]
    lists: tuple[ListInWords, ...]
    conduct: tuple[str, ...]
    grades: tuple[str, ...]
    departments: tuple[str, ...]
    zones: tuple[str, ...]
    share_in_words: str


def scheme_in_words(scheme: Scheme) -> SchemeInWords:
    """Return a scheme in words (方案说明)."""
    return SchemeInWords(
        purposes=tuple(str(Purpose(one.value).label) for one in sorted(scheme.purposes)),
        lists=tuple(_list(kind, rule) for kind, rule in scheme.lists.items()),
        conduct=tuple(_conduct(rule) for rule in scheme.conduct),
        grades=tuple(
            _("%(points)s 分及以上为“%(name)s”") % {"points": one.at_least, "name": one.name}
            for one in scheme.grades
        ),
        departments=(
            _("单位得分只计该单位牵头和配合的行；牵头计全部权重，配合计 %s 倍权重。") % scheme.joint_share,
        ),
        zones=tuple(
            _("%(zone)s：%(factors)s")
            % {
                "zone": zone,
                "factors": "、".join(
                    _("%(category)s类权重乘以 %(factor)s") % {"category": category, "factor": factor}
                    for category, factor in factors.items()
                ),
            }
            for zone, factors in scheme.zones.items()
        ),
        share_in_words=share_of_total(scheme),
    )


def share_of_total(scheme: Scheme) -> str:
    """Say what part of the whole performance assessment the sheet is, and what it must be at least."""
    whole, least = scheme.total_assessment, scheme.at_least_share
    if whole is None or least is None:
        return ""
    return _("本表 %(full)s 分，占党政实绩考核 %(whole)s 分的 %(share)s%%；要求不低于 %(least)s%%。") % {
        "full": scheme.full,
        "whole": whole,
        "share": round_places(Fraction(scheme.full) / Fraction(whole) * _WHOLE, 1),
        "least": round_places(Fraction(least) * _WHOLE, 1),
    }


def curve_in_words(rule: ListRule) -> str:
    """Say how much of its points a row earns."""
    if rule.curve is CurveKind.BANDS:
        bands = "，".join(
            _("完成率 %(at)s%% 起得 %(share)s%%")
            % {"at": _percent(one.at_least), "share": _percent(one.share)}
            for one in rule.bands
        )
        return _("按分档得分：%s，以下不得分；没有数值可比的，达标得满分。") % bands
    return {
        CurveKind.PROGRESS: _("按进度得分：自基准值向目标值走了多少就得多少；没有这段路可走的，达标得满分。"),
        CurveKind.SHARE_DONE: _("按完成比例得分；没有报告进展的不得分。"),
        CurveKind.ALL_OR_NOTHING: _("完成得满分，未完成不得分。"),
    }[rule.curve]


def sum_in_words(sheet: Sheet) -> list[str]:
    """Tell the last steps: lists and facts summed, what cut them, the rounding, the grade."""
    lists = " + ".join(f"{ListName(one.kind.value).label} {_two(one.points)}" for one in sheet.lists)
    told = [_("三张清单：%s") % (lists or "0")]
    told += [f"{one.rule.name}：{one.why} = {_two(one.points)}" for one in sheet.conduct]
    told.append(_("合计 %s 分（这里写到 6 位小数；计算全程用精确值）") % round_places(sheet.sum, 6))
    told += list(sheet.cut)
    rounded = {"places": sheet.scheme.decimals, "total": sheet.total}
    told.append(_("只修约一次，保留 %(places)d 位小数（GB/T 8170，四舍六入五成双）：%(total)s 分") % rounded)
    if sheet.grade:
        told.append(_("等级：%s") % sheet.grade)
    return told


def _list(kind: ListKind, rule: ListRule) -> ListInWords:
    lines = [*_categories(rule), *(_weight(one) for one in rule.weights), curve_in_words(rule)]
    if rule.binding_missed is not None:
        lines.append(_("有约束性指标未达标：%s。") % _penalty(rule.binding_missed))
    if rule.key_share is not None and rule.too_few is not None:
        shown = {"share": _percent(rule.key_share), "penalty": _penalty(rule.too_few)}
        lines.append(_("重点项目完成比例不足 %(share)s%%：%(penalty)s。") % shown)
    heading = _("%(list)s %(points)s 分") % {"list": ListName(kind.value).label, "points": rule.points}
    return ListInWords(heading, tuple(lines))


def _categories(rule: ListRule) -> list[str]:
    if not rule.categories:
        return []
    told = "、".join(
        _("%(name)s %(points)s 分") % {"name": name, "points": points}
        for name, points in rule.categories.items()
    )
    return [_("分类计分：%s；没有可评行的类别，其分值按比例并入其他类别。") % told]


def _weight(rule: WeightRule) -> str:
    which = [
        _("“%s”类") % rule.category if rule.category else "",
        str(ATTRIBUTES[rule.attribute]) if rule.attribute else "",
        _("重点项目") if rule.key else "",
    ]
    named = "".join(part for part in which if part) or _("其余各行")
    return _("%(which)s权重 %(weight)s") % {"which": named, "weight": rule.weight}


def _penalty(penalty: Penalty) -> str:
    words = {
        Effect.GRADE_AT_MOST: _("等级最高为“%s”"),
        Effect.TOTAL_AT_MOST: _("总分最多 %s 分"),
        Effect.POINTS_OFF: _("本清单扣 %s 分"),
        Effect.SHARE_AT_MOST: _("本清单最多得满分的 %s%%"),
    }[penalty.effect]
    shares = penalty.effect is Effect.SHARE_AT_MOST
    return words % (_percent(Decimal(penalty.value)) if shares else penalty.value)


def _conduct(rule: ConductRule) -> str:
    sign = _("加") if rule.each >= 0 else _("扣")
    shown = {"name": rule.name, "sign": sign, "each": abs(rule.each), "most": rule.at_most}
    return _("%(name)s：每次%(sign)s %(each)s 分，最多%(sign)s %(most)s 分") % shown


def _percent(share: Decimal) -> str:
    text = f"{share * _WHOLE:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _two(points: Fraction) -> Decimal:
    return round_places(points, 2)
