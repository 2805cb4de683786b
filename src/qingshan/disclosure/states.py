"""Life cycles of an edition of a public page, and of what the public sends in."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qingshan.kernel.flow import Flow

__all__ = ["EDITION_FLOW", "FEEDBACK_FLOW", "IN_WORK", "SHOWN", "EditionState", "FeedbackState"]


class EditionState(TextChoices):
    """Where an edition of a public page stands (公开版次状态)."""

    PREPARING = "preparing", _("准备中")
    TO_APPROVE = "to_approve", _("待批准公开")
    PUBLISHED = "published", _("公开中")
    SUPERSEDED = "superseded", _("已有新版")
    WITHDRAWN = "withdrawn", pgettext_lazy("edition", "已撤下")
    DISCARDED = "discarded", _("已放弃")

    @property
    def tone(self) -> str:
        """How a badge of it looks."""
        return _EDITION_TONES[self]


#: Still to be decided; a page has at most one such edition.
IN_WORK = (EditionState.PREPARING, EditionState.TO_APPROVE)
#: The public may read it.
SHOWN = (EditionState.PUBLISHED, EditionState.SUPERSEDED)

_EDITION_TONES = {
    EditionState.PREPARING: "plain",
    EditionState.TO_APPROVE: "wait",
    EditionState.PUBLISHED: "good",
    EditionState.SUPERSEDED: "idle",
    EditionState.WITHDRAWN: "warn",
    EditionState.DISCARDED: "idle",
}

EDITION_FLOW = Flow(
    {
        (EditionState.PREPARING, "submit"): EditionState.TO_APPROVE,
        (EditionState.TO_APPROVE, "send_back"): EditionState.PREPARING,
        (EditionState.TO_APPROVE, "publish"): EditionState.PUBLISHED,
        (EditionState.PREPARING, "discard"): EditionState.DISCARDED,
        (EditionState.PUBLISHED, "supersede"): EditionState.SUPERSEDED,
        (EditionState.PUBLISHED, "withdraw"): EditionState.WITHDRAWN,
        (EditionState.SUPERSEDED, "withdraw"): EditionState.WITHDRAWN,
    },
    labels={
        "submit": _("提请批准"),
        "send_back": _("退回"),
        "publish": _("批准公开"),
        "discard": _("放弃"),
        "supersede": _("换为新版"),
        "withdraw": pgettext_lazy("edition", "撤下"),
    },
)


class FeedbackState(TextChoices):
    """Where a piece of public feedback stands (公众反馈状态)."""

    RECEIVED = "received", _("待受理")
    UNDER_WAY = "under_way", _("办理中")
    TO_ANSWER = "to_answer", _("待拟答复")
    ANSWER_IN_REVIEW = "answer_in_review", _("答复待审核")
    ANSWERED = "answered", _("已答复")
    MERGED = "merged", _("并入他件")
    DISMISSED = "dismissed", _("不予受理")

    @property
    def tone(self) -> str:
        """How a badge of it looks."""
        return _FEEDBACK_TONES[self]


_FEEDBACK_TONES = {
    FeedbackState.RECEIVED: "wait",
    FeedbackState.UNDER_WAY: "fine",
    FeedbackState.TO_ANSWER: "warn",
    FeedbackState.ANSWER_IN_REVIEW: "wait",
    FeedbackState.ANSWERED: "good",
    FeedbackState.MERGED: "idle",
    FeedbackState.DISMISSED: "idle",
}

FEEDBACK_FLOW = Flow(
    {
        (FeedbackState.RECEIVED, "assign"): FeedbackState.UNDER_WAY,
        (FeedbackState.RECEIVED, "merge"): FeedbackState.MERGED,
        (FeedbackState.RECEIVED, "dismiss"): FeedbackState.DISMISSED,
        (FeedbackState.UNDER_WAY, "finish"): FeedbackState.TO_ANSWER,
        (FeedbackState.UNDER_WAY, "return"): FeedbackState.RECEIVED,
        (FeedbackState.TO_ANSWER, "resume"): FeedbackState.UNDER_WAY,
        (FeedbackState.TO_ANSWER, "draft"): FeedbackState.ANSWER_IN_REVIEW,
        (FeedbackState.ANSWER_IN_REVIEW, "send_back"): FeedbackState.TO_ANSWER,
        (FeedbackState.ANSWER_IN_REVIEW, "answer"): FeedbackState.ANSWERED,
        (FeedbackState.ANSWER_IN_REVIEW, "resume"): FeedbackState.UNDER_WAY,
        (FeedbackState.ANSWERED, "reopen"): FeedbackState.TO_ANSWER,
        (FeedbackState.MERGED, "restore"): FeedbackState.RECEIVED,
        (FeedbackState.DISMISSED, "restore"): FeedbackState.RECEIVED,
    },
    labels={
        "assign": _("受理并交办"),
        "merge": _("并入他件"),
        "dismiss": _("不予受理"),
        "finish": _("任务办结"),
        "return": _("任务撤销"),
        "resume": _("任务重新打开"),
        "draft": _("拟写答复"),
        "send_back": _("退回"),
        "answer": _("审核通过并答复"),
        "reopen": _("更正答复"),
        "restore": _("恢复受理"),
    },
)
