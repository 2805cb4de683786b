"""The words of this room that are no states, each with its label."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop, pgettext_lazy

#: The name of a department's deadline in the room of deadlines.
DEADLINE = gettext_noop("调度填报")


class Period(TextChoices):
    """What a round speaks of (调度周期)."""

    MONTH = "month", pgettext_lazy("round", "月调度")
    QUARTER = "quarter", pgettext_lazy("round", "季调度")


class ItemKind(TextChoices):
    """What a row reports on (事项类别)."""

    MEASURE = "measure", _("措施")
    PROJECT = "project", _("项目")
    COMMITMENT = "commitment", _("承诺")
    TASK = "task", _("任务")


class Doubt(TextChoices):
    """What a reviewer is to look at (疑点); found when a row is handed in."""

    PERCENT_DOWN = "percent_down", _("进度比上期降低")
    DONE_WITHOUT_EVIDENCE = "done_without_evidence", _("报完成而无佐证")
    SAME_WORDS = "same_words", _("文字与上期完全相同")

    @property
    def tone(self) -> str:
        """How a badge of it looks."""
        return "warn"


class Stage(TextChoices):
    """How far the pressing of a department has come (催报阶段)."""

    BEFORE = "before", _("到期前提醒")
    ON = "on", _("到期当日提醒")
    AFTER = "after", _("逾期催报")
    SUPERIOR = "superior", _("上报领导")

    @property
    def tone(self) -> str:
        """How a badge of it looks."""
        return {self.BEFORE: "plain", self.ON: "wait", self.AFTER: "warn", self.SUPERIOR: "bad"}[self]


class ConductKind(TextChoices):
    """What an assessment counts against a department (报送行为)."""

    LATE_REPORT = "late_report", _("迟报")
    SILENT = "silent", _("未报")
    FALSE_REPORT = "false_report", _("虚报")


class Bearing(TextChoices):
    """How a row stands to where it should be by now (进度判断); computed, stored only when a round closes."""

    DONE = "done", pgettext_lazy("bearing", "已完成")
    IN_TIME = "in_time", _("正常")
    BEHIND = "behind", _("滞后")
    UNKNOWN = "unknown", _("无法判断")

    @property
    def tone(self) -> str:
        """How a badge of it looks."""
        return {self.DONE: "good", self.IN_TIME: "fine", self.BEHIND: "bad", self.UNKNOWN: "idle"}[self]
