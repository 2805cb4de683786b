"""Workbooks: wrong cells are shown and mended, then all rows come in; what is no table is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect
from tests.journeys.conftest import Town
from tests.journeys.files import Upload, csv_file, filled_in, letter, posing, workbook

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("house")]

HEADINGS = ("指标编号", "年度", "数值类别", "数值", "数据来源")


def test_a_cell_error_is_shown_mended_and_then_all_rows_come_in(town: Town) -> None:
    """Template, dry run with two wrong cells, mended, dry run, import; nothing before, all after."""
    page = town.seat("monitoring")
    page.goto(f"/plans/{town.codes['county']}/indicators/")
    page.get_by_role("link", name="导入 Excel").click()
    panel = page.locator("section.panel").filter(has_text="各年数值及来源")
    with page.expect_download() as download:
        panel.get_by_role("link", name="下载模板").click()
    template = Path(download.value.path()).read_bytes()
    panel.get_by_role("link", name="导入", exact=True).click()

    right = {
        "指标编号": "QL-I13",
        "年度": 2024,
        "数值类别": "部门报送",
        "数值": 93.6,
        "数据来源": "农业农村局报表",
    }
    wrong = {**right, "指标编号": "QL-I99", "数值": "约九成"}
    _try(page, filled_in(template, right, wrong))
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("没有写入任何内容")
    expect(_error(page, "A3")).to_contain_text("QL-I99")
    expect(_error(page, "D3")).to_contain_text("约九成")
    expect(_error(page, "D3")).to_contain_text("数值，如 95.4")

    page.get_by_label("工作簿").set_input_files(filled_in(template, right, wrong))
    page.get_by_role("button", name="检查并导入").click()
    expect(alert).to_contain_text("没有写入任何内容")
    _expect_entered(page, town, "QL-I13", 0)

    page.goto(f"/plans/{town.codes['county']}/import/values/")
    mended = filled_in(template, right, {**right, "指标编号": "QL-I14", "数值": 93})
    _try(page, mended)
    expect(page.get_by_text("没有错误")).to_be_visible()
    _expect_entered(page, town, "QL-I13", 0)

    page.goto(f"/plans/{town.codes['county']}/import/values/")
    page.get_by_label("工作簿").set_input_files(mended)
    page.get_by_role("button", name="检查并导入").click()
    expect(page.get_by_role("status")).to_contain_text("导入完成：2 行")
    _expect_entered(page, town, "QL-I13", 1)
    _expect_entered(page, town, "QL-I14", 1)


@pytest.mark.parametrize(
    ("upload", "told"),
    [
        (posing(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4096)), "旧版 .xls"),
        (posing(b"<html><table><tr><td>1</td></tr></table></html>"), "网页（HTML）"),
        (posing("指标编号,年度".encode()), "内容不是 .xlsx 工作簿"),
        (posing(letter()["buffer"], "数值.pdf"), "允许的是 .xlsx 和 .csv"),
        (posing(b""), "空文件"),
    ],
    ids=["an old xls", "a web page", "a text", "a pdf", "an empty file"],
)
def test_what_is_no_workbook_gets_one_clear_message(town: Town, upload: Upload, told: str) -> None:
    """What was found, and what to do."""
    page = _import_page(town)
    _try(page, upload)
    expect(page.get_by_role("alert")).to_have_count(1)
    expect(page.get_by_role("alert")).to_contain_text(told)


def test_a_formula_is_refused_at_its_cell(town: Town) -> None:
    """The number it once had may be wrong by now, and a formula may do anything."""
    page = _import_page(town)
    _try(page, workbook(HEADINGS, ("QL-I13", 2024, "部门报送", "=93+0.6", "报表")))
    expect(_error(page, "D2")).to_contain_text("不能是公式")


def test_a_table_as_gbk_text_is_read(town: Town) -> None:
    """Chinese Excel writes CSV so."""
    page = _import_page(town)
    row = "QL-I11,2024,部门报送,38.1,农业农村局报表"
    _try(page, csv_file(f"{','.join(HEADINGS)}\n{row}\n", encoding="gbk"))
    expect(page.get_by_text("没有错误")).to_be_visible()


def test_a_day_that_lies_ahead_is_refused_and_nothing_is_written(town: Town) -> None:
    """Only the ledger knows what day it is."""
    page = _import_page(town)
    row = ("QL-I11", 2090, "部门报送", 38.1, "农业农村局报表")
    page.get_by_label("工作簿").set_input_files(workbook(HEADINGS, row))
    page.get_by_role("button", name="检查并导入").click()
    expect(page.get_by_role("alert")).to_contain_text("没有写入任何内容")
    expect(page.get_by_role("alert")).to_contain_text("2090")


def test_a_file_of_200_megabytes_is_refused_with_its_size(town: Town, tmp_path: Path) -> None:
    """In an import, and as the letter of a form, whose other fields stay."""
    huge = tmp_path / "全部数据.xlsx"
    with huge.open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    page = _import_page(town)
    page.get_by_label("工作簿").set_input_files(huge)
    page.get_by_role("button", name="试算").click()
    expect(page.get_by_role("alert")).to_contain_text("200 MB，超过上限 50 MB", timeout=30_000)

    page.goto(f"/plans/{town.codes['county']}/indicators/QL-I04/values/new")
    page.get_by_label("数据来源").fill("栖环通报〔2026〕8号")
    page.get_by_label("来源文件").set_input_files(huge)
    page.get_by_role("button", name="提交审核").click()
    expect(page.get_by_role("alert")).to_contain_text("超过上限 50 MB", timeout=30_000)
    expect(page.get_by_label("数据来源")).to_have_value("栖环通报〔2026〕8号")


def test_a_web_page_posing_as_a_letter_is_refused_and_nothing_is_entered(town: Town) -> None:
    """The value is not entered without its evidence."""
    page = town.seat("monitoring")
    page.goto(f"/plans/{town.codes['county']}/indicators/QL-I15/values/new")
    page.get_by_label("年度").fill("2024")
    page.get_by_label("数值", exact=True).fill("97.3")
    page.get_by_label("数据来源").fill("固废年报")
    page.get_by_label("来源文件").set_input_files(posing(b"<html>hello</html>", "年报.pdf"))
    page.get_by_role("button", name="提交审核").click()
    expect(page.get_by_role("alert")).to_contain_text("年报.pdf")
    _expect_entered(page, town, "QL-I15", 0)


def _import_page(town: Town) -> Page:
    page = town.seat("planner")
    page.goto(f"/plans/{town.codes['county']}/import/values/")
    return page


def _try(page: Page, upload: Upload) -> None:
    page.get_by_label("工作簿").set_input_files(upload)
    page.get_by_role("button", name="试算").click()


def _error(page: Page, cell: str) -> Locator:
    return page.get_by_role("row").filter(has=page.get_by_role("cell", name=cell, exact=True))


def _expect_entered(page: Page, town: Town, indicator: str, count: int) -> None:
    page.goto(f"/plans/{town.codes['county']}/indicators/{indicator}/")
    pending = page.get_by_role("region", name="历年数值").get_by_role("listitem").filter(has_text="2024")
    expect(pending).to_have_count(count)
