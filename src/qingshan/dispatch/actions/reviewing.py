"""What a reviewer does: accepting rows, which then are in the ledger, and sending rows back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from qingshan.audit import public as audit
from qingshan.dispatch import ledger, policies
from qingshan.dispatch.actions.moving import ask_again, move_row, require_open
from qingshan.dispatch.errors import MissingReason, NothingToReport, OwnReport
from qingshan.dispatch.events import RowAccepted, RowSentBack
from qingshan.dispatch.models import Round, Row, Saying
from qingshan.dispatch.states import ROW_FLOW, RowState
from qingshan.jobs.public import announce

__all__ = ["accept_row", "accept_undoubted", "send_back_row"]


@transaction.atomic
def accept_row(*, row: Row, by: Any, at: datetime, note: str = "") -> Row:
    """Accept a row (采纳): it enters the ledger once: reported by who handed it in, approved by who accepts.

    Raises
    ------
    OwnReport
        Who accepts has written or handed in the row.
    LedgerRefused
        The ledger does not take it; nothing is changed.
    Forbidden, IllegalMove, Stale, RoundNotOpen
    """
    policies.require(by, "review", row)
    require_open(row.round)
    ROW_FLOW.after(row.phase, "accept")
    _second_person(row, by)
    move_row(row, "accept", by=by, at=at, note=note, reviewed_by=by, reviewed_at=at, review_note=note)
    made, why_not = ledger.enter(row, by=by, at=at)
    Row.objects.filter(pk=row.pk).update(ledger_ref=str(made or ""), ledger_note=why_not)
    row.refresh_from_db()
    audit.record("dispatch.accept", row.ref, by=by, at=at, detail={"ledger": row.ledger_ref, "note": note})
    announce(RowAccepted(row.pk, row.ledger_ref, by.pk, at), at=at)
    return row


@transaction.atomic
def accept_undoubted(*, round: Round, by: Any, at: datetime) -> int:
    """Accept every row that waits and raises no doubt (无疑点的全部采纳); return how many. Own rows are left.

    Raises
    ------
    NothingToReport
        None is left to accept so.
    LedgerRefused, Forbidden, RoundNotOpen
    """
    policies.require(by, "review", round)
    waiting = Row.objects.filter(round=round, state=RowState.SUBMITTED, doubts=[])
    rows = [row for row in waiting.select_related("round", "part__round") if not wrote(row, by)]
    if not rows:
        raise NothingToReport(_("没有可以一并采纳的事项：有疑点的和自己填报的须逐项办理。"))
    for row in rows:
        accept_row(row=row, by=by, at=at)
    return len(rows)


@transaction.atomic
def send_back_row(*, row: Row, by: Any, at: datetime, note: str) -> Row:
    """Give a row back to its department, saying why (退回); its deadline runs again.

    Raises
    ------
    MissingReason, OwnReport, Forbidden, IllegalMove, Stale, RoundNotOpen
    """
    policies.require(by, "review", row)
    require_open(row.round)
    ROW_FLOW.after(row.phase, "send_back")
    _second_person(row, by)
    if not note.strip():
        raise MissingReason
    move_row(
        row, "send_back", by=by, at=at, note=note, reviewed_by=by, reviewed_at=at, review_note=note,
        sent_back=row.sent_back + 1,
    )  # fmt: skip
    ask_again(row.part, reason=note, by=by, at=at)
    audit.record("dispatch.send_back", row.ref, by=by, at=at, detail={"note": note})
    announce(RowSentBack(row.pk, row.reported_by_id or by.pk, note, by.pk, at), at=at)
    return row


def wrote(row: Row, user: Any) -> bool:
    """Return whether somebody wrote or handed in what a row says."""
    return row.reported_by_id == user.pk or Saying.objects.filter(row=row, by=user).exists()


def _second_person(row: Row, by: Any) -> None:
    if by is None or wrote(row, by):
        raise OwnReport
