"""Tables of groundwater, sea, black-odorous water and sewage, from file to results: what a bureau runs."""

import csv
import json
from datetime import date

import pytest

from qingshan.cli import main
from qingshan.evaluation.black_odor_rules import BlackOdorRules
from qingshan.evaluation.dated_rules import RulesOfDays
from qingshan.evaluation.groundwater_rules import GroundwaterRules
from qingshan.evaluation.outfall_rules import OutfallRules
from qingshan.evaluation.sample_profile import read_sample_profile
from qingshan.evaluation.sea_rules import SeaRules
from qingshan.evaluation.sewage_rules import PlantGrade, RuralFacility, SewageRules
from qingshan.evaluation.water_profile import BadProfile
from qingshan.science.groundwater.quality import GroundwaterClass
from qingshan.standards.public import NoSuchValue, UnverifiedValue


@pytest.fixture
def evaluate(tmp_path, capsys):
    """Run `qingshan evaluate KIND` on a table; return exit status, results, problems, other files, errors."""

    def run(kind, table, *options, also=()):
        source = tmp_path / "table.csv"
        source.write_text(table, encoding="utf-8")
        files = {name: tmp_path / f"{name}.csv" for name in ("results", "problems", *also)}
        asked = [word for name, path in files.items() for word in (f"--{name}", str(path))]
        status = main(["evaluate", kind, str(source), *asked, "--format", "json", *options])
        out, err = capsys.readouterr()
        read = {name: _rows(path) for name, path in files.items() if path.is_file()}
        return status, read, json.loads(out) if out else {}, err

    return run


def _rows(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


class TestGroundwater:
    TABLE = (
        "点位名称,采样日期,pH,总硬度,锰,氯化物,砷,嗅和味,阴离子表面活性剂,w21003,奇怪列\n"
        "1#井,2025-06-01,7.4,286,0.62,40,0.004L,无,0.05L,0.02,x\n"
        "2#井,2025-06-01,6.4,abc,0.1,-3,0.0005L,微弱,0.05L,0.02,x\n"
        "3#井,2018-04-30,7,100,0.05,10,0.0005,无,--,0.02,x\n"
        "4#井,1990-01-01,7,100,0.05,10,0.0005,无,--,0.02,x\n"
        "5#井,,7,100,0.05,10,0.0005,无,--,0.02,x\n"
        ",2025-04-30,7,100,0.05,10,0.0005,有,0.05L,0.02,x\n"
        "1#井,2025-06-01,7.4,286,0.62,40,0.004L,无,0.05L,0.02,x\n"
        "6#井,2025-06-02,15,100,0.05,10,0.0005,有,0.2,0.02,x\n"
    )

    def test_each_sample_has_class_items_and_indices(self, evaluate):
        status, files, summary, _ = evaluate("groundwater", self.TABLE)
        first = files["results"][0]
        assert status == 0
        assert (first["水质类别"], first["定类指标"], first["超标指标(标准指数)"]) == ("IV", "锰", "锰(6.20)")
        assert first["检出限不足以判定"] == "砷:不劣于III"
        assert first["依据"] == "GB/T 14848-2017；HJ 610-2016"
        assert files["results"][7]["定类指标"] == "嗅和味"
        assert summary["samples_by_class"] == {"I": 0, "II": 0, "III": 0, "IV": 2, "IV或V": 0, "V": 1}

    def test_what_cannot_be_judged_says_why(self, evaluate):
        _, files, summary, _ = evaluate("groundwater", self.TABLE)
        assert [row["未评价原因"] for row in files["results"][2:6]] == [
            "edition_holds_no_limits",
            "before_the_first_edition",
            "blank",
            "no_place",
        ]
        assert files["results"][6]["重复于行"] == "2"
        assert summary["not_judged"]["duplicate"] == 1

    def test_bad_input_is_named_by_row_field_and_what_is_allowed(self, evaluate):
        _, files, _, _ = evaluate("groundwater", self.TABLE)
        found = {
            (row["行号"], row["字段"]): (row["内容"], row["问题"], row["应为"]) for row in files["problems"]
        }
        assert found["3", "总硬度"][:2] == ("abc", "not_a_number")
        assert "0 至 6500000 的数" in found["3", "总硬度"][2]
        assert found["3", "氯化物"][1] == "negative"
        assert found["3", "嗅和味"] == ("微弱", "unknown_word", "无或有")
        assert found["9", "pH"][1:] == (
            "outside_the_possible",
            "0 至 14 的数，未检出写 0.004L，缺测写 --",
        )
        assert found["1", "奇怪列"][1] == "unknown_column"
        assert found["6", "采样日期"][1] == "blank"
        assert found["8", "采样日期"][1:] == ("duplicate_time", "已见于第 2 行")

    def test_strict_makes_problems_an_exit_status(self, evaluate):
        assert evaluate("groundwater", self.TABLE, "--strict")[0] == 1

    def test_another_target_gives_other_indices(self, evaluate):
        _, files, _, _ = evaluate("groundwater", self.TABLE, "--target", "IV")
        assert files["results"][0]["超标指标(标准指数)"] == ""

    @pytest.mark.parametrize(
        ("table", "said"),
        [
            ("点位名称,采样日期,x\n1,2025-01-01,2\n", "none of its items"),
            ("井,采样日期,pH\n1,2025-01-01,7\n", "缺少列 点位名称；表中有 井、采样日期、pH"),
            ("点位名称,日,pH\n1,2025-01-01,7\n", "缺少列 时间或监测时间"),
            ("点位名称,采样日期,pH,w01001\n1,2025-01-01,7,7\n", "both hold"),
        ],
    )
    def test_a_table_without_the_columns_is_refused(self, evaluate, table, said):
        status, _, _, err = evaluate("groundwater", table)
        assert status == 2
        assert said in err

    def test_an_index_needs_a_number_and_a_limit(self):
        rules = GroundwaterRules(None)
        with pytest.raises(NoSuchValue, match="no index"):
            rules.index("嗅和味", 1, GroundwaterClass.III)
        with pytest.raises(NoSuchValue, match="no index"):
            rules.index("总α放射性", "0.2", GroundwaterClass.IV)
        with pytest.raises(NoSuchValue, match="neither table"):
            rules.scale(["电导率"])


class TestProfiles:
    def test_own_columns_units_and_editions(self, evaluate, tmp_path):
        path = tmp_path / "own.yaml"
        path.write_text(
            "subject: groundwater\ntitle: 自有\nplace: {well: 井}\ntime: [日]\n"
            "columns: {砷: 砷_ug}\nfactors: {砷: 0.001}\nignored: [备注]\n"
            "editions: {limits: GB/T 14848-2017}\n",
            encoding="utf-8",
        )
        table = "井,日,砷_ug,备注\n1,2015-01-01,12,x\n"
        status, files, _, _ = evaluate("groundwater", table, "--profile", str(path))
        assert (status, files["results"][0]["水质类别"], files["problems"]) == (0, "IV", [])

    @pytest.mark.parametrize(
        ("body", "said"),
        [
            ("subject: sea\n", "subject is not"),
            ("subject: groundwater\nstrange: 1\n", "unknown keys"),
            ("subject: groundwater\neditions: {x: y}\n", "known parts"),
            ("subject: groundwater\n", "title"),
        ],
    )
    def test_a_profile_of_another_shape_is_refused(self, tmp_path, body, said):
        path = tmp_path / "bad.yaml"
        path.write_text(body, encoding="utf-8")
        with pytest.raises(BadProfile, match=said):
            read_sample_profile(str(path), "groundwater", ["limits"])

    def test_a_name_that_is_none_lists_those_there_are(self):
        with pytest.raises(BadProfile, match="groundwater-items"):
            read_sample_profile("nowhere", "groundwater", [])


class TestSea:
    TABLE = (
        "海区,站位,时间,pH,溶解氧,化学需氧量,硝酸盐氮,亚硝酸盐氮,氨氮,活性磷酸盐,石油类,汞,面积\n"
        "青湖湾,A1,2025-07-01,8.1,6.4,1.2,0.15,0.01,0.02,0.014,0.02,0.00006,12\n"
        "青湖湾,A2,2025-07-01,8.1,6.0,2.0,0.46,0.02,0.04,0.02,0.04,0.00001L,3\n"
        "青湖湾,A3,2020-07-01,8.1,6.4,1.2,0.15,0.01,0.02,0.014,0.02,--,--\n"
        "青湖湾,A4,1997-07-01,8.1,6.4,1.2,0.15,--,0.02,0.014,0.02,--,--\n"
    )

    def test_six_items_judge_and_nitrogen_is_added_up(self, evaluate):
        status, files, _, _ = evaluate("sea", self.TABLE)
        results = files["results"]
        assert status == 0
        assert [row["水质类别"] for row in results] == ["一类", "劣四类", "一类", ""]
        assert (results[1]["定类项目"], results[1]["富营养化指数"]) == ("DIN", "4.62")
        assert results[3]["未评价原因"] == "before_the_first_edition"

    def test_all_items_judge_when_asked(self, evaluate):
        _, files, _, _ = evaluate("sea", self.TABLE, "--all-items")
        assert (files["results"][0]["水质类别"], files["results"][0]["定类项目"]) == ("二类", "Hg")

    def test_grades_that_rest_on_unverified_bounds_are_left_out(self, evaluate):
        _, files, summary, _ = evaluate("sea", self.TABLE, also=("coasts",))
        old, new = files["coasts"]
        assert files["results"][1]["富营养化等级"] == ""
        assert (old["水质级别"], old["比例依据"], old["未核实"]) == ("优", "点位", "")
        assert (old["超二类项目(点位%)"], new["超二类项目(点位%)"]) == ("", "DIN(50.0)")
        assert (new["优良%"], new["水质级别"], new["未评级原因"]) == ("80.0", "", "unverified_bounds")
        assert summary["unverified"] == []

    def test_they_are_given_when_allowed_and_say_so(self, evaluate):
        _, files, summary, _ = evaluate("sea", self.TABLE, "--allow-unverified", also=("coasts",))
        assert files["results"][1]["富营养化等级"] == "中度富营养化"
        assert "grades[bound=light]" in files["results"][1]["未核实"]
        assert files["coasts"][1]["水质级别"] == "良好"
        assert "HJ 442.10-2020 coast_bands[bound=good]" in files["coasts"][1]["未核实"]
        assert any("moderate" in word for word in summary["unverified"])

    def test_a_missing_part_of_nitrogen_leaves_it_missing(self, evaluate):
        table = self.TABLE.replace("0.15,0.01,0.02,0.014,0.02,0.00006", "0.15,--,0.02,0.014,0.02,0.00006")
        _, files, _, _ = evaluate("sea", table)
        assert "DIN" not in files["results"][0]["定类项目"]
        assert files["results"][0]["富营养化指数"] == ""

    def test_items_without_limits_are_refused(self):
        with pytest.raises(NoSuchValue, match="no limits"):
            SeaRules(None).scale(["SS"])
        with pytest.raises(NoSuchValue, match="no limits"):
            SeaRules(None).ladder("SS")


class TestBlackOdor:
    TABLE = (
        "水体名称,点位,时间,透明度,水深,溶解氧,氧化还原电位,氨氮,清澈见底\n"
        "青沟,1,2025-07-01,9,60,1.2,-210,16,否\n"
        "青沟,2,2025-07-01,8,60,0.1,-250,16,否\n"
        "青沟,3,2025-07-01,7,60,0.1,-250,16,否\n"
        "青沟,4,2025-07-01,7,20,3,60,6,否\n"
        "青沟,5,2025-07-01,30,20,3,60,6,否\n"
        "白河,1,2025-07-01,,20,3,60,6,是\n"
        "白河,2,2015-07-31,30,90,3,60,6,否\n"
        "白河,3,2025-07-01,30,90,--,--,--,\n"
        "白河,4,,30,90,3,60,6,否\n"
        "白河,1,2025-07-01,,20,3,60,6,是\n"
    )

    def test_samples_points_stretches_and_waters(self, evaluate):
        status, files, _, _ = evaluate("black-odor", self.TABLE, also=("waters",))
        assert status == 0
        grades = [row["等级"] for row in files["results"]]
        assert grades[:4] == ["重度黑臭"] * 3 + ["轻度黑臭"]
        assert grades[5:9] == ["不黑臭", "", "不黑臭", ""]
        black, clear = files["waters"]
        assert (black["重度河段"], black["水体等级"]) == ("1至3", "重度黑臭")
        assert (clear["点位数"], clear["水体等级"]) == ("2", "不黑臭")

    def test_water_clearer_than_deep_is_reported(self, evaluate):
        _, files, _, _ = evaluate("black-odor", self.TABLE)
        assert files["results"][4]["未评价原因"] == "transparency_beyond_depth"
        assert files["problems"][0]["应为"] == "不大于水深"
        assert float(files["problems"][0]["内容"]) > 0

    def test_exactly_the_share_counts_only_when_told(self, evaluate):
        rows = [f"青沟,{n},2025-07-01,{'9' if n < 4 else '20'},60,3,60,6,否" for n in range(1, 6)]
        table = "\n".join([self.TABLE.splitlines()[0], *rows]) + "\n"
        plain = evaluate("black-odor", table, also=("waters",))[1]["waters"][0]["水体等级"]
        equal = evaluate("black-odor", table, "--equal-counts", also=("waters",))[1]["waters"][0]["水体等级"]
        assert (plain, equal) == ("轻度黑臭", "重度黑臭")

    def test_the_countryside_is_refused_unless_allowed(self, evaluate):
        status, files, _, err = evaluate("black-odor", self.TABLE, "--rural")
        assert (status, files) == (2, {})
        assert "未经核实" in err

    def test_the_countryside_judges_by_any_one_item(self, evaluate):
        _, files, summary, _ = evaluate(
            "black-odor", self.TABLE, "--rural", "--allow-unverified", also=("waters",)
        )
        results = files["results"]
        assert [row["等级"] for row in results[:4]] == ["黑臭"] * 4
        assert (results[3]["越界项目"], results[5]["等级"]) == ("SD", "不黑臭")
        assert results[6]["未评价原因"] == "before_the_first_edition"
        assert results[7]["未评价原因"] == "an_item_is_missing"
        assert "limits[item=DO, grade=none]" in results[0]["未核实"]
        assert summary["samples_by_grade"] == {"黑臭": 4, "不黑臭": 1}
        assert files["waters"] == []


class TestSewage:
    TABLE = (
        "厂名,时间,水量,水温,进水五日生化需氧量,五日生化需氧量,化学需氧量,进水化学需氧量,氨氮,总磷\n"
        "青湖厂,2026-02-28,20000,10.5,98,6,42,180,5.6,0.5\n"
        "青湖厂,2026-03-01,20000,12.1,95,6,42,180,5.6,0.51\n"
        "青湖厂,2026-03-02,20000,,99,6,42,,5.6,0.5\n"
        "青湖厂,2002-03-02,20000,,99,6,42,,5.6,0.5\n"
        "青湖厂,2026-03-01,20000,12.1,95,6,42,180,5.6,0.51\n"
    )

    def test_daily_means_are_held_against_the_grade(self, evaluate):
        status, files, summary, _ = evaluate("sewage", self.TABLE)
        results = files["results"]
        assert status == 0
        assert [row["达标"] for row in results] == ["是", "否", "是", "", "否"]
        assert results[1]["超标项目(超标倍数)"] == "NH3N(0.12)、TP(0.02)"
        assert (summary["complied"], summary["exceeded"]) == (2, 1)

    def test_without_a_temperature_ammonia_has_no_limit(self, evaluate):
        _, files, _, _ = evaluate("sewage", self.TABLE)
        assert files["results"][2]["无限值项目"] == "NH3N"

    @pytest.mark.parametrize("name", ["COD", "CODcr", "CODCr", "化学需氧量"])
    def test_the_oxygen_demand_is_known_by_each_of_its_names(self, evaluate, name):
        table = f"厂名,时间,水量,{name},进水{name}\n1,2025-01-01,10,50.1,150.1\n"
        _, files, summary, _ = evaluate("sewage", table, also=("plants",))
        assert files["results"][0]["超标项目(超标倍数)"] == "CODCr(0.002)"
        assert files["plants"][0]["削减量kg(天数)"] == "CODCr:1.0(1)"
        assert summary["problems"] == {}

    def test_guangdong_asks_for_the_stricter_of_both(self, evaluate):
        _, files, _, _ = evaluate("sewage", self.TABLE, "--guangdong")
        assert files["results"][0]["超标项目(超标倍数)"] == "CODCr(0.05)"
        assert files["results"][0]["依据"] == "GB 18918-2002；DB44/26-2001"

    def test_thin_influent_and_load_removed_by_plant_and_year(self, evaluate):
        table = self.TABLE.replace("青湖厂,2002-03-02", "青湖厂,2027-03-02")
        _, files, _, _ = evaluate("sewage", table, also=("plants",))
        this_year, next_year = files["plants"]
        assert (this_year["进水BOD5均值"], this_year["一厂一策"]) == ("97.3", "须编制")
        assert this_year["削减量kg(天数)"] == "CODCr:5520.0(2)、BOD5:5480.0(3)"
        assert next_year["一厂一策"] == "须编制"

    def test_a_strong_influent_of_grade_three_is_judged_by_removal(self, evaluate):
        head = "厂名,时间,水量,水温,进水化学需氧量,化学需氧量,进水五日生化需氧量,五日生化需氧量\n"
        rows = ["1,2025-01-01,1,20,400,159.9,100,60", "1,2025-01-02,1,20,400,160,100,60"]
        rows += ["1,2025-01-03,1,20,350,130,100,60", "1,2025-01-04,1,20,--,130,100,60"]
        _, files, _, _ = evaluate("sewage", head + "\n".join(rows) + "\n", "--grade", "3")
        assert [row["达标"] for row in files["results"]] == ["是", "否", "否", "否"]

    def test_a_limit_of_nothing_detected_is_met_by_a_non_detect_alone(self, evaluate):
        table = "厂名,时间,烷基汞,总镉\n1,2025-01-01,0.00001L,0.02L\n1,2025-01-02,0.00001,0.02\n"
        _, files, _, _ = evaluate("sewage", table)
        assert [row["超标项目(超标倍数)"] for row in files["results"]] == ["", "AlkylHg、Cd(1.00)"]

    def test_no_item_with_a_limit_is_no_verdict(self, evaluate):
        _, files, summary, _ = evaluate("sewage", "厂名,时间,水量\n1,2025-01-01,5\n2,,5\n")
        assert files["results"][0]["未评价原因"] == "no_item_with_a_limit_has_a_value"
        assert summary["not_judged"] == {"blank": 1, "no_item_with_a_limit_has_a_value": 1}

    def test_rural_limits_and_their_refusals(self):
        rules = SewageRules(date(2025, 1, 1))
        facility = RuralFacility(15, function_is_defined=False)
        assert "TP" not in {limit.item for limit in rules.rural_limits(facility, 20)[0]}
        with pytest.raises(NoSuchValue, match="holds below"):
            rules.rural_limits(RuralFacility(500, function_is_defined=True))
        with pytest.raises(NoSuchValue, match="no limits of grade"):
            rules.guangdong_limits(9)
        with pytest.raises(ValueError, match="no part"):
            SewageRules(None, {"x": "y"})
        assert rules.plant_limits(PlantGrade.ONE_A)[1].unverified == ()


class TestOutfalls:
    def test_a_new_outfall_of_a_park_plant_needs_approval(self):
        procedure, basis = OutfallRules(date(2026, 1, 1)).procedure("工业及其他各类园区污水处理厂排污口")
        assert procedure.label == "审批"
        assert basis.editions == ("HJ 1312-2023", "生态环境部令第35号")

    def test_the_stormwater_mouth_of_a_mine_is_registered(self):
        rules = OutfallRules(date(2026, 1, 1))
        assert rules.procedure("矿山雨洪排口")[0].label == "登记"
        assert rules.classify("矿山雨洪排口").second == "工矿企业雨洪排口"

    def test_a_class_that_nobody_confirmed_is_refused(self):
        with pytest.raises(UnverifiedValue, match="城镇雨洪排口"):
            OutfallRules(date(2026, 1, 1)).procedure("城镇雨洪排口")

    def test_the_ways_to_remediate(self):
        assert set(OutfallRules(None).remediation_kinds().values()) == {"依法取缔", "清理合并", "规范整治"}


class TestRulesOfDays:
    def test_days_of_the_same_editions_share_one_set_and_others_do_not(self):
        days = RulesOfDays(SeaRules)
        old, same, new = (days.on(date(*day)) for day in ((2020, 1, 1), (2021, 2, 28), (2021, 3, 1)))
        assert old is same
        assert (old.rulebook("coast").code, new.rulebook("coast").code) == ("HJ 442-2008", "HJ 442.10-2020")

    def test_a_day_before_an_edition_is_a_set_of_its_own(self):
        assert GroundwaterRules(date(2015, 1, 1)).signature() == ("GB/T 14848-93", "", "GB/T 14848-93")


class TestCommands:
    TABLES = {
        "groundwater": "点位名称,时间,pH\n1,2025-01-01,7\n",
        "sea": "海区,站位,时间,pH\n湾,1,2025-01-01,8\n",
        "black-odor": "水体名称,点位,时间,溶解氧\n沟,1,2025-01-01,3\n",
        "sewage": "厂名,时间,总氮\n1,2025-01-01,3\n",
    }

    @pytest.mark.parametrize("kind", TABLES)
    def test_a_summary_alone_needs_no_results(self, kind, tmp_path, capsys):
        path = tmp_path / "table.csv"
        path.write_text(self.TABLES[kind], encoding="utf-8")
        assert main(["evaluate", kind, str(path)]) == 0
        assert "rows\t1" in capsys.readouterr().out

    @pytest.mark.parametrize("kind", TABLES)
    def test_a_file_that_is_no_table_is_refused_in_words(self, kind, tmp_path, capsys):
        path = tmp_path / "table.csv"
        path.write_text("", encoding="utf-8")
        assert main(["evaluate", kind, str(path)]) == 2
        assert "first row must name the columns" in capsys.readouterr().err

    def test_a_sea_before_there_was_a_method_has_shares_and_no_grade(self, evaluate):
        rows = ["湾,1,2005-01-01,8,0.01", "湾,2,2005-01-01,--,--", "湾,3,,8,0.01", "湾,1,2005-01-01,8,0.01"]
        table = "\n".join(["海区,站位,时间,pH,石油类", *rows, ""])
        _, files, summary, _ = evaluate("sea", table, also=("coasts",))
        (coast,) = files["coasts"]
        assert (coast["一类%"], coast["水质级别"]) == ("100.0", "")
        assert coast["未评级原因"] == "before_the_first_edition"
        assert summary["not_judged"] == {"blank": 1, "duplicate": 1, "no_judged_item_has_a_value": 1}

    def test_points_without_a_judged_sample_have_no_water(self, evaluate):
        _, files, _, _ = evaluate(
            "black-odor", self.TABLES["black-odor"].replace(",3", ",--"), also=("waters",)
        )
        assert files["waters"] == []
        assert files["results"][0]["未评价原因"] == "no_judged_item_has_a_value"

    def test_an_unknown_item_has_no_line(self):
        with pytest.raises(NoSuchValue, match="no line"):
            BlackOdorRules(None).ladders(["TP"])
