"""Who is stricter, and where that cannot be said; units that convert, and those that do not."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from qingshan.plans.public import Direction, typed_from
from qingshan.succession.stricter import Bid, placed
from qingshan.succession.units import converted

CASES = yaml.safe_load((Path(__file__).parent / "stricter_cases.yaml").read_text(encoding="utf-8"))


class TestStrictness:
    @pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
    def test_each_case_is_placed_as_worked_by_hand(self, case: dict[str, Any]) -> None:
        bids = [
            Bid(
                typed_from(one["target"]) if one.get("target") else None,
                one.get("unit", ""),
                one.get("scope", ""),
            )
            for one in case["bids"]
        ]
        direction = Direction(case["direction"]) if case.get("direction") else None
        found = placed(bids, direction)
        assert [one.strictness.value for one in found] == case["placed"]
        for one, words in zip(found, case.get("why", [""] * len(found)), strict=True):
            assert words in one.why

    def test_nobody_is_compared_with_nobody(self) -> None:
        assert placed([], Direction.HIGHER_BETTER) == []


class TestUnits:
    @pytest.mark.parametrize(
        ("value", "unit", "to", "wanted"),
        [
            ("1.5", "万吨", "吨", "15000"), ("350", "吨", "万吨", "0.035"), ("0.025", "mg/m³", "μg/m³", "25"),
            ("3", "平方公里", "公顷", "300"), ("7", "分", "分", "7"), ("2", "亿立方米", "万立方米", "20000"),
        ],
    )  # fmt: skip
    def test_they_convert_exactly(self, value: str, unit: str, to: str, wanted: str) -> None:
        assert converted(Decimal(value), unit, to) == Decimal(wanted)
        back = converted(Decimal(wanted), to, unit)
        assert back == Decimal(value)

    @pytest.mark.parametrize(("unit", "to"), [("万吨", "万t/a"), ("mg/L", "mg/m³"), ("%", "吨"), ("", "%")])
    def test_what_needs_more_than_arithmetic_does_not(self, unit: str, to: str) -> None:
        assert converted(Decimal(1), unit, to) is None
