"""A verdict rests on exactly what it was compared with, and is refused where that is not confirmed."""

from datetime import date
from fractions import Fraction

import pytest

from qingshan.evaluation.ecology_rules import EcologyRules, Index
from qingshan.evaluation.noise_rules import NoiseRules, Source
from qingshan.evaluation.risk_rules import RiskRules
from qingshan.evaluation.soil_rules import SoilRules
from qingshan.kernel.basis import Missing
from qingshan.science.ecology.limitation import Limitation
from qingshan.science.noise.limits import Period
from qingshan.science.risk.enterprise import Medium, Substance, process_score, quantity_ratio
from qingshan.science.risk.events import EventGrade
from qingshan.science.soil.farmland import FarmlandClass, Land
from qingshan.standards.public import BeforeFirstEdition, NoSuchValue, UnverifiedValue

_EI = {"biology": 80, "vegetation": 85, "water": 60, "land_stress": 10, "pollution_load": 5}
_DAY = date(2026, 6, 1)


class TestNoise:
    def test_the_construction_standard_changes_with_the_year(self):
        before, after = (NoiseRules(day) for day in (date(2025, 12, 31), date(2026, 1, 1)))
        for rules, edition in ((before, "GB 12523-2011"), (after, "GB 12523-2025")):
            found = rules.judge_boundary(Source.CONSTRUCTION, "", Period.DAY, "70.1")
            assert (found.attained, found.limit, found.basis.editions) == (False, 70, (edition,))

    def test_a_day_before_the_first_edition_is_refused(self):
        with pytest.raises(BeforeFirstEdition):
            NoiseRules(date(2008, 9, 30)).judge_zone("1", Period.DAY, 50)

    def test_what_nobody_confirmed_decides_only_when_allowed_and_then_says_so(self):
        rules, allowed = NoiseRules(_DAY), NoiseRules(_DAY, allow_unverified=True)
        with pytest.raises(UnverifiedValue, match="rooms"):
            rules.judge_room(Source.INDUSTRY, "A", "1", Period.NIGHT, 29)
        with pytest.raises(UnverifiedValue, match="background"):
            rules.background_correction()
        with pytest.raises(UnverifiedValue, match="kind=road, period=night"):
            rules.grade_scale("road", Period.NIGHT)
        with pytest.raises(UnverifiedValue, match="railway_existing"):
            rules.judge_existing_railway(Period.DAY, 70)
        assert not allowed.judge_existing_railway(Period.NIGHT, "55.1").attained
        found = allowed.judge_room(Source.INDUSTRY, "A", "1", Period.NIGHT, 29)
        assert found.attained
        assert "rooms" in found.basis.unverified[0]

    def test_the_older_construction_standard_measures_indoors_only_when_allowed(self):
        day = date(2020, 1, 1)
        with pytest.raises(UnverifiedValue):
            NoiseRules(day).judge_boundary(Source.CONSTRUCTION, "", Period.DAY, 60, indoors=True)
        allowed = NoiseRules(day, allow_unverified=True)
        assert allowed.judge_boundary(Source.CONSTRUCTION, "", Period.DAY, 60, indoors=True).attained

    def test_a_zone_or_a_part_that_there_is_not_is_refused(self):
        with pytest.raises(NoSuchValue):
            NoiseRules(_DAY).judge_zone("5", Period.DAY, 50)
        with pytest.raises(ValueError, match="no part"):
            NoiseRules(_DAY, {"sea": "GB 3096-2008"})


class TestSoil:
    def test_the_list_of_deciding_items_is_asked_only_where_it_decides(self):
        rules = SoilRules(_DAY)
        found = rules.judge_farmland({"Cd": "0.31", "Cu": 60}, 6, Land.OTHER)
        assert found.farmland_class is FarmlandClass.SAFE_USE
        assert found.basis.unverified == ()
        with pytest.raises(UnverifiedValue, match="class_items"):
            rules.judge_farmland({"Cd": "0.1", "Cu": 60}, 6, Land.OTHER)

    def test_rotation_rests_on_a_rule_that_nobody_confirmed(self):
        with pytest.raises(UnverifiedValue, match="rotation"):
            SoilRules(_DAY).judge_farmland({"Cd": "0.1"}, 6, Land.ROTATION)

    def test_without_values_nothing_is_compared_and_nothing_refused(self):
        found = SoilRules(_DAY).judge_farmland({"HCH": Missing("blank")}, 6, Land.OTHER)
        assert found.basis.editions == ()
        assert SoilRules(_DAY).judge_construction({}, 1).basis.editions == ()

    def test_there_are_two_classes_of_land(self):
        for judge in (
            lambda: SoilRules(_DAY).judge_construction({}, 3),
            lambda: SoilRules(_DAY).construction_scale(0),
        ):
            with pytest.raises(ValueError, match="give 1 or 2"):
                judge()

    def test_a_background_stands_in_the_clauses_where_it_explained_something(self):
        plain = SoilRules(_DAY).judge_construction({"砷": 21}, 1)
        explained = SoilRules(_DAY).judge_construction({"砷": 21}, 1, {"砷": 30})
        assert plain.basis.clauses == ("表1",)
        assert "表1、表2 注" in explained.basis.clauses


class TestEcology:
    def test_rounding_and_the_cap_are_asked_only_where_they_decide(self):
        rules = EcologyRules(_DAY)
        assert rules.judge_ei(_EI).basis.unverified == ()
        with pytest.raises(UnverifiedValue, match="say=decimals"):  # 74.95 is 优 only when rounded
            rules.judge_ei(_EI | {"biology": 62})
        with pytest.raises(UnverifiedValue, match="say=greatest_part"):
            rules.judge_ei(_EI | {"biology": 101})

    def test_an_event_by_name_rests_on_an_unconfirmed_rule_the_limitation_itself_does_not(self):
        rules = EcologyRules(_DAY)
        found = rules.judge_ei(_EI, [Limitation.ONE_GRADE_DOWN])
        assert (found.value, found.grade, found.before_limitation) == (
            Fraction("74.9"),
            "良",
            Fraction("81.2"),
        )
        with pytest.raises(UnverifiedValue, match="triggers"):
            rules.judge_ei(_EI, ["national_notice"])

    def test_a_missing_part_is_no_index_and_refuses_nobody(self):
        found = EcologyRules(_DAY).judge_ei(_EI | {"biology": Missing("blank")})
        assert found.value == found.grade == Missing("blank")

    def test_a_published_quality_index_may_be_graded_a_computed_one_not_yet(self):
        rules = EcologyRules(_DAY)
        assert rules.grade(Index.EQI, "59.6").grade == "二类"
        with pytest.raises(UnverifiedValue, match="weights"):
            rules.judge_eqi(dict.fromkeys(("pattern", "function", "biodiversity", "stress"), 50))
        with pytest.raises(UnverifiedValue, match="changes"):
            rules.change(Index.EQI, 50, 51)
        with pytest.raises(UnverifiedValue, match="vegetation"):
            rules.coefficient("vegetation")

    def test_indices_are_printed_as_they_are_published(self):
        rules = EcologyRules(_DAY)
        assert [str(rules.printed(index, Fraction("59.655"))) for index in Index] == ["59.7", "59.66"]


class TestRisk:
    def test_the_matrix_decides_only_when_allowed(self):
        with pytest.raises(UnverifiedValue, match="matrix"):
            RiskRules(_DAY).judge_medium(Medium.AIR, 12, 30, "E3")
        found = RiskRules(_DAY, allow_unverified=True).judge_medium(Medium.AIR, 12, 30, "E3")
        assert found.label == "较大-大气(Q2-M2-E3)"
        assert any("matrix" in value for value in found.basis.unverified)

    def test_a_site_of_two_lines_from_its_substances_and_processes(self):
        rules = RiskRules(_DAY, allow_unverified=True)
        points = process_score([rules.process_points("listed_hazardous")] * 4, rules.score_cap("process"))
        ratio = quantity_ratio([Substance(30, 10), Substance(5, 2)])
        found = rules.judge_medium(Medium.WATER, ratio, points.counted + 20, "E1")
        assert found.label == "重大-水(Q1-M3-E1)"

    def test_a_fact_whose_grade_is_not_confirmed_refuses_the_event_it_was_told_of(self):
        rules = RiskRules(_DAY)
        assert rules.judge_event({"deaths": 3}, {}).grade is EventGrade.III
        with pytest.raises(UnverifiedValue, match="township"):
            rules.judge_event({"deaths": 30}, {"water_source_cut": "township"})

    def test_the_edition_of_the_day_sets_the_levels_of_a_warning(self):
        old, new = (RiskRules(day) for day in (date(2023, 12, 31), date(2024, 1, 1)))
        assert old.warning_rule().lift_after_hours is None
        assert new.warning_rule().lift_after_hours == 36
        assert old.below_yellow() == ()
        assert len(new.below_yellow()) == 2
