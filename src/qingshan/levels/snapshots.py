"""What is reported: the progress of a plan as of a day, frozen, and its one written form.

The written form is canonical JSON (docs/levels.md): keys sorted, no blanks, numbers of the ledger as text,
money in whole yuan. The same progress is therefore always the same characters and has the same digest, in
this installation and in any other. Reading is strict: what has an unknown field, a missing one or one of
another kind is no snapshot.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from qingshan.audit.public import canonical
from qingshan.levels.errors import PackageRefusal
from qingshan.levels.strict import Misfit, read_record
from qingshan.levels.vocabulary import Section
from qingshan.plans.public import Status, WorkState

__all__ = [
    "Head",
    "IndicatorLine",
    "ProjectLine",
    "Snapshot",
    "Tally",
    "WorkLine",
    "digest_of",
    "read_snapshot",
    "snapshot_from",
    "written",
]


@dataclass(frozen=True, slots=True)
class Head:
    """The plan that is spoken of."""

    code: str
    name: str
    short_name: str
    level: str
    period_from: int
    period_to: int
    base_year: int | None
    district_code: str
    district_name: str
    simulated: bool


@dataclass(frozen=True, slots=True)
class IndicatorLine:
    """An indicator: the target that counts on the day, the latest value, the verdict and its method.

    ``value`` is the number as the ledger has it, or the words or finding in its place; ``kind`` says how it
    came about (数值类别). Empty where there is none.
    """

    code: str
    name: str
    category: str
    unit: str
    attribute: str
    target_year: int | None
    target: str
    year: int | None
    value: str
    kind: str
    as_of: date | None
    source: str
    status: str
    method: str

    @property
    def standing(self) -> Status:
        """The verdict as a member of the enumeration."""
        return Status(self.status)


@dataclass(frozen=True, slots=True)
class WorkLine:
    """A measure or a commitment: whose it is, and how far it has come as approved."""

    code: str
    name: str
    group: str
    asked: str
    due_on: date | None
    state: str
    percent: int | None
    reported_on: date | None
    departments: tuple[str, ...]

    @property
    def phase(self) -> WorkState:
        """Its state as a member of the enumeration."""
        return WorkState(self.state)


@dataclass(frozen=True, slots=True)
class ProjectLine:
    """A project: how far it has come, and its money in whole yuan; None where unknown."""

    code: str
    name: str
    group: str
    years: str
    state: str
    percent: int | None
    reported_on: date | None
    investment_yuan: int | None
    planned_yuan: int | None
    received_yuan: int | None
    paid_yuan: int | None
    departments: tuple[str, ...]

    @property
    def phase(self) -> WorkState:
        """Its state as a member of the enumeration."""
        return WorkState(self.state)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many tasks of the district stood where."""

    open: int
    in_review: int
    closed: int
    overdue: int


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The progress of a plan as of a day (进展快照)."""

    plan: Head
    as_of: date
    indicators: tuple[IndicatorLine, ...]
    measures: tuple[WorkLine, ...]
    projects: tuple[ProjectLine, ...]
    commitments: tuple[WorkLine, ...]
    tasks: Tally

    def lines(self, section: Section) -> tuple[Any, ...]:
        """The rows of one list."""
        found: tuple[Any, ...] = getattr(self, section.value)
        return found


def written(snapshot: Snapshot) -> str:
    """Return a snapshot as it is frozen, sent and signed."""
    return canonical(asdict(snapshot))


def digest_of(text: str) -> str:
    """Return the SHA-256 of what is written."""
    return hashlib.sha256(text.encode()).hexdigest()


def read_snapshot(text: str) -> Snapshot:
    """Read the written form back.

    Raises
    ------
    PackageRefusal
        It is no snapshot of this format.
    """
    return snapshot_from(json.loads(text))


def snapshot_from(data: Any) -> Snapshot:
    """Return a snapshot of what was read as JSON; raises as `read_snapshot` does."""
    try:
        found: Snapshot = read_record(Snapshot, data)
        _known_words(found)
    except Misfit as misfit:
        raise PackageRefusal(_("报送内容不合格式：%s。请双方核对系统版本。") % misfit.where) from None
    return found


def _known_words(snapshot: Snapshot) -> None:
    """States and verdicts are those of this format; per cents end at a hundred; codes stand once."""
    for section in Section:
        lines = snapshot.lines(section)
        if len({line.code for line in lines}) != len(lines):
            raise Misfit(section.value)
        known = Status if section is Section.INDICATORS else WorkState
        for number, line in enumerate(lines):
            word = line.status if section is Section.INDICATORS else line.state
            if word not in known.values or (getattr(line, "percent", None) or 0) > 100:
                raise Misfit(f"{section.value}[{number}]")
