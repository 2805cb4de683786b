"""Families of examples about risk: enterprises, events, warnings of heavy pollution."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from qingshan.evaluation.conformance.examples import Example, Family, Unsupported
from qingshan.evaluation.conformance.printed import as_printed
from qingshan.evaluation.risk_rules import RiskRules
from qingshan.kernel.basis import Missing
from qingshan.science.risk.enterprise import (
    Medium,
    RiskGrade,
    Substance,
    enterprise_grade,
    process_score,
    quantity_ratio,
)
from qingshan.science.risk.warnings import forecast_level

__all__ = ["FAMILIES"]

RULES = RiskRules(on=None, allow_unverified=True)
"""Examples carry no date, and compare with a reference: they judge nobody."""

_MEDIA = {medium.label: medium for medium in Medium}
_GRADES = {grade.label: grade for grade in RiskGrade}
_COUNTS = {
    "deaths": "deaths",
    "poisoned": "poisoned_or_injured",
    "evacuated": "evacuated",
    "loss_yuan": "loss",
}
_SOURCES = {
    "prefecture-level city": "prefecture_city_or_above",
    "prefecture-level city or above": "prefecture_city_or_above",
    "county-level city": "county_city",
    "township": "township",
}


def _enterprise(example: Example) -> dict[str, Any]:
    for keys, compute in _SHAPES.items():
        if keys <= set(example.inputs):
            return compute(example)
    raise Unsupported(f"no calculation takes {sorted(example.inputs)}")


def _medium(example: Example) -> dict[str, Any]:
    given = example.inputs
    if isinstance(given["Q"], str):
        return _medium_of_classes(example)
    medium = _MEDIA[str(given.get("medium", Medium.AIR.label))]
    found = RULES.judge_medium(medium, given["Q"], given["M"], given["E"])
    return {"Q_class": found.q, "M_class": found.m, "grade": found.grade.label, "label": found.label}


def _medium_of_classes(example: Example) -> dict[str, Any]:
    """Classes instead of numbers: the least number of each class stands for it."""
    given = example.inputs
    book = RULES.rulebook("enterprises")
    quantity, control = (
        book.number(table, **{label: given[label.upper()]})
        for table, label in (("q_classes", "q"), ("m_classes", "m"))
    )
    medium = _MEDIA[str(given.get("medium", Medium.AIR.label))]
    found = RULES.judge_medium(medium, quantity, control, given["E"])
    return {"label": found.label, "grade": found.grade.label}


def _processes(example: Example) -> dict[str, Any]:
    given = example.inputs
    sets = int(given["production_lines"]) * int(given["processes_each"])
    found = process_score([given["score_per_set"]] * sets, RULES.score_cap("process"))
    return {"sum": found.total, "process_score": found.counted}


def _substances(example: Example) -> dict[str, Any]:
    ratio = quantity_ratio([Substance(row["w"], row["W"]) for row in example.inputs["substances"]])
    return {"Q": as_printed(ratio, example.expected.get("Q"), 1), "class": RULES.quantity_class(ratio)}


def _both_media(example: Example) -> dict[str, Any]:
    air, water = (_GRADES[str(example.inputs[medium])] for medium in Medium)
    return {"enterprise": enterprise_grade(air, water).label}


def _event(example: Example) -> dict[str, Any]:
    counts, facts = {}, {}
    for key, value in example.inputs.items():
        if key in _COUNTS:
            counts[_COUNTS[key]] = Missing("blank") if value is None else value
        elif key == "water_source_cut":
            facts[key] = _SOURCES[str(value)]
        elif key == "impact":
            facts["cross_border"] = str(value).replace("-", "_")
        else:
            raise Unsupported(f"{key!r} is no criterion of an event")
    return {"grade": RULES.judge_event(counts, facts).grade.label}


def _warning(example: Example) -> dict[str, Any]:
    given = example.inputs
    if "daily_AQI" not in given:
        day = date.fromisoformat(str(given["date"]))
        return {"levels": list(RiskRules(day, allow_unverified=True).warning_words())}
    # An edition is told by its year: what held on the last day of it.
    rules = RiskRules(date(int(given["edition"]), 12, 31), allow_unverified=True)
    forecast = [Missing("blank") if value is None else int(value) for value in given["daily_AQI"]]
    level = forecast_level(forecast, rules.warning_rule())
    return {"level": None if level is None else level.label}


_SHAPES: Mapping[frozenset[str], Callable[[Example], dict[str, Any]]] = {
    frozenset({"E", "M", "Q"}): _medium,
    frozenset({"processes_each", "production_lines", "score_per_set"}): _processes,
    frozenset({"substances"}): _substances,
    frozenset({"air", "water"}): _both_media,
}

FAMILIES: Mapping[str, Family] = {
    "risk_hj941": Family(_enterprise),
    "emergency_event": Family(_event),
    "heavy_pollution": Family(_warning),
}
