"""Pages of notices: one's own for everybody, wordings and channels for whoever keeps them."""

from datetime import date

import pytest
from django.urls import reverse

from qingshan.accounts.public import grant_role
from qingshan.messages.actions import notify
from qingshan.messages.models import Endpoint, Notice, Preferences, Wording
from qingshan.messages.states import NoticeState

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper(cast, at):
    """林, who keeps the messages."""
    grant_role(user=cast.lin, role="system_admin", by=None, at=at, from_on=date(2026, 1, 1))
    return cast.lin


@pytest.fixture
def notice(cast, at):
    (notice,) = notify("tests.receipt", [cast.chen], {"what": "督办单"}, at=at, by=cast.lin, address="/x/")
    return notice


class TestInbox:
    def test_one_sees_ones_own_and_nobody_elses(self, client, notice, cast):
        client.force_login(cast.chen)
        page = client.get(reverse("messages:inbox")).text
        assert "督办单 待办" in page
        assert '<span class="unread">1</span>' in page
        client.force_login(cast.zhou)
        assert "督办单" not in client.get(reverse("messages:inbox")).text
        for name in ("notice", "sign"):
            address = reverse(f"messages:{name}", args=[notice.pk])
            assert client.post(address).status_code == 404

    def test_opening_is_reading_and_signing_is_a_button(self, client, notice, cast):
        client.force_login(cast.chen)
        page = client.get(reverse("messages:notice", args=[notice.pk])).text
        assert "打开相关页面" in page
        assert Notice.objects.get().state == NoticeState.READ
        answer = client.post(reverse("messages:sign", args=[notice.pk]), follow=True)
        assert "签收时间" in answer.text
        assert "此前已经签收" in client.post(reverse("messages:sign", args=[notice.pk]), follow=True).text

    def test_all_read_leaves_what_is_to_be_signed_for(self, client, notice, cast, at):
        notify("tests.plain", [cast.chen], {"what": "简报"}, at=at)
        client.force_login(cast.chen)
        client.post(reverse("messages:read_all"))
        assert set(Notice.objects.values_list("state", flat=True)) == {NoticeState.UNREAD, NoticeState.READ}

    def test_what_waits_for_a_receipt_can_be_filtered(self, client, notice, cast, at):
        notify("tests.plain", [cast.chen], {"what": "简报"}, at=at)
        client.force_login(cast.chen)
        page = client.get(reverse("messages:inbox"), {"receipt": "waiting"}).text
        assert "督办单" in page
        assert "简报" not in page


class TestReceipts:
    def test_the_sender_sees_who_has_signed_and_nobody_else_does(self, client, notice, cast):
        address = reverse("messages:receipts", args=[notice.batch])
        client.force_login(cast.lin)
        assert "督办单" in client.get(reverse("messages:sent")).text
        assert "待签收" in client.get(address).text
        client.force_login(cast.zhou)
        assert client.get(address).status_code == 404


class TestPreferences:
    WISHES = {
        "email": "daily",
        "webhook": "never",
        "quiet_from": "21:00",
        "quiet_to": "08:00",
        "quiet_on_rest_days": "on",
        "digest_at": "09:00",
        "digest_weekday": "5",
    }

    def test_they_are_kept(self, client, cast):
        client.force_login(cast.chen)
        assert client.get(reverse("messages:preferences")).status_code == 200
        client.post(reverse("messages:preferences"), self.WISHES)
        kept = Preferences.objects.get(user=cast.chen)
        assert (kept.email, kept.quiet_on_rest_days, kept.digest_weekday) == ("daily", True, 5)

    @pytest.mark.parametrize(
        ("field", "value"), [("email", "hourly"), ("quiet_from", "25:00"), ("digest_weekday", "8")]
    )
    def test_what_cannot_be_comes_back(self, client, cast, field, value):
        client.force_login(cast.chen)
        answer = client.post(reverse("messages:preferences"), {**self.WISHES, field: value})
        assert answer.status_code == 422
        assert not Preferences.objects.exists()


class TestKeeping:
    def test_it_is_for_whoever_keeps_the_messages(self, client, cast):
        client.force_login(cast.zhou)
        for name in ("templates", "channels", "new_endpoint"):
            assert client.get(reverse(f"messages:{name}")).status_code == 403

    def test_a_wording_is_changed_and_shown_as_changed(self, client, keeper):
        client.force_login(keeper)
        assert "期限届满" in client.get(reverse("messages:templates")).text
        address = reverse("messages:template", args=["tests.plain", "zh-hans"])
        assert "{what}" in client.get(address).text
        client.post(address, {"subject": "【局】{what}", "body": "速办"})
        assert Wording.objects.get().subject == "【局】{what}"
        assert "（已改）" in client.get(reverse("messages:templates")).text

    def test_a_word_that_does_not_exist_comes_back_with_those_that_do(self, client, keeper):
        client.force_login(keeper)
        address = reverse("messages:template", args=["tests.plain", "zh-hans"])
        answer = client.post(address, {"subject": "{whom}", "body": "x"})
        assert answer.status_code == 422
        assert "可用的词：{what}" in answer.text

    def test_a_template_that_does_not_exist_is_not_found(self, client, keeper):
        client.force_login(keeper)
        assert client.get(reverse("messages:template", args=["no.such", "en"])).status_code == 404
        assert client.get(reverse("messages:template", args=["tests.plain", "fr"])).status_code == 404

    def test_a_new_address_gets_a_secret_that_is_shown_once(self, client, keeper):
        client.force_login(keeper)
        given = {"name": "oa", "address": "https://oa.example.org/in", "enabled": "on"}
        answer = client.post(reverse("messages:new_endpoint"), given, follow=True)
        secret = Endpoint.objects.get().secret
        assert len(secret) >= 32
        assert secret in answer.text
        address = reverse("messages:endpoint", args=[Endpoint.objects.get().pk])
        assert secret not in client.get(address).text
        client.post(address, {**given, "address": "https://oa.example.org/new"})
        assert (Endpoint.objects.get().address, Endpoint.objects.get().secret) == (
            "https://oa.example.org/new",
            secret,
        )

    def test_an_address_of_another_kind_is_refused(self, client, keeper):
        client.force_login(keeper)
        given = {"name": "oa", "address": "ftp://oa.example.org/in", "enabled": "on"}
        assert client.post(reverse("messages:new_endpoint"), given).status_code == 422
        assert not Endpoint.objects.exists()

    def test_the_channels_are_listed(self, client, keeper):
        client.force_login(keeper)
        assert client.get(reverse("messages:channels")).status_code == 200
