"""Life cycles of an intake, of one finding in it, and of a conflict."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from qingshan.kernel.flow import Flow

__all__ = [
    "CONFLICT_FLOW",
    "FINDING_FLOW",
    "INTAKE_FLOW",
    "ConflictState",
    "FindingState",
    "IntakeState",
]


class IntakeState(TextChoices):
    """Where the review of a document stands (导入状态)."""

    #: A long text; a job is reading it.
    READING = "reading", _("识读中")
    REVIEWING = "reviewing", _("审阅中")
    #: Everything is decided, and all that was accepted is in the ledger.
    ENTERED = "entered", _("已写入台账")
    WITHDRAWN = "withdrawn", _("已撤回")

    @property
    def tone(self) -> str:
        """How a badge of it looks."""
        return _INTAKE_TONES[self]


_INTAKE_TONES = {
    IntakeState.READING: "wait",
    IntakeState.REVIEWING: "wait",
    IntakeState.ENTERED: "good",
    IntakeState.WITHDRAWN: "idle",
}

INTAKE_FLOW = Flow(
    {
        (IntakeState.READING, "read"): IntakeState.REVIEWING,
        (IntakeState.READING, "withdraw"): IntakeState.WITHDRAWN,
        (IntakeState.REVIEWING, "finish"): IntakeState.ENTERED,
        (IntakeState.REVIEWING, "withdraw"): IntakeState.WITHDRAWN,
        (IntakeState.ENTERED, "reopen"): IntakeState.REVIEWING,
    },
    labels={
        "read": _("识读完成"),
        "finish": _("全部写入"),
        "reopen": _("继续审阅"),
        "withdraw": _("撤回"),
    },
)


class FindingState(TextChoices):
    """What people have decided about a finding (审阅结论)."""

    OPEN = "open", _("待定")
    ACCEPTED = "accepted", _("已接受")
    REJECTED = "rejected", _("不采纳")
    #: Others stand in its place: it was split or merged, or the split was undone.
    REPLACED = "replaced", _("已被替换")
    #: In the ledger; from here on the ledger's own versions tell what changes.
    ENTERED = "entered", _("已入台账")

    @property
    def tone(self) -> str:
        """How a badge of it looks."""
        return _FINDING_TONES[self]


_FINDING_TONES = {
    FindingState.OPEN: "wait",
    FindingState.ACCEPTED: "fine",
    FindingState.REJECTED: "idle",
    FindingState.REPLACED: "idle",
    FindingState.ENTERED: "good",
}

FINDING_FLOW = Flow(
    {
        (FindingState.OPEN, "accept"): FindingState.ACCEPTED,
        (FindingState.OPEN, "edit"): FindingState.OPEN,
        (FindingState.OPEN, "reject"): FindingState.REJECTED,
        (FindingState.OPEN, "replace"): FindingState.REPLACED,
        (FindingState.ACCEPTED, "edit"): FindingState.ACCEPTED,
        (FindingState.ACCEPTED, "reject"): FindingState.REJECTED,
        (FindingState.ACCEPTED, "reopen"): FindingState.OPEN,
        (FindingState.ACCEPTED, "replace"): FindingState.REPLACED,
        (FindingState.ACCEPTED, "enter"): FindingState.ENTERED,
        (FindingState.REJECTED, "accept"): FindingState.ACCEPTED,
        (FindingState.REJECTED, "reopen"): FindingState.OPEN,
    },
    labels={
        "accept": _("接受"),
        "edit": _("修改"),
        "reject": _("不采纳"),
        "reopen": _("重新考虑"),
        "replace": _("拆分或合并"),
        "enter": _("写入台账"),
    },
)


class ConflictState(TextChoices):
    """Whether a conflict has been dealt with (矛盾处理状态)."""

    OPEN = "open", _("待处理")
    SETTLED = "settled", _("已处理")
    #: Its two passages agree by now, or one of them was rejected.
    GONE = "gone", _("已消除")

    @property
    def tone(self) -> str:
        """How a badge of it looks."""
        return _CONFLICT_TONES[self]


_CONFLICT_TONES = {ConflictState.OPEN: "warn", ConflictState.SETTLED: "good", ConflictState.GONE: "idle"}

CONFLICT_FLOW = Flow(
    {
        (ConflictState.OPEN, "settle"): ConflictState.SETTLED,
        (ConflictState.OPEN, "vanish"): ConflictState.GONE,
        (ConflictState.SETTLED, "reopen"): ConflictState.OPEN,
        (ConflictState.SETTLED, "vanish"): ConflictState.GONE,
        (ConflictState.GONE, "return"): ConflictState.OPEN,
    },
    labels={
        "settle": _("处理"),
        "vanish": _("复核后不再存在"),
        "reopen": _("数值改变，重新打开"),
        "return": _("再次出现"),
    },
)
