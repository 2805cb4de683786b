"""Closing a round: its figures are frozen and its papers drafted; opening it again, with the reason."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from qingshan.dispatch import papers, policies
from qingshan.dispatch.actions.moving import ask_again, move_round, require_open, running_deadlines
from qingshan.dispatch.errors import BadRow, MissingReason, WaitingRows
from qingshan.dispatch.events import RoundClosed, RoundReopened
from qingshan.dispatch.figures import digest_of, plain
from qingshan.dispatch.models import Closing, Part, Round, Row
from qingshan.dispatch.queries.figures import closing_in_force, previous_of, round_figures
from qingshan.dispatch.rules import rules
from qingshan.dispatch.states import REPORTABLE, RowState
from qingshan.jobs.public import announce
from qingshan.kernel.spans import beijing_day
from qingshan.workflow import public as workflow

__all__ = ["close_round", "reopen_round"]


@transaction.atomic
def close_round(*, round: Round, by: Any, at: datetime) -> Closing:
    """Close a round (关闭本轮): figures as they stand are kept, bulletin, letters and agenda are drafted.

    Raises
    ------
    WaitingRows
        Rows wait for their review.
    BadRules
        The bureau's own rules cannot be read.
    Forbidden, IllegalMove, Stale, RoundNotOpen
    """
    policies.require(by, "run", round)
    require_open(round)
    if waiting := Row.objects.filter(round=round, state=RowState.SUBMITTED).count():
        raise WaitingRows(waiting)
    held, today = rules(), beijing_day(at)
    deadlines = running_deadlines(round)
    move_round(round, "close", by=by, at=at)
    found = round_figures(round, today)
    for deadline in deadlines.values():  # nobody is pressed for a round that is over
        workflow.end_deadline(deadline=deadline, move="lift", on=today, by=by, at=at)
    kept = plain(found)
    closing = Closing.objects.create(
        round=round, figures=kept, sha256=digest_of(kept), rules_sha256=held.sha256, on=today, by=by, at=at
    )
    papers.draft_all(round, closing, found, previous_of(round), held, by=by, at=at)
    announce(RoundClosed(round.pk, closing.pk, by.pk, at), at=at)
    return closing


@transaction.atomic
def reopen_round(*, round: Round, reason: str, by: Any, at: datetime, due_on: date | None = None) -> Round:
    """Open a closed round again (重新打开), with the reason; what was frozen stays beside the next closing.

    Departments with rows left are asked again. Reminding and pressing run anew for a new day; for the day the
    round had, only what was not told before it closed is told. Papers drafted before stay as they are: who
    drafted them withdraws them or issues a correction.

    Parameters
    ----------
    due_on : date, optional
        The new last day for reporting, later than the one the round had; without it that one stands.

    Raises
    ------
    MissingReason, Forbidden, IllegalMove, Stale
    BadRow
        The new day is not later than the old one, or lies before today.
    """
    policies.require(by, "reopen", round)
    if not reason.strip():
        raise MissingReason
    if due_on is not None:
        _refuse_day(due_on, round.due_on, beijing_day(at))
    closing, before = closing_in_force(round), round.due_on
    move_round(round, "reopen", by=by, at=at, reason=reason, before=before, after=due_on or before)
    if due_on is not None:
        Round.objects.filter(pk=round.pk).update(due_on=due_on)
        round.refresh_from_db(fields=["due_on"])
    if closing is not None:
        Closing.objects.filter(pk=closing.pk).update(
            reopened_by=by, reopened_at=at, reopen_reason=reason.strip()
        )
    left = Row.objects.filter(round=round, state__in=REPORTABLE)
    for part in Part.objects.filter(pk__in=left.values("part")).select_related("round"):
        ask_again(part, reason=reason, by=by, at=at)
    announce(RoundReopened(round.pk, reason.strip(), by.pk, at), at=at)
    return round


def _refuse_day(due_on: date, held: date, today: date) -> None:
    earliest = max(held + timedelta(days=1), today)
    if due_on < earliest:
        told = {"due": due_on, "earliest": earliest}
        raise BadRow({_("填报期限"): [_("%(due)s 太早：应晚于原期限且不早于今天，最早 %(earliest)s") % told]})
