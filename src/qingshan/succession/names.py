"""What openings and changes of definition are called, for rooms that hold only their names across rooms."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from qingshan.audit.public import Called, namer
from qingshan.succession.models import DefinitionChange, Opening

__all__ = ["names_of"]


def _changes(rows: list[Any]) -> list[str]:
    return [f"{row.catalogue.code} {row}" for row in rows]


names_of = namer(
    opening=Called(Opening, lambda one: reverse("succession:opening", args=[one.pk])),
    change=Called(
        DefinitionChange,
        lambda one: reverse("succession:series", args=[one.catalogue.code]),
        _changes,
        ("catalogue",),
    ),
)
