"""Entering people, granting roles, and keeping the three administrators apart."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from qingshan.accounts import public as accounts
from qingshan.accounts.actions import users
from qingshan.accounts.errors import (
    AccountRefusal,
    BadGrant,
    LastAdministrator,
    NameTaken,
    PasswordRefused,
    SeparationBroken,
)
from qingshan.accounts.models import User
from qingshan.areas import public as areas
from qingshan.audit import public as audit

pytestmark = pytest.mark.django_db

DAY = date(2026, 11, 20)


class TestEnteringAUser:
    def test_they_get_a_one_time_password_and_no_rights(self, cast, at):
        made = accounts.create_user(username="zhao", display_name="赵", by=cast.system, at=at)

        assert made.user.check_password(made.one_time_password)
        assert made.user.must_change_password
        assert accounts.capabilities_of(made.user) == frozenset()

    def test_it_is_in_the_audit_without_the_password(self, cast, at):
        made = accounts.create_user(username="zhao", display_name="赵", by=cast.system, at=at)
        (entry,) = audit.trail(made.user.ref)

        assert entry.action == "accounts.create_user"
        assert entry.actor_name == "admin-system"
        assert made.one_time_password not in entry.detail

    @pytest.mark.parametrize("who", ["planner", "security", "audit", "chen"])
    def test_only_the_system_administrator_may(self, cast, at, who):
        with pytest.raises(accounts.Forbidden):
            accounts.create_user(username="zhao", display_name="赵", by=getattr(cast, who), at=at)

    def test_a_name_is_taken_in_any_case(self, cast, at):
        with pytest.raises(NameTaken):
            accounts.create_user(username="CHEN", display_name="陈二", by=cast.system, at=at)

    def test_a_single_sign_on_name_is_taken_once(self, cast, at):
        users.revise_user(user=cast.chen, changes={"single_sign_on_name": "c1"}, by=cast.system, at=at)

        with pytest.raises(NameTaken):
            users.revise_user(user=cast.lin, changes={"single_sign_on_name": "c1"}, by=cast.system, at=at)

    def test_a_simulated_person_belongs_to_no_real_place(self, cast, land, at):
        with pytest.raises(BadGrant):
            accounts.create_user(
                username="ghost", display_name="虚", is_simulated=True, department=land.water, by=None, at=at
            )


class TestChangingAUser:
    def test_people_change_their_own_telephone(self, cast, at):
        users.revise_user(user=cast.chen, changes={"phone": "123"}, by=cast.chen, at=at)

        assert User.objects.get(pk=cast.chen.pk).phone == "123"

    def test_people_do_not_change_their_own_department(self, cast, land, at):
        with pytest.raises(accounts.Forbidden):
            users.revise_user(user=cast.chen, changes={"department": land.water}, by=cast.chen, at=at)

    def test_nothing_changed_leaves_no_trace(self, cast, at):
        before = len(list(audit.trail(cast.chen.ref)))
        users.revise_user(user=cast.chen, changes={"phone": cast.chen.phone}, by=cast.chen, at=at)

        assert len(list(audit.trail(cast.chen.ref))) == before


class TestPasswords:
    @pytest.mark.parametrize(
        ("new", "why"),
        [
            ("Short-1", "10"),
            ("onlylowercase", "3"),
            ("lowercase123", "3"),
            ("Chen-is-me-2026", "用户名"),
            ("Password123", "常见"),
        ],
    )
    def test_a_weak_one_is_refused(self, cast, at, new, why):
        with pytest.raises(PasswordRefused):
            users.change_password(user=cast.chen, new=new, at=at)

    def test_none_of_the_last_five_is_taken_again(self, cast, at):
        taken = [f"Green-Hill-{number}x" for number in range(6)]
        for number, new in enumerate(taken):
            users.change_password(user=cast.chen, new=new, at=at + timedelta(days=number))

        for former in taken[1:]:
            with pytest.raises(PasswordRefused):
                users.change_password(user=cast.chen, new=former, at=at + timedelta(days=9))
        users.change_password(user=cast.chen, new=taken[0], at=at + timedelta(days=9))

    def test_a_changed_one_time_password_need_not_be_changed_again(self, cast, at):
        made = accounts.create_user(username="zhao", display_name="赵", by=None, at=at)
        users.change_password(user=made.user, new="Green-Hill-1x", at=at)

        assert not User.objects.get(pk=made.user.pk).must_change_password

    def test_a_reset_gives_a_one_time_password(self, cast, at):
        given = accounts.reset_password(user=cast.chen, by=cast.system, at=at)
        chen = User.objects.get(pk=cast.chen.pk)

        assert chen.check_password(given)
        assert chen.must_change_password

    @pytest.mark.parametrize("who", ["system", "security", "audit"])
    def test_an_administrators_is_reset_on_the_server_only(self, cast, at, who):
        with pytest.raises(AccountRefusal):
            accounts.reset_password(user=getattr(cast, who), by=cast.system, at=at)

        assert accounts.reset_password(user=getattr(cast, who), by=None, at=at)


class TestGranting:
    def grant(self, cast, at, user, role, **words):
        return accounts.grant_role(user=user, role=role, by=cast.security, at=at, **{"from_on": DAY, **words})

    def test_the_security_administrator_grants(self, cast, land, at):
        grant = self.grant(cast, at, cast.zhou, "planner", district=land.other, reason="任职通知")

        assert grant.granted_by == cast.security
        assert accounts.can(cast.zhou, "plans.edit", district_id=land.other.pk, on=DAY)

    @pytest.mark.parametrize("who", ["system", "audit", "planner", "lin"])
    def test_nobody_else_grants(self, cast, land, at, who):
        with pytest.raises(accounts.Forbidden):
            accounts.grant_role(
                user=cast.zhou,
                role="planner",
                district=land.other,
                from_on=DAY,
                by=getattr(cast, who),
                at=at,
            )

    def test_nobody_grants_to_themselves(self, cast, at):
        with pytest.raises(BadGrant):
            self.grant(cast, at, cast.security, "audit_admin")

    @pytest.mark.parametrize(
        ("role", "words"),
        [
            ("planner", {}),
            ("planner", {"district": "county", "department": "water"}),
            ("department_officer", {"district": "county"}),
            ("department_officer", {"department": "water"}),
            ("emperor", {}),
            ("planner", {"district": "county", "to_on": DAY}),
        ],
    )
    def test_it_refuses_what_does_not_fit(self, cast, land, at, role, words):
        places = {key: getattr(land, one) if isinstance(one, str) else one for key, one in words.items()}

        with pytest.raises(BadGrant):
            self.grant(cast, at, cast.zhou, role, **places)

    def test_it_refuses_the_same_twice(self, cast, land, at):
        with pytest.raises(BadGrant):
            self.grant(cast, at, cast.planner, "planner", district=land.county)

    def test_it_refuses_a_department_that_ended(self, cast, land, at):
        areas.dissolve_department(department=land.water, on=date(2026, 1, 1), by=None, at=at)

        with pytest.raises(BadGrant):
            self.grant(cast, at, cast.zhou, "department_officer", district=land.county, department=land.water)

    def test_an_ended_grant_covers_nothing_and_stays_in_the_history(self, cast, at):
        grant = cast.planner.grants.get()
        accounts.end_grant(grant=grant, on=DAY, by=cast.security, at=at)

        assert not accounts.can(cast.planner, "plans.edit", on=DAY)
        assert accounts.can(cast.planner, "plans.edit", on=DAY - timedelta(1))
        assert cast.planner.grants.count() == 1


class TestTheThreeAdministrators:
    def test_nobody_holds_two_of_them(self, cast, at):
        for holder, wanted in [
            (cast.system, "security_admin"),
            (cast.system, "audit_admin"),
            (cast.audit, "system_admin"),
        ]:
            with pytest.raises(SeparationBroken):
                accounts.grant_role(user=holder, role=wanted, from_on=DAY, by=None, at=at)

    def test_an_administrator_holds_no_other_role(self, cast, land, at):
        with pytest.raises(SeparationBroken):
            accounts.grant_role(
                user=cast.system, role="planner", district=land.county, from_on=DAY, by=None, at=at
            )
        with pytest.raises(SeparationBroken):
            accounts.grant_role(user=cast.planner, role="audit_admin", from_on=DAY, by=None, at=at)

    def test_a_later_overlap_is_refused_too(self, hire, at):
        li = hire("li", "李")
        accounts.grant_role(user=li, role="audit_admin", from_on=date(2027, 1, 1), by=None, at=at)

        with pytest.raises(SeparationBroken):
            accounts.grant_role(user=li, role="system_admin", from_on=DAY, by=None, at=at)
        accounts.grant_role(user=li, role="system_admin", from_on=DAY, to_on=date(2027, 1, 1), by=None, at=at)

    def test_the_last_of_a_kind_cannot_be_shut_out(self, cast, at):
        with pytest.raises(LastAdministrator):
            users.close_user(user=cast.security, by=cast.system, at=at)
        with pytest.raises(LastAdministrator):
            users.lock_user(user=cast.system, reason="疑似被盗", by=cast.security, at=at)
        with pytest.raises(LastAdministrator):
            accounts.end_grant(grant=cast.audit.grants.get(), on=DAY, by=cast.security, at=at)

    def test_with_a_second_one_the_first_can_go(self, cast, hire, at):
        hire("admin-system-2", "系统管理员乙", ("system_admin",))
        users.lock_user(user=cast.system, reason="疑似被盗", by=cast.security, at=at)

        assert not accounts.can(User.objects.get(pk=cast.system.pk), "accounts.manage")

    def test_a_lock_needs_a_reason_and_another_person(self, cast, hire, at):
        hire("admin-security-2", "安全管理员乙", ("security_admin",))
        with pytest.raises(AccountRefusal):
            users.lock_user(user=cast.chen, reason=" ", by=cast.security, at=at)
        with pytest.raises(AccountRefusal):
            users.lock_user(user=cast.security, reason="试试", by=cast.security, at=at)
