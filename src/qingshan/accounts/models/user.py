"""People who may log in."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qingshan.kernel.refs import Ref


class User(AbstractUser):
    """A person who may log in (用户).

    What they may do comes from their grants alone; ``is_staff`` and ``is_superuser`` grant nothing here.
    """

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]

    display_name = models.CharField(_("姓名"), max_length=60)
    phone = models.CharField(_("电话"), max_length=30, blank=True)
    department = models.ForeignKey(
        "areas.Department",
        models.PROTECT,
        verbose_name=_("所在单位"),
        related_name="users",
        null=True,
        blank=True,
    )
    district = models.ForeignKey(
        "areas.District",
        models.PROTECT,
        verbose_name=_("所在辖区"),
        related_name="users",
        null=True,
        blank=True,
    )
    language = models.CharField(
        _("界面语言"), max_length=10, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )
    single_sign_on_name = models.CharField(
        _("统一身份"),
        max_length=150,
        null=True,
        blank=True,
        unique=True,
        help_text=_("统一身份认证平台给出的用户名；填写后可由该平台登录本账户"),
    )
    is_simulated = models.BooleanField(_("虚构人员"), default=False)
    must_change_password = models.BooleanField(_("须修改口令"), default=False)
    password_changed_at = models.DateTimeField(_("口令修改时间"), null=True, blank=True)
    locked_at = models.DateTimeField(_("锁定时间"), null=True, blank=True)
    locked_reason = models.CharField(_("锁定原因"), max_length=200, blank=True)

    REQUIRED_FIELDS = []

    class Meta:
        verbose_name = _("用户")
        ordering = ("username",)
        constraints = [
            models.CheckConstraint(
                condition=~Q(single_sign_on_name=""), name="accounts_user_single_sign_on_null_not_empty"
            ),
        ]

    def __str__(self) -> str:
        return self.display_name or self.username

    @property
    def ref(self) -> Ref:
        """Its name across rooms."""
        return Ref("accounts", "user", str(self.pk))

    @property
    def may_log_in(self) -> bool:
        """Neither closed nor locked."""
        return self.is_active and self.locked_at is None

    def get_full_name(self) -> str:
        """The name shown to people."""
        return str(self)

    def get_short_name(self) -> str:
        """The name shown to people."""
        return str(self)


class FormerPassword(models.Model):
    """A password somebody had before, hashed, so that it is not taken again (历史口令)."""

    user = models.ForeignKey(User, models.CASCADE, related_name="former_passwords")
    password = models.CharField(max_length=128)
    at = models.DateTimeField()

    class Meta:
        ordering = ("-at", "-pk")
