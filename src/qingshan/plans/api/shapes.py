"""What a field of a call may hold, in words, where the shape of a call was refused."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from qingshan.plans.states import WorkState
from qingshan.plans.vocabulary import Finding, MeasuredKind

__all__ = ["allowed", "place_of"]

#: Enumerations of the interface, to name the choices as the pages call them.
_ENUMERATIONS: tuple[Any, ...] = (MeasuredKind, Finding, WorkState)
#: Parts of a place that name where the call carries something, not what.
_CARRIERS = frozenset({"body", "query", "path", "payload"})


def place_of(error: Mapping[str, Any]) -> tuple[int | None, str]:
    """Return the row, counted from one where a call sends several, and the field that an error is about."""
    parts = [part for part in error.get("loc", ()) if part not in _CARRIERS]
    row = next((part + 1 for part in parts if isinstance(part, int)), None)
    return row, ".".join(str(part) for part in parts if not isinstance(part, int))


def allowed(error: Mapping[str, Any]) -> str:
    """Return what the field may hold, in the language of the interface.

    Parameters
    ----------
    error : mapping
        One error of the reader of calls: ``type`` and, where the type has a bound, ``ctx``.
    """
    context: Mapping[str, Any] = error.get("ctx", {})
    kind = str(error.get("type", ""))
    if kind in _BOUNDS:
        return _BOUNDS[kind](context)
    for prefix, words in _PREFIXES.items():
        if kind.startswith(prefix):
            return words()
    return _("接口说明中这个字段的格式，见 /api/v1/docs")


_BOUNDS: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "missing": lambda _context: _("必填"),
    "greater_than_equal": lambda context: _("不小于 %s") % context["ge"],
    "greater_than": lambda context: _("大于 %s") % context["gt"],
    "less_than_equal": lambda context: _("不大于 %s") % context["le"],
    "less_than": lambda context: _("小于 %s") % context["lt"],
    "string_too_long": lambda context: _("最多 %d 个字") % context["max_length"],
    "string_too_short": lambda context: _("至少 %d 个字") % context["min_length"],
    "enum": lambda context: _choices(str(context["expected"])),
    "literal_error": lambda context: _choices(str(context["expected"])),
    "extra_forbidden": lambda _context: _("没有这个字段"),
}
_PREFIXES: dict[str, Callable[[], str]] = {
    "int": lambda: _("整数"),
    "decimal": lambda: _('数值，写成文本以保留位数，如 "95.40"'),
    "float": lambda: _('数值，写成文本以保留位数，如 "95.40"'),
    "finite": lambda: _('数值，写成文本以保留位数，如 "95.40"'),
    "date": lambda: _("日历上有的日期，如 2025-06-30"),
    "bool": lambda: _("true 或 false"),
    "string": lambda: _("文字"),
    "list": lambda: _("列表"),
    "json": lambda: _("JSON 对象，UTF-8 编码"),
    "dict": lambda: _("JSON 对象，UTF-8 编码"),
    "model": lambda: _("JSON 对象，UTF-8 编码"),
}


def _choices(expected: str) -> str:
    """The words a field may hold, each with what the pages call it."""
    words = re.findall(r"'([^']*)'", expected)
    known = next((one for one in _ENUMERATIONS if set(one.values) == set(words)), None)
    named = _("%(word)s（%(label)s）")
    shown = (word if known is None else named % {"word": word, "label": known(word).label} for word in words)
    return "、".join(shown)
