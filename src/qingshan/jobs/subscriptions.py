"""Who hears of which event. Filled from one visible list, ``portal/wiring.py``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol, TypeVar

from qingshan.jobs.wire import event_name

E = TypeVar("E")


class Handler(Protocol):
    """What a consumer is: called with the event and the time, in a transaction of its own."""

    def __call__(self, event: Any, /, *, at: datetime) -> None: ...


@dataclass(frozen=True, slots=True)
class Subscription:
    """One consumer of one type of event.

    Parameters
    ----------
    event : type
        A frozen dataclass from a room's ``events.py``.
    consumer : str
        ``room.verb``; deliveries are kept under it, so it is never renamed lightly.
    handle : callable
        ``handle(event, at=...)``. Runs in a transaction that also marks the delivery, so its
        database writes happen once; what it does outside the database must bear repetition.
    """

    event: type
    consumer: str
    handle: Callable[..., None]


SUBSCRIPTIONS: dict[str, dict[str, Subscription]] = {}


def subscribe(event: type[E], handle: Callable[..., None], *, consumer: str = "") -> None:
    """Let a consumer hear of every event of a type announced from now on.

    Raises
    ------
    ValueError
        Another function already goes by this consumer name.
    """
    name = consumer or f"{handle.__module__.split('.')[1]}.{handle.__name__}"
    consumers = SUBSCRIPTIONS.setdefault(event_name(event), {})
    known = consumers.get(name)
    if known is not None and known.handle is not handle:
        raise ValueError(f"two functions go by the consumer name {name!r}")
    consumers[name] = Subscription(event, name, handle)


def consumers_of(name: str) -> dict[str, Subscription]:
    """Return the consumers of an event by its name, keyed by consumer."""
    return SUBSCRIPTIONS.get(name, {})
