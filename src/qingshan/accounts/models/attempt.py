"""Attempts to log in, kept to slow down guessing."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class LoginAttempt(models.Model):
    """One attempt (登录尝试). The name is as typed, lower-case; it need not be anybody's."""

    username = models.CharField(_("用户名"), max_length=150)
    address = models.CharField(_("来源地址"), max_length=45)
    at = models.DateTimeField(_("时间"))
    succeeded = models.BooleanField(_("成功"))

    class Meta:
        verbose_name = _("登录尝试")
        ordering = ("-at", "-pk")
        indexes = [
            models.Index(fields=["username", "at"], name="accounts_attempt_name_at"),
            models.Index(fields=["address", "at"], name="accounts_attempt_addr_at"),
        ]
