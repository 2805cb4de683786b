"""The words of this room that are no states, each with its label."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class PaperKind(TextChoices):
    """What a paper is (文种)."""

    NOTICE = "notice", _("通知")
    SLIP = "slip", _("督办单")
    BULLETIN = "bulletin", _("通报")
    REPORT = "report", _("评估报告")
    LETTER = "letter", _("函")
    AGENDA = "agenda", _("会议议程")


class PartyRole(TextChoices):
    """What a department does in a paper (单位在公文中的角色)."""

    RECIPIENT = "recipient", _("主送")
    COPY = "copy", _("抄送")
    COSIGNER = "cosigner", _("会签")


class Freshness(TextChoices):
    """How a printed figure stands to the ledger today (数值核对); it is found out, and kept nowhere."""

    SAME = "same", _("与台账一致")
    CHANGED = "changed", _("台账已变动")
    GONE = "gone", _("台账中已无此数值")
    UNKNOWN = "unknown", _("不能自动核对")

    @property
    def tone(self) -> str:
        """How a badge of it looks."""
        return _FRESHNESS_TONES[self]


_FRESHNESS_TONES = {
    Freshness.SAME: "good",
    Freshness.CHANGED: "warn",
    Freshness.GONE: "bad",
    Freshness.UNKNOWN: "idle",
}

#: What stands behind the organ's word in the number of a kind that is counted apart.
SERIES = {PaperKind.LETTER: "函"}
