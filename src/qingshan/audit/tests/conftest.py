"""Each test of the audit has notes, heads and keys of its own, and may ask for a chain."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction

from qingshan.audit import guards
from qingshan.audit.public import record
from qingshan.kernel.refs import Ref

AT = datetime(2026, 11, 20, 2, 30, tzinfo=UTC)


class Person:
    """The audit asks nothing more of who acts."""

    def __init__(self, pk: int, name: str) -> None:
        self.pk, self._name = pk, name

    def get_username(self) -> str:
        return self._name


@pytest.fixture(autouse=True)
def outside(tmp_path, settings):
    """The folder outside the database."""
    settings.AUDIT_HEADS = tmp_path / "heads"
    settings.AUDIT_KEYS = tmp_path / "keys"
    return settings.AUDIT_HEADS


@pytest.fixture
def at():
    return AT


@pytest.fixture
def lin():
    return Person(1, "林")


@pytest.fixture
def keep(transactional_db, lin):
    """Keep some records, one transaction each."""

    def kept(count: int = 1, action: str = "plans.revise") -> None:
        for number in range(count):
            with transaction.atomic():
                record(action, Ref("plans", "target", str(number)), by=lin, at=AT + timedelta(minutes=number))

    return kept


@pytest.fixture
def guarded(transactional_db):
    """The database as an installation has it, with the triggers in place."""
    guards.install(connection)
    yield connection
    guards.remove(connection)
