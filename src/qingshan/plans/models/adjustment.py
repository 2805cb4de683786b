"""Proposals to change a target, which an evaluation may recommend (目标调整申请)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qingshan.kernel.refs import Ref
from qingshan.plans.models.fields import TypedField
from qingshan.plans.models.indicator import Indicator, Target
from qingshan.plans.models.shared import Reviewed


class TargetAdjustment(Reviewed):
    """A proposal to change what an indicator shall be in a year; approval makes the target's new version."""

    target = models.ForeignKey(Target, models.CASCADE, related_name="adjustments", verbose_name=_("目标"))
    #: The version of the target the proposer saw; approval refuses when a newer one has come.
    seen = models.PositiveIntegerField(_("依据版本号"))
    #: What it said, and what it shall say.
    before = TypedField(_("原目标"), null=True, blank=True)
    typed = TypedField(_("拟调整为"))
    raw = models.CharField(_("文件中的写法"), max_length=200, blank=True)
    valid_from = models.DateField(_("自何日起"))
    reason = models.CharField(_("理由"), max_length=500)
    #: Name across rooms of what recommended it, an evaluation for instance; empty: a person's own idea.
    source = models.CharField(_("提出依据"), max_length=100, blank=True)
    document = models.CharField(_("依据文件"), max_length=100, blank=True)

    class Meta:
        verbose_name = _("目标调整申请")
        ordering = ("target", "id")
        constraints = [
            *Reviewed.review_constraints("plans_adjustment"),
            models.CheckConstraint(condition=~Q(reason=""), name="plans_adjustment_has_reason"),
        ]
        indexes = [models.Index(fields=["source"], name="plans_adjustment_by_source")]

    def __str__(self) -> str:
        return f"{self.target} {self.reason}"

    @property
    def ref(self) -> Ref:
        """Its name across rooms."""
        return Ref("plans", "adjustment", str(self.pk))

    @property
    def indicator(self) -> Indicator:
        """The indicator whose target it would change."""
        return self.target.indicator
