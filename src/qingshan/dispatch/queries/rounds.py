"""Rounds, parts and rows, each for somebody: who sees one department sees its rows and no others."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from qingshan.accounts.public import scope_of
from qingshan.dispatch import policies
from qingshan.dispatch.models import FalseReport, Part, Round, Row
from qingshan.dispatch.queries.figures import bearing_of, names_now
from qingshan.dispatch.states import RowState
from qingshan.dispatch.vocabulary import Bearing, ItemKind

__all__ = [
    "NoSuchFinding",
    "NoSuchRound",
    "PartView",
    "finding_for",
    "part_for",
    "parts_for",
    "parts_seen",
    "round_for",
    "rounds_for",
    "row_for",
    "rows_for",
    "rows_to_review",
]


class NoSuchRound(LookupError):
    """There is no such round, part or row, or the asker may not see it: the answer is the same."""


class NoSuchFinding(LookupError):
    """There is no such finding, or the asker may not see it."""


def rounds_for(*, user: Any) -> QuerySet[Any]:
    """Return the rounds somebody sees, newest first: a district's, or those their department is in."""
    scope = scope_of(user, capability=policies.CAPABILITIES["view"][0])
    rows = Round.objects.select_related("plan", "district").order_by("-ends_on", "-pk")
    if scope.everything:
        return rows
    seen = Q(district__in=scope.whole_district_ids)
    for part in scope.parts:
        if part.department_ids is not None:
            own = Part.objects.filter(department__in=part.department_ids)
            seen |= Q(district__in=part.district_ids, pk__in=own.values("round_id"))
    return rows.filter(seen)


def round_for(*, user: Any, pk: int) -> Round:
    """Return one round that somebody sees.

    Raises
    ------
    NoSuchRound
    """
    found: Round | None = rounds_for(user=user).filter(pk=pk).first()
    if found is None:
        raise NoSuchRound(pk)
    return found


def parts_for(*, user: Any, found: Round) -> list[Part]:
    """Return the departments of a round that somebody sees."""
    parts = found.parts.select_related("department", "round__district")
    return [part for part in parts if policies.may(user, "view", part)]


def parts_seen(*, user: Any) -> QuerySet[Part]:
    """Return the departments' parts somebody sees, over all rounds."""
    scope = scope_of(user, capability=policies.CAPABILITIES["view"][0])
    return Part.objects.filter(scope.rows(district="round__district", departments="department"))


def part_for(*, user: Any, found: Round, pk: int) -> Part:
    """Return one department's part of a round.

    Raises
    ------
    NoSuchRound
    """
    part = found.parts.select_related("department", "round__district").filter(pk=pk).first()
    if part is None or not policies.may(user, "view", part):
        raise NoSuchRound(pk)
    return part


def row_for(*, user: Any, pk: int) -> Row:
    """Return one row that somebody sees.

    Raises
    ------
    NoSuchRound
    """
    row: Row | None = _rows().filter(pk=pk).first()
    if row is None or not policies.may(user, "view", row):
        raise NoSuchRound(pk)
    return row


def rows_for(*, user: Any, found: Round) -> list[Row]:
    """Return the rows of a round that somebody sees, department by department."""
    parts = [part.pk for part in parts_for(user=user, found=found)]
    return list(_rows().filter(part__in=parts).order_by("part_id", "order"))


def rows_to_review(*, found: Round) -> list[Row]:
    """Return the rows that wait for their review, doubtful ones first."""
    rows = list(_rows().filter(round=found, state=RowState.SUBMITTED).order_by("part_id", "order"))
    return sorted(rows, key=lambda row: not row.doubts)


def finding_for(*, user: Any, pk: int) -> FalseReport:
    """Return one finding that somebody sees.

    Raises
    ------
    NoSuchFinding
    """
    found = FalseReport.objects.select_related(
        "row__part__round__district", "row__part__department", "row__round", "found_by", "decided_by"
    )
    finding = found.filter(pk=pk).first()
    if finding is None or not policies.may(user, "view", finding.row):
        raise NoSuchFinding(pk)
    return finding


def _rows() -> Any:
    return Row.objects.select_related(
        "round__plan",
        "round__district",
        "part__round__district",
        "part__department",
        "reported_by",
        "reviewed_by",
    )


@dataclass(frozen=True, slots=True)
class PartView:
    """A department's rows for its own page."""

    part: Part
    name: str
    rows: list[Row]

    @property
    def saved(self) -> int:
        """Rows that may be handed in now."""
        return sum(row.phase is RowState.SAVED for row in self.rows)

    @property
    def unwritten(self) -> int:
        """Rows that wait for words."""
        return sum(row.phase in (RowState.WAITING, RowState.SENT_BACK) for row in self.rows)

    @property
    def done(self) -> int:
        """Rows that are with the reviewer or past them."""
        return len(self.rows) - self.saved - self.unwritten

    @classmethod
    def of(cls, part: Part, on: date) -> PartView:
        """Put a department's page together."""
        rows = list(_rows().filter(part=part).order_by("order"))
        return cls(part, names_now([part.department_id], on)[part.department_id], rows)


def mine(user: Any, parts: Iterable[Part]) -> list[Part]:
    """Return the parts somebody reports for."""
    return [part for part in parts if any(policies.may_report(user, part, kind) for kind in ItemKind)]


def bearings(rows: Iterable[Row], on: date) -> dict[int, Bearing]:
    """Return how each row stands to where it should be on a day."""
    return {row.pk: bearing_of(row, on) for row in rows}
