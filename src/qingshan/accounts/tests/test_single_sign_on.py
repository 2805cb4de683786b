"""Single sign-on against an identity platform of our own, over HTTP on this machine."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from django.test import Client
from django.utils import timezone

from qingshan.accounts.models import SessionRecord, User

pytestmark = pytest.mark.django_db


class Platform(BaseHTTPRequestHandler):
    """The four addresses of OpenID Connect that a log-in needs. ``who`` is the person it vouches for."""

    who = "chen.sso"

    def do_GET(self) -> None:
        here = f"http://127.0.0.1:{self.server.server_port}"
        if self.path.startswith("/.well-known/"):
            self._send(
                {
                    "issuer": here,
                    "authorization_endpoint": f"{here}/authorize",
                    "token_endpoint": f"{here}/token",
                    "userinfo_endpoint": f"{here}/userinfo",
                    "jwks_uri": f"{here}/keys",
                }
            )
        elif self.path == "/userinfo" and self.headers["Authorization"] == "Bearer right":
            self._send({"sub": "4711", "preferred_username": self.who})
        else:
            self.send_error(403)

    def do_POST(self) -> None:
        sent = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        if self.path != "/token" or sent["code"] != ["good"] or not sent["code_verifier"]:
            self.send_error(400)
            return
        now = int(timezone.now().timestamp())
        claims = {
            "iss": f"http://127.0.0.1:{self.server.server_port}",
            "aud": "qingshan",
            "sub": "4711",
            "iat": now,
            "exp": now + 60,
            "preferred_username": self.who,
        }
        token = jwt.encode(claims, "a key that this machine alone knows, 32 bytes", algorithm="HS256")
        self._send({"access_token": "right", "token_type": "Bearer", "id_token": token})

    def log_message(self, *args: object) -> None:
        """Say nothing."""

    def _send(self, content: dict) -> None:
        body = json.dumps(content).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture
def platform(settings) -> Iterator[type[Platform]]:
    server = HTTPServer(("127.0.0.1", 0), Platform)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            "OAUTH_PKCE_ENABLED": True,
            "APPS": [
                {
                    "provider_id": "sso",
                    "name": "市统一身份认证",
                    "client_id": "qingshan",
                    "secret": "s",
                    "settings": {
                        "server_url": f"http://127.0.0.1:{server.server_port}",
                        "uid_field": "preferred_username",
                    },
                }
            ],
        }
    }
    Platform.who = "chen.sso"
    yield Platform
    server.shutdown()
    server.server_close()
    thread.join()


def come_back(client: Client, code: str = "good", to: str = ""):
    """Click the button, and return from the platform with a code."""
    leaving = client.post("/login/sso/" + (f"?next={to}" if to else ""))
    assert leaving.status_code == 302
    asked = parse_qs(urlsplit(leaving["Location"]).query)
    assert asked["client_id"] == ["qingshan"]
    assert asked["code_challenge_method"] == ["S256"]
    return client.get("/login/sso/back/", {"code": code, "state": asked["state"][0]})


@pytest.fixture
def bound(cast):
    User.objects.filter(pk=cast.chen.pk).update(single_sign_on_name="chen.sso")
    return cast.chen


class TestSingleSignOn:
    def test_the_log_in_page_has_its_button(self, platform, client, db):
        assert "市统一身份认证" in client.get("/login/").content.decode()

    def test_without_a_platform_there_is_no_button(self, client, db):
        assert "/login/sso/" not in client.get("/login/").content.decode()

    def test_whoever_is_bound_is_logged_in_and_led_back(self, platform, bound, client):
        answer = come_back(client, to="/account/sessions/")

        assert answer["Location"] == "/account/sessions/"
        assert client.get("/account/").status_code == 200
        assert SessionRecord.objects.get(user=bound)

    def test_whoever_is_not_bound_is_told_whom_to_ask(self, platform, cast, client):
        answer = come_back(client)

        assert answer.status_code == 403
        assert "chen.sso" in answer.content.decode()
        assert "系统管理员" in answer.content.decode()
        assert client.get("/account/").status_code == 302

    def test_nobody_is_entered_by_it(self, platform, cast, client):
        before = User.objects.count()
        come_back(client)

        assert User.objects.count() == before

    def test_a_locked_account_stays_locked(self, platform, bound, client, at):
        User.objects.filter(pk=bound.pk).update(locked_at=at)

        assert come_back(client).status_code == 403

    def test_taking_the_name_away_ends_the_access(self, platform, bound, client):
        come_back(client)
        User.objects.filter(pk=bound.pk).update(single_sign_on_name=None)

        assert come_back(Client()).status_code == 403

    def test_a_one_time_password_need_not_be_changed_by_whoever_comes_this_way(self, platform, bound, client):
        User.objects.filter(pk=bound.pk).update(must_change_password=True)
        come_back(client)

        assert client.get("/account/").status_code == 200

    def test_a_code_the_platform_does_not_know_logs_nobody_in(self, platform, bound, client):
        answer = come_back(client, code="forged")

        assert "没有确认您的身份" in answer.content.decode()
        assert client.get("/account/").status_code == 302

    def test_a_state_of_another_browser_logs_nobody_in(self, platform, bound, client):
        leaving = Client().post("/login/sso/")
        state = parse_qs(urlsplit(leaving["Location"]).query)["state"][0]
        client.get("/login/sso/back/", {"code": "good", "state": state})

        assert client.get("/account/").status_code == 302
