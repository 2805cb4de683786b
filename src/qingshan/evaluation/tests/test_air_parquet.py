"""A narrow Parquet file of hours read the short way gives what its texts give."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from qingshan.evaluation import air_profile
from qingshan.evaluation.air_profile import BadAirProfile, read_air_profile
from qingshan.evaluation.air_run import read_any_series
from qingshan.evaluation.problems import Problems
from qingshan.evaluation.tables import BadTable
from qingshan.kernel.basis import Missing
from qingshan.science.air import MISSING


def read_year(path, profile):
    problems = Problems()
    return read_any_series(path, read_air_profile(profile), problems, None), problems


def write_csv(path, heading, rows):
    path.write_text("\n".join(",".join(row) for row in [heading, *rows]) + "\n", encoding="utf-8")
    return path


class TestParquet:
    pa = pytest.importorskip("pyarrow")
    pq = pytest.importorskip("pyarrow.parquet")

    def write(self, path, rows, values=None):
        station, parameter, hour, value = zip(*rows, strict=True)
        start = 1735689600  # 2025-01-01 00:00 as wall-clock seconds
        table = self.pa.table(
            {
                "station": list(station),
                "parameter": list(parameter),
                "time": self.pa.array([start + 3600 * h for h in hour], self.pa.timestamp("s")),
                "value": self.pa.array(value, values or self.pa.float64()),
            }
        )
        self.pq.write_table(table, path)
        return path

    def as_text(self, path, rows):
        lines = [
            [s, p, f"2025-01-{1 + h // 24:02d} {h % 24:02d}:00", "" if v is None else repr(float(v))]
            for s, p, h, v in rows
        ]
        return write_csv(path, ["station", "parameter", "time", "value"], lines)

    def both(self, tmp_path, rows, values=None):
        short, short_problems = read_year(
            self.write(tmp_path / "a.parquet", rows, values), "air-hours-narrow"
        )
        long, long_problems = read_year(self.as_text(tmp_path / "a.csv", rows), "air-hours-narrow")
        return short, long, short_problems, long_problems

    def test_the_short_way_gives_what_the_long_way_gives(self, tmp_path):
        random = np.random.default_rng(4)
        rows = [
            (station, parameter, hour, value)
            for station in ("甲", "乙")
            for parameter in ("CO", "PM2.5", "SO2")
            for hour in range(40)
            for value in [
                random.choice([0.35, 0.85, 12.0, 60.5, 0.0, 999.9, -3.0, 8.0, 1200.0, 9999.0, 40.0])
            ]
        ]
        rows += [("丙", "O3", 50, None), ("丙", "O3", 51, 33.0), ("丙", "VOC", 51, 33.0)]
        short, long, short_problems, long_problems = self.both(tmp_path, rows)
        assert short.stations == long.stations
        assert short.first_day == long.first_day
        for name, block in long.values.items():
            assert (short.values[name] == block).all(), name
        assert short_problems.counts == long_problems.counts
        assert short_problems.counts["co_looks_like_micrograms"] > 0

    def test_repeated_places_keep_the_first_and_are_named(self, tmp_path):
        rows = [("甲", "SO2", 3, 5.0), ("甲", "SO2", 3, 6.0), ("甲", "SO2", 4, 7.0)]
        short, long, problems, _ = self.both(tmp_path, rows)
        assert (
            short.values["SO2_1h"][0, 0, 3:5].tolist() == long.values["SO2_1h"][0, 0, 3:5].tolist() == [5, 7]
        )
        assert [(p.row, p.reason) for p in problems.kept] == [(3, "duplicate_time")]

    def test_whole_numbers_and_later_stations_and_days_find_their_place(self, tmp_path, monkeypatch):
        monkeypatch.setattr("qingshan.evaluation.air_parquet.BATCH_ROWS", 2)
        rows = [
            ("甲", "SO2", 30, 5),
            ("乙", "SO2", 3, 6),
            ("丙", "NO2", 60, 7),
            ("丁", "NO2", 0, 8),
            ("甲", "SO2", 1, 9),
        ]
        short, long, *_ = self.both(tmp_path, rows, self.pa.int32())
        assert short.first_day == long.first_day
        for name, block in long.values.items():
            assert (short.values[name] == block).all()

    def test_rows_without_keys_or_rules_are_reported_and_left_out(self, tmp_path):
        hours = [1735689600, 1735693200, None, 1735696800, 0, 1735689600, 1735689600]
        table = self.pa.table(
            {
                "station": ["甲", "甲", "甲", " ", "甲", None, "甲"],
                "parameter": ["SO2", "SO2", "SO2", "SO2", "SO2", "SO2", None],
                "time": self.pa.array(hours, self.pa.timestamp("s")),
                "value": [8.0, 9.0, 10.0, 11.0, 12.0, 13.0, 14.0],
                "remark": [""] * 7,
            }
        )
        path = tmp_path / "gaps.parquet"
        self.pq.write_table(table, path)
        problems = Problems()
        series = read_any_series(
            path, read_air_profile("air-hours-narrow"), problems, None, since=date(2016, 1, 1)
        )
        assert series.stations == ("甲",)
        assert series.values["SO2_1h"][0, 0, :3].tolist() == [8, 9, MISSING]
        assert sorted((one.row, one.reason) for one in problems.kept) == [
            (1, "unknown_column"),
            (4, "blank"),
            (5, "no_station"),
            (6, "before_first_edition"),
            (7, "no_station"),
            (8, "unknown_code"),
        ]

    def test_a_table_that_names_cities_keeps_them(self, tmp_path):
        own = tmp_path / "own.yaml"
        shipped = Path(air_profile.__file__).parent / "profiles/air-hours-narrow.yaml"
        own.write_text(shipped.read_text(encoding="utf-8") + "city: city\n", encoding="utf-8")
        table = self.pa.table(
            {
                "station": ["甲"],
                "city": ["林州"],
                "parameter": ["SO2"],
                "time": self.pa.array([1735689600], self.pa.timestamp("s")),
                "value": [8.0],
            }
        )
        self.pq.write_table(table, tmp_path / "city.parquet")
        series, _ = read_year(tmp_path / "city.parquet", str(own))
        assert series.cities == ("林州",)

    def test_a_damaged_file_is_refused_with_its_reason(self, tmp_path):
        path = tmp_path / "bad.parquet"
        path.write_bytes(b"garbage")
        with pytest.raises(BadTable, match="not a Parquet file"):
            read_year(path, "air-hours-narrow")

    def test_an_empty_file_is_missing(self, tmp_path):
        path = self.write(tmp_path / "a.parquet", [("甲", "SO2", 3, 5.0)])
        self.pq.write_table(self.pq.read_table(path).slice(0, 0), path)
        assert read_year(path, "air-hours-narrow")[0] == Missing("no_value")

    @pytest.mark.parametrize("column", ["station", "value"])
    def test_a_file_of_another_shape_goes_the_long_way(self, tmp_path, column):
        path = self.write(tmp_path / "a.parquet", [("甲", "SO2", 3, 5.0)])
        table = self.pq.read_table(path)
        other = table.set_column(3, "value", self.pa.array(["5"])) if column == "value" else table
        self.pq.write_table(other.drop_columns(["station"]) if column == "station" else other, path)
        if column == "value":
            assert read_year(path, "air-hours-narrow")[0].values["SO2_1h"][0, 0, 3] == 5
        else:
            with pytest.raises(BadAirProfile):
                read_year(path, "air-hours-narrow")
