"""Life cycles of an annual plan, and of a request to change one of its rows."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qingshan.kernel.flow import Flow

__all__ = [
    "ANNUAL_FLOW",
    "EDITABLE",
    "HEARD",
    "REQUEST_FLOW",
    "AnnualState",
    "RequestState",
]


class AnnualState(TextChoices):
    """Where an annual plan stands (年度计划状态)."""

    DRAFTING = "drafting", _("起草中")
    NEGOTIATING = "negotiating", _("征求单位意见")
    TO_PUBLISH = "to_publish", _("待发布")
    PUBLISHED = "published", _("已发布")
    CLOSED = "closed", pgettext_lazy("annual plan", "已结束")
    WITHDRAWN = "withdrawn", pgettext_lazy("annual plan", "已撤回")

    @property
    def tone(self) -> str:
        """How a badge of it looks."""
        return _TONES[self]


_TONES = {
    AnnualState.DRAFTING: "plain",
    AnnualState.NEGOTIATING: "wait",
    AnnualState.TO_PUBLISH: "wait",
    AnnualState.PUBLISHED: "good",
    AnnualState.CLOSED: "idle",
    AnnualState.WITHDRAWN: "idle",
}

#: Its rows are changed by who keeps it, without asking anybody.
EDITABLE = (AnnualState.DRAFTING, AnnualState.NEGOTIATING)
#: Departments answer for their rows: accept them, or ask for a change.
HEARD = (AnnualState.NEGOTIATING, AnnualState.PUBLISHED)

ANNUAL_FLOW = Flow(
    {
        (AnnualState.DRAFTING, "consult"): AnnualState.NEGOTIATING,
        (AnnualState.NEGOTIATING, "redraft"): AnnualState.DRAFTING,
        (AnnualState.NEGOTIATING, "submit"): AnnualState.TO_PUBLISH,
        (AnnualState.TO_PUBLISH, "send_back"): AnnualState.NEGOTIATING,
        (AnnualState.TO_PUBLISH, "publish"): AnnualState.PUBLISHED,
        (AnnualState.PUBLISHED, "close"): AnnualState.CLOSED,
        (AnnualState.DRAFTING, "withdraw"): AnnualState.WITHDRAWN,
        (AnnualState.NEGOTIATING, "withdraw"): AnnualState.WITHDRAWN,
        (AnnualState.TO_PUBLISH, "withdraw"): AnnualState.WITHDRAWN,
    },
    labels={
        "consult": pgettext_lazy("annual plan", "征求单位意见"),
        "redraft": _("收回修改"),
        "submit": _("送审发布"),
        "send_back": _("退回"),
        "publish": _("发布"),
        "close": _("结束年度"),
        "withdraw": _("撤回"),
    },
)


class RequestState(TextChoices):
    """Where a request to change a row stands (调整申请状态)."""

    ASKED = "asked", _("待答复")
    GRANTED = "granted", _("同意")
    REFUSED = "refused", _("不同意")
    TAKEN_BACK = "taken_back", _("已收回")

    @property
    def tone(self) -> str:
        """How a badge of it looks."""
        return {
            self.ASKED: "wait",
            self.GRANTED: "good",
            self.REFUSED: "warn",
            self.TAKEN_BACK: "idle",
        }[self]


REQUEST_FLOW = Flow(
    {
        (RequestState.ASKED, "grant"): RequestState.GRANTED,
        (RequestState.ASKED, "refuse"): RequestState.REFUSED,
        (RequestState.ASKED, "take_back"): RequestState.TAKEN_BACK,
    },
    labels={"grant": _("同意"), "refuse": _("不同意"), "take_back": _("收回")},
)
