"""Money typed in ten thousand yuan, and departments to choose from."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from qingshan.areas.public import Department, department_names

__all__ = ["WanField", "YearField", "department_choices", "wan_text"]

_PLAIN = str.maketrans("０１２３４５６７８９．－，", "0123456789.-,")
_YUAN_PER_WAN = 10_000
_MOST_WAN = 100_000_000


class WanField(forms.CharField):
    """Money in ten thousand yuan (万元), kept in whole yuan; four decimals at most."""

    default_error_messages = {
        "number": _("填写的是“%(found)s”；这里填万元数，如 120.5。"),
        "fraction": _("填写的是 %(found)s 万元，不足一元的部分无法登记；最多四位小数。"),
        "range": _("填写的是 %(found)s 万元；应在 0 与一万亿元之间。"),
    }

    def __init__(self, **options: Any) -> None:
        options.setdefault("max_length", 30)
        super().__init__(**options)
        self.widget.attrs["inputmode"] = "decimal"

    def clean(self, value: Any) -> int | None:
        """Return whole yuan."""
        text = super().clean(value)
        if not text:
            return None
        try:
            wan = Decimal(text.translate(_PLAIN).replace(",", "").strip())
        except InvalidOperation:
            wan = Decimal("NaN")
        if not wan.is_finite():
            self._refuse("number", text)
        if not 0 <= wan <= _MOST_WAN:
            self._refuse("range", text)
        yuan = wan * _YUAN_PER_WAN
        if yuan != yuan.to_integral_value():
            self._refuse("fraction", text)
        return int(yuan)

    def _refuse(self, code: str, found: str) -> None:
        raise forms.ValidationError(self.error_messages[code], params={"found": found}, code=code)


class YearField(forms.IntegerField):
    """A year that money may be of."""

    def __init__(self, **options: Any) -> None:
        super().__init__(min_value=1990, max_value=2099, **options)


def wan_text(yuan: int | None) -> str:
    """Return yuan as ten thousand yuan for a form field.

    Examples
    --------
    >>> wan_text(1_205_000), wan_text(None)
    ('120.5', '')
    """
    return "" if yuan is None else format((Decimal(yuan) / _YUAN_PER_WAN).normalize(), "f")


def department_choices(departments: Iterable[Department], on: date) -> list[tuple[str, str]]:
    """Return departments by number and name of the day, sorted by name."""
    names = department_names([one.pk for one in departments], on)
    return sorted(((str(pk), name) for pk, name in names.items()), key=lambda pair: pair[1])
