"""What people corrected in the review of the edition before is not asked of them again.

Field by field: where the new text reads as the old one did, what people made of the old one stands; where
it reads otherwise, the new text speaks.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from qingshan.intake.models import DecidedFinding, Finding, Intake
from qingshan.intake.states import FindingState
from qingshan.intake.taking import Draft

__all__ = ["carried_over"]

#: What an item is known by in two readings of nearly the same text.
_KNOWN_BY = ("name", "title", "metric", "duty_code", "wording", "what", "table_kind")


def carried_over(drafts: Sequence[Draft], previous: Intake) -> list[Draft]:
    """Return the drafts of a corrected edition with the corrections of the edition before."""
    waiting: dict[tuple[Any, ...], list[tuple[dict[str, Any], dict[str, Any]]]] = defaultdict(list)
    before = _as_read(previous)
    accepted = (FindingState.ACCEPTED, FindingState.ENTERED)
    for one in Finding.objects.filter(intake=previous, state__in=accepted).order_by("order", "pk"):
        read = before.get(one.pk, one.facts)
        waiting[_identity(one.kind, read)].append((read, one.facts))
    return [_corrected(one, waiting[_identity(one.kind, one.facts)]) for one in drafts]


def _as_read(previous: Intake) -> dict[int, dict[str, Any]]:
    """The facts of findings as they were before the first step that touched them."""
    found: dict[int, dict[str, Any]] = {}
    steps = DecidedFinding.objects.filter(decision__intake=previous, before__isnull=False)
    for one in steps.order_by("-version"):
        found[one.finding_id] = (one.before or {})["facts"]
    return found


def _identity(kind: str, facts: dict[str, Any]) -> tuple[Any, ...]:
    return (str(kind), *(str(facts.get(name) or "") for name in _KNOWN_BY))


def _corrected(draft: Draft, same: list[tuple[dict[str, Any], dict[str, Any]]]) -> Draft:
    if not same:
        return draft
    read, made = same.pop(0)
    facts = {
        name: made.get(name, value) if read.get(name) == value else value
        for name, value in draft.facts.items()
    }
    return replace(draft, facts=facts)
