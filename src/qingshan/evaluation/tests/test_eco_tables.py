"""Tables of noise, soil, ecology and risk through their commands: results, bad input, refusals."""

import csv
import json
from datetime import date

import pytest

from qingshan.cli import main
from qingshan.evaluation.row_profiles import BadProfile, read_row_profile, row_profiles
from qingshan.evaluation.row_tables import Settings
from qingshan.evaluation.soil import FarmlandSoil


class Ran:
    """What a command wrote: exit status, rows of results as mappings, problems, summary."""

    def __init__(self, folder, subject, profile, text, *options):
        table = folder / "table.csv"
        table.write_text(text, encoding="utf-8")
        files = {name: folder / f"{name}.out" for name in ("results", "problems", "summary")}
        files = {
            name: path.with_suffix(".json" if name == "summary" else ".csv") for name, path in files.items()
        }
        wanted = [word for name, path in files.items() for word in (f"--{name}", str(path))]
        self.status = main(["evaluate", subject, str(table), "--profile", profile, *wanted, *options])
        self.rows = _rows(files["results"])
        self.problems = {
            (row["行号"], row["字段"]): f"{row['问题']} ({row['应为']})" for row in _rows(files["problems"])
        }
        summary = files["summary"]
        self.summary = json.loads(summary.read_text("utf-8")) if summary.exists() else {}


def _rows(path):
    if not path.exists():
        return []
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def ran(tmp_path):
    return lambda *args: Ran(tmp_path, *args)


class TestFunctionZones:
    TEXT = (
        "点位名称,功能区类别,监测日期,昼间等效声级,夜间等效声级,夜间最大声级\n"
        "A,2类,2026-03-01,60.0,50.1,66\n"
        "B,4a,2026-03-01,70.1,999.9,\n"
        "C,5类,2026-03-01,50,40,\n"
        "D,1,2026-03-01,-3,abc,\n"
        "E,1,2007-03-01,50,40,\n"
        "F,1,,50,40,\n"
    )

    def test_each_level_stands_beside_its_limit(self, ran):
        first = ran("noise", "noise-zones", self.TEXT).rows[0]
        assert (first["昼间限值"], first["昼间评价"], first["夜间评价"], first["夜间超标"]) == (
            "60",
            "达标",
            "超标",
            "0.1",
        )
        assert (first["夜间最大声级评价"], first["依据"]) == ("超标", "GB 3096-2008")

    def test_attainment_is_counted_by_zone_day_and_night_apart(self, ran):
        found = ran("noise", "noise-zones", self.TEXT).summary["attainment"]
        assert found["全部 昼间"] == {"monitored": 2, "attained": 1, "percent": "50.0"}
        assert found["2 夜间"]["percent"] == "0.0"

    def test_bad_fields_are_reported_with_what_is_allowed(self, ran):
        problems = ran("noise", "noise-zones", self.TEXT).problems
        assert problems["5", "昼间等效声级"] == "negative (10 至 140)"
        assert problems["5", "夜间等效声级"] == "not_a_number (10 至 140)"
        assert problems["4", "功能区类别"].startswith("unknown_zone (0、")
        assert problems["7", "监测日期"] == "no_day (2026-03-01)"

    def test_what_is_not_judged_says_why_and_never_becomes_a_verdict(self, ran):
        found = ran("noise", "noise-zones", self.TEXT)
        assert found.rows[1]["未评价原因"] == "夜间等效声级:missing_mark"
        assert found.rows[4]["未评价原因"].count("before_the_first_edition") == 2
        assert found.summary["verdicts"] == 4  # two levels and a maximum of A, one level of B

    def test_strict_tells_of_problems_by_its_status(self, ran):
        assert ran("noise", "noise-zones", self.TEXT, "--strict").status == 1

    def test_a_table_without_dates_takes_the_day_that_is_told(self, ran):
        text = "点位名称,功能区类别,昼间等效声级,夜间等效声级,天气\nA,3类,65,56,晴\n"
        found = ran("noise", "noise-zones", text, "--on", "2025-06-01")
        assert (found.rows[0]["日期"], found.rows[0]["夜间评价"]) == ("2025-06-01", "超标")
        assert found.problems["1", "天气"] == "unknown_column ()"

    def test_a_table_without_a_needed_column_is_refused(self, ran, capsys):
        assert ran("noise", "noise-zones", "点位名称\nA\n").status == 2
        assert "功能区类别" in capsys.readouterr().err


class TestHours:
    def table(self, *, leave_out=(), extra=""):
        lines = ["点位名称,功能区类别,监测时间,等效声级"]
        for hour in range(6, 30):
            if hour not in leave_out:
                level = 60 if hour < 22 else 50
                lines.append(f"A,2,2026-03-0{1 + hour // 24} {hour % 24:02}:00,{level}")
        return "\n".join(lines) + "\n" + extra

    def test_the_night_of_a_day_runs_past_midnight(self, ran):
        (row,) = ran("noise", "noise-hours", self.table()).rows
        assert (row["日期"], row["昼间等效声级"], row["夜间等效声级"], row["昼夜等效声级"]) == (
            "2026-03-01",
            "60",
            "50",
            "60",
        )
        assert (row["昼间评价"], row["夜间评价"], row["夜间有效小时"]) == ("达标", "达标", "8")

    def test_a_missing_hour_leaves_no_level_unless_fewer_are_told_to_be_enough(self, ran):
        text = self.table(leave_out=(27,))
        (row,) = ran("noise", "noise-hours", text).rows
        assert (row["夜间等效声级"], row["未评价原因"]) == ("", "Ln:valid_hours_below_8")
        (row,) = ran("noise", "noise-hours", text, "--fewest-night-hours", "7").rows
        assert (row["夜间等效声级"], row["夜间有效小时"]) == ("50", "7")

    def test_hours_that_stand_twice_or_are_none_are_reported(self, ran):
        extra = "A,2,2026-03-01 08:00,70\nA,2,2026-03-01 09:30,70\nA,3,2026-03-01 09:00,70\n"
        extra += "A,2,03-01 09:00,70\nA,2,,70\n"
        found = ran("noise", "noise-hours", self.table(leave_out=(9,), extra=extra))
        reasons = [reason.split()[0] for reason in found.problems.values()]
        assert reasons == [
            "duplicate_time",
            "not_a_full_hour",
            "zone_changes_within_a_day",
            "time_without_year",
        ]
        assert found.summary["not_judged"]["blank"] == 1


class TestOtherNoise:
    def test_samples_of_a_measurement_give_their_percentile_levels(self, ran):
        lines = [f"A,1,{level}" for level in range(41, 61)] + ["A,2,50", "A,2,"]
        text = "点位名称,测次,声级\n" + "\n".join(lines) + "\n"
        found = ran("noise", "noise-samples", text, "--fewest-samples", "2")
        first, second = found.rows
        assert [first[name] for name in ("L10", "L50", "L90", "Lmax", "Lmin")] == [
            "59",
            "51",
            "43",
            "60",
            "41",
        ]
        assert (second["缺测"], second["未评价原因"], second["Leq"]) == ("1", "valid_samples_below_2", "")
        assert found.summary["measurements"] == 2

    BOUNDARIES = (
        "测点名称,噪声源类型,边界外功能区类别,监测日期,时段,等效声级,最大声级,最大声级类型,室内测量\n"
        "A,工业企业,3类,2026-03-01,夜间,55,66,频发,否\n"
        "B,建筑施工,,2025-12-31,夜间,56,69,,\n"
        "C,社会生活,4a,2026-03-01,昼间,71,,,\n"
        "D,工业企业,2,2026-03-01,昼间,51,,,是\n"
        "E,飞机,2,2026-03-01,昼间,51,,,\n"
        "F,社会生活,2,2026-03-01,夜间,40,60,,\n"
        "G,建筑施工,,2026-03-01,夜间,,69,怪,\n"
        "H,建筑施工,,2026-03-01,昼间,60,,,是\n"
    )

    def test_each_source_has_its_standard_and_its_edition(self, ran):
        found = ran("noise", "noise-boundaries", self.BOUNDARIES)
        assert [row["评价"] for row in found.rows] == ["达标", "超标", "超标", "超标", "", "达标", "", ""]
        assert [row["依据"] for row in found.rows[:4]] == [
            "GB 12348-2008",
            "GB 12523-2011",
            "GB 22337-2008",
            "GB 12348-2008",
        ]
        assert (found.rows[0]["最大声级限值"], found.rows[0]["最大声级评价"]) == ("65", "超标")
        assert found.rows[3]["限值"] == "50"
        assert found.summary["exceeded"] == 3

    def test_what_a_standard_does_not_say_is_no_verdict(self, ran):
        found = ran("noise", "noise-boundaries", self.BOUNDARIES)
        assert "没有夜间最大声级的规定" in found.problems["7", "最大声级"]
        assert "没有见到室内测量的规定" in found.problems["9", "等效声级"]
        assert found.problems["8", "最大声级类型"].startswith("unknown_event")
        assert found.problems["6", "噪声源类型"].startswith("unknown_source")

    def test_the_grade_of_a_city_by_its_grid(self, ran):
        text = (
            "城市,网格编号,监测日期,昼间等效声级,夜间等效声级\n"
            "甲,1,2025-05-01,54,45\n甲,2,2025-05-01,55.2,46\n甲,3,2025-05-01,--,\n"
        )
        found = ran("noise", "noise-areas", text)
        assert found.summary["grades"] == {"甲 昼间": "54.6 二级(较好)", "甲 夜间": "45.5 三级(一般)"}
        assert found.rows[0]["缺测"] == "1"

    def test_roads_count_by_their_length_and_the_night_is_refused_while_unverified(self, ran):
        text = (
            "城市,路段名称,监测日期,路段长度(m),昼间等效声级,夜间等效声级\n"
            "甲,a,2025-05-01,3000,68,58\n甲,b,2025-05-01,1000,72,60\n甲,c,2025-05-01,0,60,\n"
        )
        found = ran("noise", "noise-roads", text)
        day, night = found.rows
        assert (day["平均等效声级"], day["等级"]) == ("69.0", "二级(较好)")
        assert (night["等级"], night["未评价原因"]) == ("", "unverified_limit")
        allowed = ran("noise", "noise-roads", text, "--allow-unverified").rows[1]
        assert allowed["等级"] == "二级(较好)"
        assert "kind=road, period=night" in allowed["未核实"]

    def test_a_city_without_any_level_has_no_grade(self, ran):
        text = "城市,网格编号,监测日期,昼间等效声级\n甲,1,2025-05-01,--\n"
        assert ran("noise", "noise-areas", text).rows[0]["未评价原因"] == "no_level"


class TestSoil:
    FARMLAND = (
        "点位编号,采样日期,土地利用,pH,镉,Hg,砷,铜,六六六总量\n"
        "S1,2025-05-01,水田,5.5,0.31,0.2,10,20,\n"
        "S2,2025-05-01,旱地,7.8,0.1,0.02L,10,150,\n"
        "S3,2025-05-01,旱地,,0.1,0.02,10,20,\n"
        "S4,2025-05-01,火星,6,0.1,0.02,10,20,\n"
        "S5,2025-05-01,旱地,6,5L,0.02,10,20,\n"
        "S6,2025-05-01,旱地,16,0.1,x,10,20,\n"
        "S7,2025-05-01,果园,6,0.1,0.1,10,20,0.2\n"
        "S8,2017-05-01,果园,6,0.1,0.1,10,20,\n"
        "S9,,果园,6,0.1,0.1,10,20,\n"
        "T1,2025-05-01,旱地,6,,,,20,\n"
    )

    def test_the_class_follows_land_acidity_and_the_worst_item(self, ran):
        found = ran("soil", "soil-farmland", self.FARMLAND)
        assert (found.rows[0]["类别"], found.rows[0]["超筛选值项目"]) == ("安全利用类", "Cd")
        assert found.rows[0]["依据"] == "GB 15618-2018；环办土壤〔2019〕53号"

    def test_a_class_that_hangs_on_an_unconfirmed_value_is_refused_row_by_row(self, ran):
        found = ran("soil", "soil-farmland", self.FARMLAND)
        assert [found.rows[place]["未评价原因"] for place in (1, 6)] == ["点位编号:unverified_limit"] * 2
        assert "class_items" in found.problems["3", "点位编号"]
        assert "other_items[item=HCH]" in found.problems["8", "点位编号"]
        allowed = ran("soil", "soil-farmland", self.FARMLAND, "--allow-unverified").rows
        assert (allowed[1]["类别"], allowed[6]["类别"]) == ("优先保护类", "优先保护类")
        assert "HCH" in allowed[6]["未核实"]

    def test_a_non_detect_decides_only_where_its_limit_does(self, ran):
        row = ran("soil", "soil-farmland", self.FARMLAND).rows[4]
        assert (row["类别"], row["缺项"]) == ("优先保护类", "Cd:non_detect_above_the_value、HCH:blank")

    def test_rows_that_cannot_be_judged_say_why(self, ran):
        rows = ran("soil", "soil-farmland", self.FARMLAND).rows
        reasons = [rows[place]["未评价原因"].partition(":")[2] for place in (2, 3, 5, 7, 8, 9)]
        assert reasons == [
            "no_pH",
            "unknown_land",
            "no_pH",
            "before_the_first_edition",
            "no_day",
            "no_deciding_item_has_a_value",
        ]

    def test_construction_land_of_unknown_use_is_class_1(self, ran):
        text = "点位编号,用地分类,As,铅,苯\nP1,第二类用地,61,20,--\nP2,,21,801,0.5\nP3,3,1,1,1\nP4,1,,,\n"
        found = ran("soil", "soil-construction", text, "--on", "2026-03-01")
        assert [row["评价"] for row in found.rows] == ["超筛选值", "超管制值", "", ""]
        assert found.rows[1]["用地分类"] == "第一类（用途不明）"
        assert (found.rows[1]["超筛选值项目"], found.rows[1]["超管制值项目"]) == ("砷", "铅")
        assert found.summary["samples"] == {"超筛选值": 1, "超管制值": 1}
        assert found.problems["4", "用地分类"].startswith("unknown_land_class")
        assert found.rows[3]["未评价原因"] == "点位编号:no_item_has_a_value"

    def test_items_are_known_with_wide_brackets_and_their_unit(self, ran):
        items = "铬（六价）,镉 (mg/kg),石油烃（C10-C40）（mg/kg）,二噁英类（总毒性当量）,镉（µg/kg）"
        head = f"点位编号,用地分类,{items}\n"
        found = ran("soil", "soil-construction", head + "A,1,3.1,20.1,827,0.00002,1\n", "--on", "2026-03-01")
        assert found.rows[0]["超筛选值项目"] == "镉、铬(六价)、二噁英类(TEQ)、石油烃(C10-C40)"
        assert found.summary["problems"] == {"unknown_column": 1}

    @pytest.mark.parametrize(
        ("subject", "profile", "text"),
        [
            ("soil", "soil-farmland", "点位编号,土地利用,pH,镉\nA,水田,6,0.1\n"),
            ("soil", "soil-construction", "点位编号,用地分类,As\nA,1,1\n"),
            ("noise", "noise-zones", "点位名称,功能区,昼间等效声级,夜间等效声级\nA,2,60,50\n"),
            ("noise", "noise-boundaries", "测点名称,噪声源类型,功能区,时段,等效声级\nA,工业企业,2,昼间,60\n"),
            ("noise", "noise-areas", "城市,网格编号,昼间等效声级\n甲,1,50\n"),
            ("risk", "risk-events", "事件名称,死亡人数\nA,3\n"),
        ],
    )
    def test_without_a_day_there_is_no_edition_and_no_verdict(self, ran, subject, profile, text):
        found = ran(subject, profile, text)
        assert found.summary["verdicts"] == 0
        assert set(found.summary["not_judged"]) <= {"no_day", "blank"}
        assert found.summary["problems"]["no_day"] >= 1
        assert "no_day (日期列，或 --on 2026-03-01)" in found.problems.values()
        assert ran(subject, profile, text, "--on", "2026-03-01").summary["verdicts"] >= 1

    def test_what_is_no_day_is_refused_in_words(self, capsys):
        with pytest.raises(SystemExit):
            main(["evaluate", "soil", "x.csv", "--profile", "soil-farmland", "--on", "2026-13-01"])
        assert "'2026-13-01' is no day; write 2026-03-01" in capsys.readouterr().err

    def test_a_column_that_is_not_there_is_named_with_what_it_may_be_called(self, ran, capsys):
        assert ran("noise", "noise-zones", "点,功能区\nA,2\n").status == 2
        assert "缺少列 point（点位名称、点位、测点名称）；表中有 点、功能区" in capsys.readouterr().err

    def test_a_table_without_any_item_is_refused(self, ran, capsys):
        assert ran("soil", "soil-farmland", "点位编号,土地利用,pH\nA,水田,6\n").status == 2
        assert "no column is an item" in capsys.readouterr().err

    def test_the_rules_of_a_day_are_looked_up_once(self):
        evaluator = FarmlandSoil(Settings(), {})
        day = date(2025, 5, 1)
        assert evaluator.rules(day) is evaluator.rules(day)


class TestEcology:
    def test_a_published_index_has_a_class_and_a_change_only_when_allowed(self, ran):
        text = (
            "地区,年份,EQI\n甲,2022,59.60\n甲,2021,59.77\n乙,2021,30\n甲,2021,1\n"
            "丙,2020,50\n丁,x,50\n戊,2021,-1\n"
        )
        found = ran("ecology", "ecology-eqi", text)
        assert [(row["地区"], row["等级"]) for row in found.rows] == [
            ("甲", "二类"),
            ("甲", "二类"),
            ("乙", "四类"),
            ("丙", ""),
            ("戊", ""),
        ]
        assert found.rows[0]["未评价原因"] == "年份:unverified_limit"
        assert found.problems["5", "年份"].startswith("duplicate_year")
        assert found.rows[3]["未评价原因"] == "EQI:before_the_first_edition"
        allowed = ran("ecology", "ecology-eqi", text, "--allow-unverified").rows[0]
        assert (allowed["上年"], allowed["变化"], allowed["变化幅度"]) == (
            "59.77",
            "-0.17",
            "基本稳定（变差）",
        )

    EI = (
        "地区,年份,生物丰度指数,植被覆盖指数,水网密度指数,土地胁迫指数,污染负荷指数,环境限制情形\n"
        "甲,2015,80,85,60,10,5,\n"
        "甲,2016,70,90,40,12,8,\n"
        "乙,2016,80,85,60,10,5,国家通报\n"
        "丙,2016,80,,60,10,5,\n"
        "丁,2016,80,85,60,10,5,月食\n"
    )

    def test_an_index_is_computed_from_its_parts_with_its_change(self, ran):
        found = ran("ecology", "ecology-ei", self.EI)
        assert [(row["数值"], row["等级"]) for row in found.rows[:2]] == [("81.2", "优"), ("75.4", "优")]
        assert (found.rows[1]["变化"], found.rows[1]["变化幅度"]) == ("-5.8", "明显变化（变差）")
        assert found.rows[3]["未评价原因"] == "EI:blank" or found.rows[3]["未评价原因"].endswith(":blank")
        assert found.problems["6", "环境限制情形"].startswith("unknown_event")

    def test_an_event_limits_the_index_when_its_rule_is_allowed(self, ran):
        assert "unverified_limit" in ran("ecology", "ecology-ei", self.EI).rows[2]["未评价原因"]
        limited = ran("ecology", "ecology-ei", self.EI, "--allow-unverified").rows[2]
        assert (limited["数值"], limited["等级"], limited["约束前"]) == ("54.9", "一般", "81.2")

    def test_when_everything_is_refused_the_command_says_so(self, ran, capsys):
        text = "地区,年份,生态格局,生态功能,生物多样性,生态胁迫\n甲,2022,70,65,60,20\n"
        assert ran("ecology", "ecology-eqi", text).status == 2
        assert "--allow-unverified" in capsys.readouterr().err
        allowed = ran("ecology", "ecology-eqi", text, "--allow-unverified")
        assert (allowed.status, allowed.rows[0]["数值"], allowed.rows[0]["等级"]) == (0, "67.35", "二类")


class TestRisk:
    ENTERPRISES = (
        "企业名称,评估日期,大气Q,大气M,大气E,水Q,水M,水E,近三年违法排污受处罚\n"
        "甲厂,2026-01-01,12,30,E3,0.5,,,否\n"
        "乙厂,2026-01-01,12,30,E3,0.5,,,是\n"
        "丙厂,2026-01-01,12,,E3,0.5,,,\n"
        "丁厂,2026-01-01,,30,E3,0.5,,,\n"
    )

    def test_an_enterprise_takes_the_higher_grade_and_the_label_is_the_filed_one(self, ran):
        found = ran("risk", "risk-enterprises", self.ENTERPRISES, "--allow-unverified")
        first, second, third, fourth = found.rows
        assert (first["大气"], first["水"], first["企业风险等级"]) == (
            "较大-大气(Q2-M2-E3)",
            "一般-水(Q0)",
            "较大",
        )
        assert second["企业风险等级"] == "重大"
        assert (third["企业风险等级"], third["未评价原因"]) == ("", "大气Q:cannot_be_judged")
        assert fourth["未评价原因"] == "大气Q:blank"
        assert "matrix" in first["未核实"]

    def test_what_an_enterprise_lacks_is_said(self, ran):
        rows = "企业名称,评估日期,大气Q,大气M,大气E,水Q\n甲厂,2026-01-01,10,200,E1,0\n乙厂,,0,,,0\n"
        found = ran("risk", "risk-enterprises", rows, "--allow-unverified")
        assert "Q2 is graded with M1 to M4 and E1 to E3; M is None" in found.problems["2", "大气Q"]
        assert found.problems["2", "大气M"] == "outside_the_possible (0 至 100)"
        assert (found.rows[1]["企业风险等级"], found.rows[1]["未评价原因"]) == (
            "",
            "大气Q:no_day、水Q:no_day",
        )

    def test_a_fact_of_an_event_that_nobody_can_read_is_not_taken_for_none(self, ran):
        text = (
            "事件名称,发生日期,死亡人数,水源地取水中断,跨界影响\n"
            "甲,2026-01-01,0,好像断了,\n"
            "乙,2026-01-01,0,,\n"
            "丙,2026-01-01,0,设区的市级,\n"
        )
        unread, none, city = ran("risk", "risk-events", text).rows
        assert (unread["等级"], unread["尚不清楚"]) == ("一般", "水源地取水中断")
        assert (none["等级"], none["尚不清楚"]) == ("一般", "")
        assert (city["等级"], city["定级依据"]) == ("特别重大", "水源地取水中断")

    def test_it_is_refused_as_long_as_nobody_confirmed_the_matrix(self, ran):
        assert ran("risk", "risk-enterprises", self.ENTERPRISES).status == 2

    def test_a_number_of_an_event_that_is_not_known_is_named(self, ran):
        text = (
            "事件名称,发生日期,死亡人数,疏散转移人数,水源地取水中断,跨界影响\n"
            "甲,2026-01-01,,12000,,\n"
            "乙,2026-01-01,0,10,县级,跨省\n"
            "丙,2026-01-01,0,10,乡镇,\n"
            "丁,2014-12-28,0,10,,\n"
            "戊,,0,10,,\n"
        )
        first, second, third, fourth, fifth = ran("risk", "risk-events", text).rows
        assert (first["等级"], first["定级依据"], first["尚不清楚"]) == ("重大", "疏散转移人数", "死亡人数")
        assert (second["等级"], second["定级依据"]) == ("重大", "水源地取水中断、跨界影响")
        assert third["未评价原因"] == "事件名称:unverified_limit"
        assert fourth["未评价原因"] == "事件名称:before_the_first_edition"
        assert fifth["未评价原因"] == "发生日期:no_day"

    FORECAST = (
        "城市,预测日期,预测AQI\n甲,2026-01-01,210\n甲,2026-01-02,220\n甲,2026-01-03,180\n"
        "乙,2026-01-01,160\n乙,2026-01-03,160\n丙,2026-01-01,90\n丙,2026-01-02,95\n"
        "丙,2026-01-02,99\n丁,,50\n丁,2017-01-01,50\n"
    )

    def test_forecasts_move_the_warning_of_each_city(self, ran):
        found = ran("risk", "risk-forecasts", self.FORECAST, "--current", "黄色")
        assert [(row["城市"], row["应达级别"], row["动作"], row["动作后级别"]) for row in found.rows[:3]] == [
            ("甲", "橙色", "升级", "橙色"),
            ("乙", "", "维持", "黄色"),
            ("丙", "", "解除", ""),
        ]
        assert found.rows[1]["低于黄色小时数"] == "24"
        assert found.problems["9", "预测日期"].startswith("duplicate_day")
        assert found.rows[3]["未评价原因"].endswith("before_the_first_edition")
        assert found.summary["actions"] == {"升级": 1, "维持": 1, "解除": 1}

    def test_distances_are_decided_exactly_and_unknown_places_are_named(self, ran):
        text = (
            "污染源,源东坐标(m),源北坐标(m),要求距离(m),敏感目标,目标东坐标(m),目标北坐标(m)\n"
            "炉,500000,2400000,500,学校,500300,2400400\n炉,500000,2400000,500.1,学校,500300,2400400\n"
            "炉,500000,2400000,500,村,,\n炉,x,2400000,500,村,1,1\n炉,1,1,0,村,1,1\n炉,1,,9,村,1,1\n炉,1,1,9,村,1,-1\n"
        )
        found = ran("risk", "risk-distances", text)
        assert [(row["距离(m)"], row["结论"]) for row in found.rows[:3]] == [
            ("500.0", "满足"),
            ("500.0", "不足"),
            ("", ""),
        ]
        assert [row["未评价原因"] for row in found.rows[2:]] == [
            "敏感目标:no_coordinates",
            "污染源:not_a_number",
            "要求距离(m):outside_the_possible",
            "污染源:no_coordinates",
            "敏感目标:negative",
        ]
        assert found.summary["pairs"] == {"满足": 1, "不足": 1}

    def test_without_a_file_for_results_the_summary_is_printed(self, tmp_path, capsys):
        table = tmp_path / "events.csv"
        table.write_text("事件名称,死亡人数\n甲,3\n", encoding="utf-8")
        assert main(["evaluate", "risk", str(table), "--profile", "risk-events", "--on", "2026-03-01"]) == 0
        assert "较大" in capsys.readouterr().out

    def test_a_column_may_say_which_warning_holds(self, ran):
        text = "城市,预测日期,预测AQI,现行预警\n甲,2026-01-01,210,\n乙,2026-01-01,210,橙色\n"
        assert [row["动作"] for row in ran("risk", "risk-forecasts", text).rows] == ["发布", "降级"]


class TestProfiles:
    @pytest.mark.parametrize("subject", ["noise", "soil", "ecology", "risk"])
    def test_every_shipped_profile_is_read(self, subject):
        assert row_profiles(subject)
        for name in row_profiles(subject):
            assert read_row_profile(name, subject).subject == subject

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("[]", "mapping"),
            ("{subject: noise, kind: zones, title: x, columns: {}, colour: red}", "unknown keys"),
            ("{subject: noise, kind: zones, title: x, columns: {point: 点位}}", "not a list"),
            ("{subject: soil, kind: zones, title: x, columns: {}}", "not 'noise'"),
            ("{subject: noise}", "title"),
        ],
    )
    def test_a_misshapen_profile_is_refused(self, tmp_path, text, said):
        path = tmp_path / "own.yaml"
        path.write_text(text, encoding="utf-8")
        with pytest.raises(BadProfile, match=said):
            read_row_profile(str(path), "noise")

    def test_an_unknown_name_tells_the_known_ones(self):
        with pytest.raises(BadProfile, match="noise-zones"):
            read_row_profile("nosuch", "noise")

    def test_an_own_profile_may_name_an_edition_and_its_kind_must_be_known(self, ran, tmp_path, capsys):
        own = tmp_path / "own.yaml"
        own.write_text(
            "{subject: noise, kind: boundaries, title: x, editions: {construction: GB 12523-2011},"
            " columns: {point: [p], source: [s], day: [d], period: [t], level: [l]}}",
            encoding="utf-8",
        )
        text = "p,s,d,t,l\nA,建筑施工,2026-03-01,昼间,70\n"
        assert ran("noise", str(own), text).rows[0]["依据"] == "GB 12523-2011"
        own.write_text("{subject: noise, kind: whispers, title: x, columns: {point: [p]}}", encoding="utf-8")
        assert ran("noise", str(own), text).status == 2
        assert "whispers" in capsys.readouterr().err
