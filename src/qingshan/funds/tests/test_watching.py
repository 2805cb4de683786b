"""Warnings: each rule at its threshold and one yuan past it, as of any day, told once, pressed once."""

from __future__ import annotations

import copy
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.utils.translation import override

from qingshan.accounts.public import Forbidden
from qingshan.funds import actions, consumers
from qingshan.funds.errors import BadFunds, FundsRefusal
from qingshan.funds.events import BidMoved, ReserveMoved, WarningRaised
from qingshan.funds.models import GrantBid, RaisedWarning
from qingshan.funds.queries import counted_by_department, tasks_of, warnings_of, watch
from qingshan.funds.rules import BadRules, fund_name, level_of, read_rules, rules
from qingshan.funds.vocabulary import EARMARKS, Rule, SourceLevel
from qingshan.funds.watching import months_before
from qingshan.messages.public import Notice
from qingshan.plans import public as plans
from qingshan.tasks import public as tasks

JUNE = date(2026, 6, 10)


def found(ledger: Any, on: date) -> dict[Rule, int | None]:
    return {one.rule: one.amount_yuan for one in warnings_of(plan=ledger.plan, on=on)}


def progress(cast: Any, ledger: Any, percent: int, at: Any) -> None:
    report = plans.enter_report(
        subject=ledger.plant, on=date(2026, 6, 1), work_state=plans.WorkState.UNDER_WAY, percent=percent,
        text="施工中", by=cast.wu, at=at,
    )  # fmt: skip
    plans.submit_report(report=report, by=cast.wu, at=at)
    plans.approve_report(report=report, by=cast.chen, at=at)


class TestPaidAheadOfProgress:
    """30 % done, 20 points allowed: up to half of 1,200 may be paid."""

    @pytest.mark.parametrize(("paid", "over"), [(600, None), (601, 1)])
    def test_only_past_the_points_allowed(
        self, cast: Any, ledger: Any, book: Any, paid: int, over: int | None
    ) -> None:
        progress(cast, ledger, 30, book.AT)
        book.enter(ledger.plant, "receipt", JUNE, 700, "到1", cast.wu)
        book.enter(ledger.plant, "payment", JUNE, paid, "付1", cast.wu)
        wanted = None if over is None else over * book.WAN
        assert found(ledger, JUNE).get(Rule.PAID_AHEAD) == wanted

    def test_without_progress_or_investment_it_is_not_judged_and_said_so(
        self, cast: Any, ledger: Any, book: Any
    ) -> None:
        book.enter(ledger.plant, "receipt", JUNE, 10, "到1", cast.wu)
        book.enter(ledger.plant, "payment", JUNE, 10, "付1", cast.wu)
        book.enter(ledger.station, "receipt", JUNE, 10, "到1", cast.fang)
        book.enter(ledger.station, "payment", JUNE, 10, "付1", cast.fang)
        seen = watch(on=JUNE, plan=ledger.plan)
        assert [(one.project.code, one.why) for one in seen.unjudged] == [
            ("P1", "尚无经审核的进度"), ("P2", "没有总投资，算不出支付比例"),
        ]  # fmt: skip
        assert seen.warnings == ()


class TestPaidMoreThanReceived:
    def test_over_the_years_of_a_source(self, cast: Any, ledger: Any, book: Any) -> None:
        book.enter(ledger.plant, "receipt", JUNE, 100, "到1", cast.wu, year=2025)
        book.enter(ledger.plant, "payment", JUNE, 100, "付1", cast.wu, year=2026)
        assert Rule.PAID_OVER_RECEIVED not in found(ledger, JUNE)
        book.enter(ledger.plant, "payment", JUNE, 1, "付2", cast.wu, year=2026)
        assert found(ledger, JUNE)[Rule.PAID_OVER_RECEIVED] == book.WAN
        assert Rule.PAID_OVER_RECEIVED not in found(ledger, date(2026, 6, 9))  # the day before

    def test_of_a_source_of_which_no_receipt_is_known(self, cast: Any, ledger: Any, book: Any) -> None:
        book.enter(ledger.plant, "payment", JUNE, 5, "付1", cast.wu)
        (warned,) = [
            one for one in warnings_of(plan=ledger.plan, on=JUNE) if one.rule is Rule.PAID_OVER_RECEIVED
        ]
        assert "登记到位 —" in warned.says  # said as missing, not as zero


class TestIdle:
    def test_what_was_received_six_months_ago_and_is_not_paid(
        self, cast: Any, ledger: Any, book: Any
    ) -> None:
        book.enter(ledger.plant, "receipt", date(2026, 2, 10), 100, "到1", cast.wu)
        book.enter(ledger.plant, "receipt", date(2026, 7, 1), 50, "到2", cast.wu)
        book.enter(ledger.plant, "payment", date(2026, 7, 2), 30, "付1", cast.wu)
        assert Rule.IDLE not in found(ledger, date(2026, 8, 9))
        assert found(ledger, date(2026, 8, 10))[Rule.IDLE] == 70 * book.WAN

    @pytest.mark.parametrize(
        ("on", "months", "before"),
        [
            (date(2026, 8, 31), 6, date(2026, 2, 28)),
            (date(2024, 8, 31), 6, date(2024, 2, 29)),
            (date(2026, 1, 15), 1, date(2025, 12, 15)),
            (date(2026, 5, 1), 0, date(2026, 5, 1)),
        ],
    )
    def test_months_are_counted_by_the_calendar(self, on: date, months: int, before: date) -> None:
        assert months_before(on, months) == before


class TestLate:
    def test_planned_for_the_year_and_not_there_by_its_day(self, cast: Any, ledger: Any, book: Any) -> None:
        plans.set_money(
            project=ledger.plant, year=2026, funds="省级财政", amounts={"planned_yuan": 100 * book.WAN},
            valid_from=date(2026, 1, 5), by=cast.wu, at=book.AT,
        )  # fmt: skip
        book.enter(ledger.plant, "receipt", date(2026, 10, 20), 60, "到1", cast.wu)
        assert Rule.LATE not in found(ledger, date(2026, 9, 30))
        assert found(ledger, date(2026, 10, 1))[Rule.LATE] == 100 * book.WAN
        assert found(ledger, date(2026, 10, 20))[Rule.LATE] == 40 * book.WAN


class TestABidsDeadline:
    @pytest.mark.parametrize(
        ("deadline", "warned"),
        [(date(2026, 12, 6), False), (date(2026, 12, 5), True), (date(2026, 11, 19), True)],
    )
    def test_fifteen_days_before_and_ever_after(
        self, draft: GrantBid, book: Any, deadline: date, warned: bool
    ) -> None:
        GrantBid.objects.filter(pk=draft.pk).update(deadline_on=deadline)
        assert [one.rule for one in watch(on=book.TODAY).warnings] == [Rule.BID_DEADLINE] * warned

    def test_none_once_it_is_handed_in(self, cast: Any, draft: GrantBid, book: Any) -> None:
        actions.submit_bid(bid=draft, by=cast.chen, at=book.AT)
        assert watch(on=book.TODAY).warnings == ()


class TestEarmarkedMoney:
    """500 for the plant, for pipes and equipment, until 15 November."""

    def rules(self, ledger: Any, on: date) -> list[Rule]:
        return sorted(one.rule for one in warnings_of(plan=ledger.plan, on=on) if one.rule in EARMARKS)

    def test_a_payment_as_the_grant_says_is_right(
        self, cast: Any, ledger: Any, book: Any, granted: GrantBid
    ) -> None:
        for number in range(2):
            book.enter(
                ledger.plant, "payment", date(2026, 11, 15), 250, f"付{number}", cast.wu, bid=granted,
                purpose="管网建设",
            )  # fmt: skip
        assert self.rules(ledger, book.TODAY) == []

    @pytest.mark.parametrize(
        ("change", "rule"),
        [
            ({"purpose": "购车"}, Rule.EARMARK_PURPOSE),
            ({"purpose": ""}, Rule.EARMARK_PURPOSE),
            ({"on": date(2026, 11, 16)}, Rule.EARMARK_CLOSED),
            ({"wan": 501}, Rule.EARMARK_OVER),
        ],
    )
    def test_each_way_to_leave_it_is_found(
        self, cast: Any, ledger: Any, book: Any, granted: GrantBid, change: dict[str, Any], rule: Rule
    ) -> None:
        given = {"on": JUNE, "wan": 10, "purpose": "管网建设"} | change
        book.enter(
            ledger.plant, "payment", given["on"], given["wan"], "付1", cast.wu, bid=granted,
            purpose=given["purpose"],
        )  # fmt: skip
        assert self.rules(ledger, book.TODAY) == [rule]

    def test_a_project_the_grant_does_not_name_is_found(
        self, cast: Any, ledger: Any, book: Any, granted: GrantBid
    ) -> None:
        made = book.enter(
            ledger.station, "payment", JUNE, 10, "付1", cast.fang, bid=granted, purpose="设备购置"
        )
        assert self.rules(ledger, book.TODAY) == [Rule.EARMARK_PROJECT]
        actions.reverse_money(entry=made, reason="用错专项", by=cast.fang, at=book.AT)
        assert self.rules(ledger, book.TODAY) == []
        assert self.rules(ledger, date(2026, 11, 19)) == [Rule.EARMARK_PROJECT]  # that day it stood


class TestTellingAndPressing:
    @pytest.fixture
    def overpaid(self, cast: Any, ledger: Any, book: Any) -> Any:
        return book.enter(ledger.plant, "payment", JUNE, 5, "付1", cast.wu)

    def test_the_department_is_told_once(self, cast: Any, ledger: Any, book: Any, overpaid: Any) -> None:
        assert actions.raise_warnings(on=book.TODAY, at=book.AT)["raised"] == 1
        assert actions.raise_warnings(on=book.TODAY, at=book.AT)["raised"] == 0
        raised = RaisedWarning.objects.get()
        for _again in range(2):
            consumers.tell_warning_raised(WarningRaised(raised.pk, book.AT), at=book.AT)
        told = {
            (notice.to.username, notice.address) for notice in Notice.objects.filter(template="funds.warning")
        }
        page = "/funds/plans/qingchuan-2021/projects/P1/"
        assert told == {("吴", page), ("陈", page)}  # the bureau's officer, and who plans for all of it
        assert Notice.objects.filter(template="funds.warning").count() == 2

    def test_what_is_over_is_cleared_and_new_when_it_comes_again(
        self, cast: Any, ledger: Any, book: Any, overpaid: Any
    ) -> None:
        actions.raise_warnings(on=book.TODAY, at=book.AT)
        actions.reverse_money(entry=overpaid, reason="误登", by=cast.wu, at=book.AT)
        assert actions.raise_warnings(on=book.TODAY, at=book.AT) == {"raised": 0, "cleared": 1, "standing": 0}
        book.enter(ledger.plant, "payment", JUNE, 6, "付2", cast.wu)
        assert actions.raise_warnings(on=book.TODAY, at=book.AT)["raised"] == 1
        assert RaisedWarning.objects.count() == 2

    def press(self, book: Any, cast: Any, ledger: Any, by: Any, **more: Any) -> tasks.Task:
        (warning,) = warnings_of(plan=ledger.plan, on=book.TODAY)
        given = {"lead": cast.water, "due_on": date(2026, 12, 20), "note": "十日内核清"} | more
        return actions.press_warning(warning=warning, by=by, at=book.AT, **given)

    def test_it_becomes_a_supervised_task_once(
        self, cast: Any, ledger: Any, book: Any, overpaid: Any
    ) -> None:
        task = self.press(book, cast, ledger, cast.lin)
        assert task.phase is tasks.TaskState.ASSIGNED
        slip = task.supervisions.get()
        assert (slip.kind, slip.note) == (tasks.SupervisionKind.SLIP, "十日内核清")
        seen = warnings_of(plan=ledger.plan, on=book.TODAY)
        assert list(tasks_of(seen).values()) == [task.code]
        with pytest.raises(FundsRefusal, match=task.code):
            self.press(book, cast, ledger, cast.lin)

    def test_only_who_assigns_and_supervises_may(
        self, cast: Any, ledger: Any, book: Any, overpaid: Any
    ) -> None:
        for other in (cast.wu, cast.fang, cast.zhou):
            with pytest.raises(Forbidden):
                self.press(book, cast, ledger, other)
        with pytest.raises(BadFunds):
            self.press(book, cast, ledger, cast.lin, due_on=date(2026, 11, 19))
        assert not RaisedWarning.objects.exists()

    def test_they_are_counted_by_department(self, cast: Any, ledger: Any, book: Any, overpaid: Any) -> None:
        book.enter(ledger.station, "payment", JUNE, 5, "付1", cast.fang)
        book.enter(ledger.station, "payment", JUNE, 5, "付2", cast.fang, funds="县级财政")
        seen = warnings_of(plan=ledger.plan, on=book.TODAY)
        assert counted_by_department(seen, book.TODAY) == [("青川县生态环境局", 2), ("青川县水利局", 1)]

    def test_somebody_of_a_department_sees_their_own(
        self, cast: Any, ledger: Any, book: Any, overpaid: Any
    ) -> None:
        book.enter(ledger.station, "payment", JUNE, 5, "付1", cast.fang)
        seen = {who: len(warnings_of(plan=ledger.plan, on=book.TODAY, user=getattr(cast, who)))
                for who in ("lin", "wu", "fang", "zhou")}  # fmt: skip
        assert seen == {"lin": 2, "wu": 1, "fang": 1, "zhou": 0}


def test_the_department_learns_what_became_of_its_proposals(
    cast: Any, book: Any, draft: GrantBid, reserved: Any
) -> None:
    moved = ReserveMoved(reserved.pk, "admit", "reviewed", "in_reserve", "", cast.lin.pk, book.AT)
    handed_in = BidMoved(draft.pk, "submit", "draft", "submitted", "", cast.chen.pk, book.AT)
    for _again in range(2):
        consumers.tell_reserve_moved(moved, at=book.AT)
        consumers.tell_bid_moved(handed_in, at=book.AT)
    told = sorted((one.to.username, one.subject) for one in Notice.objects.all())
    assert told == sorted(
        [
            ("吴", "入库：青川河生态缓冲带"),
            ("陈", "入库：青川河生态缓冲带"),
            ("吴", "申报：省级水污染防治资金"),
        ]
    )


class TestTheRules:
    DATA = yaml.safe_load((Path(__file__).parents[1] / "rules" / "warnings.yaml").read_text("utf-8"))

    def test_each_says_what_to_do(self) -> None:
        assert all(len(rules().advice(rule)) > 8 for rule in Rule)
        with override("en"):
            assert rules().advice(Rule.IDLE).startswith("Find out why")
        with override("fr"):  # not written: said in Chinese
            assert rules().advice(Rule.IDLE).startswith("查明")

    @pytest.mark.parametrize(
        ("rule", "change"),
        [
            ("idle", {"months": "6"}),
            ("idle", {"months": -1}),
            ("idle", {"months": True}),
            ("late", {"by": "09-31"}),
            ("late", {"by": "02-29"}),
            ("paid_ahead", {"do": {"zh-hans": " ", "en": "x"}}),
            ("paid_ahead", {"do": {"zh-hans": "只有中文"}}),
            ("paid_ahead", {"percent": 3}),
        ],
    )
    def test_a_file_that_says_what_it_may_not_is_refused(self, rule: str, change: dict[str, Any]) -> None:
        data = copy.deepcopy(self.DATA)
        data[rule] |= change
        with pytest.raises(BadRules):
            read_rules(data)

    def test_a_missing_and_an_unknown_rule_are_refused(self) -> None:
        with pytest.raises(BadRules):
            read_rules({name: said for name, said in self.DATA.items() if name != "idle"})
        with pytest.raises(BadRules):
            read_rules({**self.DATA, "dragon": {"do": {"zh-hans": "x", "en": "x"}}})

    @pytest.mark.parametrize(
        ("funds", "level"),
        [
            ("中央水污染防治资金", SourceLevel.CENTRAL), ("省级财政", SourceLevel.PROVINCIAL),
            ("广东省专项债券", SourceLevel.PROVINCIAL), ("市级财政", SourceLevel.CITY),
            ("县级财政", SourceLevel.COUNTY), ("高新区本级", SourceLevel.COUNTY),
            ("企业自筹", SourceLevel.OWN), ("银行贷款", SourceLevel.OWN), ("彩票公益金", SourceLevel.OTHER),
        ],
    )  # fmt: skip
    def test_printed_names_mean_a_level(self, funds: str, level: SourceLevel) -> None:
        assert level_of(funds) is level

    def test_what_this_room_writes_means_what_it_says(self) -> None:
        for level in SourceLevel:
            if level is not SourceLevel.OTHER:
                assert level_of(fund_name(level)) is level
