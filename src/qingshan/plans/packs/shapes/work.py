"""What a plan lays down: projects, measures, boxes, commitments, provisions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from qingshan.plans.packs.shapes.values import Place, Quantity, Typed
from qingshan.plans.packs.words import (
    CommitmentKind,
    Effect,
    MeasureKind,
    MeasureRole,
    ProjectKind,
    ProvisionKind,
)

__all__ = ["Box", "Commitment", "Measure", "Project", "Provision"]


@dataclass(frozen=True, slots=True)
class Project:
    """A row of a project table, or a task printed in a box or in the running text (重点工程).

    Rows of one project share ``project`` (001-N12 has three rows, ``sub_item`` 1 to 3).
    ``departments`` keep the printed order. The text rarely says who leads: ``lead`` is filled
    only where it does or where one unit stands alone; ``joint`` only where it does.
    ``name_printed`` is False where the source has none and ``name`` is our stop-gap.
    ``years_raw`` is None where no years are printed: a box task then runs over the plan's period, a
    project that the running text only names has no ``start``, and an ``end`` only if a date stands by it.
    """

    code: str
    project: str
    kind: ProjectKind
    number_printed: str
    sub_item: str
    name: str
    name_printed: bool
    group: str
    content: str
    quantities: tuple[Quantity, ...]
    departments: tuple[str, ...]
    lead: str | None
    joint: tuple[str, ...]
    start: int | None
    end: int | None
    years_raw: str | None
    investment_wan: Decimal | None
    linked_indicators: tuple[str, ...]
    notes: tuple[str, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Measure:
    """A node of the plan's body (章、节、措施). Measures may lie under measures.

    ``number`` is the printed number (第三章, 一、, （二）, 1、, 一是); ``place`` is for citing (at most 400
    characters, from the heading on), ``extent`` the whole passage [start, end) with all it contains.
    """

    code: str
    kind: MeasureKind
    role: MeasureRole
    number: str
    title: str
    parent: str | None
    departments: tuple[str, ...]
    summary: str
    place: Place
    extent: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Box:
    """A box of tasks (专栏) and the measure it stands under; its tasks are projects of kind BOX_TASK."""

    code: str
    number: str
    title: str
    parent: str
    place: Place
    extent: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Commitment:
    """A quantified or dated commitment of the running text (量化或限期承诺).

    ``deadline`` is as written: a year, a day (年底 is 12-31), 规划期, or empty; ``due_on`` is the last day
    it allows. ``since`` is the year from which it holds (a day is in the notes).
    """

    code: str
    kind: CommitmentKind
    subject: str
    metric: str
    typed: Typed
    deadline: str
    due_on: date | None
    since: int | None
    scope: str
    departments: tuple[str, ...]
    measure: str | None
    notes: tuple[str, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Provision:
    """A duty (something that must exist and be kept) or a zoning rule (what may be done where).

    A duty has its ``duty_code`` of the catalogue of duties and its ``name``; a zoning rule its ``effect``,
    ``zone``, ``subjects`` and ``wording``.
    """

    code: str
    kind: ProvisionKind
    duty_code: str
    name: str
    effect: Effect | None
    zone: str
    subjects: tuple[str, ...]
    wording: str
    notes: tuple[str, ...]
    place: Place
