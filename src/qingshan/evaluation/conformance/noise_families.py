"""Family of examples about noise: levels, grades, zones, boundaries."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from qingshan.evaluation.conformance.examples import Example, Family, Unsupported
from qingshan.evaluation.conformance.printed import as_printed
from qingshan.evaluation.noise_rules import NoiseRules, Source
from qingshan.kernel.rounding import exact
from qingshan.science.noise.grades import NoiseGrade, Road, attainment_rate, noise_grade, road_mean
from qingshan.science.noise.levels import day_night_level, equivalent_level
from qingshan.science.noise.limits import LevelVerdict, Period

__all__ = ["FAMILIES"]

RULES = NoiseRules(on=None, allow_unverified=True)
"""Examples carry no date, and compare with a reference: they judge nobody."""

_KINDS = {"region": "area", "road": "road"}
_LEVEL_WORDS = ("L", "Leq", "level", "LAeq", "dB")
_POSSIBLE = (Fraction(20), Fraction(140))
_STANDARDS = {NoiseRules.STANDARDS[source]: source for source in Source}


def _noise(example: Example) -> dict[str, Any]:
    for keys, compute in _SHAPES.items():
        if keys <= set(example.inputs):
            return compute(example)
    raise Unsupported(f"no calculation takes {sorted(example.inputs)}")


def _grade(example: Example) -> dict[str, Any]:
    kind, _, period = str(example.inputs["type"]).partition("_")
    found = noise_grade(example.inputs["mean"], RULES.grade_scale(_KINDS[kind], Period(period)))
    return {"grade": _in_form(found, example.expected.get("grade")), "grade_level": int(found)}


def _in_form(grade: NoiseGrade, printed: Any) -> Any:
    """The grade as the bulletin writes it; a place that it names behind the grade is no part of it."""
    if not isinstance(printed, str):
        return int(grade) if isinstance(printed, int) else grade.label
    words, space, place = printed.partition(" ")
    if "级" not in words:
        return grade.label + space + place
    label = grade.level_label if "(" in words else grade.level_label.partition("(")[0]
    return label + space + place


def _rate(example: Example) -> dict[str, Any]:
    given = example.inputs
    return {"rate_pct": attainment_rate(given["attained"], given["monitored"], RULES.rate_places())}


def _zone(example: Example) -> dict[str, Any]:
    given = example.inputs
    found = RULES.judge_zone(str(given["zone"]), Period(given["period"]), given["Leq"])
    return _against(found) | {"limit": found.limit}


def _zone_maximum(example: Example) -> dict[str, Any]:
    found = RULES.judge_zone_maximum(str(example.inputs["zone"]), example.inputs["night_Lmax"])
    return _against(found) | {"limit_Lmax": found.limit}


def _boundary(example: Example) -> dict[str, Any]:
    given = example.inputs
    rules, source = _told(str(given["standard"]))
    zone = str(given.get("class", given.get("zone", "")))
    level = rules.judge_boundary(source, zone, Period(given["period"]), given["Leq"])
    loudest = rules.judge_boundary_maximum(source, zone, given["Lmax"])
    return {
        "Leq_attained": level.attained,
        "Lmax_attained": loudest.attained,
        "Lmax_limit": loudest.limit,
    }


def _boundary_maximum(event: str) -> Callable[[Example], dict[str, Any]]:
    def compute(example: Example) -> dict[str, Any]:
        given = example.inputs
        rules, source = _told(str(given["standard"]))
        zone = str(given.get("class", given.get("zone", "")))
        found = rules.judge_boundary_maximum(source, zone, given[f"night_{event}_Lmax"], event)
        return _against(found) | {"limit": found.limit}

    return compute


def _told(standard: str) -> tuple[NoiseRules, Source]:
    """The rules with the edition that an example names, and whose noise it limits."""
    code, dash, _ = standard.rpartition("-")
    source = _STANDARDS.get(code if dash else standard)
    if source is None:
        raise Unsupported(f"{standard!r} limits no boundary; known are {sorted(_STANDARDS)}")
    return NoiseRules(None, {source: standard} if dash else {}, allow_unverified=True), source


def _against(found: LevelVerdict) -> dict[str, Any]:
    return {"attained": found.attained, "exceed_dB": found.exceedance}


def _samples(example: Example) -> dict[str, Any]:
    return {"Leq": as_printed(equivalent_level(example.inputs["levels"]), example.expected.get("Leq"), 1)}


def _series(example: Example) -> dict[str, Any]:
    day, night = (equivalent_level(example.inputs[key]) for key in ("day_16h", "night_8h"))
    levels = {"Ld": day, "Ln": night, "Ldn": day_night_level(day, night)}
    return {name: as_printed(level, example.expected.get(name), 1) for name, level in levels.items()}


def _day_night(example: Example) -> dict[str, Any]:
    found = day_night_level(example.inputs["Ld"], example.inputs["Ln"])
    return {"Ldn": as_printed(found, example.expected.get("Ldn"), 1)}


def _roads(example: Example) -> dict[str, Any]:
    mean = road_mean([_road(row) for row in example.inputs["roads"]])
    grade = noise_grade(mean, RULES.grade_scale("road", Period.DAY))
    return {
        "length_weighted_mean": as_printed(mean, example.expected.get("length_weighted_mean"), 1),
        "grade": _in_form(grade, example.expected.get("grade")),
        "grade_level": int(grade),
    }


def _road(row: Any) -> Road:
    """Length and level of a road: named, or as a pair in whichever order makes a level possible."""
    if isinstance(row, Mapping):
        name = next(word for word in _LEVEL_WORDS if word in row)
        (length,) = (value for key, value in row.items() if key not in (name, "name"))
        return Road(length, row[name])
    length, level = row
    low, high = _POSSIBLE
    return Road(length, level) if low <= exact(level) <= high else Road(level, length)


_SHAPES: Mapping[frozenset[str], Callable[[Example], dict[str, Any]]] = {
    frozenset({"mean", "type"}): _grade,
    frozenset({"attained", "monitored"}): _rate,
    frozenset({"standard", "Leq", "Lmax"}): _boundary,
    frozenset({"standard", "night_frequent_Lmax"}): _boundary_maximum("frequent"),
    frozenset({"standard", "night_occasional_Lmax"}): _boundary_maximum("occasional"),
    frozenset({"night_Lmax", "zone"}): _zone_maximum,
    frozenset({"Leq", "period", "zone"}): _zone,
    frozenset({"levels"}): _samples,
    frozenset({"day_16h", "night_8h"}): _series,
    frozenset({"Ld", "Ln"}): _day_night,
    frozenset({"roads"}): _roads,
}

FAMILIES: Mapping[str, Family] = {"noise": Family(_noise)}
