"""Who may do what, and how far: reach by district, by department, by lineage, by day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext

from qingshan.accounts import public as accounts
from qingshan.accounts.models import User
from qingshan.areas import public as areas

pytestmark = pytest.mark.django_db

DAY = date(2026, 11, 20)
MERGED = date(2026, 6, 1)


class TestReach:
    def test_a_planner_reaches_the_district_and_its_towns(self, cast, land):
        scope = accounts.scope_of(cast.planner, DAY)

        assert scope.district_ids == {land.county.pk, land.town.pk}
        assert scope.department_ids is None
        assert not scope.everything

    def test_an_officer_reaches_the_department_and_its_sections(self, cast, land):
        scope = accounts.scope_of(cast.chen, DAY)

        assert scope.department_ids == {land.ecology.pk, land.office.pk}
        assert scope.covers(land.county.pk, {land.office.pk, land.water.pk})
        assert not scope.covers(land.county.pk, {land.water.pk})
        assert not scope.covers(land.other.pk, {land.ecology.pk})

    def test_a_record_without_a_department_is_beyond_an_officer(self, cast, land):
        assert not accounts.can(cast.chen, "values.enter", district_id=land.county.pk, department_ids=())
        assert accounts.can(cast.planner, "values.enter", district_id=land.county.pk, department_ids=())

    def test_zhou_sees_nothing_here(self, cast, land):
        assert not accounts.can(cast.zhou, "plans.view", district_id=land.county.pk)
        assert not accounts.scope_of(cast.zhou, DAY).covers(land.town.pk)

    def test_an_administrator_sees_no_plan(self, cast):
        for who in (cast.system, cast.security, cast.audit):
            assert accounts.scope_of(who, DAY).nothing
            assert not accounts.can(who, "plans.view")

    def test_nobody_may_do_anything(self):
        assert accounts.scope_of(AnonymousUser(), DAY).nothing
        assert not accounts.can(AnonymousUser(), "plans.view")

    def test_two_roles_in_two_places_are_not_mixed(self, hire, land):
        both = hire(
            "li",
            "李",
            ("planner", land.other),
            ("department_officer", land.county, land.water),
        )
        scope = accounts.scope_of(both, DAY)

        assert scope.covers(land.other.pk, {land.other_water.pk})
        assert scope.covers(land.county.pk, {land.water.pk})
        assert not scope.covers(land.county.pk, {land.ecology.pk})

    def test_rows_filters_as_covers_says(self, cast, hire, land):
        both = hire("li", "李", ("planner", land.other), ("department_officer", land.county, land.water))
        for user in (cast.planner, cast.chen, cast.zhou, both):
            scope = accounts.scope_of(user, DAY)
            rows = areas.DepartmentVersion.objects.on(DAY).filter(
                scope.rows(district="district", departments="subject")
            )
            wanted = {
                version.pk
                for version in areas.DepartmentVersion.objects.on(DAY)
                if scope.covers(version.district_id, {version.subject_id})
            }
            assert {row.pk for row in rows} == wanted
            assert wanted

    def test_who_reaches_nothing_finds_nothing_however_filters_are_joined(self, land):
        nothing = accounts.Scope(False)
        rows = nothing.rows(district="district", departments="subject")

        for joined in (rows, rows | nothing.whole_rows(district="district"), rows & rows):
            assert not areas.DepartmentVersion.objects.filter(joined).exists()

    def test_what_is_reached_wholly_is_not_forgotten_beside_what_is_reached_in_part(self, land):
        wholly = accounts.Scope(True)
        in_part = accounts.Scope(False, (accounts.Part(frozenset({land.other.pk}), None),))
        all_of_them = areas.DepartmentVersion.objects.count()

        for whole in (wholly.rows(district="district"), wholly.whole_rows(district="district")):
            for part in (in_part.rows(district="district"), in_part.whole_rows(district="district")):
                assert areas.DepartmentVersion.objects.filter(part | whole).count() == all_of_them
                assert 0 < areas.DepartmentVersion.objects.filter(part & whole).count() < all_of_them

    def test_a_superuser_mark_grants_nothing(self, land, at):
        root = User.objects.create(username="root", is_superuser=True, is_staff=True)

        assert accounts.capabilities_of(root, DAY) == frozenset()


class TestDays:
    def test_a_grant_holds_from_its_first_day_to_the_day_before_its_last(self, hire, land, at):
        li = hire("li", "李")
        accounts.grant_role(
            user=li,
            role="planner",
            district=land.county,
            from_on=date(2026, 3, 1),
            to_on=date(2026, 5, 1),
            by=None,
            at=at,
        )
        days = [date(2026, 2, 28), date(2026, 3, 1), date(2026, 4, 30), date(2026, 5, 1)]

        assert [accounts.can(li, "plans.edit", on=day) for day in days] == [False, True, True, False]

    def test_a_merger_brings_the_duties(self, cast, land, at):
        areas.merge_departments(departments=[land.water], into=land.ecology, on=MERGED, by=None, at=at)

        before, after = (
            accounts.scope_of(cast.chen, day).department_ids for day in (MERGED - timedelta(1), MERGED)
        )
        assert land.water.pk not in before
        assert land.water.pk in after

    def test_a_grant_for_a_merged_department_reaches_its_own_line_only(self, hire, cast, land, at):
        li = hire("li", "李", ("department_officer", land.county, land.water))
        areas.merge_departments(departments=[land.water], into=land.ecology, on=MERGED, by=None, at=at)

        assert accounts.scope_of(li, DAY).department_ids == {land.water.pk}

    def test_a_locked_or_closed_account_may_do_nothing(self, cast, at):
        User.objects.filter(pk=cast.planner.pk).update(locked_at=at)
        User.objects.filter(pk=cast.lin.pk).update(is_active=False)

        for user in (cast.planner, cast.lin):
            user.refresh_from_db()
            assert accounts.capabilities_of(user, DAY) == frozenset()


class TestRequire:
    def test_a_refusal_says_what_is_needed_and_which_roles_have_it(self, cast, land):
        with pytest.raises(accounts.Forbidden) as refused:
            accounts.require(cast.zhou, "plans.edit", district_id=land.county.pk, what="修改指标")

        assert "编制和修改规划" in str(refused.value)
        assert refused.value.roles == ("规划管理员",)

    def test_the_system_itself_may(self):
        accounts.require(None, "plans.edit")

    def test_an_unknown_capability_is_a_mistake_of_ours(self, cast):
        with pytest.raises(ValueError, match=r"capabilities\.yaml"):
            accounts.require(cast.lin, "plans.fly")
        with pytest.raises(ValueError, match=r"capabilities\.yaml"):
            accounts.needs("plans.fly")


class TestWho:
    def test_it_names_whoever_may_approve_here(self, cast, land):
        found = accounts.users_who_can("values.approve", district_id=land.county.pk, on=DAY)

        assert set(found) == {cast.lin, cast.planner}

    def test_people_of_a_department_are_those_who_may_log_in(self, cast, land, at):
        User.objects.filter(pk=cast.planner.pk).update(locked_at=at)

        assert accounts.users_in({land.ecology.pk}) == (cast.lin,)


class TestRemembering:
    def test_rights_are_worked_out_once(self, cast, land):
        with accounts.remembered():
            accounts.can(cast.planner, "plans.view")
            with CaptureQueriesContext(
                connection,
            ) as later:
                accounts.can(cast.planner, "plans.edit", district_id=land.town.pk)
        assert len(later) == 0

    def test_it_forgets_afterwards(self, cast, land, at):
        with accounts.remembered():
            accounts.can(cast.zhou, "plans.edit")
        accounts.grant_role(user=cast.zhou, role="planner", district=land.other, from_on=DAY, by=None, at=at)

        assert accounts.can(cast.zhou, "plans.edit", on=DAY)
