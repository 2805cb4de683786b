"""Hours of an outlet: days, amounts with stated gaps, exceedance by hour or day, and the command."""

import csv
import json
from datetime import date
from fractions import Fraction

import pytest

from qingshan.cli import main
from qingshan.evaluation.emission_rules import EmissionRules
from qingshan.evaluation.emission_series import Medium, read_hours, run_series
from qingshan.evaluation.problems import Problems
from qingshan.evaluation.tables import BadTable
from qingshan.kernel.basis import Missing
from qingshan.science.emission.load import GapRule

RULES = EmissionRules(date(2026, 5, 1))
HEADING = "time,concentration,flow_m3,mark\n"


@pytest.fixture
def written(tmp_path):
    def write(rows, heading=HEADING):
        path = tmp_path / "hours.csv"
        path.write_text(heading + "".join(f"{row}\n" for row in rows), encoding="utf-8")
        return path

    return write


def hour(place, concentration="30", flow="1000", mark="", day=1):
    return f"2026-05-{day:02} {place:02}:00,{concentration},{flow},{mark}"


def computed(path, medium=Medium.GAS, gaps=GapRule.REFUSE, limit=None, problems=None):
    return run_series(read_hours(path, problems or Problems()), medium, RULES, gaps, limit)


class TestGas:
    def test_a_day_of_twenty_hours_has_a_mean_and_one_of_nineteen_has_none(self, written):
        days = computed(
            written([*(hour(n) for n in range(4, 24)), *(hour(n, day=2) for n in range(19))])
        ).days
        assert days[0].mean == 30
        assert days[1].mean == Missing("19_valid_of_20_required")

    def test_the_boiler_of_the_rules_file(self, written):
        marked = [hour(0, "30"), hour(1, "34"), hour(2, "41", mark="设备故障")]
        found = computed(written(marked), limit=Fraction(35))
        assert (found.judged.count, found.judged.unjudged) == (0, {"设备故障": 1})
        unmarked = [hour(0, "30"), hour(1, "34"), hour(2, "41", mark="正常")]
        found = computed(written(unmarked), limit=Fraction(35))
        assert (found.judged.count, found.days[0].exceeding_hours) == (1, 1)

    def test_a_standing_plant_discharges_nothing_and_owes_no_data(self, written):
        found = computed(written([hour(0), hour(1, "", "", "停运")]))
        assert found.load.amount_kg == Fraction(3, 100)
        assert (found.load.hours, found.capture) == (1, {"2026Q2": 100})


class TestGaps:
    HOURS = [hour(n % 24, day=1 + n // 24) for n in range(200)]

    def test_a_gap_leaves_no_total_unless_the_rule_says_otherwise(self, written):
        path = written([hour(0), hour(1, "")])
        assert computed(path).load.amount_kg == Missing("1_of_2_hours_missing")
        found = computed(path, gaps=GapRule.LEAVE_OUT).load
        assert (found.amount_kg, found.left_out) == (Fraction(3, 100), 1)

    def test_a_short_gap_counts_the_largest_of_180_hours_before(self, written):
        rows = [*self.HOURS, hour(8, "", day=9, mark="维护"), hour(9, day=9)]
        rows[0] = hour(0, "999")  # 200 hours before: out of reach
        rows[150] = hour(150 % 24, "40", day=1 + 150 // 24)
        found = computed(written(rows), gaps=GapRule.SUBSTITUTED)
        assert (found.load.substituted, found.load.measured) == (1, 201)
        plain = computed(written(rows), gaps=GapRule.LEAVE_OUT)
        assert found.load.amount_kg - plain.load.amount_kg == Fraction(40 * 1000, 10**6)

    def test_a_short_history_or_a_device_out_of_control_leaves_the_gap(self, written):
        found = computed(written([hour(0), hour(1, "", mark="维护")]), gaps=GapRule.SUBSTITUTED)
        assert isinstance(found.load.amount_kg, Missing)
        rows = [*self.HOURS, hour(8, "", day=9, mark="失控")]
        found = computed(written(rows), gaps=GapRule.SUBSTITUTED)
        assert (found.load.left_out, found.load.substituted) == (1, 0)

    def test_the_ladder_is_not_for_water(self, written):
        with pytest.raises(ValueError, match="只用于废气"):
            computed(written([hour(0)]), Medium.WATER, GapRule.SUBSTITUTED)

    def test_an_hour_without_a_row_is_a_gap(self, written):
        found = computed(written([hour(0), hour(3)]), gaps=GapRule.LEAVE_OUT)
        assert (found.load.hours, found.load.left_out) == (4, 2)
        assert found.capture == {"2026Q2": 50}


class TestWater:
    def test_the_day_is_weighted_by_flow_and_judged_as_a_day(self, written):
        rows = [hour(0, "10", "300"), hour(1, "50", "100"), hour(2, "900", "0")]
        found = computed(written(rows), Medium.WATER, limit=Fraction(20))
        assert found.days[0].mean == 20
        assert (found.judged.judged, found.judged.count) == (1, 0)
        assert found.load.amount_kg == 8
        assert computed(written(rows), Medium.WATER, limit=Fraction("19.9")).judged.count == 1


class TestBadInput:
    @pytest.mark.parametrize(
        ("row", "field", "reason"),
        [
            ("yesterday,1,1,", "time", "not_a_time"),
            ("2026-05-01 00:30,1,1,", "time", "not_a_full_hour"),
            ("2026-05-01 01:00+08:00,1,1,", "time", "not_a_full_hour"),
            ("2026-05-01 01:00,high,1,", "concentration", "not_a_number"),
            ("2026-05-01 01:00,1,-1,", "flow_m3", "negative"),
            ("2026-05-01 00:00,1,1,", "time", "duplicate_time"),
        ],
    )
    def test_it_is_told_by_row_and_field(self, written, row, field, reason):
        problems = Problems()
        computed(written([hour(0), row]), gaps=GapRule.LEAVE_OUT, problems=problems)
        assert [(one.row, one.field, one.reason) for one in problems.kept] == [(3, field, reason)]

    def test_marks_of_absence_are_missing_and_no_problem(self, written):
        problems = Problems()
        rows = [hour(n, concentration) for n, concentration in enumerate(["", "--", "-", "—", "*"])]
        found = computed(written(rows), gaps=GapRule.LEAVE_OUT, problems=problems)
        assert (found.load.left_out, problems.total) == (5, 0)

    def test_a_table_without_a_needed_column_is_refused(self, written):
        with pytest.raises(BadTable, match="flow_m3"):
            computed(written(["2026-05-01 00:00,1"], "time,concentration\n"))

    def test_chinese_columns_are_read_without_a_mark(self, written):
        found = computed(written(["2026-05-01 00:00,30,1000"], "时间,浓度,流量\n"))
        assert found.load.amount_kg == Fraction(3, 100)


class TestCommand:
    def test_it_prints_the_amount_the_gaps_and_what_exceeds(self, written, tmp_path, capsys):
        path = written([*(hour(n) for n in range(22)), hour(22, "41"), hour(23, "", mark="校准")])
        out = tmp_path / "days.csv"
        call = ["evaluate", "emission", str(path), "--medium", "gas", "--limit", "35", "--results", str(out)]
        assert main([*call, "--gaps", "leave_out", "--permitted-kg", "0.5", "--format", "json"]) == 0
        said = json.loads(capsys.readouterr().out)
        assert said["amount_kg"] == "0.701"
        assert said["hours"] == {"running": 24, "measured": 23, "substituted": 0, "left_out": 1}
        assert (said["judged"], said["exceeding"], said["worst_factor"]) == (23, 1, "0.17")
        assert said["not_judged"] == {"校准": 1}
        assert said["capture_rate"] == {"2026Q2": "95.83"}
        assert (said["within_permit"], said["remaining_kg"]) == (False, "-0.201")
        with out.open(encoding="utf-8-sig", newline="") as file:
            (day,) = csv.DictReader(file)
        assert (day["日期"], day["缺小时"], day["超标小时"]) == ("2026-05-01", "1", "1")

    def test_a_gap_leaves_the_amount_empty_and_the_reason_in_its_place(self, written, tmp_path, capsys):
        out = tmp_path / "days.csv"
        call = ["evaluate", "emission", str(written([hour(0), hour(1, "")])), "--medium", "gas"]
        assert main([*call, "--results", str(out), "--permitted-kg", "1", "--format", "json"]) == 0
        said = json.loads(capsys.readouterr().out)
        assert (said["amount_kg"], said["within_permit"]) == ("", "1_of_2_hours_missing")
        assert "judged" not in said
        with out.open(encoding="utf-8-sig", newline="") as file:
            (day,) = csv.DictReader(file)
        assert day["无值的原因"] == "1_valid_of_20_required；1_of_2_hours_missing"

    def test_an_empty_table_has_no_days(self, written, capsys):
        assert main(["evaluate", "emission", str(written([])), "--medium", "gas"]) == 0
        assert "days\t0" in capsys.readouterr().out

    def test_what_cannot_be_evaluated_is_refused(self, written, capsys):
        path = str(written(["2017-05-01 00:00,1,1,"]))
        assert main(["evaluate", "emission", path, "--medium", "gas"]) == 2
        assert "the first day of HJ 75-2017" in capsys.readouterr().err
        with pytest.raises(SystemExit):
            main(["evaluate", "emission", path, "--medium", "gas", "--limit", "low"])
