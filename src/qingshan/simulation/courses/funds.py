"""Money of the projects: reserve, bids for grants, plans of years, receipts and payments (资金)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any

from qingshan.documents import public as documents
from qingshan.documents.public import DocumentKind
from qingshan.funds import public as funds
from qingshan.plans import public as plans
from qingshan.simulation.courses.projects import YUAN_PER_WAN
from qingshan.simulation.papers import letter
from qingshan.simulation.play import Course
from qingshan.simulation.stage import Stage

__all__ = ["courses"]


def courses(stage: Stage) -> Iterator[Course]:
    """A course for each project of the reserve, each bid, each year's plan, each receipt or payment."""
    story = stage.told("funds")
    yield from (_entry(stage, row) for row in story["reserve"])
    yield from (_bid(stage, row) for row in story["bids"])
    yield from (_planned(stage, row) for row in story["planned"])
    yield from (_money(stage, row) for row in story["money"])


def _person(stage: Stage, username: str) -> Any:
    found = stage.people[username]
    found.refresh_from_db()  # a merger may have moved them
    return found


# ---- the reserve


def _entry(stage: Stage, told: dict[str, Any]) -> Course:
    at = yield stage.hours.on_or_after(told["on"])
    facts = {name: value for name, value in told["facts"].items() if name != "wan"}
    entry = funds.propose_entry(
        department=stage.departments[told["department"]], by=_person(stage, told["by"]), at=at,
        facts={**facts, "estimated_yuan": told["facts"]["wan"] * YUAN_PER_WAN},
    )  # fmt: skip
    for step in told["steps"]:
        at = yield stage.hours.on_or_after(step["on"])
        _ENTRY_MOVES[step["move"]](stage, entry, step, _person(stage, step["by"]), at)


EntryMove = Callable[[Stage, funds.ReserveEntry, dict[str, Any], Any, datetime], Any]

_ENTRY_MOVES: Mapping[str, EntryMove] = {
    "review": lambda stage, entry, step, by, at: funds.review_entry(entry=entry, by=by, at=at),
    "admit": lambda stage, entry, step, by, at: funds.admit_entry(entry=entry, by=by, at=at),
    "send_back": lambda stage, entry, step, by, at: funds.send_back_entry(
        entry=entry, by=by, at=at, note=step["note"]
    ),
    "again": lambda stage, entry, step, by, at: funds.propose_again(
        entry=entry, by=by, at=at, note=step["note"]
    ),
    "withdraw": lambda stage, entry, step, by, at: funds.withdraw_entry(
        entry=entry, by=by, at=at, note=step["note"]
    ),
    "take": lambda stage, entry, step, by, at: funds.take_into_plan(
        entry=entry, project=stage.projects[step["project"]], by=by, at=at
    ),
    "ready": lambda stage, entry, step, by, at: funds.record_readiness(
        entry=entry, matter=funds.Readiness(step["matter"]), done=True, on=step["on"],
        document_number=step["number"], note="模拟", by=by, at=at,
    ),
}  # fmt: skip


# ---- bids for grants


def _bid(stage: Stage, told: dict[str, Any]) -> Course:
    at = yield stage.hours.on_or_after(told["on"])
    bid = funds.draft_bid(
        department=stage.departments[told["department"]], terms=told["terms"],
        items=[_asked(stage, told)], by=_person(stage, told["by"]), at=at,
    )  # fmt: skip
    for step in told["steps"]:
        at = yield stage.hours.on_or_after(step["on"])
        _BID_MOVES[step["move"]](bid, step, _person(stage, step["by"]), at)


def _asked(stage: Stage, told: dict[str, Any]) -> funds.Asked:
    yuan = told["wan"] * YUAN_PER_WAN
    if "project" in told:
        return funds.Asked(yuan, project=stage.projects[told["project"]])
    own = funds.ReserveEntry.objects.filter(district=stage.plan.district)
    return funds.Asked(yuan, entry=own.get(versions__name=told["reserve"]))


def _grant(bid: funds.GrantBid, step: dict[str, Any], by: Any, at: datetime) -> None:
    """The whole grant goes to the one project that was bid for; its letter is attached."""
    yuan, item = step["wan"] * YUAN_PER_WAN, bid.items.get()
    funds.grant_bid(
        bid=bid, granted_on=step["granted_on"], grant_number=step["number"], allotted={item.pk: yuan},
        closes_on=step["closes_on"], by=by, at=at,
    )  # fmt: skip
    title = f"关于下达{bid.call}的通知"
    paper = letter(
        number=step["number"], title=title, sender=step["authority"], written_on=step["granted_on"],
        lines=[f"下达{step['wan']}万元，支付截止{step['closes_on']}。"],
    )  # fmt: skip
    documents.attach(paper, to=bid.ref, by=by, at=at, title=title, kind=DocumentKind.LETTER)


BidMove = Callable[[funds.GrantBid, dict[str, Any], Any, datetime], Any]

_BID_MOVES: Mapping[str, BidMove] = {
    "submit": lambda bid, step, by, at: funds.submit_bid(bid=bid, by=by, at=at),
    "shortlist": lambda bid, step, by, at: funds.shortlist_bid(bid=bid, by=by, at=at),
    "refuse": lambda bid, step, by, at: funds.refuse_bid(bid=bid, by=by, at=at, note=step["note"]),
    "grant": _grant,
}


# ---- years, receipts, payments


def _planned(stage: Stage, told: dict[str, Any]) -> Course:
    at = yield stage.hours.on_or_after(told["on"])
    plans.set_money(
        project=stage.projects[told["project"]], year=told["year"], funds=told["funds"],
        amounts={"planned_yuan": told["wan"] * YUAN_PER_WAN}, by=_person(stage, told["by"]), at=at,
    )  # fmt: skip


def _money(stage: Stage, told: dict[str, Any]) -> Course:
    at = yield stage.hours.on_or_after(told["on"])
    made = _enter(stage, told, told.get("wrong", told["wan"]), at)
    if "wrong" in told:
        at = yield stage.hours.on_or_after(told["reversed"])
        by = _person(stage, told["by"])
        funds.reverse_money(entry=made, reason=told["reason"], on=told["on"], by=by, at=at)
        _enter(stage, told, told["wan"], at)


def _enter(stage: Stage, told: dict[str, Any], wan: int, at: datetime) -> funds.MoneyEntry:
    bid = funds.GrantBid.objects.get(grant_number=told["grant"]) if "grant" in told else None
    return funds.enter_money(
        project=stage.projects[told["project"]], kind=funds.EntryKind(told["kind"]), year=told["year"],
        funds=told["funds"], on=told["on"], amount_yuan=wan * YUAN_PER_WAN, voucher=told["voucher"],
        purpose=told.get("purpose", ""), bid=bid, by=_person(stage, told["by"]), at=at,
    )  # fmt: skip
