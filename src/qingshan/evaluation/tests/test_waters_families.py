"""Worked examples of groundwater, sea, black-odorous water and sewage: published ones, shapes, refusals."""

from collections import Counter
from decimal import Decimal

import pytest

from qingshan.evaluation.conformance import (
    black_odor_families,
    groundwater_families,
    sea_families,
    sewage_families,
)
from qingshan.evaluation.conformance.examples import Example, read_examples
from qingshan.evaluation.conformance.runner import Outcome, run_example, run_examples

FAMILIES = {
    **groundwater_families.FAMILIES,
    **sea_families.FAMILIES,
    **black_odor_families.FAMILIES,
    **sewage_families.FAMILIES,
}


def _run(family, inputs, expected):
    return run_example(Example("x", family, "derived", "", inputs, expected), FAMILIES)


@pytest.mark.shared
class TestPublishedExamples:
    def test_every_one_of_these_families_passes(self, shared):
        report = run_examples(read_examples(shared / "reference/water/examples.yaml"), FAMILIES)
        counts = Counter(result.outcome for result in report.results)
        assert counts[Outcome.PASSED] >= 44
        assert (counts[Outcome.FAILED], counts[Outcome.UNSUPPORTED]) == (0, 0)


class TestShapesOfExamples:
    @pytest.mark.parametrize(
        ("family", "inputs", "expected"),
        [
            (
                "groundwater",
                {"氯化物_mg_L": 351, "others": "Ⅱ or better"},
                {"overall": "V", "V_items": ["氯化物"]},
            ),
            (
                "groundwater",
                {"四氯乙烯_ug_L": 41, "others": "III"},
                {"overall": "IV", "worst_items": ["四氯乙烯"]},
            ),
            ("groundwater", {"四氯乙烯_mg_L": Decimal("0.041")}, {"class": "IV", "meets_III": False}),
            ("groundwater", {"氯化物_ug_L": 351000}, {"class": "V"}),
            (
                "groundwater",
                {"四氯乙烯_ug_L": 301, "氯化物_mg_L": 351, "others": "IV"},
                {"overall": "V", "V_items": ["四氯乙烯", "氯化物"]},
            ),
            (
                "groundwater",
                {"锰": Decimal("0.1"), "others": "worst is IV"},
                {"overall": "IV", "worst_items": []},
            ),
            ("groundwater", {"嗅和味": "有", "铁": "--"}, {"overall": "V"}),
            ("groundwater", {"exceeding_III": [], "items": 39}, {"meets_III": True}),
            ("groundwater_index", {"铅": Decimal("0.02"), "target": "III"}, {"P_Pb": 2, "Pb_exceeds": True}),
            (
                "sea_station",
                {"DO": 4, "Hg": Decimal("0.0003")},
                {"class": "4", "item_classes": {"DO": "4", "Hg": "4"}},
            ),
            ("sea_station", {"DO": 7, "COD": "*"}, {"class": "1"}),
            (
                "sea_eutrophication",
                {"COD": 1, "DIN": "0.1", "DIP": "0.01"},
                {"E": Decimal("0.22"), "grade": "none"},
            ),
            ("black_odor_urban", {"SD_cm": 30, "depth_cm": 90, "DO": 1}, {"grade": "轻度黑臭"}),
            ("black_odor_urban", {"SD_cm": 9, "depth_cm": 20, "sees_bottom": True}, {"grade": "不黑臭"}),
            ("black_odor_urban", {"ORP": -201}, {"worst_single": "重度黑臭"}),
            ("black_odor_rural", {"SD_cm": "clear", "DO": 3, "NH3N": 1}, {"black": False}),
            (
                "wwtp",
                {"grade": "1A", "effluent_daily_mean": {"pH": "9.5", "TP": "0.6"}},
                {"exceeds": "pH 9, TP 0.5"},
            ),
            (
                "wwtp",
                {"grade": "1A", "built_year": 2004, "effluent_daily_mean": {"TP": 1}},
                {"compliant": True},
            ),
            ("rural_sewage", {"scale_m3_d": 30, "receiving_function": "III"}, {"grade": 1, "CODCr": 60}),
        ],
    )
    def test_a_shape_is_read(self, family, inputs, expected):
        result = _run(family, inputs, expected)
        assert (result.outcome, result.reasons) == (Outcome.PASSED, ())

    @pytest.mark.parametrize(
        ("family", "inputs", "reason"),
        [
            ("groundwater", {"source": "x"}, "no value"),
            ("groundwater", {"exceeding_III": ["电导率"]}, "neither table"),
            ("groundwater", {"铁": "many"}, "not_a_number"),
            ("groundwater", {"色_mg_L": 5}, "limits of 色 are in 度"),
            ("groundwater", {"砷": "0.1L"}, "no class"),
            ("groundwater_index", {"锰": 1, "target": "VI"}, "no class"),
            ("sea_station", {"DO": "--"}, "no class"),
            ("sea_grade", {"class1": 50}, "five shares"),
            ("sea_eutrophication", {"COD": 1, "DIN": "--", "DIP": 1}, "needs COD"),
            ("black_odor_urban", {"DO": "--"}, "no grade"),
            ("black_odor_rural", {"DO": "--"}, "no verdict"),
            ("wwtp", {"influent_BOD": "--"}, "no_month"),
            ("wwtp", {"grade": "1A", "effluent_daily_mean": {"TN": "--"}}, "no_item"),
            (
                "wwtp",
                {"grade": "1A", "effluent_daily_mean": {"NH3N": 4, "TN": 4}},
                "no limit applies to NH3N",
            ),
            ("wwtp_guangdong", {"limits": ["GB18918 1A"]}, "no pair"),
            ("rural_sewage", {"scale_m3_d": 900, "receiving_function": "III"}, "holds below"),
        ],
    )
    def test_what_cannot_be_computed_is_unsupported_with_its_reason(self, family, inputs, reason):
        result = _run(family, inputs, {"class": "I"})
        assert result.outcome is Outcome.UNSUPPORTED
        assert reason in result.reasons[0]

    def test_a_wrong_result_fails(self):
        assert _run("groundwater", {"氯化物": 351}, {"overall": "IV"}).outcome is Outcome.FAILED
