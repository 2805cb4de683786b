"""Personal tokens: shown once, kept as a digest, worth no more than their owner."""

from __future__ import annotations

from datetime import timedelta

import pytest

from qingshan.accounts import public as accounts
from qingshan.accounts.actions import users
from qingshan.accounts.errors import BadToken
from qingshan.accounts.models import ApiToken, User

pytestmark = pytest.mark.django_db


@pytest.fixture
def issued(cast, at):
    return accounts.issue_token(user=cast.planner, name="报表同步", expires_at=at + timedelta(days=30), at=at)


class TestAToken:
    def test_it_says_who_acts(self, issued, cast, at):
        found = accounts.authenticate_token(issued.text, at=at)

        assert found.user == cast.planner
        assert not found.may_write

    def test_its_text_is_nowhere_in_the_database(self, issued):
        kept = ApiToken.objects.values().get(pk=issued.token.pk)

        assert issued.text not in str(kept)
        assert issued.text.endswith(kept["hint"])

    def test_it_ends_with_its_last_instant(self, issued, at):
        last = at + timedelta(days=30)

        assert accounts.authenticate_token(issued.text, at=last - timedelta(seconds=1))
        assert accounts.authenticate_token(issued.text, at=last) is None

    def test_a_revoked_one_is_no_more(self, issued, cast, at):
        accounts.revoke_token(token=issued.token, by=cast.planner, at=at)

        assert accounts.authenticate_token(issued.text, at=at) is None

    def test_it_ends_with_its_owners_account(self, issued, cast, at):
        users.lock_user(user=cast.planner, reason="离岗", by=cast.security, at=at)

        assert accounts.authenticate_token(issued.text, at=at) is None

    @pytest.mark.parametrize("text", ["", "qs_", "qs_" + "x" * 43, "Bearer abc", "qs_中文"])
    def test_other_texts_are_nobody(self, issued, text, at):
        assert accounts.authenticate_token(text, at=at) is None

    def test_its_use_is_written_at_most_once_a_minute(self, issued, at):
        accounts.authenticate_token(issued.text, at=at)
        accounts.authenticate_token(issued.text, at=at + timedelta(seconds=50))

        assert ApiToken.objects.get(pk=issued.token.pk).used_at == at

    def test_it_rests_while_its_owner_may_not_use_the_interface(self, issued, cast, at):
        grant = cast.planner.grants.get()
        accounts.end_grant(grant=grant, on=at.date(), by=None, at=at)

        assert accounts.authenticate_token(issued.text, at=at) is None


class TestIssuing:
    def test_it_is_for_people_who_may_use_the_interface(self, cast, at):
        with pytest.raises(accounts.Forbidden):
            accounts.issue_token(user=cast.system, name="x", expires_at=at + timedelta(days=1), at=at)

    @pytest.mark.parametrize("days", [0, -1, 367])
    def test_it_lasts_a_year_at_most(self, cast, at, days):
        with pytest.raises(BadToken):
            accounts.issue_token(user=cast.planner, name="x", expires_at=at + timedelta(days=days), at=at)

    def test_ten_are_enough(self, cast, at):
        for _ in range(10):
            accounts.issue_token(user=cast.planner, name="x", expires_at=at + timedelta(days=1), at=at)
        with pytest.raises(BadToken):
            accounts.issue_token(user=cast.planner, name="x", expires_at=at + timedelta(days=1), at=at)

    def test_others_are_revoked_by_the_security_administrator_only(self, issued, cast, at):
        with pytest.raises(accounts.Forbidden):
            accounts.revoke_token(token=issued.token, by=User.objects.get(pk=cast.system.pk), at=at)
        accounts.revoke_token(token=issued.token, by=cast.security, at=at)

        assert accounts.authenticate_token(issued.text, at=at) is None
