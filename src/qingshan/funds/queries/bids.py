"""Bids somebody sees: the list, and one in full."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet, Sum

from qingshan.accounts.public import scope_of
from qingshan.funds import policies
from qingshan.funds.models import BidItem, BidStep, GrantBid, ReserveVersion
from qingshan.funds.queries.errors import NoSuchFunds
from qingshan.funds.rules import fund_name
from qingshan.funds.vocabulary import EntryKind, SourceLevel
from qingshan.plans import public as plans

__all__ = ["BidDetail", "ItemRow", "bid_detail", "bid_for", "bids_for", "grants_of"]


def bids_for(*, user: Any) -> QuerySet[Any]:
    """Return the bids somebody sees: a district's all, or one department's own; soonest deadline first."""
    scope = scope_of(user, capability=policies.CAPABILITIES["view"])
    rows = GrantBid.objects.filter(scope.rows(district="district", departments="department"))
    return rows.select_related("district", "department").order_by("-deadline_on", "code")


def bid_for(*, user: Any, code: str) -> GrantBid:
    """Return one bid that somebody may see.

    Raises
    ------
    NoSuchFunds
    """
    found: GrantBid | None = bids_for(user=user).filter(code=code).first()
    if found is None:
        raise NoSuchFunds(code)
    return found


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One project of a bid: what is asked, what it got, what was received and paid out of it."""

    item: BidItem
    name: str
    url: str
    received_yuan: int | None
    paid_yuan: int | None


@dataclass(frozen=True, slots=True)
class BidDetail:
    """All that is known of a bid on a day."""

    bid: GrantBid
    funds: str
    items: list[ItemRow]
    asked_yuan: int
    steps: list[BidStep]


def bid_detail(*, user: Any, bid: GrantBid, on: date) -> BidDetail:
    """Return one bid with its projects, their money and its steps.

    A project the person does not see is named by its number and not linked.
    """
    items = list(bid.items.select_related("entry", "project").order_by("pk"))
    linked = {item.pk: item.project_id or (item.entry.project_id if item.entry else None) for item in items}
    seen = {
        one.project.pk: one
        for one in plans.funded_projects(on=on, user=user, only=[pk for pk in linked.values() if pk])
    }
    names = dict(
        ReserveVersion.objects.current()
        .filter(subject_id__in=[item.entry_id for item in items if item.entry_id])
        .values_list("subject_id", "name")
    )
    sums = _sums(bid, on)
    rows = []
    for item in items:
        held = seen.get(linked[item.pk] or 0)
        name = held.name if held else names.get(item.entry_id or 0) or str(item.entry or item.project)
        money = sums.get(linked[item.pk] or 0, {})
        rows.append(
            ItemRow(
                item,
                name,
                held.url if held else "",
                money.get(EntryKind.RECEIPT),
                money.get(EntryKind.PAYMENT),
            )
        )
    return BidDetail(
        bid=bid,
        funds=fund_name(SourceLevel(bid.level)),
        items=rows,
        asked_yuan=sum(item.asked_yuan for item in items),
        steps=list(bid.steps.select_related("by")),
    )


def _sums(bid: GrantBid, on: date) -> dict[int, dict[str, int]]:
    found: dict[int, dict[str, int]] = {}
    rows = bid.entries.filter(on__lte=on).values("project_id", "kind").annotate(yuan=Sum("amount_yuan"))
    for row in rows.order_by():
        found.setdefault(row["project_id"], {})[row["kind"]] = row["yuan"]
    return found


def grants_of(*, project: Any) -> list[GrantBid]:
    """Return the grants that were made in a project's district, those that name it first."""
    granted = GrantBid.objects.filter(district_id=project.plan.district_id, granted_yuan__isnull=False)
    named = set(BidItem.objects.filter(project=project, granted_yuan__gt=0).values_list("bid_id", flat=True))
    return sorted(granted, key=lambda bid: (bid.pk not in named, -bid.year, bid.code))
