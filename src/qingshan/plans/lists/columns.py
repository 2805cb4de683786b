"""Columns that only the ledger has."""

from __future__ import annotations

from typing import Any

import django_tables2 as tables
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from qingshan.plans.queries.responsibilities import Share


class DepartmentsColumn(tables.Column):  # type: ignore[misc]
    """Who answers for the row: names as they are on the as-of date, the lead first."""

    def __init__(self, *args: Any, **options: Any) -> None:
        options.setdefault("verbose_name", _("责任单位"))
        options.setdefault("orderable", False)
        super().__init__(*args, empty_values=(), **options)

    def render(self, value: list[Share]) -> SafeString:
        if not value:
            return format_html('<span class="missing">{}</span>', _("未写明"))
        return format_html_join("、", "{}", ((share.name,) for share in value))

    def value(self, value: list[Share]) -> str:
        return "、".join(share.name for share in value)
