"""Published indices are recomputed; what differs is counted by cause."""

import pytest

from qingshan.cli import main
from qingshan.evaluation.air_profile import read_air_profile
from qingshan.evaluation.conformance.published_air import published_air

FEED = "timepoint,stationcode,so2,no2,co,o3,o3_24h,pm10,pm2_5,aqi,primarypollutant"


def feed(tmp_path, *rows):
    path = tmp_path / "feed.csv"
    path.write_text("\n".join([FEED, *rows]) + "\n", encoding="utf-8")
    return path


class TestPublishedAir:
    def test_agreement_is_counted_over_complete_hours(self, tmp_path, capsys):
        path = feed(
            tmp_path,
            "2019-07-18T12:00:00,1A,1,13,0.8,999,164,45,34,55,臭氧1小时",
            "2019-07-18T13:00:00,1A,1,13,0.8,9,60,150,34,101,颗粒物(PM10)",
            "2019-07-18T14:00:00,1A,1,13,0.8,9,60,150,34,100,未知",
            "2019-07-18T15:00:00,1A,1,13,0.8,9,60,150,34,80,颗粒物(PM10)",
            "2019-07-18T16:00:00,1A,1,13,0.8,9,,40,34,120,臭氧1小时",
            "2019-07-18T17:00:00,1A,,,,,,,,40,",
            "2019-07-18T18:00:00,1A,1,13,0.8,9,60,40,34,,—",
        )
        found = published_air(path, read_air_profile("national-air-hours"))
        data = found.as_data()
        assert (data["rows"], data["agreeing"], data["share"]) == (4, 1, 25.0)
        assert data["disagreements"] == {
            "missing_item": 1,
            "no_sub_index": 1,
            "other_primary": 1,
            "other_value": 1,
            "rounding_edge": 1,
        }
        assert (data["incomplete_rows"], data["unpublished_rows"]) == (2, 1)
        assert data["unknown_words"] == {"未知": 1}
        assert main(["conformance", "published-air", str(path)]) == 1
        printed = capsys.readouterr().out
        for line in ("share\t25.0\n", "rows\t4\n", "disagreements\t{", "rounding_edge"):
            assert line in printed
        assert main(["conformance", "published-air", str(path), "--format", "json"]) == 1

    def test_no_complete_hour_is_no_share(self, tmp_path, capsys):
        path = feed(tmp_path, "2019-07-18T18:00:00,1A,1,13,0.8,9,60,40,34,,")
        assert published_air(path, read_air_profile("national-air-hours")).as_data()["share"] is None

    def test_a_profile_without_published_columns_is_refused(self, tmp_path, capsys):
        path = feed(tmp_path, "2019-07-18T18:00:00,1A,1,13,0.8,9,60,40,34,,")
        assert main(["conformance", "published-air", str(path), "--profile", "air-hours"]) == 2
        assert "published" in capsys.readouterr().err

    def test_a_table_without_the_published_columns_is_refused(self, tmp_path, capsys):
        path = tmp_path / "own.csv"
        path.write_text("timepoint,stationcode,so2\n2019-07-18T18:00:00,1A,1\n", encoding="utf-8")
        assert main(["conformance", "published-air", str(path)]) == 2
        assert "primarypollutant" in capsys.readouterr().err

    @pytest.mark.shared
    def test_every_complete_hour_of_the_real_feed_agrees(self, shared):
        path = shared / "data/air/cnemc_station_hour_snapshots_open.csv.gz"
        found = published_air(path, read_air_profile("national-air-hours"))
        assert found.rows == found.agreeing > 6000
        assert not found.unknown_words

    @pytest.mark.shared
    def test_with_the_ozone_labels_as_printed_it_would_not(self, shared, tmp_path):
        path = shared / "data/air/cnemc_station_hour_snapshots_open.csv.gz"
        shipped = read_air_profile("national-air-hours")
        as_printed = type(shipped)(
            **{name: getattr(shipped, name) for name in shipped.__slots__ if name != "columns"},
            columns={**shipped.columns, "O3_1h": "o3"},
        )
        assert published_air(path, as_printed).share < 70
