"""Families of examples about sewage plants and rural sewage treatment."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from qingshan.evaluation.conformance.examples import Example, Family, Unsupported
from qingshan.evaluation.conformance.given import given_number
from qingshan.evaluation.sewage_rules import PlantGrade, RuralFacility, SewageRules
from qingshan.kernel.basis import Missing
from qingshan.kernel.rounding import Exact, round_places
from qingshan.science.water.sewage import (
    EffluentLimit,
    Exceedance,
    effluent_compliance,
    influent_strength,
)

__all__ = ["FAMILIES"]

RULES = SewageRules(on=None, allow_unverified=True)
"""Examples carry no date, and compare with a reference: they judge nobody."""

_REMARKS = frozenset({"note"})
_WARM, _COLD = 13, 12
"""°C on either side of the line between the two limits of ammonia nitrogen."""


def _plant(example: Example) -> dict[str, Any]:
    given = example.inputs
    if "influent_BOD" in given:
        line, _ = RULES.influent_line()
        strength = influent_strength([(given_number(given["influent_BOD"]), 1)], line)
        if isinstance(strength.needs_plan, Missing):
            raise Unsupported(strength.needs_plan.reason)
        return {"needs_plan_per_plant": strength.needs_plan}
    limits, _ = RULES.plant_limits(
        PlantGrade(str(given["grade"])),
        given_number(given.get("water_temp"), may_be_negative=True),
        int(given.get("built_year", 2006)),
    )
    values = {item: given_number(raw) for item, raw in given["effluent_daily_mean"].items()}
    found = effluent_compliance(values, limits)
    if isinstance(found.complied, Missing):
        raise Unsupported(found.complied.reason)
    if found.without_limit:
        raise Unsupported(f"no limit applies to {', '.join(found.without_limit)}")
    return {"compliant": found.complied, "exceeds": ", ".join(map(_exceedance, found.exceedances))}


def _exceedance(found: Exceedance) -> str:
    high = found.limit.high
    places = 0
    while round_places(high, places) != high:
        places += 1
    return f"{found.item} {round_places(high, places)}"


def _guangdong(example: Example) -> dict[str, Any]:
    """The stricter of a grade of GB 18918 and grade 1 of DB44/26, cold weather in brackets."""
    named = " ".join(map(str, example.inputs["limits"]))
    grade = re.search(r"GB ?18918\S* (1A|1B|2|3)\b", named)
    if grade is None or "DB44/26" not in named or "grade 1" not in named:
        raise Unsupported(f"no pair of standards is read from {named!r}")
    warm, cold = (
        _by_item(RULES.stricter_of_both(PlantGrade(grade[1]), temperature)[0])
        for temperature in (_WARM, _COLD)
    )
    return {item: _either(warm[item], cold[item]) for item in warm if item != "pH"}


def _rural(example: Example) -> dict[str, Any]:
    given = example.inputs
    facility = RuralFacility(
        given["scale_m3_d"], function_is_defined=str(given["receiving_function"]) != "undefined"
    )
    limits = _by_item(RULES.rural_limits(facility, _WARM)[0])
    return {"grade": RULES.rural_grade(facility), **{item: limit.high for item, limit in limits.items()}}


def _by_item(limits: Iterable[EffluentLimit]) -> dict[str, EffluentLimit]:
    return {limit.item: limit for limit in limits}


def _either(warm: EffluentLimit, cold: EffluentLimit) -> Exact:
    return warm.high if warm.high == cold.high else f"{warm.high}({cold.high})"


FAMILIES: Mapping[str, Family] = {
    "wwtp": Family(_plant, _REMARKS),
    "wwtp_guangdong": Family(_guangdong, _REMARKS),
    "rural_sewage": Family(_rural, _REMARKS),
}
