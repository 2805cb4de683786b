"""The life of the opening of a next plan (规划接续方案)."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qingshan.kernel.flow import Flow

__all__ = ["LIVE", "OPENING_FLOW", "OpeningState"]


class OpeningState(TextChoices):
    """Where the opening of a next plan stands (接续方案状态)."""

    CHOOSING = "choosing", _("选定中")
    PROPOSED = "proposed", _("待审批")
    CARRIED = "carried", _("已写入新规划")
    WITHDRAWN = "withdrawn", pgettext_lazy("opening", "已撤回")

    @property
    def tone(self) -> str:
        """How a badge of it looks."""
        return _TONES[self]


_TONES = {
    OpeningState.CHOOSING: "plain",
    OpeningState.PROPOSED: "wait",
    OpeningState.CARRIED: "good",
    OpeningState.WITHDRAWN: "idle",
}

#: A plan has one opening in these states, or none.
LIVE = (OpeningState.CHOOSING, OpeningState.PROPOSED, OpeningState.CARRIED)

OPENING_FLOW = Flow(
    {
        (OpeningState.CHOOSING, "propose"): OpeningState.PROPOSED,
        (OpeningState.PROPOSED, "send_back"): OpeningState.CHOOSING,
        (OpeningState.PROPOSED, "carry"): OpeningState.CARRIED,
        (OpeningState.CARRIED, "undo"): OpeningState.CHOOSING,
        (OpeningState.CHOOSING, "withdraw"): OpeningState.WITHDRAWN,
        (OpeningState.PROPOSED, "withdraw"): OpeningState.WITHDRAWN,
    },
    labels={
        "propose": _("提交审批"),
        "send_back": _("退回"),
        "carry": _("批准并写入新规划"),
        "undo": _("撤销写入"),
        "withdraw": pgettext_lazy("opening", "撤回"),
    },
)
