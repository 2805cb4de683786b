"""Searching: exact first, by code, name, alias or part; by day; and what an incomplete edition says."""

import unicodedata
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qingshan.standards.public import (
    Kind,
    Match,
    all_codebooks,
    books_on,
    listed_for_industry,
    look_up,
    search,
)

# The first search reads and folds eight thousand codes; the later ones do not.
UNHURRIED = settings(deadline=None)
BEFORE, AFTER = date(2024, 12, 31), date(2025, 1, 1)


def codes(found):
    return [one.entry.code for one in found]


class TestRanks:
    def test_an_exact_code_comes_before_codes_that_begin_with_it(self):
        found = search("221", kinds=[Kind.INDUSTRY], on=BEFORE)
        assert codes(found)[:3] == ["221", "2211", "2212"]
        assert [one.match for one in found[:3]] == [Match.CODE, Match.CODE_START, Match.CODE_START]

    def test_an_exact_name_comes_before_names_that_hold_it(self):
        found = search("氨氮", kinds=[Kind.POLLUTANT], on=BEFORE)
        assert codes(found) == ["w21003", "e103xx", "e203xx"]
        assert [one.match for one in found] == [Match.NAME, Match.NAME_PART, Match.NAME_PART]

    def test_an_alias_is_as_good_as_a_name_but_for_the_name(self):
        assert codes(search("COD", kinds=[Kind.POLLUTANT], on=BEFORE))[0] == "w01018"

    def test_case_width_spaces_and_punctuation_make_no_difference(self):
        for words in ("NH3-N", "nh3n", "ＮＨ３－Ｎ", "nh3 n"):
            assert codes(search(words, kinds=[Kind.POLLUTANT], on=BEFORE))[0] == "w21003"

    def test_each_of_several_words_must_answer(self):
        assert codes(search("江门 台城", on=AFTER)) == ["440781001"]
        assert search("江门 没有的镇", on=AFTER) == ()

    def test_a_word_never_answers_across_two_fields(self):
        # 2221 is no part of any name or attribute of a township, though 440222100 holds its digits.
        found = search("2221", on=BEFORE)
        assert {one.entry.kind for one in found} == {Kind.INDUSTRY, Kind.PERMIT_CLASS}

    def test_no_word_is_refused(self):
        with pytest.raises(ValueError, match="needs a word"):
            search(" - ")


class TestDays:
    def test_the_edition_of_the_day_answers(self):
        found = search("900-249-08", kinds=[Kind.HAZARDOUS_WASTE], on=BEFORE)
        assert [(one.book.edition, one.warning) for one in found] == [("国家危险废物名录（2021年版）", "")]

    def test_after_the_change_the_old_list_answers_and_says_so(self):
        (found,) = search("900-249-08", kinds=[Kind.HAZARDOUS_WASTE], on=AFTER)
        assert found.book.edition == "国家危险废物名录（2021年版）"
        assert "国家危险废物名录（2025年版）" in found.warning
        assert "未核实" in found.warning

    def test_a_day_before_the_first_edition_has_no_list(self):
        assert books_on(date(2020, 12, 31), kinds=[Kind.HAZARDOUS_WASTE]) == ()
        assert search("900-249-08", on=date(2020, 12, 31)) == ()

    def test_without_a_day_the_latest_edition_answers(self):
        (found,) = search("w21003", kinds=[Kind.POLLUTANT])
        assert found.book.edition == "HJ 212-2017"
        (found,) = search("a21026", kinds=[Kind.POLLUTANT])
        assert found.book.edition == "HJ 212-2025"

    def test_a_code_of_both_editions_is_shown_once_from_the_newer(self):
        found = search("a21026", kinds=[Kind.POLLUTANT], on=date(2026, 1, 1))
        assert [one.book.edition for one in found] == ["HJ 212-2025"]
        assert (
            search("a21026", kinds=[Kind.POLLUTANT], on=date(2025, 12, 31))[0].book.edition == "HJ 212-2017"
        )

    def test_the_codes_of_2005_speak_until_the_end_of_april_2017(self):
        for day, edition in (
            (date(2006, 1, 31), None),
            (date(2006, 2, 1), "HJ/T 212-2005"),
            (date(2017, 4, 30), "HJ/T 212-2005"),
            (date(2017, 5, 1), "HJ 212-2017"),
        ):
            found = look_up("011", kind=Kind.POLLUTANT, on=day)
            assert [one.book.edition for one in found] == ([edition] if edition else [])


class TestLookUp:
    def test_every_code_and_alias_finds_its_own_entry_first(self):
        for book in all_codebooks():
            day = book.first_on
            for entry in book.entries[::37]:
                found = look_up(entry.code, kind=book.kind, on=day)
                assert entry in [one.entry for one in found]

    def test_parts_are_not_found(self):
        assert look_up("HW0", on=BEFORE) == ()


class TestIndustries:
    def test_the_item_that_names_a_wider_industry_holds_for_a_class(self):
        assert codes(listed_for_industry("2211", Kind.PERMIT_CLASS)) == ["许可36"]
        assert codes(listed_for_industry("3392", Kind.PERMIT_CLASS)) == ["许可80", "许可82"]
        assert codes(listed_for_industry("4411", Kind.EIA_CLASS, on=BEFORE)) == ["环评87"]

    def test_the_nearest_comes_first(self):
        found = listed_for_industry("8411", Kind.EIA_CLASS)
        assert [(one.entry.code, one.match) for one in found] == [("环评108", Match.CODE_START)]

    def test_an_industry_of_no_item_has_none(self):
        assert listed_for_industry("6510", Kind.PERMIT_CLASS) == ()


class TestProperties:
    @UNHURRIED
    @given(st.sampled_from([entry for book in all_codebooks() for entry in book.entries][::11]))
    def test_a_name_finds_its_entry(self, entry):
        found = search(entry.name, kinds=[entry.kind])
        editions = {one.book.edition for one in found}
        if entry.edition in editions:
            ranks = {one.entry.code: one.match for one in found}
            assert ranks[entry.code] <= Match.NAME

    @UNHURRIED
    @given(st.text(min_size=1, max_size=12))
    def test_any_text_is_answered_or_refused_by_name(self, text):
        if not any(letter.isalnum() for letter in unicodedata.normalize("NFKC", text).casefold()):
            with pytest.raises(ValueError, match="needs a word"):
                search(text, on=BEFORE)
            return
        matches = [one.match for one in search(text, on=BEFORE)]
        assert matches == sorted(matches)

    @UNHURRIED
    @given(
        st.sampled_from(["HW08", "氨氮", "造纸", "台山", "221"]), st.dates(date(2000, 1, 1), date(2030, 1, 1))
    )
    def test_what_is_found_comes_from_editions_of_the_day_or_says_otherwise(self, word, day):
        for one in search(word, on=day):
            assert one.book.holds_on(day) or "未核实" in one.warning
