"""Families of examples about the air: index, composite index, statistics, limits."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from qingshan.evaluation.air_rules import composite_limits, composite_weights, index_rules, scale_of
from qingshan.evaluation.conformance.air_statistics_families import evaluate_statistics
from qingshan.evaluation.conformance.examples import Example, Family, Unsupported
from qingshan.evaluation.conformance.given import given_number
from qingshan.kernel.basis import Missing
from qingshan.kernel.rounding import exact, round_places, round_up_places
from qingshan.science.air import (
    AirIndex,
    IndexRules,
    Publication,
    Scale,
    air_index,
    composite_index,
    grade_of,
    plain_mean,
    publication,
    reporting_steps,
    sub_index,
    to_reference_state,
)
from qingshan.science.statistics import ranks
from qingshan.standards.public import BeforeFirstEdition, NoSuchValue, Rulebook, rules_named, rules_on

__all__ = ["FAMILIES"]

_AVERAGING = re.compile(r"_(?:1h|8h|24h)$")
_GASES = ("SO2", "NO2", "CO", "O3")
_AVERAGES = {"h24": "24h", "h1": "1h", "h8": "mda8", "8h": "mda8", "year": "annual", "quarter": "season"}
_LIMIT_SETS = {"old": "GB 3095-2012", "transition": "GB 3095-2026/transition", "final": "GB 3095-2026/final"}
_COMPOSITE_KEYS = {
    "SO2": "SO2",
    "NO2": "NO2",
    "PM10": "PM10",
    "PM2.5": "PM2.5",
    "CO_P95": "CO",
    "O3_P90": "O3",
}


def _evaluate_index(example: Example) -> Mapping[str, Any]:
    given = example.inputs
    book = rules_named(str(given["edition"]))
    if "item" in given:
        return _one_sub_index(book, str(given["item"]), given["C"])
    if "AQI_from_others" in given:
        return _publication(book, given)
    rules = _rules_for(book, given)
    if "IAQI_unrounded" in given:
        return _from_unrounded(given["IAQI_unrounded"], rules)
    return _from_concentrations(given, rules)


def _rules_for(book: Rulebook, given: Mapping[str, Any]) -> IndexRules:
    """Rules of the report that the example names; of the other one where only that knows its indicators."""
    reports = ["hourly", "daily"] if str(given["type"]).startswith("hourly") else ["daily", "hourly"]
    named = {key for key in given if _AVERAGING.search(key)}
    candidates = [index_rules(book, report) for report in reports]
    return next((rules for rules in candidates if named <= rules.known), candidates[0])


def _one_sub_index(book: Rulebook, item: str, concentration: Decimal) -> Mapping[str, Any]:
    parameter, _, averaging = item.partition("_")
    # An hour of particles is read on the daily scale.
    scale = scale_of(book, parameter, "24h" if parameter.startswith("PM") else averaging)
    steps = reporting_steps(concentration, scale.decimals)
    found = sub_index(steps, scale)
    return {
        "C_rounded": Fraction(steps, 10**scale.decimals),
        "IAQI": None if isinstance(found, Missing) else found,
        "IAQI_unrounded": _unrounded(steps, scale),
    }


def _unrounded(steps: int, scale: Scale) -> Decimal | None:
    """The interpolated value before it is rounded up, to two decimals, as texts print it."""
    fine = Scale(scale.limits, tuple(rung * 10**6 for rung in scale.rungs), scale.decimals, None)
    found = sub_index(steps, fine)
    return None if isinstance(found, Missing) else round_places(Fraction(found, 10**6), 2)


def _publication(book: Rulebook, given: Mapping[str, Any]) -> Mapping[str, Any]:
    aqi = int(given["AQI_from_others"])
    outside = {
        name: int(given["years_without_primary_at_light_or_worse"]) for name in given.get("not_monitored", ())
    }
    found = publication(
        aqi,
        missing=tuple(given.get("missing", ())),
        not_monitored=outside,
        publish_only_above=int(book.number("completeness", rule="publish_only_above")),
        years_needed=int(book.number("completeness", rule="years_never_primary")),
        mark_missing=str(book.cell("completeness", rule="mark_missing").value),
        mark_not_monitored=str(book.cell("completeness", rule="mark_not_monitored").value),
    )
    return _published(found, aqi, index_rules(book, "daily"))


def _published(found: Publication, aqi: int, rules: IndexRules) -> Mapping[str, Any]:
    marks = {f"mark_for_{name}": mark for name, mark in found.marks.items()}
    if not found.is_published:
        return {"publish_AQI": False, "mark": found.mark, **marks}
    return {"publish_AQI": True, "AQI": aqi, "category": grade_of(aqi, rules.grades).name, **marks}


def _from_unrounded(given: Mapping[str, Any], rules: IndexRules) -> Mapping[str, Any]:
    read = {name: given_number(value) for name, value in given.items()}
    whole = {n: int(round_up_places(value)) for n, value in read.items() if not isinstance(value, Missing)}
    if not whole:
        raise Unsupported("no sub-index is given")
    aqi = max(whole.values())
    primary = [name for name, value in whole.items() if value == aqi] if aqi > rules.primary_above else []
    return {"AQI": aqi, "IAQI": whole, "primary": primary, "category": grade_of(aqi, rules.grades).name}


def _from_concentrations(given: Mapping[str, Any], rules: IndexRules) -> Mapping[str, Any]:
    keys = {name: key for key in given if (name := _indicator(key, rules)) is not None}
    scales = dict(rules.scales) | dict(rules.fallbacks.values())
    steps = {name: _steps(given[key], scales[name].decimals) for name, key in keys.items()}
    found = air_index(steps, rules)
    if isinstance(found, Missing):
        raise Unsupported(found.reason)
    return _named_as_given(found, keys)


def _steps(value: Any, decimals: int) -> int | Missing:
    number = given_number(value)
    return number if isinstance(number, Missing) else reporting_steps(number, decimals)


def _indicator(key: str, rules: IndexRules) -> str | None:
    """The indicator that a key of the example means; a bare name takes the averaging of the report."""
    if _AVERAGING.search(key):
        return key if key in rules.known else None
    # A day of ozone is its 8-hour maximum; an hour of particles may be known by its 24-hour mean only.
    candidates = [f"{key}_{averaging}" for averaging in ("24h", "8h", "1h")]
    if "SO2_1h" in rules.scales:
        candidates = [f"{key}_{averaging}" for averaging in ("1h", "24h", "8h")]
    return next((name for name in candidates if name in rules.scales), None)


def _named_as_given(found: AirIndex, keys: Mapping[str, str]) -> Mapping[str, Any]:
    subs = {keys[n]: None if isinstance(v, Missing) else v for n, v in found.sub_indices.items() if n in keys}
    return {
        "AQI": found.aqi,
        "IAQI": subs,
        "category": found.grade.name,
        "colour": found.grade.colour,
        "primary": [keys[name] for name in found.primary],
        "over_standard": [keys[name] for name in found.over_standard],
        **{f"IAQI_{key}": value for key, value in subs.items()},
        **{f"IAQI_{key.removesuffix('_1h')}": value for key, value in subs.items() if key == "O3_1h"},
        **{f"IAQI_{key.removesuffix('_24h')}": value for key, value in subs.items() if key.endswith("_24h")},
    }


def _evaluate_composite(example: Example) -> Mapping[str, Any]:
    given = example.inputs
    if "county_indices" in given:
        return {"city_index": plain_mean(given["county_indices"], 2)}
    if "indices_ascending" in given:
        places = ranks({place: [value] for place, value in enumerate(given["indices_ascending"])})
        return {"ranks": list(places.values())}
    return _composite(given)


def _composite(given: Mapping[str, Any]) -> Mapping[str, Any]:
    words = str(given["limits"])
    name = next((book for word, book in _LIMIT_SETS.items() if words.startswith(word)), None)
    if name is None:
        raise Unsupported(f"no limits named {words!r}")
    ranking = rules_named("环办监测〔2018〕19号")
    limits, _ = composite_limits(rules_named(name), ranking)
    read = {parameter: given_number(given.get(key)) for key, parameter in _COMPOSITE_KEYS.items()}
    concentrations = {name: value for name, value in read.items() if not isinstance(value, Missing)}
    equal = composite_index(concentrations, limits)
    claimed = composite_index(concentrations, limits, composite_weights(ranking, "claimed_2026")[0])
    if isinstance(equal, Missing) or isinstance(claimed, Missing):
        raise Unsupported("a pollutant of the index is missing")
    as_given = {parameter: key for key, parameter in _COMPOSITE_KEYS.items()}
    return {
        "composite_index": equal.index,
        "composite_index_equal_weights": equal.index,
        "composite_index_if_weights_1_2_1_3_1_2": claimed.index,
        "max_single_index": equal.largest,
        "main_pollutant": as_given[equal.main[0]],
    }


def _evaluate_limit(example: Example) -> Mapping[str, Any]:
    given = example.inputs
    if "gas_std_state_273K" in given:
        return {"reference_state_298K": to_reference_state(given["gas_std_state_273K"], 1)}
    on = given["date"] if isinstance(given["date"], date) else date.fromisoformat(str(given["date"]))
    averaging = _AVERAGES.get(str(given["average"]), str(given["average"]))
    parameter = str(given["pollutant"]).removesuffix("_as_NO2")
    try:
        found = rules_on("GB 3095", on).number(
            "limits", parameter=parameter, averaging=averaging, grade=given["grade"]
        )
    except (BeforeFirstEdition, NoSuchValue) as problem:
        raise Unsupported(str(problem)) from None
    return {"limit": exact(found)}


def _guarded(evaluate: Callable[[Example], Mapping[str, Any]]) -> Callable[[Example], Mapping[str, Any]]:
    """A shape that the evaluator does not know is unsupported, with the key it looked for."""

    def guarded(example: Example) -> Mapping[str, Any]:
        try:
            return evaluate(example)
        except KeyError as key:
            raise Unsupported(f"shape not known: {key}") from None

    return guarded


_NAMED_SETS = frozenset({"primary", "over_standard"})
_COMPOSITE_TOLERANCE = {"composite_index": Decimal("0.02")}
# Examples print these with two or three decimals.
_PRINTED = {"percentile": Decimal("0.005"), "r": Decimal("0.0005"), "k": Decimal("0.0005")}

FAMILIES: Mapping[str, Family] = {
    "aqi_2012": Family(_guarded(_evaluate_index), unordered=_NAMED_SETS),
    "aqi_2026": Family(_guarded(_evaluate_index), unordered=_NAMED_SETS),
    # Some older tables rounded halves up, and nothing in a table tells which.
    "composite_index": Family(
        _guarded(_evaluate_composite), frozenset({"rules_that_reproduce_it"}), _COMPOSITE_TOLERANCE
    ),
    "hj663": Family(_guarded(evaluate_statistics), tolerance=_PRINTED),
    "gb3095": Family(_guarded(_evaluate_limit)),
}
