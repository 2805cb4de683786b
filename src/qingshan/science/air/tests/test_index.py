"""The index of an hour or a day: exact, with ties, and honest about what is missing."""

from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingshan.kernel.basis import Basis, Missing
from qingshan.science.air import (
    Grade,
    IndexRules,
    NegativeConcentration,
    Scale,
    air_index,
    grade_of,
    publication,
    reporting_steps,
    sub_index,
)

RUNGS = (0, 50, 100, 150, 200, 300, 400, 500)
PM25 = Scale((0, 35, 60, 115, 150, 250, 350, 500), RUNGS, 0, 500)
PM10 = Scale((0, 50, 120, 250, 350, 420, 500, 600), RUNGS, 0, 500)
OZONE = Scale((0, 100, 160, 215, 265, 800), RUNGS[:6], 0, None)
GRADES = (Grade(1, 50, "优", "", ""), Grade(2, 100, "良", "", ""), Grade(3, 500, "污染", "", ""))
RULES = IndexRules(
    {"PM2.5": PM25, "PM10": PM10, "O3": OZONE}, GRADES, 50, 100, basis=Basis(("HJ 633",), ("表1",))
)
NAMES = list(RULES.scales)
blank = Missing("blank")
rows = st.fixed_dictionaries({name: st.one_of(st.just(blank), st.integers(0, 900)) for name in NAMES})


class TestScale:
    @pytest.mark.parametrize(
        ("limits", "rungs"),
        [((0, 5), (0,)), ((0,), (0,)), ((1, 5), (0, 50)), ((0, 5, 5), (0, 50, 100)), ((0, 9, 5), (0, 1, 2))],
    )
    def test_limits_that_do_not_rise_from_zero_are_refused(self, limits, rungs):
        with pytest.raises(ValueError):
            Scale(limits, rungs, 0, 500)


class TestSteps:
    def test_a_concentration_is_rounded_once_from_its_full_value(self):
        assert reporting_steps(Fraction(121, 2), 0) == 60
        assert reporting_steps("4.25", 1) == 42
        assert reporting_steps(Decimal("4.2500001"), 1) == 43

    def test_what_rounds_to_zero_from_below_is_zero_and_what_does_not_is_refused(self):
        assert reporting_steps("-0.4", 0) == 0
        with pytest.raises(NegativeConcentration):
            reporting_steps("-1", 0)

    def test_a_binary_float_is_refused(self):
        with pytest.raises(TypeError):
            reporting_steps(60.5, 0)


class TestSubIndex:
    def test_a_rung_is_its_own_sub_index_and_the_next_step_is_more(self):
        for limit, rung in zip(PM25.limits, PM25.rungs, strict=True):
            assert sub_index(limit, PM25) == rung
            assert limit == 500 or sub_index(limit + 1, PM25) > rung

    def test_what_lies_above_is_capped_or_missing_as_the_edition_says(self):
        assert sub_index(501, PM25) == 500
        assert sub_index(801, OZONE) == Missing("above_scale")

    def test_below_zero_is_refused(self):
        with pytest.raises(NegativeConcentration):
            sub_index(-1, PM25)

    @given(st.integers(0, 599))
    def test_more_is_never_better(self, steps):
        assert sub_index(steps + 1, PM25) >= sub_index(steps, PM25)

    @given(st.integers(1, 500))
    def test_it_is_the_exact_value_rounded_up(self, steps):
        pairs = list(zip(PM25.limits, PM25.rungs, strict=True))
        (low, lower), (high, upper) = next((a, b) for a, b in pairwise(pairs) if a[0] < steps <= b[0])
        exact = Fraction(upper - lower, high - low) * (steps - low) + lower
        assert 0 <= sub_index(steps, PM25) - exact < 1


class TestIndex:
    def test_ties_are_all_primary(self):
        found = air_index({"PM2.5": 60, "PM10": 120, "O3": 30}, RULES)
        assert (found.aqi, found.primary, found.grade.name) == (100, ("PM2.5", "PM10"), "良")

    def test_up_to_fifty_nothing_is_primary(self):
        assert air_index({"PM2.5": 35}, RULES).primary == ()
        assert air_index({"PM2.5": 36}, RULES).primary == ("PM2.5",)

    def test_over_standard_is_above_one_hundred_from_the_worst_on(self):
        assert air_index({"PM2.5": 60, "PM10": 120}, RULES).over_standard == ()
        assert air_index({"PM2.5": 200, "PM10": 130}, RULES).over_standard == ("PM2.5", "PM10")
        without = IndexRules(RULES.scales, GRADES, 50)
        assert air_index({"PM2.5": 200}, without).over_standard == ()

    def test_what_is_missing_keeps_its_reason(self):
        found = air_index({"PM2.5": 60, "PM10": blank}, RULES)
        assert found.sub_indices["PM10"] == blank
        assert found.sub_indices["O3"] == Missing("not_given")
        assert found.missing == ("PM10", "O3")

    def test_nothing_at_all_is_missing_not_zero(self):
        assert air_index({"PM2.5": blank}, RULES) == Missing("no_sub_index")

    def test_an_indicator_above_its_scale_is_reported_by_the_other_averaging_time(self):
        rules = IndexRules({"O3_8h": OZONE}, GRADES, 50, fallbacks={"O3_8h": ("O3_1h", PM10)})
        found = air_index({"O3_8h": 850, "O3_1h": 130}, rules)
        assert (found.aqi, found.primary) == (104, ("O3_1h",))
        assert air_index({"O3_8h": 850}, rules) == Missing("no_sub_index")
        assert "O3_1h" not in air_index({"O3_8h": 100, "O3_1h": 130}, rules).sub_indices

    def test_the_index_has_the_least_value_of_its_edition(self):
        assert air_index({"PM2.5": 0}, IndexRules(RULES.scales, GRADES, 50, lowest=1)).aqi == 1
        assert air_index({"PM2.5": 0}, RULES).aqi == 0

    def test_an_unknown_indicator_is_refused(self):
        with pytest.raises(KeyError, match="TVOC"):
            air_index({"TVOC": 3}, RULES)

    def test_it_carries_what_it_rests_on(self):
        assert air_index({"PM2.5": 9}, RULES).basis.editions == ("HJ 633",)

    @given(rows, st.sampled_from(NAMES), st.integers(0, 300))
    def test_a_worse_concentration_never_gives_a_better_index(self, row, name, more):
        if isinstance(row[name], Missing) or isinstance(
            sub_index(row[name] + more, RULES.scales[name]), Missing
        ):
            return  # above a scale that ends, the edition reports something else
        assert air_index(row | {name: row[name] + more}, RULES).aqi >= air_index(row, RULES).aqi

    @given(rows, st.sampled_from(NAMES))
    def test_a_value_that_goes_missing_changes_no_other(self, row, name):
        before, after = air_index(row, RULES), air_index(row | {name: blank}, RULES)
        if not isinstance(before, Missing) and not isinstance(after, Missing):
            assert all(after.sub_indices[n] == before.sub_indices[n] for n in NAMES if n != name)

    @given(rows)
    def test_the_order_of_pollutants_is_irrelevant(self, row):
        turned = air_index(dict(reversed(row.items())), RULES)
        assert turned == air_index(row, RULES)


class TestGrade:
    def test_the_last_grade_has_no_end(self):
        assert [grade_of(aqi, GRADES).name for aqi in (0, 50, 51, 100, 101, 900)] == [
            "优",
            "优",
            "良",
            "良",
            "污染",
            "污染",
        ]


class TestPublication:
    def test_a_complete_index_is_published_without_marks(self):
        found = publication(40)
        assert (found.is_published, found.mark, found.marks) == (True, "", {})

    @pytest.mark.parametrize(("aqi", "published"), [(100, False), (101, True)])
    def test_with_a_gap_only_above_one_hundred(self, aqi, published):
        found = publication(aqi, missing=("PM10",))
        assert (found.is_published, found.marks) == (published, {"PM10": "NA"})

    @pytest.mark.parametrize(("years", "published"), [(2, False), (3, True)])
    def test_a_pollutant_that_is_not_monitored_hinders_until_its_years_are_full(self, years, published):
        assert publication(72, not_monitored={"CO": years}).is_published is published
