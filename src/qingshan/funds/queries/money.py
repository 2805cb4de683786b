"""The money of one project, and the entries of many."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from qingshan.funds.models import GrantBid, MoneyEntry
from qingshan.funds.positions import Line, Position, positions
from qingshan.funds.queries.bids import grants_of
from qingshan.funds.queries.errors import NoSuchFunds
from qingshan.funds.queries.warnings import watch_project
from qingshan.funds.watching import FundsWarning
from qingshan.plans import public as plans

__all__ = ["Funding", "entries_for", "entry_to_reverse", "funding_of", "position_for"]


@dataclass(frozen=True, slots=True)
class Funding:
    """The money of a project on a day.

    ``position`` has its lines; ``entries`` the receipts and payments until then, newest first.
    """

    position: Position
    entries: list[MoneyEntry]
    grants: list[GrantBid]
    warnings: list[FundsWarning]

    @property
    def lines(self) -> tuple[Line, ...]:
        """Its lines by year and source."""
        return self.position.lines


def position_for(*, user: Any, plan: plans.Plan, code: str, on: date) -> Position:
    """Return the money of a project that somebody sees.

    Raises
    ------
    NoSuchFunds
        Not in the plan on that day, or not theirs to see.
    """
    for one in positions(on=on, plan=plan, user=user):
        if one.held.code == code:
            return one
    raise NoSuchFunds(code)


def funding_of(*, project: Any, on: date) -> Funding:
    """Return the money of a project on a day: lines, entries, grants and warnings (项目资金).

    Raises
    ------
    NoSuchFunds
        The project was not there on that day.
    """
    found = positions(on=on, only=[project.pk])
    if not found:
        raise NoSuchFunds(str(project))
    entries = MoneyEntry.objects.filter(project=project, on__lte=on)
    return Funding(
        position=found[0],
        entries=list(entries.select_related("bid", "reverses", "reversed_by", "by").order_by("-on", "-pk")),
        grants=grants_of(project=project),
        warnings=watch_project(found[0], on=on),
    )


def entries_for(*, user: Any, plan: plans.Plan, on: date) -> QuerySet[Any]:
    """Return the entries of a plan's projects that somebody sees, until a day."""
    seen = [one.project.pk for one in plans.funded_projects(on=on, plan=plan, user=user)]
    rows = MoneyEntry.objects.filter(project_id__in=seen, on__lte=on)
    return rows.select_related("project", "bid", "reverses", "reversed_by").order_by("-on", "-pk")


def entry_to_reverse(*, project: Any, key: int) -> MoneyEntry:
    """Return an entry of a project.

    Raises
    ------
    NoSuchFunds
    """
    found: MoneyEntry | None = MoneyEntry.objects.filter(project=project, pk=key).first()
    if found is None:
        raise NoSuchFunds(str(key))
    return found
