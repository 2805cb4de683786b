"""The standard index of HJ 610, and the score of 1993 with its grades."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingshan.science.groundwater.index import (
    ScoreRule,
    acidity_index,
    exceedance_multiple,
    overall_score,
    score_grade_columns,
    standard_index,
)
from qingshan.science.groundwater.quality import CLASSES, GroundwaterClass

RULE = ScoreRule(
    dict(zip(CLASSES, (0, 1, 3, 6, 10), strict=True)),
    tuple(Fraction(text) for text in ("0.80", "2.50", "4.25", "7.20")),
    ("优良", "良好", "较好", "较差", "极差"),
)


class TestStandardIndex:
    def test_it_is_the_value_over_its_limit(self):
        assert standard_index("0.1", "0.1") == 1
        assert exceedance_multiple("0.1", "0.1") == 0

    @pytest.mark.parametrize(("value", "limit"), [("-1", "1"), ("1", "0")])
    def test_what_has_no_index_is_refused(self, value, limit):
        with pytest.raises(ValueError, match="limit"):
            standard_index(value, limit)

    @pytest.mark.parametrize(
        ("acidity", "index"), [("7", 0), ("6.5", 1), ("8.5", 1), ("6.0", 2), ("9.25", Fraction(3, 2))]
    )
    def test_acidity_is_held_against_the_nearer_end(self, acidity, index):
        assert acidity_index(acidity, "6.5", "8.5") == index

    @pytest.mark.parametrize(
        ("acidity", "low", "high"), [("15", 6, 9), ("-1", 6, 9), ("7", 7, 9), ("7", 5, 7)]
    )
    def test_what_is_no_acidity_is_refused(self, acidity, low, high):
        with pytest.raises(ValueError, match="index"):
            acidity_index(acidity, low, high)


class TestScore:
    def test_mean_and_greatest_count_alike(self):
        found = overall_score([GroundwaterClass.I, GroundwaterClass.III, GroundwaterClass.IV], RULE)
        assert (found.squared, found.grade) == (Fraction(45, 2), "较差")

    @pytest.mark.parametrize(
        ("points", "grade"), [([0], "优良"), ([1], "良好"), ([3], "较好"), ([6], "较差"), ([10], "极差")]
    )
    def test_one_item_alone_scores_its_own_points(self, points, grade):
        by_points = {score: found for found, score in RULE.points.items()}
        assert overall_score([by_points[point] for point in points], RULE).grade == grade

    def test_a_bound_belongs_to_the_worse_grade(self):
        rule = ScoreRule(RULE.points, (Fraction(1), Fraction(3)), ("a", "b", "c"))
        assert overall_score([GroundwaterClass.II], rule).grade == "b"

    def test_no_class_and_a_class_without_points_are_refused(self):
        with pytest.raises(ValueError, match="at least one"):
            overall_score([], RULE)
        with pytest.raises(ValueError, match="no points"):
            overall_score([GroundwaterClass.IV_OR_V], RULE)
        with pytest.raises(ValueError, match="no points"):
            score_grade_columns(np.array([[GroundwaterClass.IV_OR_V]]), RULE)

    @pytest.mark.parametrize("bounds", [(Fraction(2), Fraction(1)), (Fraction(1),)])
    def test_bounds_that_do_not_fit_are_refused(self, bounds):
        with pytest.raises(ValueError, match="do not fit"):
            ScoreRule(RULE.points, bounds, ("a", "b", "c"))

    @given(
        st.lists(
            st.lists(st.sampled_from([0, 1, 2, 3, 4, 6]), min_size=5, max_size=5), min_size=1, max_size=6
        )
    )
    def test_columns_equal_the_scalar(self, rows):
        found = score_grade_columns(np.array(rows), RULE)
        for sample in range(5):
            classes = [GroundwaterClass(row[sample]) for row in rows if row[sample]]
            expected = RULE.grades.index(overall_score(classes, RULE).grade) + 1 if classes else 0
            assert found[sample] == expected
