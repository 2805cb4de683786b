"""Months, quarters and years of sections, and the rivers, basins and provinces they belong to."""

import csv
from datetime import date
from fractions import Fraction

import pytest

from qingshan.cli import main
from qingshan.evaluation.water import WaterRun
from qingshan.evaluation.water_periods import Period, evaluate_groups, evaluate_sections
from qingshan.evaluation.water_profile import read_water_profile
from qingshan.evaluation.water_rules import Water
from qingshan.kernel.basis import Missing
from qingshan.kernel.rounding import round_places
from qingshan.science.water.classes import Grade, WaterClass

HEADING = "省份,流域,断面名称,监测时间,水质类别,pH,溶解氧,高锰酸盐指数,氨氮,总磷,站点情况"
PROFILE = read_water_profile("national-water")


@pytest.fixture
def sections_of(tmp_path):
    def evaluate(*rows, period=Period.MONTH, waters=None):
        path = tmp_path / "t.csv"
        path.write_text("\n".join([HEADING, *rows, ""]), encoding="utf-8")
        known = {("粤", "珠江", name): kind for name, kind in (waters or {}).items()}
        run = WaterRun(path, PROFILE, known)
        return list(evaluate_sections(run.verdicts(), PROFILE, period))

    return evaluate


def row(values, name="甲", time="2021-04-01 08:00"):
    return f"粤,珠江,{name},{time},,{values},正常"


class TestSections:
    def test_a_month_is_the_mean_of_its_samples_and_repeated_rows_count_once(self, sections_of):
        rows = [row("7,8,2,0.9,0.1"), row("7,8,2,1.5,0.1", time="2021-04-30 08:00")]
        (found,) = sections_of(*rows, rows[1])
        assert (found.period, found.samples, found.means["NH3N"]) == ("2021-04", 2, Fraction(6, 5))
        assert found.verdict.water_class is WaterClass.IV
        assert [pollutant.label() for pollutant in found.pollutants] == ["氨氮(0.2)"]

    def test_samples_before_the_first_edition_or_of_no_section_take_no_part(self, sections_of):
        (found,) = sections_of(
            row("7,8,2,0.9,0.1"), row("7,8,2,0.9,0.1", time="1999-04-01"), row("7,8,2,9,0.1", name="")
        )
        assert (found.period, found.samples) == ("2021-04", 1)

    def test_the_mean_of_acidity_goes_through_the_hydrogen_ion(self, sections_of):
        (found,) = sections_of(row("6,8,2,0.1,0.1"), row("8,8,2,0.1,0.1", time="2021-04-02"))
        assert float(found.means["pH"]) == pytest.approx(6.2967, abs=1e-4)
        assert "环办监测函〔2020〕82号" in found.basis.editions

    def test_a_non_detect_counts_half_in_a_mean(self, sections_of):
        (found,) = sections_of(row("7,8,2,0.2L,0.1"), row("7,8,2,0.3,0.1", time="2021-04-02"))
        assert found.means["NH3N"] == Fraction(1, 5)

    def test_a_quarter_is_the_mean_of_months_however_many_samples_each_has(self, sections_of):
        april = [row("7,8,2,0.2,0.1", time=f"2021-04-0{day}") for day in (1, 2, 3)]
        (found,) = sections_of(*april, row("7,8,2,0.8,0.1", time="2021-05-01"), period=Period.QUARTER)
        assert (found.period, found.months, found.means["NH3N"]) == ("2021-Q2", 2, Fraction(1, 2))
        assert any("periods[period=quarter" in text for text in found.basis.unverified)

    def test_a_year_with_eleven_months_has_no_class_and_says_so(self, sections_of):
        months = [row("7,8,2,0.1,0.1", time=f"2021-{month:02}-01") for month in range(1, 12)]
        (found,) = sections_of(*months, period=Period.YEAR)
        assert found.verdict.water_class == Missing("no_judged_item_has_a_value")
        assert found.verdict.missing["TP"] == Missing("11_of_at_least_12_results")
        (whole,) = sections_of(*months, row("7,8,2,0.1,0.1", time="2021-12-01"), period=Period.YEAR)
        assert whole.verdict.water_class is WaterClass.II

    def test_an_item_without_a_value_all_month_is_missing(self, sections_of):
        (found,) = sections_of(row("7,8,2,0.1,*"))
        assert found.means["TP"] == Missing("0_of_at_least_1_results")

    def test_months_before_the_rule_on_means_still_have_a_class(self, sections_of):
        (found,) = sections_of(row("7,8,2,0.1,0.1", time="2019-04-01"))
        assert found.verdict.water_class is WaterClass.II
        assert "环办监测函〔2020〕82号" not in found.basis.editions


class TestLakes:
    HEADING = "断面名称,时间,水体类型,叶绿素a,总磷,总氮,透明度,高锰酸盐指数"

    def _evaluate(self, tmp_path, *rows, heading=HEADING, profile="water-items"):
        path = tmp_path / "t.csv"
        path.write_text("\n".join([heading, *rows, ""]), encoding="utf-8")
        read = read_water_profile(profile)
        run = WaterRun(path, read, {("粤", "珠江", "湖"): Water.LAKE})
        return list(evaluate_sections(run.verdicts(), read, Period.MONTH))

    def test_a_lake_has_a_trophic_state_from_the_means(self, tmp_path):
        (found,) = self._evaluate(tmp_path, "湖,2021-04-01,湖库,4.5,0.022,0.62,2.1,2.3")
        assert (str(round_places(found.trophic.index, 3)), found.trophic.grade.label) == ("36.413", "中营养")
        assert "二（三）2；总站生字〔2001〕090号" in found.basis.clauses

    def test_a_river_has_none_and_a_lake_without_any_item_has_none(self, tmp_path):
        rows = ["河,2021-04-01,河流,4.5,0.02,0.6,2,2", "湖,2021-04-01,湖库,*,*,*,*,*"]
        assert [found.trophic for found in self._evaluate(tmp_path, *rows)] == [None, None]

    def test_chlorophyll_of_the_national_feed_is_in_another_unit(self, tmp_path):
        line = row("7,8,2.3,0.1,0.022", "湖") + ",0.0045"
        heading = HEADING + ",叶绿素a"
        (found,) = self._evaluate(tmp_path, line, heading=heading, profile="national-water")
        assert str(round_places(found.trophic.sub_indices["Chla"], 3)) == "41.334"
        assert found.trophic.left_out == ("TN", "SD")


class TestGroups:
    def _groups(self, sections):
        found = list(evaluate_groups(sections, PROFILE, date(2021, 4, 30)))
        assert [group.group for group in found] == ["basin", "province"]
        return found[0]

    def test_five_sections_are_graded_by_share_with_pollutants_by_rate(self, sections_of):
        good = [row("7,8,2,0.1,0.1", name) for name in "甲乙丙"]
        bad = [row("7,8,2,9,0.1", "丁"), row("7,8,2,1.2,0.25", "戊")]
        found = self._groups(sections_of(*good, *bad))
        assert (found.sections, found.by_means, found.grade) == (5, False, Grade.MODERATE)
        assert found.pollutants == ("氨氮(40.0%)", "总磷(20.0%)")

    def test_fewer_sections_are_graded_by_means_and_name_their_own_pollutants(self, sections_of):
        found = self._groups(sections_of(row("7,8,2,0.1,0.1"), row("7,8,2,1.7,0.1", "乙")))
        assert (found.by_means, found.grade) == (True, Grade.GOOD)
        assert found.pollutants == ("乙:氨氮(0.7)",)

    def test_a_handful_of_rivers_and_lakes_together_is_not_one_water(self, sections_of):
        rows = [row("7,8,2,0.1,0.03"), row("7,8,2,0.1,0.03", "乙")]
        found = self._groups(sections_of(*rows, waters={"甲": Water.LAKE, "乙": Water.RIVER}))
        assert found.grade == Missing("rivers_and_lakes_together")

    def test_sections_without_a_class_are_counted_apart(self, sections_of):
        found = self._groups(sections_of(row("--,--,--,--,--")))
        assert (found.sections, found.not_judged, found.shares) == (0, 1, None)
        assert found.grade == Missing("no_section_has_a_class")


class TestCommand:
    def test_periods_and_groups_go_to_files(self, tmp_path):
        table, results, groups = (tmp_path / name for name in ("t.csv", "r.csv", "g.csv"))
        rows = [row("7,8,2,0.9,0.1"), row("7,8,2,1.7,0.1", "乙"), row("--,--,--,--,--", "丙")]
        table.write_text("\n".join([HEADING, *rows, ""]), encoding="utf-8")
        words = ["--period", "month", "--results", str(results), "--groups", str(groups)]
        assert main(["evaluate", "surface-water", str(table), *words]) == 0
        lines = list(csv.DictReader(results.read_text(encoding="utf-8-sig").splitlines()))
        assert [line["水质类别"] for line in lines] == ["III", "V", ""]
        basin, province = csv.DictReader(groups.read_text(encoding="utf-8-sig").splitlines())
        assert (basin["评价方式"], basin["水质状况"], province["断面数"]) == ("均值", "轻度污染", "2")

    def test_a_period_without_files_still_prints_the_summary(self, tmp_path, capsys):
        table = tmp_path / "t.csv"
        table.write_text("\n".join([HEADING, row("7,8,2,0.9,0.1"), ""]), encoding="utf-8")
        assert main(["evaluate", "surface-water", str(table), "--period", "year"]) == 0
        assert "rows\t1" in capsys.readouterr().out
