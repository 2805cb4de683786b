"""What of a plan may be made public, part by part and column by column (公开内容)."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

__all__ = ["COLUMNS", "PARTS_IN_ORDER", "Column", "Extent", "Part"]


class Part(TextChoices):
    """A part of a public page (公开内容); also the name of its file of open data."""

    INDICATORS = "indicators", pgettext_lazy("several", "规划指标")
    MEASURES = "measures", pgettext_lazy("several", "规划措施")
    PROJECTS = "projects", pgettext_lazy("several", "重点项目")
    COMMITMENTS = "commitments", pgettext_lazy("several", "规划承诺")
    EVALUATIONS = "evaluations", _("评估结果")


class Extent(TextChoices):
    """How much of a part is made public (公开范围)."""

    NOTHING = "nothing", _("不公开")
    EVERYTHING = "everything", _("全部公开")
    CHOSEN = "chosen", _("只公开选定的")


class Column(TextChoices):
    """What is told of a record besides its name (公开项目)."""

    ATTRIBUTE = "attribute", _("属性")
    BASELINE = "baseline", _("基准值")
    TARGET = "target", _("目标值")
    LATEST = "latest", _("最新数值")
    VERDICT = "verdict", _("判定")
    PROGRESS = "progress", _("进展")
    ASKED = "asked", _("要求")
    YEARS = "years", _("年限")
    MONEY = "money", _("总投资")
    DEPARTMENTS = "departments", _("责任单位")
    SCORE = "score", _("评估得分")
    GRADE = "grade", pgettext_lazy("evaluation", "评估结论")
    #: Not a column of its own: whether each figure says where it comes from.
    SOURCES = "sources", _("数据类别和来源")


#: Part -> what may be told of its records, in the order of the page.
COLUMNS: Mapping[Part, tuple[Column, ...]] = {
    Part.INDICATORS: (
        Column.ATTRIBUTE, Column.BASELINE, Column.TARGET, Column.LATEST, Column.VERDICT, Column.DEPARTMENTS,
        Column.SOURCES,
    ),
    Part.MEASURES: (Column.PROGRESS, Column.DEPARTMENTS, Column.SOURCES),
    Part.PROJECTS: (Column.YEARS, Column.MONEY, Column.PROGRESS, Column.DEPARTMENTS, Column.SOURCES),
    Part.COMMITMENTS: (Column.ASKED, Column.PROGRESS, Column.DEPARTMENTS, Column.SOURCES),
    Part.EVALUATIONS: (Column.SCORE, Column.GRADE, Column.SOURCES),
}  # fmt: skip
PARTS_IN_ORDER = tuple(COLUMNS)
