"""Life cycle of an official paper, and of a department's opinion on it."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qingshan.kernel.flow import Flow

__all__ = ["FROZEN", "OPINION_FLOW", "PAPER_FLOW", "PENDING", "OpinionState", "PaperState"]


class PaperState(TextChoices):
    """Where a paper stands (公文状态)."""

    DRAFTING = "drafting", _("起草中")
    CHECKING = "checking", _("核稿中")
    COSIGNING = "cosigning", _("会签中")
    TO_ISSUE = "to_issue", _("待签发")
    ISSUED = "issued", _("已印发")
    ARCHIVED = "archived", _("已归档")
    WITHDRAWN = "withdrawn", pgettext_lazy("paper", "已撤销")

    @property
    def tone(self) -> str:
        """How a badge of it looks."""
        return _PAPER_TONES[self]


#: Its text, its figures and its recipients never change again.
FROZEN = (PaperState.ISSUED, PaperState.ARCHIVED)
#: On its way, and not yet anybody's news.
PENDING = (PaperState.DRAFTING, PaperState.CHECKING, PaperState.COSIGNING, PaperState.TO_ISSUE)

_PAPER_TONES = {
    PaperState.DRAFTING: "plain",
    PaperState.CHECKING: "wait",
    PaperState.COSIGNING: "wait",
    PaperState.TO_ISSUE: "wait",
    PaperState.ISSUED: "good",
    PaperState.ARCHIVED: "idle",
    PaperState.WITHDRAWN: "idle",
}

PAPER_FLOW = Flow(
    {
        (PaperState.DRAFTING, "submit"): PaperState.CHECKING,
        (PaperState.CHECKING, "pass_to_cosign"): PaperState.COSIGNING,
        (PaperState.CHECKING, "pass_to_issue"): PaperState.TO_ISSUE,
        (PaperState.COSIGNING, "cosigned"): PaperState.TO_ISSUE,
        (PaperState.CHECKING, "send_back"): PaperState.DRAFTING,
        (PaperState.COSIGNING, "send_back"): PaperState.DRAFTING,
        (PaperState.TO_ISSUE, "send_back"): PaperState.DRAFTING,
        (PaperState.TO_ISSUE, "issue"): PaperState.ISSUED,
        (PaperState.ISSUED, "archive"): PaperState.ARCHIVED,
        (PaperState.DRAFTING, "withdraw"): PaperState.WITHDRAWN,
        (PaperState.CHECKING, "withdraw"): PaperState.WITHDRAWN,
        (PaperState.COSIGNING, "withdraw"): PaperState.WITHDRAWN,
        (PaperState.TO_ISSUE, "withdraw"): PaperState.WITHDRAWN,
    },
    labels={
        "submit": _("送核稿"),
        "pass_to_cosign": _("核稿通过，送会签"),
        "pass_to_issue": _("核稿通过，送签发"),
        "cosigned": _("会签完毕"),
        "send_back": _("退回起草"),
        "issue": _("签发"),
        "archive": _("归档"),
        "withdraw": pgettext_lazy("paper", "撤销"),
    },
)


class OpinionState(TextChoices):
    """Where a department's co-signing stands (会签状态)."""

    ASKED = "asked", _("待会签")
    AGREED = "agreed", _("同意")
    OBJECTED = "objected", _("不同意")
    LAPSED = "lapsed", _("已终止")

    @property
    def tone(self) -> str:
        """How a badge of it looks."""
        return _OPINION_TONES[self]


_OPINION_TONES = {
    OpinionState.ASKED: "wait",
    OpinionState.AGREED: "good",
    OpinionState.OBJECTED: "bad",
    OpinionState.LAPSED: "idle",
}

OPINION_FLOW = Flow(
    {
        (OpinionState.ASKED, "agree"): OpinionState.AGREED,
        (OpinionState.ASKED, "object"): OpinionState.OBJECTED,
        # The paper went back to its drafter, or was withdrawn, before the department answered.
        (OpinionState.ASKED, "lapse"): OpinionState.LAPSED,
    },
    labels={"agree": _("同意"), "object": _("不同意"), "lapse": _("终止")},
)
