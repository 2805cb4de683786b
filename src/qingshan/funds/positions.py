"""The money of projects on a day: the ledger's lines, with the dated entries in place of their sums."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Sum

from qingshan.funds.models import MoneyEntry
from qingshan.funds.rules import level_of
from qingshan.funds.vocabulary import EntryKind, SourceLevel
from qingshan.plans import public as plans

__all__ = ["Line", "Position", "positions", "total"]


@dataclass(frozen=True, slots=True)
class Line:
    """Money of one year from one source on a day: whole yuan, None where nobody said.

    ``kept``: received and paid are sums of dated entries; else they are what the ledger was told.
    """

    year: int
    funds: str
    planned_yuan: int | None
    received_yuan: int | None
    paid_yuan: int | None
    kept: bool

    @property
    def level(self) -> SourceLevel:
        """Whose money it is."""
        return level_of(self.funds)


@dataclass(frozen=True, slots=True)
class Position:
    """A project and its money on a day."""

    held: plans.FundedProject
    lines: tuple[Line, ...]

    @property
    def planned_yuan(self) -> int | None:
        """What is planned over all years and sources."""
        return total(line.planned_yuan for line in self.lines)

    @property
    def received_yuan(self) -> int | None:
        """What was received."""
        return total(line.received_yuan for line in self.lines)

    @property
    def paid_yuan(self) -> int | None:
        """What was paid."""
        return total(line.paid_yuan for line in self.lines)

    def sources(self) -> dict[str, tuple[Line, ...]]:
        """Return its lines by source, over the years."""
        found: dict[str, list[Line]] = defaultdict(list)
        for line in self.lines:
            found[line.funds].append(line)
        return {funds: tuple(lines) for funds, lines in found.items()}


def total(amounts: Iterable[int | None]) -> int | None:
    """Return the sum of what is known; None where nothing is."""
    known = [yuan for yuan in amounts if yuan is not None]
    return sum(known) if known else None


def positions(
    *, on: date, plan: plans.Plan | None = None, user: Any = None, only: Iterable[int] | None = None
) -> list[Position]:
    """Return projects with their money on a day, in the order of their tables.

    Parameters
    ----------
    user : User, optional
        Only those this person sees; all without it.
    """
    held = plans.funded_projects(on=on, plan=plan, user=user, only=only)
    sums = _sums([one.project.pk for one in held], on)
    return [Position(one, _lines(one, sums.get(one.project.pk, {}))) for one in held]


#: Year and source.
_Key = tuple[int, str]


def _sums(project_ids: list[int], on: date) -> Mapping[int, Mapping[_Key, Mapping[str, int | None]]]:
    """Return what entries say until a day; a line whose entries all lie later has its key and no amount."""
    rows = MoneyEntry.objects.filter(project_id__in=project_ids).order_by()
    found: dict[int, dict[_Key, dict[str, int | None]]] = defaultdict(dict)
    for project, year, funds in rows.values_list("project_id", "year", "funds").distinct():
        found[project].setdefault((year, funds), {})
    until = rows.filter(on__lte=on).values("project_id", "year", "funds", "kind")
    for row in until.annotate(yuan=Sum("amount_yuan")):
        found[row["project_id"]][(row["year"], row["funds"])][row["kind"]] = row["yuan"]
    return found


def _lines(held: plans.FundedProject, kept: Mapping[_Key, Mapping[str, int | None]]) -> tuple[Line, ...]:
    told = {(line.year, line.funds): line for line in held.lines}
    keys = sorted({*told, *kept})
    return tuple(_line(key, told.get(key), kept.get(key)) for key in keys)


def _line(key: _Key, told: plans.MoneyHeld | None, kept: Mapping[str, int | None] | None) -> Line:
    planned = told.planned_yuan if told else None
    if kept is None:
        return Line(*key, planned, *((told.received_yuan, told.paid_yuan) if told else (None, None)), False)
    return Line(*key, planned, kept.get(EntryKind.RECEIPT), kept.get(EntryKind.PAYMENT), True)
