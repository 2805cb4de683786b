"""The commands of the code lists: search, show, list, and loading divisions in place."""

import json

import pytest

from qingshan.cli import main


@pytest.fixture
def run(capsys):
    def call(*words):
        status = main(["dictionary", *words])
        out = capsys.readouterr()
        return status, out.out, out.err

    return call


class TestSearch:
    @pytest.mark.parametrize("command", ["dictionary search", "standards show"])
    def test_what_is_no_day_is_refused_in_words(self, capsys, command):
        with pytest.raises(SystemExit):
            main([*command.split(), "x", "--on", "2026-13-01"])
        assert "'2026-13-01' is no day; write 2026-03-01" in capsys.readouterr().err

    def test_the_best_match_stands_first_with_its_edition(self, run):
        status, out, _ = run("search", "氨氮", "--on", "2024-06-01")
        assert status == 0
        assert out.splitlines()[0] == "污染物与监测因子\tw21003\t氨氮\tHJ 212-2017"

    def test_only_one_kind_may_be_asked(self, run):
        _, out, _ = run("search", "2221", "--kind", "industry")
        assert out == "国民经济行业\t2221\t机制纸及纸板制造\tGB/T 4754-2017\n"

    def test_a_list_that_is_not_here_is_told_beside_the_result(self, run):
        status, out, err = run("search", "900-249-08", "--kind", "hazardous_waste", "--on", "2025-06-01")
        assert status == 0
        assert "国家危险废物名录（2021年版）" in out
        assert "2025-06-01 有效的是 国家危险废物名录（2025年版）" in err

    def test_lists_without_an_edition_on_the_day_are_named(self, run):
        status, _, err = run("search", "HW08", "--kind", "hazardous_waste", "--on", "2020-06-01")
        assert status == 1
        assert "2020-06-01 没有可用的版本：国家危险废物名录" in err
        assert "没有找到" in err

    def test_more_than_the_limit_is_counted(self, run):
        _, out, err = run("search", "制造", "--kind", "industry", "--limit", "3")
        assert len(out.splitlines()) == 3
        assert "显示前 3 条" in err
        _, out, err = run("search", "纸", "--kind", "industry", "--limit", "0")
        assert len(out.splitlines()) > 5
        assert err == ""

    def test_json_holds_everything(self, run):
        _, out, _ = run("search", "w21003", "--on", "2024-06-01", "--kind", "pollutant", "--format", "json")
        (entry,) = json.loads(out)
        assert (entry["name"], entry["match"], entry["attributes"]["unit"]) == ("氨氮", "code", "mg/L")
        assert entry["warning"] == ""

    def test_a_search_for_nothing_is_refused(self, run):
        status, _, err = run("search", "-")
        assert status == 1
        assert "needs a word" in err


class TestShow:
    def test_an_industry_shows_where_it_stands_and_which_classes_name_it(self, run):
        status, out, _ = run("show", "C2221")
        assert status == 0
        assert "222 造纸 ← 22 造纸和纸制品业 ← C 制造业" in out
        assert "许可37" in out
        assert "环评37" in out

    def test_a_waste_shows_its_hazards_and_its_edition(self, run):
        _, out, _ = run("show", "900-249-08", "--kind", "hazardous_waste", "--on", "2024-06-01")
        assert "危险特性：T/I" in out
        assert "国家危险废物名录（2021年版）（2021-01-01 — 2024-12-31）" in out

    def test_json_is_a_list(self, run):
        _, out, _ = run("show", "441900", "--format", "json")
        assert [entry["name"] for entry in json.loads(out)] == ["东莞市"]

    def test_an_unknown_code_is_told(self, run):
        status, _, err = run("show", "336-064-18")
        assert status == 1
        assert "没有代码 336-064-18" in err


class TestList:
    def test_every_edition_says_how_much_of_it_is_here(self, run):
        _, out, _ = run("list", "--kind", "hazardous_waste")
        assert "467" in out
        assert "missing" in out
        assert "not available in this edition" in out

    def test_only_the_editions_of_a_day(self, run):
        _, out, _ = run("list", "--kind", "hazardous_waste", "--on", "2024-12-31")
        assert out.count("国家危险废物名录") == 1


class TestDivisions:
    def test_tables_loaded_in_place_answer(self, run, tmp_path):
        table = tmp_path / "villages.csv"
        table.write_text("code,name\n44,广东省\n4407,江门市\n440703,蓬江区\n", encoding="utf-8")
        folder = tmp_path / "lists"
        words = ["--edition", "试装", "--from", "2030-01-01", "--source", "公开表"]
        status, _, err = run("divisions", str(table), "--to", str(folder), *words)
        assert status == 0
        assert "3 条" in err
        _, out, _ = run("search", "蓬江", "--kind", "division", "--folder", str(folder))
        assert out == "行政区划\t440703\t蓬江区\t试装\n"

    def test_a_damaged_table_is_refused(self, run, tmp_path):
        table = tmp_path / "villages.csv"
        table.write_text("number,name\n44,广东省\n", encoding="utf-8")
        words = ["--to", str(tmp_path / "out"), "--edition", "E", "--from", "2023-01-01", "--source", "S"]
        status, _, err = run("divisions", str(table), *words)
        assert status == 1
        assert "villages.csv" in err
