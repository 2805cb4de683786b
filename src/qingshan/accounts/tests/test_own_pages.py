"""One's own account: particulars, sessions, tokens."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from qingshan.accounts import public as accounts
from qingshan.accounts.models import ApiToken, SessionRecord, User

pytestmark = pytest.mark.django_db


class TestParticulars:
    def test_the_language_chosen_holds_at_once(self, cast, browse):
        client = browse(cast.chen)
        client.post("/account/", {"phone": "", "email": "", "language": "en"})

        assert User.objects.get(pk=cast.chen.pk).language == "en"
        assert client.cookies["django_language"].value == "en"

    def test_the_language_is_brought_at_log_in(self, cast, browse):
        User.objects.filter(pk=cast.chen.pk).update(language="en")

        assert browse(cast.chen).cookies["django_language"].value == "en"

    def test_a_bad_address_is_told_with_what_was_typed(self, cast, browse):
        answer = browse(cast.chen).post("/account/", {"email": "no-address", "language": "zh-hans"})

        assert answer.status_code == 422
        assert 'value="no-address"' in answer.content.decode()

    def test_nothing_else_is_changed_by_sending_more(self, cast, browse):
        browse(cast.chen).post("/account/", {"language": "zh-hans", "display_name": "局长", "is_active": ""})

        assert User.objects.get(pk=cast.chen.pk).display_name == "陈"

    def test_roles_are_shown(self, cast, browse):
        assert "部门责任人" in browse(cast.chen).get("/account/").content.decode()

    def test_who_has_no_role_is_told_whom_to_ask(self, cast, hire, browse):
        assert "联系安全管理员" in browse(hire("li", "李")).get("/account/").content.decode()


class TestSessions:
    def test_each_device_is_listed_and_can_be_ended(self, cast, browse):
        here = browse(cast.chen, headers={"User-Agent": "Office Edge"})
        there = browse(cast.chen, headers={"User-Agent": "Pocket Phone"})
        page = here.get("/account/sessions/").content.decode()
        assert "Office Edge" in page
        assert "Pocket Phone" in page

        record = SessionRecord.objects.get(device="Pocket Phone")
        here.post(f"/account/sessions/{record.pk}/end/")
        assert there.get("/account/").status_code == 302
        assert here.get("/account/").status_code == 200

    def test_another_persons_session_is_not_found(self, cast, browse):
        other = browse(cast.lin)
        record = SessionRecord.objects.get(user=cast.lin)

        assert browse(cast.chen).post(f"/account/sessions/{record.pk}/end/").status_code == 404
        assert other.get("/account/").status_code == 200

    def test_a_new_password_ends_the_others_and_keeps_this_one(self, cast, browse, password):
        here, there = browse(cast.chen), browse(cast.chen)
        here.post(
            "/account/password/", {"old": password, "new": "Green-Hill-2026", "again": "Green-Hill-2026"}
        )

        assert here.get("/account/").status_code == 200
        assert there.get("/account/").status_code == 302
        assert SessionRecord.objects.get(user=cast.chen).key == here.session.session_key

    def test_an_expired_one_is_not_listed(self, cast, browse):
        browse(cast.chen, headers={"User-Agent": "Pocket Phone"}).session.set_expiry(0)
        old = browse(cast.chen, headers={"User-Agent": "Old Tablet"})
        session = old.session
        session.set_expiry(-1)
        session.save()

        assert "Old Tablet" not in browse(cast.chen).get("/account/sessions/").content.decode()


class TestTidying:
    def test_sessions_that_ended_by_themselves_go_and_others_stay(self, cast, browse):
        alive, dead = browse(cast.chen), browse(cast.chen)
        session = dead.session
        session.set_expiry(-1)
        session.save()

        assert accounts.tidy(at=timezone.now()) == accounts.Tidied(attempts=0, sessions=1)
        assert alive.get("/account/").status_code == 200
        assert SessionRecord.objects.get().key == alive.session.session_key


class TestTokens:
    def test_the_text_is_shown_once(self, cast, browse):
        client = browse(cast.planner)
        answer = client.post("/account/tokens/", {"name": "报表同步", "days": "30"})
        text = answer.content.decode().split("<code>")[1].split("</code>")[0]

        assert accounts.authenticate_token(text, at=timezone.now()).user == cast.planner
        assert text not in client.get("/account/tokens/").content.decode()
        assert "no-store" in answer["Cache-Control"]

    def test_one_is_revoked(self, cast, browse):
        now = timezone.now()
        issued = accounts.issue_token(user=cast.planner, name="x", expires_at=now + timedelta(days=1), at=now)
        browse(cast.planner).post(f"/account/tokens/{issued.token.pk}/revoke/")

        assert ApiToken.objects.get().revoked_at is not None

    def test_another_persons_token_is_not_found(self, cast, browse):
        now = timezone.now()
        issued = accounts.issue_token(user=cast.planner, name="x", expires_at=now + timedelta(days=1), at=now)

        assert browse(cast.lin).post(f"/account/tokens/{issued.token.pk}/revoke/").status_code == 404

    def test_an_administrator_has_none(self, cast, browse):
        assert browse(cast.system).get("/account/tokens/").status_code == 403


def test_pages_of_ones_own_account_are_for_people_who_are_logged_in(db):
    for address in ("", "password/", "sessions/", "tokens/", "held/", "second-factor/"):
        assert Client().get(f"/account/{address}").status_code == 302
