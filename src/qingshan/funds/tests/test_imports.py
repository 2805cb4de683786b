"""Receipts and payments from a workbook: a dry run names every wrong cell; then all rows, or none."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import pytest
from django.utils.translation import override
from openpyxl import Workbook, load_workbook

from qingshan.funds.errors import FundsRefusal
from qingshan.funds.imports import COLUMNS, carry_out, check, template_file
from qingshan.funds.models import GrantBid, MoneyEntry

HEAD = [str(column.heading) for column in COLUMNS]
RIGHT = ["P1", "到位", "2026-06-10", 120.5, 2026, "省级财政", "到1", "", ""]


def workbook(*rows: list[Any]) -> io.BytesIO:
    work = Workbook()
    for row in rows:
        work.active.append(row)
    file = io.BytesIO()
    work.save(file)
    return file


@pytest.fixture
def tried(cast: Any, ledger: Any, book: Any) -> Any:
    def run(*rows: list[Any], head: list[str] | None = None, by: Any = None) -> Any:
        file = workbook(HEAD if head is None else head, *rows)
        return check(
            plan=ledger.plan, file=file, name="流水.xlsx", size=file.getbuffer().nbytes, by=by or cast.chen,
            on=book.TODAY,
        )  # fmt: skip

    return run


def put(**changes: Any) -> list[Any]:
    names = [column.field for column in COLUMNS]
    return [changes.get(name, value) for name, value in zip(names, RIGHT, strict=True)]


def test_right_rows_come_in_and_the_ledger_sums_them_up(
    cast: Any, ledger: Any, book: Any, granted: GrantBid, tried: Any
) -> None:
    found = tried(
        RIGHT, put(kind="支付", amount_yuan="30", voucher="付1", purpose="管网建设", bid=granted.code)
    )
    assert (found.errors, found.count) == ([], 2)
    assert not MoneyEntry.objects.exists()  # a dry run writes nothing
    assert carry_out(checked=found, plan=ledger.plan, by=cast.chen, at=book.AT, on=book.TODAY) == 2
    rows = MoneyEntry.objects.order_by("pk").values_list("kind", "amount_yuan", "on", "bid__code")
    assert list(rows) == [
        ("receipt", 1_205_000, date(2026, 6, 10), None),
        ("payment", 300_000, date(2026, 6, 10), granted.code),
    ]


@pytest.mark.parametrize(
    ("change", "cell", "allowed"),
    [
        ({"project": "P9"}, "A2", "没有这个项目"),
        ({"project": ""}, "A2", "必填"),
        ({"kind": "收入"}, "B2", "到位或支付"),
        ({"on": "2026-02-30"}, "C2", "日历上有的日期"),
        ({"on": "2026-12-01"}, "C2", "不晚于今天"),
        ({"amount_yuan": "约三十"}, "D2", "大于零"),
        ({"amount_yuan": 0}, "D2", "大于零"),
        ({"amount_yuan": "0.00001"}, "D2", "大于零"),
        ({"amount_yuan": "=1+1"}, "D2", "不能是公式"),
        ({"year": 1889}, "E2", "四位年份"),
        ({"funds": "长" * 61}, "F2", "最多 60 个字"),
        ({"voucher": ""}, "G2", "必填"),
        ({"bid": "Z-0"}, "I2", "已下达的专项资金编号"),
    ],
)
def test_a_wrong_cell_is_named(tried: Any, change: dict[str, Any], cell: str, allowed: str) -> None:
    (error,) = tried(put(**change)).errors
    assert (error.address, allowed in error.allowed) == (cell, True)


def test_the_same_voucher_twice_is_found_in_the_file_and_in_the_ledger(
    cast: Any, ledger: Any, book: Any, tried: Any
) -> None:
    (error,) = tried(RIGHT, RIGHT).errors
    assert error.address == "G3"
    book.enter(ledger.plant, "receipt", date(2026, 6, 10), 1, "到1", cast.wu)
    assert [one.address for one in tried(RIGHT).errors] == ["G2"]


def test_a_department_imports_for_its_own_projects_alone(cast: Any, tried: Any) -> None:
    assert tried(RIGHT, by=cast.wu).errors == []
    assert [one.address for one in tried(RIGHT, by=cast.fang).errors] == ["A2"]  # it does not even see it
    assert len(tried(RIGHT, by=cast.lin).errors) == 1


def test_headings_are_asked_for_and_strange_ones_named(tried: Any) -> None:
    errors = tried(RIGHT, head=[*HEAD[:-1], "备注"]).errors
    assert [(one.column, one.address) for one in errors] == [("备注", "第1行")]
    assert [one.column for one in tried(RIGHT[1:], head=HEAD[1:]).errors] == ["项目编号"]
    assert [one.allowed for one in tried().errors] == ["至少一行数据"]


def test_a_table_of_the_other_language_is_read(tried: Any) -> None:
    with override("en"):
        assert tried(RIGHT).errors == []


def test_with_one_row_refused_none_comes_in(cast: Any, ledger: Any, book: Any, tried: Any) -> None:
    found = tried(RIGHT, put(voucher="到2"))
    book.enter(ledger.plant, "receipt", date(2026, 6, 10), 1, "到2", cast.wu)  # somebody was faster
    with pytest.raises(FundsRefusal, match="第3行"):
        carry_out(checked=found, plan=ledger.plan, by=cast.chen, at=book.AT, on=book.TODAY)
    assert [one.voucher for one in MoneyEntry.objects.all()] == ["到2"]
    wrong = tried(put(kind="收入"))
    with pytest.raises(FundsRefusal, match="1 处错误"):
        carry_out(checked=wrong, plan=ledger.plan, by=cast.chen, at=book.AT, on=book.TODAY)


def test_the_template_has_the_headings_and_says_what_may_stand_in_them() -> None:
    read = load_workbook(template_file())
    assert [cell.value for cell in read.worksheets[0][1]] == HEAD
    told = "\n".join(str(row[1].value) for row in read.worksheets[1].iter_rows())
    assert "到位或支付" in told
