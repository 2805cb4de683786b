"""Verdicts against the hand-worked cases of ``status_cases.yaml``, and the path."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml

from qingshan.plans.states import Status
from qingshan.plans.status import Case, Measured, judge, path
from qingshan.plans.targets import typed_from
from qingshan.plans.vocabulary import Direction, Finding, ValueKind

CASES = yaml.safe_load(Path(__file__).with_name("status_cases.yaml").read_text(encoding="utf-8"))


def measured(year: int, found: Any) -> Measured:
    if isinstance(found, str):
        return Measured(year, Decimal(found))
    return Measured(
        year,
        number=Decimal(found["number"]) if "number" in found else None,
        unit=found.get("unit", ""),
        text=found.get("text", ""),
        finding=Finding(found["finding"]) if "finding" in found else None,
        whole_year=not found.get("part", False),
    )


def case_of(given: dict[str, Any]) -> Case:
    base = given.get("baseline")
    return Case(
        on=given["day"],
        targets={year: typed_from(typed) for year, typed in given["targets"].items()},
        values={year: measured(year, found) for year, found in given.get("values", {}).items()},
        direction=Direction(given["direction"]) if "direction" in given else None,
        baseline_year=base[0] if base else None,
        baseline=typed_from({"kind": "number", "operator": "=", "value": base[1]}) if base else None,
        excluded=given.get("excluded", {}),
    )


@pytest.mark.parametrize("given", CASES, ids=[case["name"] for case in CASES])
def test_the_verdict_is_the_one_worked_out_by_hand(given: dict[str, Any]) -> None:
    verdict, expect = judge(case_of(given)), given["expect"]
    assert verdict.status == expect["status"]
    assert verdict.method
    if "year" in expect:
        assert verdict.year == expect["year"]
    if "expected" in expect:
        assert verdict.expected == Fraction(expect["expected"])
    assert [str(one.value) for one in verdict.cautions] == expect.get("cautions", [])
    assert [str(part.status.value) for part in verdict.parts] == expect.get("parts", [])


def test_every_status_and_every_kind_of_target_has_a_case() -> None:
    kinds = {typed["kind"] for case in CASES for typed in case["targets"].values()}
    assert {case["expect"]["status"] for case in CASES} == set(Status.values)
    assert kinds == {kind.value for kind in ValueKind}


class TestThePath:
    def test_it_runs_straight_from_the_baseline_through_the_targets(self) -> None:
        given = {
            "day": date(2022, 1, 1),
            "direction": "higher_better",
            "baseline": [2020, "88"],
            "targets": {2023: {"kind": "number", "operator": ">=", "value": "90"}},
        }
        points = path(case_of(given))
        assert [(point.year, str(point.value), point.printed) for point in points] == [
            (2020, "88", True),
            (2021, "88.7", False),  # 88 + 2/3, rounded for showing only
            (2022, "89.3", False),
            (2023, "90", True),
        ]

    def test_it_is_empty_where_the_target_is_still_to_be_assigned(self) -> None:
        given = {
            "day": date(2022, 1, 1),
            "baseline": [2020, "88"],
            "targets": {2025: {"kind": "assigned", "authority": "阳江市"}},
        }
        assert path(case_of(given)) == ()
