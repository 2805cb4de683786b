"""Samples of soil against their screening and intervention values."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qingshan.kernel.basis import Missing
from qingshan.science.soil.construction import screen_construction_land
from qingshan.science.soil.farmland import (
    FarmlandClass,
    FarmlandItem,
    FarmlandScale,
    Land,
    ph_band,
    safe_use_rate,
    screen_farmland,
)
from qingshan.science.soil.screening import Pair, RiskLevel, risk_level, worst_level

_CONTENT = st.decimals(0, 300, places=2)
_PH = st.decimals(0, 14, places=2)
_LAND = st.sampled_from(Land)


class TestRiskLevel:
    def test_an_item_without_intervention_value_never_exceeds_one(self):
        assert risk_level(10**6, Pair(Fraction(50))) is RiskLevel.ABOVE_SCREENING

    @pytest.mark.parametrize("pair", [(2, 1), (0, 1), (-1, None)])
    def test_values_out_of_order_are_refused(self, pair):
        with pytest.raises(ValueError, match="screening"):
            Pair(*pair)

    def test_of_no_items_there_is_no_worst(self):
        assert worst_level([]) is None


class TestFarmland:
    @pytest.mark.parametrize(
        ("land", "acidity", "cadmium", "label"),
        [
            (Land.PADDY, "5.5", "0.3", "优先保护类"),
            (Land.PADDY, "5.5", "0.31", "安全利用类"),
            (Land.PADDY, "5.6", "0.35", "优先保护类"),
            (Land.OTHER, "5.6", "0.35", "安全利用类"),
            (Land.ORCHARD, "5.6", "0.35", "安全利用类"),
            (Land.ROTATION, "5.6", "0.35", "安全利用类"),
            (Land.OTHER, "5.5", "1.51", "严格管控类"),
            (Land.OTHER, "7.51", "1.51", "安全利用类"),
        ],
    )
    def test_class_by_land_and_acidity(self, farmland, land, acidity, cadmium, label):
        assert screen_farmland({"Cd": cadmium}, acidity, land, farmland).farmland_class.label == label

    def test_rotation_takes_the_lower_value_of_each_item(self, farmland):
        found = screen_farmland({"Cd": 1, "As": 1, "Cu": 1}, 8, Land.ROTATION, farmland)
        assert [str(found.pairs[item].screening) for item in ("Cd", "As", "Cu")] == ["3/5", "20", "100"]

    def test_kinds_of_land_have_their_words(self):
        assert [land.label for land in Land] == ["水田", "其他", "果园", "水旱轮作"]

    def test_orchards_have_their_own_copper_only(self, farmland):
        found = screen_farmland({"As": 1, "Cu": 1}, 5, Land.ORCHARD, farmland)
        assert (found.pairs["As"].screening, found.pairs["Cu"].screening) == (40, 150)

    def test_copper_alone_does_not_change_the_class_and_the_verdict_says_that_the_list_decided(
        self, farmland
    ):
        found = screen_farmland({"Cd": "0.1", "Cu": 120}, 7, Land.OTHER, farmland)
        assert found.farmland_class is FarmlandClass.PRIORITY
        assert found.all_items_class is FarmlandClass.SAFE_USE
        assert found.list_decides
        assert found.above == ("Cu",)

    def test_without_acidity_there_is_no_class(self, farmland):
        found = screen_farmland({"Cd": "0.1"}, Missing("blank"), Land.OTHER, farmland)
        assert found.farmland_class == Missing("no_pH")
        assert found.levels == {}

    def test_without_a_deciding_item_there_is_no_class(self, farmland):
        found = screen_farmland({"Cu": 10, "Tl": 1, "Cd": Missing("blank")}, 7, Land.OTHER, farmland)
        assert found.farmland_class == found.all_items_class == Missing("no_deciding_item_has_a_value")
        assert found.missing == {"Cd": Missing("blank")}
        assert found.aside == ("Tl",)
        assert found.basis.editions == ("GB 15618-2018",)

    @given(one=_CONTENT, two=_CONTENT, acidity=_PH, land=_LAND)
    @settings(max_examples=80, deadline=None)
    def test_a_higher_content_never_has_a_better_class(self, farmland, one, two, acidity, land):
        low, high = sorted((one, two))
        classes = [
            screen_farmland({"As": content}, acidity, land, farmland).farmland_class
            for content in (low, high)
        ]
        assert classes[0] <= classes[1]

    @given(cadmium=_CONTENT, arsenic=_CONTENT, acidity=_PH, land=_LAND)
    @settings(max_examples=60, deadline=None)
    def test_a_missing_item_changes_no_other(self, farmland, cadmium, arsenic, acidity, land):
        whole = screen_farmland({"Cd": cadmium, "As": arsenic}, acidity, land, farmland)
        lacking = screen_farmland({"Cd": cadmium, "As": Missing("blank")}, acidity, land, farmland)
        assert lacking.levels == {"Cd": whole.levels["Cd"]}

    @pytest.mark.parametrize("acidity", ["-0.1", "14.1"])
    def test_it_refuses_an_acidity_that_cannot_be(self, farmland, acidity):
        with pytest.raises(ValueError, match="outside 0 to 14"):
            ph_band(acidity, farmland.ph_bounds)

    def test_it_refuses_a_binary_float(self, farmland):
        with pytest.raises(TypeError, match="float"):
            screen_farmland({"Cd": 0.3}, 7, Land.OTHER, farmland)


class TestFarmlandScale:
    def test_a_row_for_other_land_is_needed_and_none_for_rotation(self):
        row = (Fraction(1),) * 4
        for rows in ({Land.PADDY: row}, {Land.OTHER: row, Land.ROTATION: row}):
            with pytest.raises(ValueError, match="a row for other land"):
                FarmlandItem("Cd", rows)

    def test_items_stand_once_and_deciding_items_have_values(self, farmland):
        with pytest.raises(ValueError, match="twice"):
            FarmlandScale((*farmland.items, farmland.items[0]), farmland.ph_bounds, frozenset())
        with pytest.raises(ValueError, match="have no values"):
            FarmlandScale(farmland.items, farmland.ph_bounds, frozenset({"Hg"}))
        with pytest.raises(ValueError, match="rising"):
            FarmlandScale(farmland.items, (Fraction(7), Fraction(6), Fraction(8)), frozenset())


class TestSafeUseRate:
    def test_all_three_kinds_of_measures_count(self):
        assert safe_use_rate(5, "61.5", "26.5", 100) == 93

    @pytest.mark.parametrize("areas", [(0, 1, 1, 0), (0, -1, 1, 5), (1, 3, 2, 5)])
    def test_areas_have_to_fit(self, areas):
        with pytest.raises(ValueError, match="do not fit"):
            safe_use_rate(*areas)


class TestConstructionLand:
    def test_the_worst_item_decides(self, construction):
        found = screen_construction_land({"砷": 19, "苯": "10.1"}, construction)
        assert found.level is RiskLevel.ABOVE_INTERVENTION
        assert found.above == ("苯",)

    def test_a_background_explains_arsenic_and_nothing_else(self, construction):
        found = screen_construction_land({"砷": 21, "苯": 2}, construction, {"砷": 21, "苯": 3})
        assert found.within_background == ("砷",)
        assert found.above == ("苯",)

    def test_more_than_the_background_counts(self, construction):
        assert screen_construction_land({"砷": 22}, construction, {"砷": 21}).above == ("砷",)
        assert screen_construction_land({"砷": 19}, construction, {"砷": 21}).within_background == ()

    def test_no_value_at_all_gives_no_level(self, construction):
        found = screen_construction_land({"苯": Missing("blank"), "铊": 1}, construction)
        assert found.level == Missing("no_item_has_a_value")
        assert (found.missing, found.aside) == ({"苯": Missing("blank")}, ("铊",))
