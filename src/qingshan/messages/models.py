"""Notices, their sendings, what people wish, the house's own wordings, webhook addresses."""

from __future__ import annotations

import uuid
from datetime import time

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qingshan.kernel.refs import Ref
from qingshan.messages.states import NoticeState, SendingState
from qingshan.messages.timing import Pace, Quiet

PACES = [
    (Pace.AT_ONCE.value, _("立即")),
    (Pace.DAILY.value, _("每日汇总")),
    (Pace.WEEKLY.value, _("每周汇总")),
    (Pace.NEVER.value, _("不发送")),
]


class Notice(models.Model):
    """One notice to one person (消息), in the words and the language it was sent in."""

    to = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name=_("收件人"), related_name="notices"
    )
    template = models.CharField(_("模板"), max_length=80)
    batch = models.UUIDField(_("批次"), default=uuid.uuid4, editable=False)
    subject = models.CharField(_("标题"), max_length=300)
    body = models.TextField(_("正文"))
    about = models.CharField(_("相关记录"), max_length=120, blank=True)
    address = models.CharField(_("链接"), max_length=300, blank=True)
    urgent = models.BooleanField(_("紧急"), default=False)
    needs_receipt = models.BooleanField(_("需要签收"), default=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("发件人"),
        related_name="+",
        null=True,
        blank=True,
    )
    sent_at = models.DateTimeField(_("发出时间"))
    state = models.CharField(_("状态"), max_length=12, choices=NoticeState, default=NoticeState.UNREAD)
    read_at = models.DateTimeField(_("阅读时间"), null=True, blank=True)
    signed_at = models.DateTimeField(_("签收时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("消息")
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=NoticeState.values), name="notices_notice_state_known"
            ),
            models.UniqueConstraint(fields=["batch", "to"], name="notices_notice_once"),
        ]
        indexes = [
            models.Index(fields=["to", "-sent_at"], name="notices_notice_inbox"),
            models.Index(fields=["to"], condition=Q(state=NoticeState.UNREAD), name="notices_notice_unread"),
            models.Index(fields=["about"], name="notices_notice_about"),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def ref(self) -> Ref:
        """Its name across rooms."""
        return Ref("messages", "notice", str(self.pk))

    @property
    def phase(self) -> NoticeState:
        """Its state as a member of the enumeration."""
        return NoticeState(self.state)

    @property
    def waits_for_receipt(self) -> bool:
        """Whether it is still to be signed for."""
        return self.needs_receipt and self.phase is not NoticeState.SIGNED


class Sending(models.Model):
    """A notice on its way through one channel out of the house (外发)."""

    notice = models.ForeignKey(Notice, models.CASCADE, verbose_name=_("消息"), related_name="sendings")
    channel = models.CharField(_("渠道"), max_length=60)
    in_digest = models.BooleanField(_("汇总发送"), default=False)
    state = models.CharField(_("状态"), max_length=12, choices=SendingState, default=SendingState.WAITING)
    attempts = models.PositiveSmallIntegerField(_("已尝试次数"), default=0)
    due_at = models.DateTimeField(_("最早发送时间"))
    sent_at = models.DateTimeField(_("发送时间"), null=True, blank=True)
    error = models.CharField(_("错误"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("外发")
        constraints = [
            models.UniqueConstraint(fields=["notice", "channel"], name="notices_sending_once"),
            models.CheckConstraint(
                condition=Q(state__in=SendingState.values), name="notices_sending_state_known"
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at"], condition=Q(state=SendingState.WAITING), name="notices_sending_due"
            )
        ]

    def __str__(self) -> str:
        return f"{self.notice_id} → {self.channel}"

    @property
    def phase(self) -> SendingState:
        """Its state as a member of the enumeration."""
        return SendingState(self.state)


class Preferences(models.Model):
    """How one person wishes to be told (接收偏好). The inbox always holds everything."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name=_("用户"), related_name="notice_preferences"
    )
    email = models.CharField(_("电子邮件"), max_length=10, choices=PACES, default=Pace.AT_ONCE.value)
    webhook = models.CharField(_("单位消息平台"), max_length=10, choices=PACES, default=Pace.AT_ONCE.value)
    quiet_from = models.TimeField(_("免打扰开始"), default=time(22, 0))
    quiet_to = models.TimeField(_("免打扰结束"), default=time(7, 30))
    quiet_on_rest_days = models.BooleanField(_("休息日和节假日不打扰"), default=False)
    digest_at = models.TimeField(_("汇总发送时间"), default=time(8, 30))
    digest_weekday = models.PositiveSmallIntegerField(
        _("每周汇总发送日"), default=1, validators=[MinValueValidator(1), MaxValueValidator(7)]
    )

    class Meta:
        verbose_name = _("接收偏好")
        constraints = [
            models.CheckConstraint(
                condition=Q(digest_weekday__gte=1, digest_weekday__lte=7), name="notices_preferences_weekday"
            )
        ]

    def __str__(self) -> str:
        return str(self.user_id)

    @property
    def quiet(self) -> Quiet:
        """Its quiet hours and digest times."""
        return Quiet(
            from_time=self.quiet_from,
            to_time=self.quiet_to,
            on_rest_days=self.quiet_on_rest_days,
            digest_at=self.digest_at,
            digest_weekday=self.digest_weekday,
        )

    def pace(self, channel: str) -> Pace:
        """How often a channel (``email``, ``webhook:...``) may speak."""
        return Pace(self.webhook if channel.startswith("webhook:") else self.email)


class Wording(models.Model):
    """The bureau's own words in place of a template's (自定义文字)."""

    template = models.CharField(_("模板"), max_length=80)
    language = models.CharField(_("语言"), max_length=10, choices=settings.LANGUAGES)
    subject = models.CharField(_("标题"), max_length=300)
    body = models.TextField(_("正文"))
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("修改人"), related_name="+"
    )
    changed_at = models.DateTimeField(_("修改时间"))

    class Meta:
        verbose_name = _("自定义文字")
        constraints = [models.UniqueConstraint(fields=["template", "language"], name="notices_wording_once")]

    def __str__(self) -> str:
        return f"{self.template} ({self.language})"


class Endpoint(models.Model):
    """An address of the bureau's own message platform (单位消息平台地址) that notices are posted to."""

    name = models.SlugField(_("名称"), max_length=40, unique=True)
    address = models.URLField(_("网址"), max_length=300)
    secret = models.CharField(
        _("签名密钥"),
        max_length=200,
        help_text=_("用于对每次推送计算 HMAC-SHA256 签名，接收方据此核对来源。"),
    )
    enabled = models.BooleanField(_("启用"), default=True)

    class Meta:
        verbose_name = _("消息平台地址")

    def __str__(self) -> str:
        return self.name

    @property
    def ref(self) -> Ref:
        """Its name across rooms."""
        return Ref("messages", "endpoint", self.name)

    @property
    def channel(self) -> str:
        """The channel it is."""
        return f"webhook:{self.name}"
