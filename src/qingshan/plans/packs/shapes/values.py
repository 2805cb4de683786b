"""What every item of a pack may hold: a place in the text, a typed value, a printed value, a quantity."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from qingshan.plans.packs.words import Direction, Operator, ValueKind

__all__ = ["Place", "Printed", "Quantity", "Typed"]


@dataclass(frozen=True, slots=True)
class Place:
    """A passage of the source text (出处): characters [start, end) of the decoded file.

    ``anchor`` is at most 20 characters that stand there once all white space is taken out, so
    that a changed text is noticed. ``document`` names a companion text; empty means the plan's own.
    """

    start: int
    end: int
    anchor: str
    document: str = ""


@dataclass(frozen=True, slots=True)
class Typed:
    """A value with its meaning.

    ``implied`` marks an operator that the text leaves out (a bare 45.1 is at least 45.1).
    ``authority`` is the body that still has to assign the value. ``parts`` belong to ALL_OF.
    ``criterion`` says, in our words, what shows a qualitative value to be reached.
    """

    kind: ValueKind
    operator: Operator | None = None
    value: Decimal | None = None
    unit: str = ""
    implied: bool = False
    authority: str = ""
    text: str = ""
    criterion: str = ""
    direction: Direction | None = None
    parts: tuple[Typed, ...] = ()
    raw: str = ""


@dataclass(frozen=True, slots=True)
class Printed:
    """A value of a year as printed, and what it means (baseline, target, actual).

    ``scope`` is the area or population it speaks of when it differs from the plan's
    (阳江市均值, 自然村); ``condition`` the condition of measurement (标况); ``requirement`` and ``rank``
    what a baseline cell prints beside its value. ``year`` is None for a standing standard.
    """

    year: int | None
    raw: str
    typed: Typed
    scope: str = ""
    condition: str = ""
    requirement: str = ""
    rank: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A physical quantity of a project (建设规模). ``value`` None: a dated state without a number."""

    what: str
    operator: Operator | None
    value: Decimal | None
    unit: str
    deadline: int | None
    since: int | None
