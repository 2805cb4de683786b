"""What the database refuses by itself."""

import importlib
from types import SimpleNamespace

import pytest
from django.db import DatabaseError, connection, transaction

from qingshan.audit.models import Entry, Record
from qingshan.audit.public import verify


@pytest.fixture
def one(guarded, keep):
    keep(1)
    return Record.objects.get()


def refused(change) -> bool:
    try:
        with transaction.atomic():
            change()
    except DatabaseError as problem:
        return "append-only" in str(problem)
    return False


class TestGuards:
    def test_a_sealed_record_is_neither_changed_nor_unsealed_nor_deleted(self, one):
        records = Record.objects.filter(pk=one.pk)
        assert refused(lambda: records.update(hash="0"))
        assert refused(lambda: records.update(seq=None, hash=None, sealed_at=None))
        assert refused(lambda: records._raw_delete("default"))

    def test_an_entry_is_neither_changed_nor_deleted(self, one):
        entries = Entry.objects.filter(record=one)
        assert refused(lambda: entries.update(actor_name="周"))
        assert refused(lambda: entries._raw_delete("default"))

    def test_no_entry_joins_a_sealed_record(self, one):
        late = Entry(record=one, number=2, action="x.y", family="a.b", key="1", at=one.sealed_at)
        assert refused(late.save)

    def test_keeping_and_sealing_go_on(self, one, keep):
        keep(2)
        assert verify().is_sound
        assert verify().records == 3

    @pytest.mark.postgresql
    @pytest.mark.skipif(
        "connection.vendor != 'postgresql'", reason="SQLite has no TRUNCATE that passes by row triggers"
    )
    def test_the_tables_are_not_emptied_at_once(self, one):
        assert refused(lambda: connection.cursor().execute("TRUNCATE audit_entry, audit_record"))


def test_the_migration_installs_what_the_room_describes(monkeypatch):
    called = []
    monkeypatch.setattr("qingshan.audit.guards.install", called.append)
    migration = importlib.import_module("qingshan.audit.migrations.0002_guards")
    [operation] = migration.Migration.operations
    operation.code(None, SimpleNamespace(connection=connection))
    assert called == [connection]
