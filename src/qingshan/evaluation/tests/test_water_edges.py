"""Both sides of every limit, bound and first day of surface water, against the data files.

The soak of the water tables loads `disagreements` from here: whatever changes one value of a data
file by one step must show.
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

from qingshan.evaluation.water_rules import Water, WaterRules
from qingshan.kernel.basis import Missing
from qingshan.kernel.rounding import exact, round_places
from qingshan.science.statistics import rank_trend
from qingshan.science.water.averaging import mean_over_period
from qingshan.science.water.basin import basin_grade, grade_by_share
from qingshan.science.water.classes import Grade, WaterClass, grade_of, read_class
from qingshan.science.water.comparison import change_of_shares
from qingshan.science.water.drinking import source_compliance
from qingshan.science.water.readings import amount, read_value
from qingshan.science.water.trophic import sub_index, trophic_grade, trophic_level_index
from qingshan.standards.public import BeforeFirstEdition, Edition, read_exact, rules_named, rules_on, shipped

EDGES = read_exact(Path(__file__).parent / "water_edges.yaml")


def disagreements(editions: Sequence[Edition]) -> Iterator[str]:
    """Everything in which these editions differ from the edges."""
    rules = WaterRules(None, editions=tuple(editions))
    for section, check in CHECKS.items():
        for edge in EDGES[section]:
            yield from (f"{section} {edge}: {found}" for found in check(edge, rules))


def _first_day(edge: Mapping[str, Any], rules: WaterRules) -> Iterator[str]:
    found = rules_on(edge["standard"], edge["first_on"], rules.editions).code
    if found != edge["edition"]:
        yield f"{found} on the first day"
    day_before = edge["first_on"] - timedelta(days=1)
    with contextlib.suppress(BeforeFirstEdition):
        yield f"{rules_on(edge['standard'], day_before, rules.editions).code} on the day before"


def _classes(edge: Mapping[str, Any], rules: WaterRules) -> Iterator[str]:
    ladder, step = rules.ladder(edge["item"], Water(edge["water"])), exact(edge["step"])
    for (limit, label), beyond in pairwise([*edge["meets"].items(), ("", "劣V")]):
        label_beyond = beyond if isinstance(beyond, str) else beyond[1]
        yield from _differ(label, ladder.class_of(exact(limit)).label)
        yield from _differ(label_beyond, ladder.class_of(exact(limit) + step).label)


def _acidity(edge: Mapping[str, Any], rules: WaterRules) -> Iterator[str]:
    yield from _differ(edge["class"], rules.ladder("pH", Water.RIVER).class_of(exact(edge["pH"])).label)


def _source(edge: Mapping[str, Any], rules: WaterRules) -> Iterator[str]:
    scale, limit = rules.source_scale(), Decimal(edge["limit"])
    beyond = limit + Decimal(1).scaleb(int(limit.as_tuple().exponent))
    for value, complied in ((limit, True), (beyond, False)):
        found = source_compliance(WaterClass.I, {edge["item"]: value}, scale)
        yield from _differ(complied, found.complied)
        yield from _differ((), found.aside)


def _source_class(edge: Mapping[str, Any], rules: WaterRules) -> Iterator[str]:
    water_class = read_class(edge["class"])
    assert water_class is not None
    yield from _differ(edge["complied"], source_compliance(water_class, {}, rules.source_scale()).complied)


def _share(edge: Mapping[str, Any], rules: WaterRules) -> Iterator[str]:
    found = grade_by_share(edge["good"], edge["inferior"], rules.share_bands())
    yield from _differ(edge["grade"], found.label)


def _count(edge: Mapping[str, Any], rules: WaterRules) -> Iterator[str]:
    found = basin_grade(edge["counts"], rules.share_bands())
    yield from _differ(edge["grade"], found.reason if isinstance(found, Missing) else found.label)


def _change(edge: Mapping[str, Any], rules: WaterRules) -> Iterator[str]:
    found = change_of_shares(edge["combined"], 0, rules.change_bands())
    yield from _differ(edge["change"], found.change.label)


def _trophic_grade(edge: Mapping[str, Any], rules: WaterRules) -> Iterator[str]:
    yield from _differ(edge["grade"], trophic_grade(edge["index"], rules.trophic_scale().bounds).label)


def _trophic_sub_index(edge: Mapping[str, Any], rules: WaterRules) -> Iterator[str]:
    found = sub_index(edge["value"], rules.trophic_scale().item(edge["item"]))
    yield from _differ(edge["sub_index"], str(round_places(found, 4)))


def _trophic_weight(edge: Mapping[str, Any], rules: WaterRules) -> Iterator[str]:
    found = trophic_level_index({edge["item"]: 100, "Chla": 0}, rules.trophic_scale())
    yield from _differ(edge["index"], str(round_places(found, 6)))


def _period(edge: Mapping[str, Any], rules: WaterRules) -> Iterator[str]:
    rule, _ = rules.period(edge["period"])
    yield from _differ(edge["of"], rule.expected)
    yield from _differ(False, isinstance(mean_over_period("TP", ["1"] * edge["enough"], rule).value, Missing))
    fewer = mean_over_period("TP", ["1"] * (edge["enough"] - 1), rule)
    yield from _differ(True, isinstance(fewer.value, Missing))


def _correlation(edge: Mapping[str, Any], rules: WaterRules) -> Iterator[str]:
    for level in ("0.05", "0.01"):
        found = rules.critical_correlations(level)[int(edge["periods"])]
        yield from _differ(Decimal(edge[level]), found)
        rising = rank_trend(
            range(int(edge["periods"])), {int(edge["periods"]): found}, equal_is_significant=False
        )
        yield from _differ(found < 1, rising.is_significant)


def _non_detect(edge: Mapping[str, Any], rules: WaterRules) -> Iterator[str]:
    reading = read_value(edge["text"])
    assert not isinstance(reading, Missing)
    yield from _differ(Fraction(edge["amount"]), amount(reading, rules.non_detects(edge["use"])))


def _entries(edge: Mapping[str, Any], rules: WaterRules) -> Iterator[str]:
    cells = rules_named(edge["edition"], rules.editions).cells(edge["table"])
    yield from _differ(edge["values"], {" | ".join(cell.keys.values()): str(cell.value) for cell in cells})


def _differ(expected: object, found: object) -> Iterator[str]:
    if expected != found:
        yield f"expected {expected}, found {found}"


CHECKS: Mapping[str, Callable[[Mapping[str, Any], WaterRules], Iterator[str]]] = {
    "first_days": _first_day,
    "classes": _classes,
    "acidity": _acidity,
    "sources": _source,
    "source_class": _source_class,
    "grades_by_share": _share,
    "grades_by_count": _count,
    "changes": _change,
    "trophic_grades": _trophic_grade,
    "trophic_sub_indices": _trophic_sub_index,
    "trophic_weights": _trophic_weight,
    "periods": _period,
    "correlations": _correlation,
    "non_detects": _non_detect,
    "entries": _entries,
}


class TestEdges:
    def test_every_section_has_a_check_and_every_check_a_section(self):
        assert set(EDGES) == set(CHECKS)

    @pytest.mark.parametrize("section", CHECKS)
    def test_the_data_files_agree_with_the_edges(self, section):
        rules = WaterRules(None)
        assert [found for edge in EDGES[section] for found in CHECKS[section](edge, rules)] == []

    def test_a_changed_limit_shows(self):
        assert list(disagreements(shipped())) == []
        one = next(edition for edition in shipped() if edition.standard == "GB 3838")
        cells = [_raised(cell) if cell.keys.get("item") == "CODMn" else cell for cell in one.cells]
        changed = [edition if edition is not one else _with_cells(one, cells) for edition in shipped()]
        assert any("CODMn" in found for found in disagreements(changed))

    def test_the_words_of_the_grades_are_those_of_the_method(self):
        cells = WaterRules(None).method.cells("grades", say="word")
        assert [cell.value for cell in cells] == [grade.label for grade in Grade]
        for cell in cells:
            first, _, last = cell.keys["classes"].partition("-")
            for label in (first, last or first):
                water_class = read_class(label)
                assert water_class is not None
                assert grade_of(water_class).label == cell.value

    def test_a_day_between_two_first_days_uses_what_there_was(self):
        assert WaterRules(date(2016, 1, 1)).method.code == "环办〔2011〕22号"


def _raised(cell):
    return dataclasses.replace(cell, value=cell.value + 1) if isinstance(cell.value, Decimal) else cell


def _with_cells(edition, cells):
    return dataclasses.replace(edition, cells=tuple(cells))
