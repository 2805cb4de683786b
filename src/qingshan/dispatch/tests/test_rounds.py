"""Opening a round: what rows are drawn, who may, by which day; more time; its rhythm."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from qingshan.accounts.public import Forbidden
from qingshan.areas import public as areas
from qingshan.dispatch import public as dispatch
from qingshan.dispatch.errors import AlreadyOpened, BadRow, MissingReason, NothingToReport, RoundNotOpen
from qingshan.dispatch.tests.conftest import AT, DUE, TODAY, hand_in, later, open_november, part_of, row_of
from qingshan.plans import public as plans
from qingshan.tasks import public as tasks
from qingshan.workflow import public as workflow


def rows(found: Any) -> set[tuple[str, str]]:
    held = found.rows.select_related("part__department")
    return {(row.part.department.name, row.title) for row in held}


def _task(cast: Any, title: str, starts_on: date, **more: Any) -> Any:
    made = tasks.create_task(
        district=cast.county, source=tasks.TaskSource.INSTRUCTION, lead=cast.water, by=cast.chen, at=AT,
        terms={"title": title, "starts_on": starts_on, "due_on": date(2026, 12, 31)}, **more,
    )  # fmt: skip
    return tasks.assign_task(task=made, by=cast.chen, at=AT)


class TestOpening:
    def test_each_department_gets_what_it_answers_for(self, opened: Any) -> None:
        assert rows(opened) == {
            ("青川县水利局", "建设污水管网"),
            ("青川县水利局", "县城污水处理厂扩建"),
            ("青川县水利局", "清理青川河漂浮物"),
            ("青川县生态环境局", "营造水源涵养林"),  # the text names both and no lead: each reports
            ("青川县住房和城乡建设局", "营造水源涵养林"),
        }

    def test_a_row_keeps_what_stood_in_the_ledger_and_its_place_in_the_plan(self, ledgered: Any) -> None:
        report = plans.enter_report(
            subject=ledgered.plant, on=date(2026, 10, 31), work_state=plans.WorkState.UNDER_WAY,
            text="桩基完成", percent=30, by=ledgered.wu, at=AT,
        )  # fmt: skip
        plans.submit_report(report=report, by=ledgered.wu, at=AT)
        plans.approve_report(report=report, by=ledgered.chen, at=AT)
        row = row_of(open_november(ledgered), ledgered.plant)
        assert (row.before_state, row.before_percent, row.before_on) == ("under_way", 30, date(2026, 10, 31))
        assert (row.chapter, row.starts_on, row.due_on) == ("水环境", date(2026, 1, 1), date(2027, 12, 31))

    def test_what_is_done_or_stopped_is_not_asked_for(self, ledgered: Any) -> None:
        report = plans.enter_report(
            subject=ledgered.sewage, on=TODAY, work_state=plans.WorkState.DONE, text="全部建成", percent=100,
            by=ledgered.wu, at=AT,
        )  # fmt: skip
        plans.submit_report(report=report, by=ledgered.wu, at=AT)
        plans.approve_report(report=report, by=ledgered.chen, at=AT)
        assert "建设污水管网" not in {title for _name, title in rows(open_november(ledgered))}

    def test_tasks_may_be_left_out(self, ledgered: Any) -> None:
        found = open_november(ledgered, with_tasks=False)
        assert "清理青川河漂浮物" not in {title for _name, title in rows(found)}

    def test_a_task_that_begins_after_the_period_is_not_asked_for(self, ledgered: Any) -> None:
        _task(ledgered, "十二月巡河", date(2026, 12, 1))
        assert "十二月巡河" not in {title for _name, title in rows(open_november(ledgered))}

    def test_of_a_divided_task_the_part_at_work_is_asked_for_and_not_the_whole(self, ledgered: Any) -> None:
        whole = _task(ledgered, "巡河护河", date(2026, 7, 1))
        tasks.split_by_quarter(task=whole, by=ledgered.chen, at=AT)
        found = open_november(ledgered)
        assert {title for _name, title in rows(found) if "巡河" in title} == {
            "巡河护河（2026年第3季度）", "巡河护河（2026年第4季度）",
        }  # fmt: skip

    def test_a_measure_and_the_task_made_of_it_are_not_both_asked_for(self, ledgered: Any) -> None:
        _task(ledgered, "管网年度任务", date(2026, 1, 1), source_ref=ledgered.sewage.ref)
        titles = {title for _name, title in rows(open_november(ledgered))}
        assert "建设污水管网" in titles
        assert "管网年度任务" not in titles

    def test_words_before_are_the_departments_own_and_not_found_false(self, ledgered: Any) -> None:
        before = open_november(ledgered, within=date(2026, 10, 15))
        for about, by, department in (
            (ledgered.forest, ledgered.zheng, ledgered.housing),
            (ledgered.plant, ledgered.wu, ledgered.water),
        ):
            row = hand_in(row_of(before, about, department), by)
            dispatch.accept_row(row=row, by=ledgered.chen, at=later(hours=1))
        dispatch.Row.objects.filter(round=before, about=str(ledgered.plant.ref)).update(
            state=dispatch.RowState.FALSE
        )
        found = open_november(ledgered)
        assert row_of(found, ledgered.forest, ledgered.housing).before_text == "已铺设 6 公里。"
        assert row_of(found, ledgered.forest, ledgered.bureau).before_text == ""
        assert row_of(found, ledgered.plant).before_text == ""

    def test_the_work_of_a_merged_department_is_asked_of_its_follower(self, ledgered: Any) -> None:
        areas.merge_departments(
            into=ledgered.bureau, departments=[ledgered.water], on=TODAY, by=None, at=AT, note="机构改革"
        )
        found = open_november(ledgered, with_tasks=False)
        assert ("青川县生态环境局", "建设污水管网") in rows(found)
        assert not found.parts.filter(department=ledgered.water).exists()

    def test_each_department_has_a_deadline(self, opened: Any, cast: Any) -> None:
        (deadline,) = workflow.deadlines_of(part_of(opened, cast.water).ref)
        assert (deadline.due_on, deadline.phase) == (DUE, workflow.DeadlineState.RUNNING)

    def test_a_period_has_one_round(self, opened: Any, ledgered: Any) -> None:
        with pytest.raises(AlreadyOpened, match="2026年11月"):
            open_november(ledgered)
        dispatch.cancel_round(round=opened, reason="期限写错", by=ledgered.chen, at=AT)
        assert open_november(ledgered).phase is dispatch.RoundState.OPEN

    @pytest.mark.parametrize(
        ("more", "told"),
        [
            ({"due_on": date(2026, 12, 6)}, "2026-12-06 早于今天"),
            ({"within": date(2027, 1, 1)}, "尚未开始"),
        ],
    )
    def test_days_that_cannot_be_are_refused(self, ledgered: Any, more: dict[str, Any], told: str) -> None:
        with pytest.raises(BadRow, match=told):
            open_november(ledgered, **more)

    def test_a_plan_without_work_of_anybody_is_not_dispatched(self, ledgered: Any) -> None:
        for subject in (ledgered.sewage, ledgered.plant, ledgered.forest):
            for duty in subject.responsibilities.all():
                plans.end_responsibility(duty=duty, on=TODAY, by=ledgered.chen, at=AT, reason="删去")
        with pytest.raises(NothingToReport):
            open_november(ledgered, with_tasks=False)

    @pytest.mark.parametrize("who", ["lin", "wu", "qian", "zhou"])
    def test_only_who_keeps_the_ledger_opens_one(self, ledgered: Any, who: str) -> None:
        with pytest.raises(Forbidden):
            open_november(ledgered, by=getattr(ledgered, who))


class TestMoreTime:
    def test_departments_that_are_not_done_get_it(self, opened: Any, cast: Any) -> None:
        hand_in(row_of(opened, cast.forest, cast.housing), cast.zheng)
        dispatch.extend_round(round=opened, due_on=date(2026, 12, 18), reason="系统升级", by=cast.chen, at=AT)
        due = {
            part.department.name: workflow.deadlines_of(part.ref)[0].due_on
            for part in opened.parts.select_related("department")
        }
        assert due == {
            "青川县水利局": date(2026, 12, 18),
            "青川县生态环境局": date(2026, 12, 18),
            "青川县住房和城乡建设局": DUE,
        }

    def test_it_asks_for_a_reason_and_a_later_day(self, opened: Any, cast: Any) -> None:
        with pytest.raises(MissingReason):
            dispatch.extend_round(round=opened, due_on=date(2026, 12, 18), reason=" ", by=cast.chen, at=AT)
        with pytest.raises(BadRow, match="应晚于现期限"):
            dispatch.extend_round(round=opened, due_on=DUE, reason="x", by=cast.chen, at=AT)


class TestRhythm:
    def rhythm(self, cast: Any, **more: Any) -> Any:
        given = {
            "period": dispatch.Period.MONTH, "opens_on_day": 1, "days_to_report": 5, "with_tasks": True,
            "active": True, **more,
        }  # fmt: skip
        set_on = datetime(2026, 11, 20, 2, tzinfo=UTC)
        return dispatch.set_rhythm(plan=cast.plan, by=cast.chen, at=set_on, **given)

    def opened_on(self, day: date) -> list[Any]:
        return dispatch.open_due(on=day, at=datetime(day.year, day.month, day.day, 1, tzinfo=UTC))

    def test_a_round_opens_on_its_working_day_with_its_deadline(self, ledgered: Any) -> None:
        self.rhythm(ledgered, opens_on_day=2)
        assert self.opened_on(date(2026, 12, 1)) == []  # Tuesday, the first working day of December
        (found,) = self.opened_on(date(2026, 12, 2))
        assert (found.starts_on, found.due_on) == (date(2026, 11, 1), date(2026, 12, 9))
        assert found.opened_by is None

    def test_it_opens_once_also_when_the_worker_was_away_on_the_day(self, ledgered: Any) -> None:
        self.rhythm(ledgered)
        assert len(self.opened_on(date(2026, 12, 4))) == 1
        assert self.opened_on(date(2026, 12, 5)) == []

    def test_periods_that_ended_before_it_was_set_are_left(self, ledgered: Any) -> None:
        self.rhythm(ledgered)
        assert self.opened_on(date(2026, 11, 25)) == []

    def test_a_paused_one_opens_nothing(self, ledgered: Any) -> None:
        self.rhythm(ledgered, active=False)
        assert self.opened_on(date(2026, 12, 4)) == []

    def test_a_quarter_waits_for_its_end(self, ledgered: Any) -> None:
        self.rhythm(ledgered, period=dispatch.Period.QUARTER)
        assert self.opened_on(date(2026, 12, 31)) == []
        (found,) = self.opened_on(date(2027, 1, 8))
        assert (found.starts_on, found.ends_on) == (date(2026, 10, 1), date(2026, 12, 31))

    @pytest.mark.parametrize("days", [0, 61])
    def test_days_out_of_range_are_refused(self, ledgered: Any, days: int) -> None:
        with pytest.raises(BadRow):
            self.rhythm(ledgered, days_to_report=days)


class TestCancelled:
    def test_nothing_in_it_changes_any_more(self, opened: Any, cast: Any) -> None:
        row = row_of(opened, cast.sewage)
        with pytest.raises(MissingReason):
            dispatch.cancel_round(round=opened, reason="", by=cast.chen, at=AT)
        dispatch.cancel_round(round=opened, reason="误发", by=cast.chen, at=AT)
        with pytest.raises(RoundNotOpen):
            hand_in(row, cast.wu, at=later(hours=1))
        (deadline,) = workflow.deadlines_of(part_of(opened, cast.water).ref)
        assert deadline.phase is workflow.DeadlineState.LIFTED
