"""The tax of a month out of a table: by hand, what is refused by row and field, the command, the handbook."""

import csv
import doctest
import json
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from qingshan.cli import main
from qingshan.evaluation.emission_rules import EmissionRules
from qingshan.evaluation.emission_tax import read_discharges, tax_of_month
from qingshan.evaluation.problems import Problems
from qingshan.evaluation.tables import BadTable
from qingshan.science.emission.load import GapRule
from qingshan.science.emission.reductions import Method

PAGE = Path(__file__).resolve().parents[4] / "docs/science-emission.md"
HEADING = "outlet,medium,pollutant,amount_kg,mean,highest,limit\n"
TABLE = HEADING + (
    "废水总排口,水,化学需氧量,2000,,,\n"
    "废水总排口,水,生化需氧量,600,,,\n"
    "废水总排口,水,w21003,100,7.5,7.8,15\n"
    "废水总排口,水,总磷,30,,,\n"
    "废水总排口,水,悬浮物,400,,,\n"
    "废水总排口,水,总铬,4,,,\n"
    "烟囱,气,二氧化硫,95,,,\n"
    "烟囱,气,氮氧化物,190,140,180,200\n"
)
RULES = EmissionRules(date(2026, 5, 1))


@pytest.fixture
def written(tmp_path):
    def write(text):
        path = tmp_path / "month.csv"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def computed(path, problems=None):
    return tax_of_month(list(read_discharges(path, RULES, problems or Problems())), RULES)


class TestByHand:
    def test_a_firm_of_guangdong(self, written):
        found = {line.discharge.equivalent.pollutant: line for line in computed(written(TABLE)).lines}
        # Water: COD 2000, ammonia 125 at half, phosphorus 120; BOD stands back, suspended solids come fourth.
        assert found["化学需氧量"].yuan == 5600
        assert (found["氨氮"].payable_percent, found["氨氮"].yuan) == (50, 175)
        assert found["总磷"].yuan == 336
        assert found["生化需氧量"].why_not == "不在计征的项数内"
        assert found["悬浮物"].why_not == "不在计征的项数内"
        # Class one: chromium 4 by 0.04. Air: 100 equivalents each by 0.95, nitrogen oxides 30 % below.
        assert found["总铬"].yuan == 280
        assert found["二氧化硫"].yuan == 180
        assert (found["氮氧化物"].payable_percent, found["氮氧化物"].yuan) == (75, 270)

    def test_the_sum_names_what_it_rests_on(self, written):
        found = computed(written(TABLE))
        assert found.yuan == 5600 + 175 + 336 + 280 + 180 + 270
        assert set(found.basis.editions) == {
            "环境保护税法（2018年施行）",
            "广东省人大常委会公告第95号（2017年）",
        }

    def test_one_value_beyond_its_limit_takes_every_reduction_away(self, written):
        found = computed(written(TABLE.replace("7.5,7.8,15", "7.5,15.1,15")))
        assert {line.payable_percent for line in found.lines} == {Fraction(100)}

    def test_nothing_discharged_pays_nothing_and_says_so(self, written):
        (line,) = computed(written(HEADING + "甲,水,氨氮,0,,,\n")).lines
        assert (line.yuan, line.why_not) == (0, "没有排放")

    def test_chinese_columns_are_read_and_the_last_three_are_not_needed(self, written):
        (line,) = computed(written("排放口,介质,污染物,排放量kg\n甲,水,氨氮,0.8\n")).lines
        assert line.yuan == Fraction("2.8")


class TestBadInput:
    @pytest.mark.parametrize(
        ("row", "field", "reason"),
        [
            ("甲,土,氨氮,1,,,", "medium", "unknown_medium"),
            (",水,氨氮,1,,,", "outlet", "blank"),
            ("甲,水,氨氮,,,,", "amount_kg", "blank"),
            ("甲,水,氨氮,一,,,", "amount_kg", "not_a_number"),
            ("甲,水,氨氮,-1,,,", "amount_kg", "negative"),
            ("甲,水,非甲烷总烃,1,,,", "pollutant", "not_taxed_by_the_law"),
            ("甲,气,氨氮,1,,,", "pollutant", "not_taxed_by_the_law"),
        ],
    )
    def test_a_row_is_left_out_and_told_by_row_and_field(self, written, row, field, reason):
        problems = Problems()
        assert computed(written(HEADING + row + "\n"), problems).lines == ()
        (told,) = problems.kept
        assert (told.row, told.field, told.reason) == (2, field, reason)

    @pytest.mark.parametrize(
        ("cells", "field", "reason"),
        [
            ("5,,15", "highest", "blank"),
            ("5,x,15", "highest", "not_a_number"),
            ("5,6,0", "limit", "impossible"),
            ("7,6,15", "highest", "impossible"),
        ],
    )
    def test_a_reduction_that_cannot_be_judged_is_not_given(self, written, cells, field, reason):
        problems = Problems()
        (line,) = computed(written(HEADING + f"甲,水,氨氮,80,{cells}\n"), problems).lines
        assert line.payable_percent == 100
        assert [(one.field, one.reason) for one in problems.kept] == [(field, reason)]

    def test_a_pollutant_twice_at_one_outlet_counts_once(self, written):
        problems = Problems()
        found = computed(written(HEADING + "甲,水,氨氮,80,,,\n甲,水,w21003,80,,,\n"), problems)
        assert len(found.lines) == 1
        assert problems.counts == {"duplicate": 1}

    def test_a_table_without_a_needed_column_is_refused(self, written):
        with pytest.raises(BadTable, match="amount_kg"):
            computed(written("outlet,medium,pollutant\n甲,水,氨氮\n"))


class TestCommand:
    def test_it_prints_the_tax_of_each_outlet_and_writes_every_line(self, written, tmp_path, capsys):
        out = tmp_path / "tax.csv"
        call = ["evaluate", "emission-tax", str(written(TABLE)), "--month", "2026-05"]
        assert main([*call, "--results", str(out), "--format", "json"]) == 0
        summary = json.loads(capsys.readouterr().out)
        assert summary["yuan"] == "6841.00"
        assert summary["outlets"] == {"废水总排口": "6391.00", "烟囱": "450.00"}
        assert (summary["taxed"], summary["not_taxed"]) == (6, 2)
        with out.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        assert len(rows) == 8
        assert rows[0]["清单"] == "其他水污染物"

    def test_a_thousandth_of_a_kilogram_is_printed(self, written, tmp_path):
        out = tmp_path / "tax.csv"
        path = written("排放口,介质,污染物,排放量kg\n废水总排口,水,总汞,0.0004\n")
        call = ["evaluate", "emission-tax", str(path), "--month", "2026-05", "--results", str(out)]
        assert main(call) == 0
        with out.open(encoding="utf-8-sig", newline="") as file:
            (row,) = csv.DictReader(file)
        assert (row["排放量kg"], row["污染当量数"], row["税额元"]) == ("0.0004", "0.80", "2.24")

    def test_a_month_before_the_law_and_a_bad_table_are_refused(self, written, tmp_path, capsys):
        path = str(written(TABLE))
        assert main(["evaluate", "emission-tax", path, "--month", "2017-12"]) == 2
        assert "环境保护税法" in capsys.readouterr().err
        assert main(["evaluate", "emission-tax", str(tmp_path / "none.csv"), "--month", "2026-05"]) == 2

    def test_what_is_no_month_is_refused(self, written, capsys):
        with pytest.raises(SystemExit):
            main(["evaluate", "emission-tax", str(written(TABLE)), "--month", "May"])
        assert "is no month" in capsys.readouterr().err


class TestHandbook:
    def test_its_example_runs(self):
        failed, tried = doctest.testfile(str(PAGE), module_relative=False, encoding="utf-8")
        assert tried > 0
        assert failed == 0

    def test_it_names_every_edition_gap_rule_and_method(self):
        text = PAGE.read_text(encoding="utf-8")
        editions = [EmissionRules(None).rulebook(part).code for part in EmissionRules.STANDARDS]
        for word in (*editions, *(f"`{one.value}`" for one in (*GapRule, *Method))):
            assert word in text, word
