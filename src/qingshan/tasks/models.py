"""A task, its dated terms, its parties, what was reported, asked, decided and pressed."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from qingshan.history.public import Move, Version, one_of, person
from qingshan.kernel.refs import Ref
from qingshan.tasks.states import TASK_FLOW, ChangeState, SupervisionState, TaskState
from qingshan.tasks.vocabulary import PartyRole, SupervisionKind, TaskSource


class Task(models.Model):
    """A piece of work for a department (任务): what never changes about it, and where it stands."""

    code = models.CharField(_("编号"), max_length=40, unique=True)
    district = models.ForeignKey("areas.District", models.PROTECT, verbose_name=_("辖区"), related_name="+")
    source = models.CharField(_("来源"), max_length=16, choices=TaskSource)
    #: The record it comes from, by its name across rooms; empty where it is outside the system.
    source_ref = models.CharField(_("来源记录"), max_length=120, blank=True)
    source_title = models.CharField(_("来源事项"), max_length=200, blank=True)
    source_by = models.CharField(_("来源单位或批示人"), max_length=120, blank=True)
    source_on = models.DateField(_("来源日期"), null=True, blank=True)
    #: The yearly task of which this is a quarter's part, or the task split between departments.
    parent = models.ForeignKey(
        "self", models.PROTECT, verbose_name=_("上级任务"), related_name="parts", null=True, blank=True
    )
    state = models.CharField(_("状态"), max_length=16, choices=TaskState, default=TaskState.DRAFT)
    submitted_by = person(_("提交人"), null=True)
    submitted_at = models.DateTimeField(_("提交时间"), null=True, blank=True)
    closed_on = models.DateField(_("办结日期"), null=True, blank=True)
    created_by = person(_("拟定人"), null=True)
    created_at = models.DateTimeField(_("拟定时间"))

    class Meta:
        verbose_name = _("任务")
        ordering = ("code",)
        constraints = [one_of("state", TaskState, "tasks_task"), one_of("source", TaskSource, "tasks_task")]
        indexes = [
            models.Index(fields=["district", "state"], name="tasks_task_of_district"),
            models.Index(fields=["source_ref"], name="tasks_task_of_source"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def ref(self) -> Ref:
        """Its name across rooms."""
        return Ref("tasks", "task", str(self.pk))

    @property
    def phase(self) -> TaskState:
        """Its state as a member of the enumeration."""
        return TaskState(self.state)


class TaskVersion(Version):
    """What a task asks for, from one day to another (任务要求)."""

    subject = models.ForeignKey(Task, models.CASCADE, related_name="versions", verbose_name=_("任务"))
    title = models.CharField(_("任务名称"), max_length=200)
    content = models.TextField(_("工作内容"), blank=True)
    #: What must be shown when it is handed in, one demand a line.
    evidence_wanted = models.TextField(_("应交证据"), blank=True)
    #: What it weighs in the assessment of its department, as the scheme says; hundredths.
    weight_hundredths = models.PositiveIntegerField(_("权重（百分之一）"), default=100)
    starts_on = models.DateField(_("开始日期"))
    due_on = models.DateField(_("办结期限"))

    class Meta:
        verbose_name = _("任务要求")
        constraints = [
            *Version.version_constraints("tasks_task"),
            models.CheckConstraint(condition=Q(due_on__gte=F("starts_on")), name="tasks_task_days_in_order"),
        ]
        indexes = [models.Index(fields=["due_on", "subject"], name="tasks_version_by_due")]

    def __str__(self) -> str:
        return self.title

    @property
    def demands(self) -> list[str]:
        """The evidence wanted, one demand each."""
        return [line.strip() for line in self.evidence_wanted.splitlines() if line.strip()]

    def is_overdue(self, on: date) -> bool:
        """Whether its last day has passed; whether it is still open is the task's to say."""
        return on > self.due_on


class TaskParty(models.Model):
    """A department in a task, from one day to another (牵头、配合单位).

    The department is the one named at the time. After a merger queries follow its succession.
    """

    task = models.ForeignKey(Task, models.CASCADE, related_name="parties", verbose_name=_("任务"))
    department = models.ForeignKey(
        "areas.Department", models.PROTECT, verbose_name=_("单位"), related_name="+"
    )
    role = models.CharField(_("分工"), max_length=8, choices=PartyRole)
    valid_from = models.DateField(_("起"))
    valid_to = models.DateField(_("止"), null=True, blank=True)

    class Meta:
        verbose_name = _("任务单位")
        ordering = ("-role", "pk")  # lead before joint
        constraints = [
            one_of("role", PartyRole, "tasks_party"),
            models.UniqueConstraint(
                fields=["task", "department"], condition=Q(valid_to__isnull=True), name="tasks_party_once"
            ),
            models.UniqueConstraint(
                fields=["task"],
                condition=Q(valid_to__isnull=True, role=PartyRole.LEAD),
                name="tasks_party_one_lead",
            ),
        ]
        indexes = [models.Index(fields=["department", "task"], name="tasks_party_of")]

    def __str__(self) -> str:
        return f"{self.task_id}: {self.department_id}"


class TaskReport(models.Model):
    """What a party says about its progress (任务进展). Never changed; a newer one follows."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="reports", verbose_name=_("任务"))
    department = models.ForeignKey(
        "areas.Department", models.PROTECT, verbose_name=_("填报单位"), related_name="+", null=True
    )
    on = models.DateField(_("截至日期"))
    percent = models.PositiveSmallIntegerField(_("进度（%）"), null=True, blank=True)
    text = models.TextField(_("进展"))
    difficulties = models.TextField(_("困难和建议"), blank=True)
    by = person(_("填报人"))
    at = models.DateTimeField(_("填报时间"))
    #: Made by the sender's device: what a broken line sends twice is one report.
    key = models.CharField(_("提交编号"), max_length=64)

    class Meta:
        verbose_name = _("任务进展")
        ordering = ("-on", "-pk")
        constraints = [
            models.UniqueConstraint(fields=["by", "key"], name="tasks_report_once"),
            models.CheckConstraint(
                condition=Q(percent__isnull=True) | Q(percent__lte=100), name="tasks_report_percent_in_range"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task_id} {self.on}"

    @property
    def ref(self) -> Ref:
        """Its name across rooms; evidence is attached to it."""
        return Ref("tasks", "report", str(self.pk))


class TaskMove(Move):
    """One step of a task's life (办理过程): what people read. The audit keeps its own record."""

    flow = TASK_FLOW

    task = models.ForeignKey(Task, models.CASCADE, related_name="moves", verbose_name=_("任务"))
    before = models.CharField(_("之前"), max_length=16, choices=TaskState)
    after = models.CharField(_("之后"), max_length=16, choices=TaskState)

    class Meta(Move.Meta):
        verbose_name = _("办理过程")

    def __str__(self) -> str:
        return f"{self.task_id}: {self.move}"


class ChangeRequest(models.Model):
    """A party asks for other terms (变更申请)."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="change_requests", verbose_name=_("任务"))
    due_on = models.DateField(_("申请延至"), null=True, blank=True)
    content = models.TextField(_("申请变更的内容"), blank=True)
    reason = models.CharField(_("理由"), max_length=500)
    state = models.CharField(_("状态"), max_length=8, choices=ChangeState, default=ChangeState.ASKED)
    asked_by = person(_("申请人"))
    asked_at = models.DateTimeField(_("申请时间"))
    answered_by = person(_("答复人"), null=True)
    answered_at = models.DateTimeField(_("答复时间"), null=True, blank=True)
    answer = models.CharField(_("答复意见"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("变更申请")
        ordering = ("-pk",)
        constraints = [
            one_of("state", ChangeState, "tasks_change"),
            models.UniqueConstraint(
                fields=["task"], condition=Q(state=ChangeState.ASKED), name="tasks_change_one_open"
            ),
            models.CheckConstraint(
                condition=Q(answered_by__isnull=True) | ~Q(answered_by=F("asked_by")),
                name="tasks_change_second_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task_id}: {self.reason}"

    @property
    def phase(self) -> ChangeState:
        """Its state as a member of the enumeration."""
        return ChangeState(self.state)


class Supervision(models.Model):
    """A task is pressed (催办、督办、挂牌督办)."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="supervisions", verbose_name=_("任务"))
    kind = models.CharField(_("方式"), max_length=8, choices=SupervisionKind)
    note = models.CharField(_("要求"), max_length=500)
    #: By when it must be answered or done; urging has none.
    due_on = models.DateField(_("期限"), null=True, blank=True)
    state = models.CharField(_("状态"), max_length=8, choices=SupervisionState, default=SupervisionState.OPEN)
    by = person(_("督办人"), null=True)
    at = models.DateTimeField(_("督办时间"))
    answer = models.TextField(_("回复"), blank=True)
    answered_by = person(_("回复人"), null=True)
    answered_at = models.DateTimeField(_("回复时间"), null=True, blank=True)
    lifted_by = person(_("解除人"), null=True)
    lifted_at = models.DateTimeField(_("解除时间"), null=True, blank=True)
    lift_reason = models.CharField(_("解除理由"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("督办")
        ordering = ("-pk",)
        constraints = [
            one_of("kind", SupervisionKind, "tasks_supervision"),
            one_of("state", SupervisionState, "tasks_supervision"),
            models.UniqueConstraint(
                fields=["task"],
                condition=Q(kind=SupervisionKind.LISTED) & ~Q(state=SupervisionState.LIFTED),
                name="tasks_listed_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task_id}: {self.kind}"

    @property
    def phase(self) -> SupervisionState:
        """Its state as a member of the enumeration."""
        return SupervisionState(self.state)

    @property
    def ref(self) -> Ref:
        """Its name across rooms; a supervision slip is attached to it."""
        return Ref("tasks", "supervision", str(self.pk))
