"""The water examples that others published, and the shapes that examples may have."""

from collections import Counter
from decimal import Decimal

import pytest

from qingshan.evaluation.conformance.examples import Example, read_examples
from qingshan.evaluation.conformance.families import FAMILIES
from qingshan.evaluation.conformance.runner import Outcome, run_example, run_examples


def _run(family, inputs, expected):
    return run_example(Example("x", family, "derived", "", inputs, expected), FAMILIES)


@pytest.mark.shared
class TestPublishedExamples:
    def test_none_fails_and_hardly_any_is_unsupported(self, shared):
        report = run_examples(read_examples(shared / "reference/water/examples.yaml"), FAMILIES)
        assert report.of(Outcome.FAILED) == []
        counts = Counter(result.outcome for result in report.results if not result.example.apart)
        assert counts[Outcome.PASSED] >= 98
        assert counts[Outcome.UNSUPPORTED] <= 0.08 * counts[Outcome.PASSED]


class TestShapesOfExamples:
    @pytest.mark.parametrize(
        ("family", "inputs", "expected"),
        [
            ("section_class", {"DO": 2, "water": "reservoir"}, {"class": "V", "meets_class_III": False}),
            (
                "section_class",
                {"CODMn": Decimal("13.3"), "NH3N": Decimal("1.77")},
                {"published_main_pollutants": "氨氮,高锰酸盐指数"},
            ),
            ("section_class", {"Cd": "0.002L"}, {"class_with_full_DL": "II", "class_with_half_DL": "I"}),
            (
                "aggregation",
                {"item": "pH", "values": [6, 8]},
                {"mean": Decimal("6.297"), "rounded_2": Decimal("6.30")},
            ),
            ("CWQI_rank", {"CWQI": {"甲": 4, "乙": 3}}, {"rank": {"甲": 2, "乙": 1}}),
            ("CWQI_rank", {"CWQI": {"甲": 4, "乙": 3}}, {"rank": ["乙", "甲"]}),
            ("CWQI_rank", {"CWQI": [4, 3, 4]}, {"rank": [2, 1, 2]}),
            (
                "CWQI_rank",
                {"CWQI": {"甲": 4, "乙": 3}, "dCWQI_percent": {"甲": -2, "乙": -1}},
                {"rank_in_change": {"甲": 1, "乙": 2}},
            ),
            (
                "CWQI_change",
                {"CWQI": Decimal("3.6"), "dCWQI_percent": -10, "city": "甲"},
                {"implied_base": Decimal("4.00"), "rank_in_change": 1},
            ),
            ("TLI_grade", {"TLI": Decimal("50.1")}, {"grade": "轻度富营养"}),
            (
                "drinking_rate",
                {"compliant": 9, "sources": 10, "compliant_intake": 30, "total_intake": 40},
                {"rate_by_number": 90, "rate_by_water": 75},
            ),
            ("drinking_rate", {"all_year_compliant": 3, "sources": 4}, {"rate_percent": 75}),
            (
                "section_class",
                {"pH": "--", "DO": None, "CODMn": 4, "water": "river"},
                {"class": "II", "item_classes": {"CODMn": "II", "pH": None, "DO": None}},
            ),
            (
                "aggregation",
                {"item": "TP", "monthly": [Decimal("0.1"), "-", Decimal("0.2")]},
                {"class": "III"},
            ),
            (
                "aggregation_lake",
                {"item": "TP", "points_by_time": {"东": [Decimal("0.04"), "*"], "西": [Decimal("0.06")]}},
                {"point_means": {"东": Decimal("0.04")}, "lake_mean": Decimal("0.05")},
            ),
            (
                "river_basin",
                {"sections": None, "share_I_III": 80, "share_inferior_V": 0},
                {"status_cn": "良好"},
            ),
            (
                "river_basin_lt5",
                {"sections": [{"DO": 7, "CODMn": "-"}, {"DO": 6, "CODMn": 4}]},
                {"means": {"DO": Decimal("6.5"), "CODMn": 4}, "class": "II"},
            ),
            ("trend_spearman", {"yearly_values": {2012: 1, 2010: 5, 2011: 4, 2014: -3, 2013: 0}}, {"rs": -1}),
            (
                "TLI",
                {"Chla": "-", "TP": Decimal("0.05"), "TN": 1, "SD": 1, "CODMn": 4},
                {"TLI": Decimal("47.3"), "grade": "中营养"},
            ),
            (
                "TLI",
                {"lake": "太湖", "TLI_Chla": -3, "TLI_TP": -3, "TLI_TN": None},
                {"TLI": -3, "grade": "贫营养"},
            ),
            ("CWQI_rank", {"CWQI": {"甲": 4, "乙": "-"}}, {"rank": {"甲": 1, "乙": None}}),
            (
                "CWQI_city",
                {"CWQI_river": 4, "M": 2, "CWQI_lake": 5, "N": 1},
                {"CWQI_city": Decimal("4.33")},
            ),
        ],
    )
    def test_it_passes(self, family, inputs, expected):
        result = _run(family, inputs, expected)
        assert (result.outcome, result.reasons) == (Outcome.PASSED, ())

    @pytest.mark.parametrize(
        ("family", "inputs", "expected", "words"),
        [
            ("section_class", {"TP": 1, "water": "sea"}, {"class": "V"}, "no kind of water"),
            ("section_class", {"TP": "much"}, {"class": "V"}, "not_a_number"),
            ("section_class", {"TP": -1}, {"class": "V"}, "negative"),
            ("section_class", {}, {"class": "V"}, "no value"),
            ("section_class", {"TN": 1}, {"class": "V"}, "no class"),
            ("main_pollutants", {"target": "III"}, {"published_class": "V"}, "interim targets"),
            ("main_pollutants_river", {"sections": 3}, {"main_pollutants": []}, "neither rates"),
            (
                "river_basin",
                {"sections": 4, "share_I_III": 80, "share_inferior_V": 0},
                {"status_cn": "优"},
                "fewer",
            ),
            ("river_basin_lt5", {"sections": [{"TN": 1}]}, {"class": "V"}, "no class"),
            ("trend_spearman", {"yearly_values": [1, 2]}, {"rs": 1}, "no critical value for 2 periods"),
            ("CWQI_river", {"TP": 1}, {"CWQI_river": 1}, "no_mean_of_pH"),
            ("CWQI_rank", {"CWQI": 4}, {"rank": 1}, "one index"),
            ("TLI_grade", {"TLI": {"甲": 20, "乙": 80}}, {"grade": "贫营养"}, "one grade for lakes"),
            ("TLI_grade", {"TLI": {}}, {"grade": "贫营养"}, "one grade for lakes"),
            ("CWQI_bands", {"cities": 17}, {"between": 1}, "not given"),
            ("drinking_rate", {"unit": "t"}, {"rate_percent": 1}, "no amounts"),
            ("drinking_source", {"Mn": 0}, {"compliant": True}, "not_given"),
        ],
    )
    def test_it_is_unsupported_and_says_why(self, family, inputs, expected, words):
        result = _run(family, inputs, expected)
        assert result.outcome is Outcome.UNSUPPORTED
        assert words in result.reasons[0]

    def test_a_wrong_order_of_cities_fails(self):
        assert (
            _run("CWQI_rank", {"CWQI": {"甲": 4, "乙": 3}}, {"rank": ["甲", "乙"]}).outcome is Outcome.FAILED
        )

    def test_counts_of_cities_that_do_not_add_up_fail(self):
        assert (
            _run("CWQI_bands", {"cities": 17}, {"lt_4": 6, "gt_5": 3, "between": 7}).outcome is Outcome.FAILED
        )
