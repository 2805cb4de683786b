"""Schedules queue jobs by the clock."""

from datetime import timedelta

import pytest

from qingshan.jobs import scheduling
from qingshan.jobs.actions import change_schedule, run_now, set_schedule_enabled
from qingshan.jobs.kinds import job_kind, schedule
from qingshan.jobs.models import Job, Schedule
from qingshan.jobs.when import BadWhen
from qingshan.jobs.worker import Worker

pytestmark = pytest.mark.django_db


@pytest.fixture
def hourly(clock):
    """A schedule due every hour."""

    @job_kind("tests.tick", title="报时")
    def tick(payload, progress):
        return None

    schedule("tests.hourly", title="每小时报时", kind="tests.tick", when="every 1h")
    scheduling.sync_schedules(at=clock.now)
    return Schedule.objects.get()


class TestSchedules:
    def test_nothing_is_queued_before_its_time(self, hourly, clock):
        assert scheduling.queue_due(at=clock.forward(minutes=59)) == 0
        assert scheduling.queue_due(at=clock.forward(minutes=1)) == 1
        assert scheduling.queue_due(at=clock.now) == 0

    def test_one_job_makes_up_for_all_that_was_missed(self, hourly, clock):
        assert scheduling.queue_due(at=clock.forward(days=3)) == 1
        hourly.refresh_from_db()
        assert Job.objects.count() == 1
        assert hourly.next_at == clock.now + timedelta(hours=1)

    def test_a_job_still_under_way_is_not_overtaken(self, hourly, clock):
        scheduling.queue_due(at=clock.forward(hours=1))
        scheduling.queue_due(at=clock.forward(hours=1))
        assert Job.objects.count() == 1

    def test_two_workers_that_see_the_same_time_queue_one_job(self, hourly, clock):
        at = clock.forward(hours=1)
        assert scheduling._queue(hourly, at)
        Worker(clock=clock).run_job()
        assert not scheduling._queue(hourly, at)

    def test_a_paused_schedule_queues_nothing_and_begins_anew_when_resumed(self, hourly, clock, lin):
        set_schedule_enabled(schedule=hourly, enabled=False, by=lin, at=clock.now)
        assert scheduling.queue_due(at=clock.forward(hours=5)) == 0
        set_schedule_enabled(schedule=hourly, enabled=True, by=lin, at=clock.now)
        assert scheduling.queue_due(at=clock.now) == 0
        assert scheduling.queue_due(at=clock.forward(hours=1)) == 1

    def test_what_an_administrator_changed_outlives_a_restart(self, hourly, clock, lin):
        change_schedule(schedule=hourly, when="0 6 * * *", by=lin, at=clock.now)
        scheduling.sync_schedules(at=clock.forward(days=1))
        assert Schedule.objects.get().when == "0 6 * * *"

    def test_a_rule_that_cannot_be_read_changes_nothing(self, hourly, clock, lin):
        with pytest.raises(BadWhen):
            change_schedule(schedule=hourly, when="25 25 * * *", by=lin, at=clock.now)
        assert Schedule.objects.get().when == "every 1h"

    def test_it_can_be_run_at_once(self, hourly, clock, lin):
        assert run_now(schedule=hourly, by=lin, at=clock.now).by == lin
