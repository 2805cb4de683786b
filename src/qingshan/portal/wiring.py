"""Which news reaches whom: every connection of events to consumers, in one list.

A line here is the only way one room's news comes to another. The consumer's name is written into
the outbox, so it stays even when the function behind it moves.
"""

from __future__ import annotations

from qingshan.jobs.public import Subscription, subscribe

SUBSCRIPTIONS: tuple[Subscription, ...] = ()


def wire() -> None:
    """Connect all consumers; called once, when Django starts."""
    for one in SUBSCRIPTIONS:
        subscribe(one.event, one.handle, consumer=one.consumer)
