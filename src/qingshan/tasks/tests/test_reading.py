"""Reports, supervision, delegation; who sees what; the inbox."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from qingshan.accounts.public import Forbidden
from qingshan.kernel.refs import Ref
from qingshan.tasks import public as tasks
from qingshan.tasks.errors import AlreadyListed, BadTask, MissingReason, StaleTask
from qingshan.tasks.models import TaskReport
from qingshan.tasks.tests.conftest import AT, TERMS, TODAY, report
from qingshan.workflow import public as workflow

Kind = tasks.SupervisionKind


def seen(user: Any) -> list[Any]:
    return [row.subject for row in tasks.tasks_for(user=user)]


class TestReport:
    def test_what_a_broken_line_sends_twice_is_one_report(self, cast: Any, under_way: Any) -> None:
        first, again = report(under_way, cast.wu), report(under_way, cast.wu)
        assert first == again
        assert TaskReport.objects.count() == 1
        assert report(under_way, cast.he) != first  # another person's key is another key

    def test_a_report_sent_again_after_the_task_was_handed_in_is_no_error(
        self, cast: Any, handed_in: Any
    ) -> None:
        assert report(handed_in, cast.wu).text == "已完成 2 公里。"
        with pytest.raises(StaleTask):
            report(handed_in, cast.wu, key="k2")

    @pytest.mark.parametrize(
        ("facts", "told"),
        [
            ({"on": TODAY + timedelta(days=1)}, "截至日期：2026-11-21 在今天（2026-11-20）之后"),
            ({"percent": 101}, "101 不在 0 到 100 之间"),
            ({"text": "  "}, "请写明进展"),
        ],
    )
    def test_what_cannot_be_is_named(self, cast: Any, under_way: Any, facts: Any, told: str) -> None:
        given = {"on": TODAY, "text": "完成", "percent": 5, "key": "k", **facts}
        with pytest.raises(BadTask, match=told.replace("（", ".").replace("）", ".")):
            tasks.report_on_task(task=under_way, by=cast.wu, at=AT, **given)


class TestRows:
    def test_a_draft_is_seen_by_who_may_assign_and_by_nobody_else(self, cast: Any, draft: Any) -> None:
        assert [bool(seen(user)) for user in (cast.lin, cast.chen, cast.wu, cast.fang, cast.zhou)] == [
            True, True, False, False, False,
        ]  # fmt: skip
        for user in (cast.wu, cast.zhou):
            with pytest.raises(tasks.NoSuchTask):
                tasks.task_for(user=user, code=draft.code)

    def test_an_assigned_task_is_seen_by_its_departments_and_its_district(
        self, cast: Any, assigned: Any
    ) -> None:
        assert [bool(seen(user)) for user in (cast.lin, cast.wu, cast.fang, cast.zhou)] == [
            True,
            True,
            True,
            False,
        ]

    def test_a_department_sees_no_other_departments_tasks(self, cast: Any) -> None:
        other = tasks.create_task(
            district=cast.county,
            source=tasks.TaskSource.OTHER,
            terms=TERMS,
            lead=cast.bureau,
            by=cast.chen,
            at=AT,
        )
        tasks.assign_task(task=other, by=cast.chen, at=AT)
        assert (seen(cast.wu), seen(cast.fang)) == ([], [other])

    def test_tasks_are_found_by_what_they_come_from(self, cast: Any) -> None:
        measure = Ref("plans", "measure", "7")
        task = tasks.create_task(
            district=cast.county, source=tasks.TaskSource.MEASURE, terms=TERMS, lead=cast.water, by=cast.chen,
            at=AT, source_ref=measure,
        )  # fmt: skip
        found = tasks.tasks_about(ref=measure, user=cast.chen)
        assert [row.subject for row in found] == [task]
        assert not tasks.tasks_about(ref=measure, user=cast.zhou)


class TestInbox:
    def test_what_waits_for_whom(self, cast: Any, assigned: Any) -> None:
        boxes = {
            name: tasks.inbox(user=getattr(cast, name), on=TODAY) for name in ("wu", "fang", "lin", "zhou")
        }
        assert [row.subject for row in boxes["wu"].to_do] == [assigned]
        assert [row.subject for row in boxes["fang"].informed] == [assigned]
        assert (boxes["fang"].count, boxes["lin"].count, boxes["zhou"].count) == (0, 0, 0)

    def test_it_is_overdue_the_day_after_its_last_day(self, cast: Any, assigned: Any) -> None:
        last = TERMS["due_on"]
        assert not tasks.inbox(user=cast.wu, on=last).overdue
        assert tasks.inbox(user=cast.wu, on=last).soon
        assert tasks.inbox(user=cast.wu, on=last + timedelta(days=1)).overdue

    def test_what_was_handed_in_waits_for_another_person(self, cast: Any, handed_in: Any) -> None:
        assert [row.subject for row in tasks.inbox(user=cast.lin, on=TODAY).to_review] == [handed_in]
        assert not tasks.inbox(user=cast.wu, on=TODAY).to_review

    def test_a_request_waits_for_who_assigns(self, cast: Any, under_way: Any) -> None:
        tasks.ask_change(task=under_way, by=cast.wu, at=AT, reason="因", content="改为 2 公里")
        assert [row.subject for row in tasks.inbox(user=cast.chen, on=TODAY).to_answer] == [under_way]
        assert tasks.task_detail(task=under_way, on=TODAY).open_request is not None

    def test_a_task_given_to_one_officer_waits_for_no_other(self, cast: Any, assigned: Any) -> None:
        tasks.delegate_task(task=assigned, to=cast.he, by=cast.wu, at=AT)
        assert not tasks.inbox(user=cast.wu, on=TODAY).to_do
        assert [row.subject for row in tasks.inbox(user=cast.he, on=TODAY).to_do] == [assigned]

    def test_a_handed_over_desk_takes_its_tasks_along(self, cast: Any, assigned: Any) -> None:
        tasks.delegate_task(task=assigned, to=cast.he, by=cast.wu, at=AT)
        workflow.hand_over(from_user=cast.he, to_user=cast.wu, on=TODAY, by=cast.chen, at=AT)
        assert [row.subject for row in tasks.inbox(user=cast.wu, on=TODAY).to_do] == [assigned]

    def test_a_task_is_not_given_to_who_may_not_work_on_it(self, cast: Any, assigned: Any) -> None:
        with pytest.raises(BadTask, match="周 无权办理"):
            tasks.delegate_task(task=assigned, to=cast.zhou, by=cast.wu, at=AT)


class TestSupervision:
    def pressed(self, task: Any, by: Any, kind: Any, due_on: date | None = TODAY) -> Any:
        return tasks.supervise_task(task=task, kind=kind, note="加快", by=by, at=AT, due_on=due_on)

    def test_urging_asks_for_no_day_and_leaves_nothing_open(self, cast: Any, assigned: Any) -> None:
        urged = self.pressed(assigned, cast.lin, Kind.URGE, None)
        assert urged.state == tasks.SupervisionState.LIFTED

    @pytest.mark.parametrize("kind", [Kind.SLIP, Kind.LISTED])
    @pytest.mark.parametrize("due_on", [None, TODAY - timedelta(days=1)])
    def test_a_slip_and_a_listing_have_a_day_that_is_not_past(
        self, cast: Any, assigned: Any, kind: Any, due_on: Any
    ) -> None:
        with pytest.raises(BadTask, match="不早于今天"):
            self.pressed(assigned, cast.lin, kind, due_on)

    def test_a_listed_task_is_on_the_list_until_it_is_lifted(self, cast: Any, assigned: Any) -> None:
        listed = self.pressed(assigned, cast.lin, Kind.LISTED)
        with pytest.raises(AlreadyListed):
            self.pressed(assigned, cast.lin, Kind.LISTED)
        assert [row.subject for row in tasks.listed_tasks(user=cast.chen)] == [assigned]
        tasks.answer_supervision(supervision=listed, answer="已增派机械。", by=cast.wu, at=AT)
        tasks.lift_supervision(supervision=listed, reason="已整改", by=cast.lin, at=AT)
        assert not tasks.listed_tasks(user=cast.chen)
        assert self.pressed(assigned, cast.lin, Kind.LISTED)

    def test_who_works_answers_and_who_supervises_lifts(self, cast: Any, assigned: Any) -> None:
        slip = self.pressed(assigned, cast.lin, Kind.SLIP)
        with pytest.raises(Forbidden):
            self.pressed(assigned, cast.wu, Kind.URGE, None)
        with pytest.raises(Forbidden):
            tasks.answer_supervision(supervision=slip, answer="好", by=cast.lin, at=AT)
        with pytest.raises(Forbidden):
            tasks.lift_supervision(supervision=slip, reason="好", by=cast.wu, at=AT)
        with pytest.raises(MissingReason):
            tasks.lift_supervision(supervision=slip, reason="", by=cast.lin, at=AT)

    def test_a_closed_task_is_not_pressed(self, cast: Any, handed_in: Any) -> None:
        with pytest.raises(StaleTask):
            self.pressed(handed_in, cast.lin, Kind.SLIP)
