"""Examples of noise, soil, ecology and risk that others published, and the shapes examples may have."""

from collections import Counter
from decimal import Decimal

import pytest

from qingshan.evaluation.conformance.examples import Example, read_examples
from qingshan.evaluation.conformance.families import FAMILIES
from qingshan.evaluation.conformance.runner import Outcome, run_example, run_examples

_OURS = ("noise", "soil", "ecology", "risk_hj941", "emergency_event", "heavy_pollution")


def _run(family, inputs, expected):
    return run_example(Example("x", family, "derived", "", inputs, expected), FAMILIES)


@pytest.mark.shared
class TestReferenceExamples:
    def test_every_example_of_these_families_passes_whoever_published_it(self, shared):
        report = run_examples(read_examples(shared / "reference/air_eco/examples.yaml"), FAMILIES)
        ours = [result for result in report.results if result.example.family in _OURS]
        assert [result for result in ours if result.outcome is not Outcome.PASSED] == []
        counts = Counter(result.example.family for result in ours)
        assert counts == {
            "noise": 30,
            "soil": 18,
            "ecology": 25,
            "risk_hj941": 12,
            "emergency_event": 13,
            "heavy_pollution": 11,
        }


class TestShapesOfExamples:
    """Shapes that the list names and the open examples lack, and other ways to write the same."""

    @pytest.mark.parametrize(
        ("family", "inputs", "expected"),
        [
            ("noise", {"mean": Decimal("50.1"), "type": "region_day"}, {"grade": "二级(较好) 连云港"}),
            ("noise", {"mean": Decimal("68.0"), "type": "road_day"}, {"grade": "一级"}),
            ("noise", {"mean": Decimal("62.0"), "type": "road_night"}, {"grade": 3, "grade_level": 3}),
            (
                "noise",
                {"night_Lmax": Decimal("65.1"), "zone": "2"},
                {"attained": False, "exceed_dB": Decimal("0.1"), "limit_Lmax": 65},
            ),
            (
                "noise",
                {"standard": "GB 12348", "class": "4", "night_frequent_Lmax": 65},
                {"attained": True, "limit": 65},
            ),
            (
                "noise",
                {"standard": "GB 12348-2008", "class": "3", "night_occasional_Lmax": 71},
                {"attained": False, "limit": 70},
            ),
            (
                "noise",
                {"standard": "GB 12523-2011", "period": "day", "Leq": 70, "Lmax": 71},
                {"Leq_attained": True, "Lmax_attained": False},
            ),
            ("noise", {"Ld": 60, "Ln": 50}, {"Ldn": Decimal("60.0")}),
            (
                "noise",
                {"roads": [{"length_km": 2, "L": 68}, {"length_km": 1, "L": 71}]},
                {"length_weighted_mean": Decimal("69.0"), "grade": "较好", "grade_level": 2},
            ),
            ("noise", {"roads": [[2000, 68], [1000, 71]]}, {"length_weighted_mean": 69}),
            ("noise", {"roads": [[68, 2000], [71, 1000]]}, {"length_weighted_mean": 69}),
            ("soil", {"land": "rotation", "pH": 8, "As": 21}, {"class": "安全利用类"}),
            (
                "soil",
                {"standard": "GB 36600", "item": "Pb", "land_class": 2, "value": "400L"},
                {"judgement": "不超筛选值"},
            ),
            ("ecology", {"EI": 60, "limitation": "not_good_and_down"}, {"EI_limited": Decimal("54.9")}),
            ("ecology", {"index": "EI", "value": 55}, {"grade": "良"}),
            ("risk_hj941", {"E": "E1", "M": 65, "Q": 1, "medium": "水"}, {"label": "重大-水(Q1-M4-E1)"}),
            ("emergency_event", {"deaths": 2, "evacuated": 5000}, {"grade": "较大"}),
            ("emergency_event", {"deaths": None}, {"grade": "一般"}),
            ("emergency_event", {"impact": "cross-county"}, {"grade": "一般"}),
            ("heavy_pollution", {"edition": 2018, "daily_AQI": [201, 201]}, {"level": "黄色"}),
            ("heavy_pollution", {"edition": 2024, "daily_AQI": [160, None, 160]}, {"level": None}),
        ],
    )
    def test_it_is_computed(self, family, inputs, expected):
        assert _run(family, inputs, expected).outcome is Outcome.PASSED

    @pytest.mark.parametrize(
        ("family", "inputs"),
        [
            ("noise", {"colour": "blue"}),
            ("noise", {"standard": "GB 3096", "Leq": 1, "Lmax": 1, "period": "day"}),
            ("noise", {"standard": "GB 22337", "zone": "1", "Leq": 1, "Lmax": 1, "period": "night"}),
            ("soil", {"pH": 5}),
            ("soil", {"land": "paddy", "pH": None, "Cd": 1}),
            ("soil", {"land": "paddy", "pH": 5, "Cu": 1}),
            ("soil", {"item": "unobtainium", "land_class": 1, "value": 1}),
            ("ecology", {"colour": "green"}),
            ("ecology", {"index": "EQI", "values": {"2021": 1}}),
            ("risk_hj941", {"colour": "red"}),
            ("emergency_event", {"cats": 1}),
            ("emergency_event", {"water_source_cut": "village"}),
        ],
    )
    def test_what_cannot_be_computed_is_unsupported_and_never_passes(self, family, inputs):
        assert _run(family, inputs, {"grade": "x"}).outcome is Outcome.UNSUPPORTED
