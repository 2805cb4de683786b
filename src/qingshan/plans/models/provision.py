"""What a plan lays down beside its work: duties that must be kept, and what may be done where."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from qingshan.history.public import Version
from qingshan.kernel.refs import Ref
from qingshan.plans.models.fields import one_of
from qingshan.plans.models.plan import Plan
from qingshan.plans.models.shared import Placed
from qingshan.plans.vocabulary import EFFECTS, PROVISION_KINDS, Effect, ProvisionKind


class Provision(models.Model):
    """A provision of a plan's text (规划条款): a duty or a zoning rule."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="provisions", verbose_name=_("规划"))
    code = models.CharField(_("编号"), max_length=60)

    class Meta:
        verbose_name = _("规划条款")
        ordering = ("plan", "code")
        constraints = [models.UniqueConstraint(fields=["plan", "code"], name="plans_provision_code_once")]

    def __str__(self) -> str:
        return self.code

    @property
    def ref(self) -> Ref:
        """Its name across rooms."""
        return Ref("plans", "provision", str(self.pk))


class ProvisionVersion(Version, Placed):
    """A provision as it stands from one day to another.

    A duty (职责) has its code in the catalogue of duties and its name; a zoning rule (准入规则) says what it
    does (``effect``), where (``zone``), to whom (``subjects``, one a line), in the words of the text.
    """

    subject = models.ForeignKey(
        Provision, models.CASCADE, related_name="versions", verbose_name=_("规划条款")
    )
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="+", verbose_name=_("规划"))
    kind = models.CharField(_("类型"), max_length=20, choices=PROVISION_KINDS)
    order = models.PositiveIntegerField(_("次序"))
    duty_code = models.CharField(_("职责代码"), max_length=20, blank=True)
    name = models.CharField(_("职责"), max_length=200, blank=True)
    effect = models.CharField(_("效力"), max_length=20, choices=EFFECTS, blank=True)
    zone = models.CharField(_("区域"), max_length=300, blank=True)
    subjects = models.TextField(_("对象"), blank=True)
    wording = models.TextField(_("规定"), blank=True)
    notes = models.TextField(_("说明"), blank=True)

    class Meta:
        verbose_name = _("规划条款版本")
        constraints = [
            *Version.version_constraints("plans_provision"),
            one_of("kind", ProvisionKind, "plans_provision"),
            models.CheckConstraint(
                condition=models.Q(effect__in=["", *(one.value for one in Effect)]),
                name="plans_provision_effect_known",
            ),
        ]
        indexes = [
            models.Index(
                fields=["plan", "kind", "order", "valid_from", "valid_to"], name="plans_provision_in_order"
            )
        ]

    def __str__(self) -> str:
        return self.name or self.wording
