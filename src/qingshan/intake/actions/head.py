"""The plan's own information in a review, and the review as a whole."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from qingshan.audit import public as audit
from qingshan.intake import policies
from qingshan.intake.errors import MissingReason, NotNow, StaleHead
from qingshan.intake.facts import checked_head
from qingshan.intake.models import Intake
from qingshan.intake.states import INTAKE_FLOW, IntakeState


@transaction.atomic
def edit_head(
    *, intake: Intake, facts: Mapping[str, Any], expected_version: int, by: Any, at: datetime
) -> Intake:
    """Change what is known of the plan itself (修改规划信息): name, code, period, issuer ...

    Parameters
    ----------
    facts : mapping
        Every field of `HEAD_FIELDS`; a field left out becomes empty.
    expected_version : int
        ``head_version`` that the reviewer saw.

    Raises
    ------
    BadFacts
        A field does not hold what it may.
    StaleHead
        Somebody else changed it first.
    NotNow, Forbidden
    """
    policies.require_decide(by, intake.district_id, intake.title)
    held = Intake.objects.select_for_update().get(pk=intake.pk)
    if held.state != IntakeState.REVIEWING:
        raise NotNow(held.stands, _("修改规划信息"))
    if held.head_version != expected_version:
        raise StaleHead(held.head)
    head = checked_head(facts)
    changed = sorted(name for name in head if head[name] != held.head.get(name))
    if changed:
        held.head, held.head_version = head, held.head_version + 1
        held.save(update_fields=["head", "head_version"])
        audit.record("intake.edit_head", held.ref, by=by, at=at, detail={"fields": changed})
    return held


@transaction.atomic
def withdraw(*, intake: Intake, reason: str, by: Any, at: datetime) -> Intake:
    """Give a review up (撤回导入), with the reason; what has been entered stays in the ledger.

    Raises
    ------
    MissingReason, NotNow, Forbidden
    """
    if not reason.strip():
        raise MissingReason
    held = _moved(intake, "withdraw", by=by, withdrawn_reason=reason.strip()[:500])
    audit.record("intake.withdraw", held.ref, by=by, at=at, detail={"reason": reason.strip()[:500]})
    return held


@transaction.atomic
def reopen_review(*, intake: Intake, by: Any, at: datetime) -> Intake:
    """Go on with a review that was finished (继续审阅), to add or take up what was left out.

    Raises
    ------
    NotNow, Forbidden
    """
    held = _moved(intake, "reopen", by=by)
    audit.record("intake.reopen_review", held.ref, by=by, at=at)
    return held


def _moved(intake: Intake, move: str, *, by: Any, **changed: Any) -> Intake:
    policies.require_decide(by, intake.district_id, intake.title)
    held = Intake.objects.select_for_update().get(pk=intake.pk)
    if not INTAKE_FLOW.allows(held.state, move):
        raise NotNow(held.stands, INTAKE_FLOW.label(move))
    Intake.objects.filter(pk=held.pk).update(state=INTAKE_FLOW.after(held.state, move), **changed)
    held.refresh_from_db()
    return held
