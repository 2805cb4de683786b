"""What the ledger says of a plan itself, as plain data, for another edition of its text."""

from __future__ import annotations

from datetime import date
from typing import Any

from qingshan.plans.models import Plan, PlanVersion
from qingshan.plans.packs.words import PackState
from qingshan.plans.states import PlanState

__all__ = ["head_of"]


def head_of(*, plan: Plan, on: date) -> dict[str, Any]:
    """Return the head of a plan on a day; ``prefix`` is what the codes of its records begin with."""
    version = PlanVersion.objects.on(on).filter(subject=plan).select_related("parent").get()
    final = version.state in (PlanState.FINAL_EVALUATION, PlanState.CLOSED)
    return {
        "name": version.name,
        "short_name": version.short_name,
        "code": plan.code,
        "prefix": _prefix(plan),
        "kind": version.kind,
        "level": str(version.level.value),
        "period_from": version.period_from,
        "period_to": version.period_to,
        "base_year": version.base_year,
        "parent": version.parent.code if version.parent else "",
        "edition": version.edition,
        "issuer": version.issuer,
        "document_number": version.document_number,
        "approved_on": _day(version.approved_on),
        "issued_on": _day(version.issued_on),
        "in_force_on": _day(version.in_force_on),
        "state": (PackState.FINAL_EVALUATION_DUE if final else PackState.IN_FORCE).value,
        "notes": version.notes,
    }


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _prefix(plan: Plan) -> str:
    codes = [
        code
        for records in (plan.indicators, plan.measures, plan.projects)
        for code in records.values_list("code", flat=True)
    ]
    if not codes:
        return ""
    first, last = min(codes), max(codes)  # what these two share, all between them share
    shared = next((n for n, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), len(first))
    return first[: first.rfind("-", 0, shared) + 1]
