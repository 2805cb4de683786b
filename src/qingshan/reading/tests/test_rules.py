"""Every rule carries its example; here the examples run."""

from __future__ import annotations

from importlib import resources

import pytest
import yaml

from qingshan.reading.commitments.rules import Rule, rules, strong_state
from qingshan.reading.conflicts.statements import Metric, metric_of, metrics
from qingshan.reading.duties.read import duty_codes
from qingshan.reading.tables.columns import kind_of
from qingshan.reading.zoning.read import SitingRule, siting_rules


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.id)
def test_a_commitment_rule_finds_its_example(rule: Rule) -> None:
    found = list(rule.pattern.finditer(rule.example))
    assert found, rule.pattern.pattern
    assert rule.value in [rule.amount(match) for match in found]


@pytest.mark.parametrize("rule", siting_rules(), ids=lambda rule: rule.id)
def test_a_siting_rule_holds_in_its_example(rule: SitingRule) -> None:
    assert rule.holds(rule.example, rule.example)


@pytest.mark.parametrize("metric", metrics(), ids=lambda metric: metric.id)
def test_a_quantity_is_known_by_its_example(metric: Metric) -> None:
    assert metric_of(metric.example) is metric


def test_a_column_head_leads_to_its_column() -> None:
    text = resources.files("qingshan.reading").joinpath("rules/headers.yaml").read_text("utf-8")
    for head in yaml.safe_load(text):
        assert kind_of(head["example"]) == head["column"]


def test_a_strong_state_is_recognised() -> None:
    assert strong_state().search("基本消除城市建成区黑臭水体")
    assert not strong_state().search("加强水环境管理")


def test_every_duty_code_has_a_name_and_a_cue() -> None:
    assert len(duty_codes()) >= 313
    assert all(code.name and code.cues for code in duty_codes())
    assert len({code.code for code in duty_codes()}) == len(duty_codes())
