"""Receipts and payments: nothing is overwritten, and the ledger's line is the sum of its entries."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db.models import Sum

from qingshan.accounts.public import Forbidden
from qingshan.audit.public import trail
from qingshan.funds import actions
from qingshan.funds.errors import AlreadyReversed, BadFunds, FundsRefusal, MissingReason, VoucherTaken
from qingshan.funds.models import GrantBid, MoneyEntry
from qingshan.funds.positions import positions
from qingshan.funds.queries import funding_of
from qingshan.plans import public as plans

JUNE, JULY = date(2026, 6, 10), date(2026, 7, 20)


def line(project: Any, on: date, year: int = 2026, funds: str = "省级财政") -> plans.MoneyHeld:
    held = plans.funded_projects(only=[project.pk], on=on)[0]
    return next(one for one in held.lines if (one.year, one.funds) == (year, funds))


def sums(project: Any, kind: str) -> int | None:
    found: int | None = MoneyEntry.objects.filter(project=project, kind=kind).aggregate(x=Sum("amount_yuan"))[
        "x"
    ]
    return found


class TestEntering:
    def test_the_ledgers_line_is_the_sum_of_its_entries(self, cast: Any, ledger: Any, book: Any) -> None:
        book.enter(ledger.plant, "receipt", JUNE, 300, "到1", cast.wu)
        book.enter(ledger.plant, "receipt", JULY, 200, "到2", cast.wu)
        book.enter(ledger.plant, "payment", JULY, 120, "付1", cast.wu)
        held = line(ledger.plant, book.TODAY)
        assert (held.received_yuan, held.paid_yuan) == (500 * book.WAN, 120 * book.WAN)
        assert held.planned_yuan is None  # nobody said: missing, not zero

    def test_as_of_a_day_only_what_had_happened_counts(self, cast: Any, ledger: Any, book: Any) -> None:
        book.enter(ledger.plant, "receipt", JUNE, 300, "到1", cast.wu)
        book.enter(ledger.plant, "receipt", JULY, 200, "到2", cast.wu)
        (then,) = positions(on=date(2026, 7, 1), only=[ledger.plant.pk])
        assert (then.received_yuan, then.paid_yuan) == (300 * book.WAN, None)

    def test_what_the_ledger_held_is_carried_over(self, cast: Any, ledger: Any, book: Any) -> None:
        plans.set_money(
            project=ledger.plant, year=2026, funds="省级财政", by=cast.wu, at=book.AT,
            amounts={"planned_yuan": 900 * book.WAN, "received_yuan": 250 * book.WAN, "paid_yuan": 0},
            valid_from=date(2026, 5, 1),
        )  # fmt: skip
        book.enter(ledger.plant, "receipt", JUNE, 50, "到1", cast.wu)
        carried = MoneyEntry.objects.get(carried=True)
        assert (carried.kind, carried.amount_yuan, carried.on) == (
            "receipt",
            250 * book.WAN,
            date(2026, 5, 1),
        )
        held = line(ledger.plant, book.TODAY)
        assert (held.planned_yuan, held.received_yuan) == (900 * book.WAN, 300 * book.WAN)
        assert sums(ledger.plant, "receipt") == held.received_yuan

    def test_a_sum_is_not_typed_over_entries(self, cast: Any, ledger: Any, book: Any) -> None:
        book.enter(ledger.plant, "receipt", JUNE, 300, "到1", cast.wu)
        given: dict[str, Any] = {"project": ledger.plant, "year": 2026, "by": cast.wu, "at": book.AT}
        with pytest.raises(plans.LedgerRefusal, match="按流水登记"):
            plans.set_money(funds="省级财政", amounts={"received_yuan": 1}, reason="改数", **given)
        plans.set_money(funds="省级财政", amounts={"planned_yuan": 5}, reason="计划", **given)
        plans.set_money(funds="县级财政", amounts={"received_yuan": 1}, **given)  # no entry there
        assert line(ledger.plant, book.TODAY).received_yuan == 300 * book.WAN

    @pytest.mark.parametrize(
        ("wrong", "field"),
        [
            ({"amount_yuan": 0}, "金额（元）"),
            ({"amount_yuan": -5}, "金额（元）"),
            ({"voucher": " "}, "凭证号"),
            ({"on": date(2026, 11, 21)}, "日期"),
            ({"funds": ""}, "资金来源"),
            ({"funds": "长" * 61}, "资金来源"),
            ({"amount_yuan": 2**70}, "金额（元）"),
        ],
    )
    def test_what_cannot_be_is_refused_by_field(
        self, cast: Any, ledger: Any, book: Any, wrong: dict[str, Any], field: str
    ) -> None:
        given = {
            "kind": "receipt", "year": 2026, "funds": "省级财政", "on": JUNE, "amount_yuan": 1,
            "voucher": "1",
        } | wrong  # fmt: skip
        with pytest.raises(BadFunds) as refused:
            actions.enter_money(project=ledger.plant, by=cast.wu, at=book.AT, **given)
        assert list(refused.value.fields) == [field]
        assert not MoneyEntry.objects.exists()

    def test_a_voucher_counts_once(self, cast: Any, ledger: Any, book: Any) -> None:
        first = book.enter(ledger.plant, "payment", JUNE, 30, "付1", cast.wu)
        with pytest.raises(VoucherTaken):
            book.enter(ledger.plant, "payment", JULY, 30, "付1", cast.wu)
        actions.reverse_money(entry=first, reason="金额有误", by=cast.wu, at=book.AT)
        book.enter(ledger.plant, "payment", JULY, 31, "付1", cast.wu)
        assert sums(ledger.plant, "payment") == 31 * book.WAN

    @pytest.mark.parametrize(
        ("who", "may"), [("chen", True), ("wu", True), ("lin", False), ("fang", False), ("zhou", False)]
    )
    def test_who_reports_on_the_project_enters_its_money(
        self, cast: Any, ledger: Any, book: Any, who: str, may: bool
    ) -> None:
        if may:
            book.enter(ledger.plant, "receipt", JUNE, 1, "1", getattr(cast, who))
            return
        with pytest.raises(Forbidden):
            book.enter(ledger.plant, "receipt", JUNE, 1, "1", getattr(cast, who))

    def test_a_locked_day_takes_no_entry(self, cast: Any, ledger: Any, book: Any) -> None:
        plans.register_lock("test", lambda plan: date(2026, 6, 30))
        try:
            with pytest.raises(FundsRefusal, match="锁定"):
                book.enter(ledger.plant, "receipt", JUNE, 1, "1", cast.wu)
            book.enter(ledger.plant, "receipt", JULY, 1, "1", cast.wu)
        finally:
            plans.register_lock("test", lambda plan: None)

    def test_a_grants_money_is_of_its_year_and_source(
        self, cast: Any, ledger: Any, book: Any, granted: GrantBid
    ) -> None:
        with pytest.raises(BadFunds, match="2026 年“省级财政”"):
            book.enter(ledger.plant, "receipt", JUNE, 1, "1", cast.wu, bid=granted, year=2025)
        made = book.enter(ledger.plant, "receipt", JUNE, 1, "1", cast.wu, bid=granted)
        assert made.bid == granted

    def test_money_of_a_bid_that_was_not_granted_is_refused(
        self, cast: Any, ledger: Any, book: Any, draft: GrantBid
    ) -> None:
        with pytest.raises(BadFunds, match="尚未下达"):
            book.enter(ledger.plant, "receipt", JUNE, 1, "1", cast.wu, bid=draft)


class TestReversing:
    def test_both_entries_stay_and_the_sum_follows(self, cast: Any, ledger: Any, book: Any) -> None:
        book.enter(ledger.plant, "receipt", JUNE, 300, "到1", cast.wu)
        wrong = book.enter(ledger.plant, "receipt", JUNE, 20, "到2", cast.wu)
        made = actions.reverse_money(entry=wrong, reason="重复登记", on=JULY, by=cast.chen, at=book.AT)
        assert (made.amount_yuan, made.reverses, made.on) == (-20 * book.WAN, wrong, JULY)
        wrong.refresh_from_db()
        assert wrong.amount_yuan == 20 * book.WAN
        assert line(ledger.plant, book.TODAY).received_yuan == 300 * book.WAN
        (before,) = positions(on=date(2026, 7, 1), only=[ledger.plant.pk])
        assert before.received_yuan == 320 * book.WAN  # that day it still counted
        assert [one.action for one in trail(made.ref)] == ["funds.reverse"]

    def test_all_taken_back_is_zero_and_not_missing(self, cast: Any, ledger: Any, book: Any) -> None:
        wrong = book.enter(ledger.plant, "receipt", JUNE, 20, "到2", cast.wu)
        actions.reverse_money(entry=wrong, reason="退回", by=cast.wu, at=book.AT)
        assert line(ledger.plant, book.TODAY).received_yuan == 0

    def test_once_with_a_reason_and_in_order(self, cast: Any, ledger: Any, book: Any) -> None:
        wrong = book.enter(ledger.plant, "receipt", JUNE, 20, "到2", cast.wu)
        given: dict[str, Any] = {"by": cast.wu, "at": book.AT}
        with pytest.raises(MissingReason):
            actions.reverse_money(entry=wrong, reason=" ", **given)
        with pytest.raises(BadFunds):
            actions.reverse_money(entry=wrong, reason="x", on=date(2026, 6, 9), **given)
        with pytest.raises(Forbidden):
            actions.reverse_money(entry=wrong, reason="x", by=cast.fang, at=book.AT)
        made = actions.reverse_money(entry=wrong, reason="x", **given)
        for one in (wrong, made):
            with pytest.raises(AlreadyReversed):
                actions.reverse_money(entry=one, reason="x", **given)

    def test_a_locked_day_is_not_rewritten(self, cast: Any, ledger: Any, book: Any) -> None:
        wrong = book.enter(ledger.plant, "receipt", JUNE, 20, "到2", cast.wu)
        given: dict[str, Any] = {"entry": wrong, "reason": "重复登记", "by": cast.wu, "at": book.AT}
        plans.register_lock("test", lambda plan: date(2026, 6, 30))
        try:
            with pytest.raises(FundsRefusal, match="锁定"):
                actions.reverse_money(on=date(2026, 6, 30), **given)
            actions.reverse_money(on=date(2026, 7, 1), **given)
        finally:
            plans.register_lock("test", lambda plan: None)
        (then,) = positions(on=date(2026, 6, 30), only=[ledger.plant.pk])
        assert then.received_yuan == 20 * book.WAN  # as it was reported


def test_the_funding_of_a_project_is_told_for_other_rooms(
    cast: Any, ledger: Any, book: Any, granted: GrantBid
) -> None:
    book.enter(ledger.plant, "receipt", JUNE, 300, "到1", cast.wu, bid=granted)
    found = funding_of(project=ledger.plant, on=book.TODAY)
    assert [(one.year, one.funds, one.received_yuan) for one in found.lines] == [
        (2026, "省级财政", 300 * book.WAN)
    ]
    assert (found.position.planned_yuan, found.grants) == (500 * book.WAN, [granted])
    assert [one.voucher for one in found.entries] == ["到1"]
