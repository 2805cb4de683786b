"""The workbook to be filled in: headings, what the plan holds, and what each column may hold."""

from __future__ import annotations

from typing import IO

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from qingshan.pages.public import Sheet, write_workbook
from qingshan.plans.imports.kinds import KINDS
from qingshan.plans.imports.ledger import Shelf
from qingshan.plans.models import PlanVersion

__all__ = ["template_file"]


def template_file(*, kind: str, plan: PlanVersion) -> IO[bytes]:
    """Return the template of a kind of table, filled with what the plan holds (下载模板).

    The sheet that follows says of each column what is allowed. Read back unchanged, it changes nothing.
    """
    what = KINDS[kind]
    headings = [str(column.heading) for column in what.columns]
    shelf = Shelf(plan, plan.valid_from)
    rows = [headings, *what.held(shelf)]
    notes = [
        f"{column.heading}{_('（必填）') if column.required else ''}：{column.allowed}"
        for column in what.columns
    ]
    general = [
        _("第一行是列名，不能改动；不用的列可以删去。"),
        _("单元格里只能是数值或文字，不能是公式；百分数 95.4% 填 95.4，不要用百分比格式。"),
        _("有一处错误，整张表都不写入。"),
    ]
    sheet = Sheet(str(what.label), rows, [14] * len(headings))
    codes = [[_("指标编号"), _("名称"), pgettext("measurement", "单位")]]
    codes += [[code, one.name, one.unit] for code, one in shelf.indicators.items()]
    return write_workbook(
        [sheet, Sheet(_("指标编号"), codes, [16, 40, 12])], notes=[plan.name, *general, *notes]
    )
