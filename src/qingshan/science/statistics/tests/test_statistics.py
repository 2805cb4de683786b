"""Statistics are exact, keep missing values missing, and name what they cannot do."""

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingshan.kernel.basis import Missing
from qingshan.science.statistics import (
    Suspect,
    UnknownCriticalValue,
    data_capture_percent,
    far_from_median,
    jumps,
    mean_ranks,
    median,
    percentile,
    percentile_place,
    rank_trend,
    ranks,
    sen_slope,
    stuck_runs,
)

CRITICAL = {5: Decimal("0.900"), 6: Decimal("0.829"), 7: Decimal("0.714")}
numbers = st.lists(st.integers(0, 500), min_size=1, max_size=40)


class TestDataCapture:
    def test_it_is_a_share_of_what_was_expected(self):
        assert data_capture_percent(324, 365) == Decimal("88.8")
        assert data_capture_percent(0, 365) == 0

    def test_nothing_expected_is_missing_not_zero(self):
        assert data_capture_percent(0, 0) == Missing("nothing_expected")

    @pytest.mark.parametrize(("valid", "expected"), [(366, 365), (-1, 3)])
    def test_more_values_than_expected_are_refused(self, valid, expected):
        with pytest.raises(ValueError):
            data_capture_percent(valid, expected)


class TestPercentiles:
    def test_the_place_lies_where_the_examples_put_it(self):
        assert percentile_place(365, 90) == Fraction("328.6")
        assert percentile_place(365, 95) == Fraction("346.8")

    def test_it_is_interpolated_exactly(self):
        assert percentile([12, 15, 18, 20, 22, 25, 31, 40, 55, 80], 98) == Fraction("75.5")

    def test_a_whole_place_needs_no_neighbour(self):
        assert percentile([1, 2, 9], 100) == 9
        assert percentile([7], 98) == 7

    @given(numbers, st.integers(0, 100))
    def test_it_equals_linear_interpolation_elsewhere(self, values, percent):
        rising = sorted(values)
        assert abs(float(percentile(rising, percent)) - np.percentile(rising, percent)) < 1e-9

    @given(numbers, st.integers(0, 499))
    def test_a_greater_value_never_lowers_it(self, values, place):
        worse = list(values)
        worse[place % len(values)] += 10
        assert percentile(sorted(worse), 98) >= percentile(sorted(values), 98)

    @pytest.mark.parametrize(("values", "percent"), [([], 50), ([1], 101), ([1], -1), ([2, 1], 50)])
    def test_what_has_no_percentile_is_refused(self, values, percent):
        with pytest.raises(ValueError):
            percentile(values, percent)

    def test_the_median_does_not_mind_the_order(self):
        assert median([9, 1, 2]) == 2


class TestRanks:
    def test_ties_share_and_the_next_rank_is_skipped(self):
        table = dict(
            zip("abcdefgh", ["2.12", "2.15", "2.51", "2.61", "2.61", "2.66", "2.93", "3.03"], strict=True)
        )
        assert list(ranks({name: [value] for name, value in table.items()}).values()) == [
            1,
            2,
            3,
            4,
            4,
            6,
            7,
            8,
        ]

    def test_a_second_key_splits_a_tie(self):
        rows = {"佛冈县": ["77.4", 31, 49], "清城区": ["77.4", 31, 58]}
        assert ranks(rows, falling=(True, False, False)) == {"佛冈县": 1, "清城区": 2}
        assert ranks({name: row[:2] for name, row in rows.items()}, falling=(True, False)) == {
            "佛冈县": 1,
            "清城区": 1,
        }

    def test_what_has_no_figure_has_no_rank_and_takes_no_place(self):
        none = Missing("not_published")
        assert ranks({"a": [2], "b": none, "c": [1]}) == {"a": 2, "b": none, "c": 1}

    def test_missing_keys_are_refused(self):
        with pytest.raises(ValueError):
            ranks({"a": [1, 2]})

    @given(st.dictionaries(st.integers(0, 30), st.integers(0, 5), max_size=20))
    def test_the_order_of_rows_is_irrelevant_and_a_rank_counts_the_better_ones(self, figures):
        rows = {name: [value] for name, value in figures.items()}
        found = ranks(rows)
        assert ranks(dict(reversed(rows.items()))) == found
        assert all(rank == 1 + sum(v < figures[n] for v in figures.values()) for n, rank in found.items())

    def test_mean_ranks_share_the_mean_of_their_places(self):
        assert mean_ranks([30, 10, 10, 10]) == (4, 2, 2, 2)


class TestRankTrend:
    def test_the_worked_series(self):
        falling = rank_trend([43, 41, 38, 35, 30, 25], CRITICAL)
        assert (falling.sum_of_squares, falling.coefficient, falling.direction) == (70, -1, "falling")
        none = rank_trend([30, 28, 31, 27, 29], CRITICAL)
        assert (none.sum_of_squares, none.coefficient, none.is_significant) == (26, Fraction("-0.3"), False)
        assert none.direction == "none"
        assert rank_trend([20, 22, 21, 24, 26, 25, 28], CRITICAL).direction == "rising"

    def test_a_coefficient_at_the_critical_value_is_significant(self):
        series = [1, 2, 3, 5, 4]  # sum of squares 2, coefficient exactly 0.9
        assert rank_trend(series, CRITICAL).is_significant

    def test_a_length_without_critical_value_is_refused_not_interpolated(self):
        with pytest.raises(UnknownCriticalValue, match="4 periods"):
            rank_trend([1, 2, 3, 4], CRITICAL)


class TestSenSlope:
    def test_the_slope_is_the_median_of_all(self):
        assert sen_slope([1, 2, 3, 40]).slope == Fraction("7")

    def test_a_steady_fall_has_its_whole_interval_below_zero(self):
        found = sen_slope([60, 55, 50, 45, 40, 35, 30])
        assert (found.slope, found.upper, found.direction) == (-5, -5, "falling")

    def test_noise_has_no_direction(self):
        assert sen_slope([3, 1, 4, 1, 5, 2, 6, 3]).direction == "none"
        assert sen_slope([5, 5, 5]).direction == "none"

    def test_times_may_be_uneven(self):
        assert sen_slope([1, 3, 7], times=[2020, 2021, 2023]).slope == 2

    @pytest.mark.parametrize(("values", "times"), [([1, 2], None), ([1, 2, 3], [1, 1, 2])])
    def test_too_few_values_or_equal_times_are_refused(self, values, times):
        with pytest.raises(ValueError):
            sen_slope(values, times)

    @given(st.lists(st.integers(0, 100), min_size=3, max_size=12))
    def test_the_interval_holds_the_slope_and_mirrors(self, values):
        found, mirrored = sen_slope(values), sen_slope([-value for value in values])
        assert found.lower <= found.slope <= found.upper
        assert (mirrored.slope, mirrored.lower, mirrored.upper) == (-found.slope, -found.upper, -found.lower)


class TestScreens:
    def test_a_far_value_is_named_and_missing_ones_are_passed_over(self):
        series = [10, Missing("blank"), 11, 12, 11, 300]
        assert far_from_median(series) == (Suspect(5, 5, "far_from_median"),)

    def test_equal_or_absent_values_give_no_far_one(self):
        assert far_from_median([5, 5, 5, 5, 90]) == ()
        assert far_from_median([Missing("blank")]) == ()

    def test_a_jump_returns_and_a_step_does_not(self):
        assert jumps([10, 90, 10], 50) == (Suspect(1, 1, "jump"),)
        assert jumps([90, 10, 90], 50) == (Suspect(1, 1, "jump"),)
        assert jumps([10, 90, 90], 50) == ()
        assert jumps([10, Missing("blank"), 10], 50) == ()

    def test_a_run_ends_at_another_or_a_missing_value(self):
        series = [7, 7, 7, Missing("blank"), 7, 7, 7, 7]
        assert stuck_runs(series, at_least=3) == (Suspect(0, 2, "stuck"), Suspect(4, 7, "stuck"))
        assert stuck_runs(series, at_least=5) == ()
        assert stuck_runs([Missing("blank")] * 9, at_least=3) == ()
        assert stuck_runs([], at_least=3) == ()
