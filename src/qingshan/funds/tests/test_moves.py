"""Every move of the reserve and of a bid, for each of the cast: allowed or refused; and what goes with it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import date
from itertools import product
from typing import Any

import pytest
from django.db import transaction

from qingshan.accounts.public import Forbidden
from qingshan.audit.public import trail
from qingshan.funds import actions
from qingshan.funds.actions import bids
from qingshan.funds.errors import (
    BadFunds,
    MissingReason,
    MixedWorlds,
    NoProjectYet,
    NotChangeable,
    OwnProposal,
)
from qingshan.funds.models import BidStep, GrantBid, ReserveEntry, ReserveStep, ReserveVersion
from qingshan.funds.states import BID_FLOW, RESERVE_FLOW, BidState, ReserveState
from qingshan.history.public import StaleVersion
from qingshan.kernel.flow import IllegalMove
from qingshan.plans import public as plans


class _Undone(Exception):
    """Takes a tried move back, so that the next one starts from the same town."""


PEOPLE = ("lin", "chen", "wu", "fang", "zhou")


class TestTheReserve:
    #: 吴 proposed for the water bureau; 陈 plans, and may also report for every department.
    ALLOWED = {
        "review": {"chen"}, "send_back": {"chen"}, "propose": {"chen", "wu"}, "admit": {"lin"},
        "take": {"chen"}, "release": {"chen"}, "finish": {"chen"}, "withdraw": {"chen", "wu"},
    }  # fmt: skip

    def call(self, move: str, entry: ReserveEntry, by: Any, book: Any, ledger: Any) -> Any:
        given: dict[str, Any] = {"entry": entry, "by": by, "at": book.AT}
        calls: dict[str, Callable[[], Any]] = {
            "review": lambda: actions.review_entry(**given),
            "send_back": lambda: actions.send_back_entry(**given, note="补可研"),
            "propose": lambda: actions.propose_again(**given),
            "admit": lambda: actions.admit_entry(**given),
            "take": lambda: actions.take_into_plan(**given, project=ledger.plant),
            "release": lambda: actions.release_entry(**given, note="资金未落实"),
            "finish": lambda: actions.finish_entry(**given),
            "withdraw": lambda: actions.withdraw_entry(**given, note="不再实施"),
        }
        return calls[move]()

    @pytest.mark.parametrize("move", sorted(ALLOWED))
    def test_each_move_from_each_state_for_each_person(
        self, cast: Any, ledger: Any, book: Any, proposed: ReserveEntry, move: str
    ) -> None:
        for state, person in product(ReserveState, PEOPLE):
            with suppress(_Undone), transaction.atomic():
                ReserveEntry.objects.filter(pk=proposed.pk).update(state=state)
                proposed.refresh_from_db()
                self.attempt(move, proposed, state, person, cast, book, ledger)
                raise _Undone

    def attempt(
        self, move: str, record: Any, state: ReserveState, person: str, cast: Any, book: Any, ledger: Any
    ) -> None:
        by = getattr(cast, person)
        if person in self.ALLOWED[move] and RESERVE_FLOW.allows(state, move):
            self.call(move, record, by, book, ledger)
            record.refresh_from_db()
            assert record.state == RESERVE_FLOW.after(state, move)
            assert record.steps.last().move == move
            return
        refused = IllegalMove if person in self.ALLOWED[move] else Forbidden
        with pytest.raises(refused):
            self.call(move, record, by, book, ledger)
        record.refresh_from_db()
        assert (record.state, record.steps.count()) == (state, 1)

    def test_every_move_of_the_table_is_tried(self) -> None:
        assert set(self.ALLOWED) == {
            move for state in ReserveState for move in RESERVE_FLOW.moves_from(state)
        }

    def test_nobody_reviews_or_admits_their_own(self, cast: Any, book: Any) -> None:
        entry = actions.propose_entry(department=cast.water, facts=book.FACTS, by=cast.chen, at=book.AT)
        with pytest.raises(OwnProposal):
            actions.review_entry(entry=entry, by=cast.chen, at=book.AT)
        book.grant(cast.lin, "planner", cast.county)
        mine = actions.propose_entry(department=cast.water, facts=book.FACTS, by=cast.lin, at=book.AT)
        actions.review_entry(entry=mine, by=cast.chen, at=book.AT)
        with pytest.raises(OwnProposal):
            actions.admit_entry(entry=mine, by=cast.lin, at=book.AT)

    def test_a_department_proposes_for_itself_alone(self, cast: Any, book: Any) -> None:
        with pytest.raises(Forbidden):
            actions.propose_entry(department=cast.bureau, facts=book.FACTS, by=cast.wu, at=book.AT)

    def test_a_reason_is_asked_where_one_is_due(self, cast: Any, book: Any, proposed: ReserveEntry) -> None:
        with pytest.raises(MissingReason):
            actions.send_back_entry(entry=proposed, by=cast.chen, at=book.AT, note=" ")
        assert ReserveStep.objects.filter(entry=proposed).count() == 1  # the proposal itself

    def test_bad_facts_are_told_by_field(self, cast: Any, book: Any) -> None:
        with pytest.raises(BadFunds) as refused:
            actions.propose_entry(
                department=cast.water, facts={**book.FACTS, "name": "", "estimated_yuan": None}, by=cast.wu,
                at=book.AT,
            )  # fmt: skip
        assert set(refused.value.fields) == {"项目名称", "估算投资（元）"}

    def test_it_is_revised_by_versions_until_it_is_taken(
        self, cast: Any, ledger: Any, book: Any, reserved: ReserveEntry
    ) -> None:
        given: dict[str, Any] = {"entry": reserved, "by": cast.wu, "at": book.AT, "reason": "初设批复"}
        after = actions.revise_entry(seen=1, changes={"estimated_yuan": 520 * book.WAN}, **given)
        assert (after.number, after.name) == (2, "青川河生态缓冲带")
        assert ReserveVersion.objects.get(subject=reserved, number=1).estimated_yuan == 500 * book.WAN
        with pytest.raises(StaleVersion):
            actions.revise_entry(seen=1, changes={"name": "x"}, **given)
        actions.take_into_plan(entry=reserved, project=ledger.plant, by=cast.chen, at=book.AT)
        with pytest.raises(NotChangeable):
            actions.revise_entry(seen=2, changes={"name": "x"}, **given)

    def test_it_becomes_a_new_project_of_the_plan_led_by_its_department(
        self, cast: Any, ledger: Any, book: Any, reserved: ReserveEntry
    ) -> None:
        actions.take_into_plan(
            entry=reserved,
            plan=ledger.plan,
            code="P9",
            start_year=2026,
            end_year=2027,
            by=cast.chen,
            at=book.AT,
        )
        made = {one.code: one for one in plans.funded_projects(plan=ledger.plan, on=book.TODAY)}["P9"]
        assert (made.name, made.investment_yuan, made.order) == ("青川河生态缓冲带", 500 * book.WAN, 3)
        assert made.lead_id == cast.water.pk
        reserved.refresh_from_db()
        assert reserved.project == made.project

    def test_a_taken_code_leaves_it_in_the_reserve(
        self, cast: Any, ledger: Any, book: Any, reserved: ReserveEntry
    ) -> None:
        with pytest.raises(plans.LedgerRefusal, match="P1"):
            actions.take_into_plan(entry=reserved, plan=ledger.plan, code="P1", by=cast.chen, at=book.AT)
        reserved.refresh_from_db()
        assert (reserved.state, reserved.project) == (ReserveState.IN_RESERVE, None)
        with pytest.raises(BadFunds):
            actions.take_into_plan(entry=reserved, by=cast.chen, at=book.AT)

    def test_the_newest_check_of_a_matter_counts(self, cast: Any, book: Any, proposed: ReserveEntry) -> None:
        from qingshan.funds.queries import readiness

        for day, done in ((date(2026, 5, 1), False), (date(2026, 9, 1), True)):
            actions.record_readiness(
                entry=proposed, matter="eia", done=done, on=day, document_number="〔2026〕3号", by=cast.wu,
                at=book.AT,
            )  # fmt: skip

        def ready(on: date) -> dict[str, bool | None]:
            found = readiness([proposed.pk], on)[proposed.pk]
            return {one.matter.value: one.done if one.check else None for one in found}

        assert ready(book.TODAY)["eia"] is True
        assert ready(date(2026, 6, 1))["eia"] is False
        assert ready(book.TODAY)["land"] is None  # nobody looked: said as missing
        with pytest.raises(BadFunds):
            actions.record_readiness(
                entry=proposed, matter="eia", done=True, on=date(2026, 11, 21), by=cast.wu, at=book.AT
            )

    def test_its_numbers_go_on_past_four_figures(self, cast: Any, proposed: ReserveEntry, book: Any) -> None:
        begin = proposed.code.rpartition("-")[0]
        ReserveEntry.objects.filter(pk=proposed.pk).update(code=f"{begin}-9999")
        numbers = [
            actions.propose_entry(
                department=cast.water, facts=book.FACTS | {"name": name}, by=cast.wu, at=book.AT
            ).code.rpartition("-")[2]
            for name in ("甲", "乙")
        ]
        assert numbers == ["10000", "10001"]


def noted(called: Callable[..., Any], name: str, told: list[str]) -> Callable[..., Any]:
    """Does what it did, and notes that it did."""

    def call(*args: Any, **given: Any) -> Any:
        told.append(name)
        return called(*args, **given)

    return call


class TestABid:
    ALLOWED = {
        "submit": {"chen"}, "shortlist": {"chen"}, "grant": {"chen"}, "refuse": {"chen"}, "close": {"chen"},
        "withdraw": {"chen", "wu"},
    }  # fmt: skip

    def call(self, move: str, bid: GrantBid, by: Any, book: Any, ledger: Any) -> Any:
        given: dict[str, Any] = {"bid": bid, "by": by, "at": book.AT}
        calls: dict[str, Callable[[], Any]] = {
            "submit": lambda: actions.submit_bid(**given),
            "shortlist": lambda: actions.shortlist_bid(**given),
            "refuse": lambda: actions.refuse_bid(**given, note="未列入年度安排"),
            "close": lambda: actions.close_bid(**given),
            "withdraw": lambda: actions.withdraw_bid(**given, note="材料不全"),
            "grant": lambda: actions.grant_bid(
                **given, granted_on=date(2026, 3, 1), grant_number="省财〔2026〕8号",
                allotted={bid.items.get(project=ledger.plant).pk: 100 * book.WAN},
            ),
        }  # fmt: skip
        return calls[move]()

    @pytest.mark.parametrize("move", sorted(ALLOWED))
    def test_each_move_from_each_state_for_each_person(
        self, cast: Any, ledger: Any, book: Any, draft: GrantBid, move: str
    ) -> None:
        for state, person in product(BidState, PEOPLE):
            with suppress(_Undone), transaction.atomic():
                GrantBid.objects.filter(pk=draft.pk).update(state=state)
                draft.refresh_from_db()
                self.attempt(move, draft, state, person, cast, book, ledger)
                raise _Undone

    def attempt(
        self, move: str, record: Any, state: BidState, person: str, cast: Any, book: Any, ledger: Any
    ) -> None:
        by = getattr(cast, person)
        if person in self.ALLOWED[move] and BID_FLOW.allows(state, move):
            self.call(move, record, by, book, ledger)
            record.refresh_from_db()
            assert record.state == BID_FLOW.after(state, move)
            assert record.steps.last().move == move
            return
        refused = IllegalMove if person in self.ALLOWED[move] else Forbidden
        with pytest.raises(refused):
            self.call(move, record, by, book, ledger)
        record.refresh_from_db()
        assert (record.state, record.steps.count()) == (state, 1)

    def test_every_move_of_the_table_is_tried(self) -> None:
        assert set(self.ALLOWED) == {move for state in BidState for move in BID_FLOW.moves_from(state)}

    def test_a_grant_becomes_planned_money_of_the_project(
        self, cast: Any, ledger: Any, book: Any, granted: GrantBid
    ) -> None:
        (line,) = plans.funded_projects(only=[ledger.plant.pk], on=book.TODAY)[0].lines
        assert (line.year, line.funds, line.planned_yuan) == (2026, "省级财政", 500 * book.WAN)
        assert (line.received_yuan, line.paid_yuan) == (None, None)
        assert (granted.state, granted.granted_yuan) == (BidState.GRANTED, 500 * book.WAN)
        assert "funds.grant_bid" in [one.action for one in trail(granted.ref)]

    def test_a_grant_is_added_to_what_was_planned(
        self, cast: Any, ledger: Any, book: Any, draft: GrantBid
    ) -> None:
        plans.set_money(
            project=ledger.plant, year=2026, funds="省级财政", amounts={"planned_yuan": 80 * book.WAN},
            by=cast.wu, at=book.AT,
        )  # fmt: skip
        actions.submit_bid(bid=draft, by=cast.chen, at=book.AT)
        self.call("grant", draft, cast.chen, book, ledger)
        (line,) = plans.funded_projects(only=[ledger.plant.pk], on=book.TODAY)[0].lines
        assert line.planned_yuan == 180 * book.WAN

    def test_a_grant_reads_what_was_planned_when_nobody_else_writes_it(
        self, cast: Any, ledger: Any, book: Any, draft: GrantBid, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Of two grants at once to one line, the later one adds to what the earlier one planned."""
        actions.submit_bid(bid=draft, by=cast.chen, at=book.AT)
        first = draft.items.get(project=ledger.plant)
        told: list[str] = []
        for module, name in ((bids, "alone"), (plans, "funded_projects"), (plans, "set_money")):
            monkeypatch.setattr(module, name, noted(getattr(module, name), name, told))
        actions.grant_bid(
            bid=draft, granted_on=date(2026, 3, 1), grant_number="省财〔2026〕8号",
            allotted={first.pk: 500 * book.WAN}, by=cast.chen, at=book.AT,
        )  # fmt: skip
        assert told == ["alone", "funded_projects", "set_money"]

    def test_granted_money_needs_a_project_of_a_plan(
        self, cast: Any, book: Any, draft: GrantBid, reserved: ReserveEntry, ledger: Any
    ) -> None:
        actions.submit_bid(bid=draft, by=cast.chen, at=book.AT)
        item = draft.items.get(entry=reserved)
        given: dict[str, Any] = {
            "bid": draft, "granted_on": date(2026, 3, 1), "grant_number": "省财〔2026〕8号", "by": cast.chen,
            "allotted": {item.pk: 200 * book.WAN}, "at": book.AT,
        }  # fmt: skip
        with pytest.raises(NoProjectYet, match=reserved.code):
            actions.grant_bid(**given)
        actions.take_into_plan(entry=reserved, plan=ledger.plan, code="P9", by=cast.chen, at=book.AT)
        actions.grant_bid(**given)
        item.refresh_from_db()
        reserved.refresh_from_db()
        assert item.project == reserved.project

    @pytest.mark.parametrize(
        ("wrong", "field"),
        [
            ({"grant_number": " "}, "下达文号"),
            ({"allotted": {}}, "分配金额（元）"),
            ({"granted_on": date(2026, 12, 1)}, "下达日期"),
            ({"closes_on": date(2026, 1, 1)}, "支付截止"),
        ],
    )
    def test_a_grant_that_is_not_whole_is_refused(
        self, cast: Any, ledger: Any, book: Any, draft: GrantBid, wrong: dict[str, Any], field: str
    ) -> None:
        actions.submit_bid(bid=draft, by=cast.chen, at=book.AT)
        given = {
            "granted_on": date(2026, 3, 1), "grant_number": "省财〔2026〕8号",
            "allotted": {draft.items.first().pk: 100 * book.WAN},
        } | wrong  # fmt: skip
        with pytest.raises(BadFunds) as refused:
            actions.grant_bid(bid=draft, by=cast.chen, at=book.AT, **given)
        assert list(refused.value.fields) == [field]

    def test_it_is_changed_only_while_it_is_a_draft(
        self, cast: Any, ledger: Any, book: Any, draft: GrantBid
    ) -> None:
        given: dict[str, Any] = {
            "bid": draft, "terms": book.TERMS | {"call": "省级生态补偿资金"}, "by": cast.wu, "at": book.AT,
            "items": [actions.Asked(700 * book.WAN, project=ledger.plant)],
        }  # fmt: skip
        changed = actions.change_bid(**given)
        assert (changed.call, [one.asked_yuan for one in changed.items.all()]) == (
            "省级生态补偿资金", [700 * book.WAN],
        )  # fmt: skip
        actions.submit_bid(bid=draft, by=cast.chen, at=book.AT)
        with pytest.raises(NotChangeable):
            actions.change_bid(**given)

    def test_a_call_that_has_closed_takes_no_bid(
        self, cast: Any, ledger: Any, book: Any, draft: GrantBid
    ) -> None:
        GrantBid.objects.filter(pk=draft.pk).update(deadline_on=date(2026, 11, 19))
        draft.refresh_from_db()
        with pytest.raises(BadFunds, match="截止"):
            actions.submit_bid(bid=draft, by=cast.chen, at=book.AT)
        assert BidStep.objects.filter(bid=draft).count() == 1

    def test_what_may_not_stand_in_a_bid(
        self, cast: Any, ledger: Any, book: Any, proposed: ReserveEntry
    ) -> None:
        given: dict[str, Any] = {"department": cast.water, "terms": book.TERMS, "by": cast.wu, "at": book.AT}
        with pytest.raises(BadFunds, match="至少一个"):
            actions.draft_bid(items=[], **given)
        with pytest.raises(BadFunds, match="还没有入库"):
            actions.draft_bid(items=[actions.Asked(1, entry=proposed)], **given)
        with pytest.raises(BadFunds, match="只列一次"):
            actions.draft_bid(items=[actions.Asked(1, project=ledger.plant)] * 2, **given)
        with pytest.raises(BadFunds, match="大于零"):
            actions.draft_bid(items=[actions.Asked(0, project=ledger.plant)], **given)
        assert not GrantBid.objects.exists()


def test_a_simulated_reserve_never_enters_a_real_plan(cast: Any, book: Any, reserved: ReserveEntry) -> None:
    from qingshan.areas import public as areas

    real = areas.create_district(code="440000", name="广东省", valid_from=book.BEGIN, by=None, at=book.AT)
    plan = plans.create_plan(
        code="real", district=real, simulated=False, facts={
            "name": "真实规划", "short_name": "真实规划", "kind": "五年规划", "level": plans.PlanLevel.COUNTY,
            "period_from": 2021, "period_to": 2025,
        }, valid_from=book.BEGIN, by=None, at=book.AT,
    )  # fmt: skip
    with pytest.raises(MixedWorlds):
        actions.take_into_plan(entry=reserved, plan=plan, code="P1", by=None, at=book.AT)
