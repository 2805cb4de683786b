"""Co-signing: what other departments say before a paper is issued."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from qingshan.audit import public as audit
from qingshan.papers import policies
from qingshan.papers.actions.moves import moved, returned
from qingshan.papers.errors import MissingReason, OwnPaper, StalePaper
from qingshan.papers.models import Opinion, Paper
from qingshan.papers.states import OPINION_FLOW, OpinionState

__all__ = ["answer_opinion"]


@transaction.atomic
def answer_opinion(*, opinion: Opinion, agreed: bool, by: Any, at: datetime, words: str = "") -> Opinion:
    """Give a department's opinion on a paper (会签).

    The last agreement sends the paper on to be issued; an objection, with its reason, back to the drafter.

    Raises
    ------
    Forbidden
        Who is not one of the department's own.
    OwnPaper
        Who drafted the paper co-signs it.
    MissingReason
        An objection without a reason.
    IllegalMove
        The opinion was given, or the paper went back, before.
    StalePaper
        Somebody else of the department was faster.
    """
    policies.require_voice(by, opinion.department)
    # Locked, so that of two last departments at once one sees that it is the last.
    paper = Paper.objects.select_for_update().get(pk=opinion.paper_id)
    after = OPINION_FLOW.after(opinion.phase, "agree" if agreed else "object")
    if by.pk == paper.created_by_id:
        raise OwnPaper
    if not agreed and not words.strip():
        raise MissingReason
    asked = Opinion.objects.filter(pk=opinion.pk, state=OpinionState.ASKED)
    count = asked.update(state=after, words=words[:500], by=by, at=at)
    opinion.refresh_from_db()
    if count != 1:
        raise StalePaper(str(opinion.phase.label))
    detail = {"department": opinion.department_id, "agreed": agreed, "words": words}
    audit.record("papers.cosign", paper.ref, by=by, at=at, detail=detail)
    if not agreed:
        returned(paper, by=by, at=at, note=f"{opinion.department}：{words}")
    elif not paper.opinions.filter(state=OpinionState.ASKED).exists():
        moved(paper, "cosigned", by=by, at=at, note=words)
    return opinion
