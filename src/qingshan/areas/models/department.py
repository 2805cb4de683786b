"""Departments: bureaus, townships, committees and their sections."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from qingshan.areas.kinds import DepartmentKind, SuccessionKind
from qingshan.areas.models.district import District
from qingshan.areas.models.succession import Succession
from qingshan.history.public import Version
from qingshan.kernel.refs import Ref


class NamesField(models.JSONField):
    """A list of names."""

    def shown(self, found: list[str]) -> str:
        """How a history prints it."""
        return "、".join(found)


class Department(models.Model):
    """A department (单位): what stays when its name changes.

    ``name`` and ``district`` are those of the newest version.
    """

    name = models.CharField(_("名称"), max_length=120)
    district = models.ForeignKey(
        District, models.PROTECT, related_name="departments", verbose_name=_("所在辖区")
    )
    ended_on = models.DateField(_("撤并日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("单位")
        ordering = ("name", "pk")

    def __str__(self) -> str:
        return self.name

    @property
    def ref(self) -> Ref:
        """Its name across rooms."""
        return Ref("areas", "department", str(self.pk))


class DepartmentVersion(Version):
    """What a department was called, and where it belonged, from one day to another (单位版本)."""

    subject = models.ForeignKey(Department, models.CASCADE, related_name="versions", verbose_name=_("单位"))
    name = models.CharField(_("名称"), max_length=120)
    short_name = models.CharField(_("简称"), max_length=60, blank=True)
    aliases = NamesField(_("其他称谓"), default=list, blank=True)
    kind = models.CharField(
        _("单位性质"), max_length=12, choices=DepartmentKind, default=DepartmentKind.BUREAU
    )
    district = models.ForeignKey(District, models.PROTECT, related_name="+", verbose_name=_("所在辖区"))
    parent = models.ForeignKey(
        Department, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("上级单位")
    )
    # All names, one a line with a line end on both sides: found with LIKE on either database,
    # where asking inside a JSON list would need PostgreSQL.
    lookup = models.TextField(_("查找用名称"), editable=False)

    class Meta:
        verbose_name = _("单位版本")
        ordering = ("subject", "number")
        constraints = [
            *Version.version_constraints("areas_department"),
            models.CheckConstraint(condition=Q(kind__in=DepartmentKind.values), name="areas_department_kind"),
        ]


class DepartmentSuccession(Succession):
    """One department's duties come to another (职责承接); without ``later`` nobody follows."""

    earlier = models.ForeignKey(
        Department, models.PROTECT, related_name="successions", verbose_name=_("原单位")
    )
    later = models.ForeignKey(
        Department,
        models.PROTECT,
        related_name="predecessions",
        verbose_name=_("承接单位"),
        null=True,
        blank=True,
    )

    class Meta:
        verbose_name = _("单位承接")
        ordering = ("on", "pk")
        constraints = [
            models.UniqueConstraint(fields=["earlier", "later"], name="areas_department_follows_once"),
            models.CheckConstraint(
                condition=~Q(earlier=F("later")) | Q(later__isnull=True), name="areas_department_not_itself"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=SuccessionKind.values), name="areas_department_succession_kind"
            ),
        ]
