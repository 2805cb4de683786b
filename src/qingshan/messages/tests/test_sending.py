"""Letters leave at least once, digests as one letter."""

import json
import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from django.core import mail

from qingshan.jobs.public import Progress
from qingshan.messages import sending
from qingshan.messages.actions import notify, set_preferences
from qingshan.messages.channels.port import Letter, NeverSent, NotSent
from qingshan.messages.channels.webhook import WebhookChannel, signature
from qingshan.messages.models import Sending
from qingshan.messages.states import SendingState

pytestmark = pytest.mark.django_db


class Crash(BaseException):
    """Stands for the process dying."""


def send(at, find=sending.channel_of):
    return sending.send_due(at=at, progress=Progress(), find=find)


class TestSending:
    def test_a_mail_is_sent_once(self, cast, at):
        notify("tests.plain", [cast.lin], {"what": "季度报告"}, at=at)
        assert send(at) == {"sent": 1, "failed": 0}
        assert send(at + timedelta(hours=1)) == {"sent": 0, "failed": 0}
        (letter,) = mail.outbox
        assert (letter.to, letter.subject) == (["lin@example.org"], "季度报告 待办")
        notice = Sending.objects.get().notice
        assert f"/messages/{notice.pk}/" in letter.body

    def test_a_digest_is_one_letter_with_all_that_waits(self, cast, at, pigeon):
        set_preferences(user=cast.lin, at=at, email="daily")
        for what in ("甲", "乙"):
            notify("tests.plain", [cast.lin], {"what": what}, at=at)
        notify("tests.receipt", [cast.lin], {"what": "丙"}, at=at)
        assert send(at, pigeon.find) == {"sent": 0, "failed": 0}
        assert send(at + timedelta(days=1), pigeon.find) == {"sent": 1, "failed": 0}
        (letter,) = pigeon.letters
        assert letter.subject == "青山：3 条消息"
        assert letter.body.splitlines() == ["1. 甲 待办", "2. 乙 待办", "3. 丙 待办", "其中 1 条需要签收。"]

    def test_a_server_that_is_away_is_tried_again_then_given_up(self, cast, at, pigeon):
        notify("tests.plain", [cast.lin], {"what": "甲"}, at=at)
        pigeon.refuse()
        waits = []
        for _ in range(sending.ATTEMPTS):
            assert send(at, pigeon.find)["failed"] == 1
            one = Sending.objects.get()
            waits.append(int((one.due_at - at).total_seconds()) // 60)
            at = one.due_at
        assert waits[:5] == [5, 10, 20, 40, 80]
        assert (one.state, one.error) == (SendingState.GIVEN_UP, "服务器停机")

    def test_an_address_that_is_refused_for_good_is_not_tried_again(self, cast, at, pigeon):
        notify("tests.plain", [cast.lin], {"what": "甲"}, at=at)
        pigeon.refuse("地址不存在", NeverSent)
        send(at, pigeon.find)
        assert Sending.objects.get().state == SendingState.GIVEN_UP

    def test_one_persons_trouble_does_not_hold_up_anothers_letter(self, cast, at, pigeon):
        notify("tests.plain", [cast.lin, cast.chen], {"what": "甲"}, at=at)

        class Picky:
            def send(self, letter):
                if letter.to_username == "lin":
                    raise NotSent("x")
                pigeon.send(letter)

        assert send(at, lambda name: Picky()) == {"sent": 1, "failed": 1}

    def test_a_closed_account_and_a_closed_channel_get_nothing(self, cast, at, pigeon):
        notify("tests.plain", [cast.lin, cast.chen], {"what": "甲"}, at=at)
        cast.lin.is_active = False
        cast.lin.save()
        send(at, lambda name: None)
        assert {one.phase for one in Sending.objects.all()} == {SendingState.DROPPED}

    def test_a_process_killed_while_sending_sends_again_under_the_same_key(self, cast, at, pigeon):
        notify("tests.plain", [cast.lin], {"what": "甲"}, at=at)
        keys = []

        class Deadly:
            def send(self, letter):
                keys.append(letter.key)
                raise Crash

        with pytest.raises(Crash):
            send(at, lambda name: Deadly())
        assert send(at, pigeon.find) == {"sent": 0, "failed": 0}
        assert send(at + sending.LEASE, pigeon.find) == {"sent": 1, "failed": 0}
        assert [letter.key for letter in pigeon.letters] == keys


class Platform(BaseHTTPRequestHandler):
    """A message platform that answers as its path says."""

    seen: list = []

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        type(self).seen.append((self.path, dict(self.headers), body))
        self.send_response({"/ok": 200, "/moved": 302, "/broken": 500}[self.path])
        if self.path == "/moved":
            self.send_header("Location", "/ok")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *args):
        pass


@pytest.fixture
def platform():
    Platform.seen = []
    server = HTTPServer(("127.0.0.1", 0), Platform)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def letter(at):
    return Letter(
        key="qingshan-1",
        to_username="lin",
        to_name="林",
        to_email="",
        subject="甲",
        body="乙",
        address="http://127.0.0.1/messages/1/",
        urgent=True,
        at=at,
    )


class TestWebhook:
    def test_it_posts_signed_json(self, platform, letter):
        WebhookChannel(f"{platform}/ok", "密钥").send(letter)
        ((_, headers, body),) = Platform.seen
        assert json.loads(body)["to"] == "lin"
        assert json.loads(body)["urgent"] is True
        wanted = signature("密钥", headers["X-Qingshan-Timestamp"], body)
        assert headers["X-Qingshan-Signature"] == f"sha256={wanted}"

    def test_it_does_not_follow_a_redirect(self, platform, letter):
        with pytest.raises(NotSent, match="302"):
            WebhookChannel(f"{platform}/moved", "s").send(letter)
        assert [path for path, _, _ in Platform.seen] == ["/moved"]

    def test_a_platform_in_trouble_is_tried_again_later(self, platform, letter):
        with pytest.raises(NotSent, match="500"):
            WebhookChannel(f"{platform}/broken", "s").send(letter)

    def test_nobody_there_is_tried_again_later(self, letter):
        with pytest.raises(NotSent, match="没有回答"):
            WebhookChannel("http://127.0.0.1:9/", "s").send(letter)

    @pytest.mark.parametrize("address", ["file:///etc/passwd", "ftp://127.0.0.1/x"])
    def test_other_kinds_of_address_are_never_opened(self, letter, address):
        with pytest.raises(NeverSent):
            WebhookChannel(address, "s").send(letter)
