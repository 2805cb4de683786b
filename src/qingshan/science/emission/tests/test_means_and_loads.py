"""Means, loads, substitution and exceedance: both sides of every bound, gaps, and what is refused."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingshan.kernel.basis import Missing
from qingshan.science.emission.exceedance import exceedance_factor, exceedances
from qingshan.science.emission.load import (
    GapRule,
    Ladder,
    Rung,
    amount_check,
    hour_amount,
    substitute,
    total_load,
)
from qingshan.science.emission.means import (
    capture_rate,
    effective_transmission_rate,
    valid_mean,
    weighted_mean,
)

GAP = Missing("device_fault")
AMOUNTS = st.lists(st.fractions(0, 1000, max_denominator=100) | st.just(GAP), min_size=1, max_size=30)


class TestMeans:
    @pytest.mark.parametrize(("valid", "there"), [(44, False), (45, True), (60, True)])
    def test_an_hour_of_gas_needs_45_minutes(self, valid, there):
        minutes = ["10"] * valid + [GAP] * (60 - valid)
        assert (valid_mean(minutes, 45) == 10) is there

    def test_a_gap_is_not_a_zero(self):
        assert valid_mean(["10", GAP], 1) == 10

    @pytest.mark.parametrize("values", [[2.5], [True], ["ten"]])
    def test_what_is_no_exact_number_is_refused(self, values):
        with pytest.raises((TypeError, ValueError)):
            valid_mean(values, 1)

    def test_a_negative_value_and_no_requirement_are_refused(self):
        with pytest.raises(ValueError, match="negative"):
            valid_mean(["-1"], 1)
        with pytest.raises(ValueError, match="0 values required"):
            valid_mean(["1"], 0)
        with pytest.raises(ValueError, match="0 values required"):
            weighted_mean(["1"], ["1"], 0)

    def test_water_weighs_by_flow_and_leaves_out_what_does_not_flow(self):
        assert weighted_mean(["10", "40", GAP, "90"], ["1", "2", "5", "0"], 2) == 30
        assert weighted_mean(["10", "40"], ["0", GAP], 1) == Missing("0_valid_of_1_required")
        with pytest.raises(ValueError, match=r"shorter|longer"):
            weighted_mean(["10"], [], 1)

    @given(st.lists(st.fractions(0, 100, max_denominator=10), min_size=1, max_size=10))
    def test_equal_flows_weigh_nothing(self, values):
        assert weighted_mean(values, [3] * len(values), 1) == valid_mean(values, 1)


class TestRates:
    def test_the_quarter_of_the_rules_file(self):
        assert capture_rate(2208, 208, 150) == Fraction("92.5")

    def test_a_plant_that_never_ran_has_no_rate(self):
        assert capture_rate(2208, 2208, 0) == Missing("never_ran")
        assert effective_transmission_rate(720, 0, 0) == Missing("nothing_received")

    def test_the_month_of_the_rules_file(self):
        due, received, valid = 720, 706, 690
        assert round(float(effective_transmission_rate(due, received, valid)), 2) == 95.83
        assert round(received / due * valid / received, 4) == 0.9583

    @pytest.mark.parametrize("numbers", [(10, 11, 0), (10, 2, 9), (-1, 0, 0), (10, 0, -1)])
    def test_impossible_hours_are_refused(self, numbers):
        with pytest.raises(ValueError, match="cannot be"):
            capture_rate(*numbers)

    @pytest.mark.parametrize("numbers", [(10, 11, 0), (10, 5, 6), (10, 5, -1)])
    def test_impossible_counts_are_refused(self, numbers):
        with pytest.raises(ValueError, match="part of the next"):
            effective_transmission_rate(*numbers)


class TestAmounts:
    def test_milligrams_a_litre_and_a_cubic_metre_differ_by_a_thousand(self):
        assert hour_amount("1", "1000", mg_per_litre=True) == 1
        assert hour_amount("1", "1000000", mg_per_litre=False) == 1

    def test_no_flow_is_no_discharge_and_a_missing_flow_is_missing(self):
        assert hour_amount(GAP, "0", mg_per_litre=True) == 0
        assert hour_amount("10", GAP, mg_per_litre=True) == GAP
        assert hour_amount(GAP, "10", mg_per_litre=True) == GAP

    @pytest.mark.parametrize("given", [("-1", "1"), ("1", "-1")])
    def test_what_is_below_zero_is_refused(self, given):
        with pytest.raises(ValueError, match="neither is below zero"):
            hour_amount(*given, mg_per_litre=True)


class TestTotals:
    def test_a_gap_leaves_no_total_where_gaps_are_refused(self):
        found = total_load([Fraction(1), GAP], GapRule.REFUSE)
        assert found.amount_kg == Missing("1_of_2_hours_missing")
        assert (found.measured, found.left_out) == (1, 1)

    def test_a_gap_that_no_substitute_filled_leaves_no_total_either(self):
        assert isinstance(total_load([Fraction(1), GAP], GapRule.SUBSTITUTED).amount_kg, Missing)

    def test_substitutes_are_counted_apart_from_what_was_measured(self):
        found = total_load([Fraction(1), Fraction(2)], GapRule.SUBSTITUTED, substitutes=1)
        assert (found.amount_kg, found.measured, found.substituted) == (3, 1, 1)

    def test_nothing_known_is_not_zero(self):
        assert total_load([GAP], GapRule.LEAVE_OUT).amount_kg == Missing("1_of_1_hours_missing")
        assert isinstance(total_load([], GapRule.LEAVE_OUT).amount_kg, Missing)

    @pytest.mark.parametrize(("rule", "substitutes"), [(GapRule.LEAVE_OUT, 1), (GapRule.SUBSTITUTED, 3)])
    def test_substitutes_that_cannot_be_are_refused(self, rule, substitutes):
        with pytest.raises(ValueError, match="substitutes"):
            total_load([Fraction(1), Fraction(2)], rule, substitutes)

    @given(AMOUNTS)
    def test_order_makes_no_difference_and_a_further_gap_changes_no_sum(self, amounts):
        once = total_load(amounts, GapRule.LEAVE_OUT)
        assert total_load(amounts[::-1], GapRule.LEAVE_OUT) == once
        if not isinstance(once.amount_kg, Missing):
            assert total_load([*amounts, GAP], GapRule.LEAVE_OUT).amount_kg == once.amount_kg

    @given(AMOUNTS)
    def test_every_hour_is_measured_substituted_or_left_out(self, amounts):
        for rule in GapRule:
            found = total_load(amounts, rule)
            assert found.measured + found.substituted + found.left_out == found.hours == len(amounts)


class TestSubstitution:
    LADDER = Ladder((Rung(Fraction(90), 24, 2), Rung(Fraction(90), None, 3), Rung(Fraction(75), None, 4)))
    BEFORE = (Fraction(9), Fraction(7), Fraction(1), Fraction(3))

    @pytest.mark.parametrize(
        ("capture", "gap", "kg"),
        [("90", 24, 3), ("90", 25, 7), ("89.99", 1, 9), ("75", 500, 9), ("100", 1, 3)],
    )
    def test_each_rung_begins_where_it_says(self, capture, gap, kg):
        assert substitute(gap, capture, self.BEFORE, self.LADDER) == kg

    def test_below_the_lowest_rung_there_is_no_automatic_value(self):
        found = substitute(1, "74.99", self.BEFORE, self.LADDER)
        assert found == Missing("capture_rate_too_low_for_substitution")

    def test_a_short_history_is_not_enough(self):
        assert substitute(1, "80", self.BEFORE[:3], self.LADDER) == Missing("3_of_4_valid_hours")

    @pytest.mark.parametrize(("gap", "capture"), [(0, "90"), (1, "-1"), (1, "100.1")])
    def test_what_cannot_be_is_refused(self, gap, capture):
        with pytest.raises(ValueError, match="capture rate"):
            substitute(gap, capture, self.BEFORE, self.LADDER)

    @given(st.lists(st.fractions(0, 100, max_denominator=10), min_size=4, max_size=12), st.integers(1, 100))
    def test_a_longer_gap_and_a_lower_capture_rate_never_count_less(self, before, gap):
        at = [substitute(gap, capture, before, self.LADDER) for capture in ("95", "80")]
        assert at[0] <= at[1]
        assert at[0] <= substitute(gap + 24, "95", before, self.LADDER)


class TestPermittedAmounts:
    def test_the_permitted_amount_itself_is_within(self):
        assert amount_check(Fraction(1000), 1000).within is True
        assert amount_check(Fraction("1000.1"), 1000).within is False

    def test_an_unknown_amount_is_neither_within_nor_beyond(self):
        assert amount_check(GAP, 1000).within == GAP

    def test_a_negative_permit_is_refused(self):
        with pytest.raises(ValueError, match="permitted amount"):
            amount_check(Fraction(1), "-1")


class TestExceedance:
    def test_a_value_at_its_limit_does_not_exceed(self):
        assert exceedances(["35", "35.1"], "35").places == (1,)

    def test_a_marked_value_is_counted_by_its_mark_and_not_judged(self):
        found = exceedances(["30", "34", GAP, GAP], "35")
        assert (found.count, found.judged, found.unjudged) == (0, 2, {"device_fault": 2})
        assert exceedances(["30", "34", "41"], "35").count == 1

    @pytest.mark.parametrize(("value", "limit"), [("1", "0"), ("1", "-1"), ("-0.1", "1")])
    def test_what_cannot_be_is_refused(self, value, limit):
        with pytest.raises(ValueError, match="limit"):
            exceedance_factor(value, limit)

    @given(st.fractions(0, 1000, max_denominator=100), st.fractions(1, 100, max_denominator=10))
    def test_a_value_is_its_limit_and_its_factor(self, value, limit):
        factor = exceedance_factor(value, limit)
        assert max(value, limit) == limit * (1 + factor)
