from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qingshan.kernel.basis import Missing
from qingshan.kernel.rounding import round_places
from qingshan.science.water.averaging import (
    PeriodRule,
    geometric_mean,
    item_mean,
    lake_mean,
    mean_over_period,
    mean_over_sections,
    ph_mean,
)
from qingshan.science.water.basin import (
    ShareBands,
    basin_grade,
    grade_by_share,
    rate_percent,
    river_main_pollutants,
    section_shares,
)
from qingshan.science.water.city_index import (
    change_percent,
    city_index,
    index_ranks,
    item_index,
    waters_index,
)
from qingshan.science.water.classes import Grade, WaterClass
from qingshan.science.water.comparison import Change, ChangeBands, change_of_grade, change_of_shares
from qingshan.science.water.drinking import (
    Intake,
    SourceLimit,
    SourceScale,
    amount_rate,
    complied_all_year,
    source_compliance,
)
from qingshan.science.water.ladders import Scale
from qingshan.science.water.oxygen import oxygen_saturation_percent
from qingshan.science.water.trophic import (
    TrophicItem,
    TrophicScale,
    sub_index,
    trophic_level_index,
    trophic_state,
)


class TestMeans:
    def test_the_mean_of_acidity_goes_through_the_hydrogen_ion(self) -> None:
        assert round_places(ph_mean(["6.0", "8.0"]), 2) == round_places("6.30", 2)

    @given(st.lists(st.sampled_from(["6", "7.35", "9", "8.99"]), min_size=1, max_size=1), st.integers(1, 40))
    @settings(max_examples=30, deadline=None)
    def test_the_mean_of_equal_acidities_is_that_acidity(self, values: list[str], times: int) -> None:
        assert ph_mean(values * times) == Fraction(values[0])

    def test_each_item_has_its_own_mean(self) -> None:
        assert item_mean("FecalColi", [100, 10000]) == 1000
        assert item_mean("TP", ["0.1", "0.2"]) == Fraction(3, 20)
        assert item_mean("pH", ["7"]) == 7

    @pytest.mark.parametrize("values", [[], [0, 5]])
    def test_a_geometric_mean_needs_values_above_zero(self, values: list[int]) -> None:
        with pytest.raises(ValueError, match="above zero"):
            geometric_mean(values)

    def test_a_mean_of_nothing_is_refused(self) -> None:
        with pytest.raises(ValueError, match="no values"):
            ph_mean([])

    def test_a_period_with_too_few_results_has_no_mean_but_says_so(self) -> None:
        rule = PeriodRule("year", 12, 12)
        found = mean_over_period("TP", ["0.1"] * 11 + [Missing("frozen")], rule)
        assert found.value == Missing("11_of_at_least_12_results")
        assert found.missing == (Missing("frozen"),)
        assert mean_over_period("TP", ["0.1"] * 12, rule).value == Fraction(1, 10)

    def test_sections_are_averaged_item_by_item(self) -> None:
        sections = [{"TP": "0.1", "DO": Missing("lost")}, {"TP": "0.3", "DO": "6"}]
        assert mean_over_sections(sections) == {"TP": Fraction(1, 5), "DO": Fraction(6)}

    def test_a_point_with_more_samples_weighs_no_more(self) -> None:
        points, whole = lake_mean("TP", {"东": ["0.04", "0.06"], "西": ["0.07"]})
        assert (points["东"], whole) == (Fraction(1, 20), Fraction(3, 50))


class TestSharesAndBasins:
    def test_the_good_share_decides_before_the_inferior_one(self, bands: ShareBands) -> None:
        assert grade_by_share("77.8", "22.2", bands) is Grade.GOOD

    @pytest.mark.parametrize(
        ("good", "inferior", "grade"),
        [
            ("90", "10", Grade.EXCELLENT),
            ("89.99", "0", Grade.GOOD),
            ("75", "25", Grade.GOOD),
            ("74.99", "19.99", Grade.LIGHT),
            ("74.99", "20", Grade.MODERATE),
            ("50", "39.99", Grade.MODERATE),
            ("50", "40", Grade.HEAVY),
        ],
    )
    def test_both_sides_of_every_bound(
        self, bands: ShareBands, good: str, inferior: str, grade: Grade
    ) -> None:
        assert grade_by_share(good, inferior, bands) is grade

    @pytest.mark.parametrize(("good", "inferior"), [("-1", "0"), ("0", "-1"), ("80", "21")])
    def test_impossible_shares_are_refused(self, bands: ShareBands, good: str, inferior: str) -> None:
        with pytest.raises(ValueError, match="together at most 100"):
            grade_by_share(good, inferior, bands)

    def test_four_sections_are_not_judged_by_share(self, bands: ShareBands) -> None:
        assert basin_grade([0, 3, 0, 1, 0, 0], bands) == Missing("fewer_than_5_sections")
        assert basin_grade([0, 4, 0, 1, 0, 0], bands) is Grade.GOOD

    def test_six_counts_are_needed(self) -> None:
        with pytest.raises(ValueError, match="give six"):
            section_shares([1, 2, 3])

    @pytest.mark.parametrize(("part", "whole"), [("1", "0"), ("-1", "5"), ("6", "5")])
    def test_what_is_no_share_is_refused(self, part: str, whole: str) -> None:
        with pytest.raises(ValueError, match="not a share"):
            rate_percent(part, whole)

    @given(st.lists(st.integers(0, 30), min_size=6, max_size=6).filter(any))
    @settings(max_examples=50, deadline=None)
    def test_shares_add_up_to_the_whole(self, counts: list[int]) -> None:
        assert sum(section_shares(counts).by_class) == 100

    @given(st.lists(st.integers(0, 9), min_size=6, max_size=6).filter(lambda c: sum(c) > 5 and c[0] > 0))
    @settings(max_examples=50, deadline=None)
    def test_a_section_that_gets_worse_never_improves_the_basin(self, counts: list[int]) -> None:
        bands = ShareBands(Fraction(90), Fraction(75), Fraction(20), Fraction(40), 5)
        worse = [counts[0] - 1, *counts[1:5], counts[5] + 1]
        before, after = basin_grade(counts, bands), basin_grade(worse, bands)
        assert isinstance(before, Grade)
        assert isinstance(after, Grade)
        assert before <= after

    def test_main_pollutants_of_a_river_go_by_rate_then_by_the_table(self) -> None:
        found = river_main_pollutants({"TP": 3, "NH3N": 3, "CODCr": 4, "Hg": 0}, 10, ["CODCr", "NH3N", "TP"])
        assert [pollutant.item for pollutant in found] == ["CODCr", "NH3N", "TP"]


@pytest.fixture(scope="module")
def trophic() -> TrophicScale:
    rows = {
        "Chla": ("2.5", "1.086", "1"),
        "TP": ("9.436", "1.624", "0.7056"),
        "TN": ("5.453", "1.694", "0.6724"),
        "SD": ("5.118", "-1.94", "0.6889"),
        "CODMn": ("0.109", "2.661", "0.6889"),
    }
    items = tuple(TrophicItem(item, *(Fraction(text) for text in row)) for item, row in rows.items())
    return TrophicScale(items, (Fraction(30), Fraction(50), Fraction(60), Fraction(70)))


class TestTrophicState:
    def test_five_items_give_the_known_index(self, trophic: TrophicScale) -> None:
        values = {"Chla": "4.5", "TP": "0.022", "TN": "0.62", "SD": "2.1", "CODMn": "2.3"}
        found = trophic_state(values, trophic)
        assert str(round_places(found.index, 3)) == "36.413"
        assert (found.left_out, found.without_reference) == ((), False)

    def test_a_lake_without_chlorophyll_is_marked(self, trophic: TrophicScale) -> None:
        found = trophic_state({"TP": "0.05", "TN": "1.0", "SD": "1.0", "CODMn": "4.0"}, trophic)
        assert str(round_places(found.index, 3)) == "47.297"
        assert found.without_reference

    def test_clearer_water_has_a_smaller_index(self, trophic: TrophicScale) -> None:
        assert sub_index("3", trophic.item("SD")) < sub_index("1", trophic.item("SD"))

    @pytest.mark.parametrize("value", ["0", "-1"])
    def test_a_value_without_logarithm_is_refused(self, trophic: TrophicScale, value: str) -> None:
        with pytest.raises(ValueError, match="no logarithm"):
            sub_index(value, trophic.item("TP"))

    def test_no_item_and_a_strange_item_are_refused(self, trophic: TrophicScale) -> None:
        with pytest.raises(ValueError, match="no items"):
            trophic_level_index({}, trophic)
        with pytest.raises(KeyError, match="takes no part"):
            trophic_state({"DO": "5"}, trophic)


class TestComparison:
    BANDS = ChangeBands(Fraction(10), Fraction(20))

    @pytest.mark.parametrize(
        ("size", "better", "worse"),
        [
            ("10", Change.NO_CLEAR_CHANGE, Change.NO_CLEAR_CHANGE),
            ("10.01", Change.SOMEWHAT_BETTER, Change.SOMEWHAT_WORSE),
            ("20", Change.SOMEWHAT_BETTER, Change.SOMEWHAT_WORSE),
            ("20.01", Change.CLEARLY_BETTER, Change.CLEARLY_WORSE),
        ],
    )
    def test_both_sides_of_every_band(self, size: str, better: Change, worse: Change) -> None:
        assert change_of_shares(size, 0, self.BANDS).change is better
        assert change_of_shares(0, size, self.BANDS).change is worse
        assert change_of_shares(size, 0, self.BANDS).combined == Fraction(size)

    @pytest.mark.parametrize(
        ("before", "after", "change"),
        [
            (Grade.GOOD, Grade.GOOD, Change.NO_CLEAR_CHANGE),
            (Grade.LIGHT, Grade.GOOD, Change.SOMEWHAT_BETTER),
            (Grade.GOOD, Grade.LIGHT, Change.SOMEWHAT_WORSE),
            (Grade.HEAVY, Grade.LIGHT, Change.CLEARLY_BETTER),
            (Grade.EXCELLENT, Grade.LIGHT, Change.CLEARLY_WORSE),
        ],
    )
    def test_steps_of_the_grade(self, before: Grade, after: Grade, change: Change) -> None:
        assert change_of_grade(before, after) is change
        assert change.label == change.value


class TestCityIndex:
    @pytest.mark.parametrize(
        ("item", "value", "index"),
        [("pH", "7.6", "0.3"), ("pH", "6.4", "0.6"), ("DO", "8", "0.625"), ("TP", "0.06", "0.3")],
    )
    def test_index_of_one_item(self, scale: Scale, item: str, value: str, index: str) -> None:
        ladder = next(found for found in scale.ladders if found.item == item)
        assert item_index(value, ladder) == Fraction(index)

    @pytest.mark.parametrize(("row", "value"), [(1, "0"), (2, "-1")])
    def test_values_without_an_index_are_refused(self, scale: Scale, row: int, value: str) -> None:
        with pytest.raises(ValueError, match="no index"):
            item_index(value, scale.ladders[row])

    def test_a_missing_item_leaves_the_sum_out_and_says_which(self, scale: Scale) -> None:
        found = waters_index({"pH": "7", "DO": Missing("lost")}, scale.only(frozenset({"pH", "DO", "TP"})))
        assert found.value == Missing("no_mean_of_DO_TP")
        assert found.by_item == {"pH": 0}

    def test_rivers_alone_and_lakes_alone(self) -> None:
        assert city_index("4.5", 3, None, 0) == Fraction(9, 2)
        assert city_index(None, 0, "4.5", 2) == Fraction(9, 2)

    @pytest.mark.parametrize(
        "given", [(None, 0, None, 0), ("4", 0, "4", 2), ("4", 1, None, 2), ("4", -1, "4", 3)]
    )
    def test_an_index_needs_its_sections(self, given: tuple[str | None, int, str | None, int]) -> None:
        with pytest.raises(ValueError, match="needs"):
            city_index(*given)

    def test_a_change_needs_a_base(self) -> None:
        with pytest.raises(ValueError, match="above zero"):
            change_percent("4", "0")

    def test_a_city_without_an_index_has_no_rank_and_moves_no_other(self) -> None:
        assert index_ranks({"甲": "3", "乙": Missing("lost"), "丙": "2"}) == {
            "甲": 2,
            "乙": Missing("lost"),
            "丙": 1,
        }

    @given(st.permutations(["1.5", "2.5", "2.5", "3.5"]))
    @settings(max_examples=24, deadline=None)
    def test_the_order_of_cities_is_irrelevant(self, indices: list[str]) -> None:
        ranks = index_ranks({str(place): index for place, index in enumerate(indices)})
        assert {indices[int(city)]: rank for city, rank in ranks.items()} == {"1.5": 1, "2.5": 2, "3.5": 4}


class TestDrinkingSources:
    SCALE = SourceScale(
        (SourceLimit("Fe", "铁", Fraction(3, 10)), SourceLimit("Mn", "锰", Fraction(1, 10))), WaterClass.III
    )

    def test_a_limit_met_exactly_is_met(self) -> None:
        found = source_compliance(
            WaterClass.III, {"Fe": "0.3", "Mn": Missing("lost"), "TN": "2.4"}, self.SCALE
        )
        assert found.complied is True
        assert found.missing == {"Mn": Missing("lost")}
        assert found.aside == ("TN",)

    def test_one_item_above_its_limit_fails_the_source(self) -> None:
        found = source_compliance(WaterClass.II, {"Fe": "0.2", "Mn": "0.12"}, self.SCALE)
        assert found.complied is False
        assert [exceedance.label() for exceedance in found.exceedances] == ["锰(0.2)"]

    def test_a_class_worse_than_three_fails_the_source(self) -> None:
        assert source_compliance(WaterClass.IV, {}, self.SCALE).complied is False

    def test_an_unknown_class_leaves_compliance_open_unless_an_item_fails(self) -> None:
        unknown = Missing("no_judged_item_has_a_value")
        assert source_compliance(unknown, {"Fe": "0.1"}, self.SCALE).complied == unknown
        assert source_compliance(unknown, {"Fe": "0.4"}, self.SCALE).complied is False

    def test_a_month_without_compliance_takes_its_water_out(self) -> None:
        months = [Intake(Fraction(n), ok) for n, ok in ((100, True), (120, False), (80, True))]
        assert amount_rate(months) == 60

    def test_a_limit_of_zero_is_refused(self) -> None:
        with pytest.raises(ValueError, match="above zero"):
            SourceLimit("Fe", "铁", Fraction(0))

    def test_negative_water_is_refused(self) -> None:
        with pytest.raises(ValueError, match="negative amount"):
            amount_rate([Intake(Fraction(-1), True)])

    def test_one_failed_month_fails_the_year_and_a_lost_one_leaves_it_open(self) -> None:
        assert complied_all_year([True] * 11 + [False]) is False
        assert complied_all_year([True] * 11 + [Missing("lost")]) == Missing("11_of_12_months")
        assert complied_all_year([True] * 12) is True


class TestOxygenSaturation:
    def test_it_rises_with_temperature(self) -> None:
        assert oxygen_saturation_percent("9", "25") > oxygen_saturation_percent("9", "20.4") == 100

    @pytest.mark.parametrize(("oxygen", "temperature"), [("-1", "20"), ("9", "41"), ("9", "-1")])
    def test_it_refuses_what_the_formula_does_not_cover(self, oxygen: str, temperature: str) -> None:
        with pytest.raises(ValueError, match="outside the formula"):
            oxygen_saturation_percent(oxygen, temperature)
