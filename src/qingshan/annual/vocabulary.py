"""The words of this room that are no states, each with its label."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qingshan.tasks.public import TaskSource

__all__ = ["SOURCES", "Basis", "RowKind", "Stand"]


class RowKind(TextChoices):
    """What a row of an annual plan is (事项类别)."""

    TARGET = "target", _("年度目标")
    MEASURE = "measure", _("规划措施")
    PROJECT = "project", _("重点项目")
    COMMITMENT = "commitment", _("规划承诺")

    @property
    def is_work(self) -> bool:
        """Whether it becomes a task when the annual plan is published."""
        return self is not RowKind.TARGET


#: Kind of a row of work -> where its task comes from.
SOURCES = {
    RowKind.MEASURE: TaskSource.MEASURE,
    RowKind.PROJECT: TaskSource.PROJECT,
    RowKind.COMMITMENT: TaskSource.COMMITMENT,
}


class Basis(TextChoices):
    """What the content of a row rests on (依据)."""

    PRINTED = "printed", _("规划印定")
    PROPOSED = "proposed", _("测算建议值")
    WORDS = "words", _("按规划文字")
    NEGOTIATED = "negotiated", _("协商确定")

    @property
    def tone(self) -> str:
        """How a badge of it looks."""
        return {self.PRINTED: "good", self.PROPOSED: "warn", self.WORDS: "plain", self.NEGOTIATED: "fine"}[
            self
        ]


class Stand(TextChoices):
    """How a department stands to a row as it is now (单位意见); it follows from what was said."""

    SILENT = "silent", _("未反馈")
    ASKS = "asks", pgettext_lazy("annual plan", "申请调整")
    REFUSED = "refused", _("未采纳，待确认")
    ACCEPTED = "accepted", pgettext_lazy("annual plan", "同意")

    @property
    def tone(self) -> str:
        """How a badge of it looks."""
        return {self.SILENT: "idle", self.ASKS: "wait", self.REFUSED: "warn", self.ACCEPTED: "good"}[self]
