"""The words of this room that are no states, each with its label."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

#: The word for who handles a task, in the room of assignments.
HANDLES = "handle"


class TaskSource(TextChoices):
    """Where a task comes from (任务来源)."""

    MEASURE = "measure", _("规划措施")
    PROJECT = "project", _("重点项目")
    COMMITMENT = "commitment", _("规划承诺")
    INDICATOR = "indicator", _("规划指标")
    INSTRUCTION = "instruction", _("领导批示")
    MINUTES = "minutes", _("会议纪要")
    LETTER = "letter", _("来函")
    DISPATCH = "dispatch", _("调度")
    FEEDBACK = "feedback", _("公众反映")
    OTHER = "other", _("其他")


class PartyRole(TextChoices):
    """What a department does in a task (分工)."""

    LEAD = "lead", _("牵头")
    JOINT = "joint", _("配合")


class SupervisionKind(TextChoices):
    """How hard a task is pressed (督办方式)."""

    URGE = "urge", _("催办")
    SLIP = "slip", _("督办")
    LISTED = "listed", _("挂牌督办")


class Pressed(TextChoices):
    """What a list of tasks warns of (提示); it follows from the day and is kept nowhere."""

    LISTED = "listed", _("挂牌督办")
    OVERDUE = "overdue", _("已逾期")
    SOON = "soon", _("一周内到期")

    @property
    def tone(self) -> str:
        """How a badge of it looks."""
        return "warn" if self is Pressed.SOON else "bad"
