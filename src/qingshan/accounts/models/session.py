"""Where somebody is logged in."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from qingshan.accounts.models.user import User


class SessionRecord(models.Model):
    """One log-in on one device (会话). ``key`` is the server-side session's; deleting both ends it."""

    user = models.ForeignKey(User, models.CASCADE, related_name="session_records")
    key = models.CharField(max_length=40, unique=True)
    address = models.CharField(_("来源地址"), max_length=45)
    device = models.CharField(_("设备"), max_length=200, blank=True)
    began_at = models.DateTimeField(_("登录时间"))
    seen_at = models.DateTimeField(_("最近活动"))

    class Meta:
        verbose_name = _("会话")
        ordering = ("-seen_at", "-pk")
