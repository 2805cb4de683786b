"""Keeping entries: with their transaction or not at all."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.db import transaction

from qingshan.audit.models import Entry, Record
from qingshan.audit.public import OutsideTransaction, record, seal
from qingshan.kernel.refs import Ref

AT = datetime(2026, 11, 20, 2, 30, tzinfo=UTC)
TARGET = Ref("plans", "target", "4")


class Person:
    """The audit asks nothing more of who acts."""

    def __init__(self, pk: int, name: str) -> None:
        self.pk, self._name = pk, name

    def get_username(self) -> str:
        return self._name


LIN, CHEN = Person(1, "林"), Person(2, "陈")


class Withdrawn(Exception):
    pass


@transaction.atomic
def record_and_withdraw(action: str) -> None:
    record(action, TARGET, by=LIN, at=AT)
    raise Withdrawn


@pytest.mark.django_db(transaction=True)
class TestRecord:
    def test_it_keeps_who_did_what_to_which_record_and_when(self):
        with transaction.atomic():
            record("plans.revise", TARGET, by=LIN, at=AT, detail={"was": Decimal("95.0"), "now": "95.4"})
        entry = Entry.objects.get()
        assert (entry.actor_key, entry.actor_name, entry.action) == ("1", "林", "plans.revise")
        assert (entry.subject, entry.at) == (TARGET, AT)
        assert entry.detail == '{"now":"95.4","was":"95.0"}'

    def test_the_entries_of_one_transaction_make_one_record(self):
        with transaction.atomic():
            record("plans.revise", TARGET, by=LIN, at=AT)
            with transaction.atomic():
                record("plans.approve", TARGET, by=LIN, at=AT)
        with transaction.atomic():
            record("plans.close", TARGET, by=CHEN, at=AT)
        assert [found.entries.count() for found in Record.objects.order_by("seq")] == [2, 1]

    def test_a_transaction_rolled_back_leaves_nothing(self):
        with pytest.raises(Withdrawn):
            record_and_withdraw("plans.revise")
        assert not Record.objects.exists()
        assert not Entry.objects.exists()

    def test_a_part_rolled_back_leaves_the_rest(self):
        with transaction.atomic():
            with pytest.raises(Withdrawn):
                record_and_withdraw("plans.revise")
            record("plans.approve", TARGET, by=LIN, at=AT)
            with pytest.raises(Withdrawn):
                record_and_withdraw("plans.close")
            record("plans.file", TARGET, by=LIN, at=AT)
        assert list(Entry.objects.values_list("action", flat=True)) == ["plans.approve", "plans.file"]
        assert Record.objects.count() == 1

    def test_it_seals_after_the_commit_and_not_before(self):
        with transaction.atomic():
            record("plans.revise", TARGET, by=LIN, at=AT)
            assert Record.objects.get().seq is None
        assert Record.objects.get().seq == 1

    def test_what_is_done_after_a_commit_makes_a_record_of_its_own(self):
        def afterwards():
            with transaction.atomic():
                record("messages.send", TARGET, by=None, at=AT)

        with transaction.atomic():
            transaction.on_commit(afterwards)
            record("plans.revise", TARGET, by=LIN, at=AT)
        assert sorted(found.entries.count() for found in Record.objects.all()) == [1, 1]

    def test_the_system_itself_has_no_name(self):
        with transaction.atomic():
            record("jobs.reap", TARGET, by=None, at=AT)
        entry = Entry.objects.get()
        assert (entry.actor_key, entry.actor_name, entry.detail) == ("", "", "")

    def test_it_refuses_to_be_called_outside_a_transaction(self):
        with pytest.raises(OutsideTransaction, match=r"plans\.revise"):
            record("plans.revise", TARGET, by=LIN, at=AT)

    def test_it_refuses_a_binary_float(self):
        with pytest.raises(TypeError, match=r"0\.1"), transaction.atomic():
            record("plans.revise", TARGET, by=LIN, at=AT, detail={"now": 0.1})
        assert not Record.objects.exists()


@pytest.mark.django_db
def test_a_test_case_does_not_hide_a_forgotten_transaction():
    with pytest.raises(OutsideTransaction):
        record("plans.revise", TARGET, by=LIN, at=AT)


@pytest.mark.django_db(transaction=True)
def test_what_a_killed_process_left_unsealed_is_sealed_by_the_next_who_asks():
    left = Record.objects.create()
    Entry.objects.create(record=left, number=1, action="plans.revise", family="plans.target", key="4", at=AT)
    assert seal() == 1
    assert seal() == 0
    left.refresh_from_db()
    assert left.seq == 1
