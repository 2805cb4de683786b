"""Published work becomes tasks, once for ever; and tasks follow the plan."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from qingshan.annual import public as annual
from qingshan.annual.actions import publishing
from qingshan.annual.actions.publishing import make_tasks, waiting_rows
from qingshan.annual.background import make
from qingshan.annual.models import RowTask
from qingshan.annual.standing import by_department
from qingshan.annual.tests.conftest import AT, TODAY, held, row_of
from qingshan.areas import public as areas
from qingshan.jobs.public import Job, Progress
from qingshan.tasks import public as tasks


def task_of(row: Any) -> Any:
    return RowTask.objects.select_related("task__district").get(row=row).task


def terms(task: Any) -> Any:
    return tasks.current_terms(task)


class TestTasks:
    def test_each_row_of_work_becomes_a_task_and_no_target_does(
        self, cast: Any, published: Any, ledger: Any
    ) -> None:
        made = tasks.tasks_for(user=cast.chen)
        assert sorted(one.title for one in made) == sorted(
            ["建设污水管网", "营造水源涵养林", "县城污水处理厂扩建", "新建管网长度"]
        )
        assert {one.subject.phase for one in made} == {tasks.TaskState.ASSIGNED}

    def test_it_has_the_row_s_terms_departments_and_source(
        self, cast: Any, published: Any, ledger: Any
    ) -> None:
        task = task_of(row_of(published, ledger.sewage))
        found = terms(task)
        assert (found.content, found.starts_on, found.due_on) == (
            "新建污水管网 30 公里。", TODAY, date(2023, 12, 31),
        )  # fmt: skip
        assert (task.source, task.source_ref) == ("measure", str(ledger.sewage.ref))
        detail = tasks.task_detail(task=task, on=TODAY)
        assert (detail.lead, detail.joint) == (cast.water, (cast.town,))

    def test_the_officer_finds_it_in_the_inbox(self, cast: Any, published: Any) -> None:
        assert sorted(one.title for one in tasks.inbox(user=cast.wu, on=TODAY).to_do) == [
            "县城污水处理厂扩建", "建设污水管网",
        ]  # fmt: skip

    def test_where_it_is_asked_for_it_is_divided_by_quarters(
        self, cast: Any, draft: Any, ledger: Any
    ) -> None:
        row = row_of(draft, ledger.sewage)
        annual.revise_row(row=row, seen=1, changes={"quarterly": True}, by=cast.chen, at=AT, reason="")
        annual.consult(annual=draft, by=cast.chen, at=AT)
        annual.submit_annual(annual=draft, by=cast.chen, at=AT)
        annual.publish(annual=draft, by=cast.lin, at=AT)
        assert task_of(row).parts.count() == 4

    def test_made_twice_it_is_one(self, cast: Any, published: Any) -> None:
        before = RowTask.objects.count()
        assert make_tasks(published, by=cast.lin, at=AT) == 0
        for row in published.rows.exclude(kind="target"):
            annual.make_task(row, by=cast.lin, at=AT)
        assert RowTask.objects.count() == before == 4

    def test_a_job_that_dies_goes_on_where_it_was(
        self, cast: Any, handed_in: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """With more rows than a page waits for a job makes them; killed after the first, it makes three."""
        monkeypatch.setattr(publishing, "AT_ONCE", 3)
        annual.publish(annual=handed_in, by=cast.lin, at=AT)
        job = Job.objects.get(kind="annual.make_tasks")
        assert (len(waiting_rows(handed_in)), job.about) == (4, str(handed_in.ref))

        class Dies(Progress):
            def step(self, done: int, total: int | None = None, message: str = "") -> None:
                if done == 1:
                    raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            make(job.payload, Dies())
        assert len(waiting_rows(handed_in)) == 3
        assert make(job.payload, Progress())["tasks"] == 3
        assert RowTask.objects.count() == 4

    def test_nothing_becomes_a_task_before_it_is_published(self, handed_in: Any) -> None:
        assert waiting_rows(handed_in) == []


class TestFollowing:
    def grant(self, cast: Any, row: Any, **wanted: Any) -> None:
        found = annual.ask_change(
            row=row, by=cast.chen, at=AT, reason="调整", seen=held(row).number, **wanted
        )
        annual.answer_request(request=found, granted=True, by=cast.lin, at=AT)

    def test_the_task_follows_goal_and_deadline_with_the_reason(
        self, cast: Any, published: Any, ledger: Any
    ) -> None:
        row = row_of(published, ledger.sewage)
        self.grant(cast, row, goal="新建 20 公里", due_on=date(2023, 11, 30))
        found = terms(task_of(row))
        assert (found.content, found.due_on, found.reason) == ("新建 20 公里", date(2023, 11, 30), "调整")

    def test_it_follows_to_another_lead(self, cast: Any, published: Any, ledger: Any) -> None:
        row = row_of(published, ledger.plant)
        self.grant(cast, row, lead=cast.bureau)
        assert tasks.task_detail(task=task_of(row), on=TODAY).lead == cast.bureau

    def test_what_is_taken_out_is_cancelled(self, cast: Any, published: Any, ledger: Any) -> None:
        row = row_of(published, ledger.plant)
        self.grant(cast, row, included=False)
        assert task_of(row).phase is tasks.TaskState.CANCELLED
        assert str(row.pk) not in published.editions.get(number=2).versions

    def test_what_is_let_in_again_becomes_a_new_task(self, cast: Any, published: Any, ledger: Any) -> None:
        row = row_of(published, ledger.plant)
        first = task_of(row)
        self.grant(cast, row, included=False)
        self.grant(cast, row, goal="暂缓实施")  # while it is out, no task follows
        self.grant(cast, row, included=True)
        second = task_of(row)
        first.refresh_from_db()
        assert (first.phase, second.phase) == (tasks.TaskState.CANCELLED, tasks.TaskState.ASSIGNED)
        assert terms(second).content == "暂缓实施"
        assert str(row.pk) in published.editions.get(number=4).versions

    def test_a_row_whose_task_was_cancelled_by_hand_can_be_taken_out(
        self, cast: Any, published: Any, ledger: Any
    ) -> None:
        row = row_of(published, ledger.plant)
        tasks.cancel_task(task=task_of(row), by=cast.chen, at=AT, note="并入他项")
        self.grant(cast, row, included=False)
        assert not held(row).included

    def test_the_quarters_of_a_row_follow_it(self, cast: Any, draft: Any, ledger: Any) -> None:
        row = row_of(draft, ledger.plant)
        annual.revise_row(row=row, seen=1, changes={"quarterly": True}, by=cast.chen, at=AT, reason="")
        annual.consult(annual=draft, by=cast.chen, at=AT)
        annual.submit_annual(annual=draft, by=cast.chen, at=AT)
        annual.publish(annual=draft, by=cast.lin, at=AT)
        row.refresh_from_db()
        self.grant(cast, row, lead=cast.bureau, due_on=date(2023, 11, 30))
        parts = list(task_of(row).parts.order_by("code"))
        assert {tasks.task_detail(task=one, on=TODAY).lead for one in parts} == {cast.bureau}
        assert terms(parts[3]).due_on == date(2023, 11, 30)
        tasks.cancel_task(task=parts[0], by=cast.chen, at=AT, note="汛期不施工")
        shares = [one.weight for one in tasks.part_shares(task=task_of(row), user=cast.chen)]
        assert shares == [None, Decimal("0.33"), Decimal("0.33"), Decimal("0.34")]  # together the row's 1.00
        self.grant(cast, row, included=False)
        assert {one.phase for one in task_of(row).parts.all()} == {tasks.TaskState.CANCELLED}

    def test_what_is_under_review_cannot_follow_and_nothing_changes(
        self, cast: Any, published: Any, ledger: Any
    ) -> None:
        row = row_of(published, ledger.forest)
        task = tasks.accept_task(task=task_of(row), by=cast.fang, at=AT)
        tasks.report_on_task(task=task, on=TODAY, text="已造林", key="k", by=cast.fang, at=AT)
        tasks.revise_task(
            task=task, seen=1, changes={"evidence_wanted": ""}, by=cast.chen, at=AT, reason="免交"
        )
        tasks.submit_task(task=task, by=cast.fang, at=AT)
        with pytest.raises(tasks.TaskRefusal):
            self.grant(cast, row, goal="造林 100 亩")
        assert held(row).number == 1

    def test_a_department_that_ends_is_followed(self, cast: Any, handed_in: Any, ledger: Any) -> None:
        """The water bureau merges into the environment bureau before the plan is published."""
        areas.merge_departments(departments=[cast.water], into=cast.bureau, on=TODAY, by=None, at=AT)
        annual.publish(annual=handed_in, by=cast.lin, at=AT)
        task = task_of(row_of(handed_in, ledger.plant))
        assert tasks.task_detail(task=task, on=TODAY).lead == cast.bureau
        found = by_department(
            annual.AnnualRowVersion.objects.current().filter(subject__annual=handed_in), TODAY
        )
        assert {one.name: len(one.work) for one in found} == {"柳树镇人民政府": 1, "青川县生态环境局": 3}


class TestStanding:
    def test_a_department_s_work_counts_by_weight(self, cast: Any, published: Any, ledger: Any) -> None:
        """60 per cent of one task and nothing of another, weighing the same: 30 per cent."""
        task = tasks.accept_task(task=task_of(row_of(published, ledger.plant)), by=cast.wu, at=AT)
        tasks.report_on_task(task=task, on=TODAY, text="过半", percent=60, key="k", by=cast.wu, at=AT)
        rows = annual.AnnualRowVersion.objects.current().filter(subject__annual=published)
        found = {one.name: one for one in by_department(rows, TODAY)}
        water = found["青川县水利局"]
        assert (water.percent, water.closed, len(water.targets), len(water.work)) == (30, 0, 1, 2)
        assert found["柳树镇人民政府"].joins == 1
        assert water.overdue(date(2023, 12, 31)) == 0
        assert water.overdue(date(2024, 1, 1)) == 2
