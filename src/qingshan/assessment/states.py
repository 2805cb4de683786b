"""Life cycles of an evaluation, of an appeal against it, and of a recommendation it gives."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qingshan.kernel.flow import Flow

__all__ = [
    "APPEAL_FLOW",
    "EVALUATION_FLOW",
    "OPEN",
    "SHOWN",
    "STORED",
    "AppealState",
    "EvaluationState",
]


class EvaluationState(TextChoices):
    """Where an evaluation stands (评估状态)."""

    DRAFTING = "drafting", _("评估中")
    PREVIEW = "preview", _("试算")
    FROZEN = "frozen", _("已锁定")
    PUBLISHED = "published", _("已公布")
    CLOSED = "closed", pgettext_lazy("evaluation", "已办结")
    CANCELLED = "cancelled", pgettext_lazy("evaluation", "已取消")

    @property
    def tone(self) -> str:
        """How a badge of it looks."""
        return _TONES[self]


_TONES = {
    EvaluationState.DRAFTING: "plain",
    EvaluationState.PREVIEW: "wait",
    EvaluationState.FROZEN: "wait",
    EvaluationState.PUBLISHED: "good",
    EvaluationState.CLOSED: "idle",
    EvaluationState.CANCELLED: "idle",
}

#: Findings, facts and conclusions may still be entered; nothing is stored as final.
OPEN = (EvaluationState.DRAFTING, EvaluationState.PREVIEW)
#: The sheet is the stored one, whatever the ledger says by now.
STORED = (EvaluationState.FROZEN, EvaluationState.PUBLISHED, EvaluationState.CLOSED)
#: Whoever sees the plan sees it.
SHOWN = (EvaluationState.PUBLISHED, EvaluationState.CLOSED)

EVALUATION_FLOW = Flow(
    {
        (EvaluationState.DRAFTING, "preview"): EvaluationState.PREVIEW,
        (EvaluationState.PREVIEW, "go_on"): EvaluationState.DRAFTING,
        (EvaluationState.PREVIEW, "freeze"): EvaluationState.FROZEN,
        (EvaluationState.FROZEN, "thaw"): EvaluationState.DRAFTING,
        (EvaluationState.FROZEN, "publish"): EvaluationState.PUBLISHED,
        (EvaluationState.PUBLISHED, "close"): EvaluationState.CLOSED,
        (EvaluationState.DRAFTING, "cancel"): EvaluationState.CANCELLED,
        (EvaluationState.PREVIEW, "cancel"): EvaluationState.CANCELLED,
    },
    labels={
        "preview": _("试算"),
        "go_on": _("继续评估"),
        "freeze": _("锁定"),
        "thaw": _("解除锁定"),
        "publish": pgettext_lazy("evaluation", "公布"),
        "close": pgettext_lazy("evaluation", "办结"),
        "cancel": pgettext_lazy("evaluation", "取消"),
    },
)


class AppealState(TextChoices):
    """Where an appeal stands (申诉状态)."""

    MADE = "made", _("待复核")
    UPHELD = "upheld", _("采纳")
    REJECTED = "rejected", _("未采纳")

    @property
    def tone(self) -> str:
        """How a badge of it looks."""
        return {self.MADE: "wait", self.UPHELD: "good", self.REJECTED: "idle"}[self]


APPEAL_FLOW = Flow(
    {
        (AppealState.MADE, "uphold"): AppealState.UPHELD,
        (AppealState.MADE, "reject"): AppealState.REJECTED,
    },
    labels={"uphold": _("采纳"), "reject": _("不采纳")},
)
