"""Columns give what the scalars give: on every step of every scale, and on random years."""

from datetime import date, timedelta
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qingshan.kernel.basis import Missing
from qingshan.science.air import (
    MISSING,
    TOP_CODE,
    UNKNOWN,
    Grade,
    IndexRules,
    IndexTables,
    ItemRules,
    OzoneDayRules,
    PeriodRules,
    Scale,
    air_index,
    as_codes,
    city_mean,
    city_means,
    daily_mean,
    daily_means,
    encoded,
    ozone_daily_maxima,
    ozone_daily_maximum,
    primary_names,
    year_columns,
    year_item,
)

RUNGS = (0, 50, 100, 150, 200, 300, 400, 500)
GRADES = (Grade(1, 50, "优", "", ""), Grade(6, 500, "严重污染", "", ""))
PM25 = Scale((0, 35, 75, 115, 150, 250, 350, 500), RUNGS, 0, 500)
CO = Scale((0, 20, 40, 140, 240, 360, 480, 600), RUNGS, 1, 500)
SO2_1H = Scale((0, 150, 500, 650, 800), RUNGS[:5], 0, None)
SO2_24H = Scale((0, 50, 150, 475, 800, 1600, 2100, 2620), RUNGS, 0, 500)
RULES = IndexRules(
    {"PM2.5": PM25, "CO": CO, "SO2_1h": SO2_1H}, GRADES, 50, 100, 0, {"SO2_1h": ("SO2_24h", SO2_24H)}
)
COLUMNS = (*RULES.scales, "SO2_24h")
blank = Missing("blank")


def steps(top):
    return st.one_of(st.just(blank), st.integers(0, top))


class TestCodes:
    def test_missing_and_too_large_values_have_their_codes(self):
        assert encoded([0, blank, 70_000]).tolist() == [0, MISSING, TOP_CODE]
        assert as_codes(np.array([5, -1, 99_999])).tolist() == [5, MISSING, TOP_CODE]
        assert as_codes(np.array([], dtype=np.int32)).tolist() == []

    def test_negative_concentrations_and_floats_are_refused(self):
        with pytest.raises(ValueError):
            encoded([-1])
        with pytest.raises(ValueError):
            as_codes(np.array([-2]))
        with pytest.raises(TypeError):
            as_codes(np.array([1.0]))


class TestIndexTables:
    def scalar(self, row, rules=RULES):
        found = air_index(dict(zip(COLUMNS, row, strict=True)), rules)
        return (MISSING, ()) if isinstance(found, Missing) else (found.aqi, set(found.primary))

    def column(self, rows, rules=RULES):
        tables = IndexTables.of(rules, COLUMNS)
        aqi, bits = tables.evaluate([encoded(column) for column in zip(*rows, strict=True)])
        return [(int(a), set(primary_names(int(b), COLUMNS)) or ()) for a, b in zip(aqi, bits, strict=True)]

    @pytest.mark.parametrize("name", ["PM2.5", "CO", "SO2_1h"])
    def test_every_step_of_a_scale_equals_the_scalar(self, name):
        scale = RULES.scales[name]
        place = COLUMNS.index(name)
        rows = [[blank] * 4 for _ in range(scale.limits[-1] + 3)]
        for value, row in enumerate(rows):
            row[place] = value
        got = self.column(rows)
        for row, result in zip(rows, got, strict=True):
            aqi, primary = self.scalar(row)
            assert result == (aqi, primary or ())

    @settings(max_examples=60, deadline=None)
    @given(
        st.lists(st.tuples(steps(600), steps(700), steps(1000), steps(3000)), min_size=1, max_size=20),
        st.integers(0, 1),
    )
    def test_rows_with_ties_gaps_and_fallbacks_equal_the_scalar(self, rows, lowest):
        rules = IndexRules(RULES.scales, GRADES, 50, 100, lowest, RULES.fallbacks)
        assert self.column(rows, rules) == [
            (aqi, primary or ()) for aqi, primary in (self.scalar(row, rules) for row in rows)
        ]

    def test_more_rows_than_a_tile_holds_give_the_same(self):
        column = (np.arange(70_001) % 501).astype(np.uint16)
        tables = IndexTables.of(RULES, ["PM2.5"])
        aqi, _ = tables.evaluate([column])
        assert aqi[:501].tolist() == aqi[501:1002].tolist() == tables.sub_indices([column])[0, :501].tolist()
        assert aqi[70_000] == aqi[70_000 % 501]

    def test_a_missing_column_of_one_row_changes_no_other_row(self):
        tables = IndexTables.of(RULES, ["PM2.5", "CO"])
        before, _ = tables.evaluate([encoded([10, 80]), encoded([5, 6])])
        after, _ = tables.evaluate([encoded([blank, 80]), encoded([5, 6])])
        assert before[1] == after[1]

    def test_sub_indices_keep_the_missing_ones_missing(self):
        found = IndexTables.of(RULES).sub_indices([encoded([75]), encoded([blank]), encoded([801])])
        assert found[:, 0].tolist() == [100, MISSING, MISSING]

    def test_columns_of_another_number_length_or_type_are_refused(self):
        tables = IndexTables.of(RULES, ["PM2.5", "CO"])
        with pytest.raises(ValueError, match="1 columns"):
            tables.evaluate([encoded([1])])
        with pytest.raises(ValueError, match="different length"):
            tables.evaluate([encoded([1]), encoded([1, 2])])
        with pytest.raises(TypeError):
            tables.evaluate([np.array([1]), np.array([1])])


hours = st.lists(steps(300), min_size=24, max_size=24)


class TestDays:
    @settings(max_examples=60, deadline=None)
    @given(st.lists(hours, min_size=1, max_size=5), st.integers(0, 24))
    def test_means_equal_the_scalar(self, days, least):
        got = daily_means(np.stack([encoded(day) for day in days]), least)
        expected = [daily_mean(day, least) for day in days]
        assert got.tolist() == encoded(expected).tolist()

    @settings(max_examples=60, deadline=None)
    @given(st.lists(hours, min_size=1, max_size=5), st.sampled_from([0, 5, 6, 8]), st.integers(1, 17))
    def test_ozone_maxima_equal_the_scalar(self, days, min_hours, min_windows):
        rules = OzoneDayRules(min_hours=min_hours, min_windows=min_windows, limit=100)
        got = ozone_daily_maxima(np.stack([encoded(day) for day in days]), rules)
        assert got.tolist() == encoded([ozone_daily_maximum(day, rules) for day in days]).tolist()

    def test_other_axes_keep_their_shape(self):
        cube = np.full((2, 3, 24), 10, np.uint16)
        assert daily_means(cube).shape == ozone_daily_maxima(cube, OzoneDayRules()).shape == (2, 3)

    def test_a_day_of_another_length_is_refused(self):
        with pytest.raises(ValueError):
            daily_means(np.zeros((2, 23), np.uint16))


class TestCities:
    @settings(max_examples=60, deadline=None)
    @given(st.lists(st.tuples(st.integers(-1, 2), steps(300)), min_size=1, max_size=15))
    def test_means_equal_the_scalar(self, stations):
        codes = encoded([value for _, value in stations]).reshape(-1, 1)
        got = city_means(codes, np.array([city for city, _ in stations]), 3)
        for city in range(3):
            own = [value for home, value in stations if home == city]
            expected = city_mean(own) if own else blank
            assert got[city, 0] == encoded([expected])[0]


def a_year(values, year=2025):
    first = date(year, 1, 1)
    return {first + timedelta(days=place): value for place, value in enumerate(values)}


CO_YEAR = ItemRules(1, 2, 1, None, Decimal(4), 95)
PM_YEAR = ItemRules(0, 1, 0, Decimal(30), Decimal(60), 95)
COARSE = ItemRules(1, 0, 0, Decimal(30), Decimal(60), 98)


class TestYears:
    @settings(max_examples=40, deadline=None)
    @given(
        st.integers(0, 10**6),
        st.sampled_from([0, 20, 41, 42, 60]),
        st.sampled_from([CO_YEAR, PM_YEAR, COARSE]),
        st.sampled_from([2024, 2025]),
    )
    def test_a_year_equals_the_scalar(self, seed, missing, item, year):
        random = np.random.default_rng(seed)
        length = 366 if year == 2024 else 365
        values = [int(v) for v in random.integers(0, 80, length)]
        for place in random.choice(length, missing, replace=False):
            values[place] = blank
        got = year_columns(np.stack([encoded(values)]), date(year, 1, 1), item, PeriodRules())
        expected = year_item(a_year(values, year), item, PeriodRules())
        assert got.valid_days[0] == expected.valid_days
        self.same(got, expected, item)

    def same(self, got, expected, item):
        scale, shown = 10**item.attainment_decimals, 10**item.statistics_decimals
        pairs = [
            (got.percentile_shown[0], expected.percentile, shown),
            (got.mean_shown[0], expected.annual_mean, shown),
        ]
        for side, attainment in (
            ("mean", expected.mean_attainment),
            ("percentile", expected.percentile_attainment),
        ):
            there = attainment is not None and not isinstance(attainment, Missing)
            value = attainment.value if there else blank
            multiple = attainment.exceed_multiple if there else None
            pairs.append((getattr(got, side)[0], value, scale))
            pairs.append((getattr(got, f"{side}_multiple")[0], blank if multiple is None else multiple, 100))
        for column, scalar, factor in pairs:
            assert column == (UNKNOWN if isinstance(scalar, Missing) else scalar * factor)
        attained = expected.is_attained
        assert got.attained[0] == (UNKNOWN if isinstance(attained, Missing) else int(attained))

    @pytest.mark.parametrize(
        ("shape", "first"),
        [((1, 365), date(2024, 1, 1)), ((1, 365), date(2025, 1, 2)), ((365,), date(2025, 1, 1))],
    )
    def test_days_that_are_no_calendar_year_are_refused(self, shape, first):
        with pytest.raises(ValueError):
            year_columns(np.zeros(shape, np.uint16), first, PM_YEAR, PeriodRules())

    def test_a_limit_finer_than_the_comparison_is_refused(self):
        item = ItemRules(0, 0, 0, None, Decimal("0.5"), 95)
        with pytest.raises(ValueError, match="more than 0 decimals"):
            year_columns(np.zeros((1, 365), np.uint16), date(2025, 1, 1), item, PeriodRules())
