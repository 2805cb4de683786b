"""The two halves of a record that changes: an identity that stays, and its dated versions. And its steps.

A room declares an identity table (``Indicator``: what never changes, its key) and a version
table deriving from `Version` (``IndicatorVersion``: everything that may change) with a foreign
key ``subject`` to the identity. Two clocks run in it:

- ``valid_from`` / ``valid_to``: the days on which the version is what holds (half-open; an empty
  end means "until further notice"). The as-of date of a page asks these.
- ``recorded_at`` / ``recorded_by`` / ``reason``: when, by whom and why it was entered.

The spans of one subject never overlap, because only `history.actions` writes them.

Where a record lives by a `Flow`, the steps of its life are a table deriving from `Move`.
"""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from qingshan.history.columns import person
from qingshan.kernel.flow import Flow


class VersionQuerySet(models.QuerySet[Any]):
    """Versions, asked by the day on which they held."""

    def on(self, day: date) -> Self:
        """Those that hold on this day."""
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day), valid_from__lte=day)

    def current(self) -> Self:
        """Those that hold until further notice."""
        return self.filter(valid_to__isnull=True)


class Version(models.Model):
    """One dated version of a record (版本)."""

    number = models.PositiveIntegerField(_("版本号"), default=1)
    valid_from = models.DateField(_("生效日期"))
    valid_to = models.DateField(_("失效日期"), null=True, blank=True)
    recorded_at = models.DateTimeField(_("登记时间"))
    recorded_by = person(_("登记人"), null=True, blank=True)
    reason = models.CharField(_("变更理由"), max_length=500, blank=True)

    objects = VersionQuerySet.as_manager()

    class Meta:
        abstract = True

    @classmethod
    def version_constraints(cls, table: str) -> list[models.BaseConstraint]:
        """The constraints every version table declares in its own ``Meta``; ``table`` names them."""
        return [
            models.UniqueConstraint(fields=["subject", "number"], name=f"{table}_number_once"),
            models.UniqueConstraint(
                fields=["subject"], condition=Q(valid_to__isnull=True), name=f"{table}_one_current"
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name=f"{table}_span_in_order",
            ),
        ]


class Move(models.Model):
    """One step of a record's life (办理过程): what people read. The audit keeps its own record.

    The table of a room adds the key of its record, and the states before and after where it keeps them.
    """

    #: The life cycle that the record lives by.
    flow: ClassVar[Flow[Any]]

    move = models.CharField(_("操作"), max_length=16)
    by = person(_("办理人"), null=True, blank=True)
    at = models.DateTimeField(_("时间"))
    note = models.CharField(_("意见"), max_length=500, blank=True)

    class Meta:
        abstract = True
        ordering = ("pk",)

    @property
    def label(self) -> str:
        """The step in words."""
        return self.flow.label(self.move)
