"""Both sides of every limit, bound and first day of the waters of the second part, against the data files.

The soak of these tables loads `disagreements` from here: whatever changes one value of a data file by
one step, or one of its days, must show.
"""

import contextlib
import dataclasses
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from qingshan.evaluation.black_odor_rules import BlackOdorRules
from qingshan.evaluation.flow_rules import FlowRules
from qingshan.evaluation.groundwater_rules import GroundwaterRules
from qingshan.evaluation.outfall_rules import OutfallRules
from qingshan.evaluation.sea_rules import SeaRules
from qingshan.evaluation.sewage_rules import PlantGrade, RuralFacility, SewageRules
from qingshan.kernel.basis import Basis, Missing
from qingshan.kernel.rounding import exact
from qingshan.science.class_ladder import ClassLadder
from qingshan.science.groundwater.index import overall_score
from qingshan.science.groundwater.quality import (
    GroundwaterClass,
    groundwater_class,
    item_class,
    presence,
)
from qingshan.science.sea.eutrophication import eutrophication_grade, eutrophication_index
from qingshan.science.sea.station import ClassShares, SeaClass, station_class
from qingshan.science.water.black_odor import (
    BlackOdor,
    body_grade,
    heavy_stretches,
    point_grade,
    rural_verdict,
    transparency_grade,
)
from qingshan.science.water.readings import Reading, amount, read_value
from qingshan.science.water.sewage import EffluentLimit, influent_strength
from qingshan.standards.public import (
    BeforeFirstEdition,
    Edition,
    NoSuchValue,
    UnverifiedValue,
    read_exact,
    rules_named,
    rules_on,
    shipped,
)

EDGES = read_exact(Path(__file__).parent / "waters_edges.yaml")
SUBJECTS = frozenset({"groundwater", "sea", "blackodor", "sewage", "outfalls", "flow"})


@dataclasses.dataclass(frozen=True)
class Rules:
    """Every set of rules, over the same editions; unverified values are allowed, as edges judge nobody."""

    editions: tuple[Edition, ...] | None = None

    def of(self, kind: type[Any], *, allowed: bool = True, **named: str) -> Any:
        return kind(None, named, self.editions, allowed)


Found = Iterator[str]
Edge = Mapping[str, Any]


def disagreements(editions: Sequence[Edition]) -> Found:
    """Everything in which these editions differ from the edges."""
    rules = Rules(tuple(editions))
    for section, check in CHECKS.items():
        for edge in EDGES[section]:
            yield from (f"{section} {edge}: {found}" for found in check(edge, rules))


def _differ(expected: object, found: object) -> Found:
    if expected != found:
        yield f"expected {expected}, found {found}"


def _first_day(edge: Edge, rules: Rules) -> Found:
    found = rules_on(edge["standard"], edge["first_on"], rules.editions).name
    yield from _differ(edge["edition"], found)
    before = None
    with contextlib.suppress(BeforeFirstEdition):
        before = rules_on(edge["standard"], edge["first_on"] - timedelta(days=1), rules.editions).name
    yield from _differ(edge.get("before"), before)


def _ladder(edge: Edge, ladder: ClassLadder, label: Callable[[int], str]) -> Found:
    step = exact(edge["step"])
    for (limit, name), beyond in pairwise([*edge["meets"].items(), ("", edge["beyond"])]):
        after = beyond if isinstance(beyond, str) else beyond[1]
        yield from _differ(name, label(ladder.class_of(limit)))
        yield from _differ(after, label(ladder.class_of(exact(limit) + step)))


def _groundwater(edge: Edge, rules: Rules) -> Found:
    yield from _ladder(
        edge, rules.of(GroundwaterRules).ladder(edge["item"]), lambda n: GroundwaterClass(n).label
    )


def _groundwater_acidity(edge: Edge, rules: Rules) -> Found:
    found = rules.of(GroundwaterRules).ladder("pH").class_of(edge["pH"])
    yield from _differ(edge["class"], GroundwaterClass(found).label)


def _groundwater_word(edge: Edge, rules: Rules) -> Found:
    found = rules.of(GroundwaterRules).ladder(edge["item"]).class_of(presence(edge["word"]))
    yield from _differ(edge["class"], GroundwaterClass(found).label)


def _reading(text: str) -> Reading:
    found = read_value(text)
    assert isinstance(found, Reading)
    return found


def _groundwater_non_detect(edge: Edge, rules: Rules) -> Found:
    own = rules.of(GroundwaterRules)
    found = item_class(_reading(edge["text"]), own.ladder(edge["item"]), own.scale([edge["item"]]))
    yield from _differ((edge["class"], edge["decided"]), (found.water_class.label, found.is_decided))


def _groundwater_missing(edge: Edge, rules: Rules) -> Found:
    values = {item: read_value(text) for item, text in edge["values"].items()}
    found = groundwater_class(values, rules.of(GroundwaterRules).scale(values))
    label = None if isinstance(found.water_class, Missing) else found.water_class.label
    yield from _differ(edge["class"], label)
    yield from _differ(edge["missing"], {item: gap.reason for item, gap in found.missing.items()})


def _groundwater_index(edge: Edge, rules: Rules) -> Found:
    found, _ = rules.of(GroundwaterRules).index(edge["item"], edge["value"], GroundwaterClass[edge["target"]])
    yield from _differ(exact(edge["index"]), found)


def _groundwater_exceeds(edge: Edge, rules: Rules) -> Found:
    yield from _differ(edge["exceeds"], rules.of(GroundwaterRules).exceeds(exact(edge["index"])))


def _groundwater_score(edge: Edge, rules: Rules) -> Found:
    classes = [GroundwaterClass[name] for name, count in edge["classes"].items() for _ in range(count)]
    yield from _differ(edge["grade"], overall_score(classes, rules.of(GroundwaterRules).score_rule()).grade)


def _sea(edge: Edge, rules: Rules) -> Found:
    ladder = rules.of(SeaRules).ladder(edge["item"])
    if "meets" in edge:
        yield from _ladder(edge, ladder, lambda n: SeaClass(n).label)
        return
    step = exact(edge["step"])
    for (limit, name), beyond in pairwise([*edge["more_than"].items(), ("", edge["beyond"])]):
        after = beyond if isinstance(beyond, str) else beyond[1]
        yield from _differ(name, SeaClass(ladder.class_of(exact(limit) - step)).label)
        yield from _differ(after, SeaClass(ladder.class_of(limit)).label)


def _sea_acidity(edge: Edge, rules: Rules) -> Found:
    found = rules.of(SeaRules).ladder("pH").class_of(edge["pH"])
    yield from _differ(edge["class"], SeaClass(found).label)


def _sea_missing(edge: Edge, rules: Rules) -> Found:
    read = {item: read_value(text) for item, text in edge["values"].items()}
    values = {item: one if isinstance(one, Missing) else amount(one) for item, one in read.items()}
    found = station_class(values, rules.of(SeaRules).scale(values))
    label = None if isinstance(found.sea_class, Missing) else found.sea_class.label
    yield from _differ(edge["class"], label)
    yield from _differ(edge["missing"], {item: gap.reason for item, gap in found.missing.items()})


def _shares(texts: Sequence[str]) -> ClassShares:
    one, two, three, four, inferior = (Fraction(text) for text in texts)
    return ClassShares((one, two, three, four, inferior))


def _coast(edge: Edge, rules: Rules) -> Found:
    for edition in ("HJ 442-2008", "HJ 442.10-2020"):
        grade, _ = rules.of(SeaRules, coast=edition).coast_grade(_shares(edge["shares"]))
        yield from _differ(edge["grade"], grade.label)


def _eutrophication(edge: Edge, rules: Rules) -> Found:
    rule = rules.of(SeaRules).eutrophication_rule()
    yield from _differ(edge["grade"], eutrophication_grade(edge["index"], rule).label)


def _eutrophication_index(edge: Edge, rules: Rules) -> Found:
    factor = rules.of(SeaRules).eutrophication_factor()
    found = eutrophication_index(edge["COD"], edge["DIN"], edge["DIP"], factor)
    yield from _differ(exact(edge["index"]), found)


def _black_odor(edge: Edge, rules: Rules) -> Found:
    (ladder,), _ = rules.of(BlackOdorRules).ladders([edge["item"]])
    yield from _ladder(edge, ladder, lambda n: BlackOdor(n).label)


def _shallow(edge: Edge, rules: Rules) -> Found:
    own = rules.of(BlackOdorRules)
    (ladder,), _ = own.ladders(["SD"], edge["part"])
    found = transparency_grade(edge["seen"], ladder, own.shallow(edge["part"]), depth_cm=edge["depth"])
    yield from _differ(edge["grade"], found.grade.label)


def _heavy_point(edge: Edge, rules: Rules) -> Found:
    counts = {item: int(count) for item, count in edge["counts"].items()}
    found = point_grade(int(edge["results"]), counts, rules.of(BlackOdorRules).heavy())
    yield from _differ(edge["grade"], found.label)


def _heavy_stretch(edge: Edge, rules: Rules) -> Found:
    points = [BlackOdor.HEAVY if word == "重" else BlackOdor.LIGHT for word in edge["points"]]
    found = heavy_stretches(points, rules.of(BlackOdorRules).heavy())
    yield from _differ([list(map(int, ends)) for ends in edge["stretches"]], [list(ends) for ends in found])


def _heavy_water(edge: Edge, rules: Rules) -> Found:
    found = body_grade(int(edge["points"]), int(edge["heavy"]), rules.of(BlackOdorRules).heavy())
    yield from _differ(edge["grade"], found.label)


def _rural(edge: Edge, rules: Rules) -> Found:
    ladders, _ = rules.of(BlackOdorRules).ladders(["SD", "DO", "NH3N"], "rural")
    found = rural_verdict(edge["values"], ladders).is_black
    yield from _differ(edge["black"], None if isinstance(found, Missing) else found)


def _influent(edge: Edge, rules: Rules) -> Found:
    line, _ = rules.of(SewageRules).influent_line()
    yield from _differ(edge["needs_plan"], influent_strength([(edge["BOD5"], 1)], line).needs_plan)


def _removal(edge: Edge, rules: Rules) -> Found:
    found = rules.of(SewageRules).removal_instead(edge["item"], edge["influent"])
    yield from _differ(edge["percent"], None if found is None else str(found))


def _limit(edge: Edge, limits: Sequence[EffluentLimit]) -> Found:
    found = {limit.item: limit for limit in limits}.get(edge["item"])
    if edge["limit"] is None or found is None:
        yield from _differ(edge["limit"], found)
        return
    yield from _differ(
        (True, False), (found.is_met(exact(edge["limit"])), found.is_met(exact(edge["exceeded"])))
    )


def _plant(edge: Edge, rules: Rules) -> Found:
    limits, _ = rules.of(SewageRules).plant_limits(
        PlantGrade(edge["grade"]), edge["temperature"], int(edge["built"])
    )
    yield from _limit(edge, limits)


def _guangdong(edge: Edge, rules: Rules) -> Found:
    yield from _limit(edge, rules.of(SewageRules).guangdong_limits(edge["grade"], edge["kind"])[0])


def _facility(edge: Edge) -> RuralFacility:
    return RuralFacility(edge["scale"], edge["defined"], True, True, edge.get("special", False))


def _rural_sewage(edge: Edge, rules: Rules) -> Found:
    limits, _ = rules.of(SewageRules).rural_limits(_facility(edge), edge["temperature"])
    yield from _limit(edge, limits)


def _rural_scale(edge: Edge, rules: Rules) -> Found:
    found = None
    with contextlib.suppress(NoSuchValue):
        found = rules.of(SewageRules).rural_grade(_facility(edge))
    yield from _differ(edge["grade"], found)


def _rural_day(edge: Edge, rules: Rules) -> Found:
    found = rules.of(SewageRules).rural_is_in_force(edge["on"], existing=edge["existing"])
    yield from _differ(edge["binds"], found)


def _outfall(edge: Edge, rules: Rules) -> Found:
    own = rules.of(OutfallRules)
    try:
        found = own.classify(edge["kind"])
    except NoSuchValue:
        yield from _differ(edge["first"], None)
        return
    procedure, _ = own.procedure(edge["kind"])
    expected = (edge["first"], edge["second"], edge["procedure"])
    yield from _differ(expected, (found.first, found.second, procedure.label))


def _flow(edge: Edge, rules: Rules) -> Found:
    days, reached = int(edge["days"]), int(edge["reached"])
    flows = [2] * reached + [1] * (days - reached)
    _, found, _ = rules.of(FlowRules).satisfied(flows, 2)
    yield from _differ(edge["satisfied"], None if isinstance(found, Missing) else found)


def _doubtful(what: str, rules: Rules, *, allowed: bool) -> Basis:
    """The basis of a verdict that rests on an unverified value."""
    sea = rules.of(SeaRules, allowed=allowed)
    old = rules.of(SeaRules, allowed=allowed, coast="HJ 442-2008")
    doors: Mapping[str, Callable[[], Basis]] = {
        "eutrophication": lambda: sea.eutrophication_rule().basis,
        "coast_2020": lambda: sea.coast_grade(_shares(["65", "27", "4", "2", "2"]))[1],
        "coast_2008_alternative": lambda: old.coast_grade(_shares(["30", "25", "36", "5", "4"]))[1],
        "rural": lambda: rules.of(BlackOdorRules, allowed=allowed).ladders(["DO"], "rural")[1],
        "outfall": lambda: rules.of(OutfallRules, allowed=allowed).classify("城镇雨洪排口").basis,
        "flow": lambda: rules.of(FlowRules, allowed=allowed).satisfied([1], 1)[2],
    }
    return doors[what]()


def _refused(edge: Edge, rules: Rules) -> Found:
    with contextlib.suppress(UnverifiedValue):
        yield f"judged without being allowed: {_doubtful(edge['what'], rules, allowed=False)}"
    named = _doubtful(edge["what"], rules, allowed=True).unverified
    if not any(edge["names"] in word for word in named):
        yield f"{edge['names']} is not named in {named}"


def _entries(edge: Edge, rules: Rules) -> Found:
    cells = rules_named(edge["edition"], rules.editions).cells(edge["table"])
    found = {" | ".join(cell.keys.values()): str(cell.value) for cell in cells}
    yield from _differ(edge["values"], found)


CHECKS: Mapping[str, Callable[[Edge, Rules], Found]] = {
    "first_days": _first_day,
    "groundwater": _groundwater,
    "groundwater_acidity": _groundwater_acidity,
    "groundwater_words": _groundwater_word,
    "groundwater_non_detects": _groundwater_non_detect,
    "groundwater_missing": _groundwater_missing,
    "groundwater_index": _groundwater_index,
    "groundwater_exceeds": _groundwater_exceeds,
    "groundwater_scores": _groundwater_score,
    "sea": _sea,
    "sea_acidity": _sea_acidity,
    "sea_missing": _sea_missing,
    "coasts": _coast,
    "eutrophication": _eutrophication,
    "eutrophication_index": _eutrophication_index,
    "black_odor": _black_odor,
    "shallow": _shallow,
    "heavy_points": _heavy_point,
    "heavy_stretches": _heavy_stretch,
    "heavy_waters": _heavy_water,
    "rural": _rural,
    "influent": _influent,
    "removal": _removal,
    "plants": _plant,
    "guangdong": _guangdong,
    "rural_sewage": _rural_sewage,
    "rural_scales": _rural_scale,
    "rural_days": _rural_day,
    "outfalls": _outfall,
    "flow": _flow,
    "refused": _refused,
    "entries": _entries,
}


class TestEdges:
    def test_every_section_has_a_check_and_every_check_a_section(self):
        assert set(EDGES) == set(CHECKS)

    @pytest.mark.parametrize("section", CHECKS)
    def test_the_data_files_agree_with_the_edges(self, section):
        assert [found for edge in EDGES[section] for found in CHECKS[section](edge, Rules())] == []

    @pytest.mark.parametrize("standard", ["GB/T 14848", "GB 3097", "GB 18918"])
    def test_a_changed_limit_shows(self, standard):
        one = next(e for e in reversed(shipped()) if e.standard == standard)
        changed = [edition if edition is not one else _raised(one) for edition in shipped()]
        assert next(disagreements(changed), None) is not None

    def test_every_item_of_the_tables_has_an_edge(self):
        judged = {edge["item"] for edge in EDGES["groundwater"] + EDGES["groundwater_words"]} | {"pH"}
        assert judged == set(Rules().of(GroundwaterRules).names)
        assert {edge["item"] for edge in EDGES["sea"]} | {"pH"} == set(Rules().of(SeaRules).names)

    def test_a_day_of_the_old_edition_has_no_limits_here(self):
        with pytest.raises(NoSuchValue, match="limits"):
            GroundwaterRules(date(2018, 4, 30)).ladder("氯化物")


def _raised(edition: Edition) -> Edition:
    limits = [cell for cell in edition.cells if cell.table == "limits" and isinstance(cell.value, Decimal)]
    cells = [
        dataclasses.replace(cell, value=cell.number + 1) if cell is limits[-1] else cell
        for cell in edition.cells
    ]
    return dataclasses.replace(edition, cells=tuple(cells))
