"""Merged, renamed, split, dissolved: duties follow by query, and old days stay as they were."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from qingshan.areas import public as areas
from qingshan.areas.errors import FictionMixed, HasEnded, LoopInTree, StillHasMembers, TooEarly
from qingshan.areas.models import Department, DepartmentSuccession, DepartmentVersion, DistrictSuccession

pytestmark = pytest.mark.django_db

FIRST, SECOND = date(2023, 3, 1), date(2025, 7, 1)
EVE = timedelta(days=1)


class TestAMerger:
    def test_duties_follow_from_the_day_on(self, land, at):
        areas.merge_departments(departments=[land.marine], into=land.nature, on=FIRST, by=None, at=at)

        assert areas.lineage_of({land.nature.pk}, FIRST - EVE) == {land.nature.pk}
        assert areas.lineage_of({land.nature.pk}, FIRST) == {land.nature.pk, land.marine.pk}

    def test_duties_follow_two_mergers(self, land, at):
        areas.merge_departments(departments=[land.marine], into=land.nature, on=FIRST, by=None, at=at)
        areas.merge_departments(departments=[land.nature], into=land.water, on=SECOND, by=None, at=at)

        assert areas.lineage_of({land.water.pk}, SECOND - EVE) == {land.water.pk}
        assert areas.lineage_of({land.nature.pk}, SECOND - EVE) == {land.nature.pk, land.marine.pk}
        assert areas.lineage_of({land.water.pk}, SECOND) == {
            land.water.pk,
            land.nature.pk,
            land.marine.pk,
        }

    def test_who_has_the_duties_is_asked_by_day(self, land, at):
        areas.merge_departments(departments=[land.marine], into=land.nature, on=FIRST, by=None, at=at)
        areas.merge_departments(departments=[land.nature], into=land.water, on=SECOND, by=None, at=at)

        assert areas.current_departments(land.marine, FIRST - EVE) == (land.marine,)
        assert areas.current_departments(land.marine, FIRST) == (land.nature,)
        assert areas.current_departments(land.marine, SECOND) == (land.water,)

    def test_the_merged_department_is_in_the_tree_until_the_day_before(self, land, at):
        areas.merge_departments(departments=[land.marine], into=land.nature, on=FIRST, by=None, at=at)

        assert land.marine in areas.departments_in(land.county, FIRST - EVE)
        assert land.marine not in areas.departments_in(land.county, FIRST)
        assert land.marine.ended_on == FIRST

    def test_sections_move_under_the_heir(self, land, at):
        section = land.bureau("渔政大队", parent=land.marine)
        areas.merge_departments(departments=[land.marine], into=land.nature, on=FIRST, by=None, at=at)

        assert section.pk in areas.departments_under({land.marine.pk}, FIRST - EVE)
        assert section.pk in areas.departments_under({land.nature.pk}, FIRST)

    def test_it_refuses_a_department_that_ended_before(self, land, at):
        areas.merge_departments(departments=[land.marine], into=land.nature, on=FIRST, by=None, at=at)

        with pytest.raises(HasEnded):
            areas.merge_departments(departments=[land.marine], into=land.water, on=SECOND, by=None, at=at)
        with pytest.raises(HasEnded):
            areas.merge_departments(departments=[land.water], into=land.marine, on=SECOND, by=None, at=at)

    def test_it_refuses_to_merge_into_itself_or_its_own_section(self, land, at):
        section = land.bureau("渔政大队", parent=land.marine)

        for heir in (land.marine, section):
            with pytest.raises(LoopInTree):
                areas.merge_departments(departments=[land.marine], into=heir, on=FIRST, by=None, at=at)

    def test_it_refuses_a_day_before_the_last_change(self, land, at):
        areas.rename_department(
            department=land.marine, name="台山市海洋局", on=SECOND, by=None, at=at, reason="机构改革"
        )

        with pytest.raises(TooEarly):
            areas.merge_departments(departments=[land.marine], into=land.nature, on=FIRST, by=None, at=at)

    def test_one_refused_department_leaves_all_as_they_were(self, land, at):
        areas.dissolve_department(department=land.water, on=FIRST, by=None, at=at)

        with pytest.raises(HasEnded):
            areas.merge_departments(
                departments=[land.marine, land.water], into=land.nature, on=SECOND, by=None, at=at
            )

        assert DepartmentVersion.objects.current().filter(subject=land.marine).exists()
        assert not DepartmentSuccession.objects.filter(later=land.nature).exists()

    def test_it_refuses_to_mix_fiction_and_fact(self, land, at):
        given = {"by": None, "at": at, "valid_from": FIRST}
        fictional = areas.create_district(code="990100", name="云河市", **given)
        bureau = areas.create_department(name="云河市水务局", district=fictional, **given)

        with pytest.raises(FictionMixed):
            areas.merge_departments(departments=[bureau], into=land.water, on=SECOND, by=None, at=at)


class TestADissolution:
    def test_without_a_successor_nobody_has_the_duties(self, land, at):
        areas.dissolve_department(department=land.marine, on=FIRST, by=None, at=at)

        assert areas.current_departments(land.marine, FIRST) == ()
        assert areas.current_departments(land.marine, FIRST - EVE) == (land.marine,)

    def test_with_a_successor_it_has_them(self, land, at):
        areas.dissolve_department(department=land.marine, on=FIRST, successor=land.water, by=None, at=at)

        assert areas.current_departments(land.marine, FIRST) == (land.water,)

    def test_it_refuses_to_leave_sections_behind(self, land, at):
        land.bureau("渔政大队", parent=land.marine)

        with pytest.raises(StillHasMembers):
            areas.dissolve_department(department=land.marine, on=FIRST, by=None, at=at)

    def test_its_posts_are_left(self, land, at, django_user_model):
        chen = django_user_model.objects.create(username="chen", display_name="陈")
        post = areas.create_post(name="局长", department=land.marine, by=None, at=at)
        areas.appoint(user=chen, post=post, from_on=date(2021, 1, 1), by=None, at=at)
        areas.dissolve_department(department=land.marine, on=FIRST, by=None, at=at)

        assert [one.user for one in areas.holders_of(post, FIRST - EVE)] == [chen]
        assert areas.holders_of(post, FIRST) == ()


class TestASplit:
    def test_each_heir_sees_the_duties(self, land, at):
        areas.split_department(
            department=land.marine, into=[land.nature, land.water], on=FIRST, by=None, at=at
        )

        assert set(areas.current_departments(land.marine, FIRST)) == {land.nature, land.water}
        assert land.marine.pk in areas.lineage_of({land.nature.pk}, FIRST)
        assert land.marine.pk in areas.lineage_of({land.water.pk}, FIRST)


class TestARename:
    def test_each_day_has_its_name(self, land, at):
        areas.rename_department(
            department=land.water, name="台山市水利局", on=FIRST, by=None, at=at, reason="机构改革"
        )

        assert areas.department_names({land.water.pk}, FIRST - EVE) == {land.water.pk: "台山市水务局"}
        assert areas.department_names({land.water.pk}, FIRST) == {land.water.pk: "台山市水利局"}
        assert Department.objects.get(pk=land.water.pk).name == "台山市水利局"

    def test_it_is_the_same_department(self, land, at):
        areas.rename_department(
            department=land.water, name="台山市水利局", on=FIRST, by=None, at=at, reason="机构改革"
        )

        assert areas.lineage_of({land.water.pk}, FIRST) == {land.water.pk}
        assert areas.current_departments(land.water, FIRST) == (land.water,)


class TestADistrictMerger:
    def test_the_town_is_still_found_under_its_county(self, land, at):
        given = {"by": None, "at": at, "valid_from": date(2020, 1, 1)}
        second = areas.create_district(code="440781108", name="沙栏镇", parent=land.county, **given)
        village = areas.create_district(code="440781108201", name="沙栏村", parent=second, **given)
        areas.merge_districts(districts=[second], into=land.town, on=FIRST, by=None, at=at)

        assert areas.districts_under(land.town, FIRST - EVE) == {land.town.pk}
        assert areas.districts_under(land.town, FIRST) == {land.town.pk, second.pk, village.pk}
        assert second.pk in areas.districts_under(land.county, FIRST)
        assert DistrictSuccession.objects.get(earlier=second).later == land.town

    def test_it_refuses_to_dissolve_a_district_with_departments(self, land, at):
        with pytest.raises(StillHasMembers):
            areas.dissolve_district(district=land.county, on=FIRST, by=None, at=at)
