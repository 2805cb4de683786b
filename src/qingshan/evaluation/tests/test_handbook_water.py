"""The page on surface water: its example runs, and it names every cause and every profile."""

import doctest
from pathlib import Path

from qingshan.evaluation.conformance.published_water import Cause
from qingshan.evaluation.water_profile import shipped_profiles
from qingshan.evaluation.water_rules import STANDARDS, WaterRules

PAGE = Path(__file__).resolve().parents[4] / "docs/science-water.md"


class TestPageOnSurfaceWater:
    def test_its_example_runs(self):
        failed, tried = doctest.testfile(str(PAGE), module_relative=False, encoding="utf-8")
        assert tried > 0
        assert failed == 0

    def test_it_names_every_cause_profile_and_edition(self):
        text = PAGE.read_text(encoding="utf-8")
        rules = WaterRules(None)
        editions = [getattr(rules, part).code for part in STANDARDS]
        for word in (*Cause, *shipped_profiles(), *editions):
            assert word in text
