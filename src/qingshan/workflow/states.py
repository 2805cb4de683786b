"""The life of a deadline."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from qingshan.kernel.flow import Flow


class DeadlineState(models.TextChoices):
    """Where a deadline stands (期限状态). Overdue is no state: it follows from the day one asks about."""

    RUNNING = "running", _("计时中")
    MET = "met", _("已按要求完成")
    LIFTED = "lifted", _("已解除")

    @property
    def tone(self) -> str:
        """The tone of its badge."""
        return _TONES[self]


_TONES = {DeadlineState.RUNNING: "wait", DeadlineState.MET: "good", DeadlineState.LIFTED: "idle"}

DEADLINE_FLOW = Flow(
    {
        (DeadlineState.RUNNING, "extend"): DeadlineState.RUNNING,
        (DeadlineState.RUNNING, "meet"): DeadlineState.MET,
        (DeadlineState.RUNNING, "lift"): DeadlineState.LIFTED,
        (DeadlineState.MET, "reopen"): DeadlineState.RUNNING,
    },
    labels={"extend": _("延期"), "meet": _("完成"), "lift": _("解除"), "reopen": _("退回重办")},
)
