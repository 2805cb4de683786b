"""The life of a job, and of one delivery of an event."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from qingshan.kernel.flow import Flow


class JobState(models.TextChoices):
    """Where a job stands (后台作业状态)."""

    QUEUED = "queued", _("排队中")
    RUNNING = "running", _("运行中")
    DONE = "done", _("已完成")
    FAILED = "failed", _("已失败")
    CANCELLED = "cancelled", _("已取消")

    @property
    def tone(self) -> str:
        """The tone of its badge."""
        return _JOB_TONES[self]


class DeliveryState(models.TextChoices):
    """Where the delivery of one event to one consumer stands (事件送达状态)."""

    PENDING = "pending", _("待送达")
    DELIVERED = "delivered", _("已送达")
    GIVEN_UP = "given_up", _("已放弃")

    @property
    def tone(self) -> str:
        """The tone of its badge."""
        return _DELIVERY_TONES[self]


_JOB_TONES = {
    JobState.QUEUED: "wait",
    JobState.RUNNING: "fine",
    JobState.DONE: "good",
    JobState.FAILED: "bad",
    JobState.CANCELLED: "idle",
}
_DELIVERY_TONES = {
    DeliveryState.PENDING: "wait",
    DeliveryState.DELIVERED: "good",
    DeliveryState.GIVEN_UP: "bad",
}

JOB_FLOW = Flow(
    {
        (JobState.QUEUED, "claim"): JobState.RUNNING,
        (JobState.QUEUED, "cancel"): JobState.CANCELLED,
        (JobState.RUNNING, "finish"): JobState.DONE,
        (JobState.RUNNING, "retry"): JobState.QUEUED,
        (JobState.RUNNING, "reclaim"): JobState.QUEUED,
        (JobState.RUNNING, "fail"): JobState.FAILED,
        (JobState.RUNNING, "stop"): JobState.CANCELLED,
        (JobState.FAILED, "requeue"): JobState.QUEUED,
    },
    labels={
        "claim": _("领取"),
        "cancel": _("取消"),
        "finish": _("完成"),
        "retry": _("出错后再试"),
        "reclaim": _("进程中断后收回"),
        "fail": _("失败"),
        "stop": _("应要求停止"),
        "requeue": _("重新排队"),
    },
)

DELIVERY_FLOW = Flow(
    {
        (DeliveryState.PENDING, "deliver"): DeliveryState.DELIVERED,
        (DeliveryState.PENDING, "give_up"): DeliveryState.GIVEN_UP,
        (DeliveryState.GIVEN_UP, "retry"): DeliveryState.PENDING,
    },
    labels={"deliver": _("送达"), "give_up": _("放弃"), "retry": _("重新送达")},
)

#: States in which a job still has something before it.
LIVE = (JobState.QUEUED, JobState.RUNNING)
