"""Telling people, reading, signing."""

import uuid
from datetime import timedelta

import pytest

from qingshan.kernel.flow import IllegalMove
from qingshan.messages.actions import (
    NotYours,
    mark_all_read,
    mark_read,
    notify,
    set_preferences,
    set_wording,
    sign_receipt,
)
from qingshan.messages.models import Endpoint, Notice, Sending, Wording
from qingshan.messages.queries import inbox, receipts, sent_by, unread_count
from qingshan.messages.states import NoticeState
from qingshan.messages.wording import BadWording

pytestmark = pytest.mark.django_db
WORDS = {"what": "季度报告"}


class TestNotify:
    def test_each_person_is_told_once_and_nobody_else(self, cast, at):
        notify("tests.plain", [cast.lin, cast.chen, cast.lin], WORDS, at=at)
        assert [notice.subject for notice in inbox(cast.lin)] == ["季度报告 待办"]
        assert unread_count(cast.chen) == 1
        assert not inbox(cast.zhou).exists()

    def test_each_in_their_own_language(self, cast, at):
        cast.chen.language = "en"
        cast.chen.save()
        notify("tests.plain", [cast.lin, cast.chen], WORDS, at=at)
        assert inbox(cast.chen).get().subject == "季度报告 is waiting"

    def test_the_same_batch_again_tells_only_who_was_not_told(self, cast, at):
        batch = uuid.uuid4()
        notify("tests.plain", [cast.lin], WORDS, at=at, batch=batch)
        notify("tests.plain", [cast.lin, cast.chen], WORDS, at=at, batch=batch)
        assert Notice.objects.count() == 2

    def test_who_may_no_longer_log_in_is_passed_over(self, cast, at):
        cast.zhou.is_active = False
        cast.zhou.save()
        assert notify("tests.plain", [cast.zhou], WORDS, at=at) == []

    def test_a_word_forgotten_tells_nobody(self, cast, at):
        with pytest.raises(BadWording, match="what"):
            notify("tests.plain", [cast.lin], {}, at=at)
        assert not Notice.objects.exists()

    def test_the_bureaus_own_words_take_the_place_of_ours(self, cast, at):
        set_wording(
            template="tests.plain",
            language="zh-hans",
            subject="【局】{what}",
            body="速办",
            by=cast.lin,
            at=at,
        )
        notify("tests.plain", [cast.chen], WORDS, at=at)
        assert inbox(cast.chen).get().subject == "【局】季度报告"
        set_wording(
            template="tests.plain",
            language="zh-hans",
            subject="{what} 待办",
            body="请办理 {what}。",
            by=cast.lin,
            at=at,
        )
        assert not Wording.objects.exists()


class TestSendings:
    def due(self, user):
        return list(Sending.objects.filter(notice__to=user).values_list("channel", "due_at", "in_digest"))

    def test_mail_leaves_at_once_by_day(self, cast, at):
        notify("tests.plain", [cast.lin], WORDS, at=at)
        assert self.due(cast.lin) == [("email", at, False)]

    def test_at_night_it_waits_and_the_inbox_does_not(self, cast, at):
        night = at + timedelta(hours=13)
        notify("tests.plain", [cast.lin], WORDS, at=night)
        assert unread_count(cast.lin) == 1
        assert self.due(cast.lin) == [("email", at + timedelta(hours=21, minutes=30), False)]

    def test_urgent_mail_leaves_at_night(self, cast, at):
        night = at + timedelta(hours=13)
        notify("tests.urgent", [cast.lin], WORDS, at=night)
        assert self.due(cast.lin) == [("email", night, False)]

    def test_rest_days_are_those_of_the_working_calendar(self, cast, at):
        set_preferences(user=cast.lin, at=at, quiet_on_rest_days=True)
        before_festival = at.replace(month=9, day=30, hour=15)  # 23:00 on 30 September
        notify("tests.plain", [cast.lin], WORDS, at=before_festival)
        ((_, due_at, _),) = self.due(cast.lin)
        assert due_at == at.replace(month=10, day=7, hour=23, minute=30)  # 07:30 on 8 October in Beijing

    def test_as_the_person_wishes(self, cast, at):
        set_preferences(user=cast.lin, at=at, email="daily")
        set_preferences(user=cast.chen, at=at, email="never")
        notify("tests.plain", [cast.lin, cast.chen], WORDS, at=at)
        assert self.due(cast.lin) == [("email", at + timedelta(hours=22, minutes=30), True)]
        assert self.due(cast.chen) == []

    def test_without_a_mail_server_or_an_address_no_mail_waits(self, cast, at, settings):
        cast.chen.email = ""
        cast.chen.save()
        notify("tests.plain", [cast.chen], WORDS, at=at)
        settings.EMAIL_ENABLED = False
        notify("tests.plain", [cast.lin], WORDS, at=at)
        assert not Sending.objects.exists()

    def test_an_enabled_message_platform_is_a_channel(self, cast, at):
        Endpoint.objects.create(name="oa", address="https://oa.example.org/in", secret="s")
        Endpoint.objects.create(name="old", address="https://old.example.org/", secret="s", enabled=False)
        notify("tests.plain", [cast.lin], WORDS, at=at)
        assert {channel for channel, _, _ in self.due(cast.lin)} == {"email", "webhook:oa"}


class TestReadingAndSigning:
    @pytest.fixture
    def notice(self, cast, at):
        (notice,) = notify("tests.receipt", [cast.chen], WORDS, at=at, by=cast.lin)
        return notice

    def test_reading_is_noted_once(self, notice, cast, at):
        mark_read(notice=notice, by=cast.chen, at=at)
        again = mark_read(notice=notice, by=cast.chen, at=at + timedelta(hours=1))
        assert (again.state, again.read_at) == (NoticeState.READ, at)

    def test_what_must_be_signed_for_counts_until_it_is(self, notice, cast, at):
        mark_read(notice=notice, by=cast.chen, at=at)
        assert unread_count(cast.chen) == 1
        assert mark_all_read(by=cast.chen, at=at) == 0
        sign_receipt(notice=notice, by=cast.chen, at=at)
        assert unread_count(cast.chen) == 0

    def test_signing_counts_as_reading(self, notice, cast, at):
        signed = sign_receipt(notice=notice, by=cast.chen, at=at)
        assert (signed.state, signed.read_at, signed.signed_at) == (NoticeState.SIGNED, at, at)

    def test_nobody_signs_twice_or_for_another(self, notice, cast, at):
        with pytest.raises(NotYours):
            sign_receipt(notice=notice, by=cast.lin, at=at)
        with pytest.raises(NotYours):
            mark_read(notice=notice, by=cast.zhou, at=at)
        signed = sign_receipt(notice=notice, by=cast.chen, at=at)
        with pytest.raises(IllegalMove):
            sign_receipt(notice=signed, by=cast.chen, at=at)

    def test_the_sender_sees_who_has_signed(self, cast, at):
        notices = notify("tests.receipt", [cast.chen, cast.zhou], WORDS, at=at, by=cast.lin)
        sign_receipt(notice=notices[0], by=cast.chen, at=at)
        (batch,) = sent_by(cast.lin)
        assert (batch.people, batch.read, batch.signed, batch.needs_receipt) == (2, 1, 1, True)
        assert {one.to for one in receipts(batch.batch) if one.waits_for_receipt} == {cast.zhou}
        assert sent_by(cast.chen) == []
