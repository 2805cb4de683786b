"""All rules on conflicts inside one document, in one list."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from qingshan.reading.conflicts import dates, numbers, shapes
from qingshan.reading.conflicts.statements import Reading, statements
from qingshan.reading.findings import Conflict
from qingshan.reading.text import LONGEST_SPAN, Span

__all__ = ["RULES", "find_conflicts"]

RULES: dict[str, Callable[[Reading], Iterator[Conflict]]] = {
    "deadline_before_issue": dates.deadline_before_issue,
    "base_year": dates.base_year,
    "mixed_base_year": dates.mixed_base_year,
    "period_mismatch": dates.period_mismatch,
    "period_leak": dates.period_leak,
    "start_before_plan": dates.start_before_plan,
    "same_target_twice": numbers.same_target_twice,
    "target_below_base": numbers.target_below_base,
    "text_against_table": numbers.text_against_table,
    "sums": numbers.sums,
    "counts": numbers.counts,
    "levels": numbers.levels,
    "sign_confusion": numbers.sign_confusion,
    "unit_error": numbers.unit_error,
    "column_shift": shapes.column_shift,
    "category_shift": shapes.category_shift,
    "merged_names": shapes.merged_names,
    "duplicate_text": shapes.duplicate_text,
    "unit_alias": shapes.unit_alias,
    "claim_against_table": shapes.claim_against_table,
    "old_standard": shapes.old_standard,
}


def find_conflicts(reading: Reading) -> tuple[Conflict, ...]:
    """Run every rule; passages are cut to a length that still points somewhere."""
    said = statements(reading.layout, reading.plan, reading.indicators, reading.commitments)
    reading = replace(reading, said=said)
    found = [conflict for rule in RULES.values() for conflict in rule(reading)]
    return tuple(replace(one, a=_short(one.a), b=_short(one.b) if one.b else None) for one in found)


def _short(span: Span) -> Span:
    return span[0], min(span[1], span[0] + LONGEST_SPAN)
