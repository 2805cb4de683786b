"""Stations, shares, coasts and eutrophication of sea water."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingshan.kernel.basis import Missing
from qingshan.science.class_ladder import at_most, more_than
from qingshan.science.sea.coast import CoastBands, CoastGrade, coast_grade, coast_grade_columns
from qingshan.science.sea.eutrophication import (
    EutrophicationRule,
    eutrophication_columns,
    eutrophication_grade,
    eutrophication_index,
)
from qingshan.science.sea.station import (
    CLASSES,
    ClassShares,
    SeaClass,
    SeaScale,
    class_shares,
    exceedance_rates,
    inorganic_nitrogen,
    station_class,
)

OXYGEN = more_than("DO", "溶解氧", [Fraction(n) for n in (6, 5, 4, 3)], CLASSES)
PHOSPHATE = at_most("DIP", "活性磷酸盐", [Fraction(n, 1000) for n in (15, 30, 30, 45)], CLASSES)
SCALE = SeaScale((OXYGEN, PHOSPHATE))
BANDS = CoastBands(*(Fraction(n) for n in (60, 90, 80, 60, 90, 30, 40)))
RULE = EutrophicationRule(Fraction(10**6, 4500), Fraction(1), Fraction(3), Fraction(9))


class TestStation:
    def test_the_worst_item_decides(self):
        found = station_class({"DO": "6.0", "DIP": "0.046"}, SCALE)
        assert found.sea_class.label == "劣四类"
        assert found.deciding == ("DIP",)
        assert found.items_beyond(SeaClass.ONE) == ("DO", "DIP")

    def test_missing_and_unknown_items_are_named(self):
        found = station_class({"DO": Missing("blank"), "chlorophyll": "3"}, SCALE)
        assert found.sea_class == Missing("no_judged_item_has_a_value")
        assert (found.missing, found.aside) == ({"DO": Missing("blank")}, ("chlorophyll",))
        assert found.deciding == ()

    def test_an_item_stands_once_in_a_scale(self):
        with pytest.raises(ValueError, match="twice"):
            SeaScale((OXYGEN, OXYGEN))

    @given(st.fractions(0, 12), st.fractions(0, 1), st.fractions(0, 1))
    def test_more_phosphate_is_never_better(self, oxygen, phosphate, more):
        one = station_class({"DO": oxygen, "DIP": phosphate}, SCALE).sea_class
        other = station_class({"DO": oxygen, "DIP": phosphate + more}, SCALE).sea_class
        assert other >= one


class TestExceedanceRates:
    def test_items_are_ordered_by_the_share_of_stations_that_have_them(self):
        samples = [{"DO": "4.5", "DIP": "0.05"}, {"DO": "4.5", "DIP": Missing("blank")}, {"DO": "7"}]
        stations = [station_class(values, SCALE) for values in samples]
        assert exceedance_rates(stations) == (("DIP", 100), ("DO", Fraction(200, 3)))
        assert exceedance_rates(stations, SeaClass.FOUR) == (("DIP", 100),)


class TestNitrogen:
    def test_a_sum_over_a_missing_part_is_missing(self):
        assert inorganic_nitrogen("0.2", Missing("blank"), "0.1") == Missing("nitrite_is_missing")

    def test_a_negative_part_is_refused(self):
        with pytest.raises(ValueError, match="negative"):
            inorganic_nitrogen("0.2", "-0.1", "0.1")


class TestShares:
    def test_they_are_weighted_by_area_or_counted(self):
        found = class_shares([(SeaClass.ONE, "1.5"), (SeaClass.ONE, "1.5"), (SeaClass.FOUR, "1")])
        assert found.by_class == (75, 0, 0, 25, 0)

    @pytest.mark.parametrize("parts", [[], [(SeaClass.ONE, 0)]])
    def test_nothing_has_no_shares(self, parts):
        with pytest.raises(ValueError, match="nothing"):
            class_shares(parts)

    def test_a_negative_weight_is_refused(self):
        with pytest.raises(ValueError, match="negative"):
            class_shares([(SeaClass.ONE, -1)])


def graded(*shares):
    return coast_grade(ClassShares(tuple(Fraction(share) for share in shares)), BANDS)


class TestCoast:
    @pytest.mark.parametrize(
        ("shares", "grade"),
        [
            ((60, 30, 5, 5, 0), "优"),
            (("59.9", "30.1", 5, 5, 0), "良好"),
            ((60, "29.9", "5.1", 5, 0), "良好"),
            ((40, 40, 0, 0, 20), "良好"),
            ((40, "39.9", "0.1", 0, 20), "一般"),
            ((30, 30, 5, 5, 30), "一般"),
            ((30, 30, 5, "4.9", "30.1"), "差"),
            ((30, 30, 0, 0, 40), "差"),
            ((30, "29.9", 0, 0, "40.1"), "极差"),
            ((30, "29.9", "30.1", 5, 5), "一般"),
            ((30, "29.9", "30.0", "5.1", 5), "差"),
        ],
    )
    def test_both_sides_of_every_bound(self, shares, grade):
        assert graded(*shares).grade.label == grade

    def test_it_says_when_the_alternative_was_asked(self):
        assert graded(30, 25, 36, 5, 4).asked_alternative
        assert not graded(40, 41, 9, 5, 5).asked_alternative

    @pytest.mark.parametrize("shares", [(50, 20, 10, 10, 5), (110, -10, 0, 0, 0)])
    def test_shares_that_are_not_a_whole_are_refused(self, shares):
        with pytest.raises(ValueError, match="whole"):
            graded(*shares)

    @given(st.lists(st.lists(st.integers(0, 60), min_size=4, max_size=4), min_size=5, max_size=5))
    def test_columns_equal_the_scalar(self, parts):
        found = coast_grade_columns(np.array(parts), BANDS)
        for sea in range(4):
            counts = [(one, row[sea]) for one, row in zip(SeaClass, parts, strict=True)]
            expected = coast_grade(class_shares(counts), BANDS).grade if any(n for _, n in counts) else 0
            assert found[sea] == expected

    def test_columns_equal_the_scalar_on_every_thousandth(self):
        good, inferior = np.meshgrid(np.arange(0, 1001, 7), np.arange(0, 1001, 3))
        kept = good + inferior <= 1000
        good, inferior = good[kept], inferior[kept]
        parts = np.stack([good // 2, good - good // 2, 1000 - good - inferior, 0 * good, inferior])
        found = coast_grade_columns(parts, BANDS)
        for sea in range(0, found.size, 37):
            shares = ClassShares(tuple(Fraction(int(n), 10) for n in parts[:, sea]))
            assert found[sea] == coast_grade(shares, BANDS).grade

    def test_floats_shapes_and_negative_parts_are_refused(self):
        with pytest.raises(TypeError, match="whole"):
            coast_grade_columns(np.ones((5, 1)), BANDS)
        for parts in (np.ones((4, 1), dtype=int), -np.ones((5, 1), dtype=int), np.ones(5, dtype=int)):
            with pytest.raises(ValueError, match="5 rows"):
                coast_grade_columns(parts, BANDS)

    @given(st.integers(0, 100), st.integers(0, 100), st.integers(0, 100))
    def test_a_class_that_turns_inferior_never_gives_a_better_grade(self, one, two, inferior):
        before = np.array([[one], [two + 1], [0], [0], [inferior]])
        after = np.array([[one], [two], [0], [0], [inferior + 1]])
        assert coast_grade_columns(after, BANDS)[0] >= coast_grade_columns(before, BANDS)[0]


class TestEutrophication:
    def test_the_limits_of_the_classes_give_the_published_indices(self):
        limits = [("2", "0.2", "0.015"), ("3", "0.3", "0.03"), ("4", "0.4", "0.03"), ("5", "0.5", "0.045")]
        found = [eutrophication_index(*limit, RULE.factor) for limit in limits]
        assert [round(float(index), 1) for index in found] == [1.3, 6.0, 10.7, 25.0]

    def test_a_negative_concentration_is_refused(self):
        with pytest.raises(ValueError, match="negative"):
            eutrophication_index("1", "-0.1", "0.1", 1)

    def test_bounds_that_do_not_rise_are_refused(self):
        with pytest.raises(ValueError, match="rise"):
            EutrophicationRule(Fraction(1), Fraction(3), Fraction(1), Fraction(9))

    @given(st.lists(st.tuples(*[st.integers(-1, 900)] * 3), min_size=1, max_size=20))
    def test_columns_equal_the_scalar(self, rows):
        columns = [np.array(column) for column in zip(*rows, strict=True)]
        found = eutrophication_columns(*columns, 2 + 3 + 4, RULE)
        for place, (cod, din, dip) in enumerate(rows):
            if min(cod, din, dip) < 0:
                assert found[place] == 0
                continue
            amounts = Fraction(cod, 100), Fraction(din, 1000), Fraction(dip, 10000)
            assert found[place] == eutrophication_grade(eutrophication_index(*amounts, RULE.factor), RULE)

    def test_columns_equal_the_scalar_on_every_bound(self):
        # 4500 steps of 10^-6 give E = 1 exactly; so do 13500 and 40500 for the other bounds.
        products = [step for bound in (4500, 13500, 40500) for step in (bound - 1, bound, bound + 1)]
        found = eutrophication_columns(np.array(products), np.ones(9, int), np.ones(9, int), 9 - 3, RULE)
        expected = [eutrophication_grade(Fraction(p, 4500), RULE) for p in products]
        assert found.tolist() == expected

    def test_products_too_large_to_compare_exactly_are_refused(self):
        huge = np.array([2**22])
        with pytest.raises(OverflowError, match="coarser"):
            eutrophication_columns(huge, huge, huge, 9, RULE)

    def test_no_samples_give_no_grades(self):
        none = np.array([], dtype=int)
        assert eutrophication_columns(none, none, none, 9, RULE).size == 0


def test_the_words_of_the_grades():
    assert [grade.label for grade in CoastGrade] == ["优", "良好", "一般", "差", "极差"]
