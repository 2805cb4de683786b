"""Laws of a trend that hold for any series, and the critical values that follow from all orders."""

from decimal import Decimal
from fractions import Fraction
from itertools import permutations
from math import factorial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qingshan.science.statistics.trends import rank_trend, sen_slope

_ANY_LENGTH = {periods: Decimal("0.5") for periods in range(2, 13)}
_SERIES = st.lists(st.decimals(0, 9, places=2), min_size=5, max_size=12)


class TestRankTrend:
    def test_a_coefficient_equal_to_the_critical_one_counts_as_the_standard_says(self) -> None:
        series, critical = [1, 2, 3, 5, 4], {5: Decimal("0.9")}
        assert rank_trend(series, critical).is_significant
        assert not rank_trend(series, critical, equal_is_significant=False).is_significant

    @pytest.mark.parametrize(("periods", "critical"), [(5, "0.900"), (6, "0.829"), (7, "0.714")])
    def test_the_critical_values_follow_from_all_orders(self, periods: int, critical: str) -> None:
        orders = permutations(range(periods))
        coefficients = [rank_trend(order, _ANY_LENGTH).coefficient for order in orders]
        allowed = factorial(periods) // 20  # one-sided, 5 %
        at_least = Fraction(critical) - Fraction(1, 2000)
        beyond = sum(value >= at_least for value in coefficients)
        next_lower = max(value for value in coefficients if value < at_least)
        assert beyond <= allowed < beyond + coefficients.count(next_lower)

    @given(_SERIES)
    @settings(max_examples=40, deadline=None)
    def test_a_series_turned_round_turns_its_coefficient(self, values: list[Decimal]) -> None:
        if len(set(values)) == len(values):
            there, back = rank_trend(values, _ANY_LENGTH), rank_trend(values[::-1], _ANY_LENGTH)
            assert there.coefficient == -back.coefficient


class TestSlope:
    def test_an_outlier_moves_the_interval_but_not_the_slope(self) -> None:
        straight, bent = sen_slope(range(9)), sen_slope([*range(8), 80])
        assert straight.slope == straight.lower == straight.upper == bent.slope == 1
        assert bent.upper > bent.slope

    @given(_SERIES, st.permutations(range(12)))
    @settings(max_examples=40, deadline=None)
    def test_the_order_of_points_is_irrelevant(self, values: list[Decimal], order: list[int]) -> None:
        order = [place for place in order if place < len(values)]
        assert sen_slope([values[n] for n in order], order) == sen_slope(values)
