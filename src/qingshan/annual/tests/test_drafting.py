"""The annual plan as it is drafted from the ledger, and its rows changed by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from qingshan.accounts.public import Forbidden
from qingshan.annual import public as annual
from qingshan.annual import queries
from qingshan.annual.beginnings import Beginning
from qingshan.annual.errors import AlreadyThere, BadRow, MissingReason, NotNow, OutOfPeriod
from qingshan.annual.states import AnnualState
from qingshan.annual.tests.conftest import AT, BEGIN, TODAY, YEAR, held, measure, project, row_of
from qingshan.annual.vocabulary import Basis, RowKind
from qingshan.audit import public as audit
from qingshan.history.public import StaleVersion
from qingshan.plans import public as plans


def names_in(year: Any) -> list[str]:
    return [one.name for one in queries.items_of(annual=year, on=TODAY)]


class TestDraft:
    def test_it_holds_the_targets_and_the_unfinished_work_of_the_year(self, draft: Any) -> None:
        assert names_in(draft) == [
            "优良天数比例", "水质优良比例", "建设污水管网", "营造水源涵养林", "县城污水处理厂扩建",
            "新建管网长度",
        ]  # fmt: skip
        kinds = [one.kind for one in queries.items_of(annual=draft, on=TODAY)]
        assert kinds == [*["target"] * 2, *["measure"] * 2, "project", "commitment"]

    def test_a_target_between_printed_years_is_proposed_and_says_how(self, draft: Any, ledger: Any) -> None:
        found = held(row_of(draft, ledger.air))
        assert (found.goal, found.value, found.basis) == ("≥90.70%", "90.70", Basis.PROPOSED)
        assert found.method.startswith("测算建议值：由2020年数值 88%")

    def test_a_value_approved_meanwhile_is_where_the_way_begins(self, cast: Any, ledger: Any) -> None:
        value = plans.enter_value(
            indicator=ledger.air, by=cast.chen, at=AT, facts={
                "year": 2022, "kind": "audited", "number": "90.7", "source": "审核数据",
            },
        )  # fmt: skip
        plans.submit_value(value=value, by=cast.chen, at=AT)
        plans.approve_value(value=value, by=cast.lin, at=AT)
        year = annual.draft_annual(plan=ledger.plan, year=YEAR, by=cast.chen, at=AT)
        assert held(row_of(year, ledger.air)).value == "91.30"  # 90.7 + (92.5 - 90.7) / 3

    def test_a_target_the_upper_level_assigns_waits_in_words(self, draft: Any, ledger: Any) -> None:
        found = held(row_of(draft, ledger.water))
        assert (found.goal, found.value, found.basis) == ("由云岭市下达", "", Basis.WORDS)

    def test_work_has_its_departments_goal_and_deadline(self, cast: Any, draft: Any, ledger: Any) -> None:
        sewage, promise = (held(row_of(draft, one)) for one in (ledger.sewage, ledger.promise))
        assert (sewage.lead, sewage.joint) == (cast.water, [cast.town.pk])
        assert (sewage.goal, sewage.due_on) == ("新建污水管网 30 公里。", date(YEAR, 12, 31))
        assert (promise.lead, promise.due_on) == (cast.town, date(YEAR, 6, 30))
        assert promise.goal == "新建管网长度≥30公里（期限：2023）。"

    @pytest.mark.parametrize(
        ("start", "end", "there"),
        [(2022, 2024, True), (2023, 2023, True), (2024, 2025, False), (2021, 2022, True), (None, None, True)],
        ids=["under way", "of the year", "not begun", "overdue", "years not printed"],
    )
    def test_work_is_of_the_year_when_it_has_begun_and_is_not_done(
        self, cast: Any, ledger: Any, start: Any, end: Any, there: bool
    ) -> None:
        project(cast, ledger.plan, "P9", "湿地修复", start, end)
        year = annual.draft_annual(plan=ledger.plan, year=YEAR, by=cast.chen, at=AT)
        assert ("湿地修复" in names_in(year)) is there

    def test_what_is_done_is_left_out(self, cast: Any, ledger: Any) -> None:
        report = plans.enter_report(
            subject=ledger.forest, on=TODAY, work_state=plans.WorkState.DONE, text="完成", by=cast.fang, at=AT
        )
        plans.submit_report(report=report, by=cast.fang, at=AT)
        plans.approve_report(report=report, by=cast.chen, at=AT)
        year = annual.draft_annual(plan=ledger.plan, year=YEAR, by=cast.chen, at=AT)
        assert "营造水源涵养林" not in names_in(year)

    def test_among_several_departments_named_nobody_is_made_the_lead(self, cast: Any, ledger: Any) -> None:
        river = measure(cast, ledger.plan, "M9", "河道保洁")
        for department in (cast.water, cast.town):
            plans.make_responsible(
                subject=river, department=department, role=plans.ResponsibilityRole.NAMED, valid_from=BEGIN,
                by=cast.chen, at=AT,
            )  # fmt: skip
        year = annual.draft_annual(plan=ledger.plan, year=YEAR, by=cast.chen, at=AT)
        found = held(row_of(year, river))
        assert (found.lead, found.joint) == (None, [cast.water.pk, cast.town.pk])

    def test_a_year_is_drafted_once(self, cast: Any, draft: Any, ledger: Any) -> None:
        with pytest.raises(AlreadyThere, match="2023年的年度计划已经有了"):
            annual.draft_annual(plan=ledger.plan, year=YEAR, by=cast.chen, at=AT)
        annual.withdraw(annual=draft, by=cast.chen, at=AT, note="重来")
        assert annual.draft_annual(plan=ledger.plan, year=YEAR, by=cast.chen, at=AT)

    @pytest.mark.parametrize("year", [2020, 2026])
    def test_a_year_outside_the_plan_is_refused(self, cast: Any, ledger: Any, year: int) -> None:
        with pytest.raises(OutOfPeriod, match="不在规划期 2021—2025 之内"):
            annual.draft_annual(plan=ledger.plan, year=year, by=cast.chen, at=AT)

    @pytest.mark.parametrize("who", ["lin", "wu", "lan", "zhou"])
    def test_only_who_keeps_plans_drafts_one(self, cast: Any, ledger: Any, who: str) -> None:
        with pytest.raises(Forbidden):
            annual.draft_annual(plan=ledger.plan, year=YEAR, by=getattr(cast, who), at=AT)

    def test_the_audit_knows_who_drafted_it(self, draft: Any) -> None:
        assert [(one.action, one.actor_name) for one in audit.trail(draft.ref)] == [("annual.draft", "陈")]


class TestReviseRow:
    def test_a_number_that_somebody_writes_is_negotiated(self, cast: Any, draft: Any, ledger: Any) -> None:
        row = row_of(draft, ledger.air)
        after = annual.revise_row(row=row, seen=1, changes={"value": "90.5"}, by=cast.chen, at=AT, reason="")
        assert (after.goal, after.basis, after.method) == ("≥90.5%", Basis.NEGOTIATED, "协商确定。")

    def test_once_departments_are_asked_it_needs_a_reason(self, cast: Any, asked: Any, ledger: Any) -> None:
        row = row_of(asked, ledger.sewage)
        with pytest.raises(MissingReason):
            annual.revise_row(row=row, seen=1, changes={"goal": "10 公里"}, by=cast.chen, at=AT, reason=" ")
        after = annual.revise_row(
            row=row, seen=1, changes={"goal": "10 公里"}, by=cast.chen, at=AT, reason="财力"
        )
        assert (after.number, after.reason) == (2, "财力")

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"value": "九十"}, "数值"),
            ({"due_on": date(2024, 1, 1)}, "完成期限"),
            ({"due_on": date(2022, 12, 31)}, "完成期限"),
            ({"goal": ""}, "年度目标"),
        ],
    )
    def test_each_wrong_field_is_named(
        self, cast: Any, draft: Any, ledger: Any, changes: Any, field: str
    ) -> None:
        with pytest.raises(BadRow) as refused:
            annual.revise_row(
                row=row_of(draft, ledger.air), seen=1, changes=changes, by=cast.chen, at=AT, reason=""
            )
        assert list(refused.value.fields) == [field]

    @pytest.mark.parametrize("due", [date(YEAR, 1, 1), date(YEAR, 12, 31)])
    def test_the_first_and_the_last_day_of_the_year_are_in_it(
        self, cast: Any, draft: Any, ledger: Any, due: date
    ) -> None:
        row = row_of(draft, ledger.sewage)
        after = annual.revise_row(row=row, seen=1, changes={"due_on": due}, by=cast.chen, at=AT, reason="")
        assert after.due_on == due

    def test_the_lead_does_not_also_join_in(self, cast: Any, draft: Any, ledger: Any) -> None:
        with pytest.raises(BadRow, match="牵头单位不再列为配合单位"):
            annual.revise_row(
                row=row_of(draft, ledger.sewage), seen=1, changes={"joint": [cast.water.pk]}, by=cast.chen,
                at=AT, reason="",
            )  # fmt: skip

    def test_two_writers_at_once_are_shown_both_versions(self, cast: Any, draft: Any, ledger: Any) -> None:
        row = row_of(draft, ledger.sewage)
        annual.revise_row(row=row, seen=1, changes={"goal": "甲"}, by=cast.chen, at=AT, reason="")
        with pytest.raises(StaleVersion):
            annual.revise_row(row=row, seen=1, changes={"goal": "乙"}, by=cast.chen, at=AT, reason="")

    @pytest.mark.parametrize("who", ["lin", "wu", "lan", "zhou"])
    def test_nobody_else_changes_a_row(self, cast: Any, asked: Any, ledger: Any, who: str) -> None:
        with pytest.raises(Forbidden):
            annual.revise_row(
                row=row_of(asked, ledger.sewage), seen=1, changes={"goal": "x"}, by=getattr(cast, who), at=AT,
                reason="因",
            )  # fmt: skip

    def test_what_waits_to_be_published_does_not_change(self, cast: Any, handed_in: Any, ledger: Any) -> None:
        with pytest.raises(NotNow, match="待发布"):
            annual.revise_row(
                row=row_of(handed_in, ledger.sewage), seen=1, changes={"goal": "x"}, by=cast.chen, at=AT,
                reason="因",
            )  # fmt: skip


class TestAddRow:
    def share(self, cast: Any, ledger: Any) -> Beginning:
        return Beginning(
            RowKind.TARGET, ledger.air.ref, {
                "name": "优良天数比例", "goal": "≥91%", "value": "91", "operator": ">=", "unit": "%",
                "basis": Basis.NEGOTIATED, "lead_id": cast.town.pk, "due_on": date(YEAR, 12, 31),
            },
        )  # fmt: skip

    def test_a_target_is_shared_out_to_a_township(self, cast: Any, draft: Any, ledger: Any) -> None:
        row = annual.add_row(annual=draft, beginning=self.share(cast, ledger), by=cast.chen, at=AT)
        assert (row.number, held(row).lead) == (7, cast.town)

    def test_into_a_published_plan_it_is_only_proposed(self, cast: Any, published: Any, ledger: Any) -> None:
        with pytest.raises(MissingReason):
            annual.add_row(annual=published, beginning=self.share(cast, ledger), by=cast.chen, at=AT)
        row = annual.add_row(
            annual=published, beginning=self.share(cast, ledger), by=cast.chen, at=AT, reason="分解到镇"
        )
        assert not held(row).included
        annual.answer_request(request=row.requests.get(), granted=True, by=cast.lin, at=AT)
        assert held(row).included
        assert published.editions.count() == 2


class TestAsOf:
    def test_an_earlier_day_shows_the_plan_as_it_stood_then(self, cast: Any, draft: Any, ledger: Any) -> None:
        later = AT.replace(day=20)
        annual.revise_row(
            row=row_of(draft, ledger.air),
            seen=1,
            changes={"value": "90.5"},
            by=cast.chen,
            at=later,
            reason="",
        )
        annual.consult(annual=draft, by=cast.chen, at=later)

        def goal(day: int) -> str:
            return queries.items_of(annual=draft, on=date(2023, 1, day))[0].goal

        assert (goal(19), goal(20)) == ("≥90.70%", "≥90.5%")
        states = [queries.state_on(draft, date(2023, 1, day)) for day in (19, 20)]
        assert states == [AnnualState.DRAFTING, AnnualState.NEGOTIATING]
