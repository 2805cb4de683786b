"""Levels from series: what the energy mean gives, and what it refuses."""

from fractions import Fraction
from math import isclose, log10

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qingshan.kernel.basis import Missing
from qingshan.kernel.rounding import round_places
from qingshan.science.noise.levels import (
    Hours,
    day_levels,
    day_night_level,
    equivalent_level,
    exceeded_level,
    period_level,
)

_LEVELS = st.lists(st.decimals(20, 120, places=1), min_size=1, max_size=30)
_DAY = [55, 56, 58, 60, 61, 60, 59, 58, 58, 59, 60, 61, 62, 60, 58, 56]
_NIGHT = [54, 52, 50, 48, 47, 47, 48, 51]


def _hours():
    night = dict(zip([22, 23, 0, 1, 2, 3, 4, 5], _NIGHT, strict=True))
    return dict(zip(range(6, 22), _DAY, strict=True)) | night


class TestEquivalentLevel:
    def test_the_worked_example_of_a_day_and_a_night(self):
        assert round_places(equivalent_level(_DAY), 4) == Fraction("59.2063")
        assert round_places(equivalent_level(_NIGHT), 4) == Fraction("50.3242")

    @given(levels=_LEVELS)
    @settings(max_examples=60, deadline=None)
    def test_it_agrees_with_a_logarithm_in_floats_as_far_as_floats_go(self, levels):
        energy = sum(10 ** (float(level) / 10) for level in levels) / len(levels)
        assert isclose(float(equivalent_level(levels)), 10 * log10(energy), rel_tol=1e-9)

    @given(levels=_LEVELS)
    @settings(max_examples=60, deadline=None)
    def test_it_lies_between_the_quietest_and_the_loudest_and_knows_no_order(self, levels):
        found = equivalent_level(levels)
        assert Fraction(min(levels)) <= found <= Fraction(max(levels))
        assert equivalent_level(levels[::-1]) == found

    @given(levels=_LEVELS, louder=st.decimals(0, 20, places=1))
    @settings(max_examples=60, deadline=None)
    def test_a_louder_sample_never_makes_it_quieter(self, levels, louder):
        assert equivalent_level([levels[0] + louder, *levels[1:]]) >= equivalent_level(levels)

    def test_it_refuses_no_levels_and_binary_floats(self):
        with pytest.raises(ValueError, match="no levels"):
            equivalent_level([])
        with pytest.raises(TypeError, match="float"):
            equivalent_level([60.1])


class TestExceededLevel:
    def test_of_twenty_samples_the_second_from_the_top_is_l10(self):
        assert exceeded_level(range(1, 21), 10) == 19

    def test_a_share_between_two_samples_takes_the_lower_one(self):
        assert exceeded_level([50, 60, 70], 50) == 60
        assert exceeded_level([50, 60, 70], 34) == 60
        assert exceeded_level([50, 60, 70], 33) == 70

    @given(levels=_LEVELS, percent=st.integers(1, 100))
    @settings(max_examples=60, deadline=None)
    def test_at_least_that_share_of_the_samples_reaches_it(self, levels, percent):
        found = exceeded_level(levels, percent)
        assert 100 * sum(Fraction(level) >= found for level in levels) >= percent * len(levels)

    @pytest.mark.parametrize(("levels", "percent"), [([], 10), ([60], 0), ([60], 101)])
    def test_it_refuses_no_levels_and_shares_outside_a_hundred(self, levels, percent):
        with pytest.raises(ValueError, match="exceeded"):
            exceeded_level(levels, percent)


class TestDayAndNight:
    def test_all_three_levels_of_the_worked_example(self):
        found = day_levels(_hours())
        assert [round_places(level, 1) for level in (found.day, found.night, found.day_night)] == [
            Fraction("59.2"),
            Fraction("50.3"),
            Fraction("59.6"),
        ]
        assert (found.hours_of_day, found.hours_of_night) == (16, 8)

    def test_a_missing_hour_of_the_day_leaves_the_night_as_it_was(self):
        whole, lacking = day_levels(_hours()), day_levels(_hours() | {7: Missing("power_cut")})
        assert lacking.day == lacking.day_night == Missing("valid_hours_below_16")
        assert lacking.night == whole.night
        assert lacking.hours_of_day == 15

    def test_a_missing_night_leaves_no_day_night_level(self):
        hours = {hour: level for hour, level in _hours().items() if hour != 3}
        assert day_levels(hours).day_night == Missing("valid_hours_below_8")

    def test_fewer_hours_are_enough_only_where_the_caller_says_so(self):
        hours = {hour: level for hour, level in _hours().items() if hour not in (3, 12)}
        found = day_levels(hours, Hours(fewest_of_day=15, fewest_of_night=7))
        assert (found.hours_of_day, found.hours_of_night) == (15, 7)
        assert not isinstance(found.day_night, Missing)

    def test_other_hours_of_a_government_move_the_border(self):
        hours = {hour: 60 if 7 <= hour < 23 else 50 for hour in range(24)}
        found = day_levels(hours, Hours(first_of_day=7, first_of_night=23))
        assert (found.day, found.night) == (60, 50)
        assert day_levels(hours).day != 60

    @pytest.mark.parametrize(("first", "last"), [(22, 6), (6, 24), (-1, 22)])
    def test_it_refuses_a_day_that_ends_before_it_begins(self, first, last):
        with pytest.raises(ValueError, match="give hours of one day"):
            Hours(first, last)

    @pytest.mark.parametrize("fewest", [{"fewest_of_day": 17}, {"fewest_of_night": 0}])
    def test_it_refuses_more_hours_than_there_are_and_none(self, fewest):
        with pytest.raises(ValueError, match="at least"):
            Hours(**fewest)

    def test_it_refuses_an_hour_that_no_day_has(self):
        with pytest.raises(ValueError, match="24"):
            day_levels({24: 50})

    def test_the_night_counts_ten_decibels_more(self):
        assert day_night_level(60, 50) == 60
        assert day_night_level(60, 50, penalty=0) < 60

    def test_a_period_without_enough_hours_says_how_many_it_needs(self):
        assert period_level([Missing("x"), 50], 2).reason == "valid_hours_below_2"
        assert period_level([Missing("x"), 50], 1) == 50
