"""Conflicts are settled by people, with a reason; they are opened again when their values change."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from qingshan.audit import public as audit
from qingshan.intake import policies
from qingshan.intake.errors import MissingReason, StaleConflict
from qingshan.intake.models import Conflict
from qingshan.intake.states import CONFLICT_FLOW
from qingshan.intake.vocabulary import Outcome


@transaction.atomic
def settle(*, conflict: Conflict, outcome: str, reason: str, seen: str, by: Any, at: datetime) -> Conflict:
    """Say what a conflict is, and why (处理矛盾).

    Parameters
    ----------
    outcome : Outcome
        CONFIRMED goes into the ledger as a known conflict of the plan; DISMISSED does not.
    seen : str
        ``values_key`` of the conflict that the reviewer saw.

    Raises
    ------
    MissingReason
    StaleConflict
        Its values have changed, or somebody settled it first.
    Forbidden
    """
    policies.require_settle(by, conflict)
    if not reason.strip():
        raise MissingReason
    held = _held(conflict)
    if held.values_key != seen or not CONFLICT_FLOW.allows(held.state, "settle"):
        raise StaleConflict(held)
    held.state = CONFLICT_FLOW.after(held.state, "settle")
    held.outcome, held.reason = Outcome(outcome), reason.strip()[:500]
    held.settled_by, held.settled_at, held.reopened_because = by, at, ""
    held.save()
    detail = {"conflict": held.ref, "outcome": held.outcome, "reason": held.reason}
    audit.record("intake.settle", held.intake.ref, by=by, at=at, detail=detail)
    return held


@transaction.atomic
def reopen_conflict(*, conflict: Conflict, reason: str, by: Any, at: datetime) -> Conflict:
    """Take a settlement back (重新打开矛盾); its reason stays to be read.

    Raises
    ------
    MissingReason, StaleConflict, Forbidden
    """
    policies.require_settle(by, conflict)
    if not reason.strip():
        raise MissingReason
    held = _held(conflict)
    if not CONFLICT_FLOW.allows(held.state, "reopen"):
        raise StaleConflict(held)
    held.state = CONFLICT_FLOW.after(held.state, "reopen")
    held.reopened_because = reason.strip()[:300]
    held.save(update_fields=["state", "reopened_because"])
    detail = {"conflict": held.ref, "reason": held.reopened_because}
    audit.record("intake.reopen_conflict", held.intake.ref, by=by, at=at, detail=detail)
    return held


def _held(conflict: Conflict) -> Conflict:
    return Conflict.objects.select_for_update(of=("self",)).select_related("intake").get(pk=conflict.pk)
