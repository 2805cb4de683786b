"""The pages on noise, soil, ecology and risk: their examples run, and they name every edition and profile."""

import doctest
from pathlib import Path

import pytest

from qingshan.evaluation.ecology_rules import EcologyRules
from qingshan.evaluation.noise_rules import NoiseRules
from qingshan.evaluation.risk_rules import RiskRules
from qingshan.evaluation.row_profiles import row_profiles
from qingshan.evaluation.soil_rules import SoilRules
from qingshan.standards.public import editions_of

DOCS = Path(__file__).resolve().parents[4] / "docs"
RULES = {"noise": NoiseRules, "soil": SoilRules, "ecology": EcologyRules, "risk": RiskRules}


@pytest.mark.parametrize("subject", RULES)
class TestPages:
    def test_their_examples_run(self, subject):
        page = DOCS / f"science-{subject}.md"
        failed, tried = doctest.testfile(str(page), module_relative=False, encoding="utf-8")
        assert tried > 0
        assert failed == 0

    def test_they_name_every_edition_and_every_profile(self, subject):
        text = (DOCS / f"science-{subject}.md").read_text(encoding="utf-8")
        editions = [
            edition.code for part in RULES[subject].STANDARDS.values() for edition in editions_of(part)
        ]
        for word in (*editions, *row_profiles(subject)):
            assert word in text

    def test_they_say_what_is_refused_while_nobody_confirmed_it(self, subject):
        text = (DOCS / f"science-{subject}.md").read_text(encoding="utf-8")
        assert "allow_unverified" in text
        assert "not confirmed" in text
