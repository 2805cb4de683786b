"""Equivalents and tax: worked by hand, both sides of every bound, and what is refused."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingshan.kernel.basis import Missing
from qingshan.science.emission.equivalents import (
    AcidityBand,
    Equivalent,
    acidity_equivalent,
    colour_equivalent,
    equivalent_number,
    livestock_equivalent,
    taxed_items,
)
from qingshan.science.emission.tax import (
    FractionOfDecibel,
    NoiseBand,
    NoiseRate,
    NoiseSource,
    Reduction,
    noise_tax,
    outlet_tax,
    reduced_share,
    solid_waste_amount,
    tax_of_amount,
)

STEPS = (Reduction(Fraction(30), Fraction(75)), Reduction(Fraction(50), Fraction(50)))
BANDS = (NoiseBand(1, 3, Fraction(350)), NoiseBand(4, 6, Fraction(700)), NoiseBand(7, None, Fraction(1400)))
RATE = NoiseRate(BANDS, half_below_days=15, two_units_beyond_m=Fraction(100))


def items(*numbers):
    return [Equivalent(f"p{place}", Fraction(number), place) for place, number in enumerate(numbers)]


class TestEquivalents:
    def test_an_outlet_of_three_pollutants_by_hand(self):
        # 2,000 kg COD by 1 kg, 100 kg ammonia by 0.8 kg, 30 kg phosphorus by 0.25 kg.
        numbers = [equivalent_number(*pair) for pair in ((2000, 1), (100, "0.8"), (30, "0.25"))]
        assert numbers == [2000, 125, 120]

    @pytest.mark.parametrize("given", [("-1", "1"), ("1", "0"), ("1", "-1")])
    def test_impossible_amounts_are_refused(self, given):
        with pytest.raises(ValueError, match="equivalent value"):
            equivalent_number(*given)

    @pytest.mark.parametrize("given", [("-0.1", 1), ("14.1", 1), ("7", -1)])
    def test_impossible_acidity_is_refused(self, given):
        with pytest.raises(ValueError, match="pH"):
            acidity_equivalent(*given, [])

    def test_a_band_without_an_alkaline_side_holds_the_acid_one_alone(self):
        band = AcidityBand(Fraction(5), Fraction(6), None, None, Fraction(5))
        assert [acidity_equivalent(acidity, 10, [band]) for acidity in ("5", "6", "9")] == [2, 0, 0]
        with pytest.raises(ValueError, match="above zero"):
            AcidityBand(Fraction(5), Fraction(6), None, None, Fraction(0))

    @pytest.mark.parametrize("given", [("-1", 1, 5), ("1", -1, 5), ("1", 1, 0)])
    def test_impossible_colour_is_refused(self, given):
        with pytest.raises(ValueError, match="times over"):
            colour_equivalent(*given)

    def test_a_farm_pays_only_above_the_floor(self):
        assert livestock_equivalent(500, 500, 1, 500) == 0
        assert livestock_equivalent(501, 501, 1, 500) == 501
        with pytest.raises(ValueError, match="animals"):
            livestock_equivalent(-1, 1, 1, 500)


class TestTaxedItems:
    def test_the_largest_are_taken_and_zero_never(self):
        assert [one.number for one in taxed_items(items(1, 5, 0, 3, 4), 3)] == [5, 4, 3]
        assert taxed_items(items(0, 0), 3) == ()

    def test_equal_numbers_stand_in_the_order_of_the_table(self):
        assert [one.pollutant for one in taxed_items(items(2, 2, 2, 2), 3)] == ["p0", "p1", "p2"]

    def test_one_of_a_group_makes_room_for_the_next(self):
        cod = Equivalent("COD", Fraction(9), 0, "oxygen")
        toc = Equivalent("TOC", Fraction(8), 1, "oxygen")
        assert [one.pollutant for one in taxed_items([toc, cod, *items(1, 2)], 3)] == ["COD", "p1", "p0"]

    def test_twins_and_nothing_to_take_are_refused(self):
        with pytest.raises(ValueError, match="stands twice"):
            taxed_items([*items(1), *items(2)], 3)
        with pytest.raises(ValueError, match="0 items"):
            taxed_items(items(1), 0)

    @given(st.lists(st.integers(0, 20), max_size=8), st.integers(1, 5), st.randoms())
    def test_order_makes_no_difference_and_none_left_out_is_larger(self, numbers, take, random):
        found = items(*numbers)
        shuffled = list(found)
        random.shuffle(shuffled)
        taken = taxed_items(found, take)
        assert taxed_items(shuffled, take) == taken
        left = [one.number for one in found if one not in taken]
        assert not taken or max(left, default=0) <= min(one.number for one in taken) or len(taken) < take


class TestReductions:
    @pytest.mark.parametrize(
        ("mean", "payable"), [("70.01", 100), ("70", 75), ("50.01", 75), ("50", 50), ("0", 50)]
    )
    def test_both_sides_of_each_step(self, mean, payable):
        assert reduced_share([mean], 100, STEPS) == payable

    def test_the_mean_of_the_month_decides_and_one_value_above_the_limit_takes_it_away(self):
        assert reduced_share(["40", "100"], 100, STEPS) == 75
        assert reduced_share(["0", "100.1"], 100, STEPS) == 100

    def test_marked_values_take_no_part(self):
        assert reduced_share(["40", Missing("calibration")], 100, STEPS) == 50

    @pytest.mark.parametrize(("values", "limit"), [([], 1), ([Missing("x")], 1), (["-1"], 1), (["1"], 0)])
    def test_what_cannot_be_judged_is_refused(self, values, limit):
        with pytest.raises(ValueError, match="valid values"):
            reduced_share(values, limit, STEPS)

    @given(st.lists(st.fractions(0, 200, max_denominator=10), min_size=1, max_size=10))
    def test_dirtier_never_pays_less(self, values):
        more = [value + 1 for value in values]
        assert reduced_share(values, 100, STEPS) <= reduced_share(more, 100, STEPS)


class TestTax:
    def test_an_outlet_of_guangdong_by_hand(self):
        # 125 equivalents of ammonia at 2.8 yuan, 75 % payable.
        assert outlet_tax(125, "2.8", 75) == Fraction("262.5")

    @pytest.mark.parametrize("given", [(-1, 1, 1), (1, -1, 1), (1, 1, -1), (1, 1, 101)])
    def test_impossible_numbers_are_refused(self, given):
        with pytest.raises(ValueError, match="equivalents at"):
            outlet_tax(*given)

    def test_solid_waste_is_what_is_neither_stored_disposed_nor_used(self):
        assert tax_of_amount(solid_waste_amount(100, 10, 20, "69.5"), 1000) == 500
        assert solid_waste_amount(1, 1, 0, 0) == 0

    @pytest.mark.parametrize("given", [(1, 1, 1, 0), (-1, 0, 0, 0), (1, -1, 0, 0)])
    def test_impossible_balances_are_refused(self, given):
        with pytest.raises(ValueError, match="came about"):
            solid_waste_amount(*given)

    @pytest.mark.parametrize("given", [(-1, 5), (1, -5)])
    def test_negative_waste_is_refused(self, given):
        with pytest.raises(ValueError, match="yuan"):
            tax_of_amount(*given)


class TestNoise:
    @pytest.mark.parametrize(
        ("over", "days", "yuan"),
        [(0, 20, 0), (1, 15, 350), (1, 14, 175), (3, 20, 350), (4, 20, 700), (99, 20, 1400)],
    )
    def test_bands_and_half_months(self, over, days, yuan):
        assert noise_tax(NoiseSource((over,), days), RATE) == yuan

    def test_day_and_night_add_and_the_loudest_point_decides(self):
        assert noise_tax(NoiseSource((1, 4), 20, (7,), 20), RATE) == 2100
        assert noise_tax(NoiseSource(), RATE) == 0

    @pytest.mark.parametrize(
        ("points", "metres", "yuan"), [((3, 1), 100, 350), ((3, 1), 101, 700), ((3,), 500, 350)]
    )
    def test_two_points_on_a_long_boundary_pay_as_two_units(self, points, metres, yuan):
        assert noise_tax(NoiseSource(points, 20, boundary_m=metres), RATE) == yuan

    @pytest.mark.parametrize(("over", "yuan"), [("0.4", 0), ("0.5", 350), ("3.49", 350), ("3.5", 700)])
    def test_fractions_are_rounded_only_where_the_rate_says_so(self, over, yuan):
        rounding = NoiseRate(BANDS, 15, Fraction(100), FractionOfDecibel.HALF_UP)
        assert noise_tax(NoiseSource((over,), 20), rounding) == yuan
        with pytest.raises(ValueError, match="says nothing of fractions"):
            noise_tax(NoiseSource((over,), 20), RATE)

    @pytest.mark.parametrize(
        "source", [NoiseSource((1,), 0), NoiseSource((), 3), NoiseSource((1,), 32), NoiseSource((1,), -1)]
    )
    def test_points_without_days_and_days_without_points_are_refused(self, source):
        with pytest.raises(ValueError, match="days of a month"):
            noise_tax(source, RATE)

    def test_a_point_that_does_not_exceed_is_refused(self):
        with pytest.raises(ValueError, match="only points that exceed"):
            noise_tax(NoiseSource((-1,), 20), RATE)

    @given(st.integers(0, 60), st.integers(1, 30))
    def test_louder_and_longer_never_pay_less(self, over, days):
        tax = noise_tax(NoiseSource((over,), days), RATE)
        assert tax <= noise_tax(NoiseSource((over + 1,), days), RATE)
        assert tax <= noise_tax(NoiseSource((over,), days + 1), RATE)
