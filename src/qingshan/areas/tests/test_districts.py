"""Codes, the tree of a day, and fiction kept apart."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from qingshan.areas import public as areas
from qingshan.areas.errors import BadDistrictCode, CodeTaken, FictionMixed, LoopInTree
from qingshan.areas.models import District
from qingshan.history.public import StaleVersion

pytestmark = pytest.mark.django_db

DAY = date(2026, 11, 20)


def create(at, **words):
    return areas.create_district(**{"by": None, "at": at, "valid_from": date(2020, 1, 1), **words})


class TestCodes:
    @pytest.mark.parametrize("code", ["44078", "4407811", "44A781", "004407", "440700-GX", ""])
    def test_it_refuses_what_is_no_division_code(self, db, at, code):
        with pytest.raises(BadDistrictCode):
            create(at, code=code, name="某地")

    def test_a_functional_area_has_a_code_of_our_own(self, land, at):
        zone = create(
            at,
            code="440700-GX",
            name="江门高新技术产业开发区",
            kind=areas.DistrictKind.FUNCTIONAL,
            parent=land.city,
        )

        assert zone.level == 3
        assert zone.pk in areas.districts_under(land.city, DAY)

    @pytest.mark.parametrize("code", ["440784", "4407-GX", "440700-gx", "440700-"])
    def test_it_refuses_other_codes_for_functional_areas(self, db, at, code):
        with pytest.raises(BadDistrictCode):
            create(at, code=code, name="某区", kind=areas.DistrictKind.FUNCTIONAL)

    def test_a_code_is_given_once(self, land, at):
        with pytest.raises(CodeTaken):
            create(at, code="440781", name="另一处")

    def test_a_district_keeps_its_old_code_on_old_days(self, land, at):
        areas.revise_district(
            district=land.other,
            changes={"code": "440799"},
            valid_from=date(2024, 1, 1),
            by=None,
            at=at,
            reason="代码调整",
        )

        assert areas.find_district("440799") == land.other
        assert areas.find_district("440783") is None
        assert areas.find_district("440783", date(2023, 12, 31)) == land.other


class TestTheTree:
    def test_a_city_holds_its_counties_and_their_towns(self, land):
        assert areas.districts_under(land.city, DAY) == {
            land.city.pk,
            land.county.pk,
            land.other.pk,
            land.town.pk,
        }

    def test_it_is_shown_parents_first(self, land):
        shown = [(node.depth, node.version.name) for node in areas.district_tree(DAY)]

        assert shown == [(0, "广东省"), (1, "江门市"), (2, "台山市"), (3, "海宴镇"), (2, "开平市")]

    def test_it_stops_at_the_level_asked_for(self, land):
        assert "海宴镇" not in [node.version.name for node in areas.district_tree(DAY, deepest=3)]

    def test_the_path_runs_from_the_top(self, land):
        assert [step.name for step in areas.district_path(land.town, DAY)] == [
            "广东省",
            "江门市",
            "台山市",
            "海宴镇",
        ]

    def test_a_district_may_not_stand_below_itself(self, land, at):
        with pytest.raises(LoopInTree):
            areas.revise_district(
                district=land.city,
                changes={"parent": land.town},
                valid_from=DAY,
                by=None,
                at=at,
                reason="误操作",
            )

    def test_a_stale_form_is_refused(self, land, at):
        change = {"valid_from": DAY, "by": None, "at": at, "reason": "更名", "seen": 1}
        areas.revise_district(district=land.town, changes={"short_name": "海宴"}, **change)

        with pytest.raises(StaleVersion):
            areas.revise_district(district=land.town, changes={"short_name": "宴"}, **change)


class TestFiction:
    def test_fictional_codes_make_fictional_districts(self, db, at):
        assert create(at, code="990100", name="云河市").simulated
        assert not create(at, code="440700", name="江门市").simulated

    def test_a_fictional_town_may_not_stand_in_a_real_county(self, land, at):
        with pytest.raises(FictionMixed):
            create(at, code="990101", name="云溪县", parent=land.city)

    def test_the_database_refuses_it_too(self, land):
        with pytest.raises(IntegrityError), transaction.atomic():
            District.objects.filter(pk=land.town.pk).update(simulated=True)


class TestALoadedList:
    def test_it_arranges_a_list_in_any_order(self, db, at):
        rows = [("440781107", "海宴镇"), ("440781", "台山市"), ("440700", "江门市")]
        entered = areas.load_divisions(rows, valid_from=date(2020, 1, 1), by=None, at=at)

        city = areas.find_district("440700")
        assert entered == 3
        assert len(areas.districts_under(city, DAY)) == 3

    def test_a_second_time_changes_nothing(self, land, at):
        assert areas.load_divisions([("440781", "别名")], valid_from=DAY, by=None, at=at) == 0
        assert areas.find_district("440781").name == "台山市"

    def test_one_bad_code_enters_nothing(self, db, at):
        with pytest.raises(BadDistrictCode):
            areas.load_divisions([("440700", "江门市"), ("4407", "坏")], valid_from=DAY, by=None, at=at)
        assert not District.objects.exists()
