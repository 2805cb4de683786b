"""Where the work on a plan goes on: pages of rooms above, which this one does not know (规划年).

Filled in ``portal/wiring.py``; the overview of a plan shows the links.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

__all__ = ["Neighbour", "neighbours_of", "register_neighbours"]


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A page of another room about a plan: what it is called, what it tells, its address."""

    label: str | Promise
    purpose: str | Promise
    url: str


#: ``(user, plan)`` -> the pages about it that the person may open.
Provide = Callable[[Any, Any], Iterable[Neighbour]]

_KNOWN: list[Provide] = []


def register_neighbours(provide: Provide) -> None:
    """Let who knows the rooms above tell their pages about a plan."""
    if provide not in _KNOWN:
        _KNOWN.append(provide)


def neighbours_of(*, user: Any, plan: Any) -> list[Neighbour]:
    """Return the pages about a plan in the rooms above, in the order they are told."""
    return [one for provide in _KNOWN for one in provide(user, plan)]
