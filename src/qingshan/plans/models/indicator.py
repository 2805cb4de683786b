"""Indicator tables, their rows, and the typed target of each year."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qingshan.history.public import Version
from qingshan.kernel.refs import Ref
from qingshan.plans.models.catalogue import CatalogueIndicator
from qingshan.plans.models.fields import TypedField, one_of
from qingshan.plans.models.plan import Plan
from qingshan.plans.models.shared import Placed, Responsibility
from qingshan.plans.vocabulary import ATTRIBUTES, DIRECTIONS, TABLE_KINDS, Attribute, Direction, TableKind


class IndicatorTable(Placed):
    """An indicator table as printed (指标表): 39 rows may carry 36 indicators."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="tables", verbose_name=_("规划"))
    code = models.CharField(_("编号"), max_length=40)
    name = models.CharField(_("名称"), max_length=200)
    kind = models.CharField(_("类别"), max_length=20, choices=TABLE_KINDS)
    rows_printed = models.PositiveSmallIntegerField(_("印刷行数"))
    indicators_counted = models.PositiveSmallIntegerField(_("指标数"))
    base_year = models.PositiveSmallIntegerField(_("基准年"), null=True, blank=True)
    footnotes = models.TextField(_("表注"), blank=True)
    note = models.TextField(_("说明"), blank=True)

    class Meta:
        verbose_name = _("指标表")
        ordering = ("plan", "code")
        constraints = [
            models.UniqueConstraint(fields=["plan", "code"], name="plans_table_code_once"),
            one_of("kind", TableKind, "plans_table"),
        ]

    def __str__(self) -> str:
        return self.name


class Indicator(models.Model):
    """An indicator of a plan (指标): a row of its table, or a value that only the running text states."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="indicators", verbose_name=_("规划"))
    code = models.CharField(_("编号"), max_length=60)
    #: Empty: stated in the running text and in no table.
    table = models.ForeignKey(
        IndicatorTable,
        models.PROTECT,
        verbose_name=_("指标表"),
        related_name="indicators",
        null=True,
        blank=True,
    )

    class Meta:
        verbose_name = _("指标")
        ordering = ("plan", "code")
        constraints = [models.UniqueConstraint(fields=["plan", "code"], name="plans_indicator_code_once")]

    def __str__(self) -> str:
        return self.code

    @property
    def ref(self) -> Ref:
        """Its name across rooms."""
        return Ref("plans", "indicator", str(self.pk))


class IndicatorVersion(Version, Placed):
    """An indicator as it stands from one day to another: name, unit, attribute, direction, baseline."""

    subject = models.ForeignKey(Indicator, models.CASCADE, related_name="versions", verbose_name=_("指标"))
    #: The subject's plan, kept here too so that a list is answered from one table.
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="+", verbose_name=_("规划"))
    order = models.PositiveSmallIntegerField(_("次序"))
    #: Number of the indicator that the row belongs to; two rows may share one.
    counts_as = models.PositiveSmallIntegerField(_("计为第几项"))
    category = models.CharField(_("类别"), max_length=60, blank=True)
    subcategory = models.CharField(_("子类别"), max_length=60, blank=True)
    #: The cell that spans the rows of one indicator.
    heading = models.CharField(_("合并单元格"), max_length=120, blank=True)
    name = models.CharField(_("名称"), max_length=120)
    unit = models.CharField(pgettext_lazy("measurement", "单位"), max_length=40, blank=True)
    attribute = models.CharField(_("属性"), max_length=20, choices=ATTRIBUTES, default=Attribute.NONE)
    direction = models.CharField(_("方向"), max_length=20, choices=DIRECTIONS, blank=True)
    catalogue = models.ForeignKey(
        CatalogueIndicator,
        models.PROTECT,
        verbose_name=_("目录指标"),
        related_name="+",
        null=True,
        blank=True,
    )
    standard_raw = models.CharField(_("标准（印刷）"), max_length=200, blank=True)
    standard = TypedField(_("标准"), null=True, blank=True)
    baseline_year = models.PositiveSmallIntegerField(_("基准年"), null=True, blank=True)
    baseline_raw = models.CharField(_("基准值（印刷）"), max_length=200, blank=True)
    baseline = TypedField(_("基准值"), null=True, blank=True)
    #: Area or population it speaks of, when that differs from the plan's (阳江市均值, 自然村).
    baseline_scope = models.CharField(_("基准值范围"), max_length=120, blank=True)
    #: Condition of measurement (标况).
    baseline_condition = models.CharField(_("基准值测定条件"), max_length=120, blank=True)
    baseline_requirement = models.CharField(_("当年考核要求"), max_length=120, blank=True)
    baseline_rank = models.CharField(_("当年排名"), max_length=120, blank=True)
    baseline_note = models.CharField(_("基准值说明"), max_length=300, blank=True)
    #: What a completion table prints as the result; shown beside our verdict, never instead of it.
    printed_status = models.CharField(_("印刷结论"), max_length=60, blank=True)
    notes = models.TextField(_("说明"), blank=True)
    footnotes = models.TextField(_("表注"), blank=True)

    class Meta:
        verbose_name = _("指标版本")
        constraints = [
            *Version.version_constraints("plans_indicator"),
            one_of("attribute", Attribute, "plans_indicator"),
            models.CheckConstraint(
                condition=models.Q(direction__in=["", *(one.value for one in Direction)]),
                name="plans_indicator_direction_known",
            ),
        ]
        indexes = [
            models.Index(fields=["plan", "order", "valid_from", "valid_to"], name="plans_indicator_in_order")
        ]

    def __str__(self) -> str:
        return self.name


class Target(models.Model):
    """What an indicator shall be in a year (目标)."""

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="targets", verbose_name=_("指标"))
    year = models.PositiveSmallIntegerField(_("目标年"))

    class Meta:
        verbose_name = _("目标")
        ordering = ("indicator", "year")
        constraints = [models.UniqueConstraint(fields=["indicator", "year"], name="plans_target_year_once")]

    def __str__(self) -> str:
        return f"{self.indicator.code} {self.year}"

    @property
    def ref(self) -> Ref:
        """Its name across rooms; an assignment letter is attached to it."""
        return Ref("plans", "target", str(self.pk))


class TargetVersion(Version):
    """A target as it stands from one day to another: printed, then assigned by letter, then revised."""

    subject = models.ForeignKey(Target, models.CASCADE, related_name="versions", verbose_name=_("目标"))
    raw = models.CharField(_("印刷文字"), max_length=200, blank=True)
    typed = TypedField(_("目标"))
    scope = models.CharField(_("范围"), max_length=120, blank=True)
    condition = models.CharField(_("测定条件"), max_length=120, blank=True)
    note = models.CharField(_("说明"), max_length=300, blank=True)
    #: The letter that assigned it: who, number, day, and the attached document's name across rooms.
    assigned_by = models.CharField(_("下达单位"), max_length=120, blank=True)
    letter_number = models.CharField(_("下达文号"), max_length=80, blank=True)
    letter_on = models.DateField(_("下达日期"), null=True, blank=True)
    letter = models.CharField(_("下达文件"), max_length=100, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("批准人"),
        related_name="+",
        null=True,
        blank=True,
    )

    class Meta:
        verbose_name = _("目标版本")
        constraints = Version.version_constraints("plans_target")

    def __str__(self) -> str:
        return self.raw


class IndicatorResponsibility(Responsibility):
    """A department answers for an indicator (指标责任)."""

    subject = models.ForeignKey(
        Indicator, models.CASCADE, related_name="responsibilities", verbose_name=_("指标")
    )

    class Meta:
        verbose_name = _("指标责任")
        ordering = ("subject", "order")
        constraints, indexes = Responsibility.responsibility_meta("plans_indicator_duty")
