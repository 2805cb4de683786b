"""GB/T 8170: the cases of the rule, then properties, then arrays against scalars."""

from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingshan.kernel import rounding, rounding_arrays
from qingshan.kernel.rounding import exact, mean, round_places, round_significant, round_step, round_up_places

decimals = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12, places=6)


class TestPlaces:
    @pytest.mark.parametrize(
        ("value", "places", "rounded"),
        [
            ("12.1498", 1, "12.1"),  # below five: dropped
            ("1268", -2, "1.3E+3"),  # above five: carried
            ("10.5002", 0, "11"),  # five followed by something: carried
            ("1.050", 1, "1.0"),  # exactly half, even digit kept
            ("0.35", 1, "0.4"),  # exactly half, odd digit carried
            ("2.5", 0, "2"),
            ("-355", -1, "-3.6E+2"),
            ("-365", -1, "-3.6E+2"),
            ("0.0365", 3, "0.036"),
            ("0", 2, "0.00"),
        ],
    )
    def test_it_follows_the_cases_of_the_rule(self, value, places, rounded):
        assert str(round_places(value, places)) == rounded

    def test_it_is_not_cut_by_the_precision_of_decimals(self):
        long = "1" * 40 + ".5"
        assert str(round_places(long, 0)) == "1" * 39 + "2"

    def test_a_mean_without_end_is_rounded_from_its_full_value(self):
        # 2.45 carried first to 2.5 and then to 3 would be rounding twice.
        assert round_places(Fraction(49, 20), 0) == 2
        assert round_places(mean(["10", "10", "11"]), 2) == Decimal("10.33")

    @given(decimals, st.integers(-3, 6))
    def test_it_agrees_with_the_decimal_module(self, value, places):
        assert round_places(value, places) == value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_EVEN)

    @pytest.mark.parametrize("value", [2.5, True, None])
    def test_it_refuses_what_is_not_exact(self, value):
        with pytest.raises(TypeError):
            round_places(value, 0)

    @pytest.mark.parametrize("value", ["", "abc", "NaN", "Infinity", Decimal("NaN")])
    def test_it_refuses_what_is_no_number(self, value):
        with pytest.raises(ValueError):
            round_places(value, 0)


class TestSignificantDigits:
    @pytest.mark.parametrize(
        ("value", "digits", "rounded"),
        [
            ("12345", 3, "1.23E+4"),
            ("0.00012355", 4, "0.0001236"),
            ("99.95", 3, "100"),
            ("99.85", 3, "99.8"),
            ("0", 3, "0"),
            ("-2.345", 3, "-2.34"),
            (Fraction(2, 3), 2, "0.67"),
            (Fraction(1, 1000), 1, "0.001"),
        ],
    )
    def test_it_keeps_the_digits_asked_for(self, value, digits, rounded):
        assert str(round_significant(value, digits)) == rounded

    def test_a_carry_into_a_new_digit_keeps_their_number(self):
        assert str(round_significant("9.996", 3)) == "10.0"

    def test_it_refuses_fewer_than_one_digit(self):
        with pytest.raises(ValueError):
            round_significant("1", 0)


class TestSteps:
    def test_half_and_fifth_units_follow_the_tables_of_the_standard(self):
        assert [round_step(x, "0.5") for x in ("60.25", "60.38", "60.28", "-60.75")] == [
            Decimal("60.0"),
            Decimal("60.5"),
            Decimal("60.5"),
            Decimal("-61.0"),
        ]
        assert [round_step(x, 20) for x in (830, 842, 832, -930)] == [840, 840, 840, -920]

    @pytest.mark.parametrize("step", ["0", "-1", Fraction(1, 3)])
    def test_it_refuses_a_step_that_is_no_decimal_above_zero(self, step):
        with pytest.raises(ValueError):
            round_step("1", step)


class TestUpwards:
    def test_anything_above_a_whole_number_carries(self):
        assert round_up_places("55.0000000001") == 56
        assert round_up_places(55) == 55
        assert str(round_up_places("0.121", 2)) == "0.13"


class TestMean:
    def test_it_refuses_no_values(self):
        with pytest.raises(ValueError):
            mean([])

    def test_it_is_exact(self):
        assert mean(["0.1", "0.2"]) == exact("0.15")


whole = st.integers(-(10**15), 10**15)


class TestArrays:
    @given(st.lists(whole, min_size=1, max_size=30), st.integers(1, 10**6))
    def test_division_equals_the_scalar(self, tops, bottom):
        array = np.array(tops)
        assert rounding_arrays.divide_half_even(array, bottom).tolist() == [
            rounding.divide_half_even(top, bottom) for top in tops
        ]
        assert rounding_arrays.divide_up(array, bottom).tolist() == [
            rounding.divide_up(t, bottom) for t in tops
        ]

    def test_a_negative_denominator_is_a_scalar_matter(self):
        assert rounding.divide_half_even(5, -2) == -2
        with pytest.raises(ValueError):
            rounding_arrays.divide_half_even(np.array([5]), -2)

    def test_finer_steps_that_do_not_fit_are_refused_not_wrapped(self):
        with pytest.raises(OverflowError):
            rounding_arrays.round_scaled(np.array([10**15]), 0, 4)

    @given(st.lists(st.integers(-(10**14), 10**14), min_size=1), st.integers(0, 4), st.integers(0, 4))
    def test_places_equal_the_scalar(self, values, places, keep):
        got = rounding_arrays.round_scaled(np.array(values), places, keep)
        expected = [round_places(Fraction(v, 10**places), keep) * 10**keep for v in values]
        assert got.tolist() == expected

    @given(st.lists(whole, min_size=1, max_size=30), st.integers(1, 17))
    def test_significant_digits_equal_the_scalar(self, values, digits):
        got = rounding_arrays.round_scaled_significant(np.array(values), digits)
        assert got.tolist() == [round_significant(v, digits) for v in values]

    def test_floats_are_refused(self):
        with pytest.raises(TypeError):
            rounding_arrays.divide_half_even(np.array([0.5]), 1)

    def test_fewer_than_one_digit_is_refused(self):
        with pytest.raises(ValueError):
            rounding_arrays.round_scaled_significant(np.array([1]), 0)
