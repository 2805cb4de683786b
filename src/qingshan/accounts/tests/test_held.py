"""A form sent after the log-in had expired, without scripts: kept for its writer, and for nobody else."""

from __future__ import annotations

import time

import pytest
from django.contrib.sessions.models import Session

from qingshan.accounts import held
from qingshan.accounts.models import User

pytestmark = pytest.mark.django_db

SENT = {"phone": "0750-5551234", "email": "chen@example.org", "language": "en"}


@pytest.fixture
def expired(cast, browse):
    """陈's browser: she had a page open, and her session ended meanwhile."""
    client = browse(cast.chen)
    client.get("/account/")
    del client.cookies["sessionid"]
    return client


def log_in(client, username, password):
    answer = client.post("/login/", {"username": username, "password": password, "next": "/account/held/"})
    assert answer.status_code == 302, answer.content.decode()


class TestItsWriter:
    def test_finds_it_after_the_log_in_and_sends_it_again(self, expired, password):
        answer = expired.post("/account/", SENT)
        assert answer["Location"].startswith("/login/?next=%2Faccount%2Fheld%2F")

        log_in(expired, "chen", password)
        page = expired.get("/account/held/").content.decode()
        assert 'action="/account/"' in page
        assert 'value="0750-5551234"' in page

        assert expired.post("/account/", SENT).status_code == 302
        assert User.objects.get(username="chen").phone == "0750-5551234"
        assert expired.get("/account/held/").status_code == 302

    def test_reads_it_in_the_words_of_the_form(self, expired, password):
        expired.post("/account/", {**SENT, "once": "0123456789abcdef"})
        log_in(expired, "chen", password)
        shown = expired.get("/account/held/").content.decode().partition("<dl")[2].partition("</dl>")[0]

        assert "<dt>电话</dt><dd>0750-5551234</dd>" in shown
        assert "<dd>英语</dd>" in shown  # the choice, not its code
        for raw in ("phone", "language", "once", "0123456789abcdef"):
            assert raw not in shown

    def test_is_told_nothing_in_raw_names_where_the_page_cannot_be_shown(self, expired, password):
        expired.post("/account/sessions/1/end/", {"why_not": "x"})
        log_in(expired, "chen", password)
        page = expired.get("/account/held/").content.decode()

        assert 'name="why_not"' in page  # it is sent again all the same
        assert "<dt>" not in page

    def test_finds_nothing_after_an_hour(self, expired, password, monkeypatch):
        expired.post("/account/", SENT)
        log_in(expired, "chen", password)
        now = time.time()
        monkeypatch.setattr(held.time, "time", lambda: now + held.KEPT_S + 1)

        assert expired.get("/account/held/").status_code == 302
        assert "held_form" not in expired.session


class TestSomebodyElse:
    def test_at_the_same_browser_never_sees_it_and_it_is_forgotten(self, expired, password):
        expired.post("/account/", SENT)
        log_in(expired, "zhou", password)

        assert expired.get("/account/held/").status_code == 302
        stored = [Session.objects.get(pk=one.pk).get_decoded() for one in Session.objects.all()]
        assert not any("held_form" in one for one in stored)

    def test_does_not_bring_it_back_for_its_writer(self, expired, password):
        expired.post("/account/", SENT)
        log_in(expired, "zhou", password)
        expired.get("/account/")
        expired.post("/logout/")
        log_in(expired, "chen", password)

        assert expired.get("/account/held/").status_code == 302


class TestNobody:
    def test_has_a_form_kept_without_having_been_logged_in(self, client):
        assert client.post("/account/", SENT)["Location"] == "/login/?next=/account/"
        assert "held_form" not in client.session

    def test_has_a_form_kept_after_logging_out(self, cast, browse):
        client = browse(cast.chen)
        client.get("/account/")
        client.post("/logout/")

        assert client.post("/account/", SENT)["Location"] == "/login/?next=/account/"

    def test_has_a_form_kept_by_a_cookie_of_their_own_making(self, client):
        client.cookies["qingshan_last"] = "1"
        assert client.post("/account/", SENT)["Location"] == "/login/?next=/account/"


class TestWhatIsNotKept:
    def test_passwords(self, expired):
        expired.post("/account/", {**SENT, "old_password": "Secret-Word-1"})

        assert "Secret-Word-1" not in str(dict(expired.session))
        assert "0750-5551234" in str(dict(expired.session))

    def test_too_much(self, expired):
        assert expired.post("/account/", {"phone": "x" * 70_000})["Location"] == "/login/?next=/account/"
