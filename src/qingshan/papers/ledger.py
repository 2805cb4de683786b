"""Asking the ledger again for the figures of a draft.

This room cannot know the ledger. Each family of records is looked up by a function that the portal fills
in; a family nobody filled in is printed as given, and the page says that it cannot be compared.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.utils import translation

from qingshan.accounts.public import recall
from qingshan.kernel.refs import Ref
from qingshan.papers.shapes import PrintedFigure
from qingshan.papers.vocabulary import Freshness

__all__ = ["Compared", "Lookup", "MayOpen", "compared", "may_open", "register_figures", "updated"]

#: Given a figure as printed, what the ledger says today for the same thing; None where it says nothing.
Lookup = Callable[[PrintedFigure], PrintedFigure | None]
#: Begins one comparison: a lookup that need not ask twice for what several figures have in common.
Begin = Callable[[], Lookup]
#: Given a person and the record a figure comes from, whether its page is there for them.
MayOpen = Callable[[Any, Ref], bool]

_LOOKUPS: dict[str, Lookup] = {}
_BEGUN: dict[Lookup, Begin] = {}
_OPENED: dict[str, MayOpen] = {}
#: What makes two printings of a figure the same.
_PRINTED = ("value", "unit", "as_of")


def register_figures(
    family: str, lookup: Lookup, *, begin: Begin | None = None, may_open: MayOpen | None = None
) -> None:
    """Tell how figures of a family (``room.kind``) are looked up; called in ``portal/wiring.py``.

    Parameters
    ----------
    begin : callable, optional
        Gives a lookup for all figures of one comparison, which families with the same ``lookup`` share.
    may_open : callable, optional
        Whether somebody sees the record. Left out, the page of a figure decides by itself who sees it.
    """
    _LOOKUPS[family] = lookup
    if begin is not None:
        _BEGUN[lookup] = begin
    if may_open is not None:
        _OPENED[family] = may_open


def may_open(user: Any, figure: PrintedFigure) -> bool:
    """Return whether a figure's page, and what the ledger says now, is there for somebody.

    The paper is read whole by whoever may read it; not every record of the ledger is theirs to open.
    """
    source = Ref.read(figure.source) if figure.source else None
    asked = _OPENED.get(source.family) if source else None
    if asked is None or source is None:
        return True
    # a report prints scores of figures of one evaluation
    return recall(("papers.opens", getattr(user, "pk", None), source), lambda: asked(user, source))


@dataclass(frozen=True, slots=True)
class Compared:
    """A printed figure beside the ledger's; ``now`` is None where the ledger says nothing."""

    figure: PrintedFigure
    freshness: Freshness
    now: PrintedFigure | None = None


def compared(figures: Iterable[PrintedFigure]) -> list[Compared]:
    """Return each figure with what the ledger says of it now (核对数值)."""
    with translation.override(settings.LANGUAGE_CODE):  # a paper is Chinese, whoever compares or updates it
        begun: dict[Lookup, Lookup] = {}
        return [_compared(figure, begun) for figure in figures]


def updated(figures: Iterable[PrintedFigure], by: Any) -> tuple[PrintedFigure, ...]:
    """Return the figures as the ledger has them now, in the name of somebody; None is the system itself.

    A figure keeps its key, by which the text prints it; its label tells the period and kind of the new value.
    Those the ledger says nothing of stay as they are, and those whose record is not theirs to see.
    """
    return tuple(
        replace(one.now, key=one.figure.key, label=one.now.label or one.figure.label)
        if one.freshness is Freshness.CHANGED and one.now and (by is None or may_open(by, one.figure))
        else one.figure
        for one in compared(figures)
    )


def _compared(figure: PrintedFigure, begun: dict[Lookup, Lookup]) -> Compared:
    lookup = _LOOKUPS.get(Ref.read(figure.source).family) if figure.source else None
    if lookup is None:
        return Compared(figure, Freshness.UNKNOWN)
    if lookup not in begun:
        begun[lookup] = _BEGUN[lookup]() if lookup in _BEGUN else lookup
    now = begun[lookup](figure)
    if now is None:
        return Compared(figure, Freshness.GONE)
    same = all(getattr(now, name) == getattr(figure, name) for name in _PRINTED)
    return Compared(figure, Freshness.SAME if same else Freshness.CHANGED, now)
