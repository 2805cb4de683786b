"""Two passages that do not go together, in one document or across two plans."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qingshan.intake.models.intake import Intake
from qingshan.intake.states import ConflictState
from qingshan.intake.vocabulary import ConflictScope, Outcome
from qingshan.kernel.refs import Ref


class Conflict(models.Model):
    """A conflict (矛盾), settled with a reason; ``values_key`` tells whether its two values still stand.

    ``a`` is this document's passage. ``b`` is the other one in it, or, across plans, the passage and
    the record of the other plan (``other_plan``, ``other_ref``).
    """

    intake = models.ForeignKey(Intake, models.CASCADE, verbose_name=_("导入审阅"), related_name="conflicts")
    scope = models.CharField(_("范围"), max_length=20, choices=ConflictScope)
    #: What makes it the same conflict when the document is checked again.
    key = models.CharField(_("标识"), max_length=64)
    #: Digest of what stands on its two sides.
    values_key = models.CharField(_("数值标识"), max_length=64)
    type = models.CharField(_("类型"), max_length=60)
    rule = models.CharField(_("规则"), max_length=60)
    severity = models.CharField(_("轻重"), max_length=10)
    what = models.TextField(_("说明"))
    a_start = models.PositiveIntegerField(_("出处起"))
    a_end = models.PositiveIntegerField(_("出处止"))
    b_start = models.PositiveIntegerField(_("另一出处起"), null=True, blank=True)
    b_end = models.PositiveIntegerField(_("另一出处止"), null=True, blank=True)
    other_plan = models.ForeignKey(
        "plans.Plan", models.PROTECT, verbose_name=_("另一规划"), related_name="+", null=True, blank=True
    )
    #: Name across rooms of the other plan's record, and what it says.
    other_ref = models.CharField(_("另一规划的记录"), max_length=100, blank=True)
    other_words = models.CharField(_("另一规划所载"), max_length=300, blank=True)
    confidence = models.DecimalField(_("把握"), max_digits=4, decimal_places=2, null=True, blank=True)
    state = models.CharField(_("状态"), max_length=20, choices=ConflictState, default=ConflictState.OPEN)
    outcome = models.CharField(_("结论"), max_length=20, choices=Outcome, blank=True)
    reason = models.CharField(_("理由"), max_length=500, blank=True)
    settled_at = models.DateTimeField(_("处理时间"), null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("处理人"),
        related_name="+",
        null=True,
        blank=True,
    )
    #: Why a settled one is open again; shown with the earlier reason.
    reopened_because = models.CharField(_("重新打开的原因"), max_length=300, blank=True)
    checked_at = models.DateTimeField(_("最近复核"))

    class Meta:
        verbose_name = _("矛盾")
        ordering = ("intake", "a_start", "pk")
        constraints = [
            models.UniqueConstraint(fields=["intake", "key"], name="intake_conflict_once"),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in ConflictState]),
                name="intake_conflict_state_known",
            ),
            models.CheckConstraint(
                condition=~Q(state=ConflictState.SETTLED) | (Q(settled_at__isnull=False) & ~Q(reason="")),
                name="intake_conflict_settled_why",
            ),
        ]
        indexes = [models.Index(fields=["intake", "state"], name="intake_conflict_open")]

    def __str__(self) -> str:
        return self.what

    @property
    def ref(self) -> Ref:
        """Its name across rooms."""
        return Ref("intake", "conflict", str(self.pk))

    @property
    def stands(self) -> ConflictState:
        """Its state as a word with a label and a tone."""
        return ConflictState(self.state)
