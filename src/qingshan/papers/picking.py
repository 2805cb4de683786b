"""Figures of the ledger that a drafter picks while writing (选取台账数值).

This room cannot know the ledger. A shelf, filled in by the portal, finds what somebody may print and makes
a figure of it by its key. The key alone says which figure is meant, so that a mark in the text is all that
has to be kept until the text is saved: it is inserted by a button, typed by hand, or comes back from a
restored draft, and means the same each time. Rights are asked when it becomes a figure.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from qingshan.papers.errors import MixedWorlds
from qingshan.papers.shapes import Block, PrintedFigure, marks_in

__all__ = [
    "Offer",
    "Offers",
    "Place",
    "Shelf",
    "Sought",
    "completed",
    "offers",
    "picked",
    "register_shelf",
]


@dataclass(frozen=True, slots=True)
class Sought:
    """What a drafter looks for.

    Parameters
    ----------
    words : str
        Part of a name; empty finds everything of the place chosen, and nothing without one.
    place : str
        Key of one `Place`; empty is every place.
    year : int or None
        The year a figure speaks of; None is every year.
    district_id : int or None
        Whose places come first.
    simulated : bool
        A real paper prints real figures, one of the fictional county prints its own.
    """

    words: str = ""
    place: str = ""
    year: int | None = None
    district_id: int | None = None
    simulated: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Where figures are found: a plan."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that has figures: an indicator. ``years`` are all that have any, whichever was asked for."""

    name: str
    where: str
    url: str
    years: tuple[int, ...]
    figures: tuple[PrintedFigure, ...]


@dataclass(frozen=True, slots=True)
class Offers:
    """What was found. ``more``: there is more than is shown; a longer word finds less."""

    places: tuple[Place, ...] = ()
    found: tuple[Offer, ...] = ()
    more: bool = False


@dataclass(frozen=True, slots=True)
class Shelf:
    """One room's figures.

    Parameters
    ----------
    keys : pattern
        The keys of its figures; no other shelf has such, and nobody else names figures so.
    find : callable
        What somebody may print of what they look for.
    figure : callable
        The figure of a key for somebody; None where there is none, or they may not see it.
    """

    keys: re.Pattern[str]
    find: Callable[[Any, Sought], Offers]
    figure: Callable[[Any, str], PrintedFigure | None]


_SHELVES: dict[str, Shelf] = {}


def register_shelf(name: str, shelf: Shelf) -> None:
    """Let drafters pick figures of a room; called in ``portal/wiring.py``."""
    _SHELVES[name] = shelf


def offers(user: Any, sought: Sought) -> Offers:
    """Return what somebody may print of what they look for, from every shelf."""
    found = [shelf.find(user, sought) for shelf in _SHELVES.values()]
    return Offers(
        tuple(place for one in found for place in one.places),
        tuple(offer for one in found for offer in one.found),
        any(one.more for one in found),
    )


def completed(
    body: Sequence[Block], held: Iterable[PrintedFigure], *, by: Any, simulated: bool
) -> tuple[PrintedFigure, ...]:
    """Return the figures of a text: those it has, and those it marks and that somebody may pick.

    A picked figure that the text marks no more is left out; it can be picked again. A mark that nobody
    knows, or that they may not pick, gets no figure; whoever saves the text is told.

    Raises
    ------
    MixedWorlds
        A real figure for a paper of the fictional county; the other way round is refused for every figure.
    """
    marked = list(dict.fromkeys(marks_in(body)))
    kept = [one for one in held if one.key in marked or _shelf_of(one.key) is None]
    known = {one.key for one in kept}
    added = list(picked(by, [key for key in marked if key not in known]))
    if any(one.simulated != simulated for one in added):
        raise MixedWorlds
    return (*kept, *added)


def picked(user: Any, keys: Iterable[str]) -> Iterator[PrintedFigure]:
    """Yield the figures of those keys that a shelf knows and somebody may see; None is nobody."""
    for key in keys:
        shelf = _shelf_of(key)
        if shelf is not None and user is not None and (found := shelf.figure(user, key)) is not None:
            yield found


def _shelf_of(key: str) -> Shelf | None:
    return next((shelf for shelf in _SHELVES.values() if shelf.keys.fullmatch(key)), None)
