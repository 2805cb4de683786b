"""A table of surface water from the file to the verdicts, with everything that can be wrong in it."""

import csv
import gzip
import json
from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qingshan.cli import main
from qingshan.evaluation.problems import Problems
from qingshan.evaluation.sample_times import SampleTime, read_time
from qingshan.evaluation.tables import BadTable
from qingshan.evaluation.water import WaterRun
from qingshan.evaluation.water_profile import BadProfile, read_water_profile
from qingshan.evaluation.water_rules import Water, WaterRules
from qingshan.evaluation.water_samples import read_sections
from qingshan.kernel.basis import Missing
from qingshan.science.water.classes import WaterClass
from qingshan.science.water.readings import NonDetects
from qingshan.standards.public import BeforeFirstEdition, NoSuchValue

HEADING = "省份,流域,断面名称,监测时间,水质类别,pH,溶解氧,高锰酸盐指数,氨氮,总磷,站点情况"


@pytest.fixture
def table(tmp_path):
    def write(*rows, heading=HEADING, name="t.csv"):
        path = tmp_path / name
        path.write_text("\n".join([heading, *rows, ""]), encoding="utf-8")
        return path

    return write


def row(values="7,8,3,0.1,0.05", name="甲", time="2021-04-01 08:00", published="Ⅱ", status="正常"):
    return f"广东省,珠江流域,{name},{time},{published},{values},{status}"


def evaluate(path, sections=None, profile="national-water", year=None):
    run = WaterRun(path, read_water_profile(profile), sections or {}, year)
    return list(run.verdicts()), run


class TestVerdicts:
    def test_a_sample_has_class_items_pollutants_and_basis(self, table):
        (verdict,), run = evaluate(table(row("7,8,6.3,0.1,0.25")))
        assert verdict.water_class is WaterClass.IV
        assert verdict.deciding == ("CODMn", "TP")
        assert [found.label() for found in verdict.pollutants] == ["总磷(0.2)", "高锰酸盐指数(0.05)"]
        assert verdict.basis.editions == ("GB 3838-2002", "环办〔2011〕22号")
        assert run.summary()["percent_I_III"] == "0.0"

    def test_a_lake_has_limits_of_its_own(self, table):
        path = table(row(), row(name="乙"))
        sections = {("广东省", "珠江流域", "甲"): Water.LAKE, ("广东省", "珠江流域", "乙"): None}
        (lake, river), run = evaluate(path, sections)
        assert (lake.water_class, lake.water_is_told) == (WaterClass.III, True)
        assert (river.water_class, river.water_is_told) == (WaterClass.II, False)
        assert run.summary()["kind_of_water_assumed"] == 1

    def test_a_non_detect_counts_half_and_adds_its_rule_to_the_basis(self, table):
        (verdict,), _ = evaluate(table(row("7,8,3,0.2L,0.02")))
        assert verdict.water_class is WaterClass.II  # 3 mg/L of permanganate; ammonia is 0.1
        assert "环办监测函〔2020〕82号" in verdict.basis.editions

    def test_items_without_a_value_are_named_with_their_reason(self, table):
        (verdict,), run = evaluate(table(row("7,8,0.00,--,*")))
        assert verdict.water_class is WaterClass.I
        assert verdict.missing == {
            "CODMn": "impossible_zero",
            "NH3N": "no_value_at_this_time",
            "TP": "not_measured_here",
        }
        assert run.summary()["missing_values"]["TP"] == {"not_measured_here": 1}

    def test_a_row_without_any_value_is_not_judged(self, table):
        (verdict,), run = evaluate(table(row("--,--,--,--,--")))
        assert verdict.water_class == Missing("no_judged_item_has_a_value")
        assert run.summary()["not_judged"] == {"no_judged_item_has_a_value": 1}
        assert run.summary()["percent_I_III"] is None

    def test_a_day_before_the_first_edition_is_not_judged(self, table):
        (verdict,), _ = evaluate(table(row(time="2002-05-31 08:00")))
        assert verdict.water_class == Missing("before_the_first_edition")

    def test_old_data_are_judged_when_the_profile_names_the_edition(self, table, tmp_path):
        own = tmp_path / "own.yaml"
        own.write_text(
            "subject: surface-water\ntitle: 旧资料\nplace: {section: 断面名称}\ntime: [监测时间]\n"
            "judged: [TP]\ncolumns: {TP: 总磷}\neditions: {method: 环办〔2011〕22号}\n",
            encoding="utf-8",
        )
        (verdict,), _ = evaluate(table(row(time="2007-01-08")), profile=str(own))
        assert verdict.water_class is WaterClass.II

    def test_the_order_of_rows_changes_no_class(self, table):
        rows = [row("7,8,6.3,0.1,0.25", "甲"), row("9.1,8,3,0.1,0.05", "乙"), row("7,2,3,0.1,0.05", "丙")]
        forward, _ = evaluate(table(*rows))
        backward, _ = evaluate(table(*rows[::-1]))
        assert {v.place: v.water_class for v in forward} == {v.place: v.water_class for v in backward}

    def test_columns_are_known_by_item_name_or_code(self, table):
        path = table("甲,2021-04-01,0.3,1.2,湖库", heading="断面名称,时间,总磷,w21003,水体类型")
        (verdict,), _ = evaluate(path, profile="water-items")
        assert (verdict.water, verdict.water_class) == (Water.LAKE, WaterClass.INFERIOR)
        assert [found.item for found in verdict.pollutants] == ["TP", "NH3N"]


class TestBadInput:
    @pytest.mark.parametrize(
        ("values", "field", "found", "reason"),
        [
            ("7,8,-3,0.1,0.05", "高锰酸盐指数", "-3", "negative"),
            ("7,8,3,abc,0.05", "氨氮", "abc", "not_a_number"),
            ("15,8,3,0.1,0.05", "pH", "15", "outside_the_possible"),
            ("7,8,3,0.1,9000", "总磷", "9000", "outside_the_possible"),
            ("7,8,3,0.1,0.0500000001", "总磷", "0.0500000001", "too_many_decimals"),
        ],
    )
    def test_damage_is_reported_by_row_and_field_and_not_used(self, table, values, field, found, reason):
        verdicts, run = evaluate(table(row(name="乙"), row(values)))
        (problem,) = run.problems.kept
        assert (problem.row, problem.field, problem.found, problem.reason) == (3, field, found, reason)
        assert reason in verdicts[1].missing.values()

    def test_a_row_without_a_section_is_reported_and_not_judged(self, table):
        (nobody, somebody), run = evaluate(table(row(name=" "), row()))
        assert (nobody.water_class, nobody.is_outside) == (Missing("no_section"), True)
        assert not somebody.is_outside
        assert [(one.row, one.field, one.reason) for one in run.problems.kept] == [
            (2, "断面名称", "no_section")
        ]

    def test_an_unknown_kind_of_water_is_reported_and_the_class_marked_as_assumed(self, table):
        heading = "断面名称,时间,总磷,水体类型"
        path = table("甲,2021-04-01,0.3,海", "乙,2021-04-01,0.3,", heading=heading)
        verdicts, run = evaluate(path, profile="water-items")
        assert [verdict.water_is_told for verdict in verdicts] == [False, False]
        assert [(one.row, one.found, one.reason) for one in run.problems.kept] == [
            (2, "海", "unknown_kind_of_water")
        ]

    def test_a_section_at_one_time_twice_is_reported_and_counts_once(self, table):
        verdicts, run = evaluate(table(row(), row(), row("7,8,3,0.1,0.3")))
        assert [verdict.same_as_row for verdict in verdicts] == [None, 2, 2]
        assert run.problems.counts == {"duplicate_time": 1, "duplicate_time_with_other_values": 1}
        assert run.summary()["judged"] == 1

    def test_a_time_without_a_year_is_reported_unless_somebody_says_the_year(self, table):
        path = table(row(time="04-01 08:00"))
        (verdict,), run = evaluate(path)
        assert verdict.water_class == Missing("time_without_year")
        assert run.problems.counts == {"time_without_year": 1}
        (verdict,), run = evaluate(path, year=2021)
        assert verdict.water_class is WaterClass.II
        assert run.summary()["year_concluded"] == 1

    def test_a_blank_time_is_a_gap_and_no_problem(self, table):
        (verdict,), run = evaluate(table(row(time="")))
        assert verdict.water_class == Missing("no_time")
        assert run.problems.total == 0

    def test_unknown_words_and_columns_are_reported(self, table):
        path = table(row(published="VI", status="在修") + ",5", heading=HEADING + ",w99999")
        _, run = evaluate(path)
        assert run.problems.counts == {"unknown_column": 1, "unknown_class": 1, "unknown_status": 1}

    def test_only_the_first_problems_are_kept_but_all_are_counted(self):
        problems = Problems(keep=2)
        for n in range(5):
            problems.add(n, "总磷", "x", "not_a_number")
        assert (len(problems.kept), problems.total) == (2, 5)

    @pytest.mark.parametrize(
        ("heading", "words"),
        [
            ("断面名称,监测时间,总磷", "part of the name"),
            ("省份,流域,断面名称,总磷", "time columns"),
            ("省份,流域,断面名称,监测时间", "judged items"),
        ],
    )
    def test_a_table_without_a_needed_column_is_refused(self, table, heading, words):
        path = table(",".join("x" for _ in heading.split(",")), heading=heading)
        with pytest.raises((BadTable, BadProfile), match=words):
            evaluate(path)


class TestTimes:
    @pytest.mark.parametrize(
        "text", ["2021-04-01T08:05:00+08:00", "2021-4-1 8:05", "2021/04/01 08:05:00", "2021年4月1日 8:05"]
    )
    def test_every_writing_of_a_full_time_is_read(self, text):
        assert read_time(text) == SampleTime(datetime(2021, 4, 1, 8, 5))  # noqa: DTZ001 - Beijing time

    def test_twenty_four_hours_is_the_midnight_that_ends_the_day(self):
        assert read_time("2021-02-28 24:00").at == datetime(2021, 3, 1)  # noqa: DTZ001 - Beijing time
        assert read_time("2021-02-28 24:01") == read_time("9999-12-31 24:00") == Missing("not_a_time")

    def test_the_day_of_fetching_settles_the_year(self):
        assert read_time("01-02 08:05", date(2021, 1, 2)).at.year == 2021
        assert read_time("12-31 08:05", date(2021, 1, 2)).at.year == 2020

    @pytest.mark.parametrize(
        ("text", "reason"),
        [
            ("", "blank"),
            ("--", "blank"),
            ("04-01", "time_without_year"),
            ("2021-02-30", "not_a_time"),
            ("yesterday", "not_a_time"),
            ("2021-04-01T08:00:00Z", "time_in_another_zone"),
        ],
    )
    def test_what_is_no_time_says_why(self, text, reason):
        assert read_time(text) == Missing(reason)

    @given(
        st.text(max_size=20)
        | st.from_regex(r"\d{1,4}[-/年]\d{1,2}[-/月 ]\d{1,2}( \d{1,2}:\d{2})?", fullmatch=True)
    )
    @settings(max_examples=200, deadline=None)
    def test_any_text_is_a_time_or_says_why_not(self, text):
        found = read_time(text, date(2021, 3, 1))
        assert isinstance(found, SampleTime) or found.reason

    def test_a_leap_day_that_the_year_does_not_have_is_no_time(self):
        assert read_time("02-29 08:00", date(2021, 3, 1)) == Missing("not_a_time")


class TestProfiles:
    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("[]", "subject"),
            ("subject: air", "subject"),
            ("subject: surface-water\ncolour: red", "unknown keys"),
            ("subject: surface-water\neditions: {limit: x}", "editions of"),
            ("subject: surface-water\ntitle: t\nplace: {a: b}\ntime: 监测时间\njudged: []", "not a list"),
            ("subject: surface-water\ntitle: t", "place"),
            ("a: [", "own.yaml"),
        ],
    )
    def test_a_file_of_another_shape_is_refused(self, tmp_path, text, words):
        path = tmp_path / "own.yaml"
        path.write_text(text, encoding="utf-8")
        with pytest.raises(BadProfile, match=words):
            read_water_profile(str(path))

    def test_an_unknown_name_lists_the_known_ones(self):
        with pytest.raises(BadProfile, match="national-water, water-items"):
            read_water_profile("nobody")

    def test_two_columns_for_one_item_are_refused(self, table):
        with pytest.raises(BadProfile, match="both hold TP"):
            evaluate(table(heading="断面名称,时间,总磷,TP"), profile="water-items")


class TestSections:
    def test_the_list_is_read_and_the_unknown_stay_unknown(self, table):
        path = table("a,b,甲,湖库", "a,b,乙,不定", heading="省份,流域,断面名称,水体类型")
        found = read_sections(path, read_water_profile("national-water"))
        assert found == {("a", "b", "甲"): Water.LAKE, ("a", "b", "乙"): None}

    @pytest.mark.parametrize(
        ("heading", "rows", "words"),
        [
            ("省份,流域,断面名称", ["a,b,甲"], "lacks column"),
            ("断面名称,水体类型", ["甲,湖库"], "lacks column"),
            ("省份,流域,断面名称,水体类型", ["a,b,甲,湖库", "a,b,甲,河流"], "two kinds"),
        ],
    )
    def test_a_list_that_cannot_tell_is_refused(self, table, heading, rows, words):
        with pytest.raises(BadTable, match=words):
            read_sections(table(*rows, heading=heading), read_water_profile("national-water"))


class TestRules:
    def test_the_day_of_the_data_chooses_the_edition(self):
        rules = WaterRules(date(2011, 3, 8))
        assert rules.limits.code == "GB 3838-2002"
        with pytest.raises(BeforeFirstEdition):
            _ = rules.method

    def test_a_part_that_there_is_not_is_refused(self):
        with pytest.raises(ValueError, match="play no part"):
            WaterRules(None, {"colour": "x"})

    def test_an_item_outside_the_class_is_refused(self):
        with pytest.raises(NoSuchValue, match="TN"):
            WaterRules(None).scale(Water.LAKE, ["TN"])

    def test_total_nitrogen_has_limits_for_lakes_only(self):
        assert WaterRules(None).ladder("TN", Water.LAKE).limits[2] == 1
        with pytest.raises(NoSuchValue, match="no limits of TN for a river"):
            WaterRules(None).ladder("TN", Water.RIVER)

    def test_periods_and_sources_come_with_what_is_not_verified(self):
        rule, basis = WaterRules(None).period("year")
        assert (rule.fewest, rule.expected) == (12, 12)
        assert any("periods" in text for text in basis.unverified)
        assert "CODCr" not in WaterRules(None).source_items()
        assert WaterRules(None).critical_basis(14).unverified
        assert not WaterRules(None).critical_basis(5).unverified

    def test_a_load_counts_nothing_below_the_limit(self):
        assert WaterRules(None).non_detects("load") is NonDetects.ZERO


class TestCommand:
    def test_results_problems_and_summary_go_to_files(self, table, tmp_path, capsys):
        path = table(row("7,8,6.3,0.1,0.25"), row("7,8,-3,0.1,0.05", "=乙"))
        out = [tmp_path / name for name in ("r.csv.gz", "p.csv", "s.json")]
        words = ["--results", str(out[0]), "--problems", str(out[1]), "--summary", str(out[2])]
        assert main(["evaluate", "surface-water", str(path), *words]) == 0
        assert "negative" in capsys.readouterr().err
        with gzip.open(out[0], "rt", encoding="utf-8-sig") as file:
            first, second = csv.DictReader(file)
        assert (first["水质类别"], first["主要污染指标"]) == ("IV", "总磷(0.2)、高锰酸盐指数(0.05)")
        assert (second["断面名称"], second["缺项"]) == ("'=乙", "CODMn:negative")
        assert "高锰酸盐指数,-3,negative" in out[1].read_text(encoding="utf-8-sig")
        assert json.loads(out[2].read_text(encoding="utf-8"))["problems"] == {"negative": 1}
        assert not list(tmp_path.glob("*.part"))

    def test_strict_fails_on_bad_input_and_json_is_json(self, table, capsys):
        path = table(row("7,8,-3,0.1,0.05"))
        assert main(["evaluate", "surface-water", str(path), "--strict", "--format", "json"]) == 1
        assert json.loads(capsys.readouterr().out)["rows"] == 1

    def test_a_file_that_cannot_be_read_is_a_wrong_call(self, tmp_path, capsys):
        assert main(["evaluate", "surface-water", str(tmp_path / "no.csv")]) == 2
        assert "no such file" in capsys.readouterr().err

    def test_many_problems_are_shown_in_part(self, table, capsys):
        path = table(*(row("7,8,-3,0.1,0.05", str(n)) for n in range(25)))
        assert main(["evaluate", "surface-water", str(path)]) == 0
        assert "25 problems in all" in capsys.readouterr().err
