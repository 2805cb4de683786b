"""Life cycles of a task, of a request to change it, and of its supervision."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qingshan.kernel.flow import Flow

__all__ = [
    "CHANGE_FLOW",
    "OPEN",
    "OVER",
    "REVISABLE",
    "SUPERVISION_FLOW",
    "TASK_FLOW",
    "ChangeState",
    "SupervisionState",
    "TaskState",
]


class TaskState(TextChoices):
    """Where a task stands (任务状态)."""

    DRAFT = "draft", _("拟定中")
    ASSIGNED = "assigned", pgettext_lazy("task", "待签收")
    CHANGE_ASKED = "change_asked", _("申请变更中")
    UNDER_WAY = "under_way", _("办理中")
    IN_REVIEW = "in_review", _("待审核")
    CLOSED = "closed", _("已办结")
    CANCELLED = "cancelled", pgettext_lazy("task", "已撤销")

    @property
    def tone(self) -> str:
        """How a badge of it looks."""
        return _TASK_TONES[self]


#: Still its departments' to do.
OPEN = (TaskState.ASSIGNED, TaskState.CHANGE_ASKED, TaskState.UNDER_WAY)
#: Nobody's to do any more.
OVER = (TaskState.CLOSED, TaskState.CANCELLED)
#: Its terms and departments may be changed by who assigns it.
REVISABLE = (TaskState.DRAFT, TaskState.ASSIGNED, TaskState.UNDER_WAY)

_TASK_TONES = {
    TaskState.DRAFT: "plain",
    TaskState.ASSIGNED: "wait",
    TaskState.CHANGE_ASKED: "wait",
    TaskState.UNDER_WAY: "fine",
    TaskState.IN_REVIEW: "wait",
    TaskState.CLOSED: "good",
    TaskState.CANCELLED: "idle",
}

TASK_FLOW = Flow(
    {
        (TaskState.DRAFT, "assign"): TaskState.ASSIGNED,
        (TaskState.ASSIGNED, "accept"): TaskState.UNDER_WAY,
        (TaskState.ASSIGNED, "ask_change"): TaskState.CHANGE_ASKED,
        (TaskState.UNDER_WAY, "ask_change"): TaskState.CHANGE_ASKED,
        (TaskState.CHANGE_ASKED, "answer_change"): TaskState.UNDER_WAY,
        (TaskState.UNDER_WAY, "submit"): TaskState.IN_REVIEW,
        (TaskState.IN_REVIEW, "send_back"): TaskState.UNDER_WAY,
        (TaskState.IN_REVIEW, "close"): TaskState.CLOSED,
        (TaskState.CLOSED, "reopen"): TaskState.UNDER_WAY,
        (TaskState.DRAFT, "cancel"): TaskState.CANCELLED,
        (TaskState.ASSIGNED, "cancel"): TaskState.CANCELLED,
        (TaskState.CHANGE_ASKED, "cancel"): TaskState.CANCELLED,
        (TaskState.UNDER_WAY, "cancel"): TaskState.CANCELLED,
    },
    labels={
        "assign": _("交办"),
        "accept": pgettext_lazy("task", "签收"),
        "ask_change": _("申请变更"),
        "answer_change": _("答复变更申请"),
        "submit": _("提交审核"),
        "send_back": _("退回"),
        "close": _("办结"),
        "reopen": _("重新打开"),
        "cancel": pgettext_lazy("task", "撤销"),
    },
)


class ChangeState(TextChoices):
    """Where a request to change a task stands (变更申请状态)."""

    ASKED = "asked", _("待答复")
    GRANTED = "granted", _("同意")
    REFUSED = "refused", _("不同意")

    @property
    def tone(self) -> str:
        """How a badge of it looks."""
        return {self.ASKED: "wait", self.GRANTED: "good", self.REFUSED: "warn"}[self]


CHANGE_FLOW = Flow(
    {
        (ChangeState.ASKED, "grant"): ChangeState.GRANTED,
        (ChangeState.ASKED, "refuse"): ChangeState.REFUSED,
    },
    labels={"grant": _("同意"), "refuse": _("不同意")},
)


class SupervisionState(TextChoices):
    """Where a supervision slip or a listing stands (督办状态). Urging is over when it is said."""

    OPEN = "open", _("督办中")
    ANSWERED = "answered", _("已回复")
    LIFTED = "lifted", _("已解除")

    @property
    def tone(self) -> str:
        """How a badge of it looks."""
        return {self.OPEN: "warn", self.ANSWERED: "wait", self.LIFTED: "idle"}[self]


SUPERVISION_FLOW = Flow(
    {
        (SupervisionState.OPEN, "answer"): SupervisionState.ANSWERED,
        (SupervisionState.ANSWERED, "answer"): SupervisionState.ANSWERED,
        (SupervisionState.OPEN, "lift"): SupervisionState.LIFTED,
        (SupervisionState.ANSWERED, "lift"): SupervisionState.LIFTED,
    },
    labels={"answer": _("回复督办"), "lift": _("解除")},
)
