"""Typed targets (类型化目标): what a printed cell means, in words, as data, and as an exact bound.

Pure: no database, no clock. `Typed` and `Quantity` are the shapes of the plan packs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from qingshan.plans.packs.shapes import Quantity, Typed
from qingshan.plans.packs.words import Direction, Operator, ValueKind

__all__ = [
    "MOST_DIGITS",
    "Quantity",
    "Typed",
    "against_direction",
    "binding_operator",
    "quantity_from",
    "quantity_in_words",
    "satisfies",
    "typed_from",
    "typed_in_words",
    "written_quantity",
    "written_typed",
]

#: More digits than any instrument gives; what has more was left behind by a formula.
MOST_DIGITS = 15

_SIGNS = {
    Operator.AT_LEAST: "≥",
    Operator.AT_MOST: "≤",
    Operator.EQUAL: "",
    Operator.MORE_THAN: ">",
    Operator.LESS_THAN: "<",
}


def written_typed(typed: Typed) -> dict[str, Any]:
    """Return a typed value as plain data: decimals as text, and only what it says.

    Examples
    --------
    >>> written_typed(Typed(ValueKind.NUMBER, Operator.AT_LEAST, Decimal("92.50"), "%"))
    {'kind': 'number', 'operator': '>=', 'value': '92.50', 'unit': '%'}
    """
    found: dict[str, Any] = {"kind": typed.kind.value}
    for name in ("operator", "direction"):
        if (member := getattr(typed, name)) is not None:
            found[name] = member.value
    if typed.value is not None:
        found["value"] = format(typed.value, "f")
    for name in ("unit", "implied", "authority", "text", "criterion", "raw"):
        if told := getattr(typed, name):
            found[name] = told
    if typed.parts:
        found["parts"] = [written_typed(part) for part in typed.parts]
    return dict(sorted(found.items(), key=lambda pair: _ORDER[pair[0]]))


_ORDER = {field.name: place for place, field in enumerate(fields(Typed))}


def typed_from(data: Mapping[str, Any]) -> Typed:
    """Read back what `written_typed` wrote.

    Raises
    ------
    ValueError
        An unknown kind, operator, direction or field.
    """
    unknown = set(data) - set(_ORDER)
    if unknown:
        raise ValueError(f"no such part of a typed value: {', '.join(sorted(unknown))}")
    plain = {
        name: data[name]
        for name in ("unit", "implied", "authority", "text", "criterion", "raw")
        if name in data
    }
    return Typed(
        kind=ValueKind(data["kind"]),
        operator=Operator(data["operator"]) if "operator" in data else None,
        value=Decimal(data["value"]) if "value" in data else None,
        direction=Direction(data["direction"]) if "direction" in data else None,
        parts=tuple(typed_from(part) for part in data.get("parts", ())),
        **plain,
    )


def typed_in_words(typed: Typed) -> str:
    """Return a typed value as an official would write it.

    Examples
    --------
    >>> typed_in_words(Typed(ValueKind.NUMBER, Operator.AT_LEAST, Decimal("92.5"), "%"))
    '≥92.5%'
    >>> typed_in_words(Typed(ValueKind.ASSIGNED, authority="阳江市"))
    '由阳江市下达'
    """
    if typed.kind is ValueKind.NUMBER:
        sign = "" if typed.implied or typed.operator is None else _SIGNS[typed.operator]
        return f"{sign}{typed.value:f}{typed.unit}"
    if typed.kind is ValueKind.ALL_OF:
        return _("，且").join(typed_in_words(part) for part in typed.parts)
    if typed.kind is ValueKind.ASSIGNED:
        return _("由%(authority)s下达") % {"authority": typed.authority}
    words = {
        ValueKind.KEEP_NOT_WORSE: _("不低于基准水平"),
        ValueKind.ELIMINATE: _("全面消除"),
        ValueKind.NO_DATA: typed.raw or _("未列数据"),
    }
    return typed.text or words.get(typed.kind, typed.raw)


def binding_operator(typed: Typed, direction: Direction | None) -> Operator:
    """Return how a number binds: as printed, or, when the text leaves it out, by the direction.

    A bare 45.1 of something that should be high is at least 45.1; of something that should be low,
    at most. Without a direction a bare number is met by itself alone.

    Examples
    --------
    >>> bare = Typed(ValueKind.NUMBER, Operator.EQUAL, Decimal("45.1"), "%", implied=True)
    >>> binding_operator(bare, Direction.HIGHER_BETTER), binding_operator(bare, None)
    (<Operator.AT_LEAST: '>='>, <Operator.EQUAL: '='>)
    """
    if typed.operator is not None and not (typed.implied and typed.operator is Operator.EQUAL):
        return typed.operator
    return _IMPLIED.get(direction, Operator.EQUAL)


_IMPLIED: dict[Direction | None, Operator] = {
    Direction.HIGHER_BETTER: Operator.AT_LEAST,
    Direction.LOWER_BETTER: Operator.AT_MOST,
    Direction.WITHIN: Operator.AT_MOST,
}


def satisfies(value: Decimal, operator: Operator, bound: Decimal) -> bool:
    """Return whether a value meets a bound, exactly."""
    return {
        Operator.AT_LEAST: value >= bound,
        Operator.AT_MOST: value <= bound,
        Operator.EQUAL: value == bound,
        Operator.MORE_THAN: value > bound,
        Operator.LESS_THAN: value < bound,
    }[operator]


def against_direction(typed: Typed, direction: Direction | None) -> bool:
    """Whether a target bounds the good side: 控制在 ≤ on a rate where higher is better, or ≥ on a burden.

    Such a target would be met by doing worse; the page says so and a person has to look at it.

    Examples
    --------
    >>> within = Typed(ValueKind.NUMBER, Operator.AT_MOST, Decimal("95"), "%")
    >>> against_direction(within, Direction.HIGHER_BETTER), against_direction(within, Direction.LOWER_BETTER)
    (True, False)
    """
    if typed.kind is ValueKind.ALL_OF:
        return any(against_direction(part, direction) for part in typed.parts)
    wrong: dict[Direction | None, frozenset[Operator]] = {
        Direction.HIGHER_BETTER: frozenset({Operator.AT_MOST, Operator.LESS_THAN}),
        Direction.LOWER_BETTER: frozenset({Operator.AT_LEAST, Operator.MORE_THAN}),
    }
    return typed.operator in wrong.get(direction, frozenset())


def written_quantity(quantity: Quantity) -> dict[str, Any]:
    """Return a physical quantity as plain data."""
    found: dict[str, Any] = {"what": quantity.what, "unit": quantity.unit}
    if quantity.operator is not None:
        found["operator"] = quantity.operator.value
    if quantity.value is not None:
        found["value"] = format(quantity.value, "f")
    for name in ("deadline", "since"):
        if (year := getattr(quantity, name)) is not None:
            found[name] = year
    return found


def quantity_from(data: Mapping[str, Any]) -> Quantity:
    """Read back what `written_quantity` wrote."""
    return Quantity(
        what=data["what"],
        operator=Operator(data["operator"]) if "operator" in data else None,
        value=Decimal(data["value"]) if "value" in data else None,
        unit=data.get("unit", ""),
        deadline=data.get("deadline"),
        since=data.get("since"),
    )


def quantity_in_words(quantity: Quantity) -> str:
    """Return a physical quantity as one phrase.

    Examples
    --------
    >>> quantity_in_words(Quantity("新建省级森林公园", None, Decimal(1), "个", 2019, None))
    '新建省级森林公园1个（2019年底前）'
    """
    sign = _SIGNS[quantity.operator] if quantity.operator else ""
    number = "" if quantity.value is None else f"{sign}{quantity.value:f}{quantity.unit}"
    when = "".join(
        (
            _("（%d年起）") % quantity.since if quantity.since else "",
            _("（%d年底前）") % quantity.deadline if quantity.deadline else "",
        )
    )
    return f"{quantity.what}{number}{when}"
