"""Shares, points, amounts per unit, surveys and requirements: by hand, both sides, and what is refused."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingshan.kernel.basis import Missing
from qingshan.science.indicators.requirements import Bound, fulfilment, within
from qingshan.science.indicators.shares import (
    Landform,
    amount_per_unit,
    combined_share,
    days_at_least,
    days_at_most,
    landform_target,
    share,
    share_cut,
    share_gain,
)
from qingshan.science.indicators.surveys import sample_floor, survey_mean, survey_result

WHOLES = st.fractions(1, 1000, max_denominator=10)


class TestShares:
    def test_nothing_and_everything(self):
        assert (share(0, 7), share(7, 7)) == (0, 100)

    @pytest.mark.parametrize("given", [(1, 0), (0, 0), (-1, 5), (1, -5)])
    def test_impossible_wholes_and_parts_are_refused(self, given):
        with pytest.raises(ValueError, match="the whole is above zero"):
            share(*given)

    def test_a_part_beyond_its_whole_is_refused(self):
        with pytest.raises(ValueError, match="never more than its whole"):
            share("100.1", 100)

    def test_parts_are_added_and_none_may_be_negative(self):
        assert combined_share([50, 25, "5.5"], 100) == Fraction("80.5")
        assert combined_share([], 5) == 0
        with pytest.raises(ValueError, match="none is below zero"):
            combined_share([-1, 50], 100)
        with pytest.raises(ValueError, match="never more"):
            combined_share([60, 50], 100)

    @given(WHOLES, st.fractions(0, 1, max_denominator=50))
    def test_a_share_does_not_depend_on_the_unit(self, whole, ratio):
        assert share(whole * ratio, whole) == share(1000 * whole * ratio, 1000 * whole) == 100 * ratio


class TestPoints:
    def test_jiangmen_in_the_first_five_months_of_2025(self):
        assert round(float(share(134, 151)), 1) == 88.7

    def test_a_gain_is_in_points_and_a_cut_is_its_opposite(self):
        assert share_gain(90, 100, 80, 100) == 10
        assert share_cut(90, 100, 80, 100) == -10
        assert share_gain(1, 2, 1, 2) == 0

    def test_years_of_different_length_are_compared_by_share(self):
        assert share_gain(366, 366, 365, 365) == 0

    def test_either_year_is_checked(self):
        with pytest.raises(ValueError, match="never more"):
            share_gain(2, 1, 1, 1)
        with pytest.raises(ValueError, match="above zero"):
            share_cut(1, 1, 1, 0)

    def test_days_are_counted_on_both_sides_of_the_bound(self):
        assert days_at_most([99, 100, 101], 100) == 2
        assert days_at_least([299, 300, 301], 300) == 2
        assert days_at_most([], 100) == days_at_least([], 300) == 0


class TestAmountsPerUnit:
    def test_parks_per_inhabitant(self):
        assert amount_per_unit(0, 5) == 0
        assert amount_per_unit("17770000", "1000000") == Fraction("17.77")

    @pytest.mark.parametrize("given", [(1, 0), (1, -1), (-1, 1)])
    def test_impossible_amounts_are_refused(self, given):
        with pytest.raises(ValueError, match="divided by"):
            amount_per_unit(*given)


class TestLandforms:
    def test_up_to_twenty_points_apart_the_targets_are_weighted(self):
        near = {"plain": Landform(40, 16), "hills": Landform(40, 20), "mountains": Landform(20, 30)}
        assert landform_target(near) == Fraction("20.4")

    def test_further_apart_the_largest_decides(self):
        far = {"plain": Landform("40.1", 16), "hills": Landform("39.9", 20), "mountains": Landform(20, 30)}
        assert landform_target(far) == 16
        assert landform_target({"plain": Landform(70, 16), "hills": Landform(30, 20)}) == 16

    def test_one_landform_has_its_own_target(self):
        assert landform_target({"hills": Landform(5, 20)}) == 20

    @pytest.mark.parametrize("given", [{}, {"plain": Landform(0, 16)}, {"plain": Landform(-1, 16)}])
    def test_no_area_is_refused(self, given):
        with pytest.raises(ValueError, match="areas"):
            landform_target(given)


class TestSurveys:
    @pytest.mark.parametrize(("asked", "enough"), [(4798, False), (4799, True), (4800, True)])
    def test_one_in_a_thousand_of_jiangmen(self, asked, enough):
        assert (survey_result("86.5", asked, 4_798_090) == Fraction("86.5")) is enough

    def test_the_floor_is_a_whole_person_upwards(self):
        assert [sample_floor(n) for n in (1, 1000, 1001, 2000)] == [1, 1, 2, 2]

    def test_the_mean_of_two_methods(self):
        assert survey_mean(90, "85.5", 10, 10_000) == Fraction("87.75")
        assert survey_mean(90, 85, 9, 10_000) == Missing("9_asked_of_10_needed")

    @pytest.mark.parametrize(
        ("percent", "asked", "population"), [(101, 1, 5), (-1, 1, 5), (50, 6, 5), (50, -1, 5)]
    )
    def test_impossible_surveys_are_refused(self, percent, asked, population):
        with pytest.raises(ValueError, match=r"result of|inhabitants"):
            survey_result(percent, asked, population)

    @pytest.mark.parametrize(("site", "agency"), [(50, 101), (50, -1), (101, 50)])
    def test_impossible_results_are_refused(self, site, agency):
        with pytest.raises(ValueError, match="a result of"):
            survey_mean(site, agency, 5, 5)

    @pytest.mark.parametrize(("population", "per_mille"), [(0, 1), (-5, 1), (5, 0)])
    def test_an_empty_place_is_refused(self, population, per_mille):
        with pytest.raises(ValueError, match="inhabitants"):
            sample_floor(population, per_mille)

    @given(st.integers(1, 10**8))
    def test_the_floor_is_the_least_that_is_enough(self, population):
        floor = sample_floor(population)
        assert 1000 * floor >= population > 1000 * (floor - 1)


class TestRequirements:
    def test_one_that_failed_decides_even_beside_an_unknown_one(self):
        found = fulfilment({"a": True, "b": False, "c": Missing("x")})
        assert (found.met, found.failed, found.unknown) == (False, ("b",), ("c",))

    def test_all_met_is_met_and_an_unknown_one_leaves_it_open(self):
        assert fulfilment({"a": True}).met is True
        assert fulfilment({"a": True, "b": Missing("x")}).met == Missing("unknown_b")

    def test_nothing_asked_and_no_answer_are_refused(self):
        with pytest.raises(ValueError, match="no requirement"):
            fulfilment({})
        with pytest.raises(TypeError, match="a is 1"):
            fulfilment({"a": 1})

    @pytest.mark.parametrize(
        ("value", "bound", "met"),
        [
            (79, Bound(at_least=80), False),
            (80, Bound(at_least=80), True),
            (0, Bound(at_most=0), True),
            ("0.1", Bound(at_most=0), False),
            (5, Bound(4, 6), True),
            (7, Bound(4, 6), False),
        ],
    )
    def test_both_ends_of_a_bound_belong_to_it(self, value, bound, met):
        assert within(value, bound) is met

    def test_a_bound_without_an_end_is_refused(self):
        with pytest.raises(ValueError, match="without an end"):
            within(1, Bound())
