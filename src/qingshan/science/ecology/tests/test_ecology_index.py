"""Indices from weighted parts, their grades, changes, and what events do to them."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingshan.kernel.basis import Missing
from qingshan.science.ecology.index import (
    Bands,
    IndexScale,
    change_of_index,
    grade_of_index,
    weighted_index,
)
from qingshan.science.ecology.limitation import Limitation, limited_index, strictest
from qingshan.science.ecology.parts import (
    LoadItem,
    WaterDensity,
    biology_index,
    habitat_quality,
    land_stress,
    pollution_load,
    vegetation_cover,
    water_density,
    water_resource_counted,
)

_EI = IndexScale(
    {
        "biology": Fraction("0.35"),
        "vegetation": Fraction("0.25"),
        "water": Fraction("0.15"),
        "land_stress": Fraction("0.15"),
        "pollution_load": Fraction("0.10"),
    },
    {"land_stress": Fraction(100), "pollution_load": Fraction(100)},
    Fraction(100),
)
_GRADES = Bands({"优": Fraction(75), "良": Fraction(55), "一般": Fraction(35), "差": Fraction(0)})
_SIZES = Bands({"无明显变化": Fraction(0), "略微变化": Fraction(1), "明显变化": Fraction(3)})
_PART = st.integers(0, 100)


def _parts(biology, vegetation, water, stress, load):
    return dict(zip(_EI.weights, (biology, vegetation, water, stress, load), strict=True))


class TestIndex:
    def test_the_worked_example(self):
        assert weighted_index(_parts(80, 85, 60, 10, 5), _EI) == Fraction("81.25")

    def test_a_part_above_a_hundred_counts_as_a_hundred_where_the_scale_says_so(self):
        assert weighted_index(_parts(130, 100, 100, 0, 0), _EI) == 100
        strict = IndexScale(_EI.weights, _EI.reversed_from)
        with pytest.raises(ValueError, match="give 0 to 100"):
            weighted_index(_parts(130, 100, 100, 0, 0), strict)

    def test_a_missing_part_leaves_no_index_and_keeps_its_reason(self):
        assert weighted_index(_parts(1, 2, Missing("not_surveyed"), 4, 5), _EI) == Missing("not_surveyed")
        assert weighted_index({"biology": 50}, _EI) == Missing("no_vegetation")

    def test_it_refuses_unknown_and_negative_parts_and_floats(self):
        with pytest.raises(ValueError, match="no weight"):
            weighted_index({"air": 5}, _EI)
        with pytest.raises(ValueError, match="give 0 to 100"):
            weighted_index(_parts(-1, 2, 3, 4, 5), _EI)
        with pytest.raises(TypeError, match="float"):
            weighted_index(_parts(0.5, 2, 3, 4, 5), _EI)

    @given(parts=st.tuples(_PART, _PART, _PART, _PART, _PART), more=_PART, which=st.integers(0, 4))
    def test_more_of_a_good_part_never_lowers_it_and_more_stress_never_raises_it(self, parts, more, which):
        changed = list(parts)
        changed[which] = min(100, changed[which] + more)
        before, after = weighted_index(_parts(*parts), _EI), weighted_index(_parts(*changed), _EI)
        assert after >= before if which < 3 else after <= before

    def test_weights_add_up_to_one_and_only_they_are_reversed(self):
        with pytest.raises(ValueError, match="do not add up"):
            IndexScale({"a": Fraction(1, 2)})
        with pytest.raises(ValueError, match="above zero"):
            IndexScale({"a": Fraction(2), "b": Fraction(-1)})
        with pytest.raises(ValueError, match="have no weight"):
            IndexScale({"a": Fraction(1)}, {"b": Fraction(100)})


class TestGradesAndChanges:
    def test_a_bound_belongs_to_the_better_grade(self):
        assert [grade_of_index(index, _GRADES) for index in (75, "74.9", 55, "34.9", -1)] == [
            "优",
            "良",
            "良",
            "差",
            "差",
        ]

    def test_bounds_rise_or_fall(self):
        with pytest.raises(ValueError, match="rise or fall"):
            Bands({"a": Fraction(0), "b": Fraction(3), "c": Fraction(2)})
        for bounds in ({}, {"a": Fraction(1), "b": Fraction(2)}):
            with pytest.raises(ValueError, match="zero"):
                Bands(bounds)

    @pytest.mark.parametrize(
        ("after", "size", "direction"),
        [
            ("70", "无明显变化", ""),
            ("70.9", "无明显变化", "变好"),
            ("71", "略微变化", "变好"),
            ("67", "明显变化", "变差"),
        ],
    )
    def test_sizes_of_changes(self, after, size, direction):
        found = change_of_index(70, after, _SIZES)
        assert (found.size, found.direction) == (size, direction)


class TestLimitation:
    def test_the_strictest_event_counts(self):
        assert strictest([]) is None
        assert strictest([Limitation.ONE_GRADE_DOWN]) is Limitation.ONE_GRADE_DOWN
        assert strictest(Limitation) is Limitation.NOT_GOOD_AND_DOWN

    def test_an_index_below_the_cap_and_a_grade_without_one_stay(self):
        assert limited_index("30", "一般", {"一般": "34.9"}) == 30
        assert limited_index("10", "差", {"一般": "34.9"}) == 10


class TestParts:
    def test_habitat_is_weighted_by_area(self):
        weights = {"wooded": "0.21", "paddy": "0.066"}
        assert habitat_quality({"wooded": 50, "paddy": 50}, weights, 100, "500") == Fraction("69")

    @pytest.mark.parametrize("areas", [{"sea": 1}, {"wooded": -1}, {"wooded": 101}])
    def test_areas_have_to_fit_the_region(self, areas):
        with pytest.raises(ValueError, match=r"no weight|below zero"):
            habitat_quality(areas, {"wooded": 1}, 100, 1)

    def test_a_region_has_an_area(self):
        with pytest.raises(ValueError, match="not above zero"):
            land_stress({}, {}, 0, 1)

    def test_biodiversity_counts_half_where_it_was_renewed(self):
        assert biology_index(80, 40) == 60
        assert biology_index(80) == 80

    def test_greenness_needs_all_five_months(self):
        with pytest.raises(ValueError, match="May to September"):
            vegetation_cover({5: 1}, 1)

    @pytest.mark.parametrize(
        ("year", "counted"), [("13.9", "13.9"), (14, 14), ("14.1", "9.9"), (24, 0), (99, 0)]
    )
    def test_a_flood_year_counts_less_the_wetter_it_is(self, year, counted):
        assert water_resource_counted(year, 10, "1.4", "2.4") == Fraction(counted)

    @pytest.mark.parametrize(("year", "usual"), [(-1, 10), (5, 0)])
    def test_water_amounts_are_above_zero(self, year, usual):
        with pytest.raises(ValueError, match="above zero"):
            water_resource_counted(year, usual, "1.4", "2.4")

    def test_water_density_is_the_mean_of_three(self):
        coefficients = WaterDensity(Fraction(1), Fraction(2), Fraction(3))
        assert water_density(10, 10, 10, 4, coefficients) == 5

    def test_every_pollutant_of_the_load_is_needed(self):
        items = {"COD": LoadItem(Fraction(1), Fraction(1), True)}
        with pytest.raises(ValueError, match="give"):
            pollution_load({}, 1, 1, items)
        with pytest.raises(ValueError, match="not above zero"):
            pollution_load({"COD": 1}, 0, 1, items)
        assert pollution_load({"COD": 4}, 2, 1, items) == 2
