"""From the outbox to the consumers: at least once, each consumer for itself.

A delivery is first *taken* (its next attempt moves a lease ahead, the attempt is counted) and then
*made* (the consumer runs in the transaction that marks it delivered). A process killed in between
leaves a delivery that is due again when the lease is over; one killed inside leaves nothing of the
consumer's writes. So database work happens exactly once, and an event that kills its process every
time is given up at last instead of coming back for ever.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from qingshan.jobs.backoff import delay_after
from qingshan.jobs.models import Delivery, OutboxEvent
from qingshan.jobs.states import DELIVERY_FLOW, DeliveryState
from qingshan.jobs.subscriptions import Subscription, consumers_of
from qingshan.jobs.wire import from_wire

log = logging.getLogger(__name__)

#: Attempts before a delivery is given up and waits for an administrator: about two and a half hours.
ATTEMPTS = 8
LEASE = timedelta(seconds=60)


class TakenOver(Exception):
    """Another process made the delivery meanwhile; what this one did is rolled back."""


def spread(*, at: datetime, limit: int = 200) -> int:
    """Give each new event one delivery per consumer; returns how many events were spread.

    Events are found by not being spread yet, never by a running number: a transaction that began
    earlier may commit later, and would be passed over.
    """
    new = OutboxEvent.objects.filter(spread_at__isnull=True)
    if not new.exists():
        return 0
    with transaction.atomic():
        events = list(new.select_for_update(skip_locked=True).order_by("pk")[:limit])
        Delivery.objects.bulk_create(
            [
                Delivery(event=event, consumer=consumer, due_at=at)
                for event in events
                for consumer in consumers_of(event.name)
            ],
            ignore_conflicts=True,
        )
        OutboxEvent.objects.filter(pk__in=[event.pk for event in events]).update(spread_at=at)
    return len(events)


def deliver_next(*, at: datetime, lease: timedelta = LEASE) -> bool:
    """Make one due delivery; returns whether there was one."""
    delivery = _take(at, lease)
    if delivery is None:
        return False
    try:
        subscription = consumers_of(delivery.event.name).get(delivery.consumer)
        if subscription is None:
            raise LookupError(f"no consumer {delivery.consumer!r} is wired to {delivery.event.name}")
        _make(delivery, subscription, at)
    except TakenOver:
        log.info("delivery %s was made by another process", delivery.pk)
    except Exception as error:
        log.warning("delivery %s to %s: %s", delivery.pk, delivery.consumer, error, exc_info=True)
        _note_failure(delivery, error, at)
    return True


def _take(at: datetime, lease: timedelta) -> Delivery | None:
    due = Delivery.objects.filter(state=DeliveryState.PENDING, due_at__lte=at)
    if not due.exists():
        return None
    with transaction.atomic():
        delivery = due.select_for_update(skip_locked=True).order_by("due_at", "pk").first()
        if delivery is None:
            return None
        if delivery.attempts >= ATTEMPTS:  # every attempt so far took its process with it
            _give_up(delivery)
            return None
        delivery.attempts += 1
        delivery.due_at = at + lease
        delivery.save(update_fields=["attempts", "due_at"])
    return Delivery.objects.select_related("event").get(pk=delivery.pk)


def _make(delivery: Delivery, subscription: Subscription, at: datetime) -> None:
    event: Any = from_wire(subscription.event, delivery.event.payload)
    with transaction.atomic():
        subscription.handle(event, at=at)
        mine = Delivery.objects.filter(
            pk=delivery.pk, state=DeliveryState.PENDING, attempts=delivery.attempts
        )
        after = DELIVERY_FLOW.after(delivery.state, "deliver")
        if mine.update(state=after, delivered_at=at, error="") != 1:
            raise TakenOver


def _note_failure(delivery: Delivery, error: Exception, at: datetime) -> None:
    mine = Delivery.objects.filter(pk=delivery.pk, state=DeliveryState.PENDING, attempts=delivery.attempts)
    words = f"{type(error).__name__}: {error}"[:1000]
    if delivery.attempts >= ATTEMPTS:
        mine.update(error=words)
        _give_up(delivery)
    else:
        mine.update(error=words, due_at=at + delay_after(delivery.attempts))


def _give_up(delivery: Delivery) -> None:
    log.error("delivery %s to %s is given up", delivery.pk, delivery.consumer)
    Delivery.objects.filter(pk=delivery.pk, state=DeliveryState.PENDING).update(
        state=DELIVERY_FLOW.after(DeliveryState.PENDING, "give_up")
    )
