"""Both sides of every rate, bound, step and first day of emission and carbon, against the data files.

The soak of the emission tables loads `disagreements` from here: whatever changes one value of a data
file by one step must show.
"""

import dataclasses
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from qingshan.evaluation.emission_rules import EmissionRules
from qingshan.kernel.basis import Missing
from qingshan.kernel.rounding import exact
from qingshan.science.carbon.energy import bought_energy_co2
from qingshan.science.emission.equivalents import acidity_equivalent, equivalent_number, taxed_items
from qingshan.science.emission.kilns import KilnSeries, kiln_grade
from qingshan.science.emission.load import substitute
from qingshan.science.emission.tax import NoiseSource, noise_tax, reduced_share
from qingshan.standards.public import (
    BeforeFirstEdition,
    Edition,
    UnverifiedValue,
    read_exact,
    rules_on,
    shipped,
)

EDGES = read_exact(Path(__file__).parent / "emission_edges.yaml")
BEFORE = [Fraction(n) for n in range(2160, 0, -1)]


def disagreements(editions: Sequence[Edition]) -> Iterator[str]:
    """Everything in which these editions differ from the edges."""
    rules = EmissionRules(date(2025, 11, 1), editions=tuple(editions), allow_unverified=True)
    for section, check in CHECKS.items():
        body = EDGES[section]
        for edge in body if isinstance(body, list) else [body]:
            yield from (f"{section} {edge}: {found}" for found in check(edge, rules))


def _first_day(edge: Mapping[str, Any], rules: EmissionRules) -> Iterator[str]:
    for day, wanted in (
        (edge["first_on"], edge["name"]),
        (edge["first_on"] - timedelta(days=1), edge["day_before"]),
    ):
        try:
            found = rules_on(edge["standard"], day, rules.editions).name
        except BeforeFirstEdition:
            found = "none"
        yield from _differ(wanted, found)
    # Where phases overlapped, the earlier one would hide that the later begins too soon.
    phase = rules_on(edge["standard"], edge["first_on"], rules.editions).phase
    if phase is not None:
        yield from _differ(edge["first_on"], phase.first_on)


def _equivalent(edge: Mapping[str, Any], rules: EmissionRules) -> Iterator[str]:
    (found,) = rules.equivalents({edge["pollutant"]: edge["one_equivalent_kg"]}, edge["list"])
    yield from _differ(Fraction(1), found.number)
    yield from _differ(edge["no"], found.order)


def _acidity(edge: Mapping[str, Any], rules: EmissionRules) -> Iterator[str]:
    payable = edge["t"] != "none"
    found = acidity_equivalent(edge["pH"], edge["t"] if payable else "1", rules.acidity_bands())
    yield from _differ(Fraction(payable), found)


def _other_water(edge: Mapping[str, Any], rules: EmissionRules) -> Iterator[str]:
    yield from _differ(exact(edge["value"]), rules.other_water(edge["matter"]))


def _small(edge: Mapping[str, Any], rules: EmissionRules) -> Iterator[str]:
    floor = exact(edge["floor"]) if "floor" in edge else None
    yield from _differ(
        (exact(edge["value"]), floor), rules.small_discharger(edge["kind"], edge.get("measure", ""))
    )


def _counted(edge: Mapping[str, Any], rules: EmissionRules) -> Iterator[str]:
    table = (
        "water_first"
        if edge["items"] == "water_first"
        else "air"
        if edge["items"] == "air"
        else "water_second"
    )
    names = [cell.keys["pollutant"] for cell in rules.law.cells("equivalents", list=table)][-6:]
    found = taxed_items(rules.equivalents(dict.fromkeys(names, 1), table), rules.counted(edge["items"]))
    yield from _differ(edge["of_six"], len(found))


def _one_only(edge: Mapping[str, Any], rules: EmissionRules) -> Iterator[str]:
    given = rules.equivalents({edge["larger"]: 1000, edge["smaller"]: "0.001"}, edge["list"])
    yield from _differ([edge["larger"]], [one.pollutant for one in taxed_items(given, 5)])


def _groups(edge: Mapping[str, Any], rules: EmissionRules) -> Iterator[str]:
    for pollutant, group in edge.items():
        yield from _differ(group, rules.only_one_of(pollutant))


def _rate(edge: Mapping[str, Any], rules: EmissionRules) -> Iterator[str]:
    yield from _differ(exact(edge["yuan"]), rules.rate(edge["tax"])[0])
    for bound in ("low", "high"):
        yield from _differ(
            exact(edge[bound]), exact(rules.law.number("rate_range", tax=edge["tax"], bound=bound))
        )


def _reduction(edge: Mapping[str, Any], rules: EmissionRules) -> Iterator[str]:
    yield from _differ(Fraction(edge["payable"]), reduced_share([edge["mean"]], 100, rules.reductions()))


def _solid(edge: Mapping[str, Any], rules: EmissionRules) -> Iterator[str]:
    yield from _differ(exact(edge["yuan"]), rules.solid_waste_rate(edge["waste"]))


def _noise(edge: Mapping[str, Any], rules: EmissionRules) -> Iterator[str]:
    source = NoiseSource(
        (exact(edge["over"]),) * edge.get("points", 1), edge["days"], boundary_m=edge.get("boundary", 0)
    )
    found = noise_tax(source, rules.noise_rate(fractions=edge.get("fractions", False)))
    yield from _differ(Fraction(edge["yuan"]), found)


def _pilot(edge: str, rules: EmissionRules) -> Iterator[str]:
    yield from _differ([edge], [cell.value for cell in rules.law.cells("pilot")])


def _valid_values(edge: Mapping[str, Any], rules: EmissionRules) -> Iterator[str]:
    for span, count in edge.items():
        yield from _differ(count, rules.required_values(span))


def _substitution(edge: Mapping[str, Any], rules: EmissionRules) -> Iterator[str]:
    found = substitute(edge["gap"], edge["capture"], sorted(BEFORE, reverse=True), rules.ladder())
    rising = substitute(edge["gap"], edge["capture"], sorted(BEFORE), rules.ladder())
    if edge["kg"] == "none":
        yield from _differ(True, isinstance(found, Missing))
    else:
        # The largest stands first of 2160: it is reached only by looking back on all of them.
        yield from _differ(Fraction(edge["kg"]), found)
        yield from _differ(Fraction(2160), rising)


def _kiln(edge: Mapping[str, Any], rules: EmissionRules) -> Iterator[str]:
    found = kiln_grade([KilnSeries("NOx", (edge["value"],), 200)], rules.kiln_rule())
    yield from _differ(edge["grade"], found)


def _heat(edge: Mapping[str, Any], rules: EmissionRules) -> Iterator[str]:
    yield from _differ(Fraction(edge["t"]), bought_energy_co2(edge["gj"], rules.heat_factor().factor))


def _grid(edge: Mapping[str, Any], rules: EmissionRules) -> Iterator[str]:
    then = EmissionRules(edge["on"], editions=rules.editions)
    found = bought_energy_co2(10_000, then.grid_factor(edge["place"], edge["level"]).factor)
    yield from _differ(Fraction(edge["t_of_10000_mwh"]), found)


def _differ(wanted: object, found: object) -> Iterator[str]:
    if wanted != found:
        yield f"{found} instead of {wanted}"


CHECKS: Mapping[str, Callable[[Any, EmissionRules], Iterator[str]]] = {
    "first_days": _first_day,
    "equivalents": _equivalent,
    "acidity": _acidity,
    "other_water": _other_water,
    "small_dischargers": _small,
    "counted": _counted,
    "one_only": _one_only,
    "exclusive_groups": _groups,
    "rates": _rate,
    "reductions": _reduction,
    "solid_waste": _solid,
    "noise": _noise,
    "pilot": _pilot,
    "valid_values": _valid_values,
    "substitution": _substitution,
    "kilns": _kiln,
    "heat": _heat,
    "grid": _grid,
}


class TestEdges:
    @pytest.mark.parametrize("section", CHECKS)
    def test_the_data_files_agree_with_the_edges(self, section):
        rules = EmissionRules(date(2025, 11, 1), editions=shipped(), allow_unverified=True)
        body = EDGES[section]
        for edge in body if isinstance(body, list) else [body]:
            assert list(CHECKS[section](edge, rules)) == []

    def test_every_section_is_checked_and_every_pollutant_and_place_stands_in_it(self):
        assert set(EDGES) == set(CHECKS)
        law = EmissionRules(date(2025, 11, 1)).law
        assert len(EDGES["equivalents"]) == len(law.cells("equivalents")) == 105
        assert len(EDGES["grid"]) == 116
        assert list(disagreements(shipped())) == []


class TestUnverified:
    def test_a_fraction_of_a_decibel_is_refused_unless_it_is_allowed(self):
        with pytest.raises(UnverifiedValue, match="fraction_of_db"):
            EmissionRules(date(2026, 1, 1)).noise_rate(fractions=True)
        rate = EmissionRules(date(2026, 1, 1), allow_unverified=True).noise_rate(fractions=True)
        assert any("fraction_of_db" in word for word in rate.basis.unverified)

    def test_whole_decibels_need_no_unverified_value(self):
        rate = EmissionRules(date(2026, 1, 1)).noise_rate()
        assert rate.basis.unverified == ()
        with pytest.raises(ValueError, match="says nothing of fractions"):
            noise_tax(NoiseSource(("1.5",), 20), rate)


class TestRefusals:
    def test_without_a_day_the_shipped_editions_answer_and_an_unknown_part_is_refused(self):
        assert EmissionRules(None).grid_factor("广东").factor == Fraction("0.4419")
        named = EmissionRules(date(2026, 1, 1), {"power": "2022年电力二氧化碳排放因子"})
        assert named.grid_factor("广东").factor == Fraction("0.4403")
        with pytest.raises(ValueError, match="weather"):
            EmissionRules(None, {"weather": "x"})

    def test_a_pollutant_that_the_law_does_not_tax_is_refused(self):
        with pytest.raises(LookupError, match="非甲烷总烃"):
            EmissionRules(date(2026, 1, 1)).equivalents({"非甲烷总烃": 1}, "air")

    def test_a_province_whose_rates_are_not_here_is_refused(self):
        with pytest.raises(LookupError, match="西藏 的适用税额不在此"):
            EmissionRules(date(2026, 1, 1)).rate("air", "西藏")

    def test_a_month_before_the_law_is_refused(self):
        with pytest.raises(BeforeFirstEdition):
            EmissionRules(date(2017, 12, 31)).counted("air")

    def test_a_place_without_a_factor_is_refused(self):
        with pytest.raises(LookupError, match="西藏"):
            EmissionRules(date(2023, 6, 1)).grid_factor("西藏")

    def test_a_year_after_the_last_published_one_says_so(self):
        assert EmissionRules(date(2023, 6, 1)).grid_factor("广东").basis.unverified == ()
        (said,) = EmissionRules(date(2025, 6, 1)).grid_factor("广东").basis.unverified
        assert said == "2025 年的电力因子未公布，取最近公布的 2023年电力二氧化碳排放因子"

    def test_a_pollutant_may_be_named_by_its_code(self):
        (found,) = EmissionRules(date(2026, 1, 1)).equivalents({"w21003": "80"}, "water_second")
        assert (found.pollutant, found.number) == ("氨氮", equivalent_number("80", "0.8"))


class TestChangedData:
    """What the soak does to every value, shown on three."""

    @pytest.mark.parametrize(
        ("table", "keys", "value"),
        [
            ("rates", {"tax": "air"}, "13"),
            ("reduction_edge", {"case": "exactly"}, "not_reduced"),
            ("grades", {"grade": "B"}, "99"),
        ],
    )
    def test_a_value_the_calculation_cannot_hold_is_refused(self, table, keys, value):
        changed = []
        for edition in shipped():
            cells = tuple(
                dataclasses.replace(cell, value=value if value.isalpha() or "_" in value else Decimal(value))
                if cell.table == table and keys.items() <= cell.keys.items() and edition.subject == "emission"
                else cell
                for cell in edition.cells
            )
            changed.append(dataclasses.replace(edition, cells=cells))
        rules = EmissionRules(date(2026, 1, 1), editions=tuple(changed))
        with pytest.raises(LookupError):
            {
                "rates": lambda: rules.rate("air"),
                "reduction_edge": rules.reductions,
                "grades": rules.kiln_rule,
            }[table]()
