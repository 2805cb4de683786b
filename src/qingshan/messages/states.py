"""The life of a notice, and of its sending through one channel."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from qingshan.kernel.flow import Flow


class NoticeState(models.TextChoices):
    """Where a notice stands with the person it is for (消息状态)."""

    UNREAD = "unread", _("未读")
    READ = "read", _("已读")
    SIGNED = "signed", _("已签收")

    @property
    def tone(self) -> str:
        """The tone of its badge."""
        return _NOTICE_TONES[self]


class SendingState(models.TextChoices):
    """Where the sending of a notice through one channel stands (发送状态)."""

    WAITING = "waiting", _("待发送")
    SENT = "sent", _("已发送")
    GIVEN_UP = "given_up", _("发送失败")
    DROPPED = "dropped", _("不再发送")

    @property
    def tone(self) -> str:
        """The tone of its badge."""
        return _SENDING_TONES[self]


_NOTICE_TONES = {NoticeState.UNREAD: "warn", NoticeState.READ: "plain", NoticeState.SIGNED: "good"}
_SENDING_TONES = {
    SendingState.WAITING: "wait",
    SendingState.SENT: "good",
    SendingState.GIVEN_UP: "bad",
    SendingState.DROPPED: "idle",
}

NOTICE_FLOW = Flow(
    {
        (NoticeState.UNREAD, "read"): NoticeState.READ,
        (NoticeState.UNREAD, "sign"): NoticeState.SIGNED,
        (NoticeState.READ, "sign"): NoticeState.SIGNED,
    },
    labels={"read": _("阅读"), "sign": _("签收")},
)

SENDING_FLOW = Flow(
    {
        (SendingState.WAITING, "send"): SendingState.SENT,
        (SendingState.WAITING, "give_up"): SendingState.GIVEN_UP,
        (SendingState.WAITING, "drop"): SendingState.DROPPED,
    },
    labels={"send": _("发送"), "give_up": _("放弃"), "drop": _("取消")},
)
