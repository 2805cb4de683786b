"""An annual plan, its rows and their dated versions, what departments say, editions and tasks."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qingshan.annual.states import ANNUAL_FLOW, AnnualState, RequestState
from qingshan.annual.vocabulary import Basis, RowKind
from qingshan.areas.public import department_names
from qingshan.history.public import Move, Version, one_of, person
from qingshan.kernel.refs import Ref

__all__ = [
    "Acceptance",
    "AnnualMove",
    "AnnualPlan",
    "AnnualRow",
    "AnnualRowVersion",
    "Edition",
    "RowRequest",
    "RowTask",
]


def _department(label: Any, *, null: bool = False) -> Any:
    return models.ForeignKey(
        "areas.Department", models.PROTECT, verbose_name=label, related_name="+", null=null, blank=null
    )


class DepartmentsField(models.JSONField):
    """Numbers of departments, in order; its history shows their names."""

    def __init__(self, *args: Any, **options: Any) -> None:
        options.setdefault("default", list)
        options.setdefault("blank", True)
        super().__init__(*args, **options)

    def shown(self, value: Iterable[int]) -> str:
        """How the history of a row shows it: under the names of today's records."""
        ids = list(value)
        names = department_names(ids, date.max)
        return "、".join(names.get(pk, str(pk)) for pk in ids)


class AnnualPlan(models.Model):
    """The year cut out of a plan for a district (年度计划)."""

    plan = models.ForeignKey("plans.Plan", models.PROTECT, verbose_name=_("规划"), related_name="+")
    district = models.ForeignKey("areas.District", models.PROTECT, verbose_name=_("辖区"), related_name="+")
    year = models.PositiveSmallIntegerField(_("年度"))
    state = models.CharField(_("状态"), max_length=16, choices=AnnualState, default=AnnualState.DRAFTING)
    #: By when the departments are asked to answer.
    reply_by = models.DateField(_("反馈期限"), null=True, blank=True)
    submitted_by = person(_("送审人"), null=True, blank=True)
    published_by = person(_("发布人"), null=True, blank=True)
    published_on = models.DateField(_("发布日期"), null=True, blank=True)
    created_by = person(_("起草人"), null=True, blank=True)
    created_at = models.DateTimeField(_("起草时间"))

    class Meta:
        verbose_name = _("年度计划")
        ordering = ("-year", "pk")
        constraints = [
            one_of("state", AnnualState, "annual_plan"),
            models.UniqueConstraint(
                fields=["plan", "district", "year"],
                condition=~Q(state=AnnualState.WITHDRAWN),
                name="annual_plan_once_a_year",
            ),
            models.CheckConstraint(
                condition=Q(published_by__isnull=True)
                | Q(submitted_by__isnull=True)
                | ~Q(published_by=F("submitted_by")),
                name="annual_plan_second_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.year}"

    @property
    def ref(self) -> Ref:
        """Its name across rooms."""
        return Ref("annual", "plan", str(self.pk))

    @property
    def phase(self) -> AnnualState:
        """Its state as a member of the enumeration."""
        return AnnualState(self.state)


class AnnualMove(Move):
    """One step of an annual plan's life (办理过程)."""

    flow = ANNUAL_FLOW

    annual = models.ForeignKey(AnnualPlan, models.CASCADE, verbose_name=_("年度计划"), related_name="moves")
    before = models.CharField(_("之前"), max_length=16, choices=AnnualState)
    after = models.CharField(_("之后"), max_length=16, choices=AnnualState)

    class Meta(Move.Meta):
        verbose_name = _("年度计划办理过程")

    def __str__(self) -> str:
        return f"{self.annual_id}: {self.move}"


class AnnualRow(models.Model):
    """A row of an annual plan (计划事项): a target of an indicator, or a piece of work, for one department.

    Several rows may come from one record: a target that is shared out among townships.
    """

    annual = models.ForeignKey(AnnualPlan, models.CASCADE, verbose_name=_("年度计划"), related_name="rows")
    number = models.PositiveIntegerField(_("序号"))
    kind = models.CharField(_("类别"), max_length=12, choices=RowKind)
    #: The record of the plan it comes from, by its name across rooms.
    source_ref = models.CharField(_("来源记录"), max_length=120)
    created_by = person(_("登记人"), null=True, blank=True)
    created_at = models.DateTimeField(_("登记时间"))

    class Meta:
        verbose_name = _("年度计划事项")
        ordering = ("annual", "number")
        constraints = [
            one_of("kind", RowKind, "annual_row"),
            models.UniqueConstraint(fields=["annual", "number"], name="annual_row_number_once"),
        ]
        indexes = [models.Index(fields=["source_ref"], name="annual_row_of_source")]

    def __str__(self) -> str:
        return self.code

    @property
    def code(self) -> str:
        """Its number as people and workbooks write it.

        Examples
        --------
        >>> AnnualRow(number=7).code
        '007'
        """
        return f"{self.number:03d}"

    @property
    def ref(self) -> Ref:
        """Its name across rooms."""
        return Ref("annual", "row", str(self.pk))

    @property
    def what(self) -> RowKind:
        """Its kind as a member of the enumeration."""
        return RowKind(self.kind)

    @property
    def source(self) -> Ref:
        """The record of the plan it comes from."""
        return Ref.read(self.source_ref)


class AnnualRowVersion(Version):
    """A row as it stands from one day to another."""

    subject = models.ForeignKey(
        AnnualRow, models.CASCADE, verbose_name=_("年度计划事项"), related_name="versions"
    )
    name = models.CharField(_("事项"), max_length=300)
    #: What is to be reached or done this year, in words; of a target also its number.
    goal = models.TextField(_("年度目标"))
    #: Digit for digit as written; empty where it is no number.
    value = models.CharField(_("数值"), max_length=40, blank=True)
    operator = models.CharField(_("界限"), max_length=4, blank=True)
    unit = models.CharField(pgettext_lazy("measurement", "单位"), max_length=40, blank=True)
    basis = models.CharField(_("依据"), max_length=12, choices=Basis)
    method = models.TextField(_("测算说明"), blank=True)
    lead = _department(_("牵头单位"), null=True)
    joint = DepartmentsField(_("配合单位"))
    due_on = models.DateField(_("完成期限"), null=True, blank=True)
    #: What must be shown when the task is handed in, one demand a line.
    evidence_wanted = models.TextField(_("应交证据"), blank=True)
    weight_hundredths = models.PositiveIntegerField(_("权重（百分之一）"), default=100)
    quarterly = models.BooleanField(_("按季度分解"), default=False)
    #: False: taken out of the year's plan, or proposed and not yet let in.
    included = models.BooleanField(_("列入计划"), default=True)

    class Meta:
        verbose_name = _("年度计划事项版本")
        constraints = [
            *Version.version_constraints("annual_row_version"),
            one_of("basis", Basis, "annual_row"),
            models.CheckConstraint(condition=~Q(goal=""), name="annual_row_has_goal"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def number_wanted(self) -> Decimal | None:
        """The value as an exact number."""
        return Decimal(self.value) if self.value else None

    @property
    def department_ids(self) -> tuple[int, ...]:
        """Its departments, the lead first."""
        return (*((self.lead_id,) if self.lead_id else ()), *self.joint)

    @property
    def demands(self) -> list[str]:
        """The evidence wanted, one demand each."""
        return [line.strip() for line in self.evidence_wanted.splitlines() if line.strip()]

    @property
    def weight(self) -> Decimal:
        """What it weighs, exact."""
        return Decimal(self.weight_hundredths).scaleb(-2)


class Acceptance(models.Model):
    """A department accepts a row as it stands (同意); a later version of the row is asked anew."""

    row = models.ForeignKey(AnnualRow, models.CASCADE, verbose_name=_("事项"), related_name="acceptances")
    department = _department(pgettext_lazy("department", "单位"))
    version = models.PositiveIntegerField(_("版本号"))
    by = person(_("办理人"))
    at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = _("单位同意")
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(
                fields=["row", "department", "version"], name="annual_acceptance_once_a_version"
            )
        ]

    def __str__(self) -> str:
        return f"{self.row_id}: {self.department_id}"


class RowRequest(models.Model):
    """Somebody asks for a row to be otherwise (调整申请): a department, or who keeps a published plan.

    What is null is not asked for.
    """

    row = models.ForeignKey(AnnualRow, models.CASCADE, verbose_name=_("事项"), related_name="requests")
    #: Empty: who keeps the annual plan proposes it.
    department = _department(pgettext_lazy("department", "单位"), null=True)
    seen = models.PositiveIntegerField(_("依据版本号"))
    goal = models.TextField(_("建议年度目标"), blank=True)
    value = models.CharField(_("建议数值"), max_length=40, blank=True)
    due_on = models.DateField(_("建议完成期限"), null=True, blank=True)
    lead = _department(_("建议牵头单位"), null=True)
    included = models.BooleanField(_("列入计划"), null=True)
    reason = models.CharField(_("理由"), max_length=500)
    state = models.CharField(_("状态"), max_length=12, choices=RequestState, default=RequestState.ASKED)
    asked_by = person(_("申请人"))
    asked_at = models.DateTimeField(_("申请时间"))
    answered_by = person(_("答复人"), null=True, blank=True)
    answered_at = models.DateTimeField(_("答复时间"), null=True, blank=True)
    answer = models.CharField(_("答复意见"), max_length=500, blank=True)
    #: Number of the version it became.
    gave = models.PositiveIntegerField(_("形成版本号"), null=True, blank=True)

    class Meta:
        verbose_name = _("事项调整申请")
        ordering = ("-pk",)
        constraints = [
            one_of("state", RequestState, "annual_request"),
            models.CheckConstraint(condition=~Q(reason=""), name="annual_request_has_reason"),
            models.UniqueConstraint(
                fields=["row", "department"],
                condition=Q(state=RequestState.ASKED, department__isnull=False),
                name="annual_request_one_open",
            ),
            models.UniqueConstraint(
                fields=["row"],
                condition=Q(state=RequestState.ASKED, department__isnull=True),
                name="annual_request_one_own",
            ),
            models.CheckConstraint(
                condition=Q(answered_by__isnull=True)
                | Q(state=RequestState.TAKEN_BACK)
                | ~Q(answered_by=F("asked_by")),
                name="annual_request_second_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.row_id}: {self.reason}"

    @property
    def phase(self) -> RequestState:
        """Its state as a member of the enumeration."""
        return RequestState(self.state)


class Edition(models.Model):
    """The annual plan as published, or as changed after that (版次): which version of each row it holds."""

    annual = models.ForeignKey(
        AnnualPlan, models.CASCADE, verbose_name=_("年度计划"), related_name="editions"
    )
    number = models.PositiveIntegerField(_("版次"))
    on = models.DateField(_("自何日起"))
    reason = models.CharField(_("理由"), max_length=500)
    by = person(_("批准人"), null=True, blank=True)
    at = models.DateTimeField(_("时间"))
    #: Key of a row -> number of its version, for the rows that are in the plan.
    versions = models.JSONField(_("各事项版本"), default=dict)

    class Meta:
        verbose_name = _("年度计划版次")
        ordering = ("annual", "number")
        constraints = [models.UniqueConstraint(fields=["annual", "number"], name="annual_edition_once")]

    def __str__(self) -> str:
        return f"{self.annual_id}: {self.number}"


class RowTask(models.Model):
    """The task that a row became (事项与任务): one at a time, so that publishing twice makes none twice.

    A row taken out and let in again becomes another; the first stays cancelled.
    """

    row = models.OneToOneField(AnnualRow, models.PROTECT, verbose_name=_("事项"), related_name="task_link")
    task = models.OneToOneField("tasks.Task", models.PROTECT, verbose_name=_("任务"), related_name="+")

    class Meta:
        verbose_name = _("事项与任务")

    def __str__(self) -> str:
        return f"{self.row_id}: {self.task_id}"
