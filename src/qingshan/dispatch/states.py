"""Life cycles of a round, of a row in it, and of a finding that a report was false."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qingshan.kernel.flow import Flow

__all__ = [
    "FALSE_FLOW",
    "REPORTABLE",
    "ROUND_FLOW",
    "ROW_FLOW",
    "FalseState",
    "PartState",
    "RoundState",
    "RowState",
]


class RoundState(TextChoices):
    """Where a round stands (调度状态)."""

    OPEN = "open", _("调度中")
    CLOSED = "closed", pgettext_lazy("round", "已关闭")
    CANCELLED = "cancelled", pgettext_lazy("round", "已撤销")

    @property
    def tone(self) -> str:
        """How a badge of it looks."""
        return {self.OPEN: "wait", self.CLOSED: "good", self.CANCELLED: "idle"}[self]


ROUND_FLOW = Flow(
    {
        (RoundState.OPEN, "close"): RoundState.CLOSED,
        (RoundState.CLOSED, "reopen"): RoundState.OPEN,
        (RoundState.OPEN, "cancel"): RoundState.CANCELLED,
    },
    labels={
        "close": pgettext_lazy("round", "关闭本轮"),
        "reopen": _("重新打开"),
        "cancel": pgettext_lazy("round", "撤销本轮"),
    },
)


class RowState(TextChoices):
    """Where a department's report on one thing stands (填报状态)."""

    WAITING = "waiting", _("待填报")
    SAVED = "saved", _("已存稿")
    SUBMITTED = "submitted", _("待审核")
    SENT_BACK = "sent_back", _("已退回")
    ACCEPTED = "accepted", _("已采纳")
    #: What it said was found false; the ledger was corrected, and the row stays as the evidence of it.
    FALSE = "false", _("认定虚报")

    @property
    def tone(self) -> str:
        """How a badge of it looks."""
        return _ROW_TONES[self]


#: The department may still write to it.
REPORTABLE = (RowState.WAITING, RowState.SAVED, RowState.SENT_BACK)

_ROW_TONES = {
    RowState.WAITING: "idle",
    RowState.SAVED: "plain",
    RowState.SUBMITTED: "wait",
    RowState.SENT_BACK: "warn",
    RowState.ACCEPTED: "good",
    RowState.FALSE: "bad",
}

ROW_FLOW = Flow(
    {
        (RowState.WAITING, "save"): RowState.SAVED,
        (RowState.SAVED, "save"): RowState.SAVED,
        (RowState.SENT_BACK, "save"): RowState.SAVED,
        (RowState.SAVED, "submit"): RowState.SUBMITTED,
        (RowState.SUBMITTED, "send_back"): RowState.SENT_BACK,
        (RowState.SUBMITTED, "accept"): RowState.ACCEPTED,
        (RowState.ACCEPTED, "find_false"): RowState.FALSE,
    },
    labels={
        "save": _("存稿"),
        "submit": _("提交审核"),
        "send_back": _("退回"),
        "accept": _("采纳"),
        "find_false": _("认定虚报"),
    },
)


class FalseState(TextChoices):
    """Where a finding that a report was false stands (虚报认定)."""

    PROPOSED = "proposed", _("待确认")
    CONFIRMED = "confirmed", _("已认定")
    DISMISSED = "dismissed", _("不予认定")

    @property
    def tone(self) -> str:
        """How a badge of it looks."""
        return {self.PROPOSED: "wait", self.CONFIRMED: "bad", self.DISMISSED: "idle"}[self]


FALSE_FLOW = Flow(
    {
        (FalseState.PROPOSED, "confirm"): FalseState.CONFIRMED,
        (FalseState.PROPOSED, "dismiss"): FalseState.DISMISSED,
    },
    labels={"confirm": _("认定虚报"), "dismiss": _("不予认定")},
)


class PartState(TextChoices):
    """How a department stands in a round (单位报送情况). Computed; stored only when the round closes."""

    ON_TIME = "on_time", _("按时")
    LATE = "late", _("迟报")
    PARTLY = "partly", _("部分未报")
    SILENT = "silent", _("未报")
    #: The round is open and its day has not passed.
    PENDING = "pending", _("填报中")

    @property
    def tone(self) -> str:
        """How a badge of it looks."""
        return _PART_TONES[self]


_PART_TONES = {
    PartState.ON_TIME: "good",
    PartState.LATE: "warn",
    PartState.PARTLY: "warn",
    PartState.SILENT: "bad",
    PartState.PENDING: "wait",
}
