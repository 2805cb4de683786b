"""Grades of cities, attainment, and levels against limits."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingshan.kernel.basis import Missing
from qingshan.science.noise.grades import (
    GradeScale,
    NoiseGrade,
    Road,
    area_mean,
    attainment_rate,
    noise_grade,
    road_mean,
)
from qingshan.science.noise.limits import (
    BackgroundCorrection,
    Period,
    background_corrected,
    indoor_limit,
    judge_level,
    maximum_limit,
)

_DAY = GradeScale(tuple(Fraction(bound) for bound in (50, 55, 60, 65)))
_BACKGROUND = BackgroundCorrection(
    tuple((Fraction(bound), Fraction(added)) for bound, added in ((3, -3), (4, -2), (6, -1), (11, 0)))
)
_LEVEL = st.decimals(30, 90, places=1)


class TestGrades:
    def test_grade_and_words_as_bulletins_print_them(self):
        assert noise_grade("55.5", _DAY).level_label == "三级(一般)"
        assert [grade.label for grade in NoiseGrade] == ["好", "较好", "一般", "较差", "差"]

    @given(one=_LEVEL, two=_LEVEL)
    def test_a_louder_city_never_has_a_better_grade(self, one, two):
        low, high = sorted((one, two))
        assert noise_grade(low, _DAY) <= noise_grade(high, _DAY)

    def test_bounds_have_to_rise(self):
        with pytest.raises(ValueError, match="rising"):
            GradeScale((Fraction(50), Fraction(50), Fraction(60), Fraction(65)))

    def test_a_mean_of_no_points_is_refused(self):
        with pytest.raises(ValueError, match="no points"):
            area_mean([])

    @pytest.mark.parametrize("roads", [[], [Road(0, 60)], [Road(1, 60), Road(-1, 60)]])
    def test_roads_need_a_length(self, roads):
        with pytest.raises(ValueError, match="above zero"):
            road_mean(roads)

    @given(st.lists(st.tuples(st.integers(1, 50), _LEVEL), min_size=1, max_size=8))
    def test_the_order_of_the_roads_does_not_matter(self, pairs):
        roads = [Road(*pair) for pair in pairs]
        assert road_mean(roads) == road_mean(roads[::-1])

    @pytest.mark.parametrize(("attained", "monitored"), [(0, 0), (2, 1), (-1, 4)])
    def test_a_rate_needs_point_times(self, attained, monitored):
        with pytest.raises(ValueError, match="point-times"):
            attainment_rate(attained, monitored)

    def test_everything_attained_is_a_hundred(self):
        assert str(attainment_rate(8, 8)) == "100.0"


class TestLimits:
    def test_a_level_equal_to_its_limit_attains_it(self):
        assert judge_level("60", 60).attained
        assert judge_level("60", 60).exceedance == 0

    @given(level=_LEVEL, limit=st.integers(40, 70))
    def test_attained_and_exceeded_are_never_both(self, level, limit):
        found = judge_level(level, limit)
        assert found.attained == (found.exceedance == 0)

    def test_one_loud_event_at_night_may_stand_above_the_limit(self):
        assert maximum_limit(55, 15) == 70

    def test_indoors_the_limit_is_lower(self):
        assert indoor_limit("60", 10) == 50

    def test_day_and_night_have_their_words(self):
        assert [period.label for period in Period] == ["昼间", "夜间"]


class TestBackground:
    @pytest.mark.parametrize(
        ("background", "left"), [(57, 57), (56, 58), (55, 58), (54, 59), (50, 59), (49, 60), (30, 60)]
    )
    def test_a_small_difference_takes_more_away(self, background, left):
        assert background_corrected(60, background, _BACKGROUND) == left

    def test_a_background_too_near_has_to_be_lowered_first(self):
        assert background_corrected(60, "57.1", _BACKGROUND) == Missing("background_too_near")

    @pytest.mark.parametrize("steps", [(), ((4, -2), (3, -3))])
    def test_the_table_has_to_rise(self, steps):
        with pytest.raises(ValueError, match="rising"):
            BackgroundCorrection(steps)
