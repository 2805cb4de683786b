"""Jobs: queued, run, tried again, cancelled, taken back."""

from datetime import timedelta

import pytest
from django.utils import translation

from qingshan.jobs import running
from qingshan.jobs.actions import StaleJob, cancel, enqueue, replaying, requeue
from qingshan.jobs.kinds import GiveUp, UnknownKind, job_kind
from qingshan.jobs.models import Job, OutboxEvent
from qingshan.jobs.states import JobState
from qingshan.jobs.worker import Worker
from qingshan.kernel.flow import IllegalMove
from qingshan.kernel.refs import Ref

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker(clock):
    return Worker(name="one", clock=clock)


@pytest.fixture
def runs():
    """A kind of job that notes its payloads."""
    seen = []

    @job_kind("tests.note", title="记一笔")
    def note(payload, progress):
        seen.append(dict(payload))
        progress.step(1, 1, "完成一项")
        return {"address": "/jobs/"}

    return seen


def failing(error, attempts=3):
    @job_kind("tests.fail", title="出错", attempts=attempts)
    def fail(payload, progress):
        raise error

    return enqueue


class TestEnqueue:
    def test_a_job_is_queued_with_its_kinds_title_and_attempts(self, runs, clock, lin):
        job = enqueue("tests.note", {"n": 1}, by=lin, at=clock.now, about=Ref("plans", "plan", "1"))
        assert (job.state, job.title, job.attempts_allowed) == (JobState.QUEUED, "记一笔", 3)
        assert job.about == "plans.plan/1"

    def test_an_unknown_kind_is_refused_with_the_kinds_there_are(self, runs, clock):
        with pytest.raises(UnknownKind, match=r"tests\.note"):
            enqueue("tests.nothing", by=None, at=clock.now)

    def test_while_a_live_job_has_the_key_no_second_is_queued(self, runs, clock, worker):
        first = enqueue("tests.note", by=None, at=clock.now, unique_key="nightly")
        assert enqueue("tests.note", by=None, at=clock.now, unique_key="nightly") == first
        worker.run_job()
        assert enqueue("tests.note", by=None, at=clock.now, unique_key="nightly") != first

    def test_what_is_queued_while_the_past_is_played_is_nobodys_news(self, runs, clock, lin, worker):
        with replaying():
            job = enqueue("tests.note", {"n": 1}, by=lin, at=clock.now)
        assert worker.run_job()
        assert (job.by, runs) == (None, [{"n": 1}])
        assert not OutboxEvent.objects.exists()


class TestRunning:
    def test_a_job_runs_to_its_end_with_its_last_step_written(self, runs, clock, lin, worker):
        job = enqueue("tests.note", {"n": 1}, by=lin, at=clock.now)
        assert worker.run_job()
        job.refresh_from_db()
        assert runs == [{"n": 1}]
        assert (job.state, job.attempts, job.percent, job.message) == (JobState.DONE, 1, 100, "完成一项")
        assert job.result_address == "/jobs/"

    def test_a_result_never_leads_off_the_site(self):
        assert Job(result={"address": "//evil.example/"}).result_address == ""
        assert Job(result={"address": "https://evil.example/"}).result_address == ""

    def test_it_waits_for_its_time(self, runs, clock, worker):
        enqueue("tests.note", by=None, at=clock.now, run_after=clock.now + timedelta(hours=1))
        assert not worker.run_job()
        clock.forward(hours=1)
        assert worker.run_job()

    def test_the_oldest_due_job_goes_first(self, runs, clock, worker):
        enqueue("tests.note", {"n": 2}, by=None, at=clock.forward(seconds=1))
        enqueue("tests.note", {"n": 1}, by=None, at=clock.now - timedelta(seconds=1))
        worker.drain()
        assert [found["n"] for found in runs] == [1, 2]

    def test_an_error_is_tried_again_later_and_later_then_the_job_has_failed(self, clock, lin, worker):
        job = failing(ValueError("第 3 行缺少单位"))("tests.fail", by=lin, at=clock.now)
        waits = []
        for _ in range(2):
            assert worker.run_job()
            job.refresh_from_db()
            waits.append(int((job.run_after - clock.now).total_seconds()))
            assert job.state == JobState.QUEUED
            assert not worker.run_job()
            clock.now = job.run_after
        assert worker.run_job()
        job.refresh_from_db()
        assert waits == [10, 40]
        assert (job.state, job.attempts, job.error) == (JobState.FAILED, 3, "第 3 行缺少单位")
        assert "ValueError" in job.error_detail

    def test_a_job_that_gives_up_is_not_tried_again(self, clock, worker):
        job = failing(GiveUp("文件已被删除"))("tests.fail", by=None, at=clock.now)
        worker.run_job()
        job.refresh_from_db()
        assert (job.state, job.attempts) == (JobState.FAILED, 1)

    def test_a_job_that_asks_to_exit_fails_and_the_worker_lives(self, clock, worker):
        job = failing(SystemExit(3), attempts=1)("tests.fail", by=None, at=clock.now)
        assert worker.run_job()
        job.refresh_from_db()
        assert job.state == JobState.FAILED

    def test_a_kind_that_is_gone_fails_with_its_name(self, runs, clock, worker):
        job = enqueue("tests.note", by=None, at=clock.now)
        Job.objects.filter(pk=job.pk).update(kind="tests.gone")
        worker.run_job()
        job.refresh_from_db()
        assert job.state == JobState.FAILED
        assert "tests.gone" in job.error

    def test_the_end_of_a_persons_job_is_announced_and_the_systems_own_is_not(self, runs, clock, lin, worker):
        enqueue("tests.note", by=lin, at=clock.now)
        enqueue("tests.note", by=None, at=clock.now)
        while worker.run_job():
            pass
        (event,) = OutboxEvent.objects.all()
        assert event.name == "jobs.JobEnded"
        assert event.payload["by_id"] == lin.pk


class TestCancel:
    def test_a_queued_job_is_cancelled_at_once(self, runs, clock, lin, worker):
        job = cancel(job=enqueue("tests.note", by=lin, at=clock.now), by=lin, at=clock.now)
        assert job.state == JobState.CANCELLED
        assert not worker.run_job()

    def test_a_running_job_stops_at_its_next_step(self, clock, lin, worker):
        steps = []

        @job_kind("tests.long", title="长作业")
        def long(payload, progress):
            for number in range(5):
                if number == 2:
                    cancel(job=Job.objects.get(), by=lin, at=clock.now)
                clock.forward(seconds=1)
                progress.step(number, 5)
                steps.append(number)

        job = enqueue("tests.long", by=lin, at=clock.now)
        worker.run_job()
        job.refresh_from_db()
        assert job.state == JobState.CANCELLED
        assert steps == [0, 1]

    def test_a_finished_job_cannot_be_cancelled(self, runs, clock, lin, worker):
        job = enqueue("tests.note", by=lin, at=clock.now)
        worker.run_job()
        job.refresh_from_db()
        with pytest.raises(IllegalMove):
            cancel(job=job, by=lin, at=clock.now)

    def test_a_page_read_before_the_job_was_claimed_is_told_so(self, runs, clock, lin):
        read = enqueue("tests.note", by=lin, at=clock.now)
        running.claim(worker="one", at=clock.now)
        with pytest.raises(StaleJob):
            cancel(job=read, by=lin, at=clock.now)


class TestRequeue:
    def test_a_failed_job_gets_all_its_attempts_again(self, clock, lin, worker):
        job = failing(ValueError("x"), attempts=1)("tests.fail", by=lin, at=clock.now)
        worker.run_job()
        job.refresh_from_db()
        job = requeue(job=job, by=lin, at=clock.now)
        assert (job.state, job.attempts, job.error) == (JobState.QUEUED, 0, "")

    def test_not_while_another_job_with_its_key_is_under_way(self, clock, lin, worker):
        queue = failing(ValueError("x"), attempts=1)
        job = queue("tests.fail", by=lin, at=clock.now, unique_key="k")
        worker.run_job()
        queue("tests.fail", by=lin, at=clock.now, unique_key="k")
        job.refresh_from_db()
        with pytest.raises(StaleJob):
            requeue(job=job, by=lin, at=clock.now)


class TestDeadProcess:
    SILENCE = timedelta(seconds=60)

    def test_a_job_without_heartbeat_is_taken_back_and_tried_again(self, runs, clock, worker):
        job = enqueue("tests.note", by=None, at=clock.now)
        running.claim(worker="dead", at=clock.now)
        assert running.reap(silent_for=self.SILENCE, at=clock.forward(seconds=59)) == 0
        assert running.reap(silent_for=self.SILENCE, at=clock.forward(seconds=2)) == 1
        clock.forward(seconds=10)
        assert worker.run_job()
        job.refresh_from_db()
        assert (job.state, job.attempts) == (JobState.DONE, 2)

    def test_a_heartbeat_keeps_it(self, runs, clock):
        job = enqueue("tests.note", by=None, at=clock.now)
        running.claim(worker="one", at=clock.now)
        assert running.beat(worker="one", job_ids=[job.pk], at=clock.forward(seconds=50)) == 1
        assert running.reap(silent_for=self.SILENCE, at=clock.forward(seconds=50)) == 0

    def test_a_job_that_kills_every_process_fails_in_the_end(self, runs, clock):
        job = enqueue("tests.note", by=None, at=clock.now)
        for _ in range(3):
            assert running.claim(worker="dying", at=clock.now)
            running.reap(silent_for=self.SILENCE, at=clock.forward(minutes=5))
            clock.forward(minutes=5)
        job.refresh_from_db()
        assert (job.state, job.error) == (JobState.FAILED, running.RECLAIMED)
        with translation.override("en"):
            assert job.trouble == "The process that ran this job broke off; the job was taken back."

    def test_a_process_thought_dead_writes_nothing_more(self, runs, clock):
        enqueue("tests.note", by=None, at=clock.now)
        old = running.claim(worker="slow", at=clock.now)
        running.reap(silent_for=self.SILENCE, at=clock.forward(minutes=2))
        new = running.claim(worker="fresh", at=clock.forward(minutes=1))
        with pytest.raises(running.LostJob):
            running.report(job=old, done=9, total=9, message="旧进程")
        with pytest.raises(running.LostJob):
            running.finish(job=old, result={}, at=clock.now)
        new.refresh_from_db()
        assert (new.state, new.worker, new.done) == (JobState.RUNNING, "fresh", 0)

    def test_the_same_process_is_fenced_from_its_own_earlier_attempt(self, runs, clock):
        enqueue("tests.note", by=None, at=clock.now)
        first = running.claim(worker="one", at=clock.now)
        running.reap(silent_for=self.SILENCE, at=clock.forward(minutes=2))
        assert running.claim(worker="one", at=clock.forward(minutes=1))
        with pytest.raises(running.LostJob):
            running.finish(job=first, result={}, at=clock.now)

    def test_a_cancelled_job_of_a_dead_process_is_not_run_again(self, runs, clock, lin):
        enqueue("tests.note", by=lin, at=clock.now)
        cancel(job=running.claim(worker="dead", at=clock.now), by=lin, at=clock.now)
        running.reap(silent_for=self.SILENCE, at=clock.forward(minutes=2))
        assert Job.objects.get().state == JobState.CANCELLED

    def test_a_job_silent_beyond_its_patience_gets_no_more_heartbeats(self, clock, worker):
        beats = []

        @job_kind("tests.hang", title="挂起", patience=timedelta(minutes=10))
        def hang(payload, progress):
            worker.stop()  # lets the pulse return at once
            for _ in range(2):
                clock.forward(minutes=6)
                worker._pulse()
                beats.append(Job.objects.get().heartbeat_at)

        enqueue("tests.hang", by=None, at=clock.now)
        started = clock.now
        worker.run_job()
        assert beats == [started + timedelta(minutes=6)] * 2

    def test_a_process_being_stopped_gives_its_job_back_without_counting_the_attempt(self, clock, worker):
        @job_kind("tests.long", title="长作业")
        def long(payload, progress):
            worker.stop()
            progress.step(1, 2)

        job = enqueue("tests.long", by=None, at=clock.now)
        worker.run_job()
        job.refresh_from_db()
        assert (job.state, job.attempts) == (JobState.QUEUED, 0)
