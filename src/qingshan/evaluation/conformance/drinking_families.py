"""Families of examples about sources of drinking water."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from qingshan.evaluation.conformance.examples import Example, Family, Unsupported
from qingshan.evaluation.conformance.printed import as_printed
from qingshan.evaluation.conformance.water_families import RULES
from qingshan.kernel.basis import Missing
from qingshan.kernel.rounding import exact
from qingshan.science.water.basin import rate_percent
from qingshan.science.water.classes import read_class
from qingshan.science.water.drinking import Intake, amount_rate, source_compliance
from qingshan.science.water.readings import amount, read_value

__all__ = ["FAMILIES"]


def _rate(example: Example) -> dict[str, Any]:
    return {
        key: as_printed(rate, example.expected.get(key), 1)
        for key, rate in _exact_rates(example.inputs).items()
    }


def _exact_rates(given: Mapping[str, Any]) -> dict[str, Fraction]:
    if "total_intake" in given:
        by_water = rate_percent(given["compliant_intake"], given["total_intake"])
        found = {"rate_percent": by_water, "rate_by_water": by_water}
        if "sources" in given:
            found["rate_by_number"] = rate_percent(given["compliant"], given["sources"])
        return found
    if "sources" in given:
        compliant = given.get("compliant", given.get("all_year_compliant"))
        return {"rate_percent": rate_percent(compliant, given["sources"])}
    return _rate_of_parts(given)


def _rate_of_parts(given: Mapping[str, Any]) -> dict[str, Fraction]:
    """Months as [water, complied], or cities as [water, compliant water]."""
    if "months" in given:
        intakes = [Intake(exact(water), complied) for water, complied in given["months"]]
    else:
        pairs = [value for value in given.values() if isinstance(value, list) and len(value) == 2]
        if not pairs:
            raise Unsupported("no amounts of water are given")
        intakes = [Intake(exact(good), True) for _, good in pairs]
        intakes += [Intake(exact(water) - exact(good), False) for water, good in pairs]
    total = sum((intake.water for intake in intakes), Fraction(0))
    return {"rate_percent": amount_rate(intakes), "total": total}


def _source(example: Example) -> dict[str, Any]:
    basic = read_class(str(example.inputs.get("basic_class", "")))
    given = {key: value for key, value in example.inputs.items() if key not in ("basic_class", "specific")}
    values = {}
    for item, value in {**given, **example.inputs.get("specific", {})}.items():
        reading = read_value(str(value))
        values[item] = reading if isinstance(reading, Missing) else amount(reading)
    unknown = Missing("class_of_the_basic_items_not_given")
    found = source_compliance(unknown if basic is None else basic, values, RULES.source_scale())
    if isinstance(found.complied, Missing):
        raise Unsupported(found.complied.reason)
    return {
        "compliant": found.complied,
        "exceedance": "、".join(exceedance.label() for exceedance in found.exceedances),
    }


FAMILIES: Mapping[str, Family] = {
    "drinking_rate": Family(_rate),
    "drinking_source": Family(_source),
}
