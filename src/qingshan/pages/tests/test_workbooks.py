"""Workbooks in and out."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from decimal import Decimal

import pytest
from openpyxl import Workbook, load_workbook

from qingshan.pages.workbooks.reading import MAX_BYTES, UnreadableTable, read_table
from qingshan.pages.workbooks.writing import Sheet, write_workbook


def xlsx(*rows: list[object]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)  # type: ignore[union-attr]
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def read(data: bytes, name: str = "指标.xlsx"):  # type: ignore[no-untyped-def]
    return read_table(io.BytesIO(data), name=name, size=len(data))


class TestReading:
    def test_it_reads_cells_with_their_addresses(self) -> None:
        table = read(xlsx(["编号", "数值"], ["A1", 95.4], [None, None], ["A2", "=1+1"]))
        assert table.headings == ("编号", "数值")
        assert [row.number for row in table.rows] == [2, 4]
        assert table.rows[0].cells["数值"].address == "B2"
        assert table.rows[1].cells["数值"].is_formula

    def test_it_reads_a_csv_in_gbk(self) -> None:
        table = read("编号,名称\nA1,空气质量\n".encode("gbk"), "x.csv")
        assert table.rows[0].cells["名称"].text == "空气质量"

    def test_it_reads_a_csv_in_utf8_with_and_without_mark(self) -> None:
        for encoding in ("utf-8", "utf-8-sig"):
            assert read("编号\n甲\n".encode(encoding), "x.csv").rows[0].cells["编号"].text == "甲"

    @pytest.mark.parametrize(
        ("data", "name", "word"),
        [
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 64, "a.xlsx", ".xls"),
            (b"<html><table></table></html>", "a.xlsx", "HTML"),
            ("编号,名称".encode("gbk"), "a.xlsx", "不是 .xlsx"),
            (b"PK\x03\x04broken", "a.xlsx", "损坏"),
            (b"", "a.xlsx", "空"),
            (b"x", "a.pdf", ".pdf"),
            (b"\x00\x01\x02", "a.csv", "不是文本"),
        ],
    )
    def test_it_says_what_a_wrong_file_is(self, data: bytes, name: str, word: str) -> None:
        with pytest.raises(UnreadableTable, match=word):
            read(data, name)

    def test_it_refuses_a_zip_that_is_no_workbook(self) -> None:
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w") as archive:
            archive.writestr("word/document.xml", "<w/>")
        with pytest.raises(UnreadableTable, match="不是 Excel"):
            read(file.getvalue())

    def test_it_refuses_macros(self) -> None:
        file = io.BytesIO(xlsx(["a"]))
        with zipfile.ZipFile(file, "a") as archive:
            archive.writestr("xl/vbaProject.bin", b"macro")
        with pytest.raises(UnreadableTable, match="宏"):
            read(file.getvalue())

    def test_it_refuses_a_file_of_200_megabytes_before_reading_it(self) -> None:
        class Untouchable(io.BytesIO):
            def read(self, size: int | None = -1, /) -> bytes:
                raise AssertionError("a file that is too large must not be read")

        with pytest.raises(UnreadableTable, match="200 MB"):
            read_table(Untouchable(), name="a.xlsx", size=200 * 1024 * 1024)
        assert MAX_BYTES < 200 * 1024 * 1024

    def test_it_refuses_the_same_heading_twice(self) -> None:
        with pytest.raises(UnreadableTable, match="编号"):
            read(xlsx(["编号", "编号"], [1, 2]))


class TestWriting:
    @pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", '=HYPERLINK("x")'])
    def test_a_text_that_would_start_a_formula_stays_a_text(self, text: str) -> None:
        book = load_workbook(write_workbook([Sheet("表", [["列"], [text]])]))
        cell = book.worksheets[0]["A2"]
        assert cell.data_type == "s"
        assert cell.value == text
        assert cell.quotePrefix

    def test_numbers_and_days_stay_what_they_are(self) -> None:
        book = load_workbook(
            write_workbook([Sheet("表", [["数", "日"], [Decimal("95.4"), date(2025, 1, 2)]])])
        )
        assert book.worksheets[0]["A2"].value == pytest.approx(95.4)
        assert book.worksheets[0]["B2"].value.date() == date(2025, 1, 2)

    def test_the_last_sheet_says_as_of_when_and_under_which_filter(self) -> None:
        book = load_workbook(write_workbook([Sheet("表", [["列"]])], as_of=date(2025, 6, 30), query="kind=1"))
        about = {row[0].value: row[1].value for row in book.worksheets[-1].iter_rows(min_row=2)}
        assert about["筛选条件"] == "kind=1"
        assert about["截至日期"].date() == date(2025, 6, 30)
