"""The same indicator over plans and years: joined where it is counted one way, broken where it is not."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from qingshan.accounts.public import Forbidden
from qingshan.plans import public as plans
from qingshan.plans.public import Operator, PlanLevel
from qingshan.succession import actions, policies
from qingshan.succession.actions.choosing import Decided
from qingshan.succession.models import Opening
from qingshan.succession.queries import series_of, series_of_indicator
from qingshan.succession.queries.series_chart import chart_of
from qingshan.succession.tests.conftest import (
    AT,
    BEGIN,
    LATER,
    TODAY,
    add_indicator,
    approved,
    choice_of,
    define,
    held,
    make_plan,
    number,
)
from qingshan.succession.vocabulary import Decision


@pytest.fixture
def cut(cast: Any) -> Any:
    """An indicator of the catalogue: what is cut, in tons."""
    return plans.add_catalogue_indicator(
        code="cod-project-cut", valid_from=BEGIN, by=None, at=AT,
        facts={
            "name": "化学需氧量减排量", "direction": "higher_better", "unit": "吨",
            "definition": "重点工程减排量",
        },
    )  # fmt: skip


@pytest.fixture
def two_plans(cast: Any, cut: Any) -> tuple[Any, Any]:
    """The county's last plan counted in 万吨, this one in 吨; 白石县 has one too."""
    old = make_plan(cast, "q-2016", cast.county, cast.chen, period_from=2016, period_to=2020, base_year=2015)
    new = make_plan(cast, "q-2021", cast.county, cast.chen)
    was = add_indicator(
        old, "A1", cast.chen, number("0.03", unit="万吨"), year=2020, name="COD减排量", unit="万吨",
        catalogue=cut, baseline=None, baseline_year=None,
    )  # fmt: skip
    now = add_indicator(
        new, "A1", cast.chen, number("400", unit="吨"), name="化学需氧量减排量", unit="吨", catalogue=cut,
        baseline=number("310", Operator.EQUAL, "吨"),
    )  # fmt: skip
    approved(was, cast.chen, cast.lin, year=2018, number="0.021", unit="万吨")
    approved(was, cast.chen, cast.lin, year=2020, number="0.031", unit="万吨")
    approved(now, cast.chen, cast.lin, year=2023, number="350", unit="吨")
    there = make_plan(cast, "b-2021", cast.elsewhere, cast.zhou)
    add_indicator(
        there,
        "B1",
        cast.zhou,
        number("100", unit="吨"),
        name="COD减排量",
        unit="吨",
        catalogue=cut,
        baseline_year=None,
    )
    return was, now


def series(user: Any, on: date = TODAY) -> Any:
    return series_of(code="cod-project-cut", user=user, on=on)


class TestPoints:
    def test_units_that_convert_make_one_line_with_gaps(self, cast: Any, two_plans: Any) -> None:
        chart = chart_of(series(cast.chen))
        assert chart["unit"] == "吨"
        assert chart["years"] == ["2018", "2019", "2020", "2021", "2022", "2023", "2024", "2025"]
        (line,) = chart["lines"]
        assert line["points"] == [210.0, None, 310.0, None, None, 350.0, None, None]
        assert [(one["x"], one["value"], one["bound"]) for one in chart["targets"]] == [
            ("2020", 300.0, "min"), ("2025", 400.0, "min"),
        ]  # fmt: skip
        assert chart["breaks"] == []

    def test_figures_are_shown_in_the_unit_they_were_entered_in(self, cast: Any, two_plans: Any) -> None:
        told = [
            (one.year, one.what, f"{one.figure.value}{one.figure.unit}") for one in series(cast.chen).points
        ]
        assert told == [
            (2018, "审核数据", "0.021万吨"), (2020, "审核数据", "0.031万吨"), (2020, "基准值", "310吨"),
            (2023, "审核数据", "350吨"),
        ]  # fmt: skip

    def test_what_was_not_known_on_a_day_is_not_there(self, cast: Any, two_plans: Any) -> None:
        assert [one.year for one in series(cast.chen, date(2025, 1, 1)).points] == [
            2020
        ]  # the printed baseline

    def test_half_a_year_is_told_and_not_drawn(self, cast: Any, two_plans: Any) -> None:
        approved(
            two_plans[1], cast.chen, cast.lin, year=2024, number="180", unit="吨",
            period_start=date(2024, 1, 1), period_end=date(2024, 6, 30),
        )  # fmt: skip
        found = series(cast.chen)
        (half,) = [one for one in found.points if one.year == 2024]
        assert (half.drawn, half.note) == (None, "只覆盖年内部分时段")

    def test_two_plans_that_disagree_on_a_year_are_named(self, cast: Any, two_plans: Any) -> None:
        approved(two_plans[1], cast.chen, cast.lin, year=2020, number="333", unit="吨")
        (told,) = series(cast.chen).contradictions
        assert told == "2020年：《青川县“十四五”规划》为 310，《青川县“十四五”规划》为 333（吨）"

    def test_plans_one_may_not_see_are_not_in_it(self, cast: Any, two_plans: Any) -> None:
        assert {one.subject.code for one in series(cast.chen).plans} == {"q-2016", "q-2021"}
        assert {one.subject.code for one in series(cast.zhou).plans} == {"b-2021"}

    def test_a_plan_that_was_withdrawn_says_nothing(self, cast: Any, two_plans: Any) -> None:
        plan = two_plans[0].plan
        plans.move_plan(
            plan=plan, move="withdraw", seen=held(plan, cast.lin).number, by=cast.lin, at=AT, reason="作废"
        )
        assert {one.subject.code for one in series(cast.chen).plans} == {"q-2021"}


class TestBreaks:
    def test_an_entered_change_breaks_the_line_from_its_year(
        self, cast: Any, cut: Any, two_plans: Any
    ) -> None:
        actions.enter_change(
            catalogue=cut, by=cast.chen, at=AT, facts={
                "year": 2021, "kind": "scope", "before": "重点工程", "after": "全口径",
                "reason": "核算办法修订",
                "document": "环办〔2021〕1号",
            },
        )  # fmt: skip
        found = series(cast.chen)
        assert [(one.year, one.what, one.reason, one.source.label) for one in found.breaks] == [
            (2021, "统计范围", "核算办法修订", "人工登记")
        ]
        chart = chart_of(found)
        assert [one["points"] for one in chart["lines"]] == [
            [210.0, None, 310.0, None, None, None, None, None],
            [None, None, None, None, None, 350.0, None, None],
        ]
        assert chart["breaks"] == [{"x": "2021", "label": "统计范围变化"}]

    def test_one_taken_back_breaks_nothing(self, cast: Any, cut: Any, two_plans: Any) -> None:
        facts = {"year": 2021, "kind": "scope", "before": "甲", "after": "乙", "reason": "误"}
        change = actions.enter_change(catalogue=cut, facts=facts, by=cast.chen, at=AT)
        actions.withdraw_change(change=change, reason="登记有误", by=cast.chen, at=AT)
        assert series(cast.chen).breaks == []

    def test_it_is_taken_back_where_it_was_entered(self, cast: Any, cut: Any, two_plans: Any) -> None:
        facts = {"year": 2021, "kind": "scope", "before": "甲", "after": "乙", "reason": "核算办法修订"}
        change = actions.enter_change(catalogue=cut, facts=facts, by=cast.chen, at=AT)
        (found,) = series(cast.zhou).breaks
        assert not policies.may_withdraw(cast.zhou, found.change)
        with pytest.raises(Forbidden):
            actions.withdraw_change(change=change, reason="不同意", by=cast.zhou, at=AT)
        assert [one.change for one in series(cast.zhou).breaks] == [change]
        actions.withdraw_change(change=change, reason="登记有误", by=cast.hu, at=AT)
        assert series(cast.zhou).breaks == []

    def test_what_the_system_entered_any_planner_takes_back(
        self, cast: Any, cut: Any, two_plans: Any
    ) -> None:
        facts = {"year": 2021, "kind": "scope", "before": "甲", "after": "乙", "reason": "误"}
        change = actions.enter_change(catalogue=cut, facts=facts, by=None, at=AT)
        with pytest.raises(Forbidden):
            actions.withdraw_change(change=change, reason="登记有误", by=cast.wu, at=AT)
        actions.withdraw_change(change=change, reason="登记有误", by=cast.zhou, at=AT)

    def test_a_revised_definition_of_the_catalogue_breaks_it(
        self, cast: Any, cut: Any, two_plans: Any
    ) -> None:
        plans.revise_catalogue_indicator(
            catalogue=cut, changes={"definition": "全口径减排量"}, seen=1, by=cast.chen, at=AT,
            reason="指南更新", valid_from=date(2022, 1, 1),
        )  # fmt: skip
        (found,) = series(cast.chen).breaks
        assert (found.year, found.before, found.after, found.source.label) == (
            2022, "重点工程减排量", "全口径减排量", "指标库修订",
        )  # fmt: skip
        assert len(chart_of(series(cast.chen))["lines"]) == 2

    def test_a_unit_that_does_not_convert_is_marked_and_not_drawn(
        self, cast: Any, cut: Any, two_plans: Any
    ) -> None:
        later = make_plan(cast, "q-2026", cast.county, cast.chen, period_from=2026, period_to=2030)
        add_indicator(
            later, "A1", cast.chen, None, unit="%", name="COD减排比例", catalogue=cut,
            baseline=number("8", Operator.EQUAL, "%"), baseline_year=2025,
        )  # fmt: skip
        found = series(cast.chen)
        (derived,) = found.breaks
        assert (derived.year, derived.what, derived.before, derived.after) == (2025, "单位", "吨", "%")
        assert derived.source.label == "由各规划所载推定"
        assert [one.drawn for one in found.points if one.unit == "%"] == [None]

    def test_another_scope_of_the_baseline_is_another_line(self, cast: Any, cut: Any, two_plans: Any) -> None:
        later = make_plan(cast, "q-2026", cast.county, cast.chen, period_from=2026, period_to=2030)
        add_indicator(
            later, "A1", cast.chen, None, unit="吨", name="COD减排量", catalogue=cut,
            baseline_scope="全市", baseline=number("900", Operator.EQUAL, "吨"), baseline_year=2025,
        )  # fmt: skip
        found = series(cast.chen)
        assert [(one.what, one.before, one.after) for one in found.breaks] == [("统计范围", "未注明", "全市")]
        assert len(chart_of(found)["lines"]) == 2

    def test_who_may_not_edit_plans_enters_no_change(self, cast: Any, cut: Any) -> None:
        facts = {"year": 2021, "kind": "scope", "before": "甲", "after": "乙", "reason": "修订"}
        for person in (cast.lin, cast.wu, cast.he):
            with pytest.raises(Forbidden):
                actions.enter_change(catalogue=cut, facts=facts, by=person, at=AT)


class TestOfOneIndicator:
    def test_it_follows_what_was_carried_without_a_catalogue(
        self, cast: Any, opening: Opening, ledger: Any
    ) -> None:
        define(opening, cast.chen)
        asked = Decided(Decision.REDEFINE, reason="断面调整", definition="只计国考断面")
        actions.choose(
            opening=opening, decided={choice_of(opening, ledger.water).pk: asked}, by=cast.chen, at=AT
        )
        proposed = actions.propose(opening=opening, by=cast.chen, at=AT)
        done = actions.carry(opening=proposed, by=cast.lin, at=LATER)
        plan = held(done.successor, cast.chen)
        rows = plans.indicators_for(user=cast.chen, plan=plan, on=TODAY)
        air = series_of_indicator(version=rows.get(subject__code="A1"), user=cast.chen, on=TODAY)
        assert [(one.year, one.is_baseline, one.drawn) for one in air.points] == [
            (2020, True, Decimal(88)), (2024, False, Decimal("92.1")), (2025, False, Decimal("93.7")),
            (2025, True, Decimal("93.7")),
        ]  # fmt: skip
        assert len(air.plans) == 2
        water = series_of_indicator(version=rows.get(subject__code="A2"), user=cast.chen, on=TODAY)
        assert [(one.year, one.after, one.source.label) for one in water.breaks] == [
            (2026, "只计国考断面", "接续时重新定义")
        ]

    def test_levels_of_one_district_are_not_joined(self, cast: Any, cut: Any, two_plans: Any) -> None:
        zone = make_plan(cast, "z-2021", cast.county, cast.chen, PlanLevel.ZONE)
        add_indicator(
            zone, "Z1", cast.chen, None, unit="吨", name="COD减排量", catalogue=cut,
            baseline=number("12", Operator.EQUAL, "吨"),
        )  # fmt: skip
        assert len(chart_of(series(cast.chen))["lines"]) == 2
