"""Values of an indicator, the letters that exclude days from them, and years that cannot be evaluated."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qingshan.kernel.refs import Ref
from qingshan.plans.models.fields import ExactDecimalField, StateField, one_of
from qingshan.plans.models.indicator import Indicator
from qingshan.plans.models.plan import Plan
from qingshan.plans.models.shared import Placed, Recorded, Reviewed
from qingshan.plans.vocabulary import Finding, MeasuredKind


class ExclusionLetter(Recorded):
    """A letter by which the upper level leaves days out of account (剔除批复), dust storms for instance."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="exclusions", verbose_name=_("规划"))
    number = models.CharField(_("文号"), max_length=80)
    title = models.CharField(_("标题"), max_length=200)
    authority = models.CharField(_("批复单位"), max_length=120)
    issued_on = models.DateField(_("批复日期"))
    period_start = models.DateField(_("剔除时段起"))
    period_end = models.DateField(_("剔除时段止"))
    cause = models.CharField(_("剔除原因"), max_length=300)
    document = models.CharField(_("批复文件"), max_length=100, blank=True)

    class Meta:
        verbose_name = _("剔除批复")
        ordering = ("plan", "issued_on")
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="plans_exclusion_number_once"),
            models.CheckConstraint(
                condition=Q(period_end__gte=F("period_start")), name="plans_exclusion_span_in_order"
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def ref(self) -> Ref:
        """Its name across rooms."""
        return Ref("plans", "exclusion", str(self.pk))


class Value(Reviewed, Placed):
    """A value of an indicator for a year or a part of it (指标数值). Never changed, only corrected."""

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="values", verbose_name=_("指标"))
    year = models.PositiveSmallIntegerField(_("年度"))
    #: Both empty: the whole year. Otherwise the part of the year it speaks of.
    period_start = models.DateField(_("时段起"), null=True, blank=True)
    period_end = models.DateField(_("时段止"), null=True, blank=True)
    kind = StateField(_("数值类别"), words=MeasuredKind)
    number = ExactDecimalField(_("数值"), null=True, blank=True)
    text = models.CharField(_("文字结果"), max_length=200, blank=True)
    unit = models.CharField(pgettext_lazy("measurement", "单位"), max_length=40, blank=True)
    #: What a person found, where no number can decide (定性、相对目标).
    finding = models.CharField(_("定性结论"), max_length=20, choices=Finding.choices, blank=True)
    condition = models.CharField(_("测定条件"), max_length=120, blank=True)
    #: The last day the value speaks of.
    as_of = models.DateField(_("数据截至"))
    #: The day it became known; pages of earlier days do not show it.
    known_on = models.DateField(_("获知日期"))
    source = models.CharField(_("数据来源"), max_length=200)
    document = models.CharField(_("来源文件"), max_length=100, blank=True)
    note = models.CharField(_("说明"), max_length=500, blank=True)
    corrects = models.ForeignKey(
        "self", models.PROTECT, verbose_name=_("更正"), related_name="corrections", null=True, blank=True
    )
    #: First day on which an approved correction stands in its place.
    superseded_on = models.DateField(_("被更正日期"), null=True, blank=True)
    exclusions = models.ManyToManyField(
        ExclusionLetter, verbose_name=_("剔除批复"), related_name="values", blank=True
    )

    class Meta:
        verbose_name = _("指标数值")
        ordering = ("indicator", "year", "id")
        constraints = [
            *Reviewed.review_constraints("plans_value"),
            one_of("kind", MeasuredKind, "plans_value"),
            models.CheckConstraint(
                condition=Q(finding__in=["", *Finding.values]), name="plans_value_finding_known"
            ),
            models.CheckConstraint(
                condition=Q(number__isnull=False) | ~Q(text="") | ~Q(finding=""),
                name="plans_value_says_something",
            ),
            models.CheckConstraint(
                condition=Q(period_start__isnull=True, period_end__isnull=True)
                | Q(period_end__gte=F("period_start")),
                name="plans_value_period_in_order",
            ),
        ]
        indexes = [
            models.Index(fields=["indicator", "year", "state", "known_on"], name="plans_value_of_year"),
            models.Index(fields=["state", "submitted_at"], name="plans_value_to_review"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.year} {self.number if self.number is not None else self.text}"

    @property
    def ref(self) -> Ref:
        """Its name across rooms."""
        return Ref("plans", "value", str(self.pk))

    @property
    def whole_year(self) -> bool:
        """Whether it speaks of the whole year."""
        if self.period_start is None or self.period_end is None:
            return True
        return (self.period_start.month, self.period_start.day) == (1, 1) and (
            self.period_end.month,
            self.period_end.day,
        ) == (12, 31)


class NotEvaluable(Reviewed, Placed):
    """A year of an indicator that is left out of account, with reason, evidence and approver (不予评估).

    Neither a miss nor a pass.
    """

    indicator = models.ForeignKey(
        Indicator, models.CASCADE, related_name="not_evaluable", verbose_name=_("指标")
    )
    year = models.PositiveSmallIntegerField(_("年度"))
    reason = models.CharField(_("理由"), max_length=500)
    evidence = models.CharField(_("依据"), max_length=500, blank=True)
    document = models.CharField(_("依据文件"), max_length=100, blank=True)
    known_on = models.DateField(_("获知日期"))

    class Meta:
        verbose_name = _("不予评估")
        ordering = ("indicator", "year", "id")
        constraints = [
            *Reviewed.review_constraints("plans_not_evaluable"),
            models.CheckConstraint(condition=~Q(reason=""), name="plans_not_evaluable_has_reason"),
        ]
        indexes = [models.Index(fields=["indicator", "year", "state"], name="plans_not_evaluable_of_year")]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.year}"

    @property
    def ref(self) -> Ref:
        """Its name across rooms."""
        return Ref("plans", "not_evaluable", str(self.pk))
