"""Family of examples about ecology: both indices, their grades and changes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from qingshan.evaluation.conformance.examples import Example, Family, Unsupported
from qingshan.evaluation.conformance.given import by_period
from qingshan.evaluation.conformance.printed import as_printed
from qingshan.evaluation.ecology_rules import EcologyRules, Index
from qingshan.kernel.basis import Missing
from qingshan.science.ecology.index import Change
from qingshan.science.ecology.limitation import Limitation

__all__ = ["FAMILIES"]

RULES = EcologyRules(on=None, allow_unverified=True)
"""Examples carry no date, and compare with a reference: they judge nobody."""

_EI_PARTS = {
    "bio": "biology",
    "veg": "vegetation",
    "water": "water",
    "land_stress": "land_stress",
    "pollution_load": "pollution_load",
}
_EQI_PARTS = ("pattern", "function", "biodiversity", "stress")


def _ecology(example: Example) -> dict[str, Any]:
    for keys, compute in _SHAPES.items():
        if keys <= set(example.inputs):
            return compute(example)
    raise Unsupported(f"no calculation takes {sorted(example.inputs)}")


def _ei(example: Example) -> dict[str, Any]:
    found = RULES.judge_ei({part: example.inputs[key] for key, part in _EI_PARTS.items()})
    return {"EI": _number(found.value), "grade": found.grade}


def _eqi(example: Example) -> dict[str, Any]:
    found = RULES.judge_eqi({part: example.inputs[part] for part in _EQI_PARTS})
    value = as_printed(_number(found.value), example.expected.get("EQI"), 2)
    return {"EQI": value, "class": found.grade}


def _published(example: Example) -> dict[str, Any]:
    found = RULES.grade(_index(example), example.inputs["value"])
    return {"class": found.grade, "grade": found.grade}


def _limited(example: Example) -> dict[str, Any]:
    found = RULES.limit_ei(example.inputs["EI"], [Limitation(example.inputs["limitation"])])
    return {"EI_limited": _number(found.value), "grade": found.grade}


def _change(example: Example) -> dict[str, Any]:
    found = RULES.change(Index.EI, example.inputs["EI_before"], example.inputs["EI_after"])
    return {"delta": found.delta, "change_grade": _worded(found)}


def _worded(found: Change) -> str:
    """Size of a change with its direction; the smallest size has none."""
    smallest = RULES.change(Index.EI, 0, 0).size
    return found.size if found.size == smallest else f"{found.size}({found.direction})"


def _years(example: Example) -> dict[str, Any]:
    index = _index(example)
    values = by_period(example.inputs["values"])
    if len(values) != 2:
        raise Unsupported("a change is one between two years")
    found = RULES.change(index, *values)
    return {"change": found.delta, "wording": RULES.bulletin_word(index, found.size)}


def _index(example: Example) -> Index:
    return Index(str(example.inputs["index"]).lower())


def _number(value: Fraction | Missing) -> Fraction:
    if isinstance(value, Missing):
        raise Unsupported(value.reason)
    return value


_SHAPES: Mapping[frozenset[str], Callable[[Example], dict[str, Any]]] = {
    frozenset(_EI_PARTS): _ei,
    frozenset(_EQI_PARTS): _eqi,
    frozenset({"index", "value"}): _published,
    frozenset({"index", "values"}): _years,
    frozenset({"EI", "limitation"}): _limited,
    frozenset({"EI_before", "EI_after"}): _change,
}

FAMILIES: Mapping[str, Family] = {"ecology": Family(_ecology)}
