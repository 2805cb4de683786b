"""GB/T 14848-2017, 6.2 and 6.3: single item, overall class, what is undecided, what is missing."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingshan.kernel.basis import Missing
from qingshan.science.class_ladder import at_most
from qingshan.science.groundwater.quality import (
    CLASSES,
    GroundwaterClass,
    GroundwaterScale,
    groundwater_class,
    presence,
)
from qingshan.science.water.readings import read_value


def ladder(item, text):
    return at_most(item, item, [Fraction(word) for word in text.split()], CLASSES)


ALPHA = at_most("总α放射性", "总α放射性", [Fraction("0.1"), Fraction("0.1"), Fraction("0.5")], (1, 2, 3, 5))
SCALE = GroundwaterScale(
    (
        ladder("总硬度", "150 300 450 650"),
        ladder("砷", "0.001 0.001 0.01 0.05"),
        ladder("阴离子表面活性剂", "0 0.1 0.3 0.3"),
        ALPHA,
    ),
    {"总硬度": Fraction(150), "砷": Fraction("0.001"), "阴离子表面活性剂": Fraction(0)},
    frozenset({"阴离子表面活性剂"}),
)


def judged(**values):
    return groundwater_class(values, SCALE)


class TestOverallClass:
    def test_the_worst_item_decides_and_is_named(self):
        found = judged(总硬度="651", 砷="0.001")
        assert found.water_class.label == "V"
        assert found.worst_items == ("总硬度",)
        assert found.items_beyond(GroundwaterClass.III) == ("总硬度",)

    def test_equal_limits_in_two_classes_give_the_better_one(self):
        assert judged(砷="0.001").water_class is GroundwaterClass.I

    def test_a_missing_value_keeps_its_reason_and_changes_no_other_item(self):
        found = judged(总硬度="300", 砷=Missing("not_measured_here"))
        assert found.water_class is GroundwaterClass.II
        assert found.missing == {"砷": Missing("not_measured_here")}

    def test_without_any_value_there_is_no_class(self):
        assert judged().water_class == Missing("no_judged_item_has_a_value")
        assert judged().worst_items == ()

    def test_items_of_neither_table_are_set_aside(self):
        assert judged(电导率="300").aside == ("电导率",)

    def test_an_item_stands_once_in_a_scale(self):
        with pytest.raises(ValueError, match="twice"):
            GroundwaterScale((ALPHA, ALPHA))


class TestNonDetects:
    def test_a_detection_limit_within_class_one_is_class_one(self):
        found = judged(砷=read_value("0.001L"))
        assert found.item_classes == {"砷": GroundwaterClass.I}

    def test_a_greater_one_only_says_not_worse_than(self):
        found = judged(砷=read_value("0.004L"), 总硬度="100")
        assert found.undecided == {"砷": GroundwaterClass.III}
        assert found.water_class is GroundwaterClass.I

    def test_an_item_without_a_limit_of_class_one_is_decided_by_its_detection_limit(self):
        assert judged(总α放射性=read_value("0.2L")).item_classes == {"总α放射性": GroundwaterClass.III}

    def test_any_detection_of_surfactants_excludes_class_one(self):
        assert judged(阴离子表面活性剂=read_value("0.05L")).water_class is GroundwaterClass.I
        assert judged(阴离子表面活性剂=read_value("0.05")).water_class is GroundwaterClass.II


class TestRadioactivity:
    def test_above_class_three_it_is_one_of_two(self):
        assert judged(总α放射性="0.51").water_class.label == "IV或V"

    def test_it_outweighs_a_plain_four_and_yields_to_a_five(self):
        assert judged(总α放射性="0.51", 总硬度="500").water_class is GroundwaterClass.IV_OR_V
        assert judged(总α放射性="0.51", 总硬度="700").water_class is GroundwaterClass.V


class TestPresence:
    def test_two_words_are_known(self):
        assert [presence(word) for word in ("无", " 有 ")] == [0, 1]
        with pytest.raises(ValueError, match="neither"):
            presence("微弱")


VALUES = st.dictionaries(st.sampled_from(["总硬度", "砷", "总α放射性"]), st.fractions(0, 1000), min_size=1)


class TestProperties:
    @given(VALUES, st.sampled_from(["总硬度", "砷", "总α放射性"]), st.fractions(0, 1000))
    def test_more_of_an_item_never_gives_a_better_class(self, values, item, more):
        worse = {**values, item: values.get(item, Fraction(0)) + more}
        assert judged(**worse).water_class >= judged(**values).water_class

    @given(VALUES)
    def test_the_order_of_the_items_does_not_matter(self, values):
        assert judged(**dict(reversed(values.items()))).water_class == judged(**values).water_class

    @given(VALUES)
    def test_adding_a_missing_value_changes_no_other(self, values):
        more = {**values, "阴离子表面活性剂": Missing("blank")}
        assert judged(**more).item_classes == judged(**values).item_classes
