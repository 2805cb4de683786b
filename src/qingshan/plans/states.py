"""Life cycles of the ledger, each an enumeration and its `Flow`; and the verdict on a target."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from qingshan.kernel.flow import Flow

__all__ = [
    "COUNTED",
    "MILESTONE_FLOW",
    "PLAN_FLOW",
    "REVIEW_FLOW",
    "VALUE_FLOW",
    "WORK_FLOW",
    "MilestoneState",
    "PlanState",
    "ReviewState",
    "Status",
    "WorkState",
]


class PlanState(TextChoices):
    """Where a plan stands in its life (规划状态)."""

    DRAFTING = "drafting", _("编制中")
    CONSULTING = "consulting", _("征求意见")
    REVIEWING = "reviewing", _("评审中")
    APPROVED = "approved", _("已批准")
    IN_FORCE = "in_force", _("实施中")
    FINAL_EVALUATION = "final_evaluation", _("终期评估")
    CLOSED = "closed", _("已结束")
    WITHDRAWN = "withdrawn", _("已撤回")

    @property
    def tone(self) -> str:
        """How a badge of it looks."""
        return _PLAN_TONES.get(self, "wait")


_PLAN_TONES = {
    PlanState.IN_FORCE: "good",
    PlanState.FINAL_EVALUATION: "fine",
    PlanState.CLOSED: "idle",
    PlanState.WITHDRAWN: "idle",
}

PLAN_FLOW = Flow(
    {
        (PlanState.DRAFTING, "consult"): PlanState.CONSULTING,
        (PlanState.CONSULTING, "review"): PlanState.REVIEWING,
        (PlanState.REVIEWING, "redraft"): PlanState.DRAFTING,
        (PlanState.REVIEWING, "approve"): PlanState.APPROVED,
        (PlanState.APPROVED, "put_in_force"): PlanState.IN_FORCE,
        (PlanState.IN_FORCE, "evaluate"): PlanState.FINAL_EVALUATION,
        (PlanState.FINAL_EVALUATION, "close"): PlanState.CLOSED,
        (PlanState.DRAFTING, "withdraw"): PlanState.WITHDRAWN,
        (PlanState.CONSULTING, "withdraw"): PlanState.WITHDRAWN,
        (PlanState.REVIEWING, "withdraw"): PlanState.WITHDRAWN,
        (PlanState.APPROVED, "withdraw"): PlanState.WITHDRAWN,
    },
    labels={
        "consult": _("征求意见"),
        "review": _("送评审"),
        "redraft": _("退回修改"),
        "approve": _("批准"),
        "put_in_force": _("印发实施"),
        "evaluate": _("进入终期评估"),
        "close": _("结束"),
        "withdraw": _("撤回"),
    },
)


class ReviewState(TextChoices):
    """Where an entry stands that a second person must approve (审核状态)."""

    ENTERED = "entered", _("已录入")
    SUBMITTED = "submitted", _("待审核")
    APPROVED = "approved", _("已审核")
    SENT_BACK = "sent_back", _("已退回")
    WITHDRAWN = "withdrawn", _("已撤回")
    #: A correction was approved in its place; it still counts for the days before.
    SUPERSEDED = "superseded", _("已被更正")

    @property
    def tone(self) -> str:
        """How a badge of it looks."""
        return _REVIEW_TONES[self]


#: An entry that counts, or counted until its correction was approved: everybody who sees its record sees it.
COUNTED = (ReviewState.APPROVED, ReviewState.SUPERSEDED)

_REVIEW_TONES = {
    ReviewState.ENTERED: "plain",
    ReviewState.SUBMITTED: "wait",
    ReviewState.APPROVED: "good",
    ReviewState.SENT_BACK: "warn",
    ReviewState.WITHDRAWN: "idle",
    ReviewState.SUPERSEDED: "idle",
}

_REVIEW_TABLE = {
    (ReviewState.ENTERED, "submit"): ReviewState.SUBMITTED,
    (ReviewState.SUBMITTED, "approve"): ReviewState.APPROVED,
    (ReviewState.SUBMITTED, "send_back"): ReviewState.SENT_BACK,
    (ReviewState.SENT_BACK, "submit"): ReviewState.SUBMITTED,
    (ReviewState.ENTERED, "withdraw"): ReviewState.WITHDRAWN,
    (ReviewState.SENT_BACK, "withdraw"): ReviewState.WITHDRAWN,
}
_REVIEW_LABELS = {
    "submit": _("提交审核"),
    "approve": _("审核通过"),
    "send_back": _("退回"),
    "withdraw": _("撤回"),
}

#: Progress reports, not-evaluable statements, re-baselinings.
REVIEW_FLOW = Flow(_REVIEW_TABLE, labels=_REVIEW_LABELS)

#: Values: as above, and a correction may take an approved value's place.
VALUE_FLOW = Flow(
    {**_REVIEW_TABLE, (ReviewState.APPROVED, "supersede"): ReviewState.SUPERSEDED},
    labels={**_REVIEW_LABELS, "supersede": _("更正")},
)


class WorkState(TextChoices):
    """How far a measure, commitment or project has come (工作状态)."""

    #: Nobody has said anything yet; a plan's text does not tell how far its work has come.
    UNREPORTED = "unreported", _("尚无报告")
    NOT_STARTED = "not_started", _("未启动")
    UNDER_WAY = "under_way", _("推进中")
    DONE = "done", _("已完成")
    STOPPED = "stopped", _("已终止")

    @property
    def tone(self) -> str:
        """How a badge of it looks."""
        return _WORK_TONES[self]


_WORK_TONES = {
    WorkState.UNREPORTED: "plain",
    WorkState.NOT_STARTED: "idle",
    WorkState.UNDER_WAY: "fine",
    WorkState.DONE: "good",
    WorkState.STOPPED: "warn",
}

WORK_FLOW = Flow(
    {
        (WorkState.UNREPORTED, "hold"): WorkState.NOT_STARTED,
        (WorkState.UNREPORTED, "start"): WorkState.UNDER_WAY,
        (WorkState.UNREPORTED, "finish"): WorkState.DONE,
        (WorkState.UNREPORTED, "stop"): WorkState.STOPPED,
        (WorkState.NOT_STARTED, "start"): WorkState.UNDER_WAY,
        (WorkState.NOT_STARTED, "finish"): WorkState.DONE,
        (WorkState.UNDER_WAY, "finish"): WorkState.DONE,
        (WorkState.NOT_STARTED, "stop"): WorkState.STOPPED,
        (WorkState.UNDER_WAY, "stop"): WorkState.STOPPED,
        (WorkState.STOPPED, "resume"): WorkState.UNDER_WAY,
        (WorkState.DONE, "reopen"): WorkState.UNDER_WAY,
    },
    labels={
        "hold": _("报告未启动"),
        "start": _("启动"),
        "finish": _("完成"),
        "stop": _("终止"),
        "resume": _("恢复"),
        "reopen": _("重新打开"),
    },
)


class MilestoneState(TextChoices):
    """Whether a milestone of a project is reached (节点状态)."""

    OPEN = "open", _("未到达")
    REACHED = "reached", _("已到达")
    DROPPED = "dropped", _("已取消")

    @property
    def tone(self) -> str:
        """How a badge of it looks."""
        return _MILESTONE_TONES[self]


_MILESTONE_TONES = {
    MilestoneState.OPEN: "wait",
    MilestoneState.REACHED: "good",
    MilestoneState.DROPPED: "idle",
}

MILESTONE_FLOW = Flow(
    {
        (MilestoneState.OPEN, "reach"): MilestoneState.REACHED,
        (MilestoneState.OPEN, "drop"): MilestoneState.DROPPED,
        (MilestoneState.REACHED, "reopen"): MilestoneState.OPEN,
    },
    labels={"reach": _("到达"), "drop": _("取消"), "reopen": _("重新打开")},
)


class Status(TextChoices):
    """How an indicator stands against a target (达标判定). Computed by ``status.py``, never stored."""

    MET = "met", _("已达标")
    ON_TRACK = "on_track", _("进度正常")
    BEHIND = "behind", _("进度滞后")
    MISSED = "missed", _("未达标")
    NOT_EVALUABLE = "not_evaluable", _("不予评估")
    WAITING_FOR_ASSIGNMENT = "waiting_for_assignment", _("等待上级下达")
    NO_VALUE = "no_value", _("尚无数值")
    #: A value is known, but no number or approved finding can judge it.
    UNDECIDED = "undecided", _("尚不能判定")
    NO_TARGET = "no_target", _("未设目标值")

    @property
    def tone(self) -> str:
        """How a badge of it looks."""
        return _STATUS_TONES[self]


_STATUS_TONES = {
    Status.MET: "good",
    Status.ON_TRACK: "fine",
    Status.BEHIND: "warn",
    Status.MISSED: "bad",
    Status.NOT_EVALUABLE: "idle",
    Status.WAITING_FOR_ASSIGNMENT: "wait",
    Status.NO_VALUE: "idle",
    Status.UNDECIDED: "plain",
    Status.NO_TARGET: "idle",
}
