"""Families of examples about sea water."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from qingshan.evaluation.conformance.examples import Example, Family, Unsupported
from qingshan.evaluation.conformance.given import given_number
from qingshan.evaluation.conformance.printed import as_printed
from qingshan.evaluation.sea_rules import SeaRules
from qingshan.kernel.basis import Missing
from qingshan.science.sea.eutrophication import (
    Eutrophication,
    eutrophication_grade,
    eutrophication_index,
)
from qingshan.science.sea.station import ClassShares, SeaClass, station_class

__all__ = ["FAMILIES"]

RULES = SeaRules(on=None, allow_unverified=True)
"""Examples carry no date, and compare with a reference: they judge nobody."""

_REMARKS = frozenset({"note"})
_GRADES = {
    Eutrophication.NONE: "none",
    Eutrophication.LIGHT: "light",
    Eutrophication.MODERATE: "moderate",
    Eutrophication.HEAVY: "heavy",
}


def _label(found: SeaClass) -> str:
    return found.label if found is SeaClass.INFERIOR else str(int(found))


def _station(example: Example) -> dict[str, Any]:
    read = {item: given_number(raw) for item, raw in example.inputs.items() if item in RULES.names}
    found = station_class(read, RULES.scale(read))
    if isinstance(found.sea_class, Missing):
        raise Unsupported(f"there is no class: {found.sea_class.reason}")
    return {
        "item_classes": {item: _label(one) for item, one in found.item_classes.items()},
        "class": _label(found.sea_class),
    }


_SHARES = ("class1", "class2", "class3", "class4", "worse4")


def _coast(example: Example) -> dict[str, Any]:
    read = [given_number(example.inputs.get(key)) for key in _SHARES]
    shares = [share for share in read if not isinstance(share, Missing)]
    if len(shares) != len(_SHARES):
        raise Unsupported("not all five shares are given")
    one, two, three, four, inferior = shares
    grade, _ = RULES.coast_grade(ClassShares((one, two, three, four, inferior)))
    return {"grade_cn": grade.label}


def _eutrophication(example: Example) -> dict[str, Any]:
    read = [given_number(example.inputs.get(item)) for item in ("COD", "DIN", "DIP")]
    values: list[Fraction] = [value for value in read if not isinstance(value, Missing)]
    if len(values) != len(read):
        raise Unsupported("the index needs COD, DIN and DIP")
    rule = RULES.eutrophication_rule()
    oxygen_demand, nitrogen, phosphate = values
    index = eutrophication_index(oxygen_demand, nitrogen, phosphate, rule.factor)
    return {
        "E": as_printed(index, example.expected.get("E"), 2),
        "grade": _GRADES[eutrophication_grade(index, rule)],
    }


FAMILIES: Mapping[str, Family] = {
    "sea_station": Family(_station, _REMARKS),
    "sea_grade": Family(_coast, _REMARKS),
    "sea_eutrophication": Family(_eutrophication, _REMARKS),
}
