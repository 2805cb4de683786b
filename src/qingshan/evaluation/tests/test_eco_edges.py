"""Both sides of every limit, bound and first day of noise, soil, ecology and risk, against the data files.

The soak of these tables loads `disagreements` from here: whatever changes one value of a data file by
one step must show.
"""

import dataclasses
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from qingshan.evaluation.ecology_rules import EcologyRules, Index
from qingshan.evaluation.noise_rules import NoiseRules, Source
from qingshan.evaluation.risk_rules import RiskRules
from qingshan.evaluation.soil_rules import SoilRules
from qingshan.kernel.basis import Missing
from qingshan.kernel.rounding import round_places
from qingshan.science.ecology.limitation import Limitation
from qingshan.science.ecology.parts import habitat_quality, pollution_load, water_resource_counted
from qingshan.science.noise.grades import NoiseGrade, attainment_rate, noise_grade
from qingshan.science.noise.levels import day_levels
from qingshan.science.noise.limits import Period, background_corrected
from qingshan.science.risk.enterprise import Medium, air_sensitivity
from qingshan.science.risk.warnings import WarningLevel, forecast_level, is_met, next_warning
from qingshan.science.soil.farmland import Land, screen_farmland
from qingshan.science.soil.screening import RiskLevel
from qingshan.standards.public import (
    BeforeFirstEdition,
    Edition,
    read_exact,
    rules_named,
    rules_on,
    shipped,
)

HERE = Path(__file__).parent
EDGES = {
    subject: read_exact(HERE / f"{subject}_edges.yaml") for subject in ("noise", "soil", "ecology", "risk")
}
RULES = {"noise": NoiseRules, "soil": SoilRules, "ecology": EcologyRules, "risk": RiskRules}
_ACIDITY = ("5", "6", "7", "8")

Edge = Mapping[str, Any]


def disagreements(subject: str, editions: Sequence[Edition]) -> Iterator[str]:
    """Everything in which these editions differ from the edges of a subject."""
    rules = RULES[subject](None, editions=tuple(editions), allow_unverified=True)
    for section, check in CHECKS[subject].items():
        for edge in EDGES[subject][section]:
            yield from (f"{section} {edge}: {found}" for found in check(edge, rules))


def _differ(expected: object, found: object) -> Iterator[str]:
    if expected != found:
        yield f"expected {expected}, found {found}"


def _first_day(edge: Edge, rules: Any) -> Iterator[str]:
    found = rules_on(edge["standard"], edge["first_on"], rules.editions).code
    yield from _differ(edge["edition"], found)
    try:
        before = rules_on(edge["standard"], edge["first_on"] - timedelta(days=1), rules.editions).code
    except BeforeFirstEdition:
        before = "refused"
    yield from _differ(edge["before"], before)


def _entries(edge: Edge, rules: Any) -> Iterator[str]:
    cells = rules_named(edge["edition"], rules.editions).cells(edge["table"])
    yield from _differ(edge["values"], {" | ".join(cell.keys.values()): str(cell.value) for cell in cells})


def _beyond(limit: Any) -> Decimal:
    """A tenth of the last digit more: the text may print more zeros than stand here."""
    number = Decimal(str(limit))
    return number + Decimal(1).scaleb(min(0, int(number.as_tuple().exponent)) - 1)


# Noise


def _zone(edge: Edge, rules: NoiseRules) -> Iterator[str]:
    for period in Period:
        limit = edge[period]
        yield from _differ(True, rules.judge_zone(edge["zone"], period, limit).attained)
        yield from _differ(
            False, rules.judge_zone(edge["zone"], period, Decimal(limit) + Decimal("0.1")).attained
        )
    yield from _both(edge["sudden"], lambda level: rules.judge_zone_maximum(edge["zone"], level).attained)


def _both(limit: Any, attained: Callable[[Decimal], bool]) -> Iterator[str]:
    """The limit is attained and 0.1 dB more is not."""
    yield from _differ(True, attained(Decimal(limit)))
    yield from _differ(False, attained(Decimal(limit) + Decimal("0.1")))


def _grade(edge: Edge, rules: NoiseRules) -> Iterator[str]:
    scale = rules.grade_scale(edge["kind"], Period(edge["period"]))
    for grade, last in enumerate(edge["last"], 1):
        for more, expected in (("0", grade), ("0.04", grade), ("0.1", grade + 1)):
            yield from _differ(expected, int(noise_grade(Decimal(last) + Decimal(more), scale)))


def _grade_word(edge: Edge, rules: NoiseRules) -> Iterator[str]:
    yield from _differ(edge["word"], rules.rulebook("city").cell("words", grade=edge["grade"]).value)
    yield from _differ(edge["word"], NoiseGrade(int(edge["grade"])).label)


def _rate(edge: Edge, rules: NoiseRules) -> Iterator[str]:
    found = attainment_rate(int(edge["attained"]), int(edge["monitored"]), rules.rate_places())
    yield from _differ(edge["rate"], str(found))


def _boundary(edge: Edge, rules: NoiseRules) -> Iterator[str]:
    source, zone = Source(edge["source"]), edge.get("zone", "")
    if "edition" in edge:
        rules = dataclasses.replace(rules, named={source: edge["edition"]})
    for period in Period:
        yield from _both(
            edge[period], lambda level, p=period: rules.judge_boundary(source, zone, p, level).attained
        )
    for event in ("frequent", "occasional"):
        if event in edge:
            yield from _both(
                edge[event],
                lambda level, e=event: rules.judge_boundary_maximum(source, zone, level, e).attained,
            )
    for period, limit in zip(Period, edge.get("indoors", ()), strict=False):
        yield from _both(
            limit,
            lambda level, p=period: rules.judge_boundary(source, zone, p, level, indoors=True).attained,
        )


def _room(edge: Edge, rules: NoiseRules) -> Iterator[str]:
    for period in Period:
        yield from _both(
            edge[period],
            lambda level, p=period: (
                rules.judge_room(Source(edge["source"]), edge["room"], edge["zone"], p, level).attained
            ),
        )


def _background(edge: Edge, rules: NoiseRules) -> Iterator[str]:
    found = background_corrected(60, 60 - Decimal(edge["above"]), rules.background_correction())
    yield from _differ(edge["left"], found.reason if isinstance(found, Missing) else str(found))


def _hour(edge: Edge, rules: NoiseRules) -> Iterator[str]:
    yield from _differ(edge["is_day"], rules.hours().is_day(int(edge["hour"])))


def _noise_missing(edge: Edge, rules: NoiseRules) -> Iterator[str]:
    found = day_levels({hour: 50 for hour in range(24) if hour != edge["lacking"]}, rules.hours())
    for name in ("day", "night"):
        level = getattr(found, name)
        yield from _differ(edge[name], level.reason if isinstance(level, Missing) else None)


# Soil


def _band(edge: Edge, rules: SoilRules) -> Iterator[str]:
    found = rules.judge_farmland({"Cd": 0}, edge["pH"], Land.PADDY)
    yield from _differ(Fraction(edge["screening"]), found.pairs["Cd"].screening)


def _farmland(edge: Edge, rules: SoilRules) -> Iterator[str]:
    land, item = Land(edge["land"]), edge["item"]
    highs = edge["intervention"] or [None] * 4
    for acidity, screening, intervention in zip(_ACIDITY, edge["screening"], highs, strict=True):
        expected = {screening: RiskLevel.NOT_ABOVE_SCREENING, _beyond(screening): RiskLevel.ABOVE_SCREENING}
        top = RiskLevel.ABOVE_SCREENING if intervention is None else RiskLevel.ABOVE_INTERVENTION
        expected |= {intervention or 10**6: RiskLevel.ABOVE_SCREENING, _beyond(intervention or 10**6): top}
        for content, level in expected.items():
            found = screen_farmland({item: content}, acidity, land, rules.farmland_scale)
            yield from _differ(level, found.levels.get(item))


def _class(edge: Edge, rules: SoilRules) -> Iterator[str]:
    found = rules.judge_farmland({edge["item"]: edge["content"]}, 5, Land.OTHER).farmland_class
    yield from _differ(edge["class"], found.reason if isinstance(found, Missing) else found.label)


def _soil_missing(edge: Edge, rules: SoilRules) -> Iterator[str]:
    found = rules.judge_farmland({"Cd": 1}, Missing("blank"), Land.OTHER).farmland_class
    yield from _differ(Missing(edge["reason"]), found)


def _construction(edge: Edge, rules: SoilRules) -> Iterator[str]:
    for land_class in (1, 2):
        screening, intervention = (edge["values"][place + land_class - 1] for place in (0, 2))
        expected = {
            intervention: RiskLevel.ABOVE_SCREENING,
            _beyond(intervention): RiskLevel.ABOVE_INTERVENTION,
        }
        if screening != intervention:
            expected[_beyond(screening)] = RiskLevel.ABOVE_SCREENING
        expected[screening] = RiskLevel.NOT_ABOVE_SCREENING
        for content, level in expected.items():
            found = rules.judge_construction({edge["item"]: content}, land_class)
            yield from _differ(level, found.level)


def _explained(edge: Edge, rules: SoilRules) -> Iterator[str]:
    found = rules.judge_construction({edge["item"]: 900}, 1, {edge["item"]: 900})
    yield from _differ(edge["explained"], edge["item"] in found.within_background)


def _code(edge: Edge, rules: SoilRules) -> Iterator[str]:
    yield from _differ(edge["item"], rules.construction_codes.get(edge["code"]))


# Ecology


def _index_grade(edge: Edge, rules: EcologyRules) -> Iterator[str]:
    index, least = Index(edge["index"]), Decimal(edge["least"])
    yield from _differ(edge["grade"], rules.grade(index, least).grade)
    yield from _differ(edge["below"], rules.grade(index, least - Decimal("0.01")).grade)


def _index_change(edge: Edge, rules: EcologyRules) -> Iterator[str]:
    index, least = Index(edge["index"]), Decimal(edge["least"])
    for sign in (1, -1):
        yield from _differ(edge["size"], rules.change(index, 50, 50 + sign * least).size)
        yield from _differ(edge["below"], rules.change(index, 50, 50 + sign * (least - Decimal("0.01"))).size)


def _bulletin_word(edge: Edge, rules: EcologyRules) -> Iterator[str]:
    yield from _differ(edge["word"], rules.bulletin_word(Index(edge["index"]), edge["size"]))


def _weight(edge: Edge, rules: EcologyRules) -> Iterator[str]:
    judge = rules.judge_ei if edge["index"] == Index.EI else rules.judge_eqi
    yield from _differ(Fraction(edge["value"]), judge(edge["parts"]).value)


def _limited(edge: Edge, rules: EcologyRules) -> Iterator[str]:
    found = rules.limit_ei(edge["index"], [Limitation(edge["limitation"])])
    yield from _differ((Fraction(edge["value"]), edge["grade"]), (found.value, found.grade))


def _trigger(edge: Edge, rules: EcologyRules) -> Iterator[str]:
    yield from _differ(Fraction(edge["value"]), rules.limit_ei(100, [edge["event"]]).value)


def _habitat(edge: Edge, rules: EcologyRules) -> Iterator[str]:
    found = habitat_quality({edge["kind"]: 100}, rules.habitat_weights(), 100, rules.coefficient("habitat"))
    yield from _differ(edge["value"], str(round_places(found, 4)))


def _stress(edge: Edge, rules: EcologyRules) -> Iterator[str]:
    yield from _differ(Fraction(edge["weight"]), rules.stress_weights()[edge["kind"]])


def _load(edge: Edge, rules: EcologyRules) -> Iterator[str]:
    items = rules.load_items()
    loads = {name: int(name == edge["pollutant"]) for name in items}
    for rain, area, by in ((1, 2, "rain"), (2, 1, "area")):
        expected = Fraction(edge["value"]) / (1 if edge["per"] == by else 2)
        yield from _differ(expected, pollution_load(loads, rain, area, items))


def _coefficient(edge: Edge, rules: EcologyRules) -> Iterator[str]:
    yield from _differ(Fraction(edge["value"]), rules.coefficient(edge["of"]))
    of_water = dataclasses.asdict(rules.water_coefficients())
    yield from _differ(Fraction(edge["value"]), of_water.get(edge["of"], Fraction(edge["value"])))


def _water_resource(edge: Edge, rules: EcologyRules) -> Iterator[str]:
    found = water_resource_counted(edge["ratio"], 1, *rules.water_resource_bounds())
    yield from _differ(Fraction(edge["counted"]), found)


def _ecology_missing(edge: Edge, rules: EcologyRules) -> Iterator[str]:
    is_ei = edge["index"] == Index.EI
    parts = ["biology", "vegetation", "water", "land_stress", "pollution_load"]
    parts = parts if is_ei else ["pattern", "function", "biodiversity", "stress"]
    judge = rules.judge_ei if is_ei else rules.judge_eqi
    found = judge({part: 50 for part in parts if part != edge["without"]})
    yield from _differ((Missing(edge["reason"]),) * 2, (found.value, found.grade))


# Risk


def _quantity(edge: Edge, rules: RiskRules) -> Iterator[str]:
    yield from _differ(edge["class"], rules.quantity_class(edge["quantity"]))


def _control(edge: Edge, rules: RiskRules) -> Iterator[str]:
    yield from _differ(edge["class"], rules.control_class(edge["control"]))


def _points(edge: Edge, rules: RiskRules) -> Iterator[str]:
    yield from _differ(edge["points"], rules.process_points(edge["process"]))


def _cap(edge: Edge, rules: RiskRules) -> Iterator[str]:
    yield from _differ(edge["most"], rules.score_cap(edge["part"]))


def _air(edge: Edge, rules: RiskRules) -> Iterator[str]:
    near, close = (int(persons) for persons in edge["persons"])
    yield from _differ(edge["e"], air_sensitivity(near, close, [], rules.air_receptors(), {}))


def _receptor(edge: Edge, rules: RiskRules) -> Iterator[str]:
    yield from _differ(edge["e"], rules.receptor_words(Medium(edge["medium"])).get(edge["receptor"]))


def _matrix(edge: Edge, rules: RiskRules) -> Iterator[str]:
    for control, grade in zip((0, 25, 45, 65), edge["grades"], strict=True):
        found = rules.judge_medium(Medium.AIR, edge["quantity"], control, edge["e"])
        yield from _differ(grade, found.grade.label)


def _raised(edge: Edge, rules: RiskRules) -> Iterator[str]:
    found = rules.judge_medium(
        Medium.WATER, edge["quantity"], edge["control"], edge["e"], int(edge["raised"])
    )
    yield from _differ(edge["grade"], found.grade.label)


def _number(edge: Edge, rules: RiskRules) -> Iterator[str]:
    for grade, least in enumerate(edge["least"], 1):
        yield from _differ(grade, int(rules.judge_event({edge["what"]: least}, {}).grade))
        yield from _differ(grade + 1, int(rules.judge_event({edge["what"]: least - 1}, {}).grade))


def _fact(edge: Edge, rules: RiskRules) -> Iterator[str]:
    yield from _differ(edge["grade"], rules.judge_event({}, {edge["kind"]: edge["word"]}).grade.label)


def _forecast(edge: Edge) -> tuple[list[int | Missing], int]:
    if "hours" in edge:
        worst, index = edge.get("worst", (0, 0))
        return [int(index)] * int(worst) + [int(edge["above"])] * int(edge["hours"] - worst), 1
    return [Missing("no_forecast") if day is None else int(day) for day in edge["days"]], 24


def _warning(edge: Edge, rules: RiskRules) -> Iterator[str]:
    rule = dataclasses.replace(rules, named={"warnings": edge["edition"]}).warning_rule()
    level = forecast_level(*_with_rule(edge, rule))
    yield from _differ(edge["level"], "none" if level is None else level.label)


def _with_rule(edge: Edge, rule: Any) -> tuple[list[int | Missing], Any, int]:
    forecast, step = _forecast(edge)
    return forecast, rule, step


def _lifting(edge: Edge, rules: RiskRules) -> Iterator[str]:
    found = next_warning(WarningLevel.YELLOW, [50] * int(edge["hours"]), rules.warning_rule(), 1)
    yield from _differ(edge["action"], found.action.label)


def _below_yellow(edge: Edge, rules: RiskRules) -> Iterator[str]:
    forecast, step = _forecast(edge)
    yield from _differ(edge["met"], is_met(rules.below_yellow(), forecast, step))


def _risk_missing(edge: Edge, rules: RiskRules) -> Iterator[str]:
    found = rules.judge_event({edge["what"]: Missing("blank")}, {})
    yield from _differ(((edge["what"],), "一般"), (found.unknown, found.grade.label))


CHECKS: Mapping[str, Mapping[str, Callable[[Edge, Any], Iterator[str]]]] = {
    "noise": {
        "first_days": _first_day,
        "zones": _zone,
        "grades": _grade,
        "grade_words": _grade_word,
        "rates": _rate,
        "boundaries": _boundary,
        "rooms": _room,
        "background": _background,
        "hours": _hour,
        "missing": _noise_missing,
        "entries": _entries,
    },
    "soil": {
        "first_days": _first_day,
        "bands": _band,
        "farmland": _farmland,
        "classes": _class,
        "missing": _soil_missing,
        "construction": _construction,
        "background": _explained,
        "codes": _code,
        "entries": _entries,
    },
    "ecology": {
        "first_days": _first_day,
        "grades": _index_grade,
        "changes": _index_change,
        "bulletin_words": _bulletin_word,
        "weights": _weight,
        "limited": _limited,
        "triggers": _trigger,
        "habitat": _habitat,
        "stress": _stress,
        "loads": _load,
        "coefficients": _coefficient,
        "water_resource": _water_resource,
        "missing": _ecology_missing,
        "entries": _entries,
    },
    "risk": {
        "first_days": _first_day,
        "quantities": _quantity,
        "controls": _control,
        "scores": _points,
        "caps": _cap,
        "air": _air,
        "receptors": _receptor,
        "matrix": _matrix,
        "raised": _raised,
        "numbers": _number,
        "facts": _fact,
        "warnings": _warning,
        "lifting": _lifting,
        "below_yellow": _below_yellow,
        "missing": _risk_missing,
        "entries": _entries,
    },
}


class TestEdges:
    @pytest.mark.parametrize("subject", EDGES)
    def test_every_section_has_a_check_and_every_check_a_section(self, subject):
        assert set(EDGES[subject]) == set(CHECKS[subject])

    @pytest.mark.parametrize(
        ("subject", "section"), [(subject, section) for subject in CHECKS for section in CHECKS[subject]]
    )
    def test_the_data_files_agree_with_the_edges(self, subject, section):
        rules = RULES[subject](None, allow_unverified=True)
        check = CHECKS[subject][section]
        assert [found for edge in EDGES[subject][section] for found in check(edge, rules)] == []

    def test_a_changed_limit_shows(self):
        one = next(edition for edition in shipped() if edition.code == "GB 36600-2018")
        cells = tuple(
            dataclasses.replace(cell, value=cell.value + 1) if cell.keys.get("item") == "铅" else cell
            for cell in one.cells
            if isinstance(cell.value, Decimal) or cell.keys.get("item") != "铅"
        )
        changed = [edition for edition in shipped() if edition is not one]
        found = list(disagreements("soil", [*changed, dataclasses.replace(one, cells=cells)]))
        assert any("铅" in line for line in found)

    def test_every_item_of_the_tables_has_an_edge(self):
        rules = SoilRules(None)
        items = {edge["item"] for edge in EDGES["soil"]["construction"]}
        assert items == set(rules.construction_scale(1).pairs)
        assert len(items) == 85
        assert {edge["item"] for edge in EDGES["soil"]["farmland"]} == set(rules.farmland_names)
