"""One sum of falls gives the class of a number and of a column; the ladders refuse what cannot be."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingshan.kernel.basis import Missing
from qingshan.science.class_ladder import (
    NO_VALUE,
    Beyond,
    ClassLadder,
    CodedLadder,
    Fall,
    at_least,
    at_most,
    class_columns,
    encode_values,
    falls_of,
    more_than,
    within,
)

NUMBERS = (1, 2, 3, 4, 5)
CHLORIDE = at_most("Cl", "氯化物", [Fraction(n) for n in (50, 150, 250, 350)], NUMBERS)
OXYGEN = more_than("DO", "溶解氧", [Fraction(n) for n in (6, 5, 4, 3)], NUMBERS)
POTENTIAL = at_least("ORP", "氧化还原电位", [Fraction(50), Fraction(-200)], (1, 2, 3))
ACIDITY = within("pH", "pH", [(Fraction("6.5"), Fraction("8.5")), (Fraction("5.5"), Fraction(9))], (1, 4, 5))
LADDERS = (CHLORIDE, OXYGEN, POTENTIAL, ACIDITY)
PLACES = (0, 1, 0, 1)


class TestScalar:
    @pytest.mark.parametrize(
        ("ladder", "value", "expected"),
        [
            (CHLORIDE, "50", 1),
            (CHLORIDE, "50.1", 2),
            (CHLORIDE, "350", 4),
            (CHLORIDE, "351", 5),
            (OXYGEN, "6.01", 1),
            (OXYGEN, "6", 2),
            (OXYGEN, "3", 5),
            (POTENTIAL, "50", 1),
            (POTENTIAL, "-200", 2),
            (POTENTIAL, "-201", 3),
            (ACIDITY, "6.5", 1),
            (ACIDITY, "6.4", 4),
            (ACIDITY, "8.6", 4),
            (ACIDITY, "5.4", 5),
            (ACIDITY, "9.1", 5),
        ],
    )
    def test_both_sides_of_a_limit(self, ladder, value, expected):
        assert ladder.class_of(value) == expected

    def test_a_class_without_a_limit_takes_every_value_that_is_left(self):
        coliforms = at_most("Coli", "大肠菌群", [Fraction(10), Fraction(10), Fraction(10), None], NUMBERS)
        assert [coliforms.class_of(count) for count in (10, 11, 10**9)] == [1, 4, 4]

    def test_a_binary_float_is_refused(self):
        with pytest.raises(TypeError):
            CHLORIDE.class_of(50.0)


class TestRefusals:
    @pytest.mark.parametrize(
        ("limits", "classes"),
        [
            ([Fraction(2), Fraction(1)], (1, 2, 3)),
            ([Fraction(1)], (1, 2, 3)),
            ([Fraction(1)], (2, 2)),
            ([None, Fraction(1)], (1, 2, 3)),
            ([None], (1, 2)),
        ],
    )
    def test_limits_and_classes_that_do_not_fit(self, limits, classes):
        with pytest.raises(ValueError, match="class"):
            falls_of(Beyond.ABOVE, limits, classes)

    def test_an_empty_range(self):
        with pytest.raises(ValueError, match="empty"):
            within("pH", "pH", [(Fraction(9), Fraction(6))], (1, 5))

    def test_a_range_that_sticks_out_of_the_next_one(self):
        with pytest.raises(ValueError, match="backwards"):
            within("pH", "pH", [(Fraction(5), Fraction(8)), (Fraction(6), Fraction(9))], (1, 4, 5))

    @pytest.mark.parametrize("falls", [(), (Fall(Beyond.ABOVE, Fraction(1), 0),)])
    def test_a_limit_that_costs_nothing(self, falls):
        with pytest.raises(ValueError, match="at least one class"):
            ClassLadder("x", "x", 1, falls)

    def test_steps_too_coarse_for_a_limit(self):
        with pytest.raises(ValueError, match="too few"):
            CodedLadder(ACIDITY, 0)

    def test_values_finer_than_the_step(self):
        with pytest.raises(ValueError, match="finer"):
            encode_values([Fraction("0.05")], 1)

    def test_floats_and_wrong_shapes(self):
        coded = [CodedLadder(CHLORIDE, 0)]
        with pytest.raises(TypeError, match="whole numbers"):
            class_columns(np.array([[1.0]]), coded)
        with pytest.raises(ValueError, match="rows"):
            class_columns(np.array([[1], [2]]), coded)


class TestColumns:
    coded = tuple(CodedLadder(ladder, places) for ladder, places in zip(LADDERS, PLACES, strict=True))

    def test_they_equal_the_scalar_on_every_step(self):
        for coded in self.coded:
            limits = [limit for _, limit, _ in coded.falls]
            steps = np.arange(min(limits) - 3, max(limits) + 4)
            expected = [coded.ladder.class_of(Fraction(int(s), 10**coded.places)) for s in steps]
            assert class_columns(steps[None, :], [coded])[0].tolist() == expected

    @given(data=st.data())
    def test_they_equal_the_scalar_on_any_samples_with_gaps(self, data):
        codes = data.draw(
            st.lists(
                st.lists(st.one_of(st.just(NO_VALUE), st.integers(-300, 500)), min_size=3, max_size=3),
                min_size=4,
                max_size=4,
            )
        )
        found = class_columns(np.array(codes), self.coded)
        for row, coded in enumerate(self.coded):
            for sample, code in enumerate(codes[row]):
                value = Fraction(code, 10**coded.places)
                expected = 0 if code == NO_VALUE else coded.ladder.class_of(value)
                assert found[row, sample] == expected

    def test_tiles_change_nothing(self):
        codes = np.random.default_rng(14848).integers(-300, 500, (4, 8192 + 7), dtype=np.int32)
        whole = class_columns(codes, self.coded)
        assert (whole[:, 8190:] == class_columns(codes[:, 8190:], self.coded)).all()

    def test_what_is_missing_has_no_class(self):
        codes = encode_values([Fraction(50), None, Missing("blank")], 0)
        assert class_columns(codes[None, :], [self.coded[0]]).tolist() == [[1, 0, 0]]


class TestProperties:
    @given(st.fractions(0, 400), st.fractions(0, 400))
    def test_more_of_what_must_stay_low_is_never_better(self, one, other):
        low, high = sorted((one, other))
        assert CHLORIDE.class_of(low) <= CHLORIDE.class_of(high)

    @given(st.fractions(0, 12), st.fractions(0, 12))
    def test_less_of_what_must_be_high_is_never_better(self, one, other):
        low, high = sorted((one, other))
        assert OXYGEN.class_of(high) <= OXYGEN.class_of(low)
