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


class TestShapesOfTheAcceptanceSet:
    """Shapes that the list names and the open examples lack."""

    @pytest.mark.parametrize(
        ("family", "inputs", "expected"),
        [
            (
                "aqi_2012",
                {"edition": "HJ 633-2012", "type": "hourly", "SO2_1h": 900, "SO2_24h": 523},
                {"IAQI_SO2": 158, "IAQI_SO2_1h": None},
            ),
            (
                "aqi_2012",
                {"edition": "HJ 633-2012", "type": "daily", "SO2_1h": 900, "SO2_24h": 523},
                {"IAQI_SO2": 158, "IAQI_SO2_1h": None},
            ),
            (
                "aqi_2012",
                {
                    "edition": "HJ 633-2012",
                    "type": "hourly",
                    "PM2.5_24h": 81,
                    "feed_uses_1h_PM_in_24h_columns": True,
                },
                {"AQI": 108, "category": "轻度污染", "primary": ["PM2.5_24h"]},
            ),
            (
                "aqi_2026",
                {
                    "edition": "HJ 633-2026",
                    "type": "hourly",
                    "SO2": 9,
                    "NO2": 8,
                    "PM10": 24,
                    "PM2.5": 61,
                    "CO": 1,
                    "O3": 108,
                },
                {"AQI": 101, "primary": ["PM2.5"], "IAQI": {"O3": 34, "PM2.5": 101}},
            ),
            ("hj663", {"item": "year", "min_month": 26, "valid_days": 340}, {"valid": False}),
            ("hj663", {"item": "year", "min_month": 27, "valid_days": 324}, {"valid": True}),
            (
                "hj663",
                {"edition": "GB 3095-2012", "SO2": 9, "CO_P95": 1, "O3_P90": 101, "remark": "海边", "row": 3},
                {"grade1": ["SO2", "CO"], "grade2": ["O3"], "all_attained_grade2": True},
            ),
            ("hj663", {"round_1_half_even": Decimal("4.05")}, {"result": Decimal("4.0")}),
            ("hj663", {"round_2_half_even": Decimal("2.345")}, {"result": Decimal("2.34")}),
            ("hj663", {"values": [1, None, 3, "--"], "p": 50}, {"percentile": 2}),
            ("hj663", {"good_days": 0, "valid_days": 0}, {"good_day_ratio_pct": None}),
            ("hj663", {"values_by_year": {2021: 2, 2020: 1, 2022: 3, 2023: 4, 2024: 5}}, {"trend": "rising"}),
            (
                "aqi_2012",
                {"edition": "HJ 633-2012", "type": "daily", "NO2": "62", "PM10": "-", "PM2.5": None},
                {"AQI": 78, "IAQI": {"NO2": 78, "PM10": None, "PM2.5": None}, "colour": "黄色"},
            ),
            (
                "aqi_2012",
                {"edition": "HJ 633-2012", "type": "daily", "IAQI_unrounded": {"NO2": "60.1", "CO": "-"}},
                {"AQI": 61, "primary": ["NO2"]},
            ),
            (
                "gb3095",
                {"pollutant": "Pb", "average": "quarter", "grade": 1, "date": "2031-06-01"},
                {"limit": 1},
            ),
        ],
    )
    def test_it_is_computed(self, family, inputs, expected):
        result = given(family, inputs, expected)
        assert (result.outcome, result.reasons) == (Outcome.PASSED, ())


class TestWhatCannotBeComputed:
    @pytest.mark.parametrize(
        ("family", "inputs"),
        [
            ("aqi_2012", {"edition": "HJ 633-2012"}),
            ("aqi_2026", {"edition": "HJ 633-2026", "type": "daily"}),
            ("aqi_2026", {"edition": "HJ 633-2026", "type": "daily", "PM10": "much"}),
            ("aqi_2026", {"edition": "HJ 633-2026", "type": "daily", "PM10": -1}),
            ("aqi_2012", {"edition": "HJ 633-2012", "type": "daily", "IAQI_unrounded": {"CO": "-"}}),
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
