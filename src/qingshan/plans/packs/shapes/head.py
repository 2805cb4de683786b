"""The head of a plan, who is named in it, how it was made, what its text lacks and contradicts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from qingshan.plans.packs.shapes.values import Place
from qingshan.plans.packs.words import DepartmentKind, Level, MakingKind, PackState

__all__ = ["Conflict", "Department", "District", "MakingStep", "Missing", "Plan", "Side", "Source"]


@dataclass(frozen=True, slots=True)
class Department:
    """A responsible unit under one name (责任单位). ``aliases`` are other spellings in the text."""

    name: str
    aliases: tuple[str, ...]
    kind: DepartmentKind


@dataclass(frozen=True, slots=True)
class District:
    """Where the plan holds: six-digit division code and name; ``note`` when it has no code of its own."""

    code: str
    name: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """A source text: its code, title, SHA-256 of the file's bytes, characters after decoding UTF-8."""

    code: str
    title: str
    sha256: str
    characters: int


@dataclass(frozen=True, slots=True)
class MakingStep:
    """An entry of the making file (编制过程): what was done, in our words; ``done_on`` only as printed."""

    step: MakingKind
    done_on: date | None
    by: str
    digest: str
    place: Place


@dataclass(frozen=True, slots=True)
class Missing:
    """What the plan announces and the source text lacks (缺失)."""

    what: str
    note: str
    place: Place


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two places of a conflict; ``value`` is what is printed there."""

    value: str
    place: Place


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two places that disagree, or one defect of the text (矛盾). ``certain``: both sides are printed.

    ``b`` is None for a defect with one place, or when the other side is a plan of its own
    (``other_plan`` then names that plan).
    """

    code: str
    type: str
    certain: bool
    rule: str
    description: str
    a: Side
    b: Side | None = None
    other_plan: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """The head of a pack (规划). Dates are None where the text prints none; ``notes`` say so."""

    code: str
    seed: str
    name: str
    short_name: str
    kind: str
    level: Level
    district: District
    period: tuple[int, int]
    base_year: int | None
    parent: str | None
    edition: str
    issuer: str | None
    document_number: str | None
    approved_on: date | None
    issued_on: date | None
    valid_from: date | None
    state: PackState
    source: Source
    companions: tuple[Source, ...]
    making: tuple[MakingStep, ...]
    departments: tuple[Department, ...]
    missing: tuple[Missing, ...]
    known_conflicts: tuple[Conflict, ...]
    notes: tuple[str, ...]
