"""Many writers at once make one chain."""

import threading

import pytest
from django.db import connection, transaction

from qingshan.audit.models import Record
from qingshan.audit.public import record, verify
from qingshan.kernel.refs import Ref

WRITERS, EACH = 6, 15


def in_threads(*works) -> None:
    """Run each in a thread with its own connection; an error in one is an error of the test."""
    problems: list[BaseException] = []

    def run(work) -> None:
        try:
            work()
        except BaseException as problem:
            problems.append(problem)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    assert problems == []
    assert not any(thread.is_alive() for thread in threads)


@pytest.mark.django_db(transaction=True)
class TestParallelWriters:
    def test_they_make_one_sound_chain_with_every_record_in_it(self, lin, at):
        def writer(name: str):
            def work() -> None:
                for number in range(EACH):
                    with transaction.atomic():
                        record("plans.revise", Ref("plans", "target", f"{name}-{number}"), by=lin, at=at)

            return work

        in_threads(*(writer(f"w{index}") for index in range(WRITERS)))
        report = verify()
        assert report.is_sound
        assert (report.records, report.unsealed) == (WRITERS * EACH, 0)
        assert set(Record.objects.values_list("seq", flat=True)) == set(range(1, WRITERS * EACH + 1))

    @pytest.mark.postgresql
    @pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has one writer at a time")
    def test_who_begins_first_and_commits_last_comes_last_in_the_chain(self, lin, at):
        begun, overtaken = threading.Event(), threading.Event()

        def slow() -> None:
            with transaction.atomic():
                record("plans.slow", Ref("plans", "target", "1"), by=lin, at=at)
                begun.set()
                assert overtaken.wait(30)

        def quick() -> None:
            assert begun.wait(30)
            with transaction.atomic():
                record("plans.quick", Ref("plans", "target", "2"), by=lin, at=at)
            overtaken.set()

        in_threads(slow, quick)
        order = Record.objects.order_by("seq").values_list("entries__action", flat=True)
        assert list(order) == ["plans.quick", "plans.slow"]
        assert list(Record.objects.order_by("seq").values_list("pk", flat=True)) != sorted(
            Record.objects.values_list("pk", flat=True)
        )
        assert verify().is_sound
