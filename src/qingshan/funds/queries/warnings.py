"""Warnings of a day: computed from what is known on it, with the task that was made of each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from qingshan.areas.public import department_names
from qingshan.funds.models import GrantBid, MoneyEntry, RaisedWarning
from qingshan.funds.positions import Position, positions
from qingshan.funds.queries.bids import bids_for
from qingshan.funds.queries.errors import NoSuchFunds
from qingshan.funds.rules import rules
from qingshan.funds.states import BidState
from qingshan.funds.vocabulary import EntryKind, Rule
from qingshan.funds.watching import (
    FundsWarning,
    Payment,
    Unjudged,
    judge_bid,
    judge_grant,
    judge_project,
    months_before,
)
from qingshan.plans import public as plans

__all__ = [
    "Watch",
    "counted_by_department",
    "tasks_of",
    "warning_by_key",
    "warnings_of",
    "watch",
    "watch_project",
]


@dataclass(frozen=True, slots=True)
class Watch:
    """All warnings of a day, the gravest kind first, and what could not be judged."""

    on: date
    warnings: tuple[FundsWarning, ...]
    unjudged: tuple[Unjudged, ...]


def warnings_of(*, plan: plans.Plan, on: date, user: Any = None) -> list[FundsWarning]:
    """Return the warnings about a plan's projects on a day (资金预警).

    Parameters
    ----------
    user : User, optional
        Only about projects this person sees; all without it.
    """
    return list(watch(on=on, plan=plan, user=user).warnings)


def watch(*, on: date, plan: plans.Plan | None = None, user: Any = None) -> Watch:
    """Return the warnings of a day: of one plan's projects, or of all plans and of bids."""
    held = rules()
    now = positions(on=on, plan=plan, user=user)
    then = {
        one.held.project.pk: one for one in positions(on=months_before(on, held.months), plan=plan, user=user)
    }
    found: list[FundsWarning] = []
    unjudged: list[Unjudged] = []
    for one in now:
        warned, left = judge_project(one, then.get(one.held.project.pk), on=on, rules=held)
        found += warned
        unjudged += left
    found += _grants(now, on)
    if plan is None:
        drafts = _bids(user).filter(state=BidState.DRAFT, created_at__date__lte=on)
        found += [warned for bid in drafts for warned in judge_bid(bid, on=on, rules=held)]
    order = {rule: place for place, rule in enumerate(_GRAVEST_FIRST)}
    return Watch(on, tuple(sorted(found, key=lambda one: order[one.rule])), tuple(unjudged))


def watch_project(position: Position, *, on: date) -> list[FundsWarning]:
    """Return the warnings about one project on a day."""
    held = rules()
    then = positions(on=months_before(on, held.months), only=[position.held.project.pk])
    warned, _left = judge_project(position, next(iter(then), None), on=on, rules=held)
    return [*_grants([position], on), *warned]


_GRAVEST_FIRST = (
    Rule.EARMARK_PROJECT,
    Rule.EARMARK_OVER,
    Rule.EARMARK_CLOSED,
    Rule.EARMARK_PURPOSE,
    Rule.PAID_OVER_RECEIVED,
    Rule.PAID_AHEAD,
    Rule.IDLE,
    Rule.LATE,
    Rule.BID_DEADLINE,
)


def _bids(user: Any) -> QuerySet[Any]:
    return GrantBid.objects.all() if user is None else bids_for(user=user)


def _grants(now: Iterable[Position], on: date) -> list[FundsWarning]:
    """Return what payments out of grants were against, until a day."""
    projects = {one.held.project.pk: one.held for one in now}
    rows = MoneyEntry.objects.filter(
        project_id__in=projects, kind=EntryKind.PAYMENT, bid__isnull=False, reverses__isnull=True, on__lte=on
    ).exclude(reversed_by__on__lte=on)
    payments: dict[int, list[Payment]] = defaultdict(list)
    for row in rows.order_by("on", "pk"):
        payments[row.bid_id or 0].append(
            Payment(row.pk, row.project_id, row.on, row.amount_yuan, row.purpose, row.voucher)
        )
    bids = GrantBid.objects.filter(pk__in=payments).prefetch_related("items")
    return [
        warned
        for bid in bids
        for warned in judge_grant(
            bid, allotted=_allotted(bid), payments=payments[bid.pk], projects=projects, rules=rules()
        )
    ]


def _allotted(bid: GrantBid) -> dict[int, int]:
    return {
        item.project_id: item.granted_yuan
        for item in bid.items.all()
        if item.project_id is not None and item.granted_yuan
    }


def warning_by_key(*, user: Any, key: str, on: date) -> FundsWarning:
    """Return one warning of a day that somebody sees.

    Raises
    ------
    NoSuchFunds
        It is not there on that day, or not theirs to see.
    """
    for one in watch(on=on, user=user).warnings:
        if one.key == key:
            return one
    raise NoSuchFunds(key)


def tasks_of(warnings: Iterable[FundsWarning]) -> Mapping[str, str]:
    """Return the task that was made of each warning that is still open, by the warning's key."""
    keys = [one.key for one in warnings]
    rows = RaisedWarning.objects.filter(key__in=keys, cleared_on__isnull=True).exclude(task_code="")
    return dict(rows.values_list("key", "task_code"))


def counted_by_department(warnings: Iterable[FundsWarning], on: date) -> list[tuple[str, int]]:
    """Return how many warnings each department has, most first; those nobody answers for come last."""
    counts: dict[int, int] = defaultdict(int)
    for one in warnings:
        counts[one.lead_id or 0] += 1
    names = department_names(set(counts), on)
    return sorted(
        ((names.get(pk, ""), count) for pk, count in counts.items()),
        key=lambda pair: (not pair[0], -pair[1], pair[0]),
    )
