"""What the next plan holds when it is written, what it rests on, and taking it back."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from qingshan.accounts import public as accounts
from qingshan.areas import public as areas
from qingshan.jobs.public import GiveUp, Progress
from qingshan.kernel.refs import Ref
from qingshan.plans import public as plans
from qingshan.plans.public import PlanState, ResponsibilityRole
from qingshan.succession import actions
from qingshan.succession.actions.carrying import queue_carry
from qingshan.succession.actions.choosing import Decided
from qingshan.succession.background import write_next_plan
from qingshan.succession.errors import (
    AlreadyOpened,
    AuthorLeft,
    BadOpening,
    MissingDefinition,
    MissingReason,
    NotNow,
    SuccessionRefusal,
    TooEarly,
    Touched,
)
from qingshan.succession.models import Carried, Opening
from qingshan.succession.states import OpeningState
from qingshan.succession.tests.conftest import (
    AT,
    HEAD,
    LATER,
    TODAY,
    approved,
    choice_of,
    define,
    held,
    make_plan,
    number,
    put_in_state,
)
from qingshan.succession.vocabulary import Decision, ItemKind


@pytest.fixture
def carried(cast: Any, proposed: Opening) -> Opening:
    return actions.carry(opening=proposed, by=cast.lin, at=LATER)


def row(opening: Opening, code: str, by: Any, on: date = TODAY) -> Any:
    """An indicator of the new plan."""
    plan = held(opening.successor, by, on)
    return next(one for one in plans.indicator_rows(user=by, plan=plan, on=on) if one.code == code)


class TestProposals:
    def test_each_indicator_is_proposed_with_its_reason(self, opening: Opening, ledger: Any) -> None:
        told = {
            one.code: (one.proposal, one.why.split("。")[0])
            for one in opening.choices.filter(kind=ItemKind.INDICATOR)
        }
        assert told == {
            "A1": ("keep", "已达标，可保留并研究提高目标"),
            "A2": ("keep", "未达标，应继续列入并分析原因"),
            "A3": ("redefine", "规划期内没有可用数值；应先落实数据来源和口径"),
            "A4": ("drop", "上一轮没有目标值，只作记录；不建议再列入"),
            "A5": ("keep", "进度滞后，应继续列入并分析原因"),
        }

    def test_only_unfinished_work_is_offered_with_percent_and_money(self, opening: Opening) -> None:
        work = opening.choices.exclude(kind=ItemKind.INDICATOR)
        assert sorted(work.values_list("code", flat=True)) == ["C1", "D1", "M1-1", "P1"]
        plant = work.get(code="P1")
        assert plant.why == "已完成 60%，未完成部分建议接续。结余 7,000,000 元。"
        promise = work.get(code="C1")
        assert promise.why == "已完成 40%，未完成部分建议接续。原期限 2025年，须在新规划中另定。"
        assert work.get(code="M1-1").why.startswith("未见经审核的进展报告")


class TestOpening:
    def test_a_plan_that_is_not_in_force_has_no_next_one(self, cast: Any) -> None:
        draft = make_plan(cast, "draft-2021", cast.county, cast.chen)
        with pytest.raises(TooEarly):
            actions.open_next(plan=held(draft, cast.chen), head=HEAD, by=cast.chen, at=AT)

    def test_a_plan_is_opened_once(self, cast: Any, opening: Opening, ledger: Any) -> None:
        with pytest.raises(AlreadyOpened):
            actions.open_next(plan=held(ledger.plan, cast.chen), head=HEAD, by=cast.hu, at=AT)

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("code", "qingchuan-2021"), ("code", "a b"), ("code", ""), ("period_to", 2025),
            ("period_from", 2021), ("name", ""), ("period_from", "soon"), ("base_year", -1),
        ],
    )  # fmt: skip
    def test_a_head_that_is_not_in_order_is_refused_at_its_field(
        self, cast: Any, ledger: Any, field: str, value: Any
    ) -> None:
        head = {**HEAD, field: value}
        with pytest.raises(BadOpening) as refused:
            actions.open_next(plan=held(ledger.plan, cast.chen), head=head, by=cast.chen, at=AT)
        assert field in refused.value.fields


class TestChoosing:
    def test_a_decision_against_the_proposal_needs_a_reason(
        self, cast: Any, opening: Opening, ledger: Any
    ) -> None:
        choice = choice_of(opening, ledger.water)
        with pytest.raises(MissingReason):
            actions.choose(opening=opening, decided={choice.pk: Decided(Decision.DROP)}, by=cast.chen, at=AT)

    def test_redefining_needs_a_definition(self, cast: Any, opening: Opening, ledger: Any) -> None:
        asked = Decided(Decision.REDEFINE, reason="断面调整")
        with pytest.raises(MissingDefinition):
            actions.choose(
                opening=opening, decided={choice_of(opening, ledger.water).pk: asked}, by=cast.chen, at=AT
            )
        with pytest.raises(MissingDefinition):  # soil is proposed for it, and nobody has said how
            actions.propose(opening=opening, by=cast.chen, at=AT)

    @pytest.mark.parametrize(
        "target",
        [
            (">=", "许多", 2030),
            ("!", "95", 2030),
            (">=", "95", 2031),
            (">=", "95", None),
            (">=", "NaN", 2030),
        ],
    )
    def test_a_target_that_is_no_number_in_the_period_is_refused(
        self, cast: Any, opening: Opening, ledger: Any, target: Any
    ) -> None:
        operator, value, year = target
        asked = Decided(Decision.KEEP, operator=operator, value=value, year=year)
        with pytest.raises(BadOpening):
            actions.choose(
                opening=opening, decided={choice_of(opening, ledger.air).pk: asked}, by=cast.chen, at=AT
            )

    def test_what_was_handed_in_is_no_longer_chosen(self, cast: Any, proposed: Opening, ledger: Any) -> None:
        asked = {choice_of(proposed, ledger.air).pk: Decided(Decision.DROP, reason="重复")}
        with pytest.raises(NotNow):
            actions.choose(opening=proposed, decided=asked, by=cast.chen, at=AT)
        with pytest.raises(NotNow):
            actions.revise_opening(
                opening=proposed, plan=held(ledger.plan, cast.chen), head=HEAD, by=cast.chen, at=AT
            )
        with pytest.raises(NotNow):
            actions.add_lesson(opening=proposed, text="监测点位过少", by=cast.chen, at=AT)


class TestBaselines:
    def test_they_come_from_the_last_whole_year_with_kind_condition_and_link(
        self, cast: Any, carried: Opening, ledger: Any
    ) -> None:
        found = row(carried, "A1", cast.chen).version
        assert (found.baseline.value, found.baseline.unit, found.baseline_year) == (
            Decimal("93.7"),
            "%",
            2025,
        )
        assert found.baseline_condition == "标况"
        assert found.baseline_note == "2025年 93.7%，审核数据，标况，截至 2025-12-31"
        link = Carried.objects.get(result=str(found.subject.ref))
        assert link.origin == str(ledger.air.ref)
        value = Ref.read(link.value)
        assert (value.family, ledger.air.values.get(pk=value.key).number) == ("plans.value", Decimal("93.7"))

    def test_half_a_year_is_no_baseline_and_nothing_is_made_up(self, cast: Any, carried: Opening) -> None:
        found = row(carried, "A5", cast.chen).version
        assert (found.baseline, found.baseline_year) == (None, None)
        assert "只有年内部分时段的数值" in found.baseline_note

    def test_words_said_before_the_year_was_over_are_no_baseline(self, cast: Any, ledger: Any) -> None:
        approved(
            ledger.soil, cast.chen, cast.lin, year=2026, text="前三季度已全部落实", as_of=date(2026, 9, 30)
        )
        standing = next(
            one.standing
            for one in plans.indicator_rows(user=cast.chen, plan=held(ledger.plan, cast.chen), on=TODAY)
            if one.code == "A3"
        )
        assert plans.last_whole_year(standing) is None

    def test_what_is_redefined_begins_without_one(self, cast: Any, opening: Opening, ledger: Any) -> None:
        define(opening, cast.chen)
        asked = Decided(
            Decision.REDEFINE, reason="断面调整", name="国考断面优良比例", definition="只计国考断面"
        )
        actions.choose(
            opening=opening, decided={choice_of(opening, ledger.water).pk: asked}, by=cast.chen, at=AT
        )
        actions.propose(opening=opening, by=cast.chen, at=AT)
        done = actions.carry(opening=Opening.objects.get(pk=opening.pk), by=cast.lin, at=LATER)
        found = row(done, "A2", cast.chen).version
        assert (found.name, found.baseline, found.notes) == (
            "国考断面优良比例",
            None,
            "重新定义：只计国考断面",
        )
        assert "91%" in found.baseline_note
        assert "不能沿用" in found.baseline_note

    def test_a_year_that_is_not_evaluable_is_no_baseline(self, cast: Any, ledger: Any) -> None:
        statement = plans.declare_not_evaluable(
            indicator=ledger.water, year=2025, reason="断面停测", evidence="省站函", document="plans.plan/1",
            known_on=TODAY, by=cast.chen, at=AT,
        )  # fmt: skip
        plans.submit_not_evaluable(statement=statement, by=cast.chen, at=AT)
        plans.approve_not_evaluable(statement=statement, by=cast.lin, at=AT)
        opening = actions.open_next(plan=held(ledger.plan, cast.chen), head=HEAD, by=cast.chen, at=AT)
        asked = Decided(Decision.KEEP, reason="继续考核")
        actions.choose(
            opening=opening, decided={choice_of(opening, ledger.water).pk: asked}, by=cast.chen, at=AT
        )
        define(opening, cast.chen)
        proposed = actions.propose(opening=opening, by=cast.chen, at=AT)
        found = row(actions.carry(opening=proposed, by=cast.lin, at=LATER), "A2", cast.chen).version
        assert found.baseline is None
        assert "不予评估" in found.baseline_note


class TestTargets:
    def test_they_stay_open_unless_given(self, cast: Any, opening: Opening, ledger: Any) -> None:
        define(opening, cast.chen)
        asked = Decided(Decision.KEEP, operator=">=", value="94.50", year=2030)
        actions.choose(
            opening=opening, decided={choice_of(opening, ledger.air).pk: asked}, by=cast.chen, at=AT
        )
        proposed = actions.propose(opening=opening, by=cast.chen, at=AT)
        done = actions.carry(opening=proposed, by=cast.lin, at=LATER)
        assert row(done, "A2", cast.chen).targets == {}
        given = row(done, "A1", cast.chen).targets
        assert {year: cell.words for year, cell in given.items()} == {2030: "≥94.50%"}


class TestWork:
    def test_a_project_comes_with_its_progress_and_what_money_is_left(
        self, cast: Any, carried: Opening, ledger: Any
    ) -> None:
        plan = held(carried.successor, cast.chen)
        (plant,) = plans.projects_for(user=cast.chen, plan=plan, on=TODAY)
        assert (plant.investment_yuan, plant.percent, plant.state) == (
            7_000_000,
            60,
            plans.WorkState.UNDER_WAY,
        )
        assert (plant.start_year, plant.end_year) == (2026, None)
        assert (
            "原年限 2022—2025；原总投资 12,000,000 元；已支付 5,000,000 元；结余 7,000,000 元" in plant.notes
        )
        link = Carried.objects.get(result=str(plant.subject.ref))
        assert (link.percent, link.left_yuan, link.origin) == (60, 7_000_000, str(ledger.plant.ref))
        served = plant.subject.indicator_links.get().indicator
        assert (served.plan_id, served.code) == (carried.successor_id, "A2")

    def test_unknown_payments_leave_unknown_money(self, cast: Any, ledger: Any) -> None:
        (plan,) = plans.visible_versions(user=cast.chen, on=TODAY)
        rows = list(plans.projects_for(user=cast.chen, plan=plan, on=date(2022, 1, 1)))
        left = plans.money_left(projects=rows, on=date(2022, 1, 1))[ledger.plant.pk]
        assert (left.invested, left.paid, left.left) == (12_000_000, None, None)

    def test_a_measure_brings_its_heading_and_no_other(self, cast: Any, carried: Opening) -> None:
        plan = held(carried.successor, cast.chen)
        body = plans.measures_for(user=cast.chen, plan=plan, on=TODAY)
        assert [(one.title, one.depth) for one in body] == [("水环境", 0), ("建设污水管网", 1)]

    def test_a_commitment_comes_to_its_measure_with_what_it_asks_and_no_deadline(
        self, cast: Any, carried: Opening, ledger: Any
    ) -> None:
        plan = held(carried.successor, cast.chen)
        (promise,) = plans.commitments_for(user=cast.chen, plan=plan, on=TODAY)
        assert (promise.metric, promise.typed.value, promise.typed.unit, promise.kind) == (
            "新建污水管网", Decimal(30), "公里", "quantified",
        )  # fmt: skip
        assert (promise.percent, promise.state) == (40, plans.WorkState.UNDER_WAY)
        assert (promise.deadline, promise.due_on, promise.since) == ("", None, 2026)
        assert "原期限 2025年" in promise.notes
        assert promise.measure.code == "M1-1"
        assert promise.measure.plan_id == carried.successor_id
        (row,) = plans.with_shares([promise], TODAY)
        assert [(one.name, one.role) for one in row.shares] == [("青川县水利局", ResponsibilityRole.LEAD)]
        link = Carried.objects.get(result=str(promise.subject.ref))
        assert (link.kind, link.percent, link.origin) == (ItemKind.COMMITMENT, 40, str(ledger.pledge.ref))

    def test_a_commitment_stands_alone_where_its_measure_is_let_go(
        self, cast: Any, opening: Opening, ledger: Any
    ) -> None:
        define(opening, cast.chen)
        asked = {choice_of(opening, ledger.sewage).pk: Decided(Decision.DROP, reason="并入市政建设规划")}
        actions.choose(opening=opening, decided=asked, by=cast.chen, at=AT)
        proposed = actions.propose(opening=opening, by=cast.chen, at=AT)
        done = actions.carry(opening=proposed, by=cast.lin, at=LATER)
        plan = held(done.successor, cast.chen)
        (promise,) = plans.commitments_for(user=cast.chen, plan=plan, on=TODAY)
        assert promise.measure is None

    def test_a_commitment_is_let_go_with_a_reason(self, cast: Any, opening: Opening, ledger: Any) -> None:
        define(opening, cast.chen)
        choice = choice_of(opening, ledger.pledge)
        with pytest.raises(MissingReason):
            actions.choose(opening=opening, decided={choice.pk: Decided(Decision.DROP)}, by=cast.chen, at=AT)
        asked = {choice.pk: Decided(Decision.DROP, reason="任务已转交市政")}
        actions.choose(opening=opening, decided=asked, by=cast.chen, at=AT)
        proposed = actions.propose(opening=opening, by=cast.chen, at=AT)
        done = actions.carry(opening=proposed, by=cast.lin, at=LATER)
        plan = held(done.successor, cast.chen)
        assert not plans.commitments_for(user=cast.chen, plan=plan, on=TODAY).exists()

    def test_duties_of_the_plan_and_lessons_come_along(self, cast: Any, opening: Opening) -> None:
        define(opening, cast.chen)
        actions.add_lesson(opening=opening, text="监测点位过少，数据来得晚。", by=cast.chen, at=AT)
        proposed = actions.propose(opening=opening, by=cast.chen, at=AT)
        done = actions.carry(opening=proposed, by=cast.lin, at=LATER)
        plan = held(done.successor, cast.chen)
        (duty,) = plans.provisions_for(user=cast.chen, plan=plan, on=TODAY)
        assert (duty.duty_code, duty.name) == ("W01", "入河排污口监管")
        told = dict(done.successor.making.values_list("title", "text"))
        assert told["上一轮的经验教训"] == "监测点位过少，数据来得晚。"


class TestResponsibilities:
    def test_they_follow_mergers_to_who_answers_today(self, cast: Any, ledger: Any) -> None:
        areas.merge_departments(
            departments=[cast.water], into=cast.bureau, on=date(2026, 3, 1), by=None, at=AT
        )
        opening = actions.open_next(plan=held(ledger.plan, cast.chen), head=HEAD, by=cast.chen, at=AT)
        define(opening, cast.chen)
        proposed = actions.propose(opening=opening, by=cast.chen, at=AT)
        done = actions.carry(opening=proposed, by=cast.lin, at=LATER)
        shares = row(done, "A2", cast.chen).shares
        assert [(one.name, one.role) for one in shares] == [("青川县生态环境局", ResponsibilityRole.LEAD)]


class TestTheNewPlan:
    def test_it_is_a_draft_of_the_same_district_and_level(
        self, cast: Any, carried: Opening, ledger: Any
    ) -> None:
        plan = held(carried.successor, cast.chen)
        old = held(ledger.plan, cast.chen)
        assert plan.state == PlanState.DRAFTING
        assert (plan.subject.district_id, plan.level, plan.kind) == (
            old.subject.district_id,
            old.level,
            old.kind,
        )
        assert (plan.period_from, plan.period_to, plan.base_year, plan.subject.simulated) == (
            2026,
            2030,
            2025,
            True,
        )
        assert plan.recorded_by == cast.chen

    def test_it_is_written_whole_or_not_at_all(self, cast: Any, proposed: Opening, ledger: Any) -> None:
        before = plans.Plan.objects.count()
        make_plan(cast, "qingchuan-2026", cast.county, cast.chen)  # the code is taken meanwhile
        with pytest.raises(SuccessionRefusal):
            actions.carry(opening=proposed, by=cast.lin, at=LATER)
        assert plans.Plan.objects.count() == before + 1
        assert not Carried.objects.exists()
        assert Opening.objects.get(pk=proposed.pk).phase is OpeningState.PROPOSED

    def test_it_is_not_written_in_the_name_of_who_may_no_longer_write(
        self, cast: Any, proposed: Opening
    ) -> None:
        for grant in accounts.Grant.objects.filter(user=cast.chen):
            accounts.end_grant(grant=grant, on=date(2026, 1, 1), by=None, at=AT)
        with pytest.raises(AuthorLeft):
            actions.carry(opening=Opening.objects.get(pk=proposed.pk), by=cast.lin, at=LATER)


class TestUndo:
    def test_an_untouched_plan_is_withdrawn_and_the_choice_is_open_again(
        self, cast: Any, carried: Opening, ledger: Any
    ) -> None:
        made = carried.successor
        back = actions.undo(opening=carried, by=cast.lin, at=LATER + timedelta(hours=1), note="另行研究")
        assert held(made, cast.chen).state == PlanState.WITHDRAWN
        assert (back.phase, back.successor, back.code) == (OpeningState.CHOOSING, None, "qingchuan-2026-2")
        assert not Carried.objects.filter(undone_at__isnull=True).exists()
        proposed = actions.propose(opening=back, by=cast.chen, at=LATER)
        again = actions.carry(opening=proposed, by=cast.lin, at=LATER)
        assert again.successor.code == "qingchuan-2026-2"

    @pytest.mark.parametrize("touch", ["target", "value", "measure", "commitment", "move", "duty"])
    def test_a_plan_somebody_worked_on_stays(self, cast: Any, carried: Opening, touch: str) -> None:
        found = row(carried, "A1", cast.chen).version
        after = LATER + timedelta(minutes=5)
        made = {"by": cast.chen, "at": after}
        plan = carried.successor
        {
            "target": lambda: plans.add_target(
                indicator=found.subject, year=2030, facts={"typed": number("95")}, valid_from=TODAY, **made
            ),
            "value": lambda: plans.enter_value(
                indicator=found.subject, **made,
                facts={"year": 2025, "kind": "audited", "number": "93", "source": "省站"},
            ),
            "measure": lambda: plans.add_measure(
                plan=plan, code="N1", valid_from=TODAY, **made,
                facts={"kind": "measure", "order": 9, "title": "新增"},
            ),
            "commitment": lambda: plans.add_commitment(
                plan=plan, code="N2", valid_from=TODAY, **made,
                facts={
                    "kind": "quantified", "order": 9, "topic": "绿化", "metric": "造林", "typed": number("5"),
                },
            ),
            "move": lambda: put_in_state(plan, cast, "consult"),
            "duty": lambda: plans.make_responsible(
                subject=found.subject, department=cast.water, role=ResponsibilityRole.JOINT,
                valid_from=TODAY, **made,
            ),
        }[touch]()  # fmt: skip
        with pytest.raises(Touched):
            actions.undo(opening=carried, by=cast.lin, at=after, note="另行研究")
        assert Opening.objects.get(pk=carried.pk).phase is OpeningState.CARRIED


class TestSideBySide:
    def test_final_evaluation_of_the_old_and_drafting_of_the_new_do_not_touch_each_other(
        self, cast: Any, proposed: Opening, ledger: Any
    ) -> None:
        put_in_state(ledger.plan, cast, "evaluate")
        done = actions.carry(opening=proposed, by=cast.lin, at=LATER)
        before = row(done, "A1", cast.chen).version
        # the old plan goes on: a value is corrected by a later one, the plan is closed
        approved(ledger.air, cast.chen, cast.lin, year=2025, number="94.1", kind="notified")
        put_in_state(ledger.plan, cast, "close")
        after = row(done, "A1", cast.chen).version
        assert (after.pk, after.baseline.value) == (before.pk, Decimal("93.7"))
        assert held(done.successor, cast.chen).state == PlanState.DRAFTING
        # the new plan goes on: a target, a name; the old one keeps its own
        plans.add_target(
            indicator=after.subject,
            year=2030,
            facts={"typed": number("95")},
            valid_from=TODAY,
            by=cast.chen,
            at=LATER,
        )
        put_in_state(done.successor, cast, "consult", "review")
        old = held(ledger.plan, cast.chen)
        (mine,) = [
            one for one in plans.indicator_rows(user=cast.chen, plan=old, on=TODAY) if one.code == "A1"
        ]
        assert old.state == PlanState.CLOSED
        assert list(mine.targets) == [2025]
        assert mine.latest.value == Decimal("94.1")


class TestBigPlans:
    def test_a_job_writes_what_was_approved(self, cast: Any, proposed: Opening) -> None:
        job = queue_carry(opening=proposed, by=cast.lin, at=LATER)
        assert queue_carry(opening=proposed, by=cast.lin, at=LATER) == job  # pressed twice, queued once
        told = write_next_plan(job.payload, Progress())
        assert told["records"] == 8
        assert Opening.objects.get(pk=proposed.pk).phase is OpeningState.CARRIED

    def test_what_was_sent_back_and_changed_since_is_not_written(self, cast: Any, proposed: Opening) -> None:
        job = queue_carry(opening=proposed, by=cast.lin, at=LATER)
        back = actions.send_back(opening=proposed, by=cast.lin, at=LATER, note="再议")
        actions.propose(opening=back, by=cast.chen, at=LATER)
        with pytest.raises(GiveUp):
            write_next_plan(job.payload, Progress())


def test_targets_of_the_old_plan_do_not_come_along(cast: Any, carried: Opening, ledger: Any) -> None:
    assert all(not row(carried, code, cast.chen).targets for code in ("A1", "A2", "A3", "A5"))
