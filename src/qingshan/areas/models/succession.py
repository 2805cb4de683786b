"""Who follows whom, from which day. Duties are never rewritten: readers follow these rows."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from qingshan.areas.kinds import SuccessionKind


class Succession(models.Model):
    """One body follows another from a day on (职责承接). ``earlier`` and ``later`` come with each table."""

    on = models.DateField(_("承接日期"))
    kind = models.CharField(_("承接方式"), max_length=10, choices=SuccessionKind)
    document = models.CharField(_("依据文件"), max_length=200, blank=True)
    note = models.CharField(_("说明"), max_length=500, blank=True)
    recorded_at = models.DateTimeField(_("登记时间"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("登记人"),
        related_name="+",
        null=True,
        blank=True,
    )

    class Meta:
        abstract = True
