"""Whatever the file, a table arrives as texts with the row numbers that a person sees."""

import gzip
from datetime import datetime
from decimal import Decimal

import openpyxl
import pyarrow
import pyarrow.parquet
import pytest

from qingshan.evaluation.tables import BadTable, columns_of, read_batches

TEXT = "断面名称,总磷\n甲,0.10\n乙,*\n丙,0.004L\n"


def _all(path, rows=2):
    return [(batch.first_row, len(batch), dict(batch.columns)) for batch in read_batches(path, rows)]


class TestReading:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
    @pytest.mark.parametrize("packed", [False, True])
    def test_texts_come_in_batches_with_row_numbers(self, tmp_path, encoding, packed):
        path = tmp_path / ("t.csv.gz" if packed else "t.csv")
        raw = TEXT.encode(encoding)
        path.write_bytes(gzip.compress(raw) if packed else raw)
        assert columns_of(path) == ("断面名称", "总磷")
        assert _all(path) == [
            (2, 2, {"断面名称": ["甲", "乙"], "总磷": ["0.10", "*"]}),
            (4, 1, {"断面名称": ["丙"], "总磷": ["0.004L"]}),
        ]

    def test_a_workbook_gives_the_shortest_text_of_a_float(self, tmp_path):
        book = openpyxl.Workbook()
        for row in (["时间", "总磷", "注"], [datetime(2021, 4, 1, 8), 0.1, None]):  # noqa: DTZ001 - a workbook has no zones
            book.active.append(row)
        book.save(tmp_path / "t.xlsx")
        assert _all(tmp_path / "t.xlsx") == [
            (2, 1, {"时间": ["2021-04-01T08:00:00"], "总磷": ["0.1"], "注": [""]})
        ]

    def test_a_parquet_file_gives_texts_too(self, tmp_path):
        table = pyarrow.table({"总磷": [0.025, None], "名": ["甲", "乙"], "数": [Decimal("1.50"), None]})
        pyarrow.parquet.write_table(table, tmp_path / "t.parquet")
        assert _all(tmp_path / "t.parquet") == [
            (2, 2, {"总磷": ["0.025", ""], "名": ["甲", "乙"], "数": ["1.50", ""]})
        ]

    def test_a_heading_alone_gives_no_batch(self, tmp_path):
        (tmp_path / "t.csv").write_text("a,b\n", encoding="utf-8")
        assert _all(tmp_path / "t.csv") == []


class TestRefusing:
    @pytest.mark.parametrize(
        ("name", "content", "words"),
        [
            ("t.txt", b"a,b\n", "give .csv"),
            ("t.csv", b"", "first row"),
            ("t.csv", b"a,a\n1,2\n", "stands twice"),
            ("t.csv", b"a,b\n1,2\n3\n", "row 3 has 1 fields"),
            ("t.csv", b'a,b\n"1,2\n', "unexpected end"),
            ("t.csv", b"a,b\n\xff\xff,1\n", "neither UTF-8"),
            ("t.csv.gz", b"a,b\n", "gzip"),
            ("t.xlsx", b"a,b\n", "not a workbook"),
            ("t.parquet", b"a,b\n", "not a Parquet file"),
        ],
    )
    def test_what_is_no_table_is_refused_with_its_reason(self, tmp_path, name, content, words):
        path = tmp_path / name
        path.write_bytes(content)
        with pytest.raises(BadTable, match=words):
            list(read_batches(path))

    def test_a_file_that_is_not_there_is_named(self, tmp_path):
        with pytest.raises(BadTable, match="no such file"):
            columns_of(tmp_path / "t.csv")

    def test_a_missing_part_says_what_to_install(self, tmp_path, monkeypatch):
        path = tmp_path / "t.parquet"
        path.write_bytes(b"x")
        monkeypatch.setitem(__import__("sys").modules, "pyarrow.parquet", None)
        with pytest.raises(BadTable, match="qingshan\\[columns\\]"):
            columns_of(path)
