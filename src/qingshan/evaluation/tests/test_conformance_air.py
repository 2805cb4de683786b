"""The worked examples of the air, as they lie in the reference folder."""

from collections import Counter
from decimal import Decimal

import pytest

from qingshan.evaluation.conformance.air_families import FAMILIES
from qingshan.evaluation.conformance.examples import Example, read_examples
from qingshan.evaluation.conformance.runner import Outcome, run_example, run_examples


@pytest.fixture
def report(shared):
    return run_examples(read_examples(shared / "reference/air_eco/examples.yaml"), FAMILIES)


@pytest.mark.shared
class TestReferenceExamples:
    def test_none_fails_whoever_published_it(self, report):
        assert [result for result in report.results if result.outcome is Outcome.FAILED] == []

    def test_none_of_the_air_is_unsupported(self, report):
        counts = Counter(
            result.example.family for result in report.results if result.outcome is Outcome.PASSED
        )
        assert set(counts) == set(FAMILIES)
        assert not [result for result in report.results if result.outcome is Outcome.UNSUPPORTED]


def given(family, inputs, expected=None):
    return run_example(Example("x", family, "derived", "", inputs, expected or {"limit": 0}), FAMILIES)


class TestWhatCannotBeComputed:
    @pytest.mark.parametrize(
        ("family", "inputs"),
        [
            ("aqi_2012", {"edition": "HJ 633-2012"}),
            ("aqi_2026", {"edition": "HJ 633-2026", "type": "daily"}),
            ("composite_index", {"SO2": 3, "limits": "of the moon"}),
            ("composite_index", {"SO2": 3, "limits": "old"}),
            ("hj663", {"strange": 1}),
            ("hj663", {"station_MDA8": [Decimal("1.5")]}),
            ("gb3095", {"pollutant": "PM2.5", "average": "annual", "grade": 2, "date": "1999-01-01"}),
            ("gb3095", {"pollutant": "PM1", "average": "annual", "grade": 2, "date": "2026-01-01"}),
        ],
    )
    def test_it_is_unsupported_with_a_reason(self, family, inputs):
        result = given(family, inputs)
        assert result.outcome is Outcome.UNSUPPORTED
        assert result.reasons[0]
