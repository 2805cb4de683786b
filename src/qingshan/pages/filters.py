"""Filters that several lists share."""

from __future__ import annotations

from typing import Any

import django_filters
from django_filters.constants import EMPTY_VALUES

__all__ = ["WordsFilter"]


class WordsFilter(django_filters.CharFilter):  # type: ignore[misc]
    """Words sought within a column, in capitals or not.

    Chinese has no capitals, and folding them in every row doubles what a search through 100,000 titles costs
    PostgreSQL: the letters are folded only where the words sought have any.
    """

    def filter(self, qs: Any, value: Any) -> Any:
        """Keep the rows in which the words stand."""
        if value in EMPTY_VALUES:
            return qs
        lookup = "contains" if value.upper() == value.lower() else "icontains"
        return qs.filter(**{f"{self.field_name}__{lookup}": value})
