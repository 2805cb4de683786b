"""What somebody sees of the ledger, as of which day."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection

from qingshan.areas import public as areas
from qingshan.plans import actions, queries
from qingshan.plans.queries.errors import NoSuchPlan, NoSuchRecord
from qingshan.plans.states import Status, WorkState
from qingshan.plans.vocabulary import Caution, Operator

TODAY = date(2026, 11, 20)


def seen(cast: Any, person: Any, on: date = TODAY) -> Any:
    return queries.plan_for(user=person, code="qingchuan-2021", on=on)


class TestWhoSeesWhat:
    def test_somebody_from_another_district_sees_nothing(self, cast: Any, ledger: Any) -> None:
        assert queries.visible_plans(user=cast.zhou, on=TODAY) == []
        with pytest.raises(NoSuchPlan):
            seen(cast, cast.zhou)
        for rows in (queries.measures_for, queries.projects_for, queries.commitments_for):
            assert not rows(user=cast.zhou, on=TODAY).exists()
        assert queries.search(user=cast.zhou, text="污水", on=TODAY) == []
        with pytest.raises(NoSuchRecord):
            queries.department_page(user=cast.zhou, department_id=cast.water.pk, on=TODAY)

    def test_a_department_sees_all_indicators_and_its_own_measures(self, cast: Any, ledger: Any) -> None:
        plan = seen(cast, cast.wu)
        rows = queries.indicator_rows(user=cast.wu, plan=plan, on=TODAY)
        measures = queries.measures_for(user=cast.wu, plan=plan, on=TODAY)
        assert [row.code for row in rows] == ["A1", "A2"]
        assert [row.subject.code for row in measures] == ["M1-1"]
        with pytest.raises(NoSuchRecord):
            queries.measure_detail(user=cast.wu, plan=plan, code="M1-2", on=TODAY)

    def test_its_tree_keeps_the_headings_above_its_own(self, cast: Any, ledger: Any) -> None:
        (root,) = queries.measure_tree(user=cast.wu, plan=seen(cast, cast.wu), on=TODAY)
        assert (root.version.title, root.total) == ("水环境", 1)
        assert [node.version.title for node in root.children] == ["建设污水管网"]
        (whole,) = queries.measure_tree(user=cast.lin, plan=seen(cast, cast.lin), on=TODAY)
        assert (whole.total, whole.done) == (2, 0)

    def test_before_it_began_there_is_no_plan(self, cast: Any, ledger: Any) -> None:
        with pytest.raises(NoSuchPlan):
            seen(cast, cast.lin, date(2020, 12, 31))
        assert seen(cast, cast.lin, date(2021, 1, 1)).short_name == "青川“十四五”规划"


class TestAMergedDepartment:
    @pytest.fixture
    def merged(self, cast: Any, ledger: Any, at: Any) -> Any:
        areas.merge_departments(
            departments=[cast.water], into=cast.bureau, on=date(2026, 6, 1), by=None, at=at
        )
        return cast

    def test_its_duties_follow_without_being_rewritten(self, merged: Any, ledger: Any) -> None:
        plan = seen(merged, merged.lin)
        rows = queries.measures_for(user=merged.lin, plan=plan, on=TODAY).filter(subject__code="M1-1")
        (share,) = queries.with_shares(rows, TODAY)[0].shares
        assert (share.name, share.was) == ("青川县生态环境局", "青川县水利局")
        page = queries.department_page(user=merged.lin, department_id=merged.bureau.pk, on=TODAY)
        assert {one.title for one in page.measures} == {"建设污水管网", "营造水源涵养林"}
        assert [one.metric for one in page.commitments] == ["新建管网长度"]
        assert [one.name for one in page.predecessors] == ["青川县水利局"]

    def test_the_day_before_they_were_still_its_own(self, merged: Any, ledger: Any) -> None:
        day = date(2026, 5, 31)
        plan = seen(merged, merged.lin, day)
        rows = queries.measures_for(user=merged.lin, plan=plan, on=day).filter(subject__code="M1-1")
        (share,) = queries.with_shares(rows, day)[0].shares
        assert (share.name, share.was) == ("青川县水利局", "")


class TestAnIndicator:
    def test_the_notified_figure_goes_before_the_audited_one(self, cast: Any, ledger: Any, book: Any) -> None:
        book.approved(cast, ledger.air, year=2025, number="93.0", known_on=date(2026, 1, 20))
        book.approved(cast, ledger.air, year=2025, number="92.4", kind="notified", known_on=date(2026, 3, 1))
        february, march = (self._row(cast, day) for day in (date(2026, 2, 28), date(2026, 3, 1)))
        assert (february.latest.value, february.status) == (Decimal("93.0"), Status.MET)
        assert (march.latest.value, march.status) == (Decimal("92.4"), Status.MISSED)

    def _row(self, cast: Any, day: date) -> Any:
        return queries.indicator_rows(user=cast.lin, plan=seen(cast, cast.lin, day), on=day)[0]

    def test_the_others_are_shown_with_their_difference(self, cast: Any, ledger: Any, book: Any) -> None:
        book.approved(cast, ledger.air, year=2025, number="93.0")
        book.approved(cast, ledger.air, year=2025, number="92.4", kind="notified")
        detail = queries.indicator_detail(user=cast.lin, plan=seen(cast, cast.lin), code="A1", on=TODAY)
        assert [(row.kind_label, row.counts) for row in detail.values] == [
            ("上级通报", True),
            ("审核数据", False),
        ]
        assert detail.values[1].difference.value == Decimal("0.6")

    def test_a_corrected_value_counts_until_its_correction_was_known(
        self, cast: Any, ledger: Any, book: Any
    ) -> None:
        old = book.approved(cast, ledger.air, year=2025, number="93.0", known_on=date(2026, 1, 20))
        book.approved(cast, ledger.air, year=2025, number="91.0", known_on=date(2026, 4, 1), corrects=old)
        assert self._row(cast, date(2026, 3, 31)).latest.value == Decimal("93.0")
        assert self._row(cast, date(2026, 4, 1)).latest.value == Decimal("91.0")

    def test_what_is_not_approved_counts_for_nothing(self, cast: Any, ledger: Any, at: Any) -> None:
        facts = {"year": 2025, "kind": "notified", "number": "99", "source": "x"}
        actions.enter_value(indicator=ledger.air, facts=facts, by=cast.chen, at=at)
        row = self._row(cast, TODAY)
        assert (row.status, row.latest.is_missing) == (Status.NO_VALUE, True)

    def test_the_chart_has_a_place_for_each_year(self, cast: Any, ledger: Any, book: Any) -> None:
        book.approved(cast, ledger.air, year=2023, number="90.7")
        chart = queries.indicator_detail(user=cast.lin, plan=seen(cast, cast.lin), code="A1", on=TODAY).chart
        assert chart["years"] == ["2020", "2021", "2022", "2023", "2024", "2025"]
        assert chart["path"] == [88.0, 88.9, 89.8, 90.7, 91.6, 92.5]
        assert chart["targets"][-1]["bound"] == "min"
        assert chart["values"] == [{"name": "审核数据", "points": [None, None, None, 90.7, None, None]}]

    def test_an_assigned_target_is_judged_from_the_day_of_its_letter(
        self, cast: Any, ledger: Any, at: Any, book: Any
    ) -> None:
        book.approved(cast, ledger.water, year=2025, number="95", known_on=date(2026, 1, 20))
        actions.assign_target(
            target=ledger.water_target, typed=book.number("94"), authority="云岭市",
            letter_number="云环〔2026〕1号",
            letter_on=date(2026, 2, 1), letter="documents.document/1", seen=1, by=cast.chen, at=at,
        )  # fmt: skip
        before, after = (
            queries.indicator_rows(user=cast.lin, plan=seen(cast, cast.lin, day), on=day)[1]
            for day in (date(2026, 1, 31), date(2026, 2, 1))
        )
        assert (before.status, after.status) == (Status.WAITING_FOR_ASSIGNMENT, Status.MET)
        assert after.targets[2025].figure.source == "云岭市 云环〔2026〕1号"


class TestTheOverview:
    def test_it_says_what_is_behind_and_whose_it_is(self, cast: Any, ledger: Any, at: Any, book: Any) -> None:
        book.approved(cast, ledger.air, year=2025, number="90")
        report = actions.enter_report(
            subject=ledger.plant, on=date(2026, 10, 31), work_state=WorkState.UNDER_WAY, percent=60, text="x",
            by=cast.wu, at=at,
        )  # fmt: skip
        actions.submit_report(report=report, by=cast.wu, at=at)
        actions.approve_report(report=report, by=cast.chen, at=at)
        actions.add_milestone(
            project=ledger.plant, code="1", name="通水", due_on=date(2026, 10, 1), by=cast.wu, at=at
        )
        found = queries.plan_overview(user=cast.lin, plan=seen(cast, cast.lin), on=TODAY)
        assert [(row.what, [share.name for share in row.whose]) for row in found.behind] == [
            ("优良天数比例", ["青川县生态环境局"]),
            ("县城污水处理厂扩建", ["青川县水利局"]),
        ]
        assert [(row.what, row.authority) for row in found.waiting] == [("水质优良比例", "云岭市")]
        assert [(row.what, row.overdue) for row in found.due] == [("通水", True)]
        assert {part.status: part.count for part in found.health} == {
            Status.MISSED: 1,
            Status.WAITING_FOR_ASSIGNMENT: 1,
        }

    def test_what_nobody_reported_is_silent_not_overdue(self, cast: Any, ledger: Any) -> None:
        found = queries.plan_overview(user=cast.lin, plan=seen(cast, cast.lin), on=TODAY)
        assert (found.due, found.silent) == ([], 1)

    def test_money_is_summed_and_what_is_missing_is_not_zero(self, cast: Any, ledger: Any, at: Any) -> None:
        for funds, yuan in (("中央资金", 3_000_000), ("县级财政", 1_250_000)):
            actions.set_money(
                project=ledger.plant,
                year=2024,
                funds=funds,
                amounts={"planned_yuan": yuan},
                by=cast.wu,
                at=at,
            )
        money = queries.money_summary(user=cast.lin, plan=seen(cast, cast.lin), on=TODAY)
        assert (money.invested.value, money.planned.value) == (1200, 425)
        assert money.paid.is_missing
        assert [(one.name, one.planned.value) for one in money.by_source] == [
            ("中央资金", 300),
            ("县级财政", 125),
        ]


class TestSearch:
    def test_it_shows_the_words_around(self, cast: Any, ledger: Any) -> None:
        (hit,) = queries.search(user=cast.lin, text="日处理", on=TODAY)
        assert (hit.kind, hit.title, hit.before, hit.match, hit.after) == (
            "项目", "县城污水处理厂扩建", "扩建", "日处理", "能力1万吨",
        )  # fmt: skip

    def test_one_character_is_a_word(self, cast: Any, ledger: Any) -> None:
        assert "水质优良比例" in [hit.title for hit in queries.search(user=cast.lin, text="水", on=TODAY)]
        assert queries.search(user=cast.lin, text=" ", on=TODAY) == []


class TestHistory:
    def test_it_shows_each_step_with_what_it_changed(
        self, cast: Any, ledger: Any, at: Any, book: Any
    ) -> None:
        actions.revise_target(
            target=ledger.air_target, changes={"typed": book.number("93")}, seen=1, by=cast.lin, at=at,
            reason="中期调整",
        )  # fmt: skip
        newest, first = queries.steps_of(user=cast.lin, ref=ledger.air_target.ref, on=TODAY)
        (change, _approver) = newest.changes
        assert (change.label, change.before, change.after) == ("目标", "≥92.5%", "≥93%")
        assert (newest.version.reason, first.changes) == ("中期调整", ())
        with pytest.raises(NoSuchRecord):
            queries.steps_of(user=cast.zhou, ref=ledger.air_target.ref, on=TODAY)


class TestTheListOfMeasures:
    def test_a_page_takes_few_queries_whatever_its_length(
        self, cast: Any, ledger: Any, django_assert_max_num_queries: Any, book: Any
    ) -> None:
        for number in range(30):
            book.add_measure(cast, ledger.plan, f"X{number}", 10 + number, f"措施{number}")
        plan = seen(cast, cast.lin)
        with django_assert_max_num_queries(8):
            page = queries.measures_for(user=cast.lin, plan=plan, on=TODAY)[:25]
            assert all(row.shares is not None for row in queries.with_shares(page, TODAY))

    def test_it_is_counted_without_touching_the_rows(self, cast: Any, ledger: Any) -> None:
        rows = queries.measures_for(user=cast.lin, plan=seen(cast, cast.lin), on=TODAY).filter(kind="measure")
        assert rows.count() == 2
        if connection.vendor == "sqlite":  # PostgreSQL reads so small a table whole
            plan = rows.order_by().values("pk").explain()
            assert "COVERING INDEX" in plan


def test_a_target_that_bounds_the_good_side_is_flagged(cast: Any, ledger: Any, at: Any, book: Any) -> None:
    within = book.number("80", Operator.AT_MOST)
    actions.revise_target(
        target=ledger.air_target, changes={"typed": within}, seen=1, by=cast.lin, at=at, reason="试"
    )
    row = queries.indicator_rows(user=cast.lin, plan=seen(cast, cast.lin), on=TODAY)[0]
    assert Caution.AGAINST_DIRECTION in row.cautions
