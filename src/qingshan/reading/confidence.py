"""How sure the reader is, from how often each rule was right on plans read by people.

rules/confidence.yaml holds, for each rule, how many of its findings were right and how many there were.
A rule seen seldom is pulled towards the average of its kind. `benchmarks/reading.py --calibrate` counts
anew and prints how well the figures hold for a plan left out of the count.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from importlib import resources

import yaml

from qingshan.reading.findings import Findings

__all__ = ["Counts", "graded", "share_right", "with_confidence"]

Counts = Mapping[str, Mapping[str, tuple[int, int]]]
"""kind -> rule -> (right, found)."""

_PULL = 3  # findings of an average rule that are mixed into every rule's count
_HIGHEST = 0.99


@cache
def _counts() -> Counts:
    text = resources.files("qingshan.reading").joinpath("rules/confidence.yaml").read_text("utf-8")
    return {
        kind: {rule: (row[0], row[1]) for rule, row in rules.items()}
        for kind, rules in yaml.safe_load(text).items()
    }


def share_right(counts: Counts, kind: str, rule: str) -> float:
    """Return the share of a rule's findings expected to be right.

    >>> share_right({"zoning": {"a": (9, 10), "b": (1, 10)}}, "zoning", "a")
    0.81
    >>> share_right({"zoning": {"a": (9, 10)}}, "zoning", "never seen")
    0.9
    """
    rules = counts.get(kind, {})
    found = sum(row[1] for row in rules.values())
    average = sum(row[0] for row in rules.values()) / found if found else 0.5
    right, seen = rules.get(rule, (0, 0))
    return round(min((right + _PULL * average) / (seen + _PULL), _HIGHEST), 2)


def graded(kind: str, rule: str) -> float:
    """Return the confidence of a finding made by a rule."""
    return share_right(_counts(), kind, rule)


def with_confidence(found: Findings) -> Findings:
    """Give every finding its confidence."""
    return replace(
        found,
        indicators=tuple(
            replace(one, confidence=graded("indicators", ",".join(one.flags) or "plain"))
            for one in found.indicators
        ),
        projects=tuple(
            replace(one, confidence=graded("projects", ",".join(one.flags) or "plain"))
            for one in found.projects
        ),
        commitments=tuple(
            replace(one, confidence=graded("commitments", one.rule)) for one in found.commitments
        ),
        measures=tuple(
            replace(one, confidence=0.8) for one in found.measures
        ),  # no gold: a plain guess, said so in the handbook
        duties=tuple(replace(one, confidence=graded("duties", one.rule)) for one in found.duties),
        zoning=tuple(replace(one, confidence=graded("zoning", one.rule_id)) for one in found.zoning),
        conflicts=tuple(replace(one, confidence=graded("conflicts", one.rule)) for one in found.conflicts),
    )
