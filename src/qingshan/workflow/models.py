"""Loaded calendars, who was assigned what and when, hand-overs, deadlines and every change of them."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from qingshan.kernel.refs import Ref
from qingshan.workflow.states import DeadlineState
from qingshan.workflow.terms import Term, TermUnit


class CalendarYear(models.Model):
    """A year's arrangement as loaded here (放假安排); the highest edition holds, above the bundled file."""

    year = models.PositiveSmallIntegerField(_("年份"))
    edition = models.PositiveSmallIntegerField(_("版次"))
    text = models.TextField(_("文件内容"))
    file_name = models.CharField(_("文件名"), max_length=200)
    loaded_at = models.DateTimeField(_("载入时间"))
    loaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("载入人"),
        related_name="+",
        null=True,
        blank=True,
    )

    class Meta:
        verbose_name = _("放假安排")
        constraints = [
            models.UniqueConstraint(fields=["year", "edition"], name="workflow_calendar_edition_once")
        ]

    def __str__(self) -> str:
        return f"{self.year} ({self.edition})"

    @property
    def ref(self) -> Ref:
        """Its name across rooms."""
        return Ref("workflow", "calendar", str(self.year))


class HandOver(models.Model):
    """One person's open assignments going to another (工作交接)."""

    from_user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("移交人"), related_name="+"
    )
    to_user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("接收人"), related_name="+"
    )
    on = models.DateField(_("交接日期"))
    count = models.PositiveIntegerField(_("移交项数"))
    note = models.CharField(_("说明"), max_length=500, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("经办人"), related_name="+", null=True
    )
    at = models.DateTimeField(_("登记时间"))
    #: The hand-over that this one takes back.
    undoes = models.OneToOneField(
        "self",
        models.PROTECT,
        verbose_name=_("撤销的交接"),
        related_name="undone_by",
        null=True,
        blank=True,
    )

    class Meta:
        verbose_name = _("工作交接")
        constraints = [
            models.CheckConstraint(condition=~Q(from_user=F("to_user")), name="workflow_hand_over_two_people")
        ]

    def __str__(self) -> str:
        return f"{self.from_user_id} → {self.to_user_id} ({self.on})"

    @property
    def ref(self) -> Ref:
        """Its name across rooms."""
        return Ref("workflow", "hand_over", str(self.pk))


class Assignment(models.Model):
    """Somebody, or whoever holds a post, has something to do from one day to another (任务分派)."""

    about = models.CharField(_("事项"), max_length=120)
    duty = models.CharField(_("职责"), max_length=40)
    post = models.ForeignKey(
        "areas.Post", models.PROTECT, verbose_name=_("岗位"), related_name="+", null=True, blank=True
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("人员"),
        related_name="+",
        null=True,
        blank=True,
    )
    from_on = models.DateField(_("起始日期"))
    to_on = models.DateField(_("终止日期"), null=True, blank=True)
    assigned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("分派人"), related_name="+", null=True
    )
    assigned_at = models.DateTimeField(_("分派时间"))
    note = models.CharField(_("说明"), max_length=500, blank=True)
    end_reason = models.CharField(_("终止原因"), max_length=500, blank=True)
    hand_over = models.ForeignKey(
        HandOver,
        models.PROTECT,
        verbose_name=_("来自交接"),
        related_name="assignments",
        null=True,
        blank=True,
    )
    #: The hand-over in which the person gave it away.
    given_in = models.ForeignKey(
        HandOver,
        models.PROTECT,
        verbose_name=_("在交接中移出"),
        related_name="given",
        null=True,
        blank=True,
    )

    class Meta:
        verbose_name = _("任务分派")
        constraints = [
            models.CheckConstraint(
                condition=Q(post__isnull=True, user__isnull=False) | Q(post__isnull=False, user__isnull=True),
                name="workflow_assignment_one_holder",
            ),
            models.CheckConstraint(
                condition=Q(to_on__isnull=True) | Q(to_on__gte=F("from_on")),
                name="workflow_assignment_span_in_order",
            ),
            models.UniqueConstraint(
                fields=["about", "duty", "user"],
                condition=Q(to_on__isnull=True, user__isnull=False),
                name="workflow_assignment_user_once",
            ),
            models.UniqueConstraint(
                fields=["about", "duty", "post"],
                condition=Q(to_on__isnull=True, post__isnull=False),
                name="workflow_assignment_post_once",
            ),
        ]
        indexes = [
            models.Index(fields=["about"], name="workflow_assignment_about"),
            models.Index(fields=["user", "to_on"], name="workflow_assignment_user"),
            models.Index(fields=["post", "to_on"], name="workflow_assignment_post"),
        ]

    def __str__(self) -> str:
        return f"{self.about}: {self.duty}"

    @property
    def subject(self) -> Ref:
        """The record it is about."""
        return Ref.read(self.about)


class Deadline(models.Model):
    """By when something about a record must be done (期限)."""

    about = models.CharField(_("事项"), max_length=120)
    name = models.CharField(_("期限名称"), max_length=80)
    starts_on = models.DateField(_("起算日"))
    term_amount = models.PositiveSmallIntegerField(_("时长"), null=True, blank=True)
    term_unit = models.CharField(
        _("单位"), max_length=16, choices=[(unit.value, unit.value) for unit in TermUnit], blank=True
    )
    due_on = models.DateField(_("截止日"))
    estimated = models.BooleanField(_("按周末估算"), default=False)
    state = models.CharField(_("状态"), max_length=12, choices=DeadlineState, default=DeadlineState.RUNNING)
    ended_on = models.DateField(_("完成或解除日期"), null=True, blank=True)
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("设定人"), related_name="+", null=True
    )
    set_at = models.DateTimeField(_("设定时间"))
    # The due day about which word was last sent: an extension makes it news again.
    near_told_for = models.DateField(_("已提醒临近"), null=True, blank=True)
    passed_told_for = models.DateField(_("已提醒逾期"), null=True, blank=True)

    class Meta:
        verbose_name = _("期限")
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=DeadlineState.values), name="workflow_deadline_state_known"
            ),
            models.CheckConstraint(
                condition=Q(due_on__gte=F("starts_on")), name="workflow_deadline_span_in_order"
            ),
            models.UniqueConstraint(
                fields=["about", "name"],
                condition=Q(state=DeadlineState.RUNNING),
                name="workflow_deadline_one_running",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_on"], condition=Q(state=DeadlineState.RUNNING), name="workflow_deadline_due"
            )
        ]

    def __str__(self) -> str:
        return f"{self.about}: {self.name}"

    @property
    def subject(self) -> Ref:
        """The record it is about."""
        return Ref.read(self.about)

    @property
    def phase(self) -> DeadlineState:
        """Its state as a member of the enumeration."""
        return DeadlineState(self.state)

    @property
    def term(self) -> Term | None:
        """The term it follows from; None when the day itself was set."""
        return Term(self.term_amount, TermUnit(self.term_unit)) if self.term_amount else None

    def is_overdue(self, on: date) -> bool:
        """Whether it has passed unmet by a day."""
        return self.phase is DeadlineState.RUNNING and on > self.due_on


class DeadlineChange(models.Model):
    """One change of a deadline's last day (期限变更): what it was, what it became, why, who decided."""

    deadline = models.ForeignKey(Deadline, models.CASCADE, verbose_name=_("期限"), related_name="changes")
    before = models.DateField(_("原截止日"))
    after = models.DateField(_("新截止日"))
    reason = models.CharField(_("理由"), max_length=500)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("批准人"), related_name="+", null=True
    )
    at = models.DateTimeField(_("登记时间"))

    class Meta:
        verbose_name = _("期限变更")
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.before} → {self.after}"
