"""What a department may say, what handing in asks, and what the reviewer is warned of."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from qingshan.areas import public as areas
from qingshan.dispatch import public as dispatch
from qingshan.dispatch.errors import BadRow, Incomplete, NothingToReport, Stale
from qingshan.dispatch.models import Saying
from qingshan.dispatch.tests.conftest import AT, hand_in, later, part_of, photo, row_of, save
from qingshan.documents import public as documents
from qingshan.tasks import public as tasks
from qingshan.workflow import public as workflow

#: Rights are asked of the real today, so a merger of the tests lies before it.
MERGED = date(2026, 11, 20)


class TestSaving:
    def test_what_a_broken_line_sends_twice_is_one_saying(self, opened: Any, cast: Any) -> None:
        row = row_of(opened, cast.sewage)
        for _time in range(2):
            save(row, cast.wu, key="device-1", text="已铺设 6 公里。")
        assert Saying.objects.filter(row=row).count() == 1

    def test_an_old_saying_that_comes_late_does_not_undo_a_newer_one(self, opened: Any, cast: Any) -> None:
        row = row_of(opened, cast.sewage)
        save(row, cast.wu, key="first", text="已铺设 5 公里。")
        save(row, cast.wu, key="second", text="已铺设 6 公里。")
        assert save(row, cast.wu, key="first", text="已铺设 5 公里。").text == "已铺设 6 公里。"

    @pytest.mark.parametrize(
        ("facts", "told"),
        [
            ({"percent": 101}, "101 不在 0 到 100 之间"),
            ({"work_state": "done", "percent": 90}, "已完成的进度应为 100，现为 90"),
            ({"work_state": "unreported"}, "不能由现状直接报出"),
            ({"work_state": "finished"}, "“finished”不能由现状直接报出"),
            ({"text": "长" * 4001}, "有 4001 个字，最多 4000 个"),
        ],
    )
    def test_what_cannot_be_is_refused_with_what_may(
        self, opened: Any, cast: Any, facts: dict[str, Any], told: str
    ) -> None:
        with pytest.raises(BadRow, match=told):
            save(row_of(opened, cast.sewage), cast.wu, **facts)

    def test_a_task_has_no_state_of_its_own_to_report(self, opened: Any, cast: Any) -> None:
        with pytest.raises(BadRow, match="任务不填"):
            save(row_of(opened, cast.task), cast.wu, work_state="under_way")

    def test_a_row_that_is_with_the_reviewer_is_not_changed(self, opened: Any, cast: Any) -> None:
        row = hand_in(row_of(opened, cast.sewage), cast.wu)
        with pytest.raises(Stale, match="待审核"):
            save(row, cast.he, at=later(minutes=1))

    def test_the_follower_of_a_merged_department_reports_for_it(self, opened: Any, cast: Any) -> None:
        row = row_of(opened, cast.sewage)
        areas.merge_departments(
            into=cast.housing, departments=[cast.water], on=MERGED, by=None, at=AT, note="机构改革"
        )
        assert save(row, cast.zheng).phase is dispatch.RowState.SAVED


class TestHandingIn:
    def test_all_that_is_written_goes_in_and_the_rest_stays(self, opened: Any, cast: Any) -> None:
        save(row_of(opened, cast.sewage), cast.wu)
        save(row_of(opened, cast.plant), cast.wu)
        part = part_of(opened, cast.water)
        assert dispatch.submit_part(part=part, by=cast.he, at=AT) == 2
        assert row_of(opened, cast.task).phase is dispatch.RowState.WAITING

    def test_a_row_that_lacks_something_is_named_and_nothing_goes_in(self, opened: Any, cast: Any) -> None:
        save(row_of(opened, cast.sewage), cast.wu, text="")
        save(row_of(opened, cast.plant), cast.wu)
        with pytest.raises(Incomplete, match="“建设污水管网”没有写进展情况"):
            dispatch.submit_part(part=part_of(opened, cast.water), by=cast.wu, at=AT)
        assert row_of(opened, cast.plant).phase is dispatch.RowState.SAVED

    def test_a_task_nobody_accepted_is_accepted_first(self, opened: Any, cast: Any) -> None:
        tasks.ask_change(task=cast.task, by=cast.wu, at=AT, reason="汛期", content="减为 2 公里")
        save(row_of(opened, cast.task), cast.wu)
        with pytest.raises(Incomplete, match="变更申请尚未答复"):
            dispatch.submit_part(part=part_of(opened, cast.water), by=cast.wu, at=AT)

    def test_there_must_be_something(self, opened: Any, cast: Any) -> None:
        with pytest.raises(NothingToReport):
            dispatch.submit_part(part=part_of(opened, cast.water), by=cast.wu, at=AT)

    def test_the_deadline_is_met_when_every_row_was_handed_in(self, opened: Any, cast: Any) -> None:
        (deadline,) = workflow.deadlines_of(part_of(opened, cast.water).ref)
        for about in (cast.sewage, cast.plant):
            hand_in(row_of(opened, about), cast.wu)
        deadline.refresh_from_db()
        assert deadline.phase is workflow.DeadlineState.RUNNING
        hand_in(row_of(opened, cast.task), cast.wu)
        deadline.refresh_from_db()
        assert deadline.phase is workflow.DeadlineState.MET


class TestDoubts:
    def test_less_than_last_time_is_told_to_the_reviewer(self, opened: Any, cast: Any) -> None:
        dispatch.Row.objects.filter(about=str(cast.plant.ref)).update(before_percent=70)
        assert hand_in(row_of(opened, cast.plant), cast.wu, percent=60).doubts == ["percent_down"]

    @pytest.mark.parametrize("with_photo", [True, False])
    def test_done_without_evidence_is_told_to_the_reviewer(
        self, opened: Any, cast: Any, with_photo: bool
    ) -> None:
        row = save(row_of(opened, cast.plant), cast.wu, work_state="done", percent=100, text="全部建成")
        if with_photo:
            documents.attach(photo(), to=row.ref, by=cast.wu, at=AT)
        dispatch.submit_part(part=row.part, by=cast.wu, at=later(minutes=1))
        row.refresh_from_db()
        assert row.doubts == ([] if with_photo else ["done_without_evidence"])

    def test_the_words_of_last_time_are_told_to_the_reviewer(self, opened: Any, cast: Any) -> None:
        row = row_of(opened, cast.plant)
        dispatch.Row.objects.filter(pk=row.pk).update(before_text="已铺设 6 公里。")
        assert hand_in(row_of(opened, cast.plant), cast.wu).doubts == ["same_words"]

    def test_nothing_is_doubtful_about_a_task_further_on(self, opened: Any, cast: Any) -> None:
        at = AT + timedelta(minutes=1)
        assert hand_in(row_of(opened, cast.task), cast.wu, at=at).doubts == []
