"""Effluents, thin influents and loads of sewage plants."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingshan.kernel.basis import Missing
from qingshan.science.water.sewage import (
    EffluentLimit,
    effluent_compliance,
    exceedance_columns,
    influent_strength,
    load_kg,
    removal_percent,
    stricter_limits,
)

PH = EffluentLimit("pH", Fraction(9), Fraction(6))
COD = EffluentLimit("CODCr", Fraction(50))
MERCURY = EffluentLimit("AlkylHg", Fraction(0))


class TestCompliance:
    def test_equal_meets_the_limit(self):
        assert effluent_compliance({"CODCr": "50", "pH": "6"}, (PH, COD)).complied is True

    def test_equal_does_not_meet_an_open_limit(self):
        limit = EffluentLimit("CODCr", Fraction(140), is_open=True)
        found = [effluent_compliance({"CODCr": value}, [limit]).complied for value in ("139.9", "140")]
        assert found == [True, False]

    def test_exceedances_carry_their_factor(self):
        found = effluent_compliance({"CODCr": "60", "pH": "9.1", "AlkylHg": "0.001"}, (PH, COD, MERCURY))
        assert [(one.item, one.factor) for one in found.exceedances] == [
            ("pH", None),
            ("CODCr", Fraction(1, 5)),
            ("AlkylHg", None),
        ]

    def test_missing_values_and_items_without_limit_are_named(self):
        found = effluent_compliance({"CODCr": Missing("blank"), "conductivity": "3"}, (PH, COD))
        assert found.complied == Missing("no_item_with_a_limit_has_a_value")
        assert (found.missing, found.without_limit) == ({"CODCr": Missing("blank")}, ("conductivity",))

    @pytest.mark.parametrize(("high", "low"), [(-1, None), (6, 9)])
    def test_a_limit_that_cannot_be_is_refused(self, high, low):
        with pytest.raises(ValueError, match="no limit"):
            EffluentLimit("x", Fraction(high), None if low is None else Fraction(low))

    def test_the_stricter_of_two_standards(self):
        other = (
            EffluentLimit("pH", Fraction(10), Fraction(7)),
            EffluentLimit("CODCr", Fraction(40)),
            MERCURY,
        )
        found = {limit.item: (limit.low, limit.high) for limit in stricter_limits((PH, COD), other)}
        assert found == {"pH": (7, 9), "CODCr": (None, 40), "AlkylHg": (None, 0)}


class TestColumns:
    @given(st.lists(st.integers(-1, 100), min_size=1))
    def test_they_equal_the_scalar(self, codes):
        found = exceedance_columns(np.array([codes, codes]), [(None, 50), (60, 90)])
        for row, limit in enumerate((COD, EffluentLimit("pH", Fraction(90), Fraction(60)))):
            expected = [code != -1 and not limit.is_met(Fraction(code)) for code in codes]
            assert found[row].tolist() == expected

    def test_floats_and_wrong_shapes_are_refused(self):
        with pytest.raises(TypeError, match="whole"):
            exceedance_columns(np.array([[1.5]]), [(None, 2)])
        with pytest.raises(ValueError, match="rows"):
            exceedance_columns(np.array([[1]]), [])


class TestInfluent:
    @pytest.mark.parametrize(("bod", "needs"), [("99.9", True), ("100", False), ("100.1", False)])
    def test_both_sides_of_the_line(self, bod, needs):
        assert influent_strength([(bod, 1)], 100).needs_plan is needs

    def test_the_mean_is_weighted_by_the_water(self):
        found = influent_strength(
            [("80", 3), ("160", 1), (Missing("blank"), 1), ("1", Missing("blank"))], 100
        )
        assert (found.mean_mg_per_l, found.months, found.needs_plan) == (100, 2, False)

    def test_without_a_month_nothing_is_known(self):
        found = influent_strength([(Missing("blank"), 1)], 100)
        assert found.needs_plan == Missing("no_month_has_strength_and_water")

    def test_negative_values_are_refused(self):
        with pytest.raises(ValueError, match="negative"):
            influent_strength([("-1", 1)], 100)


class TestLoads:
    def test_the_load_removed(self):
        assert load_kg(1000, "200") - load_kg(1000, "50") == 150
        assert removal_percent("200", "50") == 75
        assert removal_percent("50", "60") == -20

    def test_what_cannot_be_is_refused(self):
        for water, concentration in ((-1, 1), (1, -1)):
            with pytest.raises(ValueError, match="negative"):
                load_kg(water, concentration)
        for before, after in ((0, 1), (1, -1)):
            with pytest.raises(ValueError, match="no removal"):
                removal_percent(before, after)
