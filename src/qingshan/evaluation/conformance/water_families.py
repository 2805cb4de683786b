"""Families of examples about sections, rivers, lakes, periods and cities."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from qingshan.evaluation.conformance.examples import Example, Family, Unsupported
from qingshan.evaluation.conformance.given import by_period, given_number, present_numbers
from qingshan.evaluation.conformance.printed import as_printed, same_decimals
from qingshan.evaluation.water_rules import Water, WaterRules
from qingshan.kernel.basis import Missing
from qingshan.kernel.rounding import round_places
from qingshan.science.statistics import UnknownCriticalValue, rank_trend
from qingshan.science.water.averaging import item_mean, lake_mean, mean_over_sections
from qingshan.science.water.basin import (
    basin_grade,
    grade_by_share,
    rate_percent,
    river_main_pollutants,
    section_shares,
)
from qingshan.science.water.city_index import (
    change_percent,
    change_ranks,
    city_index,
    index_ranks,
    item_index,
    waters_index,
)
from qingshan.science.water.classes import WaterClass
from qingshan.science.water.comparison import change_of_shares
from qingshan.science.water.readings import NonDetects
from qingshan.science.water.section import main_pollutants, section_class
from qingshan.science.water.trophic import trophic_grade, trophic_level_index, trophic_state

__all__ = ["FAMILIES"]

RULES = WaterRules(on=None)
"""Examples carry no date; the editions of the day they were checked judge them."""

_REMARKS = frozenset({"note"})
_WATERS = {
    "river": Water.RIVER,
    "lake": Water.LAKE,
    "reservoir": Water.LAKE,
    # A reservoir that flows like a river is judged as one.
    "river_type_reservoir": Water.RIVER,
}


def _water(example: Example) -> Water:
    word = str(example.inputs.get("water", "river"))
    if word not in _WATERS:
        raise Unsupported(f"{word!r} is no kind of water; known are {sorted(_WATERS)}")
    return _WATERS[word]


def _amounts(inputs: Mapping[str, Any], use: NonDetects = NonDetects.HALF) -> dict[str, Fraction]:
    """Numbers of the items of table 1 among the inputs, non-detects as the use asks."""
    read = {item: given_number(value, use) for item, value in inputs.items() if item in RULES.names}
    return {item: value for item, value in read.items() if not isinstance(value, Missing)}


def _section(example: Example) -> dict[str, Any]:
    values, scale = _amounts(example.inputs), RULES.scale(_water(example))
    if not values:
        raise Unsupported("no value of any item is given")
    found = section_class(values, scale)
    if isinstance(found.water_class, Missing) or isinstance(found.grade, Missing):
        raise Unsupported(f"there is no class: {found.water_class}")
    labels = [pollutant.label() for pollutant in main_pollutants(values, scale)]
    full = section_class(_amounts(example.inputs, NonDetects.FULL), scale).water_class
    gaps = dict.fromkeys(item for item in example.inputs if item in RULES.names and item not in values)
    return {
        "class": found.water_class.label,
        "class_of_given_items": found.water_class.label,
        "class_with_half_DL": found.water_class.label,
        "class_with_full_DL": full.label if isinstance(full, WaterClass) else None,
        "item_classes": gaps | {item: one.label for item, one in found.item_classes.items()},
        "meets_class_III": found.water_class <= WaterClass.III,
        "status_cn": found.grade.label,
        "main_pollutants": labels,
        "rule2011_main_pollutants": labels,
        "published_main_pollutants": _in_any_order(
            [pollutant.name for pollutant in main_pollutants(values, scale)],
            str(example.expected.get("published_main_pollutants", "")),
        ),
    }


def _in_any_order(names: Sequence[str], published: str) -> str:
    """Bulletins from before 2011 list the same pollutants in another order."""
    same = {name for name in published.split(",") if name} == set(names)
    return published if same else ",".join(names)


def _aggregation(example: Example) -> dict[str, Any]:
    item = str(example.inputs["item"])
    values = example.inputs.get("monthly", example.inputs.get("values"))
    mean = item_mean(item, present_numbers(by_period(values)))
    ladder = RULES.ladder(item, _water(example)) if item in RULES.names else None
    return {
        "mean": as_printed(mean, example.expected.get("mean"), _decimals(item)),
        "rounded_2": round_places(mean, 2),
        "class": None if ladder is None else ladder.class_of(mean).label,
    }


def _decimals(item: str) -> int:
    return RULES.printed_decimals(item) if item in RULES.names else 0


def _aggregation_lake(example: Example) -> dict[str, Any]:
    item = str(example.inputs["item"])
    rows = example.inputs["points_by_time"]
    named = rows if isinstance(rows, Mapping) else dict(enumerate(rows))
    over_time, mean = lake_mean(item, {str(name): present_numbers(row) for name, row in named.items()})
    return {
        "point_means": _point_means(over_time, example.expected.get("point_means")),
        "lake_mean": as_printed(mean, example.expected.get("lake_mean")),
        "class": RULES.ladder(item, _water(example)).class_of(mean).label,
    }


def _point_means(means: Mapping[str, Fraction], printed: Any) -> Any:
    if isinstance(printed, Mapping):
        return {name: as_printed(mean, printed.get(name)) for name, mean in means.items()}
    return same_decimals(list(means.values()), printed)


def _river_basin(example: Example) -> dict[str, Any]:
    bands = RULES.share_bands()
    if "counts_I_II_III_IV_V_infV" not in example.inputs:
        sections = given_number(example.inputs.get("sections"))
        if not isinstance(sections, Missing) and sections < bands.fewest_sections:
            raise Unsupported("fewer sections than shares may judge")
        given = example.inputs
        return {"status_cn": grade_by_share(given["share_I_III"], given["share_inferior_V"], bands).label}
    counts = example.inputs["counts_I_II_III_IV_V_infV"]
    shares, grade = section_shares(counts), basin_grade(counts, bands)
    by_means = "not by share: use means of the items"
    return {
        "n": shares.sections,
        "share_I_III": round_places(shares.good, 1),
        "share_inferior_V": round_places(shares.inferior, 1),
        "shares_percent": [round_places(share, 1) for share in shares.by_class],
        "status_cn": by_means if isinstance(grade, Missing) else grade.label,
        "status_cn_by_rule": by_means if isinstance(grade, Missing) else grade.label,
    }


def _few_sections(example: Example) -> dict[str, Any]:
    means = mean_over_sections([_amounts(section) for section in example.inputs["sections"]])
    scale = RULES.scale(_water(example))
    found = section_class(means, scale)
    if isinstance(found.water_class, Missing) or isinstance(found.grade, Missing):
        raise Unsupported(f"there is no class: {found.water_class}")
    printed = example.expected.get("means", {})
    return {
        "means": {item: as_printed(mean, printed.get(item), _decimals(item)) for item, mean in means.items()},
        "class": found.water_class.label,
        "status_cn": found.grade.label,
        "main_pollutants": [pollutant.label() for pollutant in main_pollutants(means, scale)],
    }


def _main_pollutants_river(example: Example) -> dict[str, Any]:
    rates = example.inputs.get("exceedance_rates_percent")
    exceeding = rates or example.inputs.get("sections_exceeding_III")
    if exceeding is None:
        raise Unsupported("neither rates nor sections are given")
    sections = 100 if rates else example.inputs["sections"]
    found = river_main_pollutants(exceeding, sections, list(RULES.names))
    return {
        "main_pollutants": [RULES.names.get(pollutant.item, pollutant.item) for pollutant in found],
        "rates_percent": {
            item: round_places(rate_percent(count, sections), 1) for item, count in exceeding.items()
        },
    }


def _shared_sections(example: Example) -> dict[str, Any]:
    given = example.inputs
    rate = rate_percent(given["sections_meeting_target"], given["sections_total"])
    return {"rate_percent": round_places(rate, 1)}


def _comparison(example: Example) -> dict[str, Any]:
    given = example.inputs
    if "dG" in given:
        good, inferior = given["dG"], given["dD"]
    else:
        good, inferior = (given[f"{k}_after"] - given[f"{k}_before"] for k in ("I_III", "infV"))
    found = change_of_shares(good, inferior, RULES.change_bands())
    return {
        "dG_minus_dD": as_printed(found.combined, example.expected.get("dG_minus_dD"), 1),
        "change": found.change.label,
        "change_by_rule": found.change.label,
    }


_TREND_WORDS = {"rising": "显著上升", "falling": "显著下降", "none": "不显著"}


def _trend(example: Example) -> dict[str, Any]:
    critical = RULES.critical_correlations()
    try:
        found = rank_trend(by_period(example.inputs["yearly_values"]), critical, equal_is_significant=False)
    except UnknownCriticalValue as problem:
        raise Unsupported(str(problem)) from None
    return {
        "rs": as_printed(found.coefficient, example.expected.get("rs"), 3),
        "Wp_0.05": found.critical,
        "result": _TREND_WORDS[found.direction],
    }


def _trophic(example: Example) -> dict[str, Any]:
    scale = RULES.trophic_scale()
    read = {item.item: given_number(example.inputs.get(item.item)) for item in scale.items}
    values = {item: value for item, value in read.items() if not isinstance(value, Missing)}
    if values:
        state = trophic_state(values, scale)
        index, subs = state.index, dict(state.sub_indices)
    else:
        subs = _given_sub_indices(example.inputs)
        index = trophic_level_index(subs, scale)
    return {
        # Bulletins print one decimal, reports three.
        "TLI": as_printed(index, example.expected.get("TLI"), 1),
        "TLI_1dec": round_places(index, 1),
        "sub": {item: round_places(sub, 3) for item, sub in subs.items()},
        "grade": trophic_grade(index, scale.bounds).label,
    }


def _given_sub_indices(inputs: Mapping[str, Any]) -> dict[str, Fraction]:
    given = {key.removeprefix("TLI_"): value for key, value in inputs.items() if key.startswith("TLI_")}
    read = {item: given_number(value, may_be_negative=True) for item, value in given.items()}
    return {item: value for item, value in read.items() if not isinstance(value, Missing)}


def _trophic_grade(example: Example) -> dict[str, Any]:
    bounds = RULES.trophic_scale().bounds
    indices = example.inputs["TLI"]
    if not isinstance(indices, Mapping):
        return {"grade": trophic_grade(indices, bounds).label}
    grades = {lake: trophic_grade(index, bounds).label for lake, index in indices.items()}
    if isinstance(example.expected.get("grade"), Mapping):
        return {"grade": grades}
    if len(set(grades.values())) != 1:
        raise Unsupported(f"one grade for lakes of grades {list(grades.values())}")
    return {"grade": next(iter(grades.values()))}


def _city_item(example: Example) -> dict[str, Any]:
    water = _water(example)
    ((item, value),) = _amounts(example.inputs).items()
    index = item_index(value, RULES.ladder(item, water))
    return {"index": as_printed(index, example.expected.get("index"), 3)}


def _city_waters(water: Water) -> Callable[[Example], dict[str, Any]]:
    def evaluate(example: Example) -> dict[str, Any]:
        found = waters_index(_amounts(example.inputs), RULES.city_scale(water))
        if isinstance(found.value, Missing):
            raise Unsupported(found.value.reason)
        return {
            f"CWQI_{water}": as_printed(found.value, example.expected.get(f"CWQI_{water}"), 2),
            "index": {item: round_places(index, 4) for item, index in found.by_item.items()},
        }

    return evaluate


def _city(example: Example) -> dict[str, Any]:
    given = example.inputs
    index = city_index(given.get("CWQI_river"), given.get("M", 0), given.get("CWQI_lake"), given.get("N", 0))
    return {"CWQI_city": as_printed(index, example.expected.get("CWQI_city"), 2)}


def _city_change(example: Example) -> dict[str, Any]:
    given = example.inputs
    if "CWQI_base" in given:
        return {"dCWQI_percent": round_places(change_percent(given["CWQI"], given["CWQI_base"]), 2)}
    # The base that the printed index and the printed change imply.
    base = Fraction(given["CWQI"]) / (1 + Fraction(given["dCWQI_percent"]) / 100)
    return {"implied_base": as_printed(base, example.expected.get("implied_base"), 2)}


def _city_rank(example: Example) -> dict[str, Any]:
    indices, changes = example.inputs["CWQI"], example.inputs.get("dCWQI_percent")
    if not isinstance(indices, Mapping | list):
        raise Unsupported("one index alone has no rank")
    named = indices if isinstance(indices, Mapping) else dict(enumerate(indices))
    ranks = index_ranks({str(city): given_number(index) for city, index in named.items()})
    found: dict[str, Any] = {"rank": _in_shape_of(example.expected.get("rank"), ranks)}
    if isinstance(changes, Mapping):
        found["rank_in_change"] = change_ranks(changes)
    return found


def _in_shape_of(expected: Any, ranks: Mapping[str, int | Missing]) -> Any:
    """Ranks by city, or ranks in the order of the input, or cities in the order of their rank."""
    if isinstance(expected, Mapping):
        return ranks
    if isinstance(expected, list) and expected and isinstance(expected[0], str):
        known = {city: rank for city, rank in ranks.items() if not isinstance(rank, Missing)}
        return sorted(known, key=known.__getitem__)
    return list(ranks.values())


def _city_bands(example: Example) -> dict[str, Any]:
    """How many cities fall between two indices, from how many there are in all and beyond them."""
    known = example.expected
    if not {"lt_4", "gt_5"} <= set(known):
        raise Unsupported("the indices of the cities are not given")
    return {"between": example.inputs["cities"] - known["lt_4"] - known["gt_5"]}


def _interim_targets(example: Example) -> dict[str, Any]:
    raise Unsupported("only the published result is given, and it rests on interim targets of its own")


_SECTION = Family(_section, _REMARKS | {"published_class"})

FAMILIES: Mapping[str, Family] = {
    "section_class": _SECTION,
    "section_class_lake": _SECTION,
    "main_pollutants": Family(_interim_targets, _REMARKS),
    "aggregation": Family(_aggregation, _REMARKS),
    "aggregation_lake": Family(_aggregation_lake, _REMARKS),
    "river_basin": Family(_river_basin, _REMARKS),
    "river_basin_lt5": Family(_few_sections, _REMARKS),
    "main_pollutants_river": Family(_main_pollutants_river, _REMARKS),
    "shared_sections": Family(_shared_sections, _REMARKS),
    "shares": Family(_river_basin, _REMARKS),
    "comparison": Family(_comparison, _REMARKS),
    "trend_spearman": Family(_trend, _REMARKS),
    "TLI": Family(_trophic, _REMARKS),
    # A lake's class stands beside its trophic grade in the same sentence; it needs concentrations.
    "TLI_grade": Family(_trophic_grade, _REMARKS | {"class"}),
    "CWQI_item": Family(_city_item, _REMARKS),
    "CWQI_river": Family(_city_waters(Water.RIVER), _REMARKS),
    "CWQI_lake": Family(_city_waters(Water.LAKE), _REMARKS),
    "CWQI_city": Family(_city, _REMARKS),
    # A rank among cities whose changes are not given cannot be recomputed.
    "CWQI_change": Family(_city_change, _REMARKS | {"rank_in_change"}),
    "CWQI_rank": Family(_city_rank, _REMARKS),
    # The indices of the single cities are not printed: two counts are taken as given.
    "CWQI_bands": Family(_city_bands, _REMARKS | {"lt_4", "gt_5"}),
}
