"""How values are written in a paper, the same in DOCX and PDF."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from qingshan.kernel.figure import Figure
from qingshan.kernel.spans import beijing_time

__all__ = ["day", "figure", "plain"]


def figure(found: Figure) -> str:
    """A figure with its unit; the reason in brackets where there is none; marked when simulated.

    Examples
    --------
    >>> figure(Figure(Decimal("95.4"), "%")), figure(Figure(None, "%", missing="印刷本缺表"))
    ('95.4%', '—（印刷本缺表）')
    """
    if found.is_missing:
        return f"—（{found.missing}）" if found.missing else "—"
    return f"{found.printed}{found.unit}" + (_("（模拟）") if found.simulated else "")


def day(found: date) -> str:
    """A day as papers write it; an instant is taken in Beijing.

    Examples
    --------
    >>> day(date(2026, 11, 20))
    '2026年11月20日'
    """
    local = beijing_time(found) if isinstance(found, datetime) else found
    return f"{local.year}年{local.month}月{local.day}日"


def plain(value: Any) -> Any:
    """Turn a context into what JSON can carry: figures, days and decimals become text.

    Raises
    ------
    TypeError
        A binary float, or a thing papers do not know.
    """
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, Figure):
        return figure(value)
    if isinstance(value, date):
        return day(value)
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, Mapping):
        return {str(key): plain(found) for key, found in value.items()}
    if isinstance(value, list | tuple):
        return [plain(found) for found in value]
    raise TypeError(f"{value!r} ({type(value).__name__}) cannot be written into a paper")
