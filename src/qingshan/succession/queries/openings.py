"""Openings of next plans that somebody sees."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from qingshan.succession import policies
from qingshan.succession.models import Opening

__all__ = ["NoSuchOpening", "opening_for", "openings_for"]


class NoSuchOpening(Http404):
    """There is no such opening, or the asker may not see it: the answer is the same."""

    def __init__(self, pk: int) -> None:
        super().__init__(_("没有编号为 %d 的接续方案，或您无权查看。") % pk)


def openings_for(*, user: Any) -> QuerySet[Opening]:
    """Return the openings somebody sees, newest first: those who edit or approve plans there."""
    found = Opening.objects.filter(policies.openings_seen(user))
    return found.select_related("plan__district", "successor", "made_by", "proposed_by", "decided_by")


def opening_for(*, user: Any, pk: int) -> Opening:
    """Return one opening.

    Raises
    ------
    NoSuchOpening
    """
    found = openings_for(user=user).filter(pk=pk).first()
    if found is None:
        raise NoSuchOpening(pk)
    return found
