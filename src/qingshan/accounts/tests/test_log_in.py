"""Logging in: the page, the dialog, one-time passwords, locked accounts, wrong guesses."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from qingshan.accounts import public as accounts
from qingshan.accounts.actions import users
from qingshan.accounts.models import SessionRecord, User
from qingshan.audit import public as audit

pytestmark = pytest.mark.django_db


def log_in(client, username, password, **more):
    return client.post("/login/", {"username": username, "password": password, **more})


class TestTheLogInPage:
    def test_it_is_shown_without_scripts_and_without_an_account(self, client):
        page = client.get("/login/").content.decode()

        assert 'name="username"' in page
        assert 'autocomplete="current-password"' in page
        assert "signup" not in page

    def test_it_leads_back_to_where_one_was(self, cast, client, password):
        answer = log_in(client, "chen", password, next="/account/sessions/")

        assert answer.status_code == 302
        assert answer["Location"] == "/account/sessions/"

    @pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
    def test_it_leads_nowhere_else(self, cast, client, password, elsewhere):
        assert log_in(client, "chen", password, next=elsewhere)["Location"] == "/"

    def test_the_name_may_be_typed_in_any_case(self, cast, client, password):
        assert log_in(client, "CHEN", password).status_code == 302

    @pytest.mark.parametrize("username", ["chen", "nobody"])
    def test_a_wrong_password_and_an_unknown_name_get_the_same_answer(self, cast, client, username):
        answer = log_in(client, username, "Wrong-Guess-1")

        assert answer.status_code == 422
        assert "用户名或口令不正确" in answer.content.decode()

    def test_a_failure_is_audited_with_the_person(self, cast, client):
        log_in(client, "chen", "Wrong-Guess-1")

        assert "accounts.log_in_failed" in [entry.action for entry in audit.trail(cast.chen.ref)]

    def test_the_sixth_guess_is_told_to_wait_even_with_the_right_password(self, cast, client, password):
        for _ in range(5):
            log_in(client, "chen", "Wrong-Guess-1")
        answer = log_in(client, "chen", password)

        assert answer.status_code == 422
        assert "之后再试" in answer.content.decode()

    def test_there_is_no_sign_up(self, client):
        assert client.get("/accounts/signup/").status_code == 404
        assert client.get("/signup/").status_code == 404

    def test_logging_out_needs_a_click(self, cast, browse):
        client = browse(cast.chen)

        assert client.get("/logout/").status_code == 200
        assert client.get("/account/").status_code == 200
        client.post("/logout/")
        assert client.get("/account/").status_code == 302


class TestAClosedDoor:
    def test_a_locked_account_cannot_log_in(self, cast, client, password, at):
        users.lock_user(user=cast.chen, reason="离岗", by=cast.security, at=at)

        assert log_in(client, "chen", password).status_code == 422

    def test_locking_ends_what_is_open(self, cast, browse, at):
        client = browse(cast.chen)
        users.lock_user(user=cast.chen, reason="离岗", by=cast.security, at=at)

        assert client.get("/account/").status_code == 302
        assert not SessionRecord.objects.filter(user=cast.chen).exists()

    def test_closing_ends_what_is_open(self, cast, browse, at):
        client = browse(cast.chen)
        users.close_user(user=cast.chen, by=cast.system, at=at)

        assert client.get("/account/").status_code == 302


class TestAOneTimePassword:
    @pytest.fixture
    def fresh(self, cast):
        made = accounts.create_user(username="zhao", display_name="赵", by=None, at=timezone.now())
        client = Client()
        assert log_in(client, "zhao", made.one_time_password).status_code == 302
        return client, made.one_time_password

    def test_it_opens_nothing_but_the_password_page(self, fresh):
        client, _ = fresh

        assert client.get("/account/tokens/")["Location"].startswith("/account/password/")
        assert client.get("/account/password/").status_code == 200

    def test_a_fragment_is_sent_there_as_a_whole_page(self, fresh):
        client, _ = fresh
        answer = client.get("/account/sessions/", headers={"HX-Request": "true"})

        assert answer["HX-Redirect"].startswith("/account/password/")

    def test_after_the_change_everything_is_open(self, fresh):
        client, old = fresh
        answer = client.post(
            "/account/password/", {"old": old, "new": "Green-Hill-2026", "again": "Green-Hill-2026"}
        )

        assert answer.status_code == 302
        assert client.get("/account/sessions/").status_code == 200

    @pytest.mark.parametrize(
        ("words", "said"),
        [
            ({"old": "Wrong-Guess-1"}, "现口令不正确"),
            ({"again": "Green-Hill-2027"}, "不一致"),
            ({"new": "short", "again": "short"}, "至少 10 位"),
        ],
    )
    def test_a_refused_change_says_why(self, fresh, words, said):
        client, old = fresh
        given = {"old": old, "new": "Green-Hill-2026", "again": "Green-Hill-2026", **words}
        answer = client.post("/account/password/", given)

        assert answer.status_code == 422
        assert said in answer.content.decode()

    def test_an_old_password_must_be_changed_where_passwords_expire(self, cast, browse, settings):
        settings.PASSWORD_DAYS = 90
        User.objects.filter(pk=cast.chen.pk).update(password_changed_at=timezone.now() - timedelta(days=91))

        assert browse(cast.chen).get("/account/")["Location"].startswith("/account/password/")
        assert browse(cast.lin).get("/account/").status_code == 200


class TestExpiry:
    def test_a_fragment_gets_401_with_the_log_in_form(self, client):
        answer = client.get("/account/sessions/", headers={"HX-Request": "true"})
        shown = answer.content.decode()

        assert answer.status_code == 401
        assert answer["X-Qingshan-Login"] == "expired"
        assert answer["X-CSRFToken"]
        assert 'id="login-dialog"' in shown
        assert "<html" not in shown

    def test_logging_in_from_the_dialog_lets_the_page_go_on(self, cast, client, password):
        answer = client.post(
            "/login/", {"username": "chen", "password": password}, headers={"HX-Request": "true"}
        )

        assert answer.status_code == 204
        assert answer["HX-Trigger"] == "qingshan:logged-in"
        assert answer["X-CSRFToken"]
        assert client.get("/account/").status_code == 200

    def test_a_wrong_password_in_the_dialog_shows_the_dialog_again(self, cast, client):
        answer = client.post("/login/", {"username": "chen", "password": "x"}, headers={"HX-Request": "true"})

        assert answer.status_code == 422
        assert 'id="login-dialog"' in answer.content.decode()

    def test_a_page_leads_to_the_log_in_page_and_back(self, client):
        assert client.get("/account/sessions/")["Location"] == "/login/?next=/account/sessions/"


class TestTheClock:
    def test_reading_pages_writes_the_session_once_a_minute_at_most(
        self, cast, browse, django_assert_num_queries, monkeypatch
    ):
        client = browse(cast.chen)
        client.get("/account/sessions/")
        before = SessionRecord.objects.get(user=cast.chen).seen_at
        client.get("/account/sessions/")

        assert SessionRecord.objects.get(user=cast.chen).seen_at == before

    def test_after_a_minute_it_is_written(self, cast, browse):
        client = browse(cast.chen)
        client.get("/account/sessions/")
        session = client.session
        session["clock"] -= 61
        session.save()
        SessionRecord.objects.update(seen_at="2020-01-01T00:00:00Z")
        client.get("/account/sessions/")

        assert SessionRecord.objects.get(user=cast.chen).seen_at.year > 2020

    def test_of_many_pages_asked_for_together_one_writes(self, cast, browse):
        """Each of them read the session before any had restarted its clock."""
        client = browse(cast.chen)
        client.get("/account/sessions/")
        stale = client.session
        stale["clock"] -= 61
        written = []
        SessionRecord.objects.update(seen_at="2020-01-01T00:00:00Z")
        for _ in range(3):
            stale.save()  # as the second and third page still see it
            with CaptureQueriesContext(connection) as asked:
                client.get("/account/sessions/")
            written.append(
                [one["sql"] for one in asked if one["sql"].startswith(("UPDATE", "INSERT", "DELETE"))]
            )

        assert [len(one) for one in written] == [2, 0, 0]  # when it was seen, and the session
        assert client.session.get_expiry_age() > 0

    def test_a_page_that_is_read_is_no_write(self, cast, browse):
        """So no writer can make it wait, and it cannot find the database locked."""
        client = browse(cast.lin)
        client.get("/plans/")
        with CaptureQueriesContext(connection) as asked:
            assert client.get("/plans/").status_code == 200
        assert not [one for one in asked if not one["sql"].lstrip().startswith(("SELECT", "WITH"))]


class TestTheAddress:
    @pytest.mark.parametrize(
        ("proxies", "forwarded", "address"),
        [
            (0, "203.0.113.9", "127.0.0.1"),
            (1, "203.0.113.9", "203.0.113.9"),
            (1, "6.6.6.6, 203.0.113.9", "203.0.113.9"),
            (2, "203.0.113.9, 10.0.0.5", "203.0.113.9"),
            (1, "nonsense", "0.0.0.0"),
            (1, "", "127.0.0.1"),
        ],
    )
    def test_forwarded_addresses_are_believed_as_far_as_there_are_proxies(
        self, cast, client, password, settings, proxies, forwarded, address
    ):
        settings.TRUSTED_PROXIES = proxies
        client.post(
            "/login/",
            {"username": "chen", "password": password},
            headers={"X-Forwarded-For": forwarded} if forwarded else {},
        )

        assert SessionRecord.objects.get(user=cast.chen).address == address
