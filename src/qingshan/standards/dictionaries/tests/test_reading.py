"""Reading code lists: what a file must say, and how a damaged one is refused. Check characters."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingshan.kernel.codes import BadCode
from qingshan.standards.public import (
    BadDataFile,
    Kind,
    checked_credit_code,
    checked_industry_code,
    checked_waste_code,
    credit_code_check,
    read_codebook,
    read_codebooks,
    write_divisions,
)

HEAD = """
kind: industry
standard: S
edition: S-2020
title: t
effective: {from: 2020-01-01, to: null}
status: complete
rows: 2
verified: one_source
how_verified: h
source: s
licence: l
attributes: {level: 层级}
notes: []
"""
ROWS = "code,name,parent,aliases,level\nA,农业,,,门类\n01,种植,A,A01|种田,大类\n"


@pytest.fixture
def written(tmp_path):
    def write(head=HEAD, rows=ROWS, name="list"):
        path = tmp_path / f"{name}.yaml"
        path.write_text(head, encoding="utf-8")
        path.with_suffix(".csv").write_text(rows, encoding="utf-8")
        return path

    return write


class TestAList:
    def test_it_is_read_with_its_aliases_parents_and_attributes(self, written):
        book = read_codebook(written())
        assert (book.kind, book.first_on, book.last_on) == (Kind.INDUSTRY, date(2020, 1, 1), None)
        entry = book.entry("01")
        assert (entry.name, entry.aliases, entry.attributes) == ("种植", ("A01", "种田"), {"level": "大类"})
        assert [one.code for one in book.ancestors(entry)] == ["A"]

    @pytest.mark.parametrize(
        ("old", "new", "says"),
        [
            ("kind: industry", "kind: weather", "weather"),
            ("rows: 2", "rows: 3", "2 rows; the head says 3"),
            ("rows: 2", "rows: two", "rows is 'two'"),
            ("title: t", "titel: t", "unknown keys"),
            ("title: t\n", "", "title is None"),
            ("status: complete", "status: partial", "what is not here"),
            ("status: complete", "status: complete\nmissing: x", "what is not here"),
            ("{from: 2020-01-01, to: null}", "{from: soon, to: null}", "effective"),
            ("verified: one_source", "verified: surely", "surely"),
        ],
    )
    def test_a_damaged_head_is_refused_by_name(self, written, old, new, says):
        with pytest.raises(BadDataFile, match=says):
            read_codebook(written(head=HEAD.replace(old, new)))

    @pytest.mark.parametrize(
        ("old", "new", "says"),
        [
            ("code,name,parent,aliases,level", "code,title,parent,aliases,level", "columns"),
            ("01,种植,A,A01|种田,大类", "01,种植,B,,大类", "belong to none"),
            ("01,种植,A,A01|种田,大类", "A,种植,,,大类", "stand twice"),
            ("01,种植,A,A01|种田,大类", "01,,A,,大类", "line 3"),
            ("01,种植,A,A01|种田,大类", "01,种植,A", "line 3"),
            ("01,种植,A,A01|种田,大类", "01,种植,A,,大类,more", "line 3"),
        ],
    )
    def test_damaged_rows_are_refused_by_name(self, written, old, new, says):
        with pytest.raises(BadDataFile, match=says):
            read_codebook(written(rows=ROWS.replace(old, new)))

    def test_a_head_that_is_no_mapping_is_refused(self, written):
        with pytest.raises(BadDataFile, match="not a mapping"):
            read_codebook(written(head="- a\n"))

    def test_an_edition_may_stand_in_one_file_only(self, written, tmp_path):
        written()
        written(name="again")
        with pytest.raises(BadDataFile, match="S-2020 stands in two files"):
            read_codebooks(tmp_path)

    def test_a_folder_that_is_not_there_is_refused(self, tmp_path):
        with pytest.raises(BadDataFile, match="no such folder"):
            read_codebooks(tmp_path / "nowhere")


class TestDivisions:
    def write(self, tmp_path, text):
        table = tmp_path / "table.csv"
        table.write_text(text, encoding="utf-8")
        return write_divisions(
            [table], tmp_path / "out", edition="E", first_on=date(2023, 1, 1), source="公开表"
        )

    def test_short_codes_are_written_in_full_with_what_they_belong_to(self, tmp_path):
        book = self.write(tmp_path, "code,name\n44,广东省\n4407,江门市\n440781,台山市\n440781001,台城街道\n")
        assert [(entry.code, entry.parent) for entry in book.entries] == [
            ("440000", ""),
            ("440700", "440000"),
            ("440781", "440700"),
            ("440781001", "440781"),
        ]

    def test_a_county_under_a_level_without_a_row_hangs_on_the_next(self, tmp_path):
        book = self.write(tmp_path, "code,name\n42,湖北省\n429004,仙桃市\n")
        assert book.entry("429004").parent == "420000"

    def test_a_city_without_counties_stands_once_under_its_first_name(self, tmp_path):
        book = self.write(tmp_path, "code,name\n44,广东省\n4419,东莞市\n441900,东莞市辖\n")
        assert [entry.name for entry in book.entries] == ["广东省", "东莞市"]

    @pytest.mark.parametrize(
        ("text", "says"), [("code,title\n44,x\n", "columns"), ("code,name\nx1,y\n", "line 2")]
    )
    def test_a_damaged_table_is_refused_by_name(self, tmp_path, text, says):
        with pytest.raises(BadDataFile, match=says):
            self.write(tmp_path, text)


class TestCheckedCodes:
    @pytest.mark.parametrize(
        "code", ["900-24-08", "900-249-8", "9OO-249-08", "900-249-00", "900-249-41", "x"]
    )
    def test_what_cannot_be_a_waste_code_is_refused(self, code):
        with pytest.raises(BadCode, match=code):
            checked_waste_code(code)

    @pytest.mark.parametrize("code", ["", "U", "1", "C12345", "c2221", "CC22"])
    def test_what_cannot_be_an_industry_code_is_refused(self, code):
        with pytest.raises(BadCode, match="industry code"):
            checked_industry_code(code)

    @pytest.mark.parametrize("code", ["91350100M000100Y43", "91110000802100433B"])
    def test_a_right_check_character_is_accepted(self, code):
        assert checked_credit_code(code) == code

    @given(st.integers(0, 16), st.sampled_from("0123456789ABCDEFGHJKLMNPQRTUWXY"))
    def test_any_one_character_changed_is_noticed(self, place, letter):
        right = "91350100M000100Y43"
        wrong = right[:place] + letter + right[place + 1 :]
        if wrong != right:
            with pytest.raises(BadCode, match="check character"):
                checked_credit_code(wrong)

    def test_another_length_or_letter_is_refused(self):
        with pytest.raises(BadCode, match="has 3 characters"):
            checked_credit_code("913")
        with pytest.raises(BadCode, match="beginning of a credit code"):
            credit_code_check("91350100M000100YI")
