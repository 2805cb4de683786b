"""Who holds which role, where, from when to when."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from qingshan.accounts.models.user import User
from qingshan.accounts.roles import Role, roles
from qingshan.kernel.refs import Ref


class Grant(models.Model):
    """One role held by one user (授权). It is ended, never deleted; the last day is not covered any more."""

    user = models.ForeignKey(User, models.PROTECT, related_name="grants", verbose_name=_("用户"))
    role = models.CharField(_("角色"), max_length=40)
    district = models.ForeignKey(
        "areas.District", models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("辖区")
    )
    department = models.ForeignKey(
        "areas.Department", models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("单位")
    )
    from_on = models.DateField(_("生效日期"))
    to_on = models.DateField(_("失效日期"), null=True, blank=True)
    granted_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("授予人")
    )
    granted_at = models.DateTimeField(_("授予时间"))
    reason = models.CharField(_("授权依据"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("授权")
        ordering = ("user", "-from_on", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(to_on__isnull=True) | Q(to_on__gte=F("from_on")),
                name="accounts_grant_span_in_order",
            ),
        ]

    @property
    def ref(self) -> Ref:
        """Its name across rooms."""
        return Ref("accounts", "grant", str(self.pk))

    @property
    def definition(self) -> Role:
        """What the role allows."""
        return roles()[self.role]
