"""Who is told of what, and never twice."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from qingshan.kernel.refs import Ref
from qingshan.messages import public as messages
from qingshan.tasks import consumers
from qingshan.tasks import public as tasks
from qingshan.tasks.events import SupervisionAnswered, TaskMoved, TaskSupervised
from qingshan.tasks.tests.conftest import AT, TODAY
from qingshan.workflow.public import DeadlineNear, DeadlinePassed

LATER = AT + timedelta(hours=1)


def subjects(user: Any) -> list[str]:
    return [notice.subject for notice in messages.inbox(user)]


def moved(task: Any, move: str, by: Any) -> None:
    event = TaskMoved(task.pk, move, "", "", "请加快", by.pk, AT)
    for _time in range(2):  # delivered at least once
        consumers.tell_task_moved(event, at=LATER)


class TestMoved:
    @pytest.mark.parametrize(
        ("move", "by", "told"),
        [
            ("assign", "chen", {"wu", "he", "fang"}),
            ("accept", "wu", set()),
            ("submit", "wu", {"lin", "chen"}),
            ("send_back", "lin", {"wu"}),
            ("close", "lin", {"wu", "he", "fang"}),
            ("cancel", "chen", {"wu", "he", "fang"}),
        ],
    )
    def test_a_step_is_told_to_whom_it_concerns_once(
        self, cast: Any, handed_in: Any, move: str, by: str, told: set[str]
    ) -> None:
        moved(handed_in, move, getattr(cast, by))
        people = ("lin", "chen", "wu", "he", "fang", "zhou")
        assert {name for name in people if subjects(getattr(cast, name))} == told
        assert all(len(subjects(getattr(cast, name))) == 1 for name in told)

    def test_a_request_is_told_to_who_answers_and_the_answer_to_who_asked(
        self, cast: Any, under_way: Any
    ) -> None:
        request = tasks.ask_change(task=under_way, by=cast.wu, at=AT, reason="汛期", content="2 公里")
        moved(under_way, "ask_change", cast.wu)
        tasks.answer_change(request=request, granted=True, by=cast.lin, at=AT)
        moved(under_way, "answer_change", cast.lin)
        assert subjects(cast.chen) == ["申请变更：修复青川河河岸带"]
        assert subjects(cast.wu) == ["答复变更申请：修复青川河河岸带"]


class TestDeadline:
    DUE = date(2026, 12, 20)

    def near(self, task: Any) -> None:
        consumers.tell_task_near(DeadlineNear(task.ref, "办结", self.DUE, 3, estimated=False), at=LATER)

    def test_a_department_is_reminded_where_nobody_was_named(self, cast: Any, assigned: Any) -> None:
        self.near(assigned)
        assert subjects(cast.wu) == ["即将到期：修复青川河河岸带"]

    def test_where_somebody_was_named_the_department_is_left_alone(self, cast: Any, assigned: Any) -> None:
        tasks.delegate_task(task=assigned, to=cast.he, by=cast.wu, at=AT)
        self.near(assigned)
        assert subjects(cast.wu) == []

    def test_a_late_task_is_reported_one_step_up_once(self, cast: Any, assigned: Any) -> None:
        for _time in range(2):
            consumers.tell_task_late(DeadlinePassed(assigned.ref, "办结", self.DUE), at=LATER)
        told = [subjects(getattr(cast, name)) for name in ("wu", "lin", "zhou")]
        assert told == [["已逾期：修复青川河河岸带"], ["已逾期：修复青川河河岸带"], []]

    def test_the_deadline_of_another_rooms_record_is_no_business_of_ours(self, cast: Any) -> None:
        consumers.tell_task_late(DeadlinePassed(Ref("plans", "milestone", "1"), "办结", self.DUE), at=LATER)
        assert subjects(cast.lin) == []


class TestSupervised:
    def test_a_slip_is_signed_for_and_its_answer_told(self, cast: Any, assigned: Any) -> None:
        made = tasks.supervise_task(
            task=assigned, kind=tasks.SupervisionKind.SLIP, note="本周到位", by=cast.lin, at=AT, due_on=TODAY
        )
        consumers.tell_task_supervised(
            TaskSupervised(assigned.pk, made.pk, "slip", cast.lin.pk, AT), at=LATER
        )
        (notice,) = messages.inbox(cast.wu)
        assert (notice.subject, notice.needs_receipt) == ("督办：修复青川河河岸带", True)
        tasks.answer_supervision(supervision=made, answer="已到位", by=cast.wu, at=AT)
        consumers.tell_supervision_answered(
            SupervisionAnswered(assigned.pk, made.pk, cast.wu.pk, AT), at=LATER
        )
        assert subjects(cast.lin) == ["督办已回复：修复青川河河岸带"]

    def test_urging_needs_no_receipt(self, cast: Any, assigned: Any) -> None:
        made = tasks.supervise_task(
            task=assigned, kind=tasks.SupervisionKind.URGE, note="请签收", by=cast.lin, at=AT
        )
        consumers.tell_task_supervised(
            TaskSupervised(assigned.pk, made.pk, "urge", cast.lin.pk, AT), at=LATER
        )
        (notice,) = messages.inbox(cast.wu)
        assert (notice.subject, notice.needs_receipt) == ("催办：修复青川河河岸带", False)
