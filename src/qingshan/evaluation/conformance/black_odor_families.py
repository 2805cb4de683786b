"""Families of examples about black-odorous water."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from qingshan.evaluation.black_odor_rules import BlackOdorRules
from qingshan.evaluation.conformance.examples import Example, Family, Unsupported
from qingshan.evaluation.conformance.given import given_number
from qingshan.evaluation.conformance.printed import as_printed
from qingshan.kernel.basis import Missing
from qingshan.science.water.black_odor import (
    BlackOdor,
    body_grade,
    point_grade,
    rural_verdict,
    sample_grade,
    transparency_grade,
)

__all__ = ["FAMILIES"]

RULES = BlackOdorRules(on=None, allow_unverified=True)
"""Examples carry no date, and compare with a reference: they judge nobody."""

_REMARKS = frozenset({"note"})
_CLEAR = frozenset({"clear", "清澈见底", "见底"})


def _values(inputs: Mapping[str, Any], part: str) -> dict[str, Fraction | Missing | BlackOdor]:
    """Values by item; water that is clear to the bottom is not black whatever was measured."""
    values: dict[str, Fraction | Missing | BlackOdor] = {}
    for item in RULES.names(part):
        raw = inputs.get("SD_cm" if item == "SD" else item)
        if item == "SD" and (str(raw) in _CLEAR or inputs.get("sees_bottom") is True):
            values[item] = BlackOdor.NONE
        elif raw is not None:
            values[item] = given_number(raw, may_be_negative=item == "ORP")
    depth = given_number(inputs.get("depth_cm"))
    seen = values.get("SD")
    if isinstance(seen, Fraction) and not isinstance(depth, Missing):
        ladders, _ = RULES.ladders(["SD"], part)
        values["SD"] = transparency_grade(seen, ladders[0], RULES.shallow(part), depth_cm=depth).grade
    return values


def _urban(example: Example) -> dict[str, Any]:
    values = _values(example.inputs, "urban")
    ladders, _ = RULES.ladders(values)
    found = sample_grade(values, ladders)
    if isinstance(found.grade, Missing):
        raise Unsupported(f"there is no grade: {found.grade.reason}")
    return {
        "items": {item: grade.label for item, grade in found.items.items()},
        "worst_single": found.grade.label,
        "grade": found.grade.label,
    }


def _point(example: Example) -> dict[str, Any]:
    given = example.inputs
    counts = {str(item): int(count) for item, count in given["heavy_counts"].items()}
    return {"point_grade": point_grade(int(given["n"]), counts, RULES.heavy()).label}


def _body(example: Example) -> dict[str, Any]:
    given = example.inputs
    return {"body_grade": body_grade(int(given["points"]), int(given["heavy_points"]), RULES.heavy()).label}


def _shallow(example: Example) -> dict[str, Any]:
    given = example.inputs
    ladders, _ = RULES.ladders(["SD"])
    found = transparency_grade(
        given["SD_cm"],
        ladders[0],
        RULES.shallow(),
        depth_cm=given["depth_cm"],
        sees_bottom=bool(given.get("sees_bottom", False)),
    )
    return {
        "threshold_cm": as_printed(found.line_cm, example.expected.get("threshold_cm"), 1),
        "below_threshold": found.grade is not BlackOdor.NONE,
    }


def _rural(example: Example) -> dict[str, Any]:
    values = {
        item: value
        for item, value in _values(example.inputs, "rural").items()
        if not isinstance(value, BlackOdor)
    }
    ladders, _ = RULES.ladders(values, "rural")
    found = rural_verdict(values, ladders)
    if isinstance(found.is_black, Missing):
        raise Unsupported(f"there is no verdict: {found.is_black.reason}")
    return {"black": found.is_black}


FAMILIES: Mapping[str, Family] = {
    "black_odor_urban": Family(_urban, _REMARKS),
    "black_odor_point": Family(_point, _REMARKS),
    "black_odor_body": Family(_body, _REMARKS),
    "black_odor_shallow": Family(_shallow, _REMARKS),
    "black_odor_rural": Family(_rural, _REMARKS),
}
