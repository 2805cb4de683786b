"""News of lower rooms, from the outbox to the inbox, as the portal wires it."""

from datetime import date
from pathlib import Path

import pytest
from django.db import transaction

from qingshan.jobs.models import Delivery
from qingshan.jobs.public import Worker, announce, enqueue, job_kind
from qingshan.jobs.wire import event_name
from qingshan.kernel.refs import Ref
from qingshan.messages import wording
from qingshan.messages.queries import inbox
from qingshan.portal.wiring import SUBSCRIPTIONS
from qingshan.workflow.public import DeadlineNear, assign, hand_over

pytestmark = pytest.mark.django_db
MEASURE = Ref("plans", "measure", "1")


@pytest.fixture
def worker(at):
    return Worker(name="test", clock=lambda: at)


@pytest.fixture
def job(monkeypatch):
    from qingshan.jobs import kinds

    monkeypatch.setattr(kinds, "KINDS", {})
    monkeypatch.setattr(kinds, "SCHEDULES", {})

    @job_kind("tests.export", title="导出指标", attempts=1)
    def export(payload, progress):
        if payload.get("broken"):
            raise ValueError("磁盘已满")
        return {"address": "/plans/1/"}


class TestJobEnded:
    def test_the_person_hears_that_their_job_is_done(self, cast, at, worker, job):
        enqueue("tests.export", by=cast.lin, at=at)
        worker.run_job()
        worker.do_post()
        (notice,) = inbox(cast.lin)
        assert (notice.subject, notice.address) == ("已完成：导出指标", "/plans/1/")

    def test_and_why_it_failed(self, cast, at, worker, job):
        queued = enqueue("tests.export", {"broken": True}, by=cast.lin, at=at)
        worker.run_job()
        worker.do_post()
        (notice,) = inbox(cast.lin)
        assert "磁盘已满" in notice.body
        assert notice.address == f"/jobs/{queued.pk}/"


class TestDeadlines:
    def test_whoever_has_the_duty_hears_once_even_when_the_event_comes_twice(self, cast, at, worker):
        assign(about=MEASURE, duty="keeper", user=cast.chen, from_on=date(2026, 1, 1), by=cast.lin, at=at)
        event = DeadlineNear(MEASURE, "报送进展", date(2026, 11, 23), 1, False)
        for _ in range(2):
            with transaction.atomic():
                announce(event, at=at)
        worker.do_post()
        assert Delivery.objects.filter(consumer="messages.tell_deadline_near").count() == 2
        (notice,) = inbox(cast.chen)
        assert notice.subject == "2026-11-23 到期：报送进展"
        assert not inbox(cast.zhou).exists()


class TestHandOver:
    def test_the_receiver_must_sign(self, cast, at, worker):
        assign(about=MEASURE, duty="keeper", user=cast.chen, from_on=date(2026, 1, 1), by=cast.lin, at=at)
        hand_over(from_user=cast.chen, to_user=cast.zhou, on=date(2026, 11, 20), by=cast.lin, at=at)
        worker.do_post()
        (notice,) = inbox(cast.zhou)
        assert notice.waits_for_receipt
        assert "陈 名下的 1 项" in notice.body


class TestWiring:
    def test_consumer_names_are_unique_and_say_their_room(self):
        names = [one.consumer for one in SUBSCRIPTIONS]
        assert len(names) == len(set(names))
        for one in SUBSCRIPTIONS:
            assert one.handle.__module__.split(".")[1] == one.consumer.split(".")[0]


class TestHandbook:
    def test_every_wired_event_and_every_template_is_in_it(self):
        docs = Path(__file__).resolve().parents[4] / "docs"
        jobs, messages = (docs / "jobs.md").read_text("utf-8"), (docs / "messages.md").read_text("utf-8")
        for one in SUBSCRIPTIONS:
            assert f"`{event_name(one.event)}`" in jobs
        for name in wording.templates():
            assert f"`{name}`" in messages or name.startswith("tests.")
