from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qingshan.kernel.basis import Missing
from qingshan.science.water.readings import DAMAGE, NonDetects, Reading, amount, read_value


class TestReadingAField:
    @pytest.mark.parametrize("text", ["0.004L", "0.004l", "<0.004", " ＜0.004 "])
    def test_it_reads_a_non_detect_in_every_writing(self, text: str) -> None:
        assert read_value(text) == Reading(Fraction(1, 250), below=True)

    @pytest.mark.parametrize(
        ("text", "value"), [(".03", "0.03"), ("7.", "7"), ("1.2e-3", "0.0012"), ("0", "0")]
    )
    def test_it_reads_a_number_exactly(self, text: str, value: str) -> None:
        assert read_value(text) == Reading(Fraction(value))

    @pytest.mark.parametrize("text", ["", "  ", "--", "-", "—", "*", "999.9", "99.99", "未检出"])
    def test_a_missing_mark_is_missing_and_no_damage(self, text: str) -> None:
        found = read_value(text)
        assert isinstance(found, Missing)
        assert found.reason not in DAMAGE

    def test_a_star_says_the_item_is_not_measured_here(self) -> None:
        assert read_value("*") == Missing("not_measured_here")
        assert read_value("--") == Missing("no_value_at_this_time")

    def test_zero_is_missing_only_where_zero_is_impossible(self) -> None:
        assert read_value("0.00", zero_is_possible=False) == Missing("impossible_zero")
        assert read_value("0.00") == Reading(Fraction(0))

    @pytest.mark.parametrize("text", ["-0.02", "3,2", "3.2mg/L", "abc", "1e99999", "0L", "--1", "L"])
    def test_damage_is_named_and_never_guessed(self, text: str) -> None:
        found = read_value(text)
        assert isinstance(found, Missing)
        assert found.reason in DAMAGE

    @given(st.text(max_size=12) | st.from_regex(r"[<-]?[0-9.,]{0,6}[LlE]?", fullmatch=True))
    @settings(max_examples=200, deadline=None)
    def test_any_text_is_read_or_has_a_reason(self, text: str) -> None:
        found = read_value(text, zero_is_possible=False)
        if isinstance(found, Reading):
            assert found.value > 0
        else:
            assert found.reason


class TestAmountOfANonDetect:
    @pytest.mark.parametrize(
        ("use", "value"), [(NonDetects.HALF, "0.002"), (NonDetects.FULL, "0.004"), (NonDetects.ZERO, "0")]
    )
    def test_it_counts_as_the_use_asks(self, use: NonDetects, value: str) -> None:
        assert amount(Reading(Fraction(1, 250), below=True), use) == Fraction(value)

    def test_a_measured_value_counts_as_itself(self) -> None:
        assert amount(Reading(Fraction(3)), NonDetects.ZERO) == 3
