"""Reductions by works, grades of kilns, intensity: worked by hand, both sides, and what is refused."""

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingshan.kernel.basis import Missing
from qingshan.science.emission.intensity import (
    cumulative_reduction,
    gdp_at_constant_prices,
    intensity,
    reduction_against_base,
)
from qingshan.science.emission.kilns import KilnGrade, KilnRule, KilnSeries, kiln_grade
from qingshan.science.emission.reductions import (
    ASKED,
    Method,
    Pollutant,
    Work,
    reduction_of,
    reductions_by_pollutant,
)

RULE = KilnRule(Fraction(50))
GIVEN = {
    Method.CONCENTRATION: {"volume": 3_650_000, "before": 60, "after": 30},
    Method.EFFICIENCY: {"generated_t": 100, "before_percent": 40, "after_percent": 85},
    Method.CLOSURE: {"emitted_t": 12},
    Method.MATERIAL: {
        "used_before_t": 50,
        "content_before_percent": 60,
        "used_after_t": 55,
        "content_after_percent": 10,
    },
}


class TestWorks:
    @pytest.mark.parametrize(
        ("pollutant", "method", "tonnes"),
        [
            (Pollutant.COD, Method.CONCENTRATION, "109.5"),
            (Pollutant.NH3N, Method.CONCENTRATION, "109.5"),
            (Pollutant.NOX, Method.CONCENTRATION, "0.1095"),
            (Pollutant.VOC, Method.CONCENTRATION, "0.1095"),
            (Pollutant.NOX, Method.EFFICIENCY, "45"),
            (Pollutant.VOC, Method.CLOSURE, "12"),
            (Pollutant.VOC, Method.MATERIAL, "24.5"),
        ],
    )
    def test_each_method_by_hand(self, pollutant, method, tonnes):
        assert reduction_of(Work("厂", pollutant, method, GIVEN[method])) == Fraction(tonnes)

    @pytest.mark.parametrize("method", Method)
    def test_half_a_year_counts_half_and_no_month_nothing(self, method):
        whole, half, none = (
            reduction_of(Work("厂", Pollutant.VOC, method, GIVEN[method], months)) for months in (12, 6, 0)
        )
        assert (whole, none) == (2 * half, 0)

    def test_a_work_that_made_it_worse_is_told(self):
        worse = {"volume": 1_000_000, "before": 30, "after": 31}
        assert reduction_of(Work("厂", Pollutant.COD, Method.CONCENTRATION, worse)) == -1

    @pytest.mark.parametrize("method", Method)
    def test_a_quantity_that_is_missing_or_unknown_is_named(self, method):
        for name in ASKED[method]:
            less = {key: value for key, value in GIVEN[method].items() if key != name}
            with pytest.raises(ValueError, match=rf"asks for .*{name}"):
                reduction_of(Work("厂", Pollutant.VOC, method, less))
        with pytest.raises(ValueError, match="flow"):
            reduction_of(Work("厂", Pollutant.VOC, method, {**GIVEN[method], "flow": 1}))

    @pytest.mark.parametrize(("name", "value"), [("after_percent", 101), ("generated_t", -1)])
    def test_an_impossible_quantity_is_named(self, name, value):
        given = {**GIVEN[Method.EFFICIENCY], name: value}
        with pytest.raises(ValueError, match=name):
            reduction_of(Work("厂", Pollutant.NOX, Method.EFFICIENCY, given))

    def test_materials_hold_voc_alone(self):
        with pytest.raises(ValueError, match="materials hold VOC"):
            reduction_of(Work("厂", Pollutant.COD, Method.MATERIAL, GIVEN[Method.MATERIAL]))

    @pytest.mark.parametrize("months", [-1, 13])
    def test_a_year_has_twelve_months(self, months):
        with pytest.raises(ValueError, match="months of a year"):
            reduction_of(Work("厂", Pollutant.COD, Method.CLOSURE, GIVEN[Method.CLOSURE], months))

    def test_works_are_added_by_pollutant_in_one_order(self):
        works = [
            Work("甲", Pollutant.VOC, Method.CLOSURE, {"emitted_t": 1}),
            Work("乙", Pollutant.COD, Method.CLOSURE, {"emitted_t": 2}),
            Work("丙", Pollutant.COD, Method.CONCENTRATION, GIVEN[Method.CONCENTRATION]),
        ]
        cod, voc = reductions_by_pollutant(works)
        assert (cod.pollutant, cod.tonnes, cod.facilities) == (Pollutant.COD, Fraction("111.5"), ("乙", "丙"))
        assert cod.methods == (Method.CLOSURE, Method.CONCENTRATION)
        assert voc.tonnes == 1
        assert reductions_by_pollutant([]) == ()

    def test_one_facility_is_not_counted_twice_for_one_pollutant(self):
        work = Work("甲", Pollutant.COD, Method.CLOSURE, {"emitted_t": 2})
        with pytest.raises(ValueError, match="甲 is counted twice for COD"):
            reductions_by_pollutant([work, work])


class TestKilns:
    @pytest.mark.parametrize(("value", "grade"), [("100", "A"), ("100.1", "B"), ("200", "B"), ("200.1", "C")])
    def test_both_sides_of_each_grade(self, value, grade):
        assert kiln_grade([KilnSeries("NOx", (value,), 200)], RULE) == grade

    def test_an_ultra_low_limit_makes_a_grade_a_as_well(self):
        assert kiln_grade([KilnSeries("SO2", ("35",), 50, ultra_low=35)], RULE) is KilnGrade.A
        assert kiln_grade([KilnSeries("SO2", ("35.1",), 50, ultra_low=35)], RULE) is KilnGrade.B

    def test_every_pollutant_must_reach_it(self):
        good, fair = KilnSeries("NOx", ("10",), 200), KilnSeries("SO2", ("180",), 200)
        assert kiln_grade([good, fair], RULE) is KilnGrade.B
        assert kiln_grade([good, KilnSeries("SO2", ("180", "201"), 200)], RULE) is KilnGrade.C

    def test_one_value_beyond_the_limit_decides_even_beside_a_gap(self):
        gap = KilnSeries("SO2", (Missing("stopped"),), 200)
        assert kiln_grade([KilnSeries("NOx", ("201",), 200), gap], RULE) is KilnGrade.C
        assert kiln_grade([KilnSeries("NOx", ("20",), 200), gap], RULE) == Missing("no_valid_value_of_SO2")

    @pytest.mark.parametrize(
        ("series", "says"),
        [
            ([], "no pollutant"),
            ([KilnSeries("NOx", ("1",), 0)], "NOx"),
            ([KilnSeries("NOx", ("-1",), 200)], "negative"),
        ],
    )
    def test_what_cannot_be_graded_is_refused(self, series, says):
        with pytest.raises(ValueError, match=says):
            kiln_grade(series, RULE)

    @given(st.lists(st.integers(0, 300), min_size=1, max_size=6))
    def test_dirtier_is_never_a_better_grade(self, values):
        at = [kiln_grade([KilnSeries("NOx", tuple(values), 200)], RULE)]
        at.append(kiln_grade([KilnSeries("NOx", tuple(value + 1 for value in values), 200)], RULE))
        assert at[0] <= at[1]


class TestIntensity:
    def test_product_grows_by_volume_not_by_price(self):
        assert gdp_at_constant_prices(1000, []) == 1000
        assert gdp_at_constant_prices(1000, [110, 105]) == 1155

    @pytest.mark.parametrize(("base", "indices"), [(0, []), (1, [0]), (1, [-5])])
    def test_impossible_products_are_refused(self, base, indices):
        with pytest.raises(ValueError, match=r"a product|an index"):
            gdp_at_constant_prices(base, indices)

    def test_intensity_and_its_fall(self):
        assert intensity(0, 5) == 0
        assert reduction_against_base("0.5", "0.55") == -10
        assert reduction_against_base("0.5", 0) == 100

    @pytest.mark.parametrize(("call", "given"), [(intensity, (-1, 1)), (intensity, (1, 0))])
    def test_impossible_intensities_are_refused(self, call, given):
        with pytest.raises(ValueError, match="product"):
            call(*given)

    @pytest.mark.parametrize("given", [(0, 1), (1, -1)])
    def test_impossible_bases_are_refused(self, given):
        with pytest.raises(ValueError, match="base"):
            reduction_against_base(*given)

    def test_yearly_reductions_multiply(self):
        assert cumulative_reduction([]) == 0
        assert cumulative_reduction(["3.5", "-2"]) == Fraction("1.57")
        with pytest.raises(ValueError, match="reduction of"):
            cumulative_reduction([101])

    @given(st.lists(st.fractions(1, 100, max_denominator=10), min_size=2, max_size=6))
    def test_the_fall_over_years_is_that_of_the_ends(self, series):
        yearly = [reduction_against_base(a, b) for a, b in pairwise(series)]
        assert cumulative_reduction(yearly) == reduction_against_base(series[0], series[-1])
