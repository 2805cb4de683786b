"""What waits for a person, whichever room it is in: rooms say it, the inbox shows it (待办).

The inbox stands on a lower floor than most of what waits. So each room has a function that tells its own, and
``portal/wiring.py`` lists them; nobody asks upwards.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise

__all__ = ["Teller", "Waiting", "register_waiting", "waiting_for"]


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that waits for a person: what, how much of it, where, until when.

    Parameters
    ----------
    count : int
        How many pieces; 0 is not told at all.
    due_on : date, optional
        The earliest day by which it is wanted; it is late after that day.
    """

    label: str | Promise
    url: str
    count: int = 1
    due_on: date | None = None
    late: bool = False


#: Who looks, and the day -> what a room has for them.
Teller = Callable[[Any, date], Iterable[Waiting]]

_TELLERS: dict[str, Teller] = {}


def register_waiting(room: str, teller: Teller) -> None:
    """Let a room say what waits in it; told again, its last word holds."""
    _TELLERS[room] = teller


def waiting_for(user: Any, on: date) -> list[Waiting]:
    """Return what waits for somebody in every room that tells, what is late first."""
    return sorted(_told(user, on), key=lambda one: (not one.late, one.due_on or date.max))


def _told(user: Any, on: date) -> Iterator[Waiting]:
    for teller in _TELLERS.values():
        yield from (one for one in teller(user, on) if one.count)
