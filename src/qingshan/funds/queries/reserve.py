"""The reserve somebody sees: the list, one project in full, how ready each is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from qingshan.accounts.public import scope_of
from qingshan.funds import policies
from qingshan.funds.models import BidItem, GrantBid, ReadinessCheck, ReserveEntry, ReserveStep, ReserveVersion
from qingshan.funds.queries.errors import NoSuchFunds
from qingshan.funds.states import ReserveState
from qingshan.funds.vocabulary import Readiness
from qingshan.history.public import Step, steps
from qingshan.plans import public as plans

__all__ = ["Ready", "ReserveDetail", "biddable", "entry_for", "readiness", "reserve_detail", "reserve_for"]


def reserve_for(*, user: Any) -> QuerySet[Any]:
    """Return the current versions of the reserve projects somebody sees, with the project."""
    scope = scope_of(user, capability=policies.CAPABILITIES["view"])
    rows = ReserveVersion.objects.current().filter(
        scope.rows(district="subject__district", departments="subject__department")
    )
    return rows.select_related("subject__district", "subject__department").order_by("-subject__code")


def entry_for(*, user: Any, code: str) -> ReserveEntry:
    """Return one reserve project that somebody may see.

    Raises
    ------
    NoSuchFunds
    """
    found = reserve_for(user=user).filter(subject__code=code).first()
    if found is None:
        raise NoSuchFunds(code)
    entry: ReserveEntry = found.subject
    return entry


@dataclass(frozen=True, slots=True)
class Ready:
    """How far one preparation is: its newest check until a day, None where nobody looked."""

    matter: Readiness
    check: ReadinessCheck | None

    @property
    def done(self) -> bool:
        """Whether it is there."""
        return self.check is not None and self.check.done


def readiness(entry_ids: Iterable[int], on: date) -> dict[int, list[Ready]]:
    """Return how ready reserve projects were on a day, matter by matter; one query."""
    wanted = list(entry_ids)
    newest: dict[tuple[int, str], ReadinessCheck] = {}
    for check in ReadinessCheck.objects.filter(entry_id__in=wanted, on__lte=on).order_by("on", "pk"):
        newest[(check.entry_id, check.matter)] = check
    return {pk: [Ready(matter, newest.get((pk, matter))) for matter in Readiness] for pk in wanted}


@dataclass(frozen=True, slots=True)
class ReserveDetail:
    """All that is known of a reserve project on a day."""

    entry: ReserveEntry
    version: ReserveVersion
    ready: list[Ready]
    checks: list[ReadinessCheck]
    bids: list[GrantBid]
    project: plans.FundedProject | None
    steps: list[ReserveStep]
    history: list[Step]


def reserve_detail(*, user: Any, entry: ReserveEntry, on: date) -> ReserveDetail:
    """Return one reserve project with checks, bids, the plan's project it became, and its history."""
    versions = ReserveVersion.objects.filter(subject=entry)
    became = plans.funded_projects(on=on, user=user, only=[entry.project_id]) if entry.project_id else []
    items = BidItem.objects.filter(entry=entry).select_related("bid")
    return ReserveDetail(
        entry=entry,
        version=versions.current().get(),
        ready=readiness([entry.pk], on)[entry.pk],
        checks=list(entry.checks.filter(on__lte=on).select_related("by")),
        bids=[item.bid for item in items],
        project=next(iter(became), None),
        steps=list(entry.steps.select_related("by")),
        history=list(steps(versions.select_related("recorded_by"))),
    )


def biddable(*, user: Any, district_id: int) -> dict[str, str]:
    """Return the reserve projects of a district that may stand in a bid: code and name."""
    rows = reserve_for(user=user).filter(
        subject__district_id=district_id, subject__state__in=(ReserveState.IN_RESERVE, ReserveState.TAKEN)
    )
    return {row.subject.code: row.name for row in rows}
