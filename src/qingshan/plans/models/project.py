"""Projects of a plan: rows of its project tables, their milestones, money, and re-baselining."""

from __future__ import annotations

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from qingshan.history.public import Version
from qingshan.kernel.refs import Ref
from qingshan.plans.models.fields import QuantitiesField, StateField, one_of
from qingshan.plans.models.indicator import Indicator
from qingshan.plans.models.measure import Measure
from qingshan.plans.models.plan import Plan
from qingshan.plans.models.shared import Placed, Recorded, Responsibility, Reviewed
from qingshan.plans.states import MilestoneState, WorkState
from qingshan.plans.vocabulary import PROJECT_KINDS, ProjectKind

YUAN_PER_WAN = 10_000
#: What only an approved re-baselining may change, once the project is entered.
BASELINE_FIELDS = ("start_year", "end_year", "investment_yuan", "content")


class Project(models.Model):
    """A project row of a plan (重点工程); rows of one printed project share ``ProjectVersion.counts_as``."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="projects", verbose_name=_("规划"))
    code = models.CharField(_("编号"), max_length=60)

    class Meta:
        verbose_name = _("工程项目")
        ordering = ("plan", "code")
        constraints = [models.UniqueConstraint(fields=["plan", "code"], name="plans_project_code_once")]

    def __str__(self) -> str:
        return self.code

    @property
    def ref(self) -> Ref:
        """Its name across rooms."""
        return Ref("plans", "project", str(self.pk))


class ProjectVersion(Version, Placed):
    """A project as it stands from one day to another: content, years, money, state.

    Money is kept in whole yuan, so that sums are exact on every database; pages print ten thousand yuan.
    """

    subject = models.ForeignKey(Project, models.CASCADE, related_name="versions", verbose_name=_("项目"))
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="+", verbose_name=_("规划"))
    order = models.PositiveIntegerField(_("次序"))
    kind = models.CharField(_("载于"), max_length=20, choices=PROJECT_KINDS, default=ProjectKind.PROJECT)
    #: Code of the printed project the row belongs to; three rows may be one project.
    counts_as = models.CharField(_("计为项目"), max_length=60)
    label = models.CharField(_("序号（印刷）"), max_length=20, blank=True)
    sub_item = models.CharField(_("子项"), max_length=20, blank=True)
    name = models.CharField(_("名称"), max_length=200)
    #: False: the source prints no name, and ours is a stop-gap.
    name_printed = models.BooleanField(_("名称为印刷所载"), default=True)
    group = models.CharField(_("分组"), max_length=120, blank=True)
    content = models.TextField(_("建设内容"), blank=True)
    quantities = QuantitiesField(_("工程量"))
    start_year = models.PositiveSmallIntegerField(_("起始年"), null=True, blank=True)
    end_year = models.PositiveSmallIntegerField(_("完成年"), null=True, blank=True)
    years_raw = models.CharField(_("年限（印刷）"), max_length=60, blank=True)
    investment_yuan = models.BigIntegerField(_("总投资（元）"), null=True, blank=True)
    measure = models.ForeignKey(
        Measure,
        models.PROTECT,
        verbose_name=_("所在措施"),
        related_name="+",
        null=True,
        blank=True,
    )
    notes = models.TextField(_("说明"), blank=True)
    state = StateField(_("状态"), words=WorkState, default=WorkState.UNREPORTED)
    percent = models.PositiveSmallIntegerField(_("进度（%）"), null=True, blank=True)
    reported_on = models.DateField(_("最近报告"), null=True, blank=True)
    #: Who approved this version, where it re-baselines years, money or content.
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("批准人"),
        related_name="+",
        null=True,
        blank=True,
    )

    class Meta:
        verbose_name = _("项目版本")
        constraints = [
            *Version.version_constraints("plans_project"),
            one_of("state", WorkState, "plans_project"),
            one_of("kind", ProjectKind, "plans_project"),
            models.CheckConstraint(
                condition=Q(start_year__isnull=True)
                | Q(end_year__isnull=True)
                | Q(end_year__gte=F("start_year")),
                name="plans_project_years_in_order",
            ),
            models.CheckConstraint(
                condition=Q(percent__isnull=True) | Q(percent__lte=100), name="plans_project_percent_in_range"
            ),
        ]
        indexes = [
            models.Index(fields=["plan", "order", "valid_from", "valid_to"], name="plans_project_in_order"),
            models.Index(
                fields=["plan", "state", "order", "valid_from", "valid_to"], name="plans_project_by_state"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def investment_wan(self) -> Decimal | None:
        """Total investment in ten thousand yuan (万元), exact."""
        return None if self.investment_yuan is None else wan(self.investment_yuan)


def wan(yuan: int) -> Decimal:
    """Return yuan as ten thousand yuan (万元), exact and without idle zeros.

    Examples
    --------
    >>> wan(2_012_640_000), wan(125_000)
    (Decimal('201264'), Decimal('12.5'))
    """
    whole, rest = divmod(yuan, YUAN_PER_WAN)
    return Decimal(whole) if rest == 0 else (Decimal(yuan) / YUAN_PER_WAN).normalize()


class ProjectResponsibility(Responsibility):
    """A department answers for a project (项目责任)."""

    subject = models.ForeignKey(
        Project, models.CASCADE, related_name="responsibilities", verbose_name=_("项目")
    )

    class Meta:
        verbose_name = _("项目责任")
        ordering = ("subject", "order")
        constraints, indexes = Responsibility.responsibility_meta("plans_project_duty")


class ProjectIndicator(Recorded):
    """A project serves an indicator (项目支撑指标)."""

    project = models.ForeignKey(
        Project, models.CASCADE, related_name="indicator_links", verbose_name=_("项目")
    )
    indicator = models.ForeignKey(
        Indicator, models.CASCADE, related_name="project_links", verbose_name=_("指标")
    )

    class Meta:
        verbose_name = _("项目与指标")
        constraints = [
            models.UniqueConstraint(fields=["project", "indicator"], name="plans_project_indicator_once")
        ]

    def __str__(self) -> str:
        return f"{self.project_id} {self.indicator_id}"


class Money(models.Model):
    """The money of a project in a year from one source (资金)."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="money", verbose_name=_("项目"))
    year = models.PositiveSmallIntegerField(_("年度"))
    #: Source of funds: 中央、省级、市级、县级财政, 企业自筹 ...
    funds = models.CharField(_("资金来源"), max_length=60)

    class Meta:
        verbose_name = _("资金")
        ordering = ("project", "year", "funds")
        constraints = [
            models.UniqueConstraint(fields=["project", "year", "funds"], name="plans_money_line_once")
        ]

    def __str__(self) -> str:
        return f"{self.project_id} {self.year} {self.funds}"

    @property
    def ref(self) -> Ref:
        """Its name across rooms."""
        return Ref("plans", "money", str(self.pk))


class MoneyVersion(Version):
    """What was planned, received and paid, as known from one day to another (元); null where unknown."""

    subject = models.ForeignKey(Money, models.CASCADE, related_name="versions", verbose_name=_("资金"))
    planned_yuan = models.BigIntegerField(_("计划（元）"), null=True, blank=True)
    received_yuan = models.BigIntegerField(_("到位（元）"), null=True, blank=True)
    paid_yuan = models.BigIntegerField(_("支付（元）"), null=True, blank=True)

    class Meta:
        verbose_name = _("资金版本")
        constraints = [
            *Version.version_constraints("plans_money"),
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__gte": 0}),
                    name=f"plans_money_{field}_not_negative",
                )
                for field in ("planned_yuan", "received_yuan", "paid_yuan")
            ),
        ]

    def __str__(self) -> str:
        return str(self.subject_id)


class Milestone(models.Model):
    """A dated step of a project (节点)."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="milestones", verbose_name=_("项目"))
    code = models.CharField(_("编号"), max_length=40)

    class Meta:
        verbose_name = _("节点")
        ordering = ("project", "code")
        constraints = [models.UniqueConstraint(fields=["project", "code"], name="plans_milestone_code_once")]

    def __str__(self) -> str:
        return self.code

    @property
    def ref(self) -> Ref:
        """Its name across rooms."""
        return Ref("plans", "milestone", str(self.pk))


class MilestoneVersion(Version):
    """A milestone as it stands from one day to another."""

    subject = models.ForeignKey(Milestone, models.CASCADE, related_name="versions", verbose_name=_("节点"))
    name = models.CharField(_("名称"), max_length=200)
    due_on = models.DateField(_("计划日期"))
    reached_on = models.DateField(_("到达日期"), null=True, blank=True)
    state = StateField(_("状态"), words=MilestoneState, default=MilestoneState.OPEN)

    class Meta:
        verbose_name = _("节点版本")
        constraints = [
            *Version.version_constraints("plans_milestone"),
            one_of("state", MilestoneState, "plans_milestone"),
        ]
        indexes = [models.Index(fields=["due_on", "state"], name="plans_milestone_by_due")]

    def __str__(self) -> str:
        return self.name


class Rebaselining(Reviewed):
    """A proposal to change a project's years, money or content (项目调整); approval makes the new version."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="rebaselinings", verbose_name=_("项目"))
    #: The version the proposer saw; approval refuses when a newer one has come.
    seen = models.PositiveIntegerField(_("依据版本号"))
    start_year = models.PositiveSmallIntegerField(_("起始年"), null=True, blank=True)
    end_year = models.PositiveSmallIntegerField(_("完成年"), null=True, blank=True)
    investment_yuan = models.BigIntegerField(_("总投资（元）"), null=True, blank=True)
    content = models.TextField(_("建设内容"), blank=True)
    valid_from = models.DateField(_("自何日起"))
    reason = models.CharField(_("理由"), max_length=500)
    document = models.CharField(_("批准文件"), max_length=100, blank=True)

    class Meta:
        verbose_name = _("项目调整")
        ordering = ("project", "id")
        constraints = [
            *Reviewed.review_constraints("plans_rebaselining"),
            models.CheckConstraint(condition=~Q(reason=""), name="plans_rebaselining_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.project_id} {self.reason}"

    @property
    def ref(self) -> Ref:
        """Its name across rooms."""
        return Ref("plans", "rebaselining", str(self.pk))
