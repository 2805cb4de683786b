"""Tables of air are evaluated row by row and year by year; bad input is named by row and field."""

import csv
import gzip
import io
import json
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest

from qingshan.cli import main
from qingshan.evaluation.air_profile import BadAirProfile, read_air_profile
from qingshan.evaluation.air_rows import RowEvaluator
from qingshan.evaluation.air_rules import NotInThisEdition, index_rules, reporting_decimals, require_part
from qingshan.evaluation.air_run import read_any_series
from qingshan.evaluation.air_series import SeriesBuilder, slot_of
from qingshan.evaluation.air_year import Choices, evaluate_year, first_day, year_rules
from qingshan.evaluation.problems import Problems
from qingshan.evaluation.tables import BadTable, Batch, read_batches
from qingshan.kernel.basis import Missing
from qingshan.science.air import MISSING
from qingshan.standards.public import NoSuchValue, rules_named, shipped

DAYS = ["station", "city", "date", "SO2", "NO2", "CO", "O3", "PM10", "PM2.5"]


def write_csv(path, heading, rows):
    text = io.StringIO()
    csv.writer(text).writerows([heading, *rows])
    raw = text.getvalue().encode()
    path.write_bytes(gzip.compress(raw) if path.suffix == ".gz" else raw)
    return path


def rows_of(path):
    raw = path.read_bytes()
    return list(
        csv.reader(io.StringIO((gzip.decompress(raw) if path.suffix == ".gz" else raw).decode("utf-8-sig")))
    )


def dicts_of(path):
    heading, *rows = rows_of(path)
    return [dict(zip(heading, row, strict=True)) for row in rows]


def day_row(day, station="甲", city="林州", **values):
    usual = {"SO2": "8", "NO2": "30", "CO": "0.7", "O3": "95", "PM10": "50", "PM2.5": "35"} | values
    return [station, city, day, *usual.values()]


def evaluated(rows, heading=DAYS, profile="air-days", report="daily"):
    evaluator = RowEvaluator(read_air_profile(profile), report)
    columns = dict(zip(heading, map(list, zip(*rows, strict=True)), strict=True))
    return list(evaluator.evaluate(Batch(2, columns))), evaluator.problems


class TestRows:
    def test_both_sides_of_the_change_of_edition_stand_in_one_run(self):
        rows = [day_row(day, PM10="130", **{"PM2.5": "70"}) for day in ("2026-02-28", "2026-03-01")]
        found, _ = evaluated(rows)
        assert [(row.edition, row.aqi, row.grade) for row in found] == [
            ("HJ 633-2012", 94, "良"),
            ("HJ 633-2026", 110, "轻度污染"),
        ]
        assert found[0].over_standard == ()
        assert found[1].primary == ("PM2.5_24h",)

    def test_ties_are_all_primary(self):
        (row,), _ = evaluated([day_row("2026-06-01", O3="136", **{"PM2.5": "50"})])
        assert set(row.primary) == {"PM2.5_24h", "O3_8h"}

    def test_a_missing_pollutant_stays_missing_and_holds_back_a_good_index(self):
        good, bad = (
            evaluated([day_row("2026-06-01", PM10="--", **{"PM2.5": value})])[0][0] for value in ("40", "80")
        )
        assert (good.aqi, good.mark, good.missing) == (60, "NA", {"PM10_24h": "blank"})
        assert (bad.mark, bad.grade) == ("", "轻度污染")

    def test_the_edition_of_2012_holds_nothing_back(self):
        (row,), _ = evaluated([day_row("2025-06-01", PM10="--")])
        assert (row.mark, row.missing) == ("", {"PM10_24h": "blank"})

    def test_every_gap_says_why(self):
        marks = ("", "--", "*", "-", "0", "999.9", "-3", "much")
        rows = [day_row(f"2026-06-0{n}", PM10=mark) for n, mark in enumerate(marks, 1)]
        rows.append(day_row("2026-06-09", CO="850"))
        found, problems = evaluated(rows)
        assert [reason for row in found for reason in row.missing.values()] == [
            *["blank"] * 4,
            "impossible_zero",
            "missing_mark",
            "negative",
            "not_a_number",
            "co_looks_like_micrograms",
        ]
        assert {(problem.row, problem.field) for problem in problems.kept} == {
            (8, "PM10"),
            (9, "PM10"),
            (10, "CO"),
        }

    def test_a_gap_by_scale_or_column_is_told_from_one_in_the_file(self):
        heading = ["station", "city", "time", "SO2", "PM2.5"]
        rows = [["甲", "林州", "2025-06-01 01:00", "900", "35"]]
        (row,), _ = evaluated(rows, heading, "air-hours", "hourly")
        assert row.missing["SO2_1h"] == "above_scale"
        assert row.missing["CO_1h"] == "no_column"

    def test_a_row_without_a_station_is_reported_and_not_judged(self):
        (row,), problems = evaluated([day_row("2026-06-01", station=" ")])
        assert (row.aqi, row.reason) == (None, "no_station")
        assert [(one.row, one.field, one.reason) for one in problems.kept] == [(2, "station", "no_station")]

    def test_an_unknown_column_is_reported_once(self):
        heading = [*DAYS, "VOC"]
        evaluator = RowEvaluator(read_air_profile("air-days"), "daily")
        for day in ("2026-06-01", "2026-06-02"):
            columns = dict(zip(heading, [[cell] for cell in [*day_row(day), "3"]], strict=True))
            list(evaluator.evaluate(Batch(2, columns)))
        assert [(one.found, one.reason) for one in evaluator.problems.kept] == [("VOC", "unknown_column")]

    def test_over_standard_pollutants_are_named_from_the_worst_on(self):
        (row,), _ = evaluated([day_row("2025-06-01", PM10="200", **{"PM2.5": "150"})])
        assert row.over_standard == ("PM2.5_24h", "PM10_24h")

    def test_rows_that_cannot_be_judged_say_why(self):
        rows = [
            day_row("1999-01-01"),
            day_row("06-01"),
            day_row("soon"),
            day_row("2025-06-01", **dict.fromkeys(DAYS[3:], "*")),
            day_row("2025-06-02"),
            day_row("2025-06-02"),
        ]
        found, problems = evaluated(rows)
        assert [row.reason for row in found] == [
            "before_first_edition",
            "time_without_year",
            "not_a_time",
            "no_sub_index",
            "",
            "duplicate_time",
        ]
        assert problems.counts == {"time_without_year": 1, "not_a_time": 1, "duplicate_time": 1}

    def test_another_edition_can_be_named_by_the_profile(self):
        (row,), _ = evaluated([["甲", "2014-01-01", "81"]], ["city", "date", "pm25"], profile="aqistudy-days")
        assert (row.edition, row.aqi) == ("HJ 633-2012", 108)

    def test_a_profile_without_a_fitting_indicator_is_refused(self):
        with pytest.raises(BadAirProfile, match="no column is an indicator"):
            evaluated([day_row("2026-06-01")], report="hourly")

    def test_a_station_may_be_named_by_two_columns(self, tmp_path):
        path = tmp_path / "own.yaml"
        path.write_text(
            "subject: air\ntitle: x\nvalues: day\nstation: [a, b]\ntime: [t]\ncolumns: {PM10_24h: c}",
            encoding="utf-8",
        )
        (row,), _ = evaluated([["甲", "乙", "2025-01-01", "9"]], ["a", "b", "t", "c"], profile=str(path))
        assert row.station == "甲 乙"


class TestRules:
    def test_editions_that_differ_in_their_steps_are_refused(self):
        assert reporting_decimals() == {"SO2": 0, "NO2": 0, "CO": 1, "O3": 0, "PM10": 0, "PM2.5": 0}
        other = [
            replace(
                edition,
                cells=tuple(
                    replace(c, value=Decimal(2)) if c.table == "decimals" else c for c in edition.cells
                ),
            )
            if edition.code == "HJ 633-2026"
            else edition
            for edition in shipped()
        ]
        with pytest.raises(NoSuchValue):
            reporting_decimals(other)

    def test_what_an_edition_does_not_have_is_refused(self):
        with pytest.raises(NotInThisEdition):
            index_rules(rules_named("HJ 633-2026"), "station_feed")
        for edition in ("HJ 663-2013", "HJ 663-2026"):
            for part in ("exceptional_events", "three_year_mean"):
                with pytest.raises(NotInThisEdition, match="本版不可用"):
                    require_part(rules_named(edition), part)


def a_year(tmp_path, year, stations=(("甲", "林州"),), name="days.csv", **values):
    first = date(year, 1, 1).toordinal()
    days = [
        date.fromordinal(first + n).isoformat() for n in range((date(year + 1, 1, 1) - date(year, 1, 1)).days)
    ]
    rows = [day_row(day, station, city, **values) for station, city in stations for day in days]
    return write_csv(tmp_path / name, DAYS, rows)


def read_year(path, profile="air-days", **choices):
    problems = Problems()
    series = read_any_series(path, read_air_profile(profile), problems, None)
    return series, problems


class TestYears:
    @pytest.mark.parametrize(
        ("year", "limits", "attained"),
        [
            (2025, "GB 3095-2012", True),
            (2026, "GB 3095-2026/transition", False),
            (2030, "GB 3095-2026/transition", False),
            (2031, "GB 3095-2026/final", False),
        ],
    )
    def test_the_limits_of_the_year_judge_it(self, tmp_path, year, limits, attained):
        series, problems = read_year(a_year(tmp_path, year, **{"PM2.5": "31"}))
        verdict = evaluate_year(series, year_rules(year, Choices()))
        assert problems.total == 0
        assert verdict.rules.limits.name == limits
        assert verdict.stations[0].is_attained is attained
        assert verdict.cities[0].is_attained is attained

    def test_2026_states_its_choice_and_may_be_told_another(self, tmp_path):
        series, _ = read_year(a_year(tmp_path, 2026, **{"PM2.5": "31"}))
        told = evaluate_year(series, year_rules(2026, Choices(year_choice="first_day")))
        assert told.stations[0].is_attained is True
        assert any("1 月 1 日" in word for word in told.basis.unverified)

    def test_a_city_is_evaluated_from_its_days(self, tmp_path):
        one = a_year(tmp_path, 2025, [("甲", "林州"), ("乙", "林州"), ("丙", "周市")])
        series, _ = read_year(one)
        verdict = evaluate_year(series, year_rules(2025, Choices()))
        assert [unit.name for unit in verdict.cities] == ["林州", "周市"]
        assert [unit.rank for unit in verdict.cities] == [1, 1]
        assert verdict.cities[0].composite.index == Decimal("3.36")
        assert (verdict.cities[0].good_days, verdict.cities[0].valid_days) == (365, 365)

    def test_the_order_of_stations_is_irrelevant(self, tmp_path):
        stations = [("甲", "林州"), ("乙", "林州"), ("丙", "周市")]
        results = []
        for number, order in enumerate((stations, stations[::-1])):
            series, _ = read_year(a_year(tmp_path, 2025, order, name=f"{number}.csv"))
            verdict = evaluate_year(series, year_rules(2025, Choices()))
            results.append(
                {unit.name: (unit.composite, unit.rank, unit.is_attained) for unit in verdict.cities}
            )
        assert results[0] == results[1]

    def test_a_year_with_too_few_days_is_open_not_clean(self, tmp_path):
        path = write_csv(tmp_path / "few.csv", DAYS, [day_row("2025-01-01"), day_row("2025-01-02")])
        series, _ = read_year(path)
        unit = evaluate_year(series, year_rules(2025, Choices())).stations[0]
        assert isinstance(unit.is_attained, Missing)
        assert isinstance(unit.composite, Missing)
        assert isinstance(unit.rank, Missing)
        assert unit.valid_days == 2

    def test_an_exceedance_decides_whatever_is_missing(self, tmp_path):
        series, _ = read_year(a_year(tmp_path, 2025, SO2="--", **{"PM2.5": "90"}))
        assert evaluate_year(series, year_rules(2025, Choices())).stations[0].is_attained is False

    def test_duplicate_days_keep_the_first_and_are_named(self, tmp_path):
        path = write_csv(
            tmp_path / "twice.csv", DAYS, [day_row("2025-01-01"), day_row("2025-01-01", SO2="80")]
        )
        series, problems = read_year(path)
        assert series.values["SO2_24h"].tolist() == [[[8]]]
        assert problems.counts["duplicate_time"] == 6
        assert {problem.row for problem in problems.kept} == {3}

    def test_a_part_of_a_year_is_filled_up_with_gaps(self, tmp_path):
        path = write_csv(tmp_path / "part.csv", DAYS, [day_row("2025-03-01")])
        series, _ = read_year(path)
        block = series.year("SO2_24h", 2025)
        assert block.shape == (1, 365, 1)
        assert (block != MISSING).sum() == 1

    def test_a_day_before_the_first_edition_is_reported_and_the_others_are_judged(self, tmp_path):
        rows = [day_row("1999-01-01"), day_row("2025-01-01"), day_row("2025-01-02", station="")]
        problems = Problems()
        path = write_csv(tmp_path / "early.csv", DAYS, rows)
        series = read_any_series(
            path, read_air_profile("air-days"), problems, None, since=first_day(Choices())
        )
        assert (series.stations, series.first_day) == (("甲",), date(2025, 1, 1))
        assert [(one.row, one.reason) for one in problems.kept] == [
            (2, "before_first_edition"),
            (4, "no_station"),
        ]

    def test_a_mistyped_year_does_not_fill_the_memory(self, tmp_path):
        path = write_csv(tmp_path / "far.csv", DAYS, [day_row("2025-01-01"), day_row("2205-01-01")])
        with pytest.raises(BadTable, match=r"2025-01-01 to 2205-01-01.*mistyped"):
            read_year(path)

    def test_nothing_to_read_is_missing(self, tmp_path):
        path = write_csv(tmp_path / "none.csv", DAYS, [day_row("soon")])
        series, _ = read_year(path)
        assert series == Missing("no_value")
        assert SeriesBuilder(24).series() == Missing("no_value")


def hours_table(tmp_path, name="hours.csv", **extra):
    rows = [
        ["甲", parameter, f"2025-01-01 {hour:02d}:00", str(value)]
        for parameter, value in (("PM2.5", 36), ("O3", 120), ("CO", "0.8"))
        for hour in range(24)
    ]
    return write_csv(tmp_path / name, ["station", "parameter", "time", "value"], rows + extra.get("more", []))


class TestHours:
    def test_a_narrow_table_becomes_days(self, tmp_path, capsys):
        path = hours_table(tmp_path)
        out = tmp_path / "out.csv"
        assert (
            main(["evaluate", "air-daily", str(path), "--profile", "air-hours-narrow", "--results", str(out)])
            == 0
        )
        (row,) = dicts_of(out)
        assert (row["AQI"], row["首要污染物"], row["版本"]) == ("67", "O3_8h", "HJ 633-2012")
        assert (row["IAQI PM2.5_24h"], row["IAQI CO_24h"]) == ("52", "20")

    def test_unknown_codes_are_named(self, tmp_path):
        path = hours_table(tmp_path, more=[["甲", "TVOC", "2025-01-01 00:00", "1"]])
        _, problems = read_year(path, "air-hours-narrow")
        assert [(p.row, p.field, p.found, p.reason) for p in problems.kept] == [
            (74, "parameter", "TVOC", "unknown_code")
        ]

    def test_an_hour_is_named_by_its_start_or_its_end(self):
        noon = datetime(1970, 1, 1, 12)  # noqa: DTZ001 - a wall-clock time
        assert (slot_of(noon, 24, "start"), slot_of(noon, 24, "end")) == (12, 11)


class TestCommands:
    def test_hours_are_written_with_their_swapped_ozone_set_right(self, tmp_path, capsys):
        heading = ["timepoint", "stationcode", "so2", "no2", "co", "o3", "o3_24h", "pm10", "pm2_5"]
        rows = [["2019-07-18T12:00:00", "1A", 1, 13, "0.8", 300, 164, 45, 34]]
        path, out = write_csv(tmp_path / "feed.csv.gz", heading, rows), tmp_path / "out.csv"
        assert main(["evaluate", "air-hourly", str(path), "--results", str(out)]) == 0
        (row,) = dicts_of(out)
        assert (row["AQI"], row["首要污染物"], row["IAQI PM2.5_1h"]) == ("55", "O3_1h", "49")
        assert "HJ 633-2012" in capsys.readouterr().out

    def test_a_year_is_written_with_its_basis(self, tmp_path, capsys):
        path = a_year(tmp_path, 2026, **{"PM2.5": "31"})
        out, summary = tmp_path / "out.csv.gz", tmp_path / "out.json"
        command = ["evaluate", "air-year", str(path), "--profile", "air-days", "--format", "json"]
        assert main([*command, "--results", str(out), "--summary", str(summary)]) == 0
        data = json.loads(summary.read_text(encoding="utf-8"))
        assert json.loads(capsys.readouterr().out) == data
        assert (data["years"][0]["limits"], data["years"][0]["attaining"]) == ("GB 3095-2026/transition", 0)
        rows = dicts_of(out)
        (pm,) = [row for row in rows if row["污染物"] == "PM2.5" and row["类型"] == "城市"]
        assert (pm["年均评价值"], pm["年均限值"], pm["年均超标倍数"], pm["达标"]) == (
            "31",
            "30",
            "0.03",
            "否",
        )
        assert "12 月 31 日" in pm["未核实或约定"]

    def test_what_an_edition_lacks_is_refused_in_words(self, tmp_path, capsys):
        path = a_year(tmp_path, 2026)
        command = ["evaluate", "air-year", str(path), "--profile", "air-days", "--with", "three_year_mean"]
        assert main(command) == 2
        assert "本版不可用" in capsys.readouterr().err

    def test_a_call_may_name_an_edition(self, tmp_path, capsys):
        path = a_year(tmp_path, 2025, **{"PM2.5": "31"})
        command = ["evaluate", "air-year", str(path), "--profile", "air-days", "--format", "json"]
        assert main([*command, "--edition", "limits=GB 3095-2026/final"]) == 0
        (year,) = json.loads(capsys.readouterr().out)["years"]
        assert (year["limits"], year["attaining"]) == ("GB 3095-2026/final", 0)
        assert any("指定" in word for word in year["unverified"])
        assert main([*command, "--edition", "rank=x"]) == 2

    def test_problems_are_listed_and_strict_fails(self, tmp_path, capsys):
        path = write_csv(tmp_path / "x.csv", DAYS, [day_row("2025-01-01", CO="900"), day_row("soon")])
        listed = tmp_path / "problems.csv"
        command = ["evaluate", "air-daily", str(path), "--profile", "air-days", "--problems", str(listed)]
        assert main([*command, "--strict"]) == 1
        lines = rows_of(listed)
        assert lines[1:] == [
            ["2", "CO", "900", "co_looks_like_micrograms", ""],
            ["3", "date", "soon", "not_a_time", ""],
        ]
        assert "row 2" in capsys.readouterr().err

    def test_many_problems_are_cut_short_on_the_screen(self, tmp_path, capsys):
        path = write_csv(tmp_path / "x.csv", DAYS, [day_row("soon")] * 30)
        assert main(["evaluate", "air-daily", str(path), "--profile", "air-days"]) == 0
        assert "30 problems in all" in capsys.readouterr().err

    def test_an_empty_series_is_said_to_be_empty(self, tmp_path, capsys):
        path = write_csv(tmp_path / "x.csv", DAYS, [day_row("soon")])
        assert main(["evaluate", "air-year", str(path), "--profile", "air-days"]) == 0
        assert "no_value" in capsys.readouterr().out
        hours = write_csv(
            tmp_path / "h.csv", ["station", "parameter", "time", "value"], [["甲", "SO2", "soon", "1"]]
        )
        assert main(["evaluate", "air-daily", str(hours), "--profile", "air-hours-narrow"]) == 0

    @pytest.mark.parametrize(
        ("command", "profile"),
        [("air-hourly", "air-days"), ("air-hourly", "air-hours-narrow"), ("air-daily", "nobody")],
    )
    def test_a_profile_that_does_not_fit_is_refused(self, tmp_path, capsys, command, profile):
        path = write_csv(tmp_path / "x.csv", DAYS, [day_row("2025-01-01")])
        assert main(["evaluate", command, str(path), "--profile", profile]) == 2
        assert profile in capsys.readouterr().err

    def test_a_long_file_tells_how_far_it_is(self, capsys):
        from qingshan.evaluation.commands._air import Progress

        tell = Progress()
        for rows in (999_999, 1_000_000, 1_500_000, 2_000_000):
            tell(rows)
        assert capsys.readouterr().err == "1000000 rows\n2000000 rows\n"


@pytest.mark.shared
class TestRealTables:
    def test_the_feed_is_evaluated_with_its_damage_named(self, shared, tmp_path):
        path = shared / "data/air/cnemc_station_hour_snapshots_open.csv.gz"
        evaluator = RowEvaluator(read_air_profile("national-air-hours"), "hourly")
        rows = [row for batch in read_batches(path) for row in evaluator.evaluate(batch)]
        assert sum(row.aqi is not None for row in rows) > 7000
        assert set(evaluator.problems.counts) == {"duplicate_time"}
