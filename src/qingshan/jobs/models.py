"""Jobs, schedules, the outbox and its deliveries, and the worker processes seen alive."""

from __future__ import annotations

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from qingshan.jobs.states import LIVE, DeliveryState, JobState
from qingshan.kernel.refs import Ref


class Job(models.Model):
    """One piece of background work (后台作业)."""

    kind = models.CharField(_("作业类型"), max_length=80)
    title = models.CharField(_("名称"), max_length=200)
    payload = models.JSONField(_("参数"), default=dict, encoder=DjangoJSONEncoder)
    about = models.CharField(_("相关记录"), max_length=120, blank=True)
    unique_key = models.CharField(_("去重键"), max_length=120, blank=True)
    state = models.CharField(_("状态"), max_length=12, choices=JobState, default=JobState.QUEUED)

    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("发起人"),
        related_name="+",
        null=True,
        blank=True,
    )
    queued_at = models.DateTimeField(_("提交时间"))
    run_after = models.DateTimeField(_("最早开始时间"))
    started_at = models.DateTimeField(_("开始时间"), null=True, blank=True)
    finished_at = models.DateTimeField(_("结束时间"), null=True, blank=True)

    attempts = models.PositiveSmallIntegerField(_("已尝试次数"), default=0)
    attempts_allowed = models.PositiveSmallIntegerField(_("最多尝试次数"), default=3)
    # Who runs it. With `attempts` this is the fence: a process that lost the job can write nothing to it.
    worker = models.CharField(_("运行进程"), max_length=80, blank=True)
    heartbeat_at = models.DateTimeField(_("最近心跳"), null=True, blank=True)
    cancel_requested = models.BooleanField(_("已请求取消"), default=False)

    done = models.PositiveBigIntegerField(_("已处理"), default=0)
    total = models.PositiveBigIntegerField(_("总数"), null=True, blank=True)
    message = models.CharField(_("进展"), max_length=300, blank=True)
    result = models.JSONField(_("结果"), null=True, blank=True, encoder=DjangoJSONEncoder)
    error = models.CharField(_("错误"), max_length=1000, blank=True)
    error_detail = models.TextField(_("错误详情"), blank=True)

    class Meta:
        verbose_name = _("后台作业")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=JobState.values), name="jobs_job_state_known"),
            models.UniqueConstraint(
                fields=["unique_key"],
                condition=Q(state__in=LIVE) & ~Q(unique_key=""),
                name="jobs_job_one_live",
            ),
        ]
        indexes = [
            models.Index(
                fields=["run_after", "id"], condition=Q(state=JobState.QUEUED), name="jobs_job_next"
            ),
            models.Index(fields=["heartbeat_at"], condition=Q(state=JobState.RUNNING), name="jobs_job_beat"),
            models.Index(fields=["by", "-queued_at"], name="jobs_job_mine"),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.kind})"

    @property
    def ref(self) -> Ref:
        """Its name across rooms."""
        return Ref("jobs", "job", str(self.pk))

    @property
    def trouble(self) -> str:
        """Its error in the reader's language, where the house itself has words for it."""
        return gettext(self.error) if self.error else ""

    @property
    def phase(self) -> JobState:
        """Its state as a member of the enumeration."""
        return JobState(self.state)

    @property
    def percent(self) -> int | None:
        """Whole per cent done, or None while the total is unknown."""
        return min(100, self.done * 100 // self.total) if self.total else None

    @property
    def result_address(self) -> str:
        """Where the result is looked at: a path of this site, or empty."""
        address = (self.result or {}).get("address", "")
        # Only our own paths: a result is data, and data must not send people elsewhere.
        return address if address.startswith("/") and not address.startswith("//") else ""


class Schedule(models.Model):
    """When a job of some kind is queued again and again (定时计划)."""

    name = models.CharField(_("名称"), max_length=80, unique=True)
    title = models.CharField(_("说明"), max_length=200)
    kind = models.CharField(_("作业类型"), max_length=80)
    payload = models.JSONField(_("参数"), default=dict, encoder=DjangoJSONEncoder)
    when = models.CharField(_("时间规则"), max_length=80)
    enabled = models.BooleanField(_("启用"), default=True)
    next_at = models.DateTimeField(_("下次时间"))
    last_at = models.DateTimeField(_("上次时间"), null=True, blank=True)
    last_job = models.ForeignKey(
        Job, models.SET_NULL, verbose_name=_("上次作业"), related_name="+", null=True, blank=True
    )

    class Meta:
        verbose_name = _("定时计划")

    def __str__(self) -> str:
        return self.name

    @property
    def ref(self) -> Ref:
        """Its name across rooms."""
        return Ref("jobs", "schedule", self.name)


class OutboxEvent(models.Model):
    """A fact announced in the transaction that made it true (待送事件)."""

    name = models.CharField(_("事件"), max_length=120)
    payload = models.JSONField(_("内容"), encoder=DjangoJSONEncoder)
    announced_at = models.DateTimeField(_("发布时间"))
    spread_at = models.DateTimeField(_("分发时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("待送事件")
        indexes = [
            models.Index(fields=["id"], condition=Q(spread_at__isnull=True), name="jobs_outbox_unspread")
        ]

    def __str__(self) -> str:
        return f"{self.name} #{self.pk}"


class Delivery(models.Model):
    """One event on its way to one consumer (事件送达)."""

    event = models.ForeignKey(OutboxEvent, models.CASCADE, verbose_name=_("事件"), related_name="deliveries")
    consumer = models.CharField(_("接收方"), max_length=120)
    state = models.CharField(_("状态"), max_length=12, choices=DeliveryState, default=DeliveryState.PENDING)
    attempts = models.PositiveSmallIntegerField(_("已尝试次数"), default=0)
    due_at = models.DateTimeField(_("下次尝试时间"))
    delivered_at = models.DateTimeField(_("送达时间"), null=True, blank=True)
    error = models.CharField(_("错误"), max_length=1000, blank=True)

    class Meta:
        verbose_name = _("事件送达")
        constraints = [
            models.UniqueConstraint(fields=["event", "consumer"], name="jobs_delivery_once"),
            models.CheckConstraint(
                condition=Q(state__in=DeliveryState.values), name="jobs_delivery_state_known"
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at", "id"], condition=Q(state=DeliveryState.PENDING), name="jobs_delivery_next"
            )
        ]

    def __str__(self) -> str:
        return f"{self.event_id} → {self.consumer}"

    @property
    def ref(self) -> Ref:
        """Its name across rooms."""
        return Ref("jobs", "delivery", str(self.pk))

    @property
    def phase(self) -> DeliveryState:
        """Its state as a member of the enumeration."""
        return DeliveryState(self.state)


class WorkerSeen(models.Model):
    """A worker process, and when it last gave a sign of life (后台进程)."""

    name = models.CharField(_("进程"), max_length=80, unique=True)
    started_at = models.DateTimeField(_("启动时间"))
    seen_at = models.DateTimeField(_("最近心跳"))

    class Meta:
        verbose_name = _("后台进程")

    def __str__(self) -> str:
        return self.name
