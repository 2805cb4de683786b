"""A plan, its source texts, its making file, and what its text lacks or contradicts."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from qingshan.history.public import Version
from qingshan.kernel.refs import Ref
from qingshan.plans.models.fields import StateField, one_of
from qingshan.plans.models.shared import Placed, Recorded
from qingshan.plans.states import PlanState
from qingshan.plans.vocabulary import MakingKind, PlanLevel


class Plan(models.Model):
    """A plan (规划): what never changes about it. Everything else is in its versions."""

    code = models.CharField(_("编号"), max_length=40, unique=True)
    district = models.ForeignKey(
        "areas.District", models.PROTECT, verbose_name=_("规划范围"), related_name="+"
    )
    #: Only the fictional county's plan; nothing simulated is attached to a real place.
    simulated = models.BooleanField(_("模拟"), default=False)

    class Meta:
        verbose_name = _("规划")
        ordering = ("code",)

    def __str__(self) -> str:
        return self.code

    @property
    def ref(self) -> Ref:
        """Its name across rooms."""
        return Ref("plans", "plan", str(self.pk))


class PlanVersion(Version):
    """A plan as it stands from one day to another."""

    subject = models.ForeignKey(Plan, models.CASCADE, related_name="versions", verbose_name=_("规划"))
    name = models.CharField(_("名称"), max_length=200)
    short_name = models.CharField(_("简称"), max_length=60)
    kind = models.CharField(_("类别"), max_length=60)
    level = StateField(_("层级"), words=PlanLevel)
    period_from = models.PositiveSmallIntegerField(_("规划期起"))
    period_to = models.PositiveSmallIntegerField(_("规划期止"))
    base_year = models.PositiveSmallIntegerField(_("基准年"), null=True, blank=True)
    parent = models.ForeignKey(
        Plan, models.PROTECT, verbose_name=_("上级规划"), related_name="+", null=True, blank=True
    )
    #: Printed name of the upper plan, where that plan itself is not in the ledger.
    parent_name = models.CharField(_("上级规划名称"), max_length=200, blank=True)
    edition = models.CharField(_("版次"), max_length=60, blank=True)
    issuer = models.CharField(_("发布单位"), max_length=120, blank=True)
    document_number = models.CharField(_("文号"), max_length=60, blank=True)
    approved_on = models.DateField(_("批准日期"), null=True, blank=True)
    issued_on = models.DateField(_("印发日期"), null=True, blank=True)
    in_force_on = models.DateField(_("施行日期"), null=True, blank=True)
    state = StateField(_("状态"), words=PlanState, default=PlanState.DRAFTING)
    notes = models.TextField(_("说明"), blank=True)

    class Meta:
        verbose_name = _("规划版本")
        constraints = [
            *Version.version_constraints("plans_plan"),
            one_of("state", PlanState, "plans_plan"),
            one_of("level", PlanLevel, "plans_plan"),
            models.CheckConstraint(
                condition=Q(period_to__gte=F("period_from")), name="plans_plan_period_in_order"
            ),
        ]

    def __str__(self) -> str:
        return self.short_name


class PlanSource(models.Model):
    """A source text of a plan (原文): which file, and its characters where somebody has supplied it."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="sources", verbose_name=_("规划"))
    code = models.CharField(_("编号"), max_length=40)
    title = models.CharField(_("标题"), max_length=200)
    sha256 = models.CharField(_("文件 SHA-256"), max_length=64)
    characters = models.PositiveIntegerField(_("字数"))
    #: False for a companion (编制说明); places name it, while the main text is what an empty name means.
    main = models.BooleanField(_("规划正文"), default=True)
    #: Empty until supplied; a place is then shown as its passage.
    text = models.TextField(_("全文"), blank=True)

    class Meta:
        verbose_name = _("规划原文")
        constraints = [
            models.UniqueConstraint(fields=["plan", "code"], name="plans_source_code_once"),
            models.UniqueConstraint(fields=["plan"], condition=Q(main=True), name="plans_source_one_main"),
        ]

    def __str__(self) -> str:
        return self.title


class MakingEntry(Placed, Recorded):
    """An entry of the making file (编制过程): survey, problem, opinion and answer, review, approval, filing.

    Never changed; an answer names the opinion or problem it answers.
    """

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="making", verbose_name=_("规划"))
    kind = StateField(_("类别"), words=MakingKind)
    title = models.CharField(_("事项"), max_length=200)
    #: As printed; many texts give no day.
    on = models.DateField(_("日期"), null=True, blank=True)
    who = models.CharField(_("单位或人员"), max_length=200, blank=True)
    text = models.TextField(_("内容"), blank=True)
    answers = models.ForeignKey(
        "self", models.PROTECT, verbose_name=_("答复"), related_name="answered_by", null=True, blank=True
    )
    #: Name across rooms of the document it rests on.
    document = models.CharField(_("依据文件"), max_length=100, blank=True)

    class Meta:
        verbose_name = _("编制过程记录")
        ordering = ("plan", F("on").asc(nulls_last=True), "id")
        constraints = [one_of("kind", MakingKind, "plans_making")]

    def __str__(self) -> str:
        return self.title

    @property
    def ref(self) -> Ref:
        """Its name across rooms."""
        return Ref("plans", "making", str(self.pk))


class MissingPart(Placed, Recorded):
    """What the plan announces and its text lacks (缺失): reported, never filled in by us."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="missing_parts", verbose_name=_("规划"))
    what = models.CharField(_("缺失内容"), max_length=200)
    note = models.TextField(_("说明"), blank=True)
    #: When somebody supplied it, and who.
    supplied_on = models.DateField(_("补齐日期"), null=True, blank=True)
    supplied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("补齐人"),
        related_name="+",
        null=True,
        blank=True,
    )

    class Meta:
        verbose_name = _("缺失部分")
        ordering = ("plan", "id")

    def __str__(self) -> str:
        return self.what


class KnownConflict(Placed, Recorded):
    """Two places of a plan that disagree, or one defect of its text (矛盾); settled with a reason."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="conflicts", verbose_name=_("规划"))
    code = models.CharField(_("编号"), max_length=60)
    type = models.CharField(_("类型"), max_length=60)
    #: Both sides are printed; otherwise a person has to look.
    certain = models.BooleanField(_("确定"), default=True)
    rule = models.CharField(_("规则"), max_length=300)
    description = models.TextField(_("说明"))
    value = models.CharField(_("一处所载"), max_length=300)
    other_value = models.CharField(_("另一处所载"), max_length=300, blank=True)
    other_start = models.PositiveIntegerField(_("另一出处起"), null=True, blank=True)
    other_end = models.PositiveIntegerField(_("另一出处止"), null=True, blank=True)
    other_anchor = models.CharField(_("另一出处定位词"), max_length=20, blank=True)
    other_document = models.CharField(_("另一出处文本"), max_length=40, blank=True)
    #: Name of the other plan, when the other side is a plan of its own.
    other_plan = models.CharField(_("另一规划"), max_length=200, blank=True)
    settled_at = models.DateTimeField(_("处理时间"), null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("处理人"),
        related_name="+",
        null=True,
        blank=True,
    )
    settlement = models.CharField(_("处理意见"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("文本矛盾")
        ordering = ("plan", "id")
        constraints = [models.UniqueConstraint(fields=["plan", "code"], name="plans_conflict_code_once")]

    def __str__(self) -> str:
        return self.code
