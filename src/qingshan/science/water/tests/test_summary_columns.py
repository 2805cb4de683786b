from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qingshan.kernel.basis import Missing
from qingshan.kernel.rounding import round_places
from qingshan.science.water.basin import ShareBands, basin_grade
from qingshan.science.water.summary_columns import basin_grades, trophic_states
from qingshan.science.water.trophic import TrophicItem, TrophicScale, trophic_state

_SCALE = TrophicScale(
    (
        TrophicItem("Chla", Fraction("2.5"), Fraction("1.086"), Fraction(1)),
        TrophicItem("SD", Fraction("5.118"), Fraction("-1.94"), Fraction("0.6889")),
    ),
    (Fraction(30), Fraction(50), Fraction(60), Fraction(70)),
)
_EXACT = TrophicScale(
    (TrophicItem("Chla", Fraction(3), Fraction(1), Fraction(1)),),
    (Fraction(30), Fraction(50), Fraction(60), Fraction(70)),
)


class TestBasins:
    @given(
        st.lists(st.lists(st.integers(0, 12), min_size=6, max_size=6).filter(any), min_size=1, max_size=30)
    )
    @settings(max_examples=60, deadline=None)
    def test_columns_equal_the_scalar(self, basins: list[list[int]]) -> None:
        bands = ShareBands(Fraction(90), Fraction(75), Fraction(20), Fraction(40), 5)
        expected = [basin_grade(counts, bands) for counts in basins]
        found = basin_grades(np.array(basins).T, bands)
        assert found.tolist() == [0 if isinstance(grade, Missing) else grade for grade in expected]

    def test_floats_other_shapes_and_negative_counts_are_refused(self, bands: ShareBands) -> None:
        with pytest.raises(TypeError, match="whole numbers"):
            basin_grades(np.zeros((6, 1)), bands)
        for counts in (np.zeros((5, 1), dtype=int), np.full((6, 1), -1)):
            with pytest.raises(ValueError, match="six rows"):
                basin_grades(counts, bands)


class TestTrophicStates:
    @given(st.lists(st.tuples(st.integers(-1, 4000), st.integers(-1, 900)), min_size=1, max_size=20))
    @settings(max_examples=50, deadline=None)
    def test_columns_equal_the_scalar(self, samples: list[tuple[int, int]]) -> None:
        kept = [tuple(code or 1 for code in sample) for sample in samples]
        codes = {"Chla": np.array([one for one, _ in kept]), "SD": np.array([two for _, two in kept])}
        indices, grades = trophic_states(codes, {"Chla": 1, "SD": 2}, _SCALE)
        for place, (chlorophyll, depth) in enumerate(kept):
            given_values = {"Chla": Fraction(chlorophyll, 10), "SD": Fraction(depth, 100)}
            values = {item: value for item, value in given_values.items() if value > 0}
            if not values:
                assert (indices[place], grades[place]) == (-1, 0)
                continue
            state = trophic_state(values, _SCALE)
            assert Fraction(int(indices[place]), 1000) == Fraction(round_places(state.index, 3))
            assert grades[place] == state.grade

    def test_an_index_on_a_bound_is_decided_exactly(self) -> None:
        indices, grades = trophic_states({"Chla": np.array([1, -1])}, {"Chla": 0}, _EXACT)
        assert (indices.tolist(), grades.tolist()) == ([30000, -1], [2, 0])

    def test_a_value_without_logarithm_is_refused(self) -> None:
        with pytest.raises(ValueError, match="no logarithm"):
            trophic_states({"Chla": np.array([0])}, {"Chla": 0}, _SCALE)
