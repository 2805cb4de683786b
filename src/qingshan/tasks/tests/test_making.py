"""Drawing up tasks: numbers, terms, parties."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from qingshan.accounts.public import Forbidden
from qingshan.areas import public as areas
from qingshan.audit import public as audit
from qingshan.history.public import StaleVersion
from qingshan.tasks import public as tasks
from qingshan.tasks.errors import BadTask, MissingReason, MixedWorlds, StaleTask
from qingshan.tasks.models import TaskParty, TaskVersion
from qingshan.tasks.tests.conftest import AT, BEGIN, TERMS
from qingshan.workflow import public as workflow

_RUNNING = workflow.DeadlineState.RUNNING


def made(cast: Any, **changes: Any) -> Any:
    given: dict[str, Any] = {
        "district": cast.county, "source": tasks.TaskSource.OTHER, "terms": TERMS, "lead": cast.water,
        "by": cast.chen, "at": AT, **changes,
    }  # fmt: skip
    return tasks.create_task(**given)


class TestCreate:
    def test_tasks_are_numbered_by_district_and_year(self, cast: Any) -> None:
        next_year = {**TERMS, "starts_on": date(2027, 1, 4), "due_on": date(2027, 3, 1)}
        codes = [made(cast).code, made(cast).code, made(cast, terms=next_year).code]
        assert codes == ["990121-2026-00001", "990121-2026-00002", "990121-2027-00001"]

    def test_the_audit_knows_who_drew_it_up(self, cast: Any, draft: Any) -> None:
        assert [(entry.action, entry.actor_name) for entry in audit.trail(draft.ref)] == [
            ("tasks.create", "陈")
        ]

    def test_who_only_reports_may_not_draw_up_tasks(self, cast: Any) -> None:
        with pytest.raises(Forbidden):
            made(cast, by=cast.wu)
        with pytest.raises(Forbidden):
            made(cast, by=cast.zhou)

    def test_it_ends_no_earlier_than_it_begins(self, cast: Any) -> None:
        with pytest.raises(BadTask, match="办结期限：2026-10-31 早于开始日期 2026-11-01"):
            made(cast, terms={**TERMS, "due_on": date(2026, 10, 31)})
        assert made(cast, terms={**TERMS, "due_on": date(2026, 11, 1)})

    def test_each_empty_field_is_named(self, cast: Any) -> None:
        with pytest.raises(BadTask) as refused:
            made(cast, terms={"starts_on": date(2026, 11, 1), "title": ""})
        assert set(refused.value.fields) == {"任务名称", "办结期限"}

    def test_a_part_ends_no_later_than_the_whole(self, cast: Any, draft: Any) -> None:
        assert made(cast, parent=draft)
        with pytest.raises(BadTask, match="2026-12-21 晚于上级任务 990121-2026-00001 的期限 2026-12-20"):
            made(cast, parent=draft, terms={**TERMS, "due_on": date(2026, 12, 21)})

    def test_a_department_of_the_real_world_gets_no_simulated_task(self, cast: Any) -> None:
        begun = {"valid_from": BEGIN, "by": None, "at": AT}
        real = areas.create_district(code="441882", name="连州市", **begun)
        office = areas.create_department(name="连州市水利局", district=real, **begun)
        with pytest.raises(MixedWorlds):
            made(cast, joint=[office])

    def test_the_lead_is_not_among_those_who_join_in(self, cast: Any) -> None:
        task = made(cast, joint=[cast.water, cast.bureau])
        roles = list(TaskParty.objects.filter(task=task).values_list("department__name", "role"))
        assert roles == [("青川县水利局", "lead"), ("青川县生态环境局", "joint")]


class TestRevise:
    def test_the_terms_that_were_stay_in_the_history(self, cast: Any, assigned: Any) -> None:
        tasks.revise_task(
            task=assigned,
            seen=1,
            changes={"title": "修复河岸带 3 公里"},
            by=cast.chen,
            at=AT,
            reason="写明长度",
        )
        titles = [(one.number, one.title, one.reason) for one in TaskVersion.objects.order_by("number")]
        assert titles == [(1, "修复青川河河岸带", ""), (2, "修复河岸带 3 公里", "写明长度")]

    def test_an_assigned_task_changes_with_a_reason_only(self, cast: Any, assigned: Any) -> None:
        with pytest.raises(MissingReason):
            tasks.revise_task(task=assigned, seen=1, changes={"title": "x"}, by=cast.chen, at=AT, reason=" ")

    def test_two_writers_at_once_are_shown_both_versions(self, cast: Any, draft: Any) -> None:
        tasks.revise_task(task=draft, seen=1, changes={"title": "甲"}, by=cast.chen, at=AT, reason="")
        with pytest.raises(StaleVersion) as stale:
            tasks.revise_task(task=draft, seen=1, changes={"title": "乙"}, by=cast.lin, at=AT, reason="")
        assert (stale.value.read.number, stale.value.newest.number) == (1, 2)

    def test_what_is_under_review_does_not_change(self, cast: Any, handed_in: Any) -> None:
        with pytest.raises(StaleTask, match="待审核"):
            tasks.revise_task(
                task=handed_in, seen=1, changes={"title": "x"}, by=cast.chen, at=AT, reason="因"
            )


class TestParties:
    def test_another_department_takes_over_and_the_first_stays_in_the_history(
        self, cast: Any, assigned: Any
    ) -> None:
        tasks.set_parties(task=assigned, lead=cast.bureau, joint=[], by=cast.chen, at=AT, reason="职责调整")
        held = [
            (one.department.name, one.role, one.valid_to is None) for one in TaskParty.objects.order_by("pk")
        ]
        assert held == [
            ("青川县水利局", "lead", False),
            ("青川县生态环境局", "joint", False),
            ("青川县生态环境局", "lead", True),
        ]
        with pytest.raises(Forbidden):
            tasks.accept_task(task=assigned, by=cast.wu, at=AT)
        assert tasks.accept_task(task=assigned, by=cast.fang, at=AT).phase is tasks.TaskState.UNDER_WAY


class TestDeadline:
    """What is revised moves the running deadline as well: reminders follow the terms."""

    @pytest.mark.parametrize("due", [date(2027, 1, 31), date(2026, 12, 1)], ids=["later", "earlier"])
    def test_it_follows_the_terms(self, cast: Any, assigned: Any, due: date) -> None:
        tasks.revise_task(task=assigned, seen=1, changes={"due_on": due}, by=cast.chen, at=AT, reason="调整")
        running = [one for one in workflow.deadlines_of(assigned.ref) if one.phase is _RUNNING]
        assert [one.due_on for one in running] == [due]

    def test_other_terms_leave_it_alone(self, cast: Any, assigned: Any) -> None:
        tasks.revise_task(task=assigned, seen=1, changes={"title": "甲"}, by=cast.chen, at=AT, reason="调整")
        assert [one.due_on for one in workflow.deadlines_of(assigned.ref)] == [TERMS["due_on"]]
