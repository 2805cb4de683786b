"""Series and comparisons as sheets of a workbook."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from qingshan.kernel.figure import Figure
from qingshan.pages.public import Sheet
from qingshan.succession.queries.comparing import Compared
from qingshan.succession.queries.series import Series

__all__ = ["compared_sheets", "series_sheets"]


def series_sheets(series: Series) -> list[Sheet]:
    """Return values, targets and changes of definition, a sheet each."""
    return [
        Sheet(_("数值"), _values(series), (8, 32, 14, 14, 12, 16, 16, 40)),
        Sheet(_("目标"), _targets(series), (8, 32, 24)),
        Sheet(_("口径变化"), _breaks(series), (8, 14, 30, 30, 16, 40, 30)),
    ]


def _values(series: Series) -> Iterator[list[Any]]:
    yield [
        _("年度"), pgettext("one", "规划"), _("类别"), _("数值"), pgettext("measurement", "单位"),
        _("统计范围"), _("测定条件"), _("说明"),
    ]  # fmt: skip
    for one in series.points:
        yield [
            one.year, one.plan.short_name, one.what, _cell(one.figure), one.unit, one.scope, one.condition,
            one.note,
        ]  # fmt: skip


def _targets(series: Series) -> Iterator[list[Any]]:
    yield [_("年度"), pgettext("one", "规划"), _("目标")]
    for one in series.promises:
        yield [one.year, one.plan.short_name, one.words]


def _breaks(series: Series) -> Iterator[list[Any]]:
    yield [_("自何年起"), _("变化内容"), _("原口径"), _("新口径"), _("来源"), _("原因"), _("依据文件")]
    for one in series.breaks:
        source = str(one.source.label)
        yield [one.year, one.what, one.before, one.after, source, one.reason, one.document]


def compared_sheets(found: Compared) -> list[Sheet]:
    """Return the rows side by side, and the sums of counties against their city's."""
    return [
        Sheet(_("并列比较"), _rows(found), (28, 28, 10, 12, 8, 14, 16, 14, 10, 40)),
        Sheet(_("县市合计"), _sums(found), (28, 28, 14, 14, 10, 30, 40)),
    ]


def _rows(found: Compared) -> Iterator[list[Any]]:
    yield [
        pgettext("one", "指标"), pgettext("one", "规划"), _("层级"), pgettext("measurement", "单位"),
        _("基准年"), _("基准值"), _("%d年目标") % found.year, _("最近数值"), _("松紧"), _("说明"),
    ]  # fmt: skip
    for row in found.rows:
        for cell in row.cells:
            yield [
                row.name, cell.plan.short_name, cell.plan.get_level_display(), cell.unit, cell.base_year,
                _cell(cell.row.baseline), cell.target.words if cell.target else "", _cell(cell.row.latest),
                cell.placed.strictness.label,
                "；".join(part for part in (cell.placed.why, cell.caution) if part),
            ]  # fmt: skip


def _sums(found: Compared) -> Iterator[list[Any]]:
    yield [
        pgettext("one", "指标"), _("上级规划"), _("上级目标"), _("各部分合计"),
        pgettext("measurement", "单位"), _("缺少的部分"), _("结论"),
    ]  # fmt: skip
    for row in found.rows:
        for one in row.sums:
            missing = "；".join(f"{part.name}（{part.why}）" for part in one.missing)
            yield [row.name, one.plan.short_name, one.wanted, one.total, one.unit, missing, one.verdict]


def _cell(figure: Figure) -> Any:
    return figure.value if figure.value is not None else figure.text or figure.missing
