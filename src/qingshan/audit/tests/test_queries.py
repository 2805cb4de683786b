"""Reading the audit back."""

from datetime import date

from django.db import transaction

from qingshan.audit.public import Asked, actions_known, detail_of, entries, record, trail
from qingshan.kernel.refs import Ref


class TestTrail:
    def test_it_is_one_records_story_newest_first(self, keep):
        keep(2)
        keep(1, action="plans.close")
        assert [entry.action for entry in trail(Ref("plans", "target", "0"))] == [
            "plans.close",
            "plans.revise",
        ]


class TestEntries:
    def test_they_are_asked_by_action_person_subject_and_day(self, keep):
        keep(3)
        keep(1, action="plans.close")
        assert entries().count() == 4
        assert entries(Asked(action="plans.c")).count() == 1
        assert entries(Asked(actor="林")).count() == 4
        assert entries(Asked(actor="周")).count() == 0
        assert entries(Asked(subject="plans.target/2")).count() == 1
        assert entries(Asked(subject="plans")).count() == 4
        assert entries(Asked(first_on=date(2026, 11, 20), last_on=date(2026, 11, 20))).count() == 4
        assert entries(Asked(first_on=date(2026, 11, 21))).count() == 0

    def test_a_percent_sign_is_a_letter_like_any_other(self, keep):
        keep(1)
        assert entries(Asked(actor="%")).count() == 0

    def test_every_action_is_offered_once(self, keep):
        keep(2)
        keep(1, action="plans.close")
        assert actions_known() == ["plans.close", "plans.revise"]

    def test_a_detail_reads_back(self, transactional_db, lin, at):
        with transaction.atomic():
            record("x.y", Ref("a", "b", "1"), by=lin, at=at, detail={"on": date(2026, 3, 1), "of": [1, None]})
        assert detail_of(entries().get()) == {"on": "2026-03-01", "of": [1, None]}
