"""Both sides of every limit, rung and first day of the air, against the data files.

The soak of the air tables loads `disagreements` from here: whatever changes one value of a data
file by one step must show.
"""

import dataclasses
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from qingshan.evaluation.air_rules import index_rules, limit_of, scale_of
from qingshan.kernel.basis import Missing
from qingshan.science.air import attains, grade_of, reporting_steps, sub_index
from qingshan.standards.public import (
    BeforeFirstEdition,
    Edition,
    check,
    editions_of,
    read_exact,
    rules_named,
    rules_on,
    shipped,
)

EDGES = read_exact(Path(__file__).parent / "air_edges.yaml")


def disagreements(editions: Sequence[Edition]) -> Iterator[str]:
    """Everything in which these editions differ from the edges."""
    yield from (f"{found.edition}: {found.text}" for found in check(editions) if found.is_error)
    for section, compare in CHECKS.items():
        for edge in EDGES[section]:
            yield from (f"{section} {edge}: {found}" for found in compare(edge, editions))


def _limit(edge: Mapping[str, Any], editions: Sequence[Edition]) -> Iterator[str]:
    rules = rules_on("GB 3095", edge["on"], editions)
    limit = limit_of(rules, edge["parameter"], str(edge["averaging"]), edge["grade"]).number
    places = -int(Decimal(edge["beyond"]).as_tuple().exponent)
    if not attains(edge["within"], limit, places).is_attained:
        yield "the value within exceeds"
    if attains(edge["beyond"], limit, places).is_attained:
        yield "the value beyond attains"


def _refused(edge: Mapping[str, Any], editions: Sequence[Edition]) -> Iterator[str]:
    try:
        yield f"{rules_on(edge['standard'], edge['on'], editions).name} is in force"
    except BeforeFirstEdition:
        if editions_of(edge["standard"], editions)[0].first_on != edge["on"] + timedelta(days=1):
            yield "the first edition starts on another day"


def _in_force(edge: Mapping[str, Any], editions: Sequence[Edition]) -> Iterator[str]:
    yield from _differ(edge["name"], rules_on(edge["standard"], edge["on"], editions).name)


def _sub_index(edge: Mapping[str, Any], editions: Sequence[Edition]) -> Iterator[str]:
    rules = rules_named(edge["edition"], editions)
    scale = scale_of(rules, edge["parameter"], str(edge["averaging"]))
    found = sub_index(reporting_steps(Decimal(edge["value"]), scale.decimals), scale)
    yield from _differ(edge["sub_index"], None if isinstance(found, Missing) else found)


def _grade(edge: Mapping[str, Any], editions: Sequence[Edition]) -> Iterator[str]:
    rules = index_rules(rules_named(edge["edition"], editions), "daily")
    grade = grade_of(edge["aqi"], rules.grades)
    for name in ("level", "name", "colour", "rgb"):
        yield from _differ(edge[name], getattr(grade, name))
    if edge["aqi"] == 500:
        yield from _differ(500, rules.grades[-1].highest)


def _indicators(edge: Mapping[str, Any], editions: Sequence[Edition]) -> Iterator[str]:
    cells = rules_named(edge["edition"], editions).cells("indicators", report=edge["report"])
    found = {f"{cell.keys['parameter']}_{cell.keys['averaging']}": cell.value for cell in cells}
    yield from _differ(edge["scales"], found)


def _alone(edge: Mapping[str, Any], editions: Sequence[Edition]) -> Iterator[str]:
    cells = rules_named(edge["edition"], editions).cells(edge["table"])
    found = {"/".join(cell.keys.values()): cell.value for cell in cells if cell.value is not None}
    expected = {str(key): value for key, value in edge["values"].items()}
    for key in expected.keys() | found.keys():
        yield from (f"{key}: {words}" for words in _differ(expected.get(key), found.get(key)))


def _differ(expected: object, found: object) -> Iterator[str]:
    if expected != found:
        yield f"expected {expected}, found {found}"


CHECKS: dict[str, Callable[[Mapping[str, Any], Sequence[Edition]], Iterator[str]]] = {
    "limits": _limit,
    "refused": _refused,
    "in_force": _in_force,
    "sub_indices": _sub_index,
    "grades": _grade,
    "indicators": _indicators,
    "alone": _alone,
}


def test_the_data_files_agree_with_every_edge():
    assert list(disagreements(shipped())) == []


def test_every_value_of_the_air_has_an_edge():
    asked = {(edge["edition"], edge["table"]) for edge in EDGES["alone"]}
    behaving = {"limits", "categories", "indicators"}
    for edition in shipped():
        if edition.subject == "air":
            tables = {cell.table for cell in edition.cells if cell.value is not None} - behaving
            assert {(edition.code, table) for table in tables} <= asked


@pytest.mark.parametrize(
    ("code", "table", "keys", "value"),
    [
        ("GB 3095-2012", "limits", {"parameter": "PM2.5", "averaging": "24h", "grade": "2"}, "76"),
        ("HJ 633-2026", "breakpoints", {"parameter": "PM10", "averaging": "24h", "sub_index": "500"}, "601"),
        ("HJ 633-2026", "categories", {"level": "3", "part": "highest"}, "151"),
        (
            "HJ 663-2026",
            "annual_items",
            {"parameter": "CO", "statistic": "percentile", "averaging": "24h"},
            "96",
        ),
    ],
)
def test_a_changed_value_shows(code, table, keys, value):
    changed = []
    for edition in shipped():
        cells = edition.cells
        if edition.code == code:
            cells = tuple(
                dataclasses.replace(cell, value=Decimal(value))
                if (cell.table, cell.keys) == (table, keys)
                else cell
                for cell in cells
            )
            assert cells != edition.cells
        changed.append(dataclasses.replace(edition, cells=cells))
    assert next(disagreements(changed), None) is not None


def test_a_first_day_moved_by_one_shows():
    moved = [
        dataclasses.replace(edition, first_on=edition.first_on + timedelta(days=1))
        if edition.code == "HJ 633-2026"
        else edition
        for edition in shipped()
    ]
    with pytest.raises(LookupError):
        list(disagreements(moved))


def test_two_editions_in_force_on_one_day_show():
    moved = [
        dataclasses.replace(edition, first_on=edition.first_on - timedelta(days=1))
        if edition.code == "GB 3095-2026"
        else edition
        for edition in shipped()
    ]
    assert "still in force" in next(disagreements(moved))
