"""Both sides of every effective date, and what is said where the text is silent."""

from datetime import date

import pytest

from qingshan.standards.public import (
    BeforeFirstEdition,
    NoEditionInForce,
    NoSuchValue,
    UnknownStandard,
    UnverifiedValue,
    YearChoice,
    changes,
    editions_of,
    read_folder,
    rules_for_year,
    rules_named,
    rules_on,
    shipped,
    standards,
)

ENDED = """
standard: GB 9
edition: GB 9-2000
title: 已废止
effective: {from: 2000-01-01, to: 2001-12-31}
verified: primary_text
how_verified: 核读
phases:
  only: {from: 2000-06-01, to: 2000-12-31, clause: "1"}
tables:
  - table: limits
    clause: 表1
    rows: [{what: x, value: 1}, {what: y, value: 2, phase: only, verified: unverified}]
"""


@pytest.fixture
def ended(tmp_path):
    (tmp_path / "gb9.yaml").write_text(ENDED, encoding="utf-8")
    return (*shipped(), *read_folder(tmp_path))


def pm25(rules):
    return rules.number("limits", parameter="PM2.5", averaging="annual", grade=2)


class TestByDay:
    @pytest.mark.parametrize(
        ("on", "name", "limit"),
        [
            (date(2016, 1, 1), "GB 3095-2012", 35),
            (date(2026, 2, 28), "GB 3095-2012", 35),
            (date(2026, 3, 1), "GB 3095-2026/transition", 30),
            (date(2030, 12, 31), "GB 3095-2026/transition", 30),
            (date(2031, 1, 1), "GB 3095-2026/final", 25),
        ],
    )
    def test_the_edition_and_phase_of_the_day_speak(self, on, name, limit):
        rules = rules_on("GB 3095", on)
        assert rules.name == name
        assert pm25(rules) == limit

    def test_a_day_before_the_first_edition_is_refused(self):
        with pytest.raises(BeforeFirstEdition, match="2016-01-01"):
            rules_on("GB 3095", date(2015, 12, 31))

    def test_a_day_after_the_last_edition_is_refused(self, ended):
        with pytest.raises(NoEditionInForce):
            rules_on("GB 9", date(2002, 1, 1), ended)

    def test_a_day_in_no_phase_is_refused(self, ended):
        assert rules_on("GB 9", date(2000, 6, 1), ended).name == "GB 9-2000/only"
        with pytest.raises(NoEditionInForce):
            rules_on("GB 9", date(2001, 1, 1), ended)

    def test_an_unknown_standard_is_refused_with_the_known_ones(self):
        with pytest.raises(UnknownStandard, match="GB 3095"):
            rules_on("GB 0", date(2026, 1, 1))

    def test_editions_of_ones_own_stand_beside_the_shipped(self, ended):
        assert "GB 9" in standards(ended)
        assert "GB 9" not in standards()
        assert editions_of("GB 9", ended)[0].title == "已废止"


class TestByName:
    def test_another_edition_can_be_named_for_any_day(self):
        assert pm25(rules_named("GB 3095-2026/final")) == 25
        assert rules_named("GB 3095-2026").phase.name == "transition"
        assert rules_named("HJ 633-2012").phase is None

    @pytest.mark.parametrize("name", ["GB 3095-2025", "GB 3095-2026/never"])
    def test_what_does_not_exist_is_refused(self, name):
        with pytest.raises(UnknownStandard):
            rules_named(name)


class TestByYear:
    def test_the_year_2026_is_judged_by_its_last_day_and_says_so(self):
        rules = rules_for_year("GB 3095", 2026)
        assert pm25(rules) == 30
        assert "12 月 31 日" in rules.stated
        cell = rules.cell("limits", parameter="PM2.5", averaging="annual", grade=2)
        assert rules.stated in rules.basis(cell).unverified

    def test_its_first_day_can_be_chosen(self):
        assert pm25(rules_for_year("GB 3095", 2026, YearChoice.FIRST_DAY)) == 35

    def test_an_edition_can_be_named_and_is_stated(self):
        rules = rules_for_year("GB 3095", 2024, "GB 3095-2026/final")
        assert pm25(rules) == 25
        assert "GB 3095-2026/final" in rules.stated

    @pytest.mark.parametrize("year", [2016, 2025, 2027, 2030, 2031])
    def test_a_year_of_one_edition_states_nothing(self, year):
        assert rules_for_year("GB 3095", year).stated == ""

    def test_both_sides_of_2026_and_2031_work_in_one_run(self):
        assert [pm25(rules_for_year("GB 3095", year)) for year in (2025, 2026, 2030, 2031)] == [
            35,
            30,
            30,
            25,
        ]

    def test_a_year_that_begins_before_the_first_edition_counts_by_its_last_day(self):
        assert rules_for_year("HJ 663", 2013).stated
        with pytest.raises(BeforeFirstEdition):
            rules_for_year("HJ 663", 2013, YearChoice.FIRST_DAY)


class TestLookingUp:
    def test_no_table_no_value_and_several_values_are_refused(self):
        rules = rules_named("GB 3095-2012")
        with pytest.raises(NoSuchValue, match="no table"):
            rules.cell("limit", parameter="PM2.5")
        with pytest.raises(NoSuchValue, match="0 values"):
            rules.cell("limits", parameter="PM1")
        with pytest.raises(NoSuchValue, match="4 values"):
            rules.cell("limits", parameter="PM2.5")
        assert rules.has("limits")
        assert not rules.has("limit")

    def test_the_basis_names_what_is_not_verified(self, ended):
        rules = rules_on("GB 9", date(2000, 6, 1), ended)
        basis = rules.basis(rules.cell("limits", what="x"), rules.cell("limits", what="y"))
        assert basis.editions == ("GB 9-2000",)
        assert basis.unverified == ("GB 9-2000 limits[what=y]",)


class TestDifferences:
    def test_a_place_that_only_one_side_has_is_shown_from_both_sides(self, ended):
        empty, full = rules_named("GB 9-2000", ended), rules_named("HJ 633-2012")
        gone = [change for change in changes(empty, full) if change.after is None]
        assert [change.label for change in gone] == ["limits[what=x]", "limits[what=y]"]
        assert [str(value) for change in gone for value in change.values] == ["1", "None", "2", "None"]

    def test_nothing_differs_from_itself(self):
        assert changes(rules_named("GB 3095-2012"), rules_named("GB 3095-2012")) == ()


class TestVerdicts:
    def test_a_verdict_on_an_unverified_value_is_refused(self, ended):
        rules = rules_on("GB 9", date(2000, 7, 1), ended)
        with pytest.raises(UnverifiedValue, match=r"limits\[what=y\]"):
            rules.verdict_basis(*rules.cells("limits"))

    def test_it_is_given_when_the_caller_allows_it_and_says_so(self, ended):
        rules = rules_on("GB 9", date(2000, 7, 1), ended)
        found = rules.verdict_basis(*rules.cells("limits"), allow_unverified=True)
        assert found.unverified == ("GB 9-2000 limits[what=y]",)

    def test_a_doubtful_value_that_was_not_used_stops_nobody(self, ended):
        rules = rules_on("GB 9", date(2000, 7, 1), ended)
        assert rules.verdict_basis(rules.cell("limits", what="x")).unverified == ()


class TestCodesWithASlash:
    def test_a_slash_in_a_code_is_not_taken_for_a_phase(self):
        assert rules_named("GB/T 14848-2017").name == "GB/T 14848-2017"
        with pytest.raises(UnknownStandard, match="no phase"):
            rules_named("GB/T 14848-2017/final")
