"""Bids for grants: drafted, handed in, shortlisted, granted or refused, closed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from qingshan.areas.public import Department
from qingshan.audit import public as audit
from qingshan.funds import policies
from qingshan.funds.actions.checking import checked, label, numbered
from qingshan.funds.actions.money import alone
from qingshan.funds.actions.moves import move_bid
from qingshan.funds.errors import BadFunds, MixedWorlds, NoProjectYet, NotChangeable
from qingshan.funds.models import BidItem, BidStep, GrantBid, ReserveEntry
from qingshan.funds.rules import fund_name
from qingshan.funds.states import BidState, ReserveState
from qingshan.funds.vocabulary import SourceLevel
from qingshan.kernel.spans import beijing_day
from qingshan.plans import public as plans

__all__ = [
    "TERMS",
    "Asked",
    "change_bid",
    "close_bid",
    "draft_bid",
    "grant_bid",
    "refuse_bid",
    "shortlist_bid",
    "submit_bid",
    "withdraw_bid",
]

#: What a bid is given while it is a draft.
TERMS = ("call", "level", "call_number", "deadline_on", "year", "purposes")


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for one project: of the reserve (``entry``) or of a plan (``project``); whole yuan."""

    yuan: int
    entry: ReserveEntry | None = None
    project: Any = None


@transaction.atomic
def draft_bid(
    *, department: Department, terms: Mapping[str, Any], items: Sequence[Asked], by: Any, at: datetime
) -> GrantBid:
    """Draft a bid on a call (拟定专项资金申报).

    Parameters
    ----------
    terms : mapping
        ``call``, ``level``, ``deadline_on``, ``year``; and ``call_number``, ``purposes`` (one a line).
    items : sequence of Asked
        At least one project, each once.

    Raises
    ------
    Forbidden
        Who may not bid for this department.
    BadFunds
        A field does not hold what it may; no project, or one that is not in the reserve.
    MixedWorlds
        A project of the other world, simulated or real.
    """
    district = department.district
    policies.require_propose(by, district_id=district.pk, department_id=department.pk)
    found = checked(GrantBid, terms, TERMS)
    bid = numbered(
        GrantBid,
        f"{district.code}-Z{found['year']}-",
        lambda code: GrantBid.objects.create(
            code=code, district=district, department=department, created_by=by, created_at=at, **found
        ),
    )
    _enter_items(bid, items)
    BidStep.objects.create(bid=bid, move="draft", before=BidState.DRAFT, after=BidState.DRAFT, by=by, at=at)
    audit.record("funds.draft_bid", bid.ref, by=by, at=at, detail={"code": bid.code, "call": bid.call})
    return bid


@transaction.atomic
def change_bid(
    *, bid: GrantBid, terms: Mapping[str, Any], items: Sequence[Asked], by: Any, at: datetime
) -> GrantBid:
    """Change a bid that is still a draft (修改专项资金申报).

    Raises
    ------
    NotChangeable
        It was handed in.
    """
    policies.require(by, "propose", bid)
    found = checked(GrantBid, terms, TERMS)
    if GrantBid.objects.filter(pk=bid.pk, state=BidState.DRAFT).update(**found) != 1:
        bid.refresh_from_db()
        raise NotChangeable(str(bid.phase.label))
    bid.refresh_from_db()
    bid.items.all().delete()
    _enter_items(bid, items)
    audit.record("funds.change_bid", bid.ref, by=by, at=at, detail={"code": bid.code})
    return bid


def _enter_items(bid: GrantBid, items: Sequence[Asked]) -> None:
    if not items:
        raise BadFunds({_("申报项目"): [_("至少一个项目")]})
    if len({(one.entry, one.project) for one in items}) < len(items):
        raise BadFunds({_("申报项目"): [_("每个项目只列一次")]})
    for one in items:
        if one.yuan <= 0:
            raise BadFunds({label(BidItem, "asked_yuan"): [_("大于零")]})
        if one.entry is not None and one.entry.phase not in (ReserveState.IN_RESERVE, ReserveState.TAKEN):
            raise BadFunds({_("申报项目"): [_("“%s”还没有入库") % one.entry.code]})
        district = one.entry.district if one.entry is not None else one.project.plan.district
        if district.simulated != bid.district.simulated:
            raise MixedWorlds
    BidItem.objects.bulk_create(
        BidItem(bid=bid, entry=one.entry, project=one.project, asked_yuan=one.yuan) for one in items
    )


@transaction.atomic
def submit_bid(*, bid: GrantBid, by: Any, at: datetime, note: str = "") -> GrantBid:
    """Hand a bid in (申报).

    Raises
    ------
    BadFunds
        The call has closed.
    """
    policies.require(by, "decide", bid)
    if bid.phase is BidState.DRAFT and beijing_day(at) > bid.deadline_on:
        raise BadFunds({label(GrantBid, "deadline_on"): [_("已于 %s 截止") % bid.deadline_on]})
    return move_bid(bid, "submit", note=note, by=by, at=at)


@transaction.atomic
def shortlist_bid(*, bid: GrantBid, by: Any, at: datetime, note: str = "") -> GrantBid:
    """Enter that the upper level shortlisted it (登记入围)."""
    return move_bid(bid, "shortlist", note=note, by=by, at=at)


@transaction.atomic
def refuse_bid(*, bid: GrantBid, by: Any, at: datetime, note: str) -> GrantBid:
    """Enter that the upper level refused it, and why (登记未获批)."""
    return move_bid(bid, "refuse", note=note, by=by, at=at)


@transaction.atomic
def close_bid(*, bid: GrantBid, by: Any, at: datetime, note: str = "") -> GrantBid:
    """Close a bid (办结): nothing more is to be done about it; payments are still held against it."""
    return move_bid(bid, "close", note=note, by=by, at=at)


@transaction.atomic
def withdraw_bid(*, bid: GrantBid, by: Any, at: datetime, note: str) -> GrantBid:
    """Take a bid back (撤回)."""
    return move_bid(bid, "withdraw", note=note, by=by, at=at)


@transaction.atomic
def grant_bid(
    *,
    bid: GrantBid,
    granted_on: date,
    grant_number: str,
    allotted: Mapping[int, int],
    by: Any,
    at: datetime,
    closes_on: date | None = None,
    note: str = "",
) -> GrantBid:
    """Enter the grant (登记下达): each project's part becomes planned money of its line in the ledger.

    Parameters
    ----------
    allotted : mapping
        Number of an item of the bid -> its part in whole yuan; their sum is the grant.
    closes_on : date, optional
        After this day the money may not be paid out.

    Raises
    ------
    BadFunds
        Nothing was granted, the document has no number, or a day is out of order.
    NoProjectYet
        A part goes to a project of the reserve that is in no plan yet.
    """
    policies.require(by, "decide", bid)
    items = list(bid.items.select_related("entry", "project__plan", "entry__project__plan"))
    parts = {item: allotted.get(item.pk, 0) for item in items}
    total = sum(parts.values())
    _grant_in_order(bid, parts, total, granted_on, grant_number, closes_on, at)
    moved = move_bid(
        bid, "grant", note=note, by=by, at=at, granted_yuan=total, granted_on=granted_on,
        grant_number=grant_number.strip(), closes_on=closes_on,
    )  # fmt: skip
    for item, yuan in parts.items():
        item.project = item.project or (item.entry.project if item.entry else None)
        item.granted_yuan = yuan
        item.save(update_fields=["project", "granted_yuan"])
    given = [(item.project, yuan) for item, yuan in parts.items() if yuan and item.project]
    # always in the same order: two grants over the same projects never wait for each other
    for project, yuan in sorted(given, key=lambda one: one[0].pk):
        _plan_money(bid, project, yuan, by=by, at=at)
    return moved


def _grant_in_order(
    bid: GrantBid,
    parts: Mapping[BidItem, int],
    total: int,
    granted_on: date,
    grant_number: str,
    closes_on: date | None,
    at: datetime,
) -> None:
    wrong: dict[str, list[str]] = {}
    if not grant_number.strip():
        wrong[label(GrantBid, "grant_number")] = [_("必填")]
    if total <= 0 or min(parts.values()) < 0:
        wrong[label(BidItem, "granted_yuan")] = [_("合计须大于零，各项不小于零")]
    if granted_on > beijing_day(at):
        wrong[label(GrantBid, "granted_on")] = [_("%s 在今天之后") % granted_on]
    if closes_on is not None and closes_on < granted_on:
        wrong[label(GrantBid, "closes_on")] = [_("早于下达日期")]
    if wrong:
        raise BadFunds(wrong)
    for item, yuan in parts.items():
        if yuan and item.project is None and (item.entry is None or item.entry.project is None):
            raise NoProjectYet(str(item.entry))


def _plan_money(bid: GrantBid, project: Any, yuan: int, *, by: Any, at: datetime) -> None:
    """Add a part of a grant to what is planned from its source in its year."""
    alone(project)
    funds = fund_name(SourceLevel(bid.level))
    held = plans.funded_projects(on=beijing_day(at), only=[project.pk])[0]
    planned = sum(
        line.planned_yuan or 0 for line in held.lines if (line.year, line.funds) == (bid.year, funds)
    )
    plans.set_money(
        project=project, year=bid.year, funds=funds, amounts={"planned_yuan": planned + yuan}, by=by, at=at,
        reason=_("%(call)s，%(number)s下达") % {"call": bid.call, "number": bid.grant_number},
    )  # fmt: skip
