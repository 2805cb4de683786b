"""Cards of the review: what a finding or a conflict says, how sure it is, and what may be done with it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from qingshan.intake.models import Conflict, DecidedFinding, Finding, Intake
from qingshan.intake.states import CONFLICT_FLOW, FINDING_FLOW, ConflictState, FindingState, IntakeState
from qingshan.intake.views.listed import CONFLICT_PREFIX
from qingshan.intake.views.words import (
    CONFLICT,
    SIGNS,
    Fact,
    confidence_badge,
    facts_in_words,
    flags_in_words,
    severity_badge,
    title_of,
    type_in_words,
)
from qingshan.intake.vocabulary import FindingKind
from qingshan.pages.public import Badge

__all__ = ["Card", "ConflictCard", "Quote", "conflict_cards", "finding_card", "finding_cards", "in_one_line"]

_QUOTED = 90  # characters of a passage on a card


@dataclass(frozen=True, slots=True)
class Quote:
    """A few words of a passage, and where they stand; ``anchor`` leads to it in the text."""

    words: str
    line: int
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """One finding as the right half shows it."""

    finding: Finding
    key: str
    kind: str
    sign: str
    title: str
    facts: Sequence[Fact]
    flags: Sequence[str | Promise]
    confidence: Badge
    moves: frozenset[str]
    line: int
    last: DecidedFinding | None
    above: int
    ledger_url: str = ""

    @property
    def is_open(self) -> bool:
        """Whether it waits for a decision."""
        return self.finding.state == FindingState.OPEN


@dataclass(frozen=True, slots=True)
class ConflictCard:
    """One conflict: both passages, the rule, how it was settled."""

    conflict: Conflict
    key: str
    type: str | Promise
    severity: Badge
    confidence: Badge | None
    quotes: Sequence[Quote]
    moves: frozenset[str]
    sign: str = SIGNS[CONFLICT]
    kind: str = CONFLICT
    other_url: str = field(default="")

    @property
    def is_open(self) -> bool:
        """Whether it waits for somebody to settle it."""
        return self.conflict.state == ConflictState.OPEN


def finding_cards(
    intake: Intake,
    findings: Iterable[Finding],
    *,
    last: Mapping[int, DecidedFinding],
    above: Mapping[int, Sequence[int]],
    may_decide: bool,
) -> list[Card]:
    """Return the cards of some findings of one document."""
    return [
        finding_card(
            intake, one, last=last.get(one.pk), above=len(above.get(one.pk, ())), may_decide=may_decide
        )
        for one in findings
    ]


def finding_card(
    intake: Intake, one: Finding, *, last: DecidedFinding | None, above: int, may_decide: bool
) -> Card:
    """Return the card of a finding.

    Parameters
    ----------
    last : DecidedFinding or None
        What was last done to it, for who and when.
    above : int
        How many are open from the top of the list down to it.
    """
    under_review = intake.state == IntakeState.REVIEWING
    return Card(
        finding=one,
        key=str(one.pk),
        kind=one.kind,
        sign=SIGNS[one.kind],
        title=title_of(one.kind, one.facts),
        facts=facts_in_words(one.kind, one.facts),
        flags=flags_in_words(one.flags),
        confidence=confidence_badge(one.confidence),
        moves=frozenset(FINDING_FLOW.moves_from(one.state)) if may_decide and under_review else frozenset(),
        line=_line(intake.text, one.start),
        last=last,
        above=above,
        ledger_url=_ledger_url(intake, one),
    )


def conflict_cards(intake: Intake, conflicts: Iterable[Conflict], *, may_decide: bool) -> list[ConflictCard]:
    """Return the cards of some conflicts of one document."""
    return [conflict_card(intake, one, may_decide=may_decide) for one in conflicts]


def conflict_card(intake: Intake, one: Conflict, *, may_decide: bool) -> ConflictCard:
    """Return the card of a conflict, with a few words of each passage."""
    key = f"{CONFLICT_PREFIX}{one.pk}"
    quotes = [_quote(intake.text, one.a_start, one.a_end, f"s{key}")]
    if one.b_start is not None and one.b_end is not None and one.b_start != one.a_start:
        quotes.append(_quote(intake.text, one.b_start, one.b_end, f"s{key}b"))
    other = one.other_plan
    return ConflictCard(
        conflict=one,
        key=key,
        type=type_in_words(one.type),
        severity=severity_badge(one.severity),
        confidence=None if one.confidence is None else confidence_badge(one.confidence),
        quotes=quotes,
        moves=frozenset(CONFLICT_FLOW.moves_from(one.state)) if may_decide else frozenset(),
        other_url=reverse("plans:overview", args=[other.code]) if other else "",
    )


def _quote(text: str, start: int, end: int, anchor: str) -> Quote:
    words = in_one_line(text[start:end])
    cut = words if len(words) <= _QUOTED else f"{words[:_QUOTED]}……"
    return Quote(cut or _("（空）"), _line(text, start), anchor)


def in_one_line(words: str) -> str:
    """Return a passage without its line breaks, cells of a table apart.

    >>> in_one_line("森林覆\\n盖率\\t45%")
    '森林覆盖率 45%'
    """
    cells = (re.sub(r"\s*\n\s*", "", cell).strip() for cell in words.split("\t"))
    return " ".join(cell for cell in cells if cell)


def _line(text: str, start: int) -> int:
    return text.count("\n", 0, start) + 1


#: Kind -> the page of the ledger where one of its records stands; of the others there are lists.
_PAGES = {
    FindingKind.INDICATOR: "plans:indicator",
    FindingKind.PROJECT: "plans:project",
    FindingKind.COMMITMENT: "plans:commitment",
    FindingKind.MEASURE: "plans:measure",
}

_LISTS = {
    FindingKind.DUTY: "plans:provisions",
    FindingKind.ZONING: "plans:provisions",
    FindingKind.MISSING: "plans:making",
}


def _ledger_url(intake: Intake, one: Finding) -> str:
    if one.state != FindingState.ENTERED or intake.plan is None:
        return ""
    kind, code = FindingKind(one.kind), intake.plan.code
    if kind in _PAGES and one.entered_code:
        return reverse(_PAGES[kind], args=[code, one.entered_code])
    return reverse(_LISTS.get(kind, "plans:overview"), args=[code])
