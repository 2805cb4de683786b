"""Pages of background work: one's own jobs for everybody, all of it for whoever manages it."""

from datetime import UTC, date, datetime

import pytest
from django.db import transaction
from django.urls import reverse

from qingshan.accounts.public import grant_role
from qingshan.jobs import delivering, scheduling
from qingshan.jobs.actions import announce, enqueue
from qingshan.jobs.events import JobEnded
from qingshan.jobs.kinds import job_kind, schedule
from qingshan.jobs.models import Delivery, Job, Schedule
from qingshan.jobs.states import DeliveryState, JobState
from qingshan.jobs.subscriptions import subscribe
from qingshan.jobs.worker import Worker

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper(db):
    """The system administrator, who manages background work."""
    from django.contrib.auth import get_user_model

    user = get_user_model().objects.create_user("keeper", display_name="系统管理员")
    at = datetime(2026, 1, 1, tzinfo=UTC)
    grant_role(user=user, role="system_admin", by=None, at=at, from_on=date(2026, 1, 1))
    return user


@pytest.fixture
def export():
    @job_kind("tests.export", title="导出指标", attempts=1)
    def run(payload, progress):
        progress.step(1, 2, "第一张表")
        if payload.get("broken"):
            raise ValueError("磁盘已满")
        return {"address": "/messages/"}


@pytest.fixture
def job(export, lin, clock):
    return enqueue("tests.export", by=lin, at=clock.now)


class TestJobs:
    def test_one_sees_ones_own_and_nobody_elses(self, client, job, lin, zhou):
        address = reverse("jobs:job", args=[job.pk])
        client.force_login(lin)
        assert address in client.get(reverse("jobs:jobs")).text
        client.force_login(zhou)
        assert address not in client.get(reverse("jobs:jobs")).text
        assert client.get(address).status_code == 404
        assert client.post(reverse("jobs:cancel", args=[job.pk])).status_code == 404

    def test_whoever_manages_them_sees_all_and_that_no_worker_runs(self, client, job, keeper):
        client.force_login(keeper)
        page = client.get(reverse("jobs:jobs")).text
        assert "导出指标" in page
        assert "没有后台进程在运行" in page

    def test_the_list_is_exported_as_a_workbook(self, client, job, lin):
        client.force_login(lin)
        answer = client.get(reverse("jobs:jobs"), {"export": "xlsx"})
        assert b"".join(answer.streaming_content)[:2] == b"PK"
        answer.close()

    def test_a_stranger_is_sent_to_log_in(self, client, job):
        assert client.get(reverse("jobs:job", args=[job.pk])).status_code == 302


class TestJob:
    def test_while_it_lives_the_fragment_asks_for_itself_every_two_seconds(self, client, job, lin):
        client.force_login(lin)
        part = client.get(reverse("jobs:job", args=[job.pk]), headers={"HX-Request": "true"}).text
        assert 'hx-trigger="every 2s"' in part
        assert "<html" not in part

    def test_without_scripts_there_is_a_link_to_look_again(self, client, job, lin):
        client.force_login(lin)
        page = client.get(reverse("jobs:job", args=[job.pk])).text
        assert "刷新</a>" in page
        assert "<html" in page

    def test_when_it_is_over_it_asks_no_more_and_leads_to_the_result(self, client, job, lin, clock):
        Worker(clock=clock).run_job()
        client.force_login(lin)
        page = client.get(reverse("jobs:job", args=[job.pk])).text
        assert "hx-trigger" not in page.partition('<div id="job"')[2]
        assert "打开结果" in page

    def test_the_person_sees_the_reason_and_the_manager_the_details(self, client, export, lin, keeper, clock):
        broken = enqueue("tests.export", {"broken": True}, by=lin, at=clock.now)
        Worker(clock=clock).run_job()
        client.force_login(lin)
        page = client.get(reverse("jobs:job", args=[broken.pk])).text
        assert "磁盘已满" in page
        assert "Traceback" not in page
        client.force_login(keeper)
        assert "Traceback" in client.get(reverse("jobs:job", args=[broken.pk])).text

    def test_it_is_cancelled_and_queued_again_by_a_button(self, client, export, lin, clock):
        client.force_login(lin)
        queued = enqueue("tests.export", by=lin, at=clock.now)
        client.post(reverse("jobs:cancel", args=[queued.pk]))
        assert Job.objects.get(pk=queued.pk).state == JobState.CANCELLED
        broken = enqueue("tests.export", {"broken": True}, by=lin, at=clock.now)
        Worker(clock=clock).run_job()
        client.post(reverse("jobs:requeue", args=[broken.pk]))
        assert Job.objects.get(pk=broken.pk).state == JobState.QUEUED

    def test_a_button_that_comes_too_late_says_so(self, client, job, lin, clock):
        Worker(clock=clock).run_job()
        client.force_login(lin)
        answer = client.post(reverse("jobs:cancel", args=[job.pk]), follow=True)
        assert "作业的状态刚刚变了" in answer.text


class TestSchedules:
    @pytest.fixture
    def nightly(self, export, clock):
        schedule("tests.nightly", title="每夜导出", kind="tests.export", when="0 2 * * *")
        scheduling.sync_schedules(at=clock.now)
        return Schedule.objects.get()

    def test_they_are_for_whoever_manages_them(self, client, nightly, lin):
        client.force_login(lin)
        assert client.get(reverse("jobs:schedules")).status_code == 403
        for name in ("switch_schedule", "run_schedule"):
            assert client.post(reverse(f"jobs:{name}", args=[nightly.pk])).status_code == 403

    def test_one_is_paused_resumed_changed_and_run(self, client, nightly, keeper):
        client.force_login(keeper)
        assert "每夜导出" in client.get(reverse("jobs:schedules")).text
        client.post(reverse("jobs:switch_schedule", args=[nightly.pk]), {"enabled": "0"})
        assert not Schedule.objects.get().enabled
        client.post(reverse("jobs:switch_schedule", args=[nightly.pk]), {"enabled": "1"})
        assert Schedule.objects.get().enabled
        client.post(reverse("jobs:schedule", args=[nightly.pk]), {"when": "every 6h"})
        assert Schedule.objects.get().when == "every 6h"
        client.post(reverse("jobs:run_schedule", args=[nightly.pk]))
        assert Job.objects.get().by == keeper

    def test_a_rule_that_cannot_be_read_comes_back_with_what_is_allowed(self, client, nightly, keeper):
        client.force_login(keeper)
        answer = client.post(reverse("jobs:schedule", args=[nightly.pk]), {"when": "25 25 * * *"})
        assert answer.status_code == 422
        assert "allowed is 0 to 23" in answer.text
        assert 'value="25 25 * * *"' in answer.text


class TestEvents:
    def test_an_abandoned_delivery_is_shown_and_sent_again(self, client, keeper, clock):
        def refuse(event, *, at):
            raise ValueError("收件人不存在")

        subscribe(JobEnded, refuse, consumer="tests.refuse")
        with transaction.atomic():
            announce(JobEnded(1, "k", "t", keeper.pk, JobState.DONE, "", "", clock.now), at=clock.now)
        delivering.spread(at=clock.now)
        for _ in range(delivering.ATTEMPTS):
            delivering.deliver_next(at=clock.forward(hours=2))
        client.force_login(keeper)
        assert "收件人不存在" in client.get(reverse("jobs:events")).text
        client.post(reverse("jobs:retry_delivery", args=[Delivery.objects.get().pk]))
        assert Delivery.objects.get().state == DeliveryState.PENDING
