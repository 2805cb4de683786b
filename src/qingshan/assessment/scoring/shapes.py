"""What a scheme says, what is scored, and the sheet that comes of it. Frozen shapes, no framework."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from qingshan.plans.packs.words import Attribute, Direction

__all__ = [
    "Band",
    "Because",
    "Conduct",
    "ConductRule",
    "ConductSheet",
    "CurveKind",
    "Effect",
    "Grade",
    "Line",
    "ListKind",
    "ListRule",
    "ListSheet",
    "Penalty",
    "Purpose",
    "Row",
    "Scheme",
    "Sheet",
    "Verdict",
    "WeightRule",
]


class Purpose(StrEnum):
    """What a scheme is for (评估类型)."""

    YEARLY = "yearly"
    MID_TERM = "mid_term"
    FINAL = "final"


class ListKind(StrEnum):
    """The three lists of an evaluation (三张清单)."""

    INDICATORS = "indicators"
    MEASURES = "measures"
    PROJECTS = "projects"


class Verdict(StrEnum):
    """How an indicator ended, as the ledger judged it."""

    MET = "met"
    MISSED = "missed"
    NO_DATA = "no_data"
    NOT_EVALUABLE = "not_evaluable"


class CurveKind(StrEnum):
    """How much of its points a row earns (得分曲线).

    ``progress``: the way gone from the baseline to the target; where there is no such way, all or nothing
    by the verdict. ``bands``: the attainment (value against target) looked up in bands. ``share_done``: the
    per cent done. ``all_or_nothing``: the verdict, or done to 100 per cent.
    """

    PROGRESS = "progress"
    BANDS = "bands"
    SHARE_DONE = "share_done"
    ALL_OR_NOTHING = "all_or_nothing"


class Effect(StrEnum):
    """What a breach does.

    ``grade_at_most`` and ``total_at_most`` bear on the whole sheet; ``share_at_most`` (of the list's
    points) and ``points_off`` on the list.
    """

    GRADE_AT_MOST = "grade_at_most"
    TOTAL_AT_MOST = "total_at_most"
    SHARE_AT_MOST = "share_at_most"
    POINTS_OFF = "points_off"


class Because(StrEnum):
    """Why a sheet was cut (扣减事由)."""

    BINDING_MISSED = "binding_missed"
    TOO_FEW_KEY_PROJECTS = "too_few_key_projects"


@dataclass(frozen=True, slots=True)
class Band:
    """From this attainment on, this share of the points."""

    at_least: Decimal
    share: Decimal


@dataclass(frozen=True, slots=True)
class WeightRule:
    """What rows weigh: the first rule whose conditions a row fulfils. None asks nothing."""

    weight: Decimal
    category: str | None = None
    attribute: Attribute | None = None
    key: bool | None = None

    def fits(self, row: Row) -> bool:
        """Whether a row is meant."""
        return (
            self.category in (None, row.category)
            and self.attribute in (None, row.attribute)
            and self.key in (None, row.key)
        )


@dataclass(frozen=True, slots=True)
class Penalty:
    """What follows from a breach: an effect, and its value (a grade's name, points, or a share)."""

    effect: Effect
    value: str


@dataclass(frozen=True, slots=True)
class ListRule:
    """How one list is scored.

    Parameters
    ----------
    points : Decimal
        Of the whole sheet's.
    categories : mapping
        Points of each category, where categories have points of their own; they add up to ``points``.
        A category without a row that counts gives its points to the others in proportion.
    key_share : Decimal, optional
        The share of key projects that must be done, 0 to 1; ``too_few`` is what follows otherwise.
    """

    points: Decimal
    curve: CurveKind
    weights: tuple[WeightRule, ...]
    bands: tuple[Band, ...] = ()
    categories: Mapping[str, Decimal] = field(default_factory=dict)
    binding_missed: Penalty | None = None
    key_share: Decimal | None = None
    too_few: Penalty | None = None


@dataclass(frozen=True, slots=True)
class ConductRule:
    """Points for a fact beside the lists (加减分项), per case and at most."""

    kind: str
    name: str
    each: Decimal
    at_most: Decimal


@dataclass(frozen=True, slots=True)
class Grade:
    """A grade, and the points from which it is reached."""

    name: str
    at_least: Decimal


@dataclass(frozen=True, slots=True)
class Scheme:
    """A way of scoring, as data (评估方案).

    ``joint_share`` is what a row weighs for a department that joins in it, against 1 for the one that leads.
    ``zones`` multiplies the weight of a category's rows in a function zone (差异化考核).
    ``total_assessment`` and ``at_least_share``: the points of the whole performance assessment of which this
    sheet is a part, and the share it must have there.
    """

    code: str
    name: str
    purposes: frozenset[Purpose]
    full: Decimal
    decimals: int
    lists: Mapping[ListKind, ListRule]
    conduct: tuple[ConductRule, ...]
    grades: tuple[Grade, ...]
    joint_share: Decimal
    zones: Mapping[str, Mapping[str, Decimal]] = field(default_factory=dict)
    total_assessment: Decimal | None = None
    at_least_share: Decimal | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a list.

    Parameters
    ----------
    baseline, target, actual : Decimal, optional
        Of an indicator, in its unit.
    done : Decimal, optional
        Per cent done, of a measure or project, 0 to 100; None where nobody reported.
    excluded : str
        Why it is left out (不予评估), as approved; empty when it counts.
    lead, joint : str
        Departments by name, as printed.
    lead_id, joint_ids : int
        The same by number, which decides where it is known: two counties may each have a bureau of one name.
    """

    code: str
    name: str
    category: str = ""
    attribute: Attribute = Attribute.NONE
    direction: Direction = Direction.HIGHER_BETTER
    baseline: Decimal | None = None
    target: Decimal | None = None
    actual: Decimal | None = None
    verdict: Verdict | None = None
    done: Decimal | None = None
    key: bool = False
    excluded: str = ""
    lead: str = ""
    joint: tuple[str, ...] = ()
    lead_id: int | None = None
    joint_ids: tuple[int, ...] = ()

    @property
    def numbered(self) -> bool:
        """Whether its departments are known by number; sheets kept from earlier have names alone."""
        return self.lead_id is not None or bool(self.joint_ids)


@dataclass(frozen=True, slots=True)
class Conduct:
    """A fact beside the lists: so many cases of a kind, whose, and what shows it.

    ``whose`` are the departments that answer for it by number: several where one was split, none where
    nobody took its duties (it then counts for the plan alone); None on sheets kept from earlier, which have
    the name alone.
    """

    kind: str
    count: int
    department: str = ""
    evidence: str = ""
    whose: tuple[int, ...] | None = None

    def is_of(self, name: str, number: int | None) -> bool:
        """Whether a department answers for it."""
        if self.whose is None or number is None:
            return self.department == name
        return number in self.whose


@dataclass(frozen=True, slots=True)
class Line:
    """One row's score. ``share`` and ``points`` are exact; ``why`` says in words how they came about."""

    row: Row
    weight: Fraction
    full: Fraction
    share: Fraction
    points: Fraction
    why: str
    left_out: str = ""


@dataclass(frozen=True, slots=True)
class ListSheet:
    """One list's score: of ``full`` points, ``earned`` by rows, ``points`` after what was cut."""

    kind: ListKind
    full: Fraction
    lines: tuple[Line, ...]
    earned: Fraction
    points: Fraction
    cut: str = ""


@dataclass(frozen=True, slots=True)
class ConductSheet:
    """The points of one kind of conduct (加减分)."""

    rule: ConductRule
    cases: tuple[Conduct, ...]
    points: Fraction
    why: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """The whole score sheet (评分表). ``total`` is rounded, once; everything else is exact."""

    scheme: Scheme
    lists: tuple[ListSheet, ...]
    conduct: tuple[ConductSheet, ...]
    sum: Fraction
    total: Decimal
    grade: str
    because: tuple[Because, ...] = ()
    cut: tuple[str, ...] = ()
    department: str = ""
    zone: str = ""
