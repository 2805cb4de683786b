"""The cast, a clock that is set by hand, and registries that are put back after each test."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth import get_user_model

from qingshan.jobs import kinds, subscriptions


class Clock:
    """A clock tests move themselves."""

    def __init__(self):
        self.now = datetime(2026, 11, 21, 0, 0, tzinfo=UTC)

    def __call__(self):
        return self.now

    def forward(self, **span):
        self.now += timedelta(**span)
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def lin(db):
    """林 leads the department."""
    return get_user_model().objects.create_user("lin")


@pytest.fixture
def zhou(db):
    """周 is from another district and must see nothing."""
    return get_user_model().objects.create_user("zhou")


@pytest.fixture(autouse=True)
def own_registries():
    """Kinds, schedules and consumers of a test are its own."""
    registries = (kinds.KINDS, kinds.SCHEDULES, subscriptions.SUBSCRIPTIONS)
    kept = [dict(registry) for registry in registries]
    for registry in registries:
        registry.clear()
    yield
    for registry, before in zip(registries, kept, strict=True):
        registry.clear()
        registry.update(before)
