"""Warnings about money (资金预警): rules held against what is known on a day. Pure: no database, no clock.

What cannot be judged is not judged: a project without a report of progress, or without an investment, is no
warning but is named among the unjudged.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from qingshan.funds.positions import Position, total
from qingshan.funds.rules import Rules
from qingshan.funds.vocabulary import Rule
from qingshan.plans import public as plans

__all__ = ["FundsWarning", "Unjudged", "in_wan", "judge_bid", "judge_project", "months_before"]


@dataclass(frozen=True, slots=True)
class FundsWarning:
    """One warning: what it says, what is to be done, and about what.

    Parameters
    ----------
    amount_yuan : int or None
        The money in question; None where it is not about an amount.
    year, funds
        The line it speaks of; 0 and empty where it speaks of the whole project or of a bid.
    entry_id : int
        The payment it speaks of; 0 where it speaks of none.
    """

    rule: Rule
    says: str
    advice: str
    district_id: int
    amount_yuan: int | None = None
    project: plans.FundedProject | None = None
    bid: Any = None
    year: int = 0
    funds: str = ""
    entry_id: int = 0

    @property
    def key(self) -> str:
        """What tells it from every other warning, on whatever day it is seen."""
        about = f"project/{self.project.project.pk}" if self.project else f"bid/{self.bid.pk}"
        grant = f"/bid/{self.bid.pk}" if self.project and self.bid else ""
        entry = f"/entry/{self.entry_id}" if self.entry_id else ""
        return f"{self.rule}/{about}{grant}/{self.year}/{self.funds}{entry}"

    @property
    def lead_id(self) -> int | None:
        """The department it concerns."""
        if self.project is not None:
            return self.project.lead_id
        found: int = self.bid.department_id
        return found


@dataclass(frozen=True, slots=True)
class Unjudged:
    """A project that a rule cannot be held against, and why."""

    rule: Rule
    project: plans.FundedProject
    why: str


def in_wan(yuan: int | None) -> str:
    """Return an amount in words: 1,200 万元; a dash where it is not known.

    Examples
    --------
    >>> in_wan(12_000_000), in_wan(None)
    ('1,200万元', '—')
    """
    return "—" if yuan is None else _("%s万元") % f"{plans.wan(yuan):,f}"


def months_before(on: date, months: int) -> date:
    """Return the same day so many months earlier; the month's last day where it is shorter.

    Examples
    --------
    >>> months_before(date(2026, 8, 31), 6)
    datetime.date(2026, 2, 28)
    """
    index = on.year * 12 + on.month - 1 - months
    year, month = divmod(index, 12)
    day = on.day
    while True:
        try:
            return date(year, month + 1, day)
        except ValueError:
            day -= 1


def judge_project(
    position: Position, before: Position | None, *, on: date, rules: Rules
) -> tuple[list[FundsWarning], list[Unjudged]]:
    """Return the warnings about one project, and the rules that could not be held against it.

    Parameters
    ----------
    position : Position
        Its money on the day.
    before : Position or None
        Its money so many months earlier as money may lie idle; None where it was not there yet.
    """
    ahead, unjudged = _paid_ahead(position, rules)
    found = [
        *_over_received(position, rules),
        *ahead,
        *_idle(position, before, rules),
        *_late(position, on, rules),
    ]
    return found, unjudged


def _warning(rule: Rule, position: Position, rules: Rules, says: str, **more: Any) -> FundsWarning:
    return FundsWarning(
        rule=rule,
        says=says,
        advice=rules.advice(rule),
        district_id=position.held.plan.district_id,
        project=position.held,
        **more,
    )


def _over_received(position: Position, rules: Rules) -> Iterator[FundsWarning]:
    """Over all years of a source: what came late one year may be paid out the next."""
    for funds, lines in position.sources().items():
        received, paid = (
            total(getattr(line, name) for line in lines) for name in ("received_yuan", "paid_yuan")
        )
        if paid is None or paid <= (received or 0):
            continue
        says = _("%(funds)s 已支付 %(paid)s，登记到位 %(received)s。") % {
            "funds": funds, "paid": in_wan(paid), "received": in_wan(received),
        }  # fmt: skip
        yield _warning(
            Rule.PAID_OVER_RECEIVED, position, rules, says, funds=funds, amount_yuan=paid - (received or 0)
        )


def _paid_ahead(position: Position, rules: Rules) -> tuple[list[FundsWarning], list[Unjudged]]:
    paid, whole, percent = position.paid_yuan, position.held.investment_yuan, position.held.percent
    if not paid:
        return [], []
    if not whole or percent is None:
        why = _("没有总投资，算不出支付比例") if not whole else _("尚无经审核的进度")
        return [], [Unjudged(Rule.PAID_AHEAD, position.held, why)]
    # paid ÷ whole > (percent + points) ÷ 100, in whole numbers
    if 100 * paid <= (percent + rules.points) * whole:
        return [], []
    says = _("已支付 %(paid)s，占总投资 %(share)d%%；进度 %(percent)d%%，允许超前 %(points)d 点。") % {
        "paid": in_wan(paid), "share": 100 * paid // whole, "percent": percent, "points": rules.points,
    }  # fmt: skip
    over = paid - (percent + rules.points) * whole // 100
    return [_warning(Rule.PAID_AHEAD, position, rules, says, amount_yuan=over)], []


def _idle(position: Position, before: Position | None, rules: Rules) -> Iterator[FundsWarning]:
    """Money pays out in the order it came: what was there so long ago and is not paid yet lies idle."""
    if before is None:
        return
    then = {funds: total(line.received_yuan for line in lines) for funds, lines in before.sources().items()}
    for funds, lines in position.sources().items():
        old, paid = then.get(funds), total(line.paid_yuan for line in lines)
        received = total(line.received_yuan for line in lines)
        if old is None or received is None:
            continue
        idle = min(old, received) - (paid or 0)
        if idle <= 0:
            continue
        says = _("%(funds)s 到位满 %(months)d 个月，仍有 %(idle)s 未支付。") % {
            "funds": funds, "months": rules.months, "idle": in_wan(idle),
        }  # fmt: skip
        yield _warning(Rule.IDLE, position, rules, says, funds=funds, amount_yuan=idle)


def _late(position: Position, on: date, rules: Rules) -> Iterator[FundsWarning]:
    for line in position.lines:
        short = (line.planned_yuan or 0) - (line.received_yuan or 0)
        if short <= 0 or on <= rules.due_in(line.year):
            continue
        says = _("%(year)d 年%(funds)s 计划 %(planned)s，截止 %(due)s 登记到位 %(received)s。") % {
            "year": line.year, "funds": line.funds, "planned": in_wan(line.planned_yuan),
            "due": rules.due_in(line.year), "received": in_wan(line.received_yuan),
        }  # fmt: skip
        yield _warning(Rule.LATE, position, rules, says, year=line.year, funds=line.funds, amount_yuan=short)


def judge_bid(bid: Any, *, on: date, rules: Rules) -> list[FundsWarning]:
    """Return the warning that a call is about to close, or has closed, on a bid that is still a draft."""
    left = bid.days_left(on)
    if left > rules.days:
        return []
    told = (
        _("“%(call)s”%(day)s 截止，还有 %(left)d 天，申报仍在草拟。")
        if left >= 0
        else _("“%(call)s”已于 %(day)s 截止，申报没有报出。")
    )
    says = told % {"call": bid.call, "day": bid.deadline_on, "left": left}
    return [
        FundsWarning(
            rule=Rule.BID_DEADLINE,
            says=says,
            advice=rules.advice(Rule.BID_DEADLINE),
            district_id=bid.district_id,
            bid=bid,
        )
    ]


@dataclass(frozen=True, slots=True)
class Payment:
    """A payment out of a grant that was not taken back."""

    entry_id: int
    project_id: int
    on: date
    amount_yuan: int
    purpose: str
    voucher: str


def judge_grant(
    bid: Any,
    *,
    allotted: Mapping[int, int],
    payments: Iterable[Payment],
    projects: Mapping[int, plans.FundedProject],
    rules: Rules,
) -> list[FundsWarning]:
    """Return where payments out of a grant left what it allows (专款专用检查).

    Parameters
    ----------
    allotted : mapping
        Project -> its part of the grant in whole yuan; those it does not name are not in it.
    payments : iterable of Payment
        In the order of their days.
    projects : mapping
        Project -> what is known of it; payments of others are passed over.
    """
    found: list[FundsWarning] = []
    spent: dict[int, int] = {}
    for one in payments:
        held = projects.get(one.project_id)
        if held is None:
            continue
        spent[one.project_id] = spent.get(one.project_id, 0) + one.amount_yuan
        found += [
            FundsWarning(
                rule=rule, says=says, advice=rules.advice(rule), district_id=held.plan.district_id,
                project=held, bid=bid, amount_yuan=one.amount_yuan, year=bid.year, entry_id=one.entry_id,
            )
            for rule, says in _against(bid, one, allotted)
        ]  # fmt: skip
    for project_id, yuan in spent.items():
        if project_id in allotted and yuan > allotted[project_id]:
            held = projects[project_id]
            says = _("“%(call)s”分配 %(part)s，已支付 %(paid)s。") % {
                "call": bid.call, "part": in_wan(allotted[project_id]), "paid": in_wan(yuan),
            }  # fmt: skip
            found.append(
                FundsWarning(
                    rule=Rule.EARMARK_OVER, says=says, advice=rules.advice(Rule.EARMARK_OVER),
                    district_id=held.plan.district_id, project=held, bid=bid, year=bid.year,
                    amount_yuan=yuan - allotted[project_id],
                )
            )  # fmt: skip
    return found


def _against(bid: Any, one: Payment, allotted: Mapping[int, int]) -> Iterator[tuple[Rule, str]]:
    """What one payment is against."""
    words = {
        "call": bid.call, "on": one.on, "voucher": one.voucher, "amount": in_wan(one.amount_yuan),
        "purpose": one.purpose or "—", "closes": bid.closes_on,
    }  # fmt: skip
    if not allotted.get(one.project_id):
        yield (
            Rule.EARMARK_PROJECT,
            _("%(on)s 凭证 %(voucher)s 支付 %(amount)s，“%(call)s”没有列这个项目。") % words,
        )
    if bid.allowed_purposes and one.purpose not in bid.allowed_purposes:
        yield (
            Rule.EARMARK_PURPOSE,
            _("%(on)s 凭证 %(voucher)s 支付 %(amount)s，用途“%(purpose)s”不在“%(call)s”允许之列。") % words,
        )
    if bid.closes_on is not None and one.on > bid.closes_on:
        yield (
            Rule.EARMARK_CLOSED,
            _("%(on)s 凭证 %(voucher)s 支付 %(amount)s，“%(call)s”已于 %(closes)s 停止支付。") % words,
        )
