"""The sheet of an evaluation as a workbook: its lists line by line, facts, departments, the sum in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from qingshan.assessment.explained import sum_in_words
from qingshan.assessment.models import Evaluation
from qingshan.assessment.reckoning import Scored
from qingshan.assessment.scoring.shapes import ListKind, ListSheet
from qingshan.assessment.vocabulary import ListName
from qingshan.kernel.rounding import round_places
from qingshan.pages.public import Sheet

__all__ = ["sheets_of"]


def sheets_of(evaluation: Evaluation, scored: Scored) -> list[Sheet]:
    """Return the sheets: summary, one for each list, facts, departments."""
    found = [Sheet(_("汇总"), list(_summary(scored)), (40, 16, 16, 60))]
    for sheet in scored.whole.lists:
        found.append(Sheet(str(ListName(sheet.kind.value).label), list(_lines(scored, sheet)), (14, 40, 10)))
    if scored.whole.conduct:
        found.append(Sheet(_("加减分"), list(_facts(scored)), (24, 24, 8, 12, 60)))
    found.append(Sheet(_("单位得分"), list(_departments(scored)), (8, 32, 12, 12, 60)))
    return found


_Row = Sequence[Any]


def _summary(scored: Scored) -> Iterator[_Row]:
    yield [_("清单"), _("满分"), _("得分"), _("扣减")]
    for sheet in scored.whole.lists:
        yield [str(ListName(sheet.kind.value).label), _two(sheet.full), _two(sheet.points), sheet.cut]
    yield [_("总分"), scored.scheme.full, scored.whole.total, scored.whole.grade]
    for step in sum_in_words(scored.whole):
        yield [step]


def _lines(scored: Scored, sheet: ListSheet) -> Iterator[_Row]:
    told = {one.row.code: one for one in scored.rows[sheet.kind]}
    yield [
        _("编号"), _("名称"), pgettext("measurement", "单位"), _("属性"), _("类别"), _("基准值"),
        _("目标值"), _("完成值"), _("判定"), _("牵头单位"), _("配合单位"), _("权重"), _("应得分"),
        _("得分率（%）"), _("得分"), _("得分说明"), _("不计原因"), _("核查意见"), _("数据来源"),
        _("台账记录"),
    ]  # fmt: skip
    for line in sheet.lines:
        one = told[line.row.code]
        judged = sheet.kind is ListKind.INDICATORS
        yield [
            line.row.code, line.row.name, one.unit, one.attribute if judged else "", line.row.category,
            one.baseline, one.target, one.actual, str(one.phase.label) if one.phase else "", line.row.lead,
            "、".join(line.row.joint), _two(line.weight), _two(line.full),
            round_places(line.share * 100, 1), _two(line.points), line.why, line.left_out,
            f"{one.view.label} {one.doubt}".strip() if one.view else "", one.source, one.url,
        ]  # fmt: skip


def _facts(scored: Scored) -> Iterator[_Row]:
    yield [_("事项"), _("单位"), _("次数"), _("得分"), _("依据")]
    for one in scored.whole.conduct:
        for case in one.cases:
            yield [one.rule.name, case.department, case.count, "", case.evidence]
        yield [one.rule.name, _("小计"), "", _two(one.points), one.why]


def _departments(scored: Scored) -> Iterator[_Row]:
    yield [_("位次"), _("单位"), _("得分"), _("等级"), _("扣减")]
    for one in scored.departments:
        place = 1 + sum(other.sheet.total > one.sheet.total for other in scored.departments)
        yield [place, one.name, one.sheet.total, one.sheet.grade, "；".join(one.sheet.cut)]


def _two(points: Fraction) -> Any:
    return round_places(points, 2)
