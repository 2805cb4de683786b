"""What a reviewer does to findings. Each step is kept, and can be undone by who took it.

All go the same way: look whether this may be done, change the finding only if it still is the version
that the reviewer saw, keep what it was and what it is, check the conflicts anew where facts changed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from qingshan.intake.actions.steps import step
from qingshan.intake.errors import BadFacts, NothingToUndo
from qingshan.intake.facts import checked
from qingshan.intake.models import Decision, Finding, Intake
from qingshan.intake.states import FindingState
from qingshan.intake.vocabulary import FindingKind, Move

LONGEST_PASSAGE = 400  # characters; as long as a place in the ledger may be


@dataclass(frozen=True, slots=True)
class Part:
    """One of the items that a passage is split into: its facts, and its passage (``start``, ``end``)."""

    facts: Mapping[str, Any]
    start: int
    end: int


@transaction.atomic
def accept(*, finding: Finding, expected_version: int, by: Any, at: datetime) -> Finding:
    """Accept a finding as it stands (接受); it enters the ledger with the next `enter`.

    Raises
    ------
    StaleFinding
        Somebody else decided it first; the error carries both versions.
    NotNow
        It was replaced or entered, or the review is closed.
    Forbidden
    """
    with step(finding.intake, Move.ACCEPT, action="intake.accept", by=by, at=at) as desk:
        held = desk.held(finding, expected_version)
        checked(held.kind, held.facts)  # what lacks a required field is edited first
        return desk.moved(held, "accept")


@transaction.atomic
def reject(*, finding: Finding, expected_version: int, by: Any, at: datetime, note: str = "") -> Finding:
    """Leave a finding out of the ledger (不采纳); it stays in the review. Raises as `accept` does."""
    with step(finding.intake, Move.REJECT, action="intake.reject", by=by, at=at, note=note) as desk:
        return desk.moved(desk.held(finding, expected_version), "reject")


@transaction.atomic
def reopen(*, finding: Finding, expected_version: int, by: Any, at: datetime) -> Finding:
    """Take back what was decided of a finding (重新考虑). Raises as `accept` does."""
    with step(finding.intake, Move.REOPEN, action="intake.reopen", by=by, at=at) as desk:
        return desk.moved(desk.held(finding, expected_version), "reopen")


@transaction.atomic
def edit(
    *,
    finding: Finding,
    facts: Mapping[str, Any],
    expected_version: int,
    by: Any,
    at: datetime,
    start: int | None = None,
    end: int | None = None,
    and_accept: bool = False,
    note: str = "",
) -> Finding:
    """Change what a finding says (修改); what the reader found stays beside it.

    Parameters
    ----------
    facts : mapping
        Every field of its kind (`fields_of`); a field left out becomes empty.
    start, end : int, optional
        Another passage, at most 400 characters.
    and_accept : bool
        Accept it in the same step.

    Raises
    ------
    BadFacts
        A field does not hold what it may.
    StaleFinding, NotNow, Forbidden
    """
    with step(finding.intake, Move.EDIT, action="intake.edit", by=by, at=at, note=note) as desk:
        held = desk.held(finding, expected_version)
        span = _span(held.intake, held.start if start is None else start, held.end if end is None else end)
        changed = {"facts": checked(held.kind, facts), "start": span[0], "end": span[1]}
        return desk.moved(held, "edit", state=FindingState.ACCEPTED if and_accept else None, **changed)


@transaction.atomic
def split(
    *, finding: Finding, parts: Sequence[Part], expected_version: int, by: Any, at: datetime, note: str = ""
) -> list[Finding]:
    """Make several items of one passage (拆分); they are open, and the one they came from is replaced.

    Raises
    ------
    BadFacts
        Fewer than two parts, or a part that says what it may not.
    StaleFinding, NotNow, Forbidden
    """
    if len(parts) < 2:
        raise BadFacts({"parts": _("拆分后至少应有两条")})
    with step(finding.intake, Move.SPLIT, action="intake.split", by=by, at=at, note=note) as desk:
        held = desk.held(finding, expected_version)
        desk.moved(held, "replace")
        text = held.intake
        return [
            desk.made(held.kind, checked(held.kind, part.facts), _span(text, part.start, part.end), [held])
            for part in parts
        ]


@transaction.atomic
def merge(
    *,
    findings: Sequence[Finding],
    expected_versions: Sequence[int],
    facts: Mapping[str, Any],
    by: Any,
    at: datetime,
    note: str = "",
) -> Finding:
    """Make one item of several of the same kind (合并); it rests on the passage of the first.

    Parameters
    ----------
    findings, expected_versions
        Two or more findings of one kind, and the version of each that the reviewer saw.
    facts : mapping
        What the one item says; every field of the kind.

    Raises
    ------
    BadFacts
        Fewer than two findings, of several kinds, or facts that say what they may not.
    StaleFinding, NotNow, Forbidden
    """
    if len(findings) < 2 or len({(one.intake_id, one.kind) for one in findings}) != 1:
        raise BadFacts({"findings": _("请选择同一类别的至少两条")})
    with step(findings[0].intake, Move.MERGE, action="intake.merge", by=by, at=at, note=note) as desk:
        held = [desk.held(one, seen) for one, seen in zip(findings, expected_versions, strict=True)]
        for one in held:
            desk.moved(one, "replace")
        first = min(held, key=lambda one: (one.order, one.pk))
        return desk.made(first.kind, checked(first.kind, facts), (first.start, first.end), held)


@transaction.atomic
def add(
    *,
    intake: Intake,
    kind: str,
    facts: Mapping[str, Any],
    start: int,
    end: int,
    by: Any,
    at: datetime,
    note: str = "",
) -> Finding:
    """Add what the reader passed over (补录): an item, and the passage it rests on. It is open.

    Raises
    ------
    BadFacts
        The facts say what they may not, or there is no such passage.
    NotNow, Forbidden
    """
    with step(intake, Move.ADD, action="intake.add", by=by, at=at, note=note) as desk:
        return desk.made(FindingKind(kind), checked(kind, facts), _span(intake, start, end), [])


@transaction.atomic
def accept_above(
    *, finding: Finding, by: Any, at: datetime, among: Sequence[int] | None = None
) -> list[Finding]:
    """Accept every open finding of the kind from the first to this one (以上其余全部接受), in one step.

    What lacks a required field stays open, to be edited.

    Parameters
    ----------
    among : sequence of int, optional
        Numbers of the findings that the reviewer sees above it, where the list is sifted or sorted otherwise
        than the text; then only these are accepted.

    Raises
    ------
    NotNow, Forbidden
    """
    with step(finding.intake, Move.ACCEPT_ABOVE, action="intake.accept_above", by=by, at=at) as desk:
        same = Finding.objects.select_for_update().filter(intake=desk.intake, kind=finding.kind)
        above = [
            one
            for one in same.filter(state=FindingState.OPEN).order_by("order", "pk")
            if _is_above(one, finding, among) and _is_whole(one)
        ]
        return [desk.moved(one, "accept") for one in above]


def _is_above(one: Finding, finding: Finding, among: Sequence[int] | None) -> bool:
    if among is not None:
        return one.pk in among or one.pk == finding.pk
    return (one.order, one.pk) <= (finding.order, finding.pk)


def _is_whole(finding: Finding) -> bool:
    try:
        checked(finding.kind, finding.facts)
    except BadFacts:
        return False
    return True


@transaction.atomic
def undo(*, intake: Intake, by: Any, at: datetime) -> Decision:
    """Undo one's own newest step that still stands (撤销): every finding of it is as it was before.

    Raises
    ------
    NothingToUndo
        There is none, or it has been entered.
    StaleFinding
        Somebody has decided one of its findings since.
    NotNow, Forbidden
    """
    with step(intake, Move.UNDO, action="intake.undo", by=by, at=at) as desk:
        steps = Decision.objects.filter(intake=desk.intake, by=by, undone_by__isnull=True)
        last = steps.exclude(move__in=(Move.UNDO, Move.ENTER)).order_by("-number").first()
        if last is None:
            raise NothingToUndo
        touched = list(last.touched.select_related("finding").order_by("pk"))
        if any(one.finding.state == FindingState.ENTERED for one in touched):
            raise NothingToUndo
        desk.undoes = last
        for one in touched:
            desk.restored(one)
        return desk.decision


def _span(intake: Intake, start: int, end: int) -> tuple[int, int]:
    """A passage that lies in the text, says something, and is short enough to cite."""
    if not 0 <= start < end <= len(intake.text) or not intake.text[start:end].strip():
        raise BadFacts({"start": _("原文中没有这一段：%(start)d–%(end)d") % {"start": start, "end": end}})
    if end - start > LONGEST_PASSAGE:
        raise BadFacts({"end": _("出处最多 %d 字，请缩短选中的文字") % LONGEST_PASSAGE})
    return start, end
