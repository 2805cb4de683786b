"""Counting tasks as they stood on a day."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from qingshan.tasks import public as tasks
from qingshan.tasks.tests.conftest import AT, TERMS, TODAY


class TestTaskTally:
    def test_it_counts_where_tasks_stood_that_day_and_not_where_they_stand_now(
        self, cast: Any, handed_in: Any
    ) -> None:
        tasks.close_task(task=handed_in, by=cast.lin, at=AT + timedelta(days=3))
        on_the_day = tasks.task_tally(district_id=cast.county.pk, on=TODAY)
        later = tasks.task_tally(district_id=cast.county.pk, on=TODAY + timedelta(days=3))
        assert (on_the_day.in_review, on_the_day.closed, on_the_day.total) == (1, 0, 1)
        assert (later.in_review, later.closed, later.total) == (0, 1, 1)
        assert tasks.task_tally(district_id=cast.county.pk, on=TODAY - timedelta(days=1)).total == 0

    def test_late_is_what_passed_its_last_day_and_is_not_over(self, cast: Any, under_way: Any) -> None:
        due = TERMS["due_on"]
        assert tasks.task_tally(district_id=cast.county.pk, on=due).overdue == 0
        assert tasks.task_tally(district_id=cast.county.pk, on=due + timedelta(days=1)).overdue == 1

    def test_a_draft_and_another_district_are_not_counted(self, cast: Any, draft: Any) -> None:
        assert tasks.task_tally(district_id=cast.county.pk, on=TODAY).total == 0
