"""What several tables have in common."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


def person(label: Any, *, null: bool = True) -> Any:
    """A column for who did something; empty where the system itself did."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=label, related_name="+", null=null
    )


def known(field: str, words: type[models.TextChoices], table: str) -> models.CheckConstraint:
    """The constraint that a column holds a word of its enumeration."""
    return models.CheckConstraint(
        condition=Q(**{f"{field}__in": words.values}), name=f"funds_{table}_{field}_known"
    )


class Step(models.Model):
    """One step of a life cycle (办理过程): what people read. The audit keeps its own record."""

    move = models.CharField(_("操作"), max_length=16)
    before = models.CharField(_("之前"), max_length=16)
    after = models.CharField(_("之后"), max_length=16)
    note = models.CharField(_("意见"), max_length=500, blank=True)
    by = person(_("办理人"))
    at = models.DateTimeField(_("时间"))

    class Meta:
        abstract = True
        ordering = ("pk",)
