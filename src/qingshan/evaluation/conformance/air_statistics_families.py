"""Examples of HJ 663: which calculation an example asks for follows from what is given."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from qingshan.evaluation.air_rules import POLLUTANTS, limit_of, ozone_day_rules, period_rules
from qingshan.evaluation.conformance.examples import Example, Unsupported
from qingshan.evaluation.conformance.given import by_period, present_numbers
from qingshan.kernel.basis import Missing
from qingshan.kernel.rounding import exact, mean, round_places
from qingshan.science.air import (
    attains,
    change_rate_percent,
    city_mean,
    good_day_ratio_percent,
    month_validity,
    plain_mean,
    year_validity,
)
from qingshan.science.statistics import percentile, percentile_place, rank_trend, ranks
from qingshan.standards.public import Rulebook, rules_named

__all__ = ["evaluate_statistics"]

Given = Mapping[str, Any]
_OLD, _NEW = "GB 3095-2012", "GB 3095-2026"
_SETS = {"old_2012": _OLD, "transition_2026": f"{_NEW}/transition", "final_2031": f"{_NEW}/final"}


def evaluate_statistics(example: Example) -> Mapping[str, Any]:
    """Return what an example of the family ``hj663`` asks for."""
    given = example.inputs
    for keys, evaluate in _SHAPES:
        if keys <= set(given):
            return evaluate(given, example.expected)
    raise Unsupported(f"shape not known: {sorted(given)}")


def _limits() -> Rulebook:
    return rules_named(_NEW)


def _evaluation() -> Rulebook:
    return rules_named("HJ 663-2013")


def _decimals(parameter: str, use: str = "attainment") -> int:
    return int(_evaluation().number("decimals", parameter=parameter, use=use))


def _ratio(given: Given, _: Given) -> Given:
    return {"good_day_ratio_pct": good_day_ratio_percent(int(given["good_days"]), int(given["valid_days"]))}


def _county_values(given: Given, _: Given) -> Given:
    parameter = str(given["item"]).split("_")[0]
    return {"city_value": plain_mean(given["county_values"], _decimals(parameter))}


def _county_ratios(given: Given, _: Given) -> Given:
    return {"city_ratio_pct": plain_mean(given["county_good_day_ratios"], _decimals("rate_percent"))}


def _change(given: Given, _: Given) -> Given:
    rate = change_rate_percent(given["this"], given["last"])
    return {"change": exact(given["this"]) - exact(given["last"]), "change_rate_pct": _known(rate)}


def _percentile(given: Given, _: Given) -> Given:
    rising = sorted(_series(given["values"]))
    found = percentile(rising, given["p"])
    return {
        "k": percentile_place(len(rising), given["p"]),
        "percentile": found,
        "rounded_0": round_places(found, 0),
        "rounded_1": round_places(found, 1),
    }


def _series(values: Any) -> list[Fraction]:
    span = re.match(r"(\d+)\.\.(\d+)", values) if isinstance(values, str) else None
    if span:
        return [Fraction(number) for number in range(int(span[1]), int(span[2]) + 1)]
    return present_numbers(values)


def _place(given: Given, _: Given) -> Given:
    count = int(given["n"])
    place = percentile_place(count, given["p"])
    below = int(place)
    return {"k": place, "between_highest": [count - below, count - below + 1]}


def _rounding(key: str, places: int) -> Callable[[Given, Given], Given]:
    return lambda given, _: {"result": round_places(given[key], places)}


def _hour_validity(given: Given, _: Given) -> Given:
    minimum = _limits().number("validity", statistic="hour", rule="min_minutes")
    return {"valid": exact(given["minutes"]) >= exact(minimum)}


def _hours_validity(given: Given, _: Given) -> Given:
    statistic = "o3_8h" if "8" in str(given["item"]) else "day"
    minimum = _limits().number("validity", statistic=statistic, rule="min_hours")
    return {"valid": exact(given["valid_hours"]) >= exact(minimum)}


def _maximum_validity(given: Given, _: Given) -> Given:
    rules = ozone_day_rules(_limits(), _evaluation())
    enough = int(given["valid_8h_means"]) >= rules.min_windows
    return {"valid": enough or exact(given["max"]) > exact(given["limit"])}


def _windows(given: Given, _: Given) -> Given:
    rules = ozone_day_rules(_limits(), _evaluation())
    count = int(given["valid_8h_means_between_08_and_24"])
    return {"mda8_valid": count >= rules.min_windows, "minimum": rules.min_windows}


def _month(given: Given, _: Given) -> Given:
    return {"valid": month_validity(int(given["valid_days"]), int(given["month"]), period_rules(_limits()))}


def _year(given: Given, _: Given) -> Given:
    """The year's days are spread so that its poorest month and February are as given."""
    rules = period_rules(_limits())
    least, february = int(given["min_month"]), int(given.get("february", rules.february))
    months = {1: least, 2: february}
    left = int(given["valid_days"]) - least - february
    months |= {month: left // 10 + (month - 3 < left % 10) for month in range(3, 13)}
    return {"valid": year_validity(months, rules)}


def _decimals_of(given: Given, _: Given) -> Given:
    names = {"composite_change_rate": "change_rate_percent"}
    cells = [
        _evaluation().cell("decimals", parameter=names.get(name, name), use="statistics")
        for name in given["decimals_of"]
    ]
    return {"decimals": [cell.value for cell in cells]}


def _grades(given: Given, _: Given) -> Given:
    book = rules_named(str(given["edition"]))
    found: dict[str, list[str]] = {"grade1": [], "grade2": []}
    beyond: list[str] = []
    for key, value in given.items():
        parameter = key.split("_")[0]
        if parameter not in POLLUTANTS:
            continue
        averaging = {"CO": "24h", "O3": "mda8"}.get(parameter, "annual")
        grade = next((g for g in (1, 2) if _attains(book, parameter, averaging, g, value)), None)
        (beyond if grade is None else found[f"grade{grade}"]).append(parameter)
    return {**found, "all_attained_grade2": not beyond}


def _attains(book: Rulebook, parameter: str, averaging: str, grade: int, value: Decimal) -> bool:
    return attains(
        value, limit_of(book, parameter, averaging, grade).number, _decimals(parameter)
    ).is_attained


def _ranks(given: Given, expected: Given) -> Given:
    """Only some rows of the table are given: ranks count from the least one that was printed."""
    falling = [" desc" in key for key in str(given["rank_keys"]).split(",")]
    first = min(int(rank) for rank in expected["ranks"].values())
    found = ranks(given["rows"], falling)
    return {
        "ranks": {name: rank + first - 1 for name, rank in found.items() if not isinstance(rank, Missing)}
    }


def _city_day(given: Given, _: Given) -> Given:
    return {"city_daily": _known(city_mean(_whole(given["station_daily_PM2.5"])))}


def _city_ozone(given: Given, _: Given) -> Given:
    values = _whole(given["station_MDA8"])
    return {"city_mda8": _known(city_mean(values)), "unrounded": mean(values)}


def _whole(values: Sequence[Decimal | int]) -> list[int]:
    if any(value != int(value) for value in values):
        raise Unsupported("station values are whole reporting steps")
    return [int(value) for value in values]


def _annual(given: Given, _: Given) -> Given:
    return _one_limit(given["annual"], given)


def _ninetieth(given: Given, _: Given) -> Given:
    return _one_limit(given["P90"], given)


def _one_limit(value: Decimal, given: Given) -> Given:
    found = attains(value, Decimal(given["limit"]), _decimals(str(given["pollutant"])))
    return {"attained": found.is_attained, "exceed_multiple": found.exceed_multiple}


def _both_limits(given: Given, _: Given) -> Given:
    decimals = _decimals(str(given["pollutant"]))
    pairs = (("annual", "annual_limit"), ("P95", "h24_limit"))
    return {
        "attained": all(attains(given[v], Decimal(given[limit]), decimals).is_attained for v, limit in pairs)
    }


def _all_sets(given: Given, _: Given) -> Given:
    def both(book: Rulebook) -> bool:
        year = _attains(book, "PM2.5", "annual", 2, given["annual_PM2.5"])
        return year and _attains(book, "PM2.5", "24h", 2, given["P95"])

    return {key: both(rules_named(name)) for key, name in _SETS.items()}


def _trend(given: Given, _: Given) -> Given:
    book = _evaluation()
    critical = {int(c.keys["periods"]): c.number for c in book.cells("trend_critical", level="0.05")}
    found = rank_trend(by_period(given["values_by_year"]), critical)
    words = {"rising": "rising", "falling": "falling", "none": "no significant change"}
    return {
        "sum_d2": found.sum_of_squares,
        "r": found.coefficient,
        "critical_0.05": found.critical,
        "significant": found.is_significant,
        "trend": words[found.direction],
    }


def _known(value: Decimal | int | Missing) -> Decimal | int | None:
    return None if isinstance(value, Missing) else value


# The first shape whose keys are all given counts; longer ones stand before shorter ones.
_SHAPES: tuple[tuple[set[str], Callable[[Given, Given], Given]], ...] = (
    ({"P95", "annual", "annual_limit", "h24_limit"}, _both_limits),
    ({"item", "max", "limit", "valid_8h_means"}, _maximum_validity),
    ({"annual_PM2.5", "P95", "set"}, _all_sets),
    ({"annual", "limit", "pollutant"}, _annual),
    ({"P90", "limit", "pollutant"}, _ninetieth),
    ({"item", "month", "valid_days"}, _month),
    ({"item", "min_month", "valid_days"}, _year),
    ({"item", "valid_hours"}, _hours_validity),
    ({"item", "minutes"}, _hour_validity),
    ({"good_days", "valid_days"}, _ratio),
    ({"county_values", "item"}, _county_values),
    ({"n", "p"}, _place),
    ({"values", "p"}, _percentile),
    ({"this", "last"}, _change),
    ({"rank_keys", "rows"}, _ranks),
    ({"edition", "CO_P95", "O3_P90"}, _grades),
    ({"county_good_day_ratios"}, _county_ratios),
    *(({f"round_{n}_half_even"}, _rounding(f"round_{n}_half_even", n)) for n in range(5)),
    ({"valid_8h_means_between_08_and_24"}, _windows),
    ({"decimals_of"}, _decimals_of),
    ({"station_daily_PM2.5"}, _city_day),
    ({"station_MDA8"}, _city_ozone),
    ({"values_by_year"}, _trend),
)
