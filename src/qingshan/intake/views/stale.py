"""A card that somebody else decided first: what this reviewer saw, and what stands now, side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from qingshan.intake.errors import StaleFinding
from qingshan.intake.states import FindingState
from qingshan.intake.views.words import Fact, facts_in_words, title_of

__all__ = ["TwoVersions", "two_versions"]


@dataclass(frozen=True, slots=True)
class TwoVersions:
    """Both versions in words, and whose the newer one is."""

    who: str
    at: datetime | None
    move: str
    before_title: str
    before_state: FindingState | None
    before: Sequence[Fact]
    now_title: str
    now_state: FindingState
    now: Sequence[Fact]
    version: int


def two_versions(stale: StaleFinding) -> TwoVersions:
    """Return what a stale card shows."""
    finding, seen = stale.finding, stale.seen or {}
    decision: Any = getattr(stale.decided, "decision", None)
    facts = seen.get("facts") or {}
    return TwoVersions(
        who=str(decision.by) if decision is not None and decision.by else "",
        at=getattr(decision, "at", None),
        move=decision.get_move_display() if decision is not None else "",
        before_title=title_of(finding.kind, facts) if seen else "",
        before_state=FindingState(seen["state"]) if seen.get("state") else None,
        before=facts_in_words(finding.kind, facts) if seen else (),
        now_title=title_of(finding.kind, finding.facts),
        now_state=finding.stands,
        now=facts_in_words(finding.kind, finding.facts),
        version=finding.version,
    )
