"""Where a report of progress came from, when a room above entered it: that room tells, this one knows it not.

Filled in ``portal/wiring.py``; a report's page shows the link.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from qingshan.kernel.refs import Ref

__all__ = ["Origin", "origin_of", "register_origin"]


@dataclass(frozen=True, slots=True)
class Origin:
    """The page of another room a report was entered from: its name and address."""

    name: str
    url: str


#: ``(user, ref of the report)`` -> its origin, or None where it is not theirs or not seen by the person.
Provide = Callable[[Any, Ref], Origin | None]

_KNOWN: dict[str, Provide] = {}


def register_origin(room: str, provide: Provide) -> None:
    """Let a room above tell which reports it entered."""
    _KNOWN[room] = provide


def origin_of(*, user: Any, report: Ref) -> Origin | None:
    """Return where a report came from; None where somebody entered it by hand."""
    told = (_KNOWN[room](user, report) for room in sorted(_KNOWN))
    return next((one for one in told if one is not None), None)
