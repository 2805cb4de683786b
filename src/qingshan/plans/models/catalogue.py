"""The indicator catalogue (指标目录): what an indicator is, however many plans use it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qingshan.history.public import Version
from qingshan.kernel.refs import Ref
from qingshan.plans.models.fields import one_of
from qingshan.plans.vocabulary import DIRECTIONS, Direction


class CatalogueIndicator(models.Model):
    """An indicator of the catalogue (目录指标)."""

    code = models.CharField(_("编号"), max_length=60, unique=True)

    class Meta:
        verbose_name = _("目录指标")
        ordering = ("code",)

    def __str__(self) -> str:
        return self.code

    @property
    def ref(self) -> Ref:
        """Its name across rooms."""
        return Ref("plans", "catalogue", str(self.pk))


class CatalogueIndicatorVersion(Version):
    """Its definition from one day to another. Lists are kept one item a line."""

    subject = models.ForeignKey(
        CatalogueIndicator, models.CASCADE, related_name="versions", verbose_name=_("目录指标")
    )
    name = models.CharField(_("名称"), max_length=120)
    aliases = models.TextField(_("别名"), blank=True)
    direction = models.CharField(_("方向"), max_length=20, choices=DIRECTIONS)
    unit = models.CharField(pgettext_lazy("measurement", "单位"), max_length=40, blank=True)
    definition = models.TextField(_("含义"))
    formula_words = models.TextField(_("计算方法"), blank=True)
    formula_symbols = models.TextField(_("计算公式"), blank=True)
    data_departments = models.TextField(_("数据来源部门"), blank=True)
    standards = models.TextField(_("依据标准"), blank=True)
    rules = models.TextField(_("考核条件"), blank=True)
    notes = models.TextField(_("说明"), blank=True)

    class Meta:
        verbose_name = _("目录指标版本")
        constraints = [
            *Version.version_constraints("plans_catalogue"),
            one_of("direction", Direction, "plans_catalogue"),
        ]

    def __str__(self) -> str:
        return self.name
