"""Profiles say which column holds what; cells are read exactly, and damage has a reason."""

from decimal import Decimal

import pytest

from qingshan.evaluation.air_profile import BadAirProfile, read_air_profile, shipped_air_profiles
from qingshan.evaluation.air_readings import ConcentrationReader, primary_words
from qingshan.evaluation.problems import Problems
from qingshan.kernel.basis import Missing

HEAD = "subject: air\ntitle: x\nvalues: day\nstation: [a]\ntime: [b]\n"


class TestReadingCells:
    @pytest.mark.parametrize(
        ("text", "reason"),
        [
            ("", "blank"),
            ("--", "blank"),
            ("*", "blank"),
            ("-", "blank"),
            ("—", "blank"),
            ("0", "impossible_zero"),
            ("0.0", "impossible_zero"),
            ("999.9", "missing_mark"),
            ("99.99", "missing_mark"),
            ("-3", "negative"),
            ("12a", "not_a_number"),
            ("6000", "implausibly_high"),
        ],
    )
    def test_what_is_no_concentration_has_its_reason(self, text, reason):
        assert ConcentrationReader("PM2.5_1h", 0, highest=Decimal(5000)).read(text) == Missing(reason)

    def test_co_in_micrograms_is_seen_and_a_profile_may_say_so(self):
        assert (
            ConcentrationReader("CO_1h", 1, highest=Decimal(60)).read("850").reason
            == "co_looks_like_micrograms"
        )
        assert ConcentrationReader("CO_1h", 1, power_of_ten=-3, highest=Decimal(60)).read("850") == 8

    def test_a_half_goes_to_the_even_step(self):
        reader = ConcentrationReader("PM2.5_1h", 0)
        assert [reader.read(text) for text in ("60.5", "61.5", "60.50001", "6e1")] == [60, 62, 61, 60]

    def test_damage_is_reported_by_row_and_field_and_gaps_are_not(self):
        problems = Problems()
        reader = ConcentrationReader("PM2.5_1h", 0)
        assert reader.column(["35", "--", "-1", "-1"], 2, "pm25", problems).tolist() == [35, -1, -1, -1]
        assert [(p.row, p.field, p.found, p.reason) for p in problems.kept] == [
            (4, "pm25", "-1", "negative"),
            (5, "pm25", "-1", "negative"),
        ]

    def test_published_words_are_split(self):
        assert primary_words("颗粒物(PM10)、臭氧1小时") == ("颗粒物(PM10)", "臭氧1小时")


class TestProfiles:
    def test_every_shipped_profile_can_be_read(self):
        assert {read_air_profile(name).name for name in shipped_air_profiles()} >= {
            "national-air-hours",
            "air-days",
        }

    @pytest.mark.parametrize(
        ("body", "words"),
        [
            ("subject: water", "subject"),
            ("subject: air\nstrange: 1", "unknown keys"),
            ("subject: air\ntitle: x\nvalues: week\nstation: [a]\ntime: [b]", "week"),
            ("subject: air\ntitle: x\nvalues: day\nstation: a\ntime: [b]", "not a list"),
            ("subject: air\ntitle: x\nvalues: day\nstation: [a]\ntime: [b]", "neither columns"),
            (
                "subject: air\ntitle: x\nvalues: day\nstation: [a]\ntime: [b]\ncolumns: {PM1_24h: c}",
                "PM1_24h",
            ),
            (
                f"{HEAD}columns: {{CO_24h: c}}\nunits: {{CO: g}}",
                "'g'",
            ),
            (
                f"{HEAD}columns: {{CO_24h: c}}\neditions: {{a: b}}",
                "'a'",
            ),
            ("subject: air\ntitle: x", "values"),
            ("a: [", "expected"),
        ],
    )
    def test_one_of_another_shape_is_refused(self, tmp_path, body, words):
        path = tmp_path / "own.yaml"
        path.write_text(body, encoding="utf-8")
        with pytest.raises(BadAirProfile, match=words):
            read_air_profile(str(path))

    def test_an_unknown_one_is_refused_with_the_known_ones(self):
        with pytest.raises(BadAirProfile, match="air-days"):
            read_air_profile("nobody")

    def test_a_table_without_its_columns_is_refused(self):
        profile = read_air_profile("air-days")
        with pytest.raises(BadAirProfile, match="time columns"):
            profile.time_column(["station"])
        with pytest.raises(BadAirProfile, match="name the station"):
            profile.indicators_of(["date"])
        with pytest.raises(BadAirProfile, match="no indicator"):
            profile.indicators_of(["station", "date"])

    def test_units_are_brought_to_that_of_the_standard(self, tmp_path):
        path = tmp_path / "own.yaml"
        path.write_text(
            "subject: air\ntitle: x\nvalues: day\nstation: [a]\ntime: [b]\ncolumns: {CO_24h: c}\n"
            "units: {CO: µg/m³, SO2: mg/m³}",
            encoding="utf-8",
        )
        profile = read_air_profile(str(path))
        assert [profile.power_of_ten(name) for name in ("CO", "SO2", "NO2")] == [-3, 3, 0]
