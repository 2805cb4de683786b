"""The worked examples of the rules of online data and of power factors, read where the shared facts are."""

import re
from datetime import date
from fractions import Fraction

import pytest

from qingshan.evaluation.emission_rules import EmissionRules
from qingshan.kernel.basis import Missing
from qingshan.kernel.rounding import exact, round_places
from qingshan.science.carbon.energy import bought_energy_co2
from qingshan.science.emission.exceedance import exceedances
from qingshan.science.emission.load import substitute
from qingshan.science.emission.means import capture_rate, effective_transmission_rate
from qingshan.standards.public import read_exact

pytestmark = pytest.mark.shared
RULES = EmissionRules(date(2026, 1, 1))


@pytest.fixture
def examples(shared):
    def read(name):
        return read_exact(shared / f"reference/rules/{name}.yaml")["worked_examples"]

    return read


def numbers(text):
    return [exact(word) for word in re.findall(r"(?<![A-Za-z.\d])\d+(?:\.\d+)?", text.replace(",", ""))]


class TestPower:
    def test_every_amount_is_reached(self, examples):
        found = examples("ghg")
        assert len(found) >= 3
        for example in found:
            amount, factor = (exact(word) for word in example["calc"].split("*"))
            assert bought_energy_co2(amount, factor) == exact(example["result_tCO2"])

    def test_the_factors_are_those_of_the_editions(self, examples):
        given = [exact(example["calc"].split("*")[1]) for example in examples("ghg")]
        latest = EmissionRules(date(2025, 6, 1)).grid_factor("广东").factor
        before = EmissionRules(date(2022, 6, 1)).grid_factor("广东").factor
        assert given == [latest, before, latest]


class TestOnlineData:
    def test_capture_rate_and_transmission(self, examples):
        by_key = {key: example for example in examples("online_validity") for key in example}
        hours = [int(one) for one in numbers(by_key["capture_rate"]["case"])]
        assert capture_rate(*hours) == exact(by_key["capture_rate"]["capture_rate"])
        sent = by_key["effective"]
        counts = [int(one) for one in numbers(sent["case"])]
        assert round_places(effective_transmission_rate(*counts) / 100, 4) == sent["effective"]

    def test_how_far_a_gap_looks_back(self, examples):
        found = [example for example in examples("online_validity") if "take" in example]
        assert len(found) >= 2
        rising = [Fraction(n) for n in range(1, 2161)]
        for example in found:
            capture, *rest = numbers(example["case"])
            (hours,) = numbers(example["take"])
            enough = rising[: int(hours)]
            gap = int(rest[-1])
            assert substitute(gap, capture, enough, RULES.ladder()) == hours
            short = substitute(gap, capture, enough[1:], RULES.ladder())
            assert short == Missing(f"{int(hours) - 1}_of_{int(hours)}_valid_hours")

    def test_exceeding_hours_with_and_without_a_mark(self, examples):
        marked, unmarked = (one for one in examples("online_validity") if "exceedance_hours" in one)
        limit, *values = numbers(marked["case"])[:4]
        fault = [*values[:2], Missing("device_fault")]
        assert exceedances(fault, limit).count == marked["exceedance_hours"]
        assert exceedances(values, limit).count == unmarked["exceedance_hours"]
