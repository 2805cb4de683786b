"""The reserve of projects (储备库): what is proposed, how ready it is, and what became of it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qingshan.funds.models.shared import Step
from qingshan.funds.states import RESERVE_FLOW, ReserveState
from qingshan.funds.vocabulary import Priority, Readiness
from qingshan.history.public import Version, one_of, person
from qingshan.kernel.refs import Ref


class ReserveEntry(models.Model):
    """A project in the reserve (储备项目): what never changes about it, and where it stands."""

    code = models.CharField(_("编号"), max_length=40, unique=True)
    district = models.ForeignKey("areas.District", models.PROTECT, verbose_name=_("辖区"), related_name="+")
    department = models.ForeignKey(
        "areas.Department", models.PROTECT, verbose_name=_("申报单位"), related_name="+"
    )
    state = models.CharField(_("状态"), max_length=16, choices=ReserveState, default=ReserveState.PROPOSED)
    #: The project of a plan that it became, or that it always was.
    project = models.ForeignKey(
        "plans.Project", models.PROTECT, verbose_name=_("规划项目"), related_name="+", null=True, blank=True
    )
    proposed_by = person(_("申报人"), null=True)
    proposed_at = models.DateTimeField(_("申报时间"))

    class Meta:
        verbose_name = _("储备项目")
        ordering = ("code",)
        constraints = [one_of("state", ReserveState, "funds_reserve")]
        indexes = [models.Index(fields=["district", "state"], name="funds_reserve_of_district")]

    def __str__(self) -> str:
        return self.code

    @property
    def ref(self) -> Ref:
        """Its name across rooms."""
        return Ref("funds", "reserve", str(self.pk))

    @property
    def phase(self) -> ReserveState:
        """Its state as a member of the enumeration."""
        return ReserveState(self.state)


class ReserveVersion(Version):
    """What a project of the reserve is, from one day to another."""

    subject = models.ForeignKey(
        ReserveEntry, models.CASCADE, related_name="versions", verbose_name=_("储备项目")
    )
    name = models.CharField(_("项目名称"), max_length=200)
    content = models.TextField(_("建设内容"))
    field = models.CharField(_("领域"), max_length=60, blank=True)
    estimated_yuan = models.BigIntegerField(_("估算投资（元）"))
    #: Whose money is sought, as a bureau writes it: 中央 60%，县级配套 40%.
    wanted_sources = models.CharField(_("拟争取资金来源"), max_length=200, blank=True)
    priority = models.CharField(_("优先级"), max_length=8, choices=Priority, default=Priority.USUAL)

    class Meta:
        verbose_name = _("储备项目版本")
        constraints = [
            *Version.version_constraints("funds_reserve"),
            one_of("priority", Priority, "funds_reserve"),
            models.CheckConstraint(condition=Q(estimated_yuan__gte=0), name="funds_reserve_not_negative"),
        ]

    def __str__(self) -> str:
        return self.name


class ReadinessCheck(models.Model):
    """How far one preparation had come on a day (前期工作核查). Never changed; a newer one follows."""

    entry = models.ForeignKey(ReserveEntry, models.CASCADE, related_name="checks", verbose_name=_("储备项目"))
    matter = models.CharField(_("事项"), max_length=16, choices=Readiness)
    done = models.BooleanField(_("已完成"))
    on = models.DateField(_("核查日期"))
    document_number = models.CharField(_("批复文号"), max_length=80, blank=True)
    note = models.CharField(_("说明"), max_length=300, blank=True)
    by = person(_("登记人"), null=True)
    at = models.DateTimeField(_("登记时间"))

    class Meta:
        verbose_name = _("前期工作核查")
        ordering = ("-on", "-pk")
        constraints = [one_of("matter", Readiness, "funds_check")]
        indexes = [models.Index(fields=["entry", "matter", "on"], name="funds_check_of_entry")]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.matter} {self.on}"


class ReserveStep(Step):
    """One step of a reserve project's life."""

    flow = RESERVE_FLOW

    entry = models.ForeignKey(ReserveEntry, models.CASCADE, related_name="steps", verbose_name=_("储备项目"))

    class Meta(Step.Meta):
        verbose_name = _("储备办理过程")

    def __str__(self) -> str:
        return f"{self.entry_id}: {self.move}"
