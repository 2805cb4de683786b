"""The target of a year: printed, proposed on the straight way, or in words. Worked by hand."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from qingshan.annual.proposing import Course, Known, proposal
from qingshan.annual.vocabulary import Basis
from qingshan.plans.public import Direction, Operator, Typed, ValueKind

UP, DOWN = Direction.HIGHER_BETTER, Direction.LOWER_BETTER


def at_least(value: str, unit: str = "%") -> Typed:
    return Typed(ValueKind.NUMBER, Operator.AT_LEAST, Decimal(value), unit)


def at_most(value: str, unit: str = "微克/立方米") -> Typed:
    return Typed(ValueKind.NUMBER, Operator.AT_MOST, Decimal(value), unit)


def known(year: int, value: str, unit: str = "") -> Known:
    return Known(year, Decimal(value), unit)


BASE = known(2020, "88")


class TestNumbers:
    def test_what_is_printed_for_the_year_is_taken_as_it_is(self) -> None:
        found = proposal(Course({2023: at_least("90"), 2025: at_least("92.5")}, (), BASE, UP, "%"), 2023)
        assert (found.words, found.number, found.basis) == ("≥90%", Decimal(90), Basis.PRINTED)

    def test_from_the_baseline_on_the_straight_way(self) -> None:
        """88 in 2020 to 92.5 in 2025 is 0.9 a year; in 2023 it is 90.7."""
        found = proposal(Course({2025: at_least("92.5")}, (), BASE, UP, "%"), 2023)
        assert (found.words, found.number, found.basis) == ("≥90.70%", Decimal("90.70"), Basis.PROPOSED)
        assert found.method == ("测算建议值：由2020年数值 88% 到2025年目标 ≥92.5% 的直线，2023年为 90.70%。")

    def test_the_last_value_goes_before_the_baseline(self) -> None:
        """89 in 2022 to 92.5 in 2025 is 3.5 in three years; in 2023 it is 90.1666..., printed 90.17."""
        course = Course({2025: at_least("92.5")}, (known(2021, "90"), known(2022, "89")), BASE, UP, "%")
        assert proposal(course, 2023).number == Decimal("90.17")

    def test_a_value_of_the_year_itself_or_later_is_no_start(self) -> None:
        course = Course({2025: at_least("92.5")}, (known(2023, "95"),), BASE, UP, "%")
        assert proposal(course, 2023).number == Decimal("90.70")

    @pytest.mark.parametrize(("value", "words"), [("92.4", "≥92.43%"), ("92.5", "≥92.5%"), ("96", "≥92.5%")])
    def test_what_is_reached_is_kept_and_never_led_back_from(self, value: str, words: str) -> None:
        """92.4 in 2022 is not yet 92.5: a third of 0.1 is 0.0333...; at 92.5 and above the target is kept."""
        found = proposal(Course({2025: at_least("92.5")}, (known(2022, value),), BASE, UP, "%"), 2023)
        assert found.words == words

    def test_a_burden_comes_down(self) -> None:
        """30 in 2020 to 25 in 2025 is 1 a year down; in 2022 it is 28."""
        course = Course({2025: at_most("25")}, (), known(2020, "30"), DOWN, "微克/立方米")
        assert proposal(course, 2022).words == "≤28.0微克/立方米"

    def test_a_bare_number_binds_by_the_direction(self) -> None:
        bare = Typed(ValueKind.NUMBER, Operator.EQUAL, Decimal("45.1"), "%", implied=True)
        assert proposal(Course({2025: bare}, (), known(2020, "44.1"), UP, "%"), 2025).words == "≥45.1%"

    def test_what_is_to_vanish_goes_to_nought(self) -> None:
        gone = Typed(ValueKind.ELIMINATE)
        found = proposal(Course({2025: gone}, (), known(2020, "10", "个"), DOWN, "个"), 2023)
        assert found.words == "≤4.0个"

    def test_after_the_last_target_year_it_is_kept_on(self) -> None:
        found = proposal(Course({2025: at_least("92.5")}, (), BASE, UP, "%"), 2026)
        assert (found.words, found.basis) == ("≥92.5%", Basis.PROPOSED)
        assert "沿用" in found.method

    def test_it_goes_to_the_next_target_and_not_the_last(self) -> None:
        """88 in 2020 to 90 in 2022, then 92.5 in 2025: in 2021 it is 89."""
        course = Course({2022: at_least("90"), 2025: at_least("92.5")}, (), BASE, UP, "%")
        assert proposal(course, 2021).number == Decimal("89.0")


class TestWords:
    @pytest.mark.parametrize(
        ("typed", "words"),
        [
            (Typed(ValueKind.KEEP_NOT_WORSE), "不低于基准水平"),
            (Typed(ValueKind.QUALITATIVE, text="制定实施"), "制定实施"),
            (Typed(ValueKind.ASSIGNED, authority="云岭市"), "由云岭市下达"),
            (Typed(ValueKind.RELATIVE, direction=UP, text="持续提升"), "持续提升"),
        ],
        ids=["kept", "qualitative", "assigned", "relative"],
    )
    @pytest.mark.parametrize("year", [2023, 2025])
    def test_what_is_no_number_is_said_and_not_computed(self, typed: Typed, words: str, year: int) -> None:
        found = proposal(Course({2025: typed}, (known(2022, "89"),), BASE, UP, "%"), year)
        assert (found.words, found.number) == (words, None)
        assert found.basis in (Basis.WORDS, Basis.PRINTED)
        assert found.method

    def test_nothing_is_computed_without_a_start(self) -> None:
        found = proposal(Course({2025: at_least("92.5")}, (), None, UP, "%"), 2023)
        assert (found.words, found.number, found.basis) == ("≥92.5%", None, Basis.WORDS)
        assert "没有可用的起点数值" in found.method

    def test_another_unit_is_no_start(self) -> None:
        course = Course({2025: at_least("30", "万吨")}, (), known(2020, "28", "吨"), UP, "万吨")
        assert proposal(course, 2023).number is None

    @pytest.mark.parametrize("targets", [{}, {2025: Typed(ValueKind.NO_DATA)}], ids=["none", "no data"])
    def test_where_the_plan_sets_no_target_it_says_so(self, targets: Any) -> None:
        assert proposal(Course(targets, (), BASE, UP, "%"), 2023).words == "规划未设目标值"
