"""Means, validity, attainment and the composite index, at their edges."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qingshan.kernel.basis import Basis, Missing
from qingshan.science.air import (
    ItemRules,
    OzoneDayRules,
    PeriodRules,
    attains,
    change_rate_percent,
    city_attains,
    city_mean,
    composite_index,
    daily_mean,
    exceed_multiple,
    good_day_ratio_percent,
    month_validity,
    ozone_daily_maximum,
    plain_mean,
    quarter_validity,
    running_mean,
    season_mean,
    valid_mean,
    year_item,
    year_validity,
)

RULES = PeriodRules()
PM = ItemRules(0, 1, 0, Decimal(30), Decimal(60), 95)
CO = ItemRules(1, 1, 1, None, Decimal(4), 95)
OLD = {"SO2": 60, "NO2": 40, "PM10": 70, "PM2.5": 35, "CO": 4, "O3": 160}
LIMITS = {name: Decimal(limit) for name, limit in OLD.items()}
blank = Missing("blank")


def a_day(present, value=100):
    return [value] * present + [blank] * (24 - present)


class TestDays:
    @pytest.mark.parametrize(("hours", "is_valid"), [(20, True), (19, False)])
    def test_a_daily_mean_needs_twenty_hours(self, hours, is_valid):
        assert isinstance(daily_mean(a_day(hours)), Missing) is not is_valid

    def test_a_half_goes_to_the_even_step(self):
        assert daily_mean([60, 61] * 12) == 60
        assert daily_mean([61, 62] * 12) == 62

    @pytest.mark.parametrize(("hours", "is_valid"), [(6, True), (5, False)])
    def test_an_eight_hour_mean_needs_six(self, hours, is_valid):
        first = running_mean(a_day(hours), OzoneDayRules())[0]
        assert isinstance(first, Missing) is not is_valid

    def test_fourteen_windows_make_a_maximum_valid_and_thirteen_do_not(self):
        rules = OzoneDayRules()
        # Windows that end at 08:00 ... h+2 hold six or more of the first h hours.
        assert ozone_daily_maximum(a_day(19, 150), rules) == 150
        assert ozone_daily_maximum(a_day(18, 150), rules) == Missing("valid_windows_below_14")
        assert ozone_daily_maximum(a_day(18, 161), rules) == 161
        assert ozone_daily_maximum(a_day(18, 160), rules) == Missing("valid_windows_below_14")

    def test_a_day_without_hours_has_no_maximum(self):
        assert ozone_daily_maximum([blank] * 24, OzoneDayRules()) == Missing("valid_windows_below_14")

    def test_a_day_of_another_length_is_refused(self):
        with pytest.raises(ValueError, match="23 hours"):
            daily_mean([1] * 23)

    def test_no_value_has_no_mean_even_when_none_is_needed(self):
        assert valid_mean([blank], 0, "none") == Missing("none")


class TestCities:
    @pytest.mark.parametrize(
        ("values", "mean"),
        [
            ([30, 34, 41], 35),
            ([30, 34, 41, blank], 35),
            ([30, 34, blank, blank], Missing("valid_stations_below_share")),
            ([30, blank], 30),
            ([30, blank, blank], Missing("valid_stations_below_share")),
            ([], Missing("valid_stations_below_share")),
        ],
    )
    def test_enough_stations_make_a_city_value(self, values, mean):
        assert city_mean(values) == mean

    @given(st.lists(st.one_of(st.just(blank), st.integers(0, 500)), max_size=9), st.randoms())
    def test_the_order_of_stations_is_irrelevant(self, values, random):
        turned = list(values)
        random.shuffle(turned)
        assert city_mean(turned) == city_mean(values)


class TestValidity:
    def test_months_quarters_and_years(self):
        assert [month_validity(days, 1, RULES) for days in (26, 27)] == [False, True]
        assert [month_validity(days, 2, RULES) for days in (24, 25)] == [False, True]
        assert quarter_validity({4: 27, 5: 27, 6: 27}, 2, RULES)
        assert not quarter_validity({4: 27, 5: 27}, 2, RULES)

    def test_a_year_needs_its_total_and_every_month(self):
        least = dict.fromkeys(range(1, 13), 27) | {2: 25}
        assert sum(least.values()) == 322
        assert not year_validity(least, RULES)
        assert year_validity(least | {1: 29}, RULES)
        assert not year_validity(least | {1: 29, 2: 24, 3: 31}, RULES)


def a_year(*values, missing=()):
    first = date(2025, 1, 1)
    return {
        first + timedelta(days=place): blank if place in missing else values[place % len(values)]
        for place in range(365)
    }


class TestSeasons:
    def test_a_mean_takes_every_valid_day_of_valid_months(self):
        assert season_mean(a_year(10, 11), [1, 2, 3], RULES) == Fraction(10 * 45 + 11 * 45, 90)

    def test_a_month_with_too_few_days_leaves_none(self):
        assert season_mean(a_year(10, missing=range(5)), [1], RULES) == Missing("valid_days_below_minimum")


class TestAttainment:
    @pytest.mark.parametrize(
        ("value", "attained", "multiple"),
        [("30.46", True, None), ("30.50", True, None), ("30.51", False, Decimal("0.03")), (30, True, None)],
    )
    def test_a_statistic_is_compared_after_one_rounding(self, value, attained, multiple):
        found = attains(value, Decimal(30), 0)
        assert (found.is_attained, found.exceed_multiple) == (attained, multiple)

    def test_co_is_compared_with_one_decimal(self):
        assert attains("4.05", Decimal(4), 1).is_attained
        assert not attains("4.06", Decimal(4), 1).is_attained

    def test_at_its_limit_nothing_is_exceeded(self):
        assert exceed_multiple(160, 160) is None
        assert exceed_multiple(176, 160) == Decimal("0.10")


class TestYears:
    def test_both_statistics_must_attain(self):
        good = year_item(a_year(20), PM, RULES, Basis(("HJ 663",)))
        assert (good.is_attained, good.annual_mean, good.basis.editions) == (
            True,
            Decimal("20.0"),
            ("HJ 663",),
        )
        peaks = year_item(a_year(*([20] * 9), 61), PM, RULES)
        assert (peaks.mean_attainment.is_attained, peaks.percentile_attainment.is_attained) == (True, False)
        assert peaks.is_attained is False

    def test_a_mean_is_shown_finer_than_it_is_compared(self):
        found = year_item(a_year(30, 31), PM, RULES)
        assert (found.annual_mean, found.mean_attainment.value, found.is_attained) == (
            Decimal("30.5"),
            30,
            True,
        )

    def test_co_has_no_annual_mean(self):
        found = year_item(a_year(40), CO, RULES)
        assert (found.annual_mean, found.mean_attainment) == (Missing("no_annual_limit"), None)
        assert (found.percentile, found.is_attained) == (Decimal("4.0"), True)

    @pytest.mark.parametrize("item", [PM, CO])
    def test_an_invalid_year_is_neither_attained_nor_not(self, item):
        found = year_item(a_year(20, missing=range(0, 365, 8)), item, RULES)
        assert found.is_attained == found.percentile == Missing("year_invalid")
        assert found.valid_days == 319

    def test_days_of_two_years_are_refused(self):
        with pytest.raises(ValueError):
            year_item({date(2025, 1, 1): 1, date(2026, 1, 1): 1}, PM, RULES)

    @settings(max_examples=25, deadline=None)
    @given(st.lists(st.integers(1, 90), min_size=3, max_size=12), st.integers(0, 364), st.integers(0, 90))
    def test_a_worse_day_never_gives_a_better_year(self, values, place, more):
        days = a_year(*values)
        worse = dict(days)
        worse[date(2025, 1, 1) + timedelta(days=place)] += more
        before, after = year_item(days, PM, RULES), year_item(worse, PM, RULES)
        assert after.annual_mean >= before.annual_mean
        assert after.percentile >= before.percentile
        assert before.is_attained or not after.is_attained

    def test_a_city_attains_when_all_its_pollutants_do(self):
        assert city_attains({"SO2": True, "O3": True}) is True
        assert city_attains({"SO2": True, "O3": blank}) == Missing("an_item_is_missing")
        assert city_attains({"SO2": blank, "O3": False}) is False


class TestComposite:
    MONTH = {"SO2": 8, "NO2": 13, "PM10": 33, "PM2.5": 18, "CO": "0.8", "O3": 106}

    def test_each_single_index_is_rounded_before_the_sum(self):
        found = composite_index(self.MONTH, LIMITS)
        assert found.single["NO2"] == Decimal("0.32")
        assert found.index == Decimal("2.29")

    def test_a_missing_pollutant_leaves_no_index(self):
        assert composite_index(self.MONTH | {"CO": blank}, LIMITS) == Missing("an_item_is_missing")
        assert composite_index({"SO2": 8}, LIMITS) == Missing("an_item_is_missing")

    def test_equal_largest_indices_are_all_main(self):
        assert composite_index(dict.fromkeys(OLD, 0) | {"NO2": 40, "PM2.5": 35}, LIMITS).main == (
            "NO2",
            "PM2.5",
        )

    def test_weights_multiply_the_single_indices(self):
        heavy = composite_index(self.MONTH, LIMITS, weights=dict.fromkeys(OLD, 2))
        assert heavy.index == 2 * composite_index(self.MONTH, LIMITS).index

    @given(st.sampled_from(list(OLD)), st.integers(0, 100))
    def test_a_worse_concentration_never_gives_a_better_index(self, name, more):
        worse = self.MONTH | {name: Decimal(self.MONTH[name]) + more}
        assert composite_index(worse, LIMITS).index >= composite_index(self.MONTH, LIMITS).index

    def test_a_city_of_counties_is_the_mean_of_their_figures(self):
        assert plain_mean([7, 8, 10, 8, 8, 6, 8, 10], 0) == 8


class TestRatios:
    def test_good_days_are_counted_among_valid_ones(self):
        assert good_day_ratio_percent(29, 31) == Decimal("93.5")
        assert good_day_ratio_percent(0, 0) == Missing("no_valid_day")

    @pytest.mark.parametrize(("good", "valid"), [(2, 1), (-1, 3)])
    def test_more_good_days_than_valid_ones_are_refused(self, good, valid):
        with pytest.raises(ValueError):
            good_day_ratio_percent(good, valid)

    def test_a_change_from_nothing_is_missing(self):
        assert change_rate_percent(28, 33) == Decimal("-15.2")
        assert change_rate_percent(28, 0) == Missing("nothing_to_compare_with")
