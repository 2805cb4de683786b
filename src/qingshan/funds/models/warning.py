"""Warnings that were given (已发预警): each once, until what it warns of is over."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qingshan.funds.models.bid import GrantBid
from qingshan.funds.vocabulary import Rule
from qingshan.history.public import one_of
from qingshan.kernel.refs import Ref


class RaisedWarning(models.Model):
    """A warning from the day it was first seen until it was seen no more.

    What a page lists is computed as of its day; this row keeps that people were told, and the task made
    of it.
    """

    #: What tells one warning from another: rule, project or bid, year and source.
    key = models.CharField(_("标识"), max_length=160)
    rule = models.CharField(_("类别"), max_length=24, choices=Rule)
    district = models.ForeignKey("areas.District", models.PROTECT, verbose_name=_("辖区"), related_name="+")
    project = models.ForeignKey(
        "plans.Project", models.CASCADE, verbose_name=_("项目"), related_name="+", null=True
    )
    bid = models.ForeignKey(
        GrantBid, models.CASCADE, verbose_name=_("专项资金"), related_name="warnings", null=True
    )
    says = models.CharField(_("情况"), max_length=500)
    first_on = models.DateField(_("首次发现"))
    cleared_on = models.DateField(_("消除日期"), null=True, blank=True)
    #: The task made of it, by its code; empty until somebody presses.
    task_code = models.CharField(_("督办任务"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("资金预警")
        ordering = ("-first_on", "key")
        constraints = [
            one_of("rule", Rule, "funds_warning"),
            models.UniqueConstraint(
                fields=["key"], condition=Q(cleared_on__isnull=True), name="funds_warning_once_open"
            ),
            models.CheckConstraint(
                condition=Q(project__isnull=False) | Q(bid__isnull=False), name="funds_warning_of_something"
            ),
        ]

    def __str__(self) -> str:
        return self.says

    @property
    def ref(self) -> Ref:
        """Its name across rooms; a task of supervision comes from it."""
        return Ref("funds", "warning", str(self.pk))
