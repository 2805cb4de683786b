"""What a cell of a table to be imported may hold, and how it is read."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext_lazy as _

from qingshan.pages.public import in_every_language
from qingshan.plans.codes import is_code
from qingshan.plans.models.project import YUAN_PER_WAN
from qingshan.plans.printed import read_printed
from qingshan.plans.targets import MOST_DIGITS

__all__ = [
    "BadCell",
    "choice",
    "code",
    "day",
    "names",
    "number",
    "target",
    "text",
    "wan_in_yuan",
    "year",
]

FIRST_YEAR, LAST_YEAR = 1990, 2099


class BadCell(ValueError):
    """A cell does not hold what its column may; the words say what is allowed."""


def text(longest: int) -> Callable[[str], str]:
    """A text of at most so many characters."""

    def read(found: str) -> str:
        if len(found) > longest:
            raise BadCell(_("最多 %d 个字") % longest)
        return found

    return read


def code(found: str) -> str:
    """A code that can stand in an address."""
    if not is_code(found):
        raise BadCell(_("文字、数字和 - _ . ·（），不能有空格和斜线"))
    return text(60)(found)


def year(found: str) -> int:
    """A year of four digits."""
    if not (found.isdecimal() and FIRST_YEAR <= int(found) <= LAST_YEAR):
        raise BadCell(_("四位年份，%(first)d 至 %(last)d") % {"first": FIRST_YEAR, "last": LAST_YEAR})
    return int(found)


def whole(found: str) -> int:
    """A whole number from 1 to 32,767."""
    if not (found.isdecimal() and 1 <= int(found) <= 32_767):
        raise BadCell(_("1 至 32767 的整数"))
    return int(found)


def day(found: str) -> date:
    """A day that is in the calendar."""
    try:
        return date.fromisoformat(found.replace("/", "-").replace(".", "-"))
    except ValueError:
        raise BadCell(_("日历上有的日期，如 2025-06-30")) from None


def number(found: str) -> Decimal:
    """A number kept as written. One with endless digits is what a formula left behind, and is refused."""
    try:
        value = Decimal(found.replace(",", "").replace("，", ""))
    except InvalidOperation:
        raise BadCell(_("数值，如 95.4；不带单位和符号")) from None
    if not value.is_finite() or len(value.as_tuple().digits) > MOST_DIGITS:
        raise BadCell(_("不超过 %d 位有效数字的数值，请先修约") % MOST_DIGITS)
    return value


def wan_in_yuan(found: str) -> int:
    """Money in ten thousand yuan (万元), returned as whole yuan."""
    yuan = number(found) * YUAN_PER_WAN
    if yuan < 0 or yuan != yuan.to_integral_value():
        raise BadCell(_("不小于零的万元数，最多四位小数"))
    return int(yuan)


def choice(words: Mapping[Any, Any]) -> Callable[[str], Any]:
    """One of some words, by label in any language of the interface, or by key."""

    @functools.cache
    def known() -> dict[str, Any]:
        by_label = {said: key for key, label in words.items() for said in in_every_language(label)}
        return {str(getattr(key, "value", key)): key for key in words} | by_label

    def read(found: str) -> Any:
        if found not in known():
            raise BadCell("、".join(str(label) for label in words.values()))
        return known()[found]

    return read


def target(found: str) -> Any:
    """A target as people write it."""
    return read_printed(found)


def names(found: str) -> tuple[str, ...]:
    """Several names, divided by 、 or ； or a line end."""
    for sign in ("；", ";", "\n", "，", ","):
        found = found.replace(sign, "、")
    return tuple(dict.fromkeys(name.strip() for name in found.split("、") if name.strip()))
