"""Columns that tables of many rooms have, declared in one way."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from django.conf import settings
from django.db import models


def person(label: Any, *, null: bool = False, blank: bool = False) -> Any:
    """Declare the column of who did something (经办人); null where the system itself did, or nobody yet."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=label,
        related_name="+",
        null=null,
        blank=blank,
    )


def one_of(field: str, words: type[StrEnum] | type[models.TextChoices], table: str) -> models.CheckConstraint:
    """Declare that a column holds a word of its enumeration and nothing else; ``table`` begins the name."""
    return models.CheckConstraint(
        condition=models.Q(**{f"{field}__in": [str(word.value) for word in words]}),
        name=f"{table}_{field}_known",
    )
