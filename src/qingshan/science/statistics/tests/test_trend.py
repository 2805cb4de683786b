from fractions import Fraction
from itertools import permutations
from math import factorial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qingshan.kernel.basis import Missing
from qingshan.science.statistics.trend import Trend, mean_ranks, rank_correlation, rank_trend, theil_sen

_CRITICAL = {5: "0.900", 6: "0.829", 7: "0.714", 8: "0.643", 10: "0.564", 12: "0.506"}
_SERIES = st.lists(st.decimals(0, 9, places=2), min_size=5, max_size=12)


class TestRankTrend:
    @pytest.mark.parametrize(
        ("values", "correlation", "trend"),
        [
            ("0.3 0.28 0.33 0.31 0.35 0.36", "0.8857", Trend.RISING),
            ("5.1 4.8 5.4 4.9 5.0", "-0.1", Trend.NONE),
            ("43 41 38 35 30 25", "-1", Trend.FALLING),
            ("1 1 1 1 1", "0.5", Trend.NONE),
        ],
    )
    def test_known_series(self, values: str, correlation: str, trend: Trend) -> None:
        found = rank_trend(values.split(), _CRITICAL)
        assert round(found.correlation, 4) == Fraction(correlation)
        assert found.trend is trend
        assert found.is_significant is (trend is not Trend.NONE)

    def test_a_correlation_equal_to_the_critical_value_is_not_significant(self) -> None:
        found = rank_trend([1, 2, 3, 5, 4], {5: "0.9"})
        assert (found.correlation, found.trend) == (Fraction(9, 10), Trend.NONE)

    def test_a_length_the_table_leaves_out_uses_the_stricter_row(self) -> None:
        found = rank_trend(range(11), _CRITICAL)
        assert (found.table_periods, found.critical) == (10, Fraction("0.564"))

    def test_four_periods_have_no_trend(self) -> None:
        found = rank_trend([1, 2, 3, 4], _CRITICAL)
        assert found.trend == Missing("4_of_at_least_5_periods")
        assert not found.is_significant

    def test_one_period_has_no_order(self) -> None:
        with pytest.raises(ValueError, match="no order"):
            rank_correlation([1])

    @pytest.mark.parametrize(("periods", "critical"), [(5, "0.900"), (6, "0.829"), (7, "0.714")])
    def test_the_critical_values_follow_from_all_orders(self, periods: int, critical: str) -> None:
        correlations = sorted(
            (rank_correlation(order) for order in permutations(range(periods))), reverse=True
        )
        allowed = factorial(periods) // 20  # one-sided, 5 %
        at_least = Fraction(critical) - Fraction(1, 2000)
        beyond = [value for value in correlations if value >= at_least]
        next_lower = max(value for value in correlations if value < at_least)
        assert len(beyond) <= allowed < len(beyond) + correlations.count(next_lower)

    @given(_SERIES)
    @settings(max_examples=40, deadline=None)
    def test_a_series_turned_round_turns_its_trend(self, values: list) -> None:
        if len(set(values)) == len(values):
            assert rank_correlation(values[::-1]) == -rank_correlation(values)

    def test_equal_values_share_a_rank(self) -> None:
        assert mean_ranks([3, 1, 3, 3]) == [3, 1, 3, 3]

    def test_labels_are_those_of_reports(self) -> None:
        assert [trend.label for trend in Trend] == ["显著上升", "显著下降", "不显著"]


class TestSlope:
    def test_an_outlier_moves_the_interval_but_not_the_slope(self) -> None:
        straight, bent = theil_sen(range(9)), theil_sen([*range(8), 80])
        assert straight.median == straight.low == straight.high == bent.median == 1
        assert bent.high > bent.median

    def test_times_of_any_spacing_and_order(self) -> None:
        assert theil_sen([5, 1, 3], ["4", "0", "2"]).median == 1

    def test_few_points_have_a_slope_but_no_interval(self) -> None:
        found = theil_sen([1, 3, 4])
        assert found.median == Fraction(3, 2)
        assert found.low == found.high == Missing("3_points_are_too_few_for_an_interval")

    def test_equal_values_narrow_the_interval(self) -> None:
        assert theil_sen([1] * 6 + [2] * 2).median == 0

    @pytest.mark.parametrize(("values", "times"), [([1], []), ([1, 2], [1]), ([1, 2], [1, 1])])
    def test_points_without_a_time_of_their_own_are_refused(
        self, values: list[int], times: list[int]
    ) -> None:
        with pytest.raises(ValueError, match="time of its own"):
            theil_sen(values, times)

    @given(_SERIES, st.permutations(range(12)))
    @settings(max_examples=40, deadline=None)
    def test_the_order_of_points_is_irrelevant(self, values: list, order: list[int]) -> None:
        order = [place for place in order if place < len(values)]
        assert theil_sen([values[n] for n in order], order) == theil_sen(values)
