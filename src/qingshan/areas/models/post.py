"""Posts, and who held them when. What is assigned to a post outlives the person."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from qingshan.areas.models.department import Department
from qingshan.kernel.refs import Ref


class Post(models.Model):
    """A post in a department (岗位)."""

    name = models.CharField(_("岗位名称"), max_length=60)
    department = models.ForeignKey(
        Department, models.PROTECT, related_name="posts", verbose_name=_("所属单位")
    )
    duties = models.CharField(_("岗位职责"), max_length=500, blank=True)
    leads = models.BooleanField(_("负责人岗位"), default=False)

    class Meta:
        verbose_name = _("岗位")
        ordering = ("department", "-leads", "name")
        constraints = [
            models.UniqueConstraint(fields=["department", "name"], name="areas_post_name_once"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def ref(self) -> Ref:
        """Its name across rooms."""
        return Ref("areas", "post", str(self.pk))


class PostHolding(models.Model):
    """Somebody holds a post from one day to another (任职); an empty end means until further notice."""

    post = models.ForeignKey(Post, models.PROTECT, related_name="holdings", verbose_name=_("岗位"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="post_holdings", verbose_name=_("任职人")
    )
    from_on = models.DateField(_("任职日期"))
    to_on = models.DateField(_("离任日期"), null=True, blank=True)
    note = models.CharField(_("说明"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("任职")
        ordering = ("-from_on", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["post", "user"], condition=Q(to_on__isnull=True), name="areas_post_held_once"
            ),
            models.CheckConstraint(
                condition=Q(to_on__isnull=True) | Q(to_on__gte=F("from_on")), name="areas_post_span_in_order"
            ),
        ]
