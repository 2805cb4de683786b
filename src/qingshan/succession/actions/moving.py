"""One step of an opening: asked of the table, moved in one statement, kept, announced."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import F

from qingshan.audit import public as audit
from qingshan.jobs.public import announce
from qingshan.succession.errors import StaleOpening
from qingshan.succession.events import OpeningMoved
from qingshan.succession.models import Opening
from qingshan.succession.states import OPENING_FLOW

__all__ = ["moved"]


def moved(
    opening: Opening, move: str, *, by: Any, at: datetime, note: str = "", detail: Any = None, **fields: Any
) -> Opening:
    """Pass an opening to the next state of its life, inside the caller's transaction.

    Raises
    ------
    IllegalMove
        The table has no such move from here.
    StaleOpening
        Somebody moved it first.
    """
    before = opening.phase
    after = OPENING_FLOW.after(before, move)
    if move == "propose":
        fields["round"] = F("round") + 1
    found = Opening.objects.filter(pk=opening.pk, state=before, round=opening.round)
    if found.update(state=after, note=note, **fields) != 1:
        raise StaleOpening(str(Opening.objects.get(pk=opening.pk).phase.label))
    opening.refresh_from_db()
    audit.record(f"succession.{move}", opening.ref, by=by, at=at, detail={"note": note, **(detail or {})})
    announce(
        OpeningMoved(opening.pk, move, before.value, after.value, note, getattr(by, "pk", None), at), at=at
    )
    return opening
