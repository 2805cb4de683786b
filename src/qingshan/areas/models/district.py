"""Districts: divisions with a national code, and functional areas with our own."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from qingshan.areas.kinds import DistrictKind, SuccessionKind
from qingshan.areas.models.succession import Succession
from qingshan.history.public import Version
from qingshan.kernel.refs import Ref

#: No province has this number (they run from 11 to 82): the fictional county lives there.
FICTIONAL = "99"


class District(models.Model):
    """A district (辖区): what stays when its name, code or superior changes.

    ``code`` and ``name`` are those of the newest version. A division has 6, 9 or 12 digits; a functional
    area has the six digits of the division around it, a hyphen and letters of our own (441700-GX).
    """

    code = models.CharField(_("区划代码"), max_length=16, unique=True)
    name = models.CharField(_("名称"), max_length=60)
    kind = models.CharField(_("类型"), max_length=10, choices=DistrictKind, default=DistrictKind.DIVISION)
    level = models.PositiveSmallIntegerField(_("层级"), help_text=_("1 省、2 市、3 县、4 镇街、5 村居"))
    simulated = models.BooleanField(_("虚构"), default=False)

    class Meta:
        verbose_name = _("辖区")
        ordering = ("code",)
        constraints = [
            models.CheckConstraint(
                condition=Q(simulated=True, code__startswith=FICTIONAL)
                | (Q(simulated=False) & ~Q(code__startswith=FICTIONAL)),
                name="areas_district_fiction_has_its_own_codes",
            ),
            models.CheckConstraint(
                condition=Q(level__gte=1, level__lte=5), name="areas_district_level_1_to_5"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def ref(self) -> Ref:
        """Its name across rooms."""
        return Ref("areas", "district", str(self.pk))


class DistrictVersion(Version):
    """What a district was called, and where it belonged, from one day to another (辖区版本)."""

    subject = models.ForeignKey(District, models.CASCADE, related_name="versions", verbose_name=_("辖区"))
    code = models.CharField(_("区划代码"), max_length=16)
    name = models.CharField(_("名称"), max_length=60)
    short_name = models.CharField(_("简称"), max_length=30, blank=True)
    parent = models.ForeignKey(
        District, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("上级辖区")
    )

    class Meta:
        verbose_name = _("辖区版本")
        ordering = ("subject", "number")
        constraints = Version.version_constraints("areas_district")


class DistrictSuccession(Succession):
    """One district was merged into another, or dissolved (辖区承接)."""

    earlier = models.ForeignKey(
        District, models.PROTECT, related_name="successions", verbose_name=_("原辖区")
    )
    later = models.ForeignKey(
        District,
        models.PROTECT,
        related_name="predecessions",
        verbose_name=_("承接辖区"),
        null=True,
        blank=True,
    )

    class Meta:
        verbose_name = _("辖区承接")
        ordering = ("on", "pk")
        constraints = [
            models.UniqueConstraint(fields=["earlier", "later"], name="areas_district_follows_once"),
            models.CheckConstraint(
                condition=~Q(earlier=F("later")) | Q(later__isnull=True), name="areas_district_not_itself"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=SuccessionKind.values), name="areas_district_succession_kind"
            ),
        ]
