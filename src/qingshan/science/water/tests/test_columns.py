from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qingshan.kernel.basis import Missing
from qingshan.science.water.columns import (
    MISSING,
    NO_ITEM,
    CodedScale,
    encode,
    evaluate,
    places_needed,
    places_of,
)
from qingshan.science.water.ladders import Scale, Within
from qingshan.science.water.section import main_pollutants, section_class


@pytest.fixture(scope="module")
def coded(scale: Scale) -> CodedScale:
    return CodedScale(scale, (2, 2, 2, 1, 1, 3, 3, 3))


def _values(coded: CodedScale, codes: np.ndarray) -> dict[str, Fraction]:
    steps = zip(coded.scale.items, coded.places, codes.tolist(), strict=True)
    return {item: Fraction(code, 10**places) for item, places, code in steps if code != MISSING}


def _assert_equal_to_the_scalar(coded: CodedScale, codes: np.ndarray) -> None:
    found = evaluate(codes, coded)
    for sample in range(codes.shape[1]):
        values = _values(coded, codes[:, sample])
        expected = section_class(values, coded.scale)
        worst = 0 if isinstance(expected.water_class, Missing) else expected.water_class
        assert found.classes[sample] == worst
        by_item = [expected.item_classes.get(item, 0) for item in coded.scale.items]
        assert found.item_classes[:, sample].tolist() == by_item
        _assert_same_pollutants(coded, found.main_items[:, sample], found.main_excess[:, sample], values)


def _assert_same_pollutants(
    coded: CodedScale, items: np.ndarray, excess: np.ndarray, values: dict[str, Fraction]
) -> None:
    named = []
    for row, over in zip(items.tolist(), excess.tolist(), strict=True):
        if row != NO_ITEM:
            factor = None if over == NO_ITEM else Fraction(over, coded.limits(row)[2])
            named.append((coded.scale.items[row], factor))
    assert named == [(found.item, found.factor) for found in main_pollutants(values, coded.scale)]


class TestColumnsEqualTheScalar:
    def test_on_every_step_of_every_scale(self, coded: CodedScale) -> None:
        for row, ladder in enumerate(coded.scale.ladders):
            steps = np.arange(max(coded.limits(row)) + 3)
            codes = np.full((len(coded.places), steps.size), MISSING)
            codes[row] = steps
            found = evaluate(codes, coded)
            expected = [ladder.class_of(Fraction(int(step), 10 ** coded.places[row])) for step in steps]
            assert found.classes.tolist() == expected

    @given(data=st.data())
    @settings(max_examples=40, deadline=None)
    def test_on_any_samples_with_gaps(self, coded: CodedScale, data: st.DataObject) -> None:
        rows = [
            data.draw(st.lists(st.integers(-1, 2 * max(coded.limits(row))), min_size=4, max_size=4))
            for row in range(len(coded.places))
        ]
        _assert_equal_to_the_scalar(coded, np.array(rows))

    def test_across_the_edges_of_tiles_and_in_any_order(self, coded: CodedScale) -> None:
        random = np.random.default_rng(3838)
        tops = np.array([2 * max(coded.limits(row)) for row in range(len(coded.places))])
        codes = random.integers(-1, tops[:, None], (tops.size, 8192 + 5), dtype=np.int32)
        whole = evaluate(codes, coded)
        order = random.permutation(codes.shape[1])
        shuffled = evaluate(codes[:, order], coded)
        assert np.array_equal(whole.classes[order], shuffled.classes)
        assert np.array_equal(whole.main_items[:, order], shuffled.main_items)
        _assert_equal_to_the_scalar(coded, codes[:, 8185:])

    def test_on_no_sample_at_all(self, coded: CodedScale) -> None:
        assert evaluate(np.empty((8, 0), dtype=np.int32), coded).classes.size == 0

    def test_on_good_water_alone(self, coded: CodedScale) -> None:
        codes = np.array([[700], [800], [100], [100], [10], [100], [10], [5]])
        found = evaluate(codes, coded)
        assert found.classes.tolist() == [1]
        assert (found.main_items == NO_ITEM).all()

    def test_with_fewer_items_than_pollutants_asked_for(self, scale: Scale) -> None:
        alone = CodedScale(scale.only(frozenset({"TP"})), (3,))
        assert evaluate(np.array([[500]]), alone).main_items[:, 0].tolist() == [0, NO_ITEM, NO_ITEM]


class TestWhatColumnsRefuse:
    def test_floats(self, coded: CodedScale) -> None:
        with pytest.raises(TypeError, match="whole numbers"):
            evaluate(np.zeros((8, 2)), coded)

    @pytest.mark.parametrize("shape", [(7, 2), (8,)])
    def test_another_number_of_rows(self, coded: CodedScale, shape: tuple[int, ...]) -> None:
        with pytest.raises(ValueError, match="8 rows"):
            evaluate(np.zeros(shape, dtype=np.int64), coded)

    def test_values_too_large_to_compare_exactly(self, coded: CodedScale) -> None:
        codes = np.full((8, 1), MISSING)
        codes[3] = 1 << 50
        with pytest.raises(OverflowError, match="coarser"):
            evaluate(codes, coded)

    def test_a_step_too_coarse_for_its_limits(self, scale: Scale) -> None:
        with pytest.raises(ValueError, match="too few"):
            CodedScale(scale, (2, 2, 2, 1, 1, 1, 3, 3))

    def test_places_for_other_items(self, scale: Scale) -> None:
        with pytest.raises(ValueError, match="3 places for 8 items"):
            CodedScale(scale, (1, 2, 3))

    def test_more_items_than_fit(self) -> None:
        many = Scale(tuple(Within(f"i{n}", "", Fraction(6), Fraction(9)) for n in range(128)))
        with pytest.raises(ValueError, match="fewer than 128"):
            CodedScale(many, (0,) * 128)

    @pytest.mark.parametrize("value", ["0.0005", "-1"])
    def test_a_value_finer_than_its_step_or_negative(self, value: str) -> None:
        with pytest.raises(ValueError, match="finer than 3"):
            encode([Fraction(value)], 3)


class TestSteps:
    def test_missing_values_keep_their_place(self) -> None:
        assert encode([Fraction(1), None, Missing("lost")], 1).tolist() == [10, MISSING, MISSING]

    @pytest.mark.parametrize(("value", "places"), [("0.00005", 5), ("1.20", 1), ("0.0625", 4), ("600", 0)])
    def test_a_value_needs_as_many_places_as_it_has(self, value: str, places: int) -> None:
        assert places_of(Fraction(value)) == places

    def test_a_value_without_end_is_refused(self) -> None:
        with pytest.raises(ValueError, match="no end"):
            places_of(Fraction(1, 3))

    def test_limits_and_values_decide_the_step_together(self, scale: Scale) -> None:
        places = dict(zip(scale.items, places_needed(scale, {"DO": [Fraction("7.4266")]}), strict=True))
        assert (places["DO"], places["TP"], places["pH"]) == (4, 2, 0)
