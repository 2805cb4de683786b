"""Events: written with the change, delivered at least once, each consumer for itself."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.db import transaction

from qingshan.jobs import delivering
from qingshan.jobs.actions import NoTransaction, announce, retry_delivery
from qingshan.jobs.models import Delivery, OutboxEvent
from qingshan.jobs.states import DeliveryState
from qingshan.jobs.subscriptions import SUBSCRIPTIONS, subscribe
from qingshan.kernel.flow import IllegalMove
from qingshan.kernel.refs import Ref

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class ValueApproved:
    ref: Ref
    year: int


EVENT = ValueApproved(Ref("plans", "value", "7"), 2025)


@pytest.fixture
def announced(clock):
    with transaction.atomic():
        announce(EVENT, at=clock.now)


def deliver_all(at):
    delivering.spread(at=at)
    while delivering.deliver_next(at=at):
        pass


class Crash(BaseException):
    """Stands for the process dying: nothing in our code may catch it."""


class TestAnnounce:
    def test_outside_a_transaction_it_is_refused(self, clock):
        with pytest.raises(NoTransaction):
            announce(EVENT, at=clock.now)

    def test_a_change_that_is_rolled_back_takes_its_event_along(self, clock):
        with transaction.atomic():
            announce(EVENT, at=clock.now)
            transaction.set_rollback(True)
        assert not OutboxEvent.objects.exists()


class TestDelivery:
    def test_each_consumer_hears_it_once(self, announced, clock):
        heard = []
        subscribe(ValueApproved, lambda event, *, at: heard.append(("a", event)), consumer="tests.a")
        subscribe(ValueApproved, lambda event, *, at: heard.append(("b", event)), consumer="tests.b")
        deliver_all(clock.now)
        deliver_all(clock.forward(hours=9))
        assert sorted(heard, key=str) == [("a", EVENT), ("b", EVENT)]

    def test_an_event_nobody_waits_for_is_settled(self, announced, clock):
        deliver_all(clock.now)
        assert not OutboxEvent.objects.filter(spread_at__isnull=True).exists()
        assert not Delivery.objects.exists()

    def test_one_consumers_error_is_not_anothers(self, announced, clock):
        heard = []

        def broken(event, *, at):
            raise ValueError("找不到收件人")

        subscribe(ValueApproved, broken, consumer="tests.broken")
        subscribe(ValueApproved, lambda event, *, at: heard.append(event), consumer="tests.whole")
        deliver_all(clock.now)
        assert heard == [EVENT]
        left = Delivery.objects.get(consumer="tests.broken")
        assert (left.state, left.attempts) == (DeliveryState.PENDING, 1)
        assert "找不到收件人" in left.error
        assert left.due_at == clock.now + timedelta(seconds=10)

    def test_what_a_failing_consumer_wrote_is_rolled_back(self, announced, clock):
        def half(event, *, at):
            Group.objects.create(name="一半")
            raise ValueError

        subscribe(ValueApproved, half, consumer="tests.half")
        deliver_all(clock.now)
        assert not Group.objects.exists()

    def test_after_its_attempts_it_is_given_up_and_can_be_sent_again(self, announced, clock, lin):
        working = []

        def moody(event, *, at):
            if not working:
                raise ValueError("对方系统停机")
            working.append(event)

        subscribe(ValueApproved, moody, consumer="tests.moody")
        for _ in range(delivering.ATTEMPTS + 3):
            deliver_all(clock.forward(hours=2))
        delivery = Delivery.objects.get()
        assert (delivery.state, delivery.attempts) == (DeliveryState.GIVEN_UP, delivering.ATTEMPTS)
        working.append("mended")
        retry_delivery(delivery=delivery, by=lin, at=clock.now)
        deliver_all(clock.now)
        delivery.refresh_from_db()
        assert delivery.state == DeliveryState.DELIVERED
        with pytest.raises(IllegalMove):
            retry_delivery(delivery=delivery, by=lin, at=clock.now)

    def test_a_consumer_no_longer_wired_keeps_the_delivery_and_says_so(self, announced, clock):
        subscribe(ValueApproved, lambda event, *, at: None, consumer="tests.gone")
        delivering.spread(at=clock.now)
        SUBSCRIPTIONS.clear()
        delivering.deliver_next(at=clock.now)
        left = Delivery.objects.get()
        assert left.state == DeliveryState.PENDING
        assert "tests.gone" in left.error


class TestProcessKilledWhileDelivering:
    def test_the_event_comes_again_when_the_lease_is_over_and_its_writes_are_there_once(
        self, announced, clock
    ):
        died = []

        def dies_once(event, *, at):
            Group.objects.create(name=str(event.ref))
            if not died:
                died.append(True)
                raise Crash

        subscribe(ValueApproved, dies_once, consumer="tests.dies")
        delivering.spread(at=clock.now)
        with pytest.raises(Crash):
            delivering.deliver_next(at=clock.now)
        assert not Group.objects.exists()
        assert not delivering.deliver_next(at=clock.now)  # leased to the process that died
        assert delivering.deliver_next(at=clock.forward(seconds=61))
        assert Group.objects.count() == 1

    def test_an_event_that_kills_every_process_is_given_up(self, announced, clock):
        def deadly(event, *, at):
            raise Crash

        subscribe(ValueApproved, deadly, consumer="tests.deadly")
        delivering.spread(at=clock.now)
        for _ in range(delivering.ATTEMPTS):
            with pytest.raises(Crash):
                delivering.deliver_next(at=clock.forward(seconds=61))
        assert not delivering.deliver_next(at=clock.forward(seconds=61))
        assert Delivery.objects.get().state == DeliveryState.GIVEN_UP

    def test_a_slow_process_whose_delivery_was_taken_over_leaves_nothing(self, announced, clock):
        def slow(event, *, at):
            Group.objects.create(name="慢")
            # Meanwhile the lease ended, and another process took the delivery.
            Delivery.objects.update(attempts=2)

        subscribe(ValueApproved, slow, consumer="tests.slow")
        delivering.spread(at=clock.now)
        assert delivering.deliver_next(at=clock.now)
        assert not Group.objects.exists()
        assert Delivery.objects.get().state == DeliveryState.PENDING


class TestSubscribe:
    def test_two_functions_cannot_share_a_consumer_name(self):
        subscribe(ValueApproved, lambda event, *, at: None, consumer="tests.one")
        with pytest.raises(ValueError, match=r"tests\.one"):
            subscribe(ValueApproved, lambda event, *, at: None, consumer="tests.one")
