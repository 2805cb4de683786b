"""Receipts and payments: entered on their day, reversed with a reason, summed up into the ledger."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from qingshan.audit import public as audit
from qingshan.funds.actions.checking import checked, label
from qingshan.funds.errors import AlreadyReversed, BadFunds, FundsRefusal, MissingReason, VoucherTaken
from qingshan.funds.models import GrantBid, MoneyEntry
from qingshan.funds.rules import fund_name
from qingshan.funds.states import BidState
from qingshan.funds.vocabulary import EntryKind, SourceLevel
from qingshan.kernel.spans import beijing_day
from qingshan.plans import public as plans

__all__ = ["alone", "enter_money", "keeps_line", "reverse_money"]

_SUMS = {EntryKind.RECEIPT: "received_yuan", EntryKind.PAYMENT: "paid_yuan"}
_WITH_MONEY = (BidState.GRANTED, BidState.CLOSED)


@transaction.atomic
def enter_money(
    *,
    project: Any,
    kind: EntryKind,
    year: int,
    funds: str,
    on: date,
    amount_yuan: int,
    voucher: str,
    by: Any,
    at: datetime,
    purpose: str = "",
    bid: GrantBid | None = None,
) -> MoneyEntry:
    """Enter that money of a project was received or paid (登记到位、支付).

    The ledger's line of that year and source is then the sum of its entries; what it held before is
    carried over as an entry of its own.

    Parameters
    ----------
    amount_yuan : int
        Whole yuan, more than zero.
    bid : GrantBid, optional
        The grant it belongs to; year and source are then the grant's. That a payment is one the grant does
        not allow is recorded as it happened, and found by the check of earmarked funds.

    Raises
    ------
    Forbidden
        Who may not report on this project.
    BadFunds
        A field does not hold what it may; the day lies ahead; the grant was never granted.
    VoucherTaken
        The voucher counts for this project already.
    FundsRefusal
        The day is locked by the upper level.
    """
    plans.require(by, "report_project", project)
    kind = EntryKind(kind)
    given = {
        "year": year, "funds": funds.strip(), "on": on, "amount_yuan": amount_yuan,
        "voucher": voucher.strip(), "purpose": purpose.strip(),
    }  # fmt: skip
    facts = checked(MoneyEntry, given, given)
    _in_order(project, facts, bid, at)
    alone(project)
    _not_twice(project, kind, facts["voucher"])
    _carry(project, facts["year"], facts["funds"], by=by, at=at)
    made = MoneyEntry.objects.create(project=project, kind=kind, bid=bid, by=by, at=at, **facts)
    _sum_up(made, by=by, at=at, reason=_("按资金流水合计"))
    detail = {"kind": kind, "on": on, "amount_yuan": amount_yuan, "voucher": made.voucher}
    audit.record("funds.enter", made.ref, by=by, at=at, detail=detail)
    return made


def _in_order(project: Any, facts: dict[str, Any], bid: GrantBid | None, at: datetime) -> None:
    wrong: dict[str, list[str]] = {}
    if facts["amount_yuan"] <= 0:
        wrong[label(MoneyEntry, "amount_yuan")] = [_("大于零；更正请用冲销")]
    if not facts["voucher"]:
        wrong[label(MoneyEntry, "voucher")] = [_("必填")]
    if facts["on"] > beijing_day(at):
        wrong[label(MoneyEntry, "on")] = [_("%s 在今天之后") % facts["on"]]
    if bid is not None and bid.phase not in _WITH_MONEY:
        wrong[label(MoneyEntry, "bid")] = [_("尚未下达")]
    elif bid is not None and (facts["year"], facts["funds"]) != (bid.year, fund_name(SourceLevel(bid.level))):
        told = _("这笔专项是 %(year)d 年“%(funds)s”")
        wrong[label(MoneyEntry, "bid")] = [
            told % {"year": bid.year, "funds": fund_name(SourceLevel(bid.level))}
        ]
    if wrong:
        raise BadFunds(wrong)
    _open(project, facts["on"])


def _open(project: Any, day: date) -> None:
    until = plans.locked_until(project.plan)
    if until is not None and day <= until:
        raise FundsRefusal(_("截至 %s 的数据已由上级锁定，不能登记这一天的资金。") % until)


def alone(project: Any) -> None:
    """Let one writer at a time enter money of a project: a sum is taken over what is there already."""
    type(project)._default_manager.select_for_update().get(pk=project.pk)


def _not_twice(project: Any, kind: EntryKind, voucher: str) -> None:
    """A voucher counts once; when its entry was reversed, it may be entered rightly."""
    same = MoneyEntry.objects.filter(
        project=project, kind=kind, voucher=voucher, reverses__isnull=True, reversed_by__isnull=True
    )
    if same.exists():
        raise VoucherTaken(voucher)


def _carry(project: Any, year: int, funds: str, *, by: Any, at: datetime) -> None:
    """Carry over what the ledger's line held before its first entry (结转)."""
    if keeps_line(project, year, funds):
        return
    held = plans.funded_projects(on=beijing_day(at), only=[project.pk])
    lines = [line for one in held for line in one.lines if (line.year, line.funds) == (year, funds)]
    for line in lines:
        for kind, name in _SUMS.items():
            yuan: int | None = getattr(line, name)
            if not yuan:
                continue
            made = MoneyEntry.objects.create(
                project=project, kind=kind, year=year, funds=funds, on=line.known_from, amount_yuan=yuan,
                carried=True, reason=_("台账已登记数结转"), by=by, at=at,
            )  # fmt: skip
            audit.record("funds.carry", made.ref, by=by, at=at, detail={"kind": kind, "amount_yuan": yuan})


@transaction.atomic
def reverse_money(
    *, entry: MoneyEntry, reason: str, by: Any, at: datetime, on: date | None = None
) -> MoneyEntry:
    """Take an entry back by its opposite, saying why (冲销); both stay.

    Parameters
    ----------
    on : date, optional
        The day from which it counts no more; today when left out.

    Raises
    ------
    MissingReason
        No reason was given.
    AlreadyReversed
        It was reversed before, or is itself a reversal.
    BadFunds
        The day lies ahead, or before the entry's own.
    FundsRefusal
        The day is locked by the upper level; a later one is not.
    """
    plans.require(by, "report_project", entry.project)
    if not reason.strip():
        raise MissingReason
    alone(entry.project)
    held = MoneyEntry.objects.get(pk=entry.pk)
    if held.reverses_id is not None or MoneyEntry.objects.filter(reverses=held).exists():
        raise AlreadyReversed
    day = on or beijing_day(at)
    if not held.on <= day <= beijing_day(at):
        raise BadFunds({label(MoneyEntry, "on"): [_("应在 %s 与今天之间") % held.on]})
    _open(held.project, day)
    made = MoneyEntry.objects.create(
        project=held.project, kind=held.kind, year=held.year, funds=held.funds, on=day,
        amount_yuan=-held.amount_yuan, voucher=held.voucher, purpose=held.purpose, bid=held.bid,
        reverses=held, carried=held.carried, reason=reason.strip(), by=by, at=at,
    )  # fmt: skip
    _sum_up(made, by=by, at=at, reason=_("冲销：%s") % reason.strip())
    detail = {"reverses": held.pk, "amount_yuan": made.amount_yuan, "reason": reason}
    audit.record("funds.reverse", made.ref, by=by, at=at, detail=detail)
    return made


def keeps_line(project: Any, year: int, funds: str) -> bool:
    """Return whether the money of a line is kept entry by entry; its sums are then not typed over."""
    return MoneyEntry.objects.filter(project=project, year=year, funds=funds).exists()


def _sum_up(entry: MoneyEntry, *, by: Any, at: datetime, reason: str) -> None:
    """Put the sum of a line's entries of one kind into the ledger."""
    of_line = MoneyEntry.objects.filter(
        project_id=entry.project_id, year=entry.year, funds=entry.funds, kind=entry.kind
    )
    total = of_line.aggregate(total=Sum("amount_yuan"))["total"]
    plans.set_money(
        project=entry.project, year=entry.year, funds=entry.funds,
        amounts={_SUMS[EntryKind(entry.kind)]: total}, by=by, at=at, reason=reason, kept=True,
    )  # fmt: skip
