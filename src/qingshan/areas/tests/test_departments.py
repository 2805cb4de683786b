"""Names as documents print them, and the tree of departments."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from qingshan.areas import public as areas
from qingshan.areas.errors import LoopInTree, NameTaken
from qingshan.history.public import StaleVersion, steps

pytestmark = pytest.mark.django_db

DAY = date(2026, 11, 20)
RENAMED = date(2024, 1, 1)


class TestFindingByName:
    @pytest.mark.parametrize(
        "printed",
        ["台山市自然资源局", "市自然资源局", "自然资源局", "市资源局", "自然资源部门", "台山市 自然资源局"],
    )
    def test_it_knows_the_usual_ways_to_print_one(self, land, printed):
        assert areas.find_department(printed, land.county, DAY) == land.nature

    def test_the_nearest_district_answers_first(self, land):
        own = land.bureau("台山市水利局")

        assert areas.find_department("市水利局", land.county, DAY) == own
        assert areas.find_department("市水利局", land.city, DAY) == land.city_water

    def test_a_bureau_of_the_city_is_found_from_the_county(self, land):
        assert areas.find_department("江门市水利局", land.county, DAY) == land.city_water

    def test_a_town_is_found_from_its_county(self, land):
        town = land.bureau(
            "海宴镇人民政府", land.town, kind=areas.DepartmentKind.TOWNSHIP, aliases=["海宴镇"]
        )

        assert areas.find_department("海宴镇", land.county, DAY) == town

    def test_a_neighbour_is_not_found(self, land):
        assert areas.find_department("自然资源局", land.other, DAY) is None

    def test_an_unknown_name_finds_nothing(self, land):
        assert areas.find_department("外星事务局", land.county, DAY) is None
        assert areas.find_department(" ", land.county, DAY) is None

    def test_an_earlier_name_is_still_found(self, land, at):
        areas.rename_department(
            department=land.water, name="台山市水利局", on=RENAMED, by=None, at=at, reason="改革"
        )

        assert areas.find_department("台山市水务局", land.county, DAY) == land.water
        assert areas.find_department("台山市水利局", land.county, RENAMED - timedelta(days=1)) is None

    def test_the_name_of_a_merged_department_finds_its_heir(self, land, at):
        areas.merge_departments(departments=[land.marine], into=land.nature, on=RENAMED, by=None, at=at)

        assert areas.find_department("市海洋与渔业局", land.county, DAY) == land.nature
        assert areas.find_department("市海洋与渔业局", land.county, date(2023, 6, 1)) == land.marine

    def test_two_that_answer_are_named_to_the_person(self, land, at):
        for town in (land.town, land.other):
            land.bureau("环境保护所", town)

        with pytest.raises(areas.AmbiguousName) as refused:
            areas.find_department("环境保护所", land.city, DAY)
        assert len(refused.value.candidates) == 2


class TestNames:
    @pytest.mark.parametrize("name", ["台山市水务局", "自然资源部门", "市资源局", " "])
    def test_a_name_is_taken_once_in_a_district(self, land, name):
        with pytest.raises(NameTaken):
            land.bureau(name)

    def test_the_same_name_may_stand_in_another_district(self, land):
        assert land.bureau("台山市水务局", land.city).pk != land.water.pk

    def test_a_name_is_free_again_after_a_merger(self, land, at):
        areas.merge_departments(departments=[land.marine], into=land.nature, on=RENAMED, by=None, at=at)

        assert land.bureau("台山市海洋与渔业局").pk != land.marine.pk

    def test_an_alias_added_later_is_found_from_that_day(self, land, at):
        areas.revise_department(
            department=land.water,
            changes={"aliases": ["水行政主管部门"]},
            valid_from=RENAMED,
            by=None,
            at=at,
            reason="规划文本称谓",
        )

        assert areas.find_department("水行政主管部门", land.county, DAY) == land.water

    def test_ensuring_twice_gives_the_same_one(self, land, at):
        words = {"district": land.county, "valid_from": DAY, "at": at}
        first = areas.ensure_department(name="台山市气象局", **words)

        assert areas.ensure_department(name="台山市气象局", **words) == first


class TestTheHistory:
    def test_it_names_what_changed_in_words(self, land, at):
        areas.revise_department(
            department=land.nature,
            changes={"aliases": ["自然资源部门", "国土部门"]},
            valid_from=RENAMED,
            by=None,
            at=at,
            reason="旧称",
        )
        newest, _first = steps(land.nature.versions.all())

        assert [(one.label, one.before, one.after) for one in newest.changes] == [
            ("其他称谓", "自然资源部门", "自然资源部门、国土部门")
        ]


class TestTheTree:
    def test_sections_stand_below_their_bureau(self, land):
        section = land.bureau("河长制办公室", parent=land.water, kind=areas.DepartmentKind.SECTION)

        shown = [(node.depth, node.version.subject) for node in areas.department_tree(land.county, DAY)]
        assert (1, section) in shown
        assert (0, land.water) in shown

    def test_a_bureau_may_not_stand_below_its_own_section(self, land, at):
        section = land.bureau("河长制办公室", parent=land.water)

        with pytest.raises(LoopInTree):
            areas.revise_department(
                department=land.water,
                changes={"parent": section},
                valid_from=DAY,
                by=None,
                at=at,
                reason="误操作",
            )

    def test_a_stale_form_is_refused(self, land, at):
        change = {"on": RENAMED, "by": None, "at": at, "reason": "改革", "seen": 1}
        areas.rename_department(department=land.water, name="台山市水利局", **change)

        with pytest.raises(StaleVersion):
            areas.rename_department(department=land.water, name="台山市水资源局", **change)
