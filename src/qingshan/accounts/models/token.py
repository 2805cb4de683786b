"""Personal tokens for the programming interface."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from qingshan.accounts.models.user import User
from qingshan.kernel.refs import Ref


class ApiToken(models.Model):
    """One token of one user (访问令牌). Only its digest is kept; the text is shown once."""

    user = models.ForeignKey(User, models.CASCADE, related_name="tokens", verbose_name=_("用户"))
    name = models.CharField(_("用途"), max_length=60)
    digest = models.CharField(max_length=64, unique=True)
    hint = models.CharField(_("末四位"), max_length=4)
    may_write = models.BooleanField(_("允许填报"), default=False)
    issued_at = models.DateTimeField(_("建立时间"))
    expires_at = models.DateTimeField(_("到期时间"))
    used_at = models.DateTimeField(_("最近使用"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("撤销时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("访问令牌")
        ordering = ("-issued_at", "-pk")

    @property
    def ref(self) -> Ref:
        """Its name across rooms."""
        return Ref("accounts", "token", str(self.pk))
