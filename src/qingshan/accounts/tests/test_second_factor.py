"""One-time codes: set up, asked for at log-in, guarded against guessing, given up; recovery codes."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import struct
import time

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import Client

from qingshan.audit import public as audit

pytestmark = pytest.mark.django_db


def code_for(secret: str, step: int = 0) -> str:
    """The code of RFC 6238 that a telephone shows now, or ``step`` half-minutes later."""
    counter = int(time.time()) // 30 + step
    digest = hmac.new(base64.b32decode(secret), struct.pack(">Q", counter), hashlib.sha1).digest()
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start : start + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"


def wrong(secret: str) -> str:
    near = {code_for(secret, step) for step in (-1, 0, 1)}
    return next(code for code in ("000000", "111111", "222222", "333333") if code not in near)


@pytest.fixture
def set_up(cast, browse, password):
    """陈 logs in and sets up one-time codes; the secret, and the browser it was done in."""
    client = browse(cast.chen)
    address = "/account/second-factor/set-up/"
    assert client.get(address)["Location"].startswith("/account/again/")
    client.post(f"/account/again/?next={address}", {"password": password, "next": address})
    page = client.get(address).content.decode()
    secret = re.search(r"<code>([A-Z2-7]{16,})</code>", page)[1]
    refused = client.post(address, {"code": wrong(secret)})
    assert refused.status_code == 422
    answer = client.post(address, {"code": code_for(secret)})
    assert answer.status_code == 302
    return secret, client


def first_step(password) -> Client:
    client = Client()
    answer = client.post("/login/", {"username": "chen", "password": password})
    assert answer["Location"] == "/login/code/"
    return client


class TestSettingUp:
    def test_it_needs_the_password_again(self, cast, browse):
        answer = browse(cast.chen).post("/account/again/", {"password": "Wrong-Guess-1"})

        assert answer.status_code == 200
        assert "口令不正确" in answer.content.decode()

    def test_it_is_audited(self, set_up, cast):
        assert "accounts.set_up_second_factor" in [entry.action for entry in audit.trail(cast.chen.ref)]

    def test_its_secret_is_not_readable_in_the_database(self, set_up):
        secret, _ = set_up

        assert secret not in str(Authenticator.objects.get(type="totp").data)

    def test_recovery_codes_are_shown(self, set_up):
        _, client = set_up
        page = client.get("/account/second-factor/codes/").content.decode()

        assert len(re.findall(r"<code>[0-9a-f]{8}</code>", page)) == 10

    def test_the_page_shows_that_it_is_on(self, set_up):
        _, client = set_up

        assert "已启用" in client.get("/account/second-factor/").content.decode()


class TestLoggingIn:
    def test_the_password_alone_opens_nothing(self, set_up, password):
        client = first_step(password)

        assert client.get("/account/").status_code == 302
        assert "动态口令" in client.get("/login/code/").content.decode()

    def test_the_right_code_opens_the_house(self, set_up, password):
        secret, _ = set_up
        client = first_step(password)
        answer = client.post("/login/code/", {"code": code_for(secret, 1)})

        assert answer.status_code == 302
        assert client.get("/account/").status_code == 200

    def test_a_code_serves_once(self, set_up, password):
        secret, _ = set_up
        code = code_for(secret, 1)
        first_step(password).post("/login/code/", {"code": code})
        client = first_step(password)

        assert client.post("/login/code/", {"code": code}).status_code == 422
        assert client.get("/account/").status_code == 302

    def test_a_code_does_not_serve_again_in_the_next_half_minute(self, set_up, cast, password):
        secret, _ = set_up
        code = code_for(secret, 1)
        first_step(password).post("/login/code/", {"code": code})
        cache.delete(f"allauth.mfa.totp.used?user={cast.chen.pk}&code={code}")  # what time does

        assert first_step(password).post("/login/code/", {"code": code}).status_code == 422

    def test_a_recovery_code_serves_once(self, set_up, password):
        _, browser = set_up
        page = browser.get("/account/second-factor/codes/").content.decode()
        recovery = re.findall(r"<code>([0-9a-f]{8})</code>", page)[0]

        assert first_step(password).post("/login/code/", {"code": recovery}).status_code == 302
        assert first_step(password).post("/login/code/", {"code": recovery}).status_code == 422

    def test_guessing_codes_is_slowed_though_the_password_is_right_each_time(self, set_up, password):
        secret, _ = set_up
        for _ in range(5):
            assert first_step(password).post("/login/code/", {"code": wrong(secret)}).status_code == 422
        client = first_step(password)
        answer = client.post("/login/code/", {"code": code_for(secret, 1)})

        assert answer.status_code == 429
        assert "之后再试" in answer.content.decode()
        assert client.get("/account/").status_code == 302

    def test_the_dialog_sends_the_page_to_the_code(self, set_up, password):
        answer = Client().post(
            "/login/", {"username": "chen", "password": password}, headers={"HX-Request": "true"}
        )

        assert answer["HX-Redirect"] == "/login/code/"

    def test_the_code_page_alone_leads_to_the_password(self, db, client):
        assert client.get("/login/code/")["Location"] == "/login/"


class TestGivingUp:
    def test_afterwards_the_password_is_enough_and_recovery_codes_are_void(self, set_up, cast, browse):
        _, client = set_up
        client.post("/account/second-factor/give-up/")

        assert not Authenticator.objects.filter(user=cast.chen).exists()
        assert browse(cast.chen).get("/account/").status_code == 200
        assert "accounts.give_up_second_factor" in [one.action for one in audit.trail(cast.chen.ref)]


class TestAnInstallationThatAsksForIt:
    @pytest.mark.parametrize(
        ("wanted", "asked"),
        [("none", set()), ("administrators", {"system"}), ("all", {"system", "chen"})],
    )
    def test_whoever_must_is_led_to_set_it_up(self, cast, browse, settings, wanted, asked):
        settings.SECOND_FACTOR_FOR = wanted
        for who in ("system", "chen"):
            answer = browse(getattr(cast, who)).get("/account/sessions/")
            if who in asked:
                assert answer["Location"].startswith("/account/second-factor/set-up/")
            else:
                assert answer.status_code == 200

    def test_with_it_set_up_all_is_open(self, set_up, settings):
        settings.SECOND_FACTOR_FOR = "all"
        _, client = set_up

        assert client.get("/account/sessions/").status_code == 200
