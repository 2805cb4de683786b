"""Grades of enterprises from Q, M and E."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingshan.science.risk.enterprise import (
    AirReceptors,
    Medium,
    RiskGrade,
    Steps,
    Substance,
    air_sensitivity,
    enterprise_grade,
    medium_label,
    process_score,
    quantity_ratio,
    raised_grade,
    risk_grade,
    water_sensitivity,
)

_Q = Steps({"Q0": Fraction(0), "Q1": Fraction(1), "Q2": Fraction(10), "Q3": Fraction(100)})
_BOUNDS = AirReceptors((Fraction(50000), Fraction(10000)), (Fraction(1000), Fraction(500)))
_GRADE = st.sampled_from(RiskGrade)


class TestQuantities:
    def test_a_site_without_substances_has_zero(self):
        assert quantity_ratio([]) == 0

    @pytest.mark.parametrize("pair", [(-1, 10), (1, 0)])
    def test_amounts_are_above_zero(self, pair):
        with pytest.raises(ValueError, match="above zero"):
            quantity_ratio([Substance(*pair)])

    @given(st.lists(st.tuples(st.integers(0, 100), st.integers(1, 100)), max_size=6))
    def test_a_substance_more_never_lowers_the_ratio(self, pairs):
        substances = [Substance(*pair) for pair in pairs]
        assert quantity_ratio([*substances, Substance(1, 10)]) > quantity_ratio(substances)

    def test_classes_begin_at_their_bound(self):
        assert [_Q.class_of(ratio) for ratio in (0, "0.99", 1, "9.99", 10, 100)] == [
            "Q0",
            "Q0",
            "Q1",
            "Q1",
            "Q2",
            "Q3",
        ]

    def test_a_ratio_below_zero_and_bounds_out_of_order_are_refused(self):
        with pytest.raises(ValueError, match="below zero"):
            _Q.class_of(-1)
        for bounds in ({}, {"Q1": Fraction(1)}, {"Q0": Fraction(0), "Q2": Fraction(9), "Q1": Fraction(1)}):
            with pytest.raises(ValueError, match="rise from zero"):
                Steps(bounds)


class TestScoresAndReceptors:
    def test_below_the_cap_all_sets_count(self):
        assert process_score([10, 5], 30).counted == 15

    def test_a_score_below_zero_is_refused(self):
        with pytest.raises(ValueError, match="below zero"):
            process_score([-5], 30)

    def test_the_more_sensitive_of_both_distances_counts(self):
        assert air_sensitivity(0, 1001, [], _BOUNDS, {}) == "E1"
        assert air_sensitivity(0, 1000, [], _BOUNDS, {}) == "E2"
        assert air_sensitivity(60000, 0, [], _BOUNDS, {}) == "E1"
        assert air_sensitivity(0, 499, [], _BOUNDS, {}) == "E3"

    def test_a_receptor_may_class_a_place_by_itself(self):
        assert air_sensitivity(0, 0, ["military"], _BOUNDS, {"military": "E1"}) == "E1"
        assert water_sensitivity(["park", "intake"], {"park": "E2", "intake": "E1"}) == "E1"

    def test_unknown_receptors_and_negative_persons_are_refused(self):
        with pytest.raises(ValueError, match="no receptor"):
            water_sensitivity(["moon"], {"park": "E2"})
        with pytest.raises(ValueError, match="persons"):
            air_sensitivity(-1, 0, [], _BOUNDS, {})


class TestGrades:
    def test_a_place_outside_the_matrix_is_refused(self):
        with pytest.raises(KeyError, match="M is None"):
            risk_grade("Q1", None, "E1", {("E1", "Q1", "M1"): RiskGrade.LARGER})

    @given(air=_GRADE, water=_GRADE)
    def test_the_enterprise_has_the_higher_grade_whichever_it_is(self, air, water):
        assert enterprise_grade(air, water) == enterprise_grade(water, air) >= air

    @given(grade=_GRADE, steps=st.integers(0, 3))
    def test_raising_never_lowers_and_never_leaves_the_scale(self, grade, steps):
        assert grade <= raised_grade(grade, steps) <= RiskGrade.MAJOR

    def test_labels_as_they_are_filed(self):
        assert medium_label(RiskGrade.MAJOR, Medium.WATER, "Q3", "M4", "E1") == "重大-水(Q3-M4-E1)"
        assert medium_label(RiskGrade.ORDINARY, Medium.AIR, "Q0") == "一般-大气(Q0)"
