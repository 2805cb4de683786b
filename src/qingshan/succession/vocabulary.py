"""The words of succession: what is carried, what is proposed for it, how a definition changed."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

__all__ = ["ChangeKind", "Decision", "ItemKind", "LessonSource"]


class ItemKind(TextChoices):
    """What a record of the old plan is (接续内容)."""

    INDICATOR = "indicator", pgettext_lazy("one", "指标")
    PROJECT = "project", pgettext_lazy("one", "项目")
    MEASURE = "measure", pgettext_lazy("one", "措施")
    COMMITMENT = "commitment", pgettext_lazy("one", "承诺")
    PROVISION = "provision", pgettext_lazy("one", "规划条款")


class Decision(TextChoices):
    """What becomes of a record in the next plan (处理意见)."""

    KEEP = "keep", _("保留")
    REDEFINE = "redefine", _("重新定义")
    DROP = "drop", _("不再列入")

    @property
    def tone(self) -> str:
        """How a badge of it looks."""
        return {self.KEEP: "good", self.REDEFINE: "warn", self.DROP: "idle"}[self]


class LessonSource(TextChoices):
    """Where a lesson comes from (经验教训来源)."""

    TYPED = "typed", _("手工填写")
    EVALUATION = "evaluation", _("评估报告")


class ChangeKind(TextChoices):
    """What about an indicator changed (口径变化内容)."""

    DEFINITION = "definition", _("定义")
    FORMULA = "formula", _("计算方法")
    UNIT = "unit", pgettext_lazy("measurement", "单位")
    SCOPE = "scope", _("统计范围")
    CONDITION = "condition", _("测定条件")
