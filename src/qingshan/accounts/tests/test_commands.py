"""The commands: the three administrators, shown once; a password reset on the server."""

from __future__ import annotations

import re
from argparse import Namespace

import pytest
from django.test import Client
from django.utils import timezone

from qingshan.accounts import public as accounts
from qingshan.accounts.bootstrap import make_administrators
from qingshan.accounts.commands import init, reset_password
from qingshan.accounts.models import Grant, User
from qingshan.audit import public as audit

pytestmark = pytest.mark.django_db

LINE = re.compile(r"用户名 (\S+)  口令 (\S+)")


class TestInit:
    def test_it_enters_three_people_with_one_role_each(self, capsys):
        assert init.run(Namespace()) == 0

        shown = dict(LINE.findall(capsys.readouterr().out))
        assert set(shown) == {"system", "security", "audit"}
        assert set(Grant.objects.values_list("user__username", "role")) == {
            ("system", "system_admin"),
            ("security", "security_admin"),
            ("audit", "audit_admin"),
        }

    def test_the_passwords_shown_log_in_and_must_be_changed(self, capsys):
        init.run(Namespace())
        for username, password in LINE.findall(capsys.readouterr().out):
            client = Client()
            client.post("/login/", {"username": username, "password": password})
            assert client.get("/account/")["Location"].startswith("/account/password/")

    def test_a_second_time_shows_nothing_and_changes_nothing(self, capsys):
        init.run(Namespace())
        before = list(User.objects.order_by("pk").values("username", "password"))
        capsys.readouterr()
        init.run(Namespace())

        assert not LINE.findall(capsys.readouterr().out)
        assert list(User.objects.order_by("pk").values("username", "password")) == before

    def test_it_makes_good_an_administrator_that_is_missing(self, cast, at):
        grant = cast.audit.grants.get()
        Grant.objects.filter(pk=grant.pk).update(to_on=grant.from_on)
        made = make_administrators(at=timezone.now())

        assert [new.user.display_name for new in made] == ["审计管理员"]

    def test_a_name_taken_gets_a_number(self, hire):
        hire("System", "某")

        assert "system2" in [new.user.username for new in make_administrators(at=timezone.now())]

    def test_together_they_can_make_a_planner_and_none_of_them_alone(self, land):
        system, security, _ = (new.user for new in make_administrators(at=timezone.now()))
        at, today = timezone.now(), timezone.localdate()
        words = {"role": "planner", "district": land.county, "from_on": today, "at": at}

        made = accounts.create_user(username="wang", display_name="王", by=system, at=at)
        with pytest.raises(accounts.Forbidden):
            accounts.grant_role(user=made.user, by=system, **words)
        with pytest.raises(accounts.Forbidden):
            accounts.create_user(username="li", display_name="李", by=security, at=at)
        accounts.grant_role(user=made.user, by=security, **words)

        assert accounts.can(made.user, "plans.edit", district_id=land.county.pk)


class TestResettingAPassword:
    def test_it_works_for_an_administrator_and_is_audited(self, cast, capsys):
        assert reset_password.run(Namespace(username="ADMIN-SECURITY")) == 0

        given = capsys.readouterr().out.strip().rsplit("：", 1)[1]
        security = User.objects.get(pk=cast.security.pk)
        assert security.check_password(given)
        assert "accounts.reset_password" in [one.action for one in audit.trail(security.ref)]

    def test_an_unknown_name_is_said(self, db, capsys):
        assert reset_password.run(Namespace(username="nobody")) == 1
        assert "nobody" in capsys.readouterr().err

    def test_a_locked_account_is_said_to_stay_locked(self, cast, at, capsys):
        User.objects.filter(pk=cast.chen.pk).update(locked_at=at)
        reset_password.run(Namespace(username="chen"))

        assert "仍不能登录" in capsys.readouterr().err
