"""What reviewers decided, one after the other; nothing here is ever changed."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from qingshan.intake.models.finding import Finding
from qingshan.intake.models.intake import Intake
from qingshan.intake.vocabulary import Move


class Decision(models.Model):
    """One step of a review (审阅记录). To undo is a step of its own that names the one it undoes."""

    intake = models.ForeignKey(Intake, models.CASCADE, verbose_name=_("导入审阅"), related_name="decisions")
    number = models.PositiveIntegerField(_("序号"))
    move = models.CharField(_("操作"), max_length=20, choices=Move)
    note = models.CharField(_("说明"), max_length=500, blank=True)
    undoes = models.OneToOneField(
        "self", models.PROTECT, verbose_name=_("撤销"), related_name="undone_by", null=True, blank=True
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("审阅人"),
        related_name="+",
        null=True,
        blank=True,
    )
    at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = _("审阅记录")
        ordering = ("intake", "number")
        constraints = [
            models.UniqueConstraint(fields=["intake", "number"], name="intake_decision_number_once"),
            models.CheckConstraint(
                condition=models.Q(move__in=[move.value for move in Move]), name="intake_decision_move_known"
            ),
        ]
        indexes = [models.Index(fields=["intake", "by", "number"], name="intake_decisions_of")]

    def __str__(self) -> str:
        return f"{self.number} {self.move}"


class DecidedFinding(models.Model):
    """What one step did to one finding (审阅明细): ``{state, facts}`` before and after.

    ``before`` is null where the step made the finding. ``version`` is the finding's after the step.
    """

    decision = models.ForeignKey(Decision, models.CASCADE, verbose_name=_("审阅记录"), related_name="touched")
    finding = models.ForeignKey(Finding, models.CASCADE, verbose_name=_("发现"), related_name="decided")
    before = models.JSONField(_("之前"), null=True, blank=True)
    after = models.JSONField(_("之后"))
    version = models.PositiveIntegerField(_("版本号"))

    class Meta:
        verbose_name = _("审阅明细")
        ordering = ("decision", "pk")
        constraints = [
            models.UniqueConstraint(fields=["finding", "version"], name="intake_decided_version_once"),
        ]

    def __str__(self) -> str:
        return f"{self.decision_id} → {self.finding_id}"
