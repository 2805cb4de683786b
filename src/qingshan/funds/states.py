"""Life cycles of a project in the reserve and of a bid for a grant."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qingshan.kernel.flow import Flow

__all__ = ["BID_FLOW", "OPEN_BIDS", "RESERVE_FLOW", "BidState", "ReserveState"]


class ReserveState(TextChoices):
    """Where a project of the reserve stands (储备状态)."""

    PROPOSED = "proposed", _("待审核")
    RETURNED = "returned", _("已退回")
    REVIEWED = "reviewed", _("已评审")
    IN_RESERVE = "in_reserve", _("已入库")
    TAKEN = "taken", _("已转入")
    DONE = "done", _("已完成")
    WITHDRAWN = "withdrawn", _("已退出")

    @property
    def tone(self) -> str:
        """How a badge of it looks."""
        return _RESERVE_TONES[self]


_RESERVE_TONES = {
    ReserveState.PROPOSED: "wait",
    ReserveState.RETURNED: "warn",
    ReserveState.REVIEWED: "fine",
    ReserveState.IN_RESERVE: "good",
    ReserveState.TAKEN: "fine",
    ReserveState.DONE: "good",
    ReserveState.WITHDRAWN: "idle",
}

RESERVE_FLOW = Flow(
    {
        (ReserveState.PROPOSED, "review"): ReserveState.REVIEWED,
        (ReserveState.PROPOSED, "send_back"): ReserveState.RETURNED,
        (ReserveState.REVIEWED, "send_back"): ReserveState.RETURNED,
        (ReserveState.RETURNED, "propose"): ReserveState.PROPOSED,
        (ReserveState.REVIEWED, "admit"): ReserveState.IN_RESERVE,
        (ReserveState.IN_RESERVE, "take"): ReserveState.TAKEN,
        (ReserveState.TAKEN, "release"): ReserveState.IN_RESERVE,
        (ReserveState.TAKEN, "finish"): ReserveState.DONE,
        (ReserveState.PROPOSED, "withdraw"): ReserveState.WITHDRAWN,
        (ReserveState.RETURNED, "withdraw"): ReserveState.WITHDRAWN,
        (ReserveState.REVIEWED, "withdraw"): ReserveState.WITHDRAWN,
        (ReserveState.IN_RESERVE, "withdraw"): ReserveState.WITHDRAWN,
    },
    labels={
        "review": _("评审通过"),
        "send_back": _("退回"),
        "propose": _("重新申报"),
        "admit": _("入库"),
        "take": _("纳入规划项目"),
        "release": _("退回储备"),
        "finish": _("完成"),
        "withdraw": _("退出储备"),
    },
)


class BidState(TextChoices):
    """Where a bid for a grant stands (专项资金申报状态)."""

    DRAFT = "draft", _("草拟中")
    SUBMITTED = "submitted", _("已申报")
    SHORTLISTED = "shortlisted", _("已入围")
    GRANTED = "granted", _("已下达")
    REFUSED = "refused", _("未获批")
    CLOSED = "closed", pgettext_lazy("bid", "已办结")
    WITHDRAWN = "withdrawn", pgettext_lazy("bid", "已撤回")

    @property
    def tone(self) -> str:
        """How a badge of it looks."""
        return _BID_TONES[self]


#: Nothing is decided yet.
OPEN_BIDS = (BidState.DRAFT, BidState.SUBMITTED, BidState.SHORTLISTED)

_BID_TONES = {
    BidState.DRAFT: "plain",
    BidState.SUBMITTED: "wait",
    BidState.SHORTLISTED: "fine",
    BidState.GRANTED: "good",
    BidState.REFUSED: "warn",
    BidState.CLOSED: "idle",
    BidState.WITHDRAWN: "idle",
}

BID_FLOW = Flow(
    {
        (BidState.DRAFT, "submit"): BidState.SUBMITTED,
        (BidState.SUBMITTED, "shortlist"): BidState.SHORTLISTED,
        (BidState.SUBMITTED, "grant"): BidState.GRANTED,
        (BidState.SHORTLISTED, "grant"): BidState.GRANTED,
        (BidState.SUBMITTED, "refuse"): BidState.REFUSED,
        (BidState.SHORTLISTED, "refuse"): BidState.REFUSED,
        (BidState.GRANTED, "close"): BidState.CLOSED,
        (BidState.REFUSED, "close"): BidState.CLOSED,
        (BidState.DRAFT, "withdraw"): BidState.WITHDRAWN,
        (BidState.SUBMITTED, "withdraw"): BidState.WITHDRAWN,
    },
    labels={
        "submit": _("申报"),
        "shortlist": _("登记入围"),
        "grant": _("登记下达"),
        "refuse": _("登记未获批"),
        "close": pgettext_lazy("bid", "办结"),
        "withdraw": pgettext_lazy("bid", "撤回"),
    },
)
