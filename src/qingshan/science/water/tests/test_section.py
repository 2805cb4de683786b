from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qingshan.kernel.basis import Missing
from qingshan.science.water.classes import Grade, WaterClass, read_class
from qingshan.science.water.ladders import AtLeast, AtMost, Scale, Within, exceedance_factor
from qingshan.science.water.section import factor_text, main_pollutants, section_class

_VALUES = st.decimals(0, 50, places=3)


class TestClassOfASection:
    def test_every_value_equal_to_its_limit_meets_the_class(self, scale: Scale) -> None:
        values = {
            "pH": "9.0",
            "DO": "5.0",
            "CODMn": "6.0",
            "CODCr": 20,
            "BOD5": "4.0",
            "NH3N": "1.0",
            "TP": "0.2",
        }
        found = section_class(values, scale)
        assert found.water_class is WaterClass.III
        assert found.grade is Grade.GOOD
        assert found.item_classes["pH"] is WaterClass.I

    def test_two_classes_with_one_limit_give_the_better_one(self, scale: Scale) -> None:
        assert section_class({"CODCr": "15"}, scale).water_class is WaterClass.I

    def test_it_names_the_items_that_decide(self, scale: Scale) -> None:
        found = section_class({"DO": "2.6", "CODMn": "12", "TP": "0.1"}, scale)
        assert found.deciding == ("DO", "CODMn")

    def test_a_missing_value_keeps_its_reason(self, scale: Scale) -> None:
        found = section_class({"TP": Missing("not_measured_here"), "NH3N": "0.1"}, scale)
        assert found.missing == {"TP": Missing("not_measured_here")}
        assert found.water_class is WaterClass.I

    def test_without_any_value_there_is_no_class(self, scale: Scale) -> None:
        found = section_class({"TN": "3.2"}, scale)
        assert found.water_class == found.grade == Missing("no_judged_item_has_a_value")
        assert found.aside == ("TN",)

    def test_it_carries_edition_and_clause(self, scale: Scale) -> None:
        assert section_class({"TP": "0.1"}, scale).basis.editions == ("GB 3838-2002",)

    def test_it_refuses_a_binary_float(self, scale: Scale) -> None:
        with pytest.raises(TypeError, match="float"):
            section_class({"TP": 0.2}, scale)  # type: ignore[dict-item]

    @given(a=_VALUES, b=_VALUES)
    @settings(max_examples=60, deadline=None)
    def test_a_worse_value_never_gives_a_better_class(self, scale: Scale, a: Decimal, b: Decimal) -> None:
        low, high = sorted((a, b))
        for ladder in scale.ladders:
            classes = [section_class({ladder.item: value}, scale).water_class for value in (low, high)]
            if isinstance(ladder, AtMost):
                assert classes[0] <= classes[1]
            elif isinstance(ladder, AtLeast):
                assert classes[0] >= classes[1]

    @given(values=st.dictionaries(st.sampled_from(["pH", "DO", "CODMn", "NH3N", "TP"]), _VALUES, min_size=1))
    @settings(max_examples=60, deadline=None)
    def test_a_missing_value_changes_no_other(self, scale: Scale, values: dict[str, Decimal]) -> None:
        with_gap = {**values, "BOD5": Missing("lost")}
        assert section_class(with_gap, scale).item_classes == section_class(values, scale).item_classes
        assert main_pollutants(with_gap, scale) == main_pollutants(values, scale)


class TestMainPollutants:
    def test_a_good_section_has_none(self, scale: Scale) -> None:
        assert main_pollutants({"CODMn": "6", "TP": "0.2"}, scale) == ()

    def test_class_goes_before_factor_and_the_table_settles_a_tie(self, scale: Scale) -> None:
        values = {"DO": "4.2", "CODMn": 12, "CODCr": 38, "BOD5": "9.0", "NH3N": "1.9", "TP": "0.38"}
        labels = [pollutant.label() for pollutant in main_pollutants(values, scale)]
        assert labels == ["五日生化需氧量(1.2)", "高锰酸盐指数(1.0)", "化学需氧量(0.9)"]

    def test_an_equal_factor_is_a_tie_in_decimals_where_floats_would_break_it(self, scale: Scale) -> None:
        found = main_pollutants({"CODCr": "26", "BOD5": "5.2"}, scale)
        assert [pollutant.item for pollutant in found] == ["CODCr", "BOD5"]
        assert {pollutant.factor for pollutant in found} == {Fraction(3, 10)}

    def test_a_heavy_metal_goes_first_even_with_a_better_class(self, scale: Scale) -> None:
        found = main_pollutants({"Pb": "0.06", "NH3N": "9"}, scale)
        assert [pollutant.item for pollutant in found] == ["Pb", "NH3N"]
        assert found[0].water_class is WaterClass.V

    def test_items_without_a_factor_follow_those_of_their_class_with_one(self, scale: Scale) -> None:
        found = main_pollutants({"pH": "9.2", "DO": "1", "TP": "0.5"}, scale)
        assert [pollutant.label() for pollutant in found] == ["总磷(1.5)", "pH值", "溶解氧"]

    def test_a_missing_value_is_no_pollutant(self, scale: Scale) -> None:
        assert main_pollutants({"TP": Missing("lost")}, scale) == ()

    @pytest.mark.parametrize(
        ("factor", "text"), [("1.25", "1.2"), ("0.05", "0.05"), ("0.004", "0.004"), ("0", "0.0")]
    )
    def test_a_factor_never_prints_as_zero_unless_it_is(self, factor: str, text: str) -> None:
        assert factor_text(Fraction(factor)) == text


class TestLaddersAndClasses:
    def test_a_ladder_out_of_order_is_refused(self) -> None:
        five = tuple(Fraction(n) for n in (1, 2, 3, 5, 4))
        for kind in (AtMost, AtLeast):
            with pytest.raises(ValueError, match="five limits"):
                kind("X", "x", five)  # type: ignore[arg-type]

    def test_a_limit_of_zero_is_refused(self) -> None:
        with pytest.raises(ValueError, match="above zero"):
            AtMost("X", "x", tuple(Fraction(n) for n in range(5)))  # type: ignore[arg-type]

    def test_an_empty_range_is_refused(self) -> None:
        with pytest.raises(ValueError, match="empty"):
            Within("pH", "pH值", Fraction(9), Fraction(6))

    def test_a_scale_refuses_an_item_twice_and_a_stranger_to_be_first(self, scale: Scale) -> None:
        with pytest.raises(ValueError, match="twice"):
            Scale((scale.ladders[0], scale.ladders[0]))
        with pytest.raises(ValueError, match="not in the table"):
            Scale(scale.ladders, frozenset({"As"}))

    def test_a_smaller_scale_keeps_order_basis_and_what_goes_first(self, scale: Scale) -> None:
        small = scale.only(frozenset({"TP", "Pb", "pH"}))
        assert small.items == ("pH", "TP", "Pb")
        assert small.foremost == {"Pb"}
        assert small.basis == scale.basis

    def test_acidity_and_oxygen_have_no_factor(self, scale: Scale) -> None:
        assert exceedance_factor(Fraction(1), scale.ladders[0]) is None
        assert exceedance_factor(Fraction(1), scale.ladders[1]) is None

    @pytest.mark.parametrize("text", ["Ⅰ", "II", "Ⅲ类", "IV", "Ⅴ", "劣Ⅴ", "劣V类", "劣于V类"])
    def test_every_writing_of_a_class_is_read(self, text: str) -> None:
        assert read_class(text) is not None

    @pytest.mark.parametrize("text", ["", "*", "-", "VI", "未评价"])
    def test_anything_else_names_no_class(self, text: str) -> None:
        assert read_class(text) is None
