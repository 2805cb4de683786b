"""A round, each department's part in it, its rows and what was said; findings, reminders, closings."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from qingshan.dispatch.periods import period_in_words
from qingshan.dispatch.states import ROW_FLOW, FalseState, RoundState, RowState
from qingshan.dispatch.vocabulary import Doubt, ItemKind, Period, Stage
from qingshan.history.public import Move, one_of, person
from qingshan.kernel.refs import Ref


def _percent(field: str, table: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__lte": 100}),
        name=f"dispatch_{table}_{field}_range",
    )


class Rhythm(models.Model):
    """How often a plan is dispatched (定期调度): rounds open by themselves, on working days."""

    plan = models.OneToOneField("plans.Plan", models.CASCADE, verbose_name=_("规划"), related_name="+")
    period = models.CharField(_("周期"), max_length=8, choices=Period)
    #: Working day after the period on which the round opens; 1 is the first one.
    opens_on_day = models.PositiveSmallIntegerField(_("周期结束后第几个工作日开始"), default=1)
    #: Working days for reporting, counted from the day it opens.
    days_to_report = models.PositiveSmallIntegerField(_("填报工作日数"), default=5)
    with_tasks = models.BooleanField(_("包括在办任务"), default=True)
    active = models.BooleanField(_("启用"), default=True)
    set_by = person(_("设定人"), null=True, blank=True)
    set_at = models.DateTimeField(_("设定时间"))

    class Meta:
        verbose_name = _("定期调度")
        constraints = [one_of("period", Period, "dispatch_rhythm")]

    def __str__(self) -> str:
        return f"{self.plan_id}: {self.period}"


class Round(models.Model):
    """One round of reporting on a plan (一轮调度)."""

    plan = models.ForeignKey("plans.Plan", models.PROTECT, verbose_name=_("规划"), related_name="+")
    district = models.ForeignKey("areas.District", models.PROTECT, verbose_name=_("辖区"), related_name="+")
    #: As the plan was called when the round was opened.
    plan_name = models.CharField(_("规划名称"), max_length=200)
    period = models.CharField(_("周期"), max_length=8, choices=Period)
    starts_on = models.DateField(_("周期起"))
    ends_on = models.DateField(_("周期止"))
    opened_on = models.DateField(_("开始日期"))
    due_on = models.DateField(_("填报期限"))
    note = models.CharField(_("填报要求"), max_length=500, blank=True)
    state = models.CharField(_("状态"), max_length=12, choices=RoundState, default=RoundState.OPEN)
    opened_by = person(_("发起人"), null=True, blank=True)
    opened_at = models.DateTimeField(_("发起时间"))
    simulated = models.BooleanField(_("模拟"), default=False)

    class Meta:
        verbose_name = _("调度")
        ordering = ("-ends_on", "-pk")
        constraints = [
            one_of("state", RoundState, "dispatch_round"),
            one_of("period", Period, "dispatch_round"),
            models.UniqueConstraint(
                fields=["plan", "period", "starts_on"],
                condition=~Q(state=RoundState.CANCELLED),
                name="dispatch_round_once_a_period",
            ),
            models.CheckConstraint(condition=Q(due_on__gte=F("opened_on")), name="dispatch_round_days"),
        ]
        indexes = [models.Index(fields=["plan", "ends_on"], name="dispatch_round_of_plan")]

    def __str__(self) -> str:
        return f"{self.plan_name} {self.period_name}"

    @property
    def ref(self) -> Ref:
        """Its name across rooms."""
        return Ref("dispatch", "round", str(self.pk))

    @property
    def phase(self) -> RoundState:
        """Its state as a member of the enumeration."""
        return RoundState(self.state)

    @property
    def period_name(self) -> str:
        """What it speaks of, in words: 2026年11月, 2026年第4季度."""
        return period_in_words(Period(self.period), self.starts_on)


class Part(models.Model):
    """A department in a round (报送单位). The department is the one named when the round was opened."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="parts", verbose_name=_("调度"))
    department = models.ForeignKey(
        "areas.Department", models.PROTECT, verbose_name=_("单位"), related_name="+"
    )

    class Meta:
        verbose_name = _("报送单位")
        ordering = ("pk",)
        constraints = [models.UniqueConstraint(fields=["round", "department"], name="dispatch_part_once")]

    def __str__(self) -> str:
        return f"{self.round_id}: {self.department_id}"

    @property
    def ref(self) -> Ref:
        """Its name across rooms; its deadline and its notices are about this."""
        return Ref("dispatch", "part", str(self.pk))


class Row(models.Model):
    """What a department reports on one thing in a round (调度事项).

    The upper half is what stood in the ledger when the round was opened, and never changes. The lower half is
    what the department says; each saying is kept in `Saying`.
    """

    round = models.ForeignKey(Round, models.CASCADE, related_name="rows", verbose_name=_("调度"))
    part = models.ForeignKey(Part, models.CASCADE, related_name="rows", verbose_name=_("报送单位"))
    order = models.PositiveIntegerField(_("次序"))
    kind = models.CharField(_("类别"), max_length=12, choices=ItemKind)
    about = models.CharField(_("记录"), max_length=120)
    code = models.CharField(_("编号"), max_length=60)
    title = models.CharField(_("事项"), max_length=300)
    url = models.CharField(_("页面"), max_length=300)
    chapter_order = models.PositiveIntegerField(_("章次序"), null=True, blank=True)
    chapter = models.CharField(_("章"), max_length=300, blank=True)
    starts_on = models.DateField(_("起始日期"), null=True, blank=True)
    due_on = models.DateField(_("完成期限"), null=True, blank=True)
    before_state = models.CharField(_("上期状态"), max_length=16, blank=True)
    before_percent = models.PositiveSmallIntegerField(_("上期进度（%）"), null=True, blank=True)
    before_on = models.DateField(_("上期截至"), null=True, blank=True)
    before_text = models.TextField(_("上期进展"), blank=True)

    state = models.CharField(_("填报状态"), max_length=12, choices=RowState, default=RowState.WAITING)
    work_state = models.CharField(_("本期状态"), max_length=16, blank=True)
    percent = models.PositiveSmallIntegerField(_("本期进度（%）"), null=True, blank=True)
    text = models.TextField(_("进展情况"), blank=True)
    difficulties = models.TextField(_("存在问题"), blank=True)
    doubts = models.JSONField(_("疑点"), default=list, blank=True)
    reported_by = person(_("填报人"), null=True, blank=True)
    reported_at = models.DateTimeField(_("填报时间"), null=True, blank=True)
    #: When it was first handed in: this decides whether it was late, whatever was sent back later.
    first_submitted_at = models.DateTimeField(_("首次提交时间"), null=True, blank=True)
    submitted_at = models.DateTimeField(_("提交时间"), null=True, blank=True)
    sent_back = models.PositiveSmallIntegerField(_("退回次数"), default=0)
    reviewed_by = person(_("审核人"), null=True, blank=True)
    reviewed_at = models.DateTimeField(_("审核时间"), null=True, blank=True)
    review_note = models.CharField(_("审核意见"), max_length=500, blank=True)
    #: The report of the ledger that it became; empty where it took none, and ``ledger_note`` says why.
    ledger_ref = models.CharField(_("台账记录"), max_length=120, blank=True)
    ledger_note = models.CharField(_("台账说明"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("调度事项")
        ordering = ("order", "pk")
        constraints = [
            one_of("state", RowState, "dispatch_row"),
            one_of("kind", ItemKind, "dispatch_row"),
            _percent("percent", "row"),
            models.UniqueConstraint(fields=["part", "about"], name="dispatch_row_once"),
            models.CheckConstraint(
                condition=Q(reviewed_by__isnull=True) | ~Q(reviewed_by=F("reported_by")),
                name="dispatch_row_second_person",
            ),
        ]
        indexes = [
            models.Index(fields=["round", "state"], name="dispatch_row_by_state"),
            models.Index(fields=["ledger_ref"], name="dispatch_row_of_report"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def ref(self) -> Ref:
        """Its name across rooms; evidence is attached to it."""
        return Ref("dispatch", "row", str(self.pk))

    @property
    def subject(self) -> Ref:
        """What it reports on."""
        return Ref.read(self.about)

    @property
    def phase(self) -> RowState:
        """Its state as a member of the enumeration."""
        return RowState(self.state)

    @property
    def returned(self) -> bool:
        """Whether it is with its department again, with the reason."""
        return self.phase is RowState.SENT_BACK

    @property
    def flagged(self) -> list[Doubt]:
        """What the reviewer is to look at."""
        return [Doubt(word) for word in self.doubts]

    @property
    def is_task(self) -> bool:
        """Whether it reports on a task, which has no state of its own to report."""
        return self.kind == ItemKind.TASK


class Saying(models.Model):
    """One saving of a row, as it was sent (填报记录). Never changed."""

    row = models.ForeignKey(Row, models.CASCADE, related_name="sayings", verbose_name=_("事项"))
    work_state = models.CharField(_("状态"), max_length=16, blank=True)
    percent = models.PositiveSmallIntegerField(_("进度（%）"), null=True, blank=True)
    text = models.TextField(_("进展情况"))
    difficulties = models.TextField(_("存在问题"), blank=True)
    by = person(_("填报人"))
    at = models.DateTimeField(_("填报时间"))
    #: Made by the sender's device: what a broken line sends twice is one saying.
    key = models.CharField(_("提交编号"), max_length=64)

    class Meta:
        verbose_name = _("填报记录")
        ordering = ("-pk",)
        constraints = [models.UniqueConstraint(fields=["by", "key"], name="dispatch_saying_once")]

    def __str__(self) -> str:
        return f"{self.row_id}: {self.text[:30]}"


class RowMove(Move):
    """One step of a row (办理过程): what people read. The audit keeps its own record."""

    flow = ROW_FLOW

    row = models.ForeignKey(Row, models.CASCADE, related_name="moves", verbose_name=_("事项"))

    class Meta(Move.Meta):
        verbose_name = _("办理过程")

    def __str__(self) -> str:
        return f"{self.row_id}: {self.move}"


class FalseReport(models.Model):
    """A finding that an accepted report was false (虚报认定): who found it, what is true, who decided."""

    row = models.ForeignKey(Row, models.CASCADE, related_name="findings", verbose_name=_("事项"))
    reason = models.CharField(_("认定理由"), max_length=500)
    #: What is true as of ``on``: this corrects the ledger.
    on = models.DateField(_("核实日期"))
    work_state = models.CharField(_("核实的状态"), max_length=16, blank=True)
    percent = models.PositiveSmallIntegerField(_("核实的进度（%）"), null=True, blank=True)
    state = models.CharField(_("状态"), max_length=12, choices=FalseState, default=FalseState.PROPOSED)
    found_by = person(_("提出人"))
    found_at = models.DateTimeField(_("提出时间"))
    decided_by = person(_("认定人"), null=True, blank=True)
    decided_at = models.DateTimeField(_("认定时间"), null=True, blank=True)
    decision_note = models.CharField(_("认定意见"), max_length=500, blank=True)
    #: The report of the ledger that corrects the false one; empty for a task, which is pressed instead.
    correction_ref = models.CharField(_("更正记录"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("虚报认定")
        ordering = ("-pk",)
        constraints = [
            one_of("state", FalseState, "dispatch_false"),
            _percent("percent", "false"),
            models.UniqueConstraint(
                fields=["row"], condition=Q(state=FalseState.PROPOSED), name="dispatch_false_one_open"
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("found_by")),
                name="dispatch_false_second_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.row_id}: {self.reason}"

    @property
    def ref(self) -> Ref:
        """Its name across rooms; its evidence is attached to it."""
        return Ref("dispatch", "finding", str(self.pk))

    @property
    def phase(self) -> FalseState:
        """Its state as a member of the enumeration."""
        return FalseState(self.state)

    @property
    def waits(self) -> bool:
        """Whether nobody has decided on it yet."""
        return self.phase is FalseState.PROPOSED


class Reminder(models.Model):
    """A department was pressed (催报): one line a stage, and one for each time somebody did it by hand."""

    part = models.ForeignKey(Part, models.CASCADE, related_name="reminders", verbose_name=_("报送单位"))
    stage = models.CharField(_("阶段"), max_length=12, choices=Stage)
    #: The deadline it speaks of; an extension makes each stage news again.
    due_on = models.DateField(_("填报期限"))
    on = models.DateField(_("日期"))
    note = models.CharField(_("要求"), max_length=500, blank=True)
    by = person(_("催报人"), null=True, blank=True)
    at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = _("催报")
        ordering = ("pk",)
        constraints = [
            one_of("stage", Stage, "dispatch_reminder"),
            models.UniqueConstraint(
                fields=["part", "stage", "due_on"],
                condition=Q(by__isnull=True),
                name="dispatch_reminder_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.part_id}: {self.stage}"

    @property
    def step(self) -> Stage:
        """Its stage as a member of the enumeration."""
        return Stage(self.stage)


class Closing(models.Model):
    """A round as it stood when it was closed (关闭存档). Re-opening adds another one; none is changed."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="closings", verbose_name=_("调度"))
    figures = models.JSONField(_("当时的数据"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    rules_sha256 = models.CharField(_("预警规则 SHA-256"), max_length=64)
    on = models.DateField(_("关闭日期"))
    by = person(_("关闭人"), null=True, blank=True)
    at = models.DateTimeField(_("关闭时间"))
    reopened_by = person(_("重新打开人"), null=True, blank=True)
    reopened_at = models.DateTimeField(_("重新打开时间"), null=True, blank=True)
    reopen_reason = models.CharField(_("重新打开理由"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("关闭存档")
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(
                fields=["round"], condition=Q(reopened_at__isnull=True), name="dispatch_closing_one_in_force"
            )
        ]

    def __str__(self) -> str:
        return f"{self.round_id}: {self.on}"
