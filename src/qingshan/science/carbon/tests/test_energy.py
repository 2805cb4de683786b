"""Carbon dioxide of energy: the worked examples of the factor notice, and what is refused."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingshan.science.carbon.energy import bought_energy_co2, fuel_co2

NUMBERS = st.fractions(0, 10_000, max_denominator=100)


@pytest.mark.parametrize(
    ("mwh", "factor", "tonnes"),
    [(12_000, "0.4419", "5302.8"), (12_000, "0.4403", "5283.6"), (850_000, "0.4419", "375615")],
)
def test_a_factory_and_a_county_of_guangdong(mwh, factor, tonnes):
    assert bought_energy_co2(mwh, factor) == Fraction(tonnes)


def test_carbon_becomes_dioxide_by_44_in_12():
    assert fuel_co2(1000, 12, 100) == 44
    assert fuel_co2(1000, 12, 50) == 22


@pytest.mark.parametrize("given", [(-1, 1), (1, -1)])
def test_negative_energy_is_refused(given):
    with pytest.raises(ValueError, match="factor"):
        bought_energy_co2(*given)


@pytest.mark.parametrize("given", [(-1, 1, 1), (1, -1, 1), (1, 1, -1), (1, 1, 101)])
def test_impossible_fuel_is_refused(given):
    with pytest.raises(ValueError, match="oxidised"):
        fuel_co2(*given)


@given(NUMBERS, NUMBERS, NUMBERS)
def test_parts_add_up_to_the_whole(one, other, factor):
    together = bought_energy_co2(one + other, factor)
    assert together == bought_energy_co2(one, factor) + bought_energy_co2(other, factor)
