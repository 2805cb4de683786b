"""The moves of an evaluation: each asks for the right, moves it in one statement, keeps the step."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from qingshan.assessment import policies
from qingshan.assessment.actions.holding import hold
from qingshan.assessment.errors import (
    AlreadyPublished,
    AppealsRunning,
    BadEvaluation,
    MissingConclusion,
    MissingReason,
    OpenAppeals,
    OwnWork,
    StaleEvaluation,
)
from qingshan.assessment.events import EvaluationPublished
from qingshan.assessment.facts import facts_of
from qingshan.assessment.models import Appeal, Evaluation, EvaluationMove, ScoreVersion
from qingshan.assessment.reckoning import Scored, digest_of, plain_scored, reckoned
from qingshan.assessment.states import EVALUATION_FLOW, AppealState
from qingshan.audit import public as audit
from qingshan.history.public import move_once
from qingshan.jobs.public import announce
from qingshan.kernel.spans import beijing_day

__all__ = [
    "cancel_evaluation",
    "close_evaluation",
    "freeze_evaluation",
    "go_on_evaluating",
    "keep_version",
    "preview_evaluation",
    "publish_evaluation",
    "thaw_evaluation",
]


@transaction.atomic
def preview_evaluation(*, evaluation: Evaluation, by: Any, at: datetime, note: str = "") -> Evaluation:
    """Put an evaluation up for preview (试算): it is reckoned whenever it is looked at, and not stored.

    Raises
    ------
    Forbidden, IllegalMove, StaleEvaluation
    UnusableScheme
        The scheme cannot score these rows.
    """
    policies.require(by, "enter", evaluation)
    EVALUATION_FLOW.after(evaluation.phase, "preview")
    reckoned(evaluation, facts_of(evaluation))
    return _move(evaluation, "preview", by=by, at=at, note=note)


@transaction.atomic
def go_on_evaluating(*, evaluation: Evaluation, by: Any, at: datetime, note: str = "") -> Evaluation:
    """Go on with the findings (继续评估)."""
    policies.require(by, "enter", evaluation)
    return _move(evaluation, "go_on", by=by, at=at, note=note)


@transaction.atomic
def freeze_evaluation(*, evaluation: Evaluation, by: Any, at: datetime, note: str = "") -> Evaluation:
    """Store rows and sheets exactly as reckoned now (锁定); the ledger may change as it will from here on.

    Raises
    ------
    Forbidden, IllegalMove, StaleEvaluation, UnusableScheme
    MissingConclusion
        The overall judgement is not written.
    """
    policies.require(by, "organise", evaluation)
    EVALUATION_FLOW.after(evaluation.phase, "freeze")
    # Held before it is reckoned: what is entered at the same moment is in the sheet, or is refused.
    if not hold(evaluation).narrative.strip():
        raise MissingConclusion
    scored = reckoned(evaluation, facts_of(evaluation))
    _move(evaluation, "freeze", by=by, at=at, note=note)
    keep_version(evaluation, scored, reason=note or _("锁定"), by=by, at=at)
    return evaluation


def keep_version(
    evaluation: Evaluation,
    scored: Scored,
    *,
    reason: str,
    by: Any,
    at: datetime,
    appeal: Appeal | None = None,
) -> ScoreVersion:
    """Store what was reckoned as the next version; the caller has asked for the right."""
    content = plain_scored(scored)
    last = evaluation.versions.order_by("-number").values_list("number", flat=True).first()
    made = ScoreVersion.objects.create(
        evaluation=evaluation, number=(last or 0) + 1, content=content, sha256=digest_of(content),
        total=str(scored.whole.total), grade=scored.whole.grade, reason=reason, appeal=appeal, by=by, at=at,
    )  # fmt: skip
    detail = {"version": made.number, "sha256": made.sha256, "total": made.total, "reason": reason}
    audit.record("assessment.keep_version", evaluation.ref, by=by, at=at, detail=detail)
    return made


@transaction.atomic
def thaw_evaluation(*, evaluation: Evaluation, by: Any, at: datetime, note: str) -> Evaluation:
    """Open a frozen evaluation again (解除锁定), saying why; the version frozen stays in the trail."""
    policies.require(by, "organise", evaluation)
    if not note.strip():
        raise MissingReason
    return _move(evaluation, "thaw", by=by, at=at, note=note)


@transaction.atomic
def publish_evaluation(
    *, evaluation: Evaluation, appeal_until: date, by: Any, at: datetime, note: str = ""
) -> Evaluation:
    """Publish a frozen evaluation (公布). Not by who froze it; from now on departments may appeal.

    Raises
    ------
    Forbidden, IllegalMove, StaleEvaluation, OwnWork
    BadEvaluation
        The last day for appeals has passed already.
    AlreadyPublished
        There is a published evaluation of this plan, kind and year.
    """
    policies.require(by, "publish", evaluation)
    EVALUATION_FLOW.after(evaluation.phase, "publish")
    if by is None or by.pk == _who_froze(evaluation):
        raise OwnWork
    day = beijing_day(at)
    if appeal_until < day:
        raise BadEvaluation({"appeal_until": [_("%s 已经过去；请给各单位留出申诉时间") % appeal_until]})
    try:
        with transaction.atomic():
            _move(evaluation, "publish", by=by, at=at, note=note, appeal_until=appeal_until, published_on=day)
    except IntegrityError:
        raise AlreadyPublished from None
    announce(EvaluationPublished(evaluation.pk, by.pk, at), at=at)
    return evaluation


def _who_froze(evaluation: Evaluation) -> int | None:
    return evaluation.moves.filter(move="freeze").order_by("-pk").values_list("by_id", flat=True).first()


@transaction.atomic
def close_evaluation(*, evaluation: Evaluation, by: Any, at: datetime, note: str = "") -> Evaluation:
    """Let an evaluation be over (办结), after its last day for appeals and the last of them.

    Raises
    ------
    AppealsRunning, OpenAppeals, Forbidden, IllegalMove, StaleEvaluation
    """
    policies.require(by, "publish", evaluation)
    EVALUATION_FLOW.after(evaluation.phase, "close")
    until = hold(evaluation).appeal_until
    if until is not None and beijing_day(at) <= until:
        raise AppealsRunning(until)
    if count := evaluation.appeals.filter(state=AppealState.MADE).count():
        raise OpenAppeals(count)
    return _move(evaluation, "close", by=by, at=at, note=note)


@transaction.atomic
def cancel_evaluation(*, evaluation: Evaluation, by: Any, at: datetime, note: str) -> Evaluation:
    """Give an evaluation up (取消), saying why."""
    policies.require(by, "organise", evaluation)
    if not note.strip():
        raise MissingReason
    return _move(evaluation, "cancel", by=by, at=at, note=note)


def _move(
    evaluation: Evaluation, move: str, *, by: Any, at: datetime, note: str = "", **changes: Any
) -> Evaluation:
    """Move it, and keep and audit the step."""
    before, after = move_once(evaluation, EVALUATION_FLOW, move, stale=StaleEvaluation, **changes)
    EvaluationMove.objects.create(
        evaluation=evaluation, move=move, before=before, after=after, by=by, at=at, note=note
    )
    detail = {"from": before, "to": after, "note": note}
    audit.record(f"assessment.{move}", evaluation.ref, by=by, at=at, detail=detail)
    return evaluation
