"""A row found false later (虚报): proposed with evidence, decided by another person, the ledger put right."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.core.files.base import File
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from qingshan.audit import public as audit
from qingshan.dispatch import ledger, policies
from qingshan.dispatch.actions.moving import move_row
from qingshan.dispatch.errors import BadRow, MissingEvidence, MissingReason, OwnReport, Stale
from qingshan.dispatch.events import FalseReportFound
from qingshan.dispatch.models import FalseReport, Row
from qingshan.dispatch.states import FALSE_FLOW, ROW_FLOW, FalseState
from qingshan.documents.public import attach
from qingshan.jobs.public import announce
from qingshan.kernel.spans import beijing_day
from qingshan.plans import public as plans

__all__ = ["confirm_false", "dismiss_false", "find_false"]

_FULL = 100


@transaction.atomic
def find_false(
    *,
    row: Row,
    reason: str,
    on: date,
    evidence: Sequence[File[bytes]],
    by: Any,
    at: datetime,
    work_state: str = "",
    percent: int | None = None,
) -> FalseReport:
    """Propose that an accepted report was false (提出虚报认定), also after its round was closed.

    Parameters
    ----------
    on : date
        The day on which it was looked into; the correction of the ledger speaks of it.
    work_state, percent
        What is true. A task has no state of its own, and is pressed instead of corrected.
    evidence : files
        At least one.

    Raises
    ------
    MissingReason, MissingEvidence, OwnReport, Forbidden, IllegalMove
    BadRow
        The day lies ahead or before the report, or the true state is missing.
    Stale
        A finding on this row waits already.
    """
    policies.require(by, "review", row)
    ROW_FLOW.after(row.phase, "find_false")
    if by.pk == row.reported_by_id:
        raise OwnReport
    if not reason.strip():
        raise MissingReason
    if not evidence:
        raise MissingEvidence
    _refuse(row, on, work_state, percent, beijing_day(at))
    try:
        with transaction.atomic():
            made = FalseReport.objects.create(
                row=row, reason=reason.strip(), on=on, work_state=work_state, percent=percent, found_by=by,
                found_at=at,
            )  # fmt: skip
    except IntegrityError:
        raise Stale(str(FalseState.PROPOSED.label)) from None
    for upload in evidence:
        attach(upload, to=made.ref, by=by, at=at)
    audit.record("dispatch.find_false", row.ref, by=by, at=at, detail={"reason": reason, "on": on})
    return made


def _refuse(row: Row, on: date, work_state: str, percent: int | None, today: date) -> None:
    wrong: dict[str, list[str]] = {}
    spoke = ledger.speaks_of(row, row.reviewed_at) if row.reviewed_at else row.round.ends_on
    if not spoke <= on <= today:
        told = {"day": on, "first": spoke, "last": today}
        wrong[_("核实日期")] = [_("%(day)s 不在 %(first)s 与今天（%(last)s）之间") % told]
    if percent is not None and not 0 <= percent <= _FULL:
        wrong[_("核实的进度（%）")] = [_("%d 不在 0 到 100 之间") % percent]
    if not row.is_task and work_state not in plans.WorkState.values:
        wrong[_("核实的状态")] = [_("请选择核实后的状态")]
    if wrong:
        raise BadRow(wrong)


@transaction.atomic
def confirm_false(*, finding: FalseReport, by: Any, at: datetime, note: str = "") -> FalseReport:
    """Confirm it (认定虚报): the row is marked, the ledger corrected, and it counts in the conduct.

    Raises
    ------
    OwnReport
        Who found it, or who had handed the row in, decides.
    LedgerRefused, Forbidden, IllegalMove, Stale
    """
    row = finding.row
    _decide(finding, "confirm", by=by, at=at, note=note)
    move_row(row, "find_false", by=by, at=at, note=finding.reason)
    made = ledger.correct(finding, by=by, at=at)
    FalseReport.objects.filter(pk=finding.pk).update(correction_ref=str(made or ""))
    finding.refresh_from_db()
    announce(FalseReportFound(finding.pk, row.pk, by.pk, at), at=at)
    return finding


@transaction.atomic
def dismiss_false(*, finding: FalseReport, by: Any, at: datetime, note: str) -> FalseReport:
    """Dismiss it (不予认定), with the reason: the report stands.

    Raises
    ------
    MissingReason, OwnReport, Forbidden, IllegalMove, Stale
    """
    if not note.strip():
        raise MissingReason
    _decide(finding, "dismiss", by=by, at=at, note=note)
    finding.refresh_from_db()
    return finding


def _decide(finding: FalseReport, move: str, *, by: Any, at: datetime, note: str) -> None:
    policies.require(by, "decide", finding.row)
    before = finding.phase
    after = FALSE_FLOW.after(before, move)
    if by is None or by.pk in (finding.found_by_id, finding.row.reported_by_id):
        raise OwnReport
    moved = FalseReport.objects.filter(pk=finding.pk, state=before).update(
        state=after, decided_by=by, decided_at=at, decision_note=note
    )
    if moved != 1:
        raise Stale(str(after.label))
    detail = {"finding": finding.pk, "to": after, "note": note}
    audit.record("dispatch.decide_false", finding.row.ref, by=by, at=at, detail=detail)
