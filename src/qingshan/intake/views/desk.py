"""The desk of a review: the text on the left, the tabs, filters and cards on the right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from qingshan.intake import policies
from qingshan.intake.models import Conflict, Finding, Intake
from qingshan.intake.queries.conflicts import conflicts_for
from qingshan.intake.queries.desk import companions, counts_of, last_steps, may_undo
from qingshan.intake.states import ConflictState, FindingState
from qingshan.intake.views.cards import Card, conflict_cards, finding_card, finding_cards
from qingshan.intake.views.listed import (
    ALL,
    CONFLICT_PREFIX,
    PAGE,
    Listed,
    Sift,
    conflicts_listed,
    findings_listed,
    sift_of,
)
from qingshan.intake.views.source import Heading, Passage, source_html
from qingshan.intake.views.words import CONFLICT, SIGNS
from qingshan.intake.vocabulary import FindingKind

__all__ = [
    "KindTab",
    "Progress",
    "card_of",
    "filters_sent",
    "list_around",
    "progress_of",
    "results_of",
    "source_of",
]


@dataclass(frozen=True, slots=True)
class KindTab:
    """A kind of findings with how many are decided."""

    kind: str
    label: str | Promise
    sign: str
    waiting: int
    total: int
    current: bool


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a review has come."""

    done: int
    total: int
    to_enter: int
    tabs: list[KindTab]

    @property
    def left(self) -> int:
        """How many wait for a decision."""
        return self.total - self.done

    @property
    def open_findings(self) -> int:
        """How many findings wait, conflicts apart: those are settled, not entered."""
        return sum(tab.waiting for tab in self.tabs if tab.kind != CONFLICT)


def progress_of(counts: Mapping[str, Mapping[str, int]], current: str = "") -> Progress:
    """Return how far a review has come, from its counts by kind and state."""
    tabs = [
        KindTab(
            kind, label, SIGNS[kind], states.get(FindingState.OPEN, 0), _standing(states), kind == current
        )
        for kind, label in _labels()
        if (states := counts.get(kind, {})) or kind == current
    ]
    total = sum(tab.total for tab in tabs)
    accepted = sum(states.get(FindingState.ACCEPTED, 0) for states in counts.values())
    return Progress(total - sum(tab.waiting for tab in tabs), total, accepted, tabs)


def _labels() -> list[tuple[str, str | Promise]]:
    return [*((kind.value, kind.label) for kind in FindingKind), (CONFLICT, _("矛盾"))]


def _standing(states: Mapping[str, int]) -> int:
    return sum(count for state, count in states.items() if state != ConflictState.GONE)


def results_of(request: HttpRequest, intake: Intake, asked: Mapping[str, str]) -> dict[str, Any]:
    """Return the context of the right half."""
    counts = counts_of(intake)
    sift = sift_of(asked, counts)
    may_decide = policies.may_decide(request.user, intake.district_id)
    if sift.kind == CONFLICT:
        listed = conflicts_listed(conflicts_for(user=request.user, intake=intake), sift)
        cards: list[Any] = conflict_cards(intake, listed.shown, may_decide=may_decide)
    else:
        listed = findings_listed(intake, sift)
        steps = last_steps(listed.shown)
        cards = finding_cards(intake, listed.shown, last=steps, above=listed.above, may_decide=may_decide)
    return {
        "sift": sift,
        "cards": cards,
        "listed": listed,
        "more": min(PAGE, listed.left),
        "upto": len(listed.shown) + PAGE,
        "progress": progress_of(counts, sift.kind),
        "states": _states(sift),
        "may_undo": may_decide and may_undo(intake, request.user),
        "companions": companions(intake, but=request.user, now=timezone.now()),
    }


def _states(sift: Sift) -> list[tuple[str, str | Promise]]:
    known = ConflictState.choices if sift.kind == CONFLICT else FindingState.choices
    return [*((key, word) for key, word in known if key != FindingState.REPLACED), (ALL, _("全部"))]


def card_of(request: HttpRequest, finding: Finding) -> Card:
    """Return one finding's card as it stands now, in the list that the request speaks of."""
    listed = list_around(request, finding)
    return finding_card(
        finding.intake,
        finding,
        last=last_steps([finding]).get(finding.pk),
        above=len(listed.above.get(finding.pk, ())),
        may_decide=policies.may_decide(request.user, finding.intake.district_id),
    )


def list_around(request: HttpRequest, finding: Finding) -> Listed:
    """Return the list in which a reviewer sees a finding, by the filters that a form or a link carries."""
    filters = (filters_sent(request) or request.GET).copy()
    filters["kind"], filters["at"] = finding.kind, str(finding.pk)
    sift = sift_of(filters, {})
    return findings_listed(finding.intake, sift)


def source_of(request: HttpRequest, intake: Intake) -> dict[str, Any]:
    """Return the context of the left half: the text with all passages, and the headings to jump by."""
    conflicts = conflicts_for(user=request.user, intake=intake)
    headings = [Heading(one["level"], one["title"], one["start"], one["end"]) for one in intake.outline]
    return {
        "paper": source_html(intake.text, _passages(intake, conflicts), headings),
        "jumps": [one for one in headings if one.level <= _JUMPED_TO],
    }


_JUMPED_TO = 3  # levels of headings in the list; below that a plan has hundreds


def _passages(intake: Intake, conflicts: Iterable[Conflict]) -> Iterator[Passage]:
    rows = Finding.objects.filter(intake=intake).exclude(state=FindingState.REPLACED)
    for pk, start, end, kind, state in rows.values_list("pk", "start", "end", "kind", "state"):
        yield Passage(str(pk), start, end, kind, SIGNS[kind], decided=state != FindingState.OPEN)
    for one in conflicts:
        if one.state == ConflictState.GONE:
            continue
        key, decided = f"{CONFLICT_PREFIX}{one.pk}", one.state != ConflictState.OPEN
        yield Passage(key, one.a_start, one.a_end, CONFLICT, SIGNS[CONFLICT], decided)
        if one.b_start is not None and one.b_end is not None:
            yield Passage(key, one.b_start, one.b_end, CONFLICT, SIGNS[CONFLICT], decided, "b")


def filters_sent(request: HttpRequest) -> QueryDict:
    """Return the filters that a button's form carries along, to come back to the same list."""
    return QueryDict(request.POST.get("back", ""), mutable=True)
