"""From the facts as people left them back to the reader's own shapes, to be compared again."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from qingshan.intake.models import Finding
from qingshan.intake.states import FindingState
from qingshan.intake.vocabulary import FindingKind
from qingshan.reading import public as reading

__all__ = ["COUNTING", "commitments_in", "indicators_in", "projects_in"]

#: States in which a finding still says something.
COUNTING = (FindingState.OPEN, FindingState.ACCEPTED, FindingState.ENTERED)

_ATTRIBUTES = {"binding": "约束性", "expected": "预期性", "reference": "参考性"}


def indicators_in(findings: Iterable[Finding]) -> list[reading.Indicator]:
    """Return the indicator rows as they stand."""
    return [_indicator(one) for one in findings if one.kind == FindingKind.INDICATOR]


def projects_in(findings: Iterable[Finding]) -> list[reading.Project]:
    """Return the project rows as they stand."""
    return [_project(one) for one in findings if one.kind == FindingKind.PROJECT]


def commitments_in(findings: Iterable[Finding]) -> list[reading.Commitment]:
    """Return the commitments as they stand."""
    return [_commitment(one) for one in findings if one.kind == FindingKind.COMMITMENT]


def _indicator(one: Finding) -> reading.Indicator:
    facts = one.facts
    return reading.Indicator(
        table=facts["table"],
        order=facts["order"],
        category=facts["category"] or None,
        name=facts["name"],
        unit=facts["unit"] or None,
        attribute=_ATTRIBUTES.get(facts["attribute"]),
        baseline=_printed(facts["baseline"]),
        targets=tuple(_target(part, facts["unit"]) for part in facts["targets"]),
        actual=_printed(facts["actual"]),
        status=facts["status"] or None,
        span=(one.start, one.end),
        flags=tuple(one.flags),
    )


def _printed(part: dict[str, Any] | None) -> reading.Printed | None:
    return None if not part else reading.Printed(_year(part["year"]), part["raw"])


def _target(part: dict[str, Any], unit: str) -> reading.Target:
    meant = reading.meaning(part["raw"], unit or None)
    return reading.Target(
        _year(part["year"]) or "",
        part["raw"],
        meant.kind,
        meant.operator,
        meant.value,
        meant.unit,
        meant.authority,
    )


def _year(year: int | None) -> str | None:
    return None if year is None else str(year)


def _project(one: Finding) -> reading.Project:
    facts, found = one.facts, one.found or {}
    return reading.Project(
        name=facts["name"] or None,
        group=facts["group"] or None,
        departments=tuple(facts["departments"]),
        start_year=facts["start_year"],
        end_year=facts["end_year"],
        investment_wan=_number(facts["investment_wan"]),
        quantities=tuple(
            reading.Quantity(part["what"], Decimal(part["value"]), part["unit"])
            for part in facts["quantities"]
            if part["value"] is not None
        ),
        content=facts["content"],
        table=found.get("table") or "",
        order=int(facts["label"]) if facts["label"].isdecimal() else None,
        span=(one.start, one.end),
        flags=tuple(one.flags),
    )


def _commitment(one: Finding) -> reading.Commitment:
    facts = one.facts
    value = _number(facts["value"])
    return reading.Commitment(
        metric=facts["metric"],
        operator=facts["operator"] or None,
        value=facts["wording"] or None if value is None else value,
        unit=facts["unit"] or None,
        deadline=facts["deadline"] or None,
        scope=facts["scope"] or None,
        departments=tuple(facts["departments"]),
        kind="assigned_by" if facts["kind"] == "assigned" else facts["kind"],
        rule=one.rule,
        span=(one.start, one.end),
    )


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
