"""Black-odorous water: samples, shallow water, points, stretches, waters, and the countryside."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingshan.kernel.basis import Missing
from qingshan.science.class_ladder import at_least, at_most
from qingshan.science.water.black_odor import (
    BlackOdor,
    HeavyRule,
    ShallowRule,
    body_grade,
    heavy_stretches,
    point_grade,
    rural_verdict,
    sample_grade,
    transparency_grade,
)

GRADES = tuple(BlackOdor)
SD = at_least("SD", "透明度", [Fraction(25), Fraction(10)], GRADES)
DO = at_least("DO", "溶解氧", [Fraction(2), Fraction("0.2")], GRADES)
NH3N = at_most("NH3N", "氨氮", [Fraction(8), Fraction(15)], GRADES)
SHALLOW = ShallowRule(Fraction(25), Fraction(2, 5))
HEAVY = HeavyRule(Fraction(60), Fraction(30), 2, 3, Fraction(60))
RURAL = (at_least("DO", "溶解氧", [Fraction(2)], (1, 2)), at_most("NH3N", "氨氮", [Fraction(15)], (1, 2)))


class TestSample:
    def test_the_worst_item_decides(self):
        found = sample_grade({"SD": BlackOdor.NONE, "DO": "0.1", "NH3N": Missing("blank")}, (SD, DO, NH3N))
        assert found.grade.label == "重度黑臭"
        assert found.items == {"SD": BlackOdor.NONE, "DO": BlackOdor.HEAVY}
        assert found.missing == {"NH3N": Missing("blank")}

    def test_without_a_value_there_is_no_grade(self):
        assert sample_grade({}, (DO,)).grade == Missing("no_judged_item_has_a_value")

    @given(st.fractions(0, 20), st.fractions(0, 30), st.fractions(0, 5))
    def test_more_ammonia_is_never_better(self, oxygen, ammonia, more):
        one = sample_grade({"DO": oxygen, "NH3N": ammonia}, (DO, NH3N)).grade
        assert sample_grade({"DO": oxygen, "NH3N": ammonia + more}, (DO, NH3N)).grade >= one


class TestShallowWater:
    def test_deep_water_keeps_the_usual_lines(self):
        found = transparency_grade(24, SD, SHALLOW, depth_cm=25)
        assert (found.grade, found.line_cm, found.is_shallow) == (BlackOdor.LIGHT, 25, False)
        assert transparency_grade(9, SD, SHALLOW).grade is BlackOdor.HEAVY

    def test_shallow_water_is_held_against_part_of_its_depth(self):
        assert transparency_grade(8, SD, SHALLOW, depth_cm=20).grade is BlackOdor.NONE
        assert transparency_grade("7.9", SD, SHALLOW, depth_cm=20).grade is BlackOdor.LIGHT

    def test_water_clear_to_the_bottom_is_not_black(self):
        assert transparency_grade(5, SD, SHALLOW, depth_cm=20, sees_bottom=True).grade is BlackOdor.NONE

    @pytest.mark.parametrize(("seen", "depth"), [(-1, None), (5, -1), (30, 20)])
    def test_what_cannot_be_is_refused(self, seen, depth):
        with pytest.raises(ValueError, match="cannot be"):
            transparency_grade(seen, SD, SHALLOW, depth_cm=depth)


class TestPointsAndWaters:
    @pytest.mark.parametrize(
        ("counts", "grade"),
        [
            ({"SD": 6, "DO": 0}, "轻度黑臭"),
            ({"SD": 7, "DO": 0}, "重度黑臭"),
            ({"SD": 4, "DO": 4}, "重度黑臭"),
            ({"SD": 4, "DO": 3}, "轻度黑臭"),
        ],
    )
    def test_both_sides_of_the_shares_of_a_point(self, counts, grade):
        assert point_grade(10, counts, HEAVY).label == grade

    def test_each_item_has_its_own_number_of_results(self):
        assert point_grade({"SD": 10, "DO": 3}, {"SD": 0, "DO": 2}, HEAVY) is BlackOdor.HEAVY
        assert point_grade({"SD": 10, "DO": 10}, {"SD": 0, "DO": 2}, HEAVY) is BlackOdor.LIGHT

    def test_whether_exactly_the_share_is_enough_can_be_told(self):
        equal = HeavyRule(Fraction(60), Fraction(30), 2, 3, Fraction(60), equal_counts=True)
        assert point_grade(10, {"SD": 6}, equal) is BlackOdor.HEAVY
        assert body_grade(5, 3, equal) is BlackOdor.HEAVY

    def test_counts_that_cannot_be_are_refused(self):
        for results, counts in ((0, {"SD": 0}), (3, {"SD": 4}), (3, {"SD": -1}), ({"SD": 3}, {"SD": 4})):
            with pytest.raises(ValueError, match="among"):
                point_grade(results, counts, HEAVY)
        for points, heavy in ((0, 0), (3, 4)):
            with pytest.raises(ValueError, match="among"):
                body_grade(points, heavy, HEAVY)

    def test_three_heavy_points_in_a_row_make_a_stretch(self):
        heavy, light, gap = BlackOdor.HEAVY, BlackOdor.LIGHT, Missing("blank")
        points = [heavy, heavy, light, heavy, heavy, heavy, gap, heavy, heavy, heavy, heavy]
        assert heavy_stretches(points, HEAVY) == ((3, 5), (7, 10))


class TestRural:
    def test_any_one_item_is_enough(self):
        found = rural_verdict({"DO": "1.9"}, RURAL)
        assert (found.is_black, found.beyond) == (True, ("DO",))

    def test_nothing_beyond_with_an_item_missing_is_not_known(self):
        assert rural_verdict({"DO": "2"}, RURAL).is_black == Missing("an_item_is_missing")

    def test_nothing_beyond_is_not_black(self):
        assert rural_verdict({"DO": "2", "NH3N": "15"}, RURAL).is_black is False
