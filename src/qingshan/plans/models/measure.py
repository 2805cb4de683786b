"""The body of a plan as a tree: chapter, section, measure (章、节、措施); and its commitments."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from qingshan.history.public import Version
from qingshan.kernel.refs import Ref
from qingshan.plans.models.fields import StateField, TypedField, one_of
from qingshan.plans.models.plan import Plan
from qingshan.plans.models.shared import Placed, Responsibility
from qingshan.plans.states import WorkState
from qingshan.plans.vocabulary import (
    COMMITMENT_KINDS,
    MEASURE_ROLES,
    CommitmentKind,
    MeasureKind,
    MeasureRole,
)


class Measure(models.Model):
    """A node of a plan's body (章、节、措施)."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="measures", verbose_name=_("规划"))
    code = models.CharField(_("编号"), max_length=60)

    class Meta:
        verbose_name = _("措施")
        ordering = ("plan", "code")
        constraints = [models.UniqueConstraint(fields=["plan", "code"], name="plans_measure_code_once")]

    def __str__(self) -> str:
        return self.code

    @property
    def ref(self) -> Ref:
        """Its name across rooms."""
        return Ref("plans", "measure", str(self.pk))


class MeasureVersion(Version, Placed):
    """A node as it stands from one day to another: text, place in the tree and in the source, state.

    ``plan`` and ``kind`` are here, and the indexes carry all a list filters by, so that a page of a
    list of a hundred thousand is counted and cut from an index without touching the rows.
    """

    subject = models.ForeignKey(Measure, models.CASCADE, related_name="versions", verbose_name=_("措施"))
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="+", verbose_name=_("规划"))
    kind = StateField(_("层次"), words=MeasureKind)
    role = models.CharField(_("性质"), max_length=20, choices=MEASURE_ROLES, default=MeasureRole.TASKS)
    parent = models.ForeignKey(
        Measure, models.PROTECT, verbose_name=_("上级"), related_name="+", null=True, blank=True
    )
    #: Position in the whole body, in reading order.
    order = models.PositiveIntegerField(_("次序"))
    depth = models.PositiveSmallIntegerField(_("层级"), default=0)
    #: As printed: 第三章, 一、, （二）.
    label = models.CharField(_("编号（印刷）"), max_length=40, blank=True)
    title = models.CharField(_("标题"), max_length=300)
    summary = models.TextField(_("内容"), blank=True)
    #: The whole passage with all it contains; the place is for citing.
    extent_start = models.PositiveIntegerField(_("全文起"), null=True, blank=True)
    extent_end = models.PositiveIntegerField(_("全文止"), null=True, blank=True)
    state = StateField(_("状态"), words=WorkState, default=WorkState.UNREPORTED)
    percent = models.PositiveSmallIntegerField(_("进度（%）"), null=True, blank=True)
    #: Day of the last approved report.
    reported_on = models.DateField(_("最近报告"), null=True, blank=True)

    class Meta:
        verbose_name = _("措施版本")
        constraints = [
            *Version.version_constraints("plans_measure"),
            one_of("state", WorkState, "plans_measure"),
            one_of("kind", MeasureKind, "plans_measure"),
            models.CheckConstraint(
                condition=models.Q(percent__isnull=True) | models.Q(percent__lte=100),
                name="plans_measure_percent_in_range",
            ),
        ]
        indexes = [
            models.Index(
                fields=["plan", "kind", "order", "valid_from", "valid_to", "role", "subject", "id"],
                name="plans_measure_in_order",
            ),
            models.Index(
                fields=["plan", "kind", "state", "order", "valid_from", "valid_to", "role", "subject", "id"],
                name="plans_measure_by_state",
            ),
            models.Index(
                fields=["plan", "kind", "reported_on", "valid_from", "valid_to", "role", "subject", "id"],
                name="plans_measure_by_report",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class MeasureResponsibility(Responsibility):
    """A department answers for a measure (措施责任)."""

    subject = models.ForeignKey(
        Measure, models.CASCADE, related_name="responsibilities", verbose_name=_("措施")
    )

    class Meta:
        verbose_name = _("措施责任")
        ordering = ("subject", "order")
        constraints, indexes = Responsibility.responsibility_meta("plans_measure_duty")


class Commitment(models.Model):
    """A quantified or dated commitment of the running text (承诺)."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="commitments", verbose_name=_("规划"))
    code = models.CharField(_("编号"), max_length=60)

    class Meta:
        verbose_name = _("承诺")
        ordering = ("plan", "code")
        constraints = [models.UniqueConstraint(fields=["plan", "code"], name="plans_commitment_code_once")]

    def __str__(self) -> str:
        return self.code

    @property
    def ref(self) -> Ref:
        """Its name across rooms."""
        return Ref("plans", "commitment", str(self.pk))


class CommitmentVersion(Version, Placed):
    """A commitment as it stands from one day to another."""

    subject = models.ForeignKey(Commitment, models.CASCADE, related_name="versions", verbose_name=_("承诺"))
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="+", verbose_name=_("规划"))
    measure = models.ForeignKey(
        Measure,
        models.PROTECT,
        verbose_name=_("所在措施"),
        related_name="+",
        null=True,
        blank=True,
    )
    order = models.PositiveIntegerField(_("次序"))
    kind = models.CharField(_("类型"), max_length=20, choices=COMMITMENT_KINDS)
    topic = models.CharField(_("事项"), max_length=200)
    metric = models.CharField(_("度量"), max_length=200)
    typed = TypedField(_("要求"))
    #: As written: a year, a day, 规划期; ``due_on`` is the last day it allows.
    deadline = models.CharField(_("期限（印刷）"), max_length=40, blank=True)
    due_on = models.DateField(_("期限"), null=True, blank=True)
    since = models.PositiveSmallIntegerField(_("起始年"), null=True, blank=True)
    scope = models.CharField(_("范围"), max_length=200, blank=True)
    notes = models.TextField(_("说明"), blank=True)
    state = StateField(_("状态"), words=WorkState, default=WorkState.UNREPORTED)
    percent = models.PositiveSmallIntegerField(_("进度（%）"), null=True, blank=True)
    reported_on = models.DateField(_("最近报告"), null=True, blank=True)

    class Meta:
        verbose_name = _("承诺版本")
        constraints = [
            *Version.version_constraints("plans_commitment"),
            one_of("state", WorkState, "plans_commitment"),
            one_of("kind", CommitmentKind, "plans_commitment"),
        ]
        indexes = [
            models.Index(
                fields=["plan", "order", "valid_from", "valid_to"], name="plans_commitment_in_order"
            ),
            models.Index(fields=["plan", "due_on", "valid_from", "valid_to"], name="plans_commitment_by_due"),
        ]

    def __str__(self) -> str:
        return self.metric


class CommitmentResponsibility(Responsibility):
    """A department answers for a commitment (承诺责任)."""

    subject = models.ForeignKey(
        Commitment, models.CASCADE, related_name="responsibilities", verbose_name=_("承诺")
    )

    class Meta:
        verbose_name = _("承诺责任")
        ordering = ("subject", "order")
        constraints, indexes = Responsibility.responsibility_meta("plans_commitment_duty")
