"""One step of a reviewer: who takes it, what it touches, what was before. Written once, never changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db.models import Max

from qingshan.audit import public as audit
from qingshan.intake import policies
from qingshan.intake.checking import COMPARED, recheck
from qingshan.intake.errors import NotNow, StaleFinding
from qingshan.intake.models import DecidedFinding, Decision, Finding, Intake
from qingshan.intake.states import FINDING_FLOW, FindingState, IntakeState
from qingshan.intake.vocabulary import Move

__all__ = ["Step", "said", "step"]

#: Moves after which two passages may agree, or no longer agree.
_TOUCHING = frozenset({Move.EDIT, Move.REJECT, Move.REOPEN, Move.SPLIT, Move.MERGE, Move.ADD, Move.UNDO})


_NAMED_AT_MOST = 50


@contextmanager
def step(intake: Intake, move: Move, *, action: str, by: Any, at: datetime, note: str = "") -> Iterator[Step]:
    """Take a step of a review: kept, audited, and the conflicts checked anew where facts may have changed.

    The caller has opened a transaction.

    Raises
    ------
    Forbidden
        The person may not decide in this district.
    NotNow
        The review is closed.
    """
    policies.require_decide(by, intake.district_id, intake.title)
    # One step at a time: the numbers of the steps and the check of versions rest on this lock.
    held = Intake.objects.select_for_update().get(pk=intake.pk)
    if held.state != IntakeState.REVIEWING:
        raise NotNow(held.stands, str(move.label))
    taken = Step(held, move, by=by, at=at, note=note)
    yield taken
    if taken.touched:
        detail: dict[str, Any] = {"step": taken.decision.number, "count": len(taken.touched)}
        if len(taken.touched) <= _NAMED_AT_MOST:  # the step itself keeps them all
            detail["findings"] = [one.ref for one in taken.touched]
        audit.record(action, held.ref, by=by, at=at, detail=detail)
    if move in _TOUCHING and any(one.kind in COMPARED for one in taken.touched):
        recheck(intake=held, at=at)


class Step:
    """A step under way; its `Decision` is written when the first finding is touched."""

    def __init__(self, intake: Intake, move: Move, *, by: Any, at: datetime, note: str = "") -> None:
        self.intake, self.move, self.by, self.at, self.note = intake, move, by, at, note[:500]
        self.undoes: Decision | None = None
        self.touched: list[Finding] = []
        self._decision: Decision | None = None

    @property
    def decision(self) -> Decision:
        """The step as it is kept, entered when it is first asked for."""
        if self._decision is None:
            last = Decision.objects.filter(intake=self.intake).aggregate(last=Max("number"))["last"] or 0
            self._decision = Decision.objects.create(
                intake=self.intake, number=last + 1, move=self.move, note=self.note,
                undoes=self.undoes, by=self.by, at=self.at,
            )  # fmt: skip
        return self._decision

    def held(self, finding: Finding, expected_version: int) -> Finding:
        """Return the finding as it stands, if that is what the reviewer saw."""
        now = Finding.objects.select_for_update().select_related("intake").get(pk=finding.pk)
        if now.version != expected_version:
            raise _stale(now, expected_version)
        return now

    def moved(
        self, finding: Finding, move: str, *, state: FindingState | None = None, **changed: Any
    ) -> Finding:
        """Move a finding, and keep what it was and what it is."""
        if not FINDING_FLOW.allows(finding.state, move):
            raise NotNow(finding.stands, FINDING_FLOW.label(move))
        return self._put(finding, state=state or FINDING_FLOW.after(finding.state, move), **changed)

    def made(
        self, kind: str, facts: dict[str, Any], span: tuple[int, int], origins: Sequence[Finding]
    ) -> Finding:
        """Enter an item that a person made of others, or of nothing that was found."""
        order = origins[0].order if origins else self._order_at(kind, span[0])
        made = Finding.objects.create(
            intake=self.intake, kind=kind, order=order, start=span[0], end=span[1], facts=facts
        )
        made.made_from.set(origins)
        self._keep(made, before=None)
        return made

    def restored(self, touched: DecidedFinding) -> None:
        """Put a finding back to what it was before a step; what the step made is replaced."""
        finding = touched.finding
        if said(finding) != touched.after:  # later steps that were undone leave it as this one made it
            raise _stale(finding, touched.version)
        before = {"state": FindingState.REPLACED} if touched.before is None else touched.before
        self._put(finding, **before)

    def _put(self, finding: Finding, **changed: Any) -> Finding:
        before = said(finding)
        Finding.objects.filter(pk=finding.pk).update(version=finding.version + 1, **changed)
        finding.refresh_from_db()
        self._keep(finding, before=before)
        return finding

    def _keep(self, finding: Finding, *, before: dict[str, Any] | None) -> None:
        DecidedFinding.objects.create(
            decision=self.decision, finding=finding, before=before, after=said(finding),
            version=finding.version,
        )  # fmt: skip
        self.touched.append(finding)

    def _order_at(self, kind: str, place: int) -> int:
        """The order of what stands before a place."""
        above = Finding.objects.filter(intake=self.intake, kind=kind, start__lte=place)
        found = above.order_by("-order").values_list("order", flat=True).first()
        return 0 if found is None else found


def said(finding: Finding) -> dict[str, Any]:
    """Return what a step may change of a finding, as it stands."""
    return {
        "state": str(finding.state),
        "facts": finding.facts,
        "start": finding.start,
        "end": finding.end,
    }


def _stale(now: Finding, expected_version: int) -> StaleFinding:
    """Both versions: the one that the reviewer saw, and the one that somebody has made of it since."""
    steps = DecidedFinding.objects.filter(finding=now).select_related("decision__by")
    seen = steps.filter(version=expected_version).first()
    first = steps.order_by("version").first()
    before = seen.after if seen else first.before if first else None
    return StaleFinding(seen=before, finding=now, decided=steps.filter(version=now.version).first())
