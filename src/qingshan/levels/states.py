"""Life cycles of a submission, of a call for submissions, and of a trusted installation."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qingshan.kernel.flow import Flow

__all__ = [
    "CALL_FLOW",
    "CHANGEABLE",
    "PARTNER_FLOW",
    "SUBMISSION_FLOW",
    "UPPER_MOVES",
    "CallState",
    "PartnerState",
    "SubmissionState",
]


class SubmissionState(TextChoices):
    """Where a submission stands (报送状态)."""

    DRAFT = "draft", _("拟报")
    SUBMITTED = "submitted", _("已报送")
    SENT_BACK = "sent_back", pgettext_lazy("submission", "已退回")
    ACCEPTED = "accepted", _("已受理")
    LOCKED = "locked", _("已锁定")
    UNLOCKED = "unlocked", _("已解锁")
    WITHDRAWN = "withdrawn", pgettext_lazy("submission", "已作废")

    @property
    def tone(self) -> str:
        """How a badge of it looks."""
        return _TONES[self]


_TONES = {
    SubmissionState.DRAFT: "plain",
    SubmissionState.SUBMITTED: "wait",
    SubmissionState.SENT_BACK: "warn",
    SubmissionState.ACCEPTED: "good",
    SubmissionState.LOCKED: "good",
    SubmissionState.UNLOCKED: "warn",
    SubmissionState.WITHDRAWN: "idle",
}

#: With the lower level: its words and attachments may be changed, and it may be handed up.
CHANGEABLE = (SubmissionState.DRAFT, SubmissionState.SENT_BACK, SubmissionState.UNLOCKED)
#: What the upper level does; between installations these moves come back by receipt.
UPPER_MOVES = ("send_back", "accept", "lock", "unlock")

SUBMISSION_FLOW = Flow(
    {
        (SubmissionState.DRAFT, "submit"): SubmissionState.SUBMITTED,
        (SubmissionState.SENT_BACK, "submit"): SubmissionState.SUBMITTED,
        (SubmissionState.UNLOCKED, "submit"): SubmissionState.SUBMITTED,
        (SubmissionState.DRAFT, "withdraw"): SubmissionState.WITHDRAWN,
        (SubmissionState.SUBMITTED, "accept"): SubmissionState.ACCEPTED,
        (SubmissionState.SUBMITTED, "send_back"): SubmissionState.SENT_BACK,
        (SubmissionState.ACCEPTED, "lock"): SubmissionState.LOCKED,
        (SubmissionState.UNLOCKED, "lock"): SubmissionState.LOCKED,
        (SubmissionState.LOCKED, "unlock"): SubmissionState.UNLOCKED,
    },
    labels={
        "submit": _("报送"),
        "withdraw": _("作废"),
        "accept": _("受理"),
        "send_back": pgettext_lazy("submission", "退回"),
        "lock": _("锁定"),
        "unlock": _("解锁"),
    },
)


class CallState(TextChoices):
    """Whether a call for submissions is open (报送要求状态)."""

    OPEN = "open", _("征集中")
    CLOSED = "closed", _("已截止")

    @property
    def tone(self) -> str:
        """How a badge of it looks."""
        return {self.OPEN: "wait", self.CLOSED: "idle"}[self]


CALL_FLOW = Flow({(CallState.OPEN, "close"): CallState.CLOSED}, labels={"close": _("截止")})


class PartnerState(TextChoices):
    """Whether packages of another installation are believed (互信状态)."""

    TRUSTED = "trusted", _("已互信")
    REVOKED = "revoked", _("已撤销")

    @property
    def tone(self) -> str:
        """How a badge of it looks."""
        return {self.TRUSTED: "good", self.REVOKED: "idle"}[self]


PARTNER_FLOW = Flow(
    {(PartnerState.TRUSTED, "revoke"): PartnerState.REVOKED}, labels={"revoke": _("撤销互信")}
)
