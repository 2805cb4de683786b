"""Facts of a finding as plain data: checked when a person sends them, worded for a card."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from qingshan.intake.errors import BadFacts
from qingshan.intake.fields import HEAD_FIELDS, Field, Holds, fields_of
from qingshan.plans.public import typed_from, written_typed

__all__ = ["checked", "checked_head", "in_words"]

_YEARS = range(1990, 2101)
_DEADLINE = re.compile(r"(|规划期|20\d\d|20\d\d-\d\d-\d\d)")


def checked(kind: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return facts of a finding as they are kept; what is not given is empty.

    Raises
    ------
    BadFacts
        A field is unknown, missing, too long, or of another kind.
    """
    facts = _checked(fields_of(kind), given)
    wrong = {}
    if not _DEADLINE.fullmatch(facts.get("deadline") or ""):
        wrong["deadline"] = _("期限：请写年份（2025）、日期（2025-12-31）或“规划期”")
    start, end = facts.get("start_year"), facts.get("end_year")
    if start and end and end < start:
        wrong["end_year"] = _("完成年 %(end)d 早于起始年 %(start)d") % {"end": end, "start": start}
    if wrong:
        raise BadFacts(wrong)
    return facts


def checked_head(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return a plan's own information as it is kept; required fields may wait until it is entered.

    Raises
    ------
    BadFacts
        A field is unknown, too long, or of another kind; the period ends before it begins.
    """
    head = _checked(HEAD_FIELDS, given, whole=False)
    first, last = head["period_from"], head["period_to"]
    if first and last and last < first:
        told = _("规划期止 %(last)d 早于规划期起 %(first)d") % {"last": last, "first": first}
        raise BadFacts({"period_to": told})
    return head


def _checked(fields: tuple[Field, ...], given: Mapping[str, Any], *, whole: bool = True) -> dict[str, Any]:
    wrong = {name: _("没有这个字段：%s") % name for name in given if name not in {f.name for f in fields}}
    found: dict[str, Any] = {}
    for one in fields:
        try:
            found[one.name] = _CHECKS[one.holds](one, given.get(one.name, one.empty))
        except ValueError as error:
            wrong[one.name] = _("%(label)s：%(told)s") % {"label": one.label, "told": error}
            continue
        if whole and one.required and found[one.name] in ("", None, []):
            wrong[one.name] = _("请填写%s") % one.label
    if wrong:
        raise BadFacts(wrong)
    return found


def _text(field: Field, value: Any) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        raise ValueError(_("应为文字"))
    if len(value.strip()) > field.longest:
        raise ValueError(_("最多 %d 字") % field.longest)
    return value.strip()


def _integer(field: Field, value: Any) -> int | None:
    if value in (None, ""):
        return None
    try:
        found = int(str(value))
    except ValueError:
        raise ValueError(_("“%s”不是整数") % value) from None
    if ("year" in field.name or field.name.startswith("period") or field.name == "since") and (
        found not in _YEARS
    ):
        raise ValueError(_("“%d”不是年份") % found)
    return found


def _decimal(field: Field, value: Any) -> str | None:
    if value in (None, ""):
        return None
    if isinstance(value, float):
        raise ValueError(_("请以文字给出数值"))
    try:
        found = Decimal(str(value).replace(",", "").strip())
    except InvalidOperation:
        raise ValueError(_("“%s”不是数值") % value) from None
    if not found.is_finite() or len(found.as_tuple().digits) > 18:
        raise ValueError(_("“%s”不是数值") % value)
    return format(found, "f")


def _day(field: Field, value: Any) -> str | None:
    if value in (None, ""):
        return None
    try:
        return date.fromisoformat(str(value)).isoformat()
    except ValueError:
        raise ValueError(_("“%s”不是日期，应如 2025-12-31") % value) from None


def _choice(field: Field, value: Any) -> str:
    if value in (None, ""):
        return ""
    if value not in field.choices:
        allowed = "、".join(str(label) for label in field.choices.values())
        raise ValueError(_("“%(value)s”不在可选之列：%(allowed)s") % {"value": value, "allowed": allowed})
    return str(value)


def _names(field: Field, value: Any) -> list[str]:
    if not isinstance(value, list | tuple) or not all(isinstance(one, str) for one in value):
        raise ValueError(_("应为名称的列表"))
    if any(len(one) > field.longest for one in value):
        raise ValueError(_("每项最多 %d 字") % field.longest)
    return list(dict.fromkeys(one.strip() for one in value if one.strip()))


def _printed(field: Field, value: Any) -> dict[str, Any] | None:
    if not value:
        return None
    if not isinstance(value, Mapping) or set(value) - {"year", "raw", "typed", "note"}:
        raise ValueError(_("应为年份和所印文字"))
    raw, note = str(value.get("raw") or "").strip(), str(value.get("note") or "").strip()
    if not raw:
        return None
    if max(len(raw), len(note)) > field.longest:
        raise ValueError(_("最多 %d 字") % field.longest)
    found: dict[str, Any] = {"year": _integer(Field("year", ""), value.get("year")), "raw": raw}
    if note:
        found["note"] = note
    if value.get("typed"):
        try:
            found["typed"] = written_typed(typed_from(value["typed"]))
        except (KeyError, ValueError, ArithmeticError, AttributeError, TypeError):
            raise ValueError(_("“%s”的含义不合要求，见 docs/plan-packs.md") % raw) from None
    return found


def _printed_list(field: Field, value: Any) -> list[dict[str, Any]]:
    if not isinstance(value, list | tuple):
        raise ValueError(_("应为年份和所印文字的列表"))
    found = [one for one in (_printed(field, item) for item in value) if one]
    years = [one["year"] for one in found]
    if len(set(years)) != len(years):
        raise ValueError(_("同一年份有两个目标"))
    return found


def _quantities(field: Field, value: Any) -> list[dict[str, Any]]:
    if not isinstance(value, list | tuple):
        raise ValueError(_("应为建设规模的列表"))
    found = []
    for item in value:
        if not isinstance(item, Mapping) or set(item) - {"what", "value", "unit"}:
            raise ValueError(_("每项建设规模应有名称、数值和单位"))
        what = str(item.get("what") or "").strip()
        if what:
            unit = str(item.get("unit") or "").strip()
            found.append({"what": what, "value": _decimal(field, item.get("value")), "unit": unit})
    return found


_CHECKS = {
    Holds.TEXT: _text,
    Holds.LONG_TEXT: _text,
    Holds.INTEGER: _integer,
    Holds.DECIMAL: _decimal,
    Holds.DAY: _day,
    Holds.CHOICE: _choice,
    Holds.NAMES: _names,
    Holds.PRINTED: _printed,
    Holds.PRINTED_LIST: _printed_list,
    Holds.QUANTITIES: _quantities,
}


def in_words(kind: str, facts: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return label and words of every field that says something, for a card or two versions side by side."""
    return [
        (str(one.label), words) for one in fields_of(kind) if (words := _worded(one, facts.get(one.name)))
    ]


def _worded(field: Field, value: Any) -> str:
    if value in (None, "", []):
        return ""
    if field.holds is Holds.CHOICE:
        return str(field.choices.get(value, value))
    if field.holds is Holds.NAMES:
        return "、".join(value)
    if field.holds is Holds.PRINTED:
        return _printed_words(value)
    if field.holds is Holds.PRINTED_LIST:
        return "；".join(map(_printed_words, value))
    if field.holds is Holds.QUANTITIES:
        return "；".join(f"{one['what']}{one['value'] or ''}{one['unit']}" for one in value)
    return str(value)


def _printed_words(value: Mapping[str, Any]) -> str:
    if not value.get("year"):
        return str(value["raw"])
    return _("%(year)s年 %(raw)s") % {"year": value["year"], "raw": value["raw"]}
