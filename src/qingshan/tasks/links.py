"""What a task is linked to in rooms above this one, which it does not know; they tell it.

Filled in ``portal/wiring.py``. A task's page shows the record it comes from and whatever else points at it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from qingshan.tasks.models import Task

__all__ = ["TaskLink", "links_of", "register_links"]


@dataclass(frozen=True, slots=True)
class TaskLink:
    """Another page that speaks of a task: what it is, its name, its address."""

    kind: str
    name: str
    url: str


#: ``(user, task, on)`` -> what the person may see of it.
Provide = Callable[[Any, Task, date], Iterable[TaskLink]]

_KNOWN: dict[str, Provide] = {}


def register_links(room: str, provide: Provide) -> None:
    """Let a room above tell what it holds about a task."""
    _KNOWN[room] = provide


def links_of(*, user: Any, task: Task, on: date) -> list[TaskLink]:
    """Return the pages of other rooms that speak of a task and that somebody sees, room by room."""
    return [link for room in sorted(_KNOWN) for link in _KNOWN[room](user, task, on)]
