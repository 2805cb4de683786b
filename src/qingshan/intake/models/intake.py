"""One document under review."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from qingshan.intake.states import IntakeState
from qingshan.kernel.refs import Ref


class Intake(models.Model):
    """A plan document, its text, and how far its review has come (导入审阅).

    ``found_head`` is what the reader took for the plan's own name, area and years and never changes;
    ``head`` is what the reviewers made of it. The file itself is an attachment of this record.
    """

    district = models.ForeignKey(
        "areas.District", models.PROTECT, verbose_name=_("规划范围"), related_name="+"
    )
    #: Set when the first items are entered, or from the start for another edition of a plan.
    plan = models.ForeignKey(
        "plans.Plan", models.PROTECT, verbose_name=_("规划"), related_name="+", null=True, blank=True
    )
    #: The review of the edition that this one corrects.
    previous = models.ForeignKey(
        "self", models.PROTECT, verbose_name=_("上一版导入"), related_name="later", null=True, blank=True
    )
    state = models.CharField(_("状态"), max_length=32, choices=IntakeState, default=IntakeState.REVIEWING)
    file_name = models.CharField(_("文件名"), max_length=200)
    media = models.CharField(_("文件类型"), max_length=10)
    sha256 = models.CharField(_("文件 SHA-256"), max_length=64)
    #: The decoded text; every span counts its characters. Never changed.
    text = models.TextField(_("全文"))
    #: Headings of the text: ``[{level, title, start, end}]``.
    outline = models.JSONField(_("目录"), default=list)
    found_head = models.JSONField(_("识读的规划信息"), default=dict)
    head = models.JSONField(_("规划信息"), default=dict)
    #: Counts the changes of ``head``, so that two editors notice each other.
    head_version = models.PositiveIntegerField(_("规划信息版本"), default=1)
    simulated = models.BooleanField(_("模拟"), default=False)
    started_at = models.DateTimeField(_("导入时间"))
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("导入人"),
        related_name="+",
        null=True,
        blank=True,
    )
    withdrawn_reason = models.CharField(_("撤回理由"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("导入审阅")
        ordering = ("-started_at", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=[state.value for state in IntakeState]),
                name="intake_intake_state_known",
            ),
        ]
        indexes = [models.Index(fields=["district", "-started_at"], name="intake_of_district")]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """The plan's name as far as it is known, else the file's."""
        return str(self.head.get("name") or self.file_name)

    @property
    def ref(self) -> Ref:
        """Its name across rooms."""
        return Ref("intake", "intake", str(self.pk))

    @property
    def stands(self) -> IntakeState:
        """Its state as a word with a label and a tone."""
        return IntakeState(self.state)
