"""Runs every example through its family and counts what came of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from qingshan.evaluation.conformance.comparing import differences
from qingshan.evaluation.conformance.examples import Example, Family, Unsupported

__all__ = ["Outcome", "Report", "Result", "run_example", "run_examples"]


class Outcome(StrEnum):
    """What came of an example."""

    PASSED = "passed"
    FAILED = "failed"
    UNSUPPORTED = "unsupported"
    OUT_OF_SCOPE = "out_of_scope"


@dataclass(frozen=True, slots=True)
class Result:
    """An example, what came of it, why, and which of its keys were taken as notes."""

    example: Example
    outcome: Outcome
    reasons: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(slots=True)
class Report:
    """All results of a run. Conflicting and third-party examples are counted apart from the others."""

    results: list[Result] = field(default_factory=list)

    def of(self, outcome: Outcome, apart: str = "") -> list[Result]:
        """Results with an outcome, among the examples that are (or are not) reported apart."""
        return [r for r in self.results if r.outcome is outcome and r.example.apart == apart]

    @property
    def families(self) -> dict[str, dict[str, int]]:
        """Counts by family, of all examples whoever published them."""
        counts: dict[str, Counter[str]] = {}
        for result in self.results:
            counts.setdefault(result.example.family, Counter())[result.outcome.value] += 1
        return {family: dict(count) for family, count in sorted(counts.items())}

    def as_data(self) -> dict[str, Any]:
        """The report as plain data, for ``--format json``."""
        return {
            **{outcome.value: len(self.of(outcome)) for outcome in Outcome},
            "failures": [_line(result) for result in self.of(Outcome.FAILED)],
            "unsupported_examples": [_line(result) for result in self.of(Outcome.UNSUPPORTED)],
            "notes": _notes(self.results),
            "apart": {name: self._apart(name) for name in ("third_party", "published_conflict")},
            "families": self.families,
        }

    def _apart(self, name: str) -> dict[str, Any]:
        counts: dict[str, Any] = {outcome.value: len(self.of(outcome, name)) for outcome in Outcome}
        return counts | {
            "failures": [_line(result) for result in self.of(Outcome.FAILED, name)],
            "unsupported_examples": [_line(result) for result in self.of(Outcome.UNSUPPORTED, name)],
        }


def run_examples(examples: Iterable[Example], families: Mapping[str, Family]) -> Report:
    """Run examples, each through its family; one without a family is out of scope."""
    return Report([run_example(example, families) for example in examples])


def run_example(example: Example, families: Mapping[str, Family]) -> Result:
    """Run one example.

    A key that is neither computed nor declared a note makes the example unsupported:
    a result that nobody compared must not count as passed.
    """
    family = families.get(example.family)
    if family is None:
        return Result(example, Outcome.OUT_OF_SCOPE)
    notes = tuple(key for key in example.expected if key in family.notes)
    try:
        computed = family.evaluate(example)
    except Unsupported as reason:
        return Result(example, Outcome.UNSUPPORTED, (str(reason),), notes)
    except (LookupError, TypeError, ValueError, AttributeError, ArithmeticError) as problem:
        # Inputs of a shape the family does not know: one example must not end the run of the others.
        words = f"the inputs do not fit: {type(problem).__name__}: {problem}"
        return Result(example, Outcome.UNSUPPORTED, (words,), notes)
    left = [key for key in example.expected if key not in computed and key not in family.notes]
    if left:
        return Result(example, Outcome.UNSUPPORTED, (f"not computed: {', '.join(left)}",), notes)
    compared = {key: value for key, value in example.expected.items() if key not in family.notes}
    found = differences(compared, computed, family.tolerance, family.unordered)
    return Result(example, Outcome.FAILED if found else Outcome.PASSED, found, notes)


def _line(result: Result) -> dict[str, Any]:
    return {"id": result.example.id, "family": result.example.family, "reasons": list(result.reasons)}


def _notes(results: Iterable[Result]) -> dict[str, list[str]]:
    """Keys taken as notes, by family."""
    found: dict[str, set[str]] = {}
    for result in results:
        if result.notes:
            found.setdefault(result.example.family, set()).update(result.notes)
    return {family: sorted(keys) for family, keys in sorted(found.items())}
