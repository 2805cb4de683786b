"""Nothing is overwritten: plans, targets, measures, projects and money change by new versions."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from qingshan.accounts.public import Forbidden
from qingshan.history.public import StaleVersion
from qingshan.kernel.flow import IllegalMove
from qingshan.plans import actions
from qingshan.plans.errors import (
    BadFacts,
    CodeTaken,
    LedgerRefusal,
    MissingEvidence,
    MissingReason,
    MixedWorlds,
)
from qingshan.plans.models import MeasureVersion, PlanVersion, ProjectVersion, TargetVersion
from qingshan.plans.packs.words import ValueKind
from qingshan.plans.states import PlanState, WorkState
from qingshan.plans.vocabulary import ResponsibilityRole


class TestAPlan:
    def test_it_goes_through_its_life_step_by_step(self, cast: Any, ledger: Any, at: Any) -> None:
        given = {"plan": ledger.plan, "at": at, "reason": "按程序"}
        actions.move_plan(move="consult", seen=1, by=cast.chen, **given)
        actions.move_plan(move="review", seen=2, by=cast.chen, **given)
        with pytest.raises(Forbidden):  # a planner does not approve the plan
            actions.move_plan(move="approve", seen=3, by=cast.chen, **given)
        version = actions.move_plan(
            move="approve", seen=3, by=cast.lin, changes={"approved_on": date(2026, 11, 18)}, **given
        )
        assert (version.state, version.approved_on) == (PlanState.APPROVED, date(2026, 11, 18))
        with pytest.raises(IllegalMove):
            actions.move_plan(move="close", seen=4, by=cast.lin, **given)
        assert PlanVersion.objects.filter(subject=ledger.plan).count() == 4

    def test_its_code_is_used_once(self, cast: Any, ledger: Any, at: Any) -> None:
        with pytest.raises(CodeTaken, match="qingchuan-2021"):
            actions.create_plan(
                code="qingchuan-2021", district=cast.county, simulated=True, facts={}, valid_from=at.date(),
                by=cast.chen, at=at,
            )  # fmt: skip

    def test_a_simulated_plan_never_belongs_to_a_real_place(self, cast: Any, at: Any) -> None:
        with pytest.raises(MixedWorlds):
            actions.create_plan(
                code="x",
                district=cast.county,
                simulated=False,
                facts={},
                valid_from=at.date(),
                by=None,
                at=at,
            )

    def test_its_upper_plan_may_be_named_by_number(self, cast: Any, ledger: Any, at: Any) -> None:
        facts = {
            "name": "白露镇规划", "short_name": "白露镇规划", "kind": "镇级规划", "level": "township",
            "period_from": 2021, "period_to": 2025,
        }  # fmt: skip
        given = {
            "district": cast.county,
            "simulated": True,
            "valid_from": at.date(),
            "by": cast.chen,
            "at": at,
        }
        plan = actions.create_plan(code="bailu", facts={**facts, "parent_id": str(ledger.plan.pk)}, **given)
        assert plan.versions.get().parent == ledger.plan
        with pytest.raises(BadFacts, match="上级规划"):
            actions.create_plan(code="bailu-2", facts={**facts, "parent_id": "999999"}, **given)

    def test_its_period_does_not_end_before_it_begins(self, cast: Any, ledger: Any, at: Any) -> None:
        with pytest.raises(BadFacts, match="规划期止"):
            actions.revise_plan(
                plan=ledger.plan, changes={"period_to": 2020}, seen=1, by=cast.chen, at=at, reason="试"
            )


class TestAStaleForm:
    def test_it_is_refused_with_both_versions(self, cast: Any, ledger: Any, at: Any) -> None:
        given = {"measure": ledger.sewage, "at": at, "reason": "核对原文"}
        actions.revise_measure(changes={"title": "新建污水管网"}, seen=1, by=cast.chen, **given)
        with pytest.raises(StaleVersion) as refused:
            actions.revise_measure(changes={"title": "改造污水管网"}, seen=1, by=cast.chen, **given)
        assert (refused.value.read.number, refused.value.newest.number) == (1, 2)
        assert refused.value.newest.title == "新建污水管网"

    def test_saying_the_same_again_makes_no_version(self, cast: Any, ledger: Any, at: Any) -> None:
        version = actions.revise_measure(
            measure=ledger.sewage, changes={"title": "建设污水管网"}, seen=1, by=cast.chen, at=at, reason="无"
        )
        assert version.number == 1

    def test_a_change_needs_a_reason(self, cast: Any, ledger: Any, at: Any) -> None:
        with pytest.raises(MissingReason):
            actions.revise_measure(
                measure=ledger.sewage, changes={"title": "x"}, seen=1, by=cast.chen, at=at, reason=" "
            )


class TestATarget:
    LETTER = {
        "authority": "云岭市生态环境局",
        "letter_number": "云环〔2023〕8号",
        "letter_on": date(2023, 3, 1),
        "letter": "documents.document/7",
    }

    def test_it_is_assigned_by_its_letter_and_keeps_what_was_printed(
        self, cast: Any, ledger: Any, at: Any, book: Any
    ) -> None:
        version = actions.assign_target(
            target=ledger.water_target, typed=book.number("95"), seen=1, by=cast.chen, at=at, **self.LETTER
        )
        assert (version.typed, version.raw, version.letter_on) == (
            book.number("95"), "≥", date(2023, 3, 1),
        )  # fmt: skip
        day_before = TargetVersion.objects.on(date(2023, 2, 28)).get(subject=ledger.water_target)
        assert day_before.typed.kind is ValueKind.ASSIGNED

    @pytest.mark.parametrize("empty", ["letter", "letter_number", "authority"])
    def test_the_letter_must_be_there(self, cast: Any, ledger: Any, at: Any, book: Any, empty: str) -> None:
        with pytest.raises(MissingEvidence):
            actions.assign_target(
                target=ledger.water_target, typed=book.number("95"), seen=1, by=cast.chen, at=at,
                **{**self.LETTER, empty: " "},
            )  # fmt: skip

    def test_a_printed_number_is_not_assigned_over(self, cast: Any, ledger: Any, at: Any, book: Any) -> None:
        with pytest.raises(LedgerRefusal, match="调整目标"):
            actions.assign_target(
                target=ledger.air_target, typed=book.number("80"), seen=1, by=cast.chen, at=at, **self.LETTER
            )

    def test_it_is_revised_by_who_may_approve(self, cast: Any, ledger: Any, at: Any, book: Any) -> None:
        given = {"target": ledger.air_target, "changes": {"typed": book.number("93")}, "seen": 1, "at": at}
        with pytest.raises(Forbidden):
            actions.revise_target(by=cast.chen, reason="上级调整", **given)
        version = actions.revise_target(by=cast.lin, reason="上级调整", **given)
        assert version.approved_by == cast.lin


class TestAProject:
    def test_its_money_is_rebaselined_by_two_people(self, cast: Any, ledger: Any, at: Any) -> None:
        with pytest.raises(LedgerRefusal, match="项目调整"):
            actions.revise_project(
                project=ledger.plant, changes={"investment_yuan": 1}, seen=1, by=cast.chen, at=at, reason="x"
            )
        proposal = actions.propose_rebaselining(
            project=ledger.plant, changes={"investment_yuan": 15_000_000, "end_year": 2026}, seen=1,
            reason="征地延期", by=cast.wu, at=at,
        )  # fmt: skip
        actions.submit_rebaselining(proposal=proposal, by=cast.wu, at=at)
        with pytest.raises(Forbidden):
            actions.approve_rebaselining(proposal=proposal, by=cast.wu, at=at)
        version = actions.approve_rebaselining(proposal=proposal, by=cast.lin, at=at)
        assert (version.investment_wan, version.end_year, version.approved_by, version.recorded_by) == (
            1500, 2026, cast.lin, cast.wu,
        )  # fmt: skip
        assert version.reason == "征地延期"
        assert ProjectVersion.objects.on(date(2026, 11, 19)).get(subject=ledger.plant).end_year == 2025

    def test_a_rebaselining_of_an_old_version_is_refused(self, cast: Any, ledger: Any, at: Any) -> None:
        proposal = actions.propose_rebaselining(
            project=ledger.plant, changes={"end_year": 2026}, seen=1, reason="征地延期", by=cast.wu, at=at
        )
        actions.submit_rebaselining(proposal=proposal, by=cast.wu, at=at)
        actions.revise_project(
            project=ledger.plant, changes={"name": "污水厂扩建"}, seen=1, by=cast.chen, at=at, reason="更名"
        )
        with pytest.raises(StaleVersion):
            actions.approve_rebaselining(proposal=proposal, by=cast.lin, at=at)

    def test_its_years_stay_in_order(self, cast: Any, ledger: Any, at: Any) -> None:
        with pytest.raises(BadFacts, match="早于起始年"):
            actions.propose_rebaselining(
                project=ledger.plant, changes={"end_year": 2021}, seen=1, reason="x", by=cast.wu, at=at
            )

    def test_its_money_has_a_history(self, cast: Any, ledger: Any, at: Any) -> None:
        given = {"project": ledger.plant, "year": 2024, "funds": "中央资金", "by": cast.wu, "at": at}
        first = actions.set_money(amounts={"planned_yuan": 4_000_000}, **given)
        second = actions.set_money(amounts={"paid_yuan": 3_000_000}, seen=1, reason="12月支付", **given)
        assert (first.paid_yuan, second.planned_yuan, second.paid_yuan) == (None, 4_000_000, 3_000_000)
        with pytest.raises(BadFacts):
            actions.set_money(amounts={"paid_yuan": -1}, seen=2, reason="x", **given)
        with pytest.raises(StaleVersion):
            actions.set_money(amounts={"paid_yuan": 1}, seen=1, reason="x", **given)

    def test_a_milestone_is_not_reached_in_the_future(self, cast: Any, ledger: Any, at: Any) -> None:
        stone = actions.add_milestone(
            project=ledger.plant, code="1", name="通水", due_on=date(2025, 10, 1), by=cast.wu, at=at
        )
        given = {"milestone": stone, "move": "reach", "seen": 1, "by": cast.wu, "at": at, "reason": "验收"}
        with pytest.raises(BadFacts):
            actions.move_milestone(on=date(2026, 12, 1), **given)
        assert actions.move_milestone(on=date(2026, 11, 1), **given).reached_on == date(2026, 11, 1)


class TestProgress:
    def test_approval_carries_it_into_the_measure(self, cast: Any, ledger: Any, at: Any) -> None:
        report = actions.enter_report(
            subject=ledger.sewage, on=date(2026, 10, 31), work_state=WorkState.UNDER_WAY, percent=40,
            text="已建12公里", by=cast.wu, at=at,
        )  # fmt: skip
        actions.submit_report(report=report, by=cast.wu, at=at)
        actions.approve_report(report=report, by=cast.chen, at=at)
        version = MeasureVersion.objects.current().get(subject=ledger.sewage)
        assert (version.state, version.percent, version.reported_on) == (
            WorkState.UNDER_WAY, 40, date(2026, 10, 31),
        )  # fmt: skip
        before = MeasureVersion.objects.on(date(2026, 10, 30)).get(subject=ledger.sewage)
        assert before.state is WorkState.UNREPORTED

    def test_an_officer_reports_only_what_is_her_departments(self, cast: Any, ledger: Any, at: Any) -> None:
        with pytest.raises(Forbidden):
            actions.enter_report(
                subject=ledger.forest,
                on=date(2026, 10, 31),
                work_state=WorkState.DONE,
                text="x",
                by=cast.wu,
                at=at,
            )

    def test_an_older_report_changes_nothing_newer(self, cast: Any, ledger: Any, at: Any) -> None:
        for day, percent in ((date(2026, 10, 31), 60), (date(2026, 6, 30), 30)):
            report = actions.enter_report(
                subject=ledger.plant, on=day, work_state=WorkState.UNDER_WAY, percent=percent, text="x",
                by=cast.wu, at=at,
            )  # fmt: skip
            actions.submit_report(report=report, by=cast.wu, at=at)
            actions.approve_report(report=report, by=cast.chen, at=at)
        assert ProjectVersion.objects.current().get(subject=ledger.plant).percent == 60

    def test_what_is_done_does_not_become_unstarted(self, cast: Any, ledger: Any, at: Any) -> None:
        given = {"subject": ledger.sewage, "on": date(2026, 10, 31), "text": "x", "by": cast.wu, "at": at}
        report = actions.enter_report(work_state=WorkState.DONE, percent=100, **given)
        actions.submit_report(report=report, by=cast.wu, at=at)
        actions.approve_report(report=report, by=cast.chen, at=at)
        with pytest.raises(BadFacts, match="已完成"):
            actions.enter_report(work_state=WorkState.NOT_STARTED, **given)

    def test_done_means_a_hundred_percent(self, cast: Any, ledger: Any, at: Any) -> None:
        with pytest.raises(BadFacts, match="100"):
            actions.enter_report(
                subject=ledger.sewage, on=date(2026, 10, 31), work_state=WorkState.DONE, percent=90, text="x",
                by=cast.wu, at=at,
            )  # fmt: skip


class TestADuty:
    def test_a_department_answers_once(self, cast: Any, ledger: Any, at: Any) -> None:
        with pytest.raises(LedgerRefusal, match="已是责任单位"):
            actions.make_responsible(
                subject=ledger.sewage, department=cast.water, role=ResponsibilityRole.JOINT,
                valid_from=at.date(), by=cast.chen, at=at,
            )  # fmt: skip

    def test_it_ends_on_a_day_and_stays_for_the_days_before(self, cast: Any, ledger: Any, at: Any) -> None:
        duty = ledger.sewage.responsibilities.get()
        ended = actions.end_responsibility(
            duty=duty, on=date(2026, 11, 1), by=cast.chen, at=at, reason="职能划转"
        )
        assert ended.valid_to == date(2026, 11, 1)
        with pytest.raises(LedgerRefusal):
            actions.end_responsibility(duty=duty, on=date(2026, 11, 2), by=cast.chen, at=at, reason="再次")
