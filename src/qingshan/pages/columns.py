"""Table columns of the house: figures, states, days and links, on the page and in the export."""

from __future__ import annotations

from datetime import date
from typing import Any

import django_tables2 as tables
from django.utils.html import format_html
from django.utils.safestring import SafeString

from qingshan.kernel.figure import Figure
from qingshan.pages.badges import badge_of
from qingshan.pages.templatetags import figures


class FigureColumn(tables.Column):  # type: ignore[misc]
    """A column of `Figure`: right-aligned on the page, a number or its text in the export."""

    def __init__(self, *args: Any, **options: Any) -> None:
        options.setdefault("attrs", {"td": {"class": "number"}, "th": {"class": "number"}})
        options.setdefault("orderable", False)
        super().__init__(*args, empty_values=(), **options)

    def render(self, value: Figure | None) -> SafeString:
        return figures.figure(value)

    def value(self, value: Figure | None) -> Any:
        if value is None:
            return None
        return value.value if value.value is not None else value.text or value.missing


class StateColumn(tables.Column):  # type: ignore[misc]
    """A column of states: badge on the page, word in the export."""

    def render(self, value: Any) -> SafeString:
        return figures.state(value)

    def value(self, value: Any) -> str:
        return badge_of(value).label


class DayColumn(tables.Column):  # type: ignore[misc]
    """A column of days."""

    def render(self, value: date) -> SafeString:
        return figures.day(value)

    def value(self, value: date | None) -> date | None:
        return value


class TitleColumn(tables.Column):  # type: ignore[misc]
    """The column that names the row and leads to it (``linkify`` given as usual); heads its row."""

    def __init__(self, *args: Any, **options: Any) -> None:
        options.setdefault("attrs", {"td": {"class": "title"}})
        super().__init__(*args, **options)


class NoteColumn(tables.Column):  # type: ignore[misc]
    """A longer text, cut on the page and whole in the export."""

    def render(self, value: str) -> SafeString:
        return format_html('<span class="note" title="{}">{}</span>', value, value)

    def value(self, value: str) -> str:
        return value
