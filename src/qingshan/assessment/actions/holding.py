"""Holding an evaluation while something is written under it, so that no move slips in between."""

from __future__ import annotations

from qingshan.assessment.errors import NotOpen
from qingshan.assessment.models import Evaluation
from qingshan.assessment.states import OPEN

__all__ = ["hold", "hold_open"]


def hold(evaluation: Evaluation) -> Evaluation:
    """Return an evaluation as it is now, locked until the transaction ends.

    What a page loaded may have moved since: who writes under an evaluation asks for its state here.
    """
    return Evaluation.objects.select_for_update().get(pk=evaluation.pk)


def hold_open(evaluation: Evaluation) -> None:
    """Hold an evaluation that is under way.

    Raises
    ------
    NotOpen
        Its sheets are stored already, or it was given up.
    """
    now = hold(evaluation)
    if now.phase not in OPEN:
        raise NotOpen(str(now.phase.label))
