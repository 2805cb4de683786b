"""A phone of 390 pixels in the field: find one's duty, report progress with a photograph."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect
from tests.journeys.conftest import PHONE, Town
from tests.journeys.files import photograph

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("house")]


def test_an_officer_reports_progress_with_a_photograph_from_the_field(town: Town) -> None:
    page = town.seat("officer", viewport=PHONE, has_touch=True, is_mobile=True)
    page.goto("/")
    _fits(page)
    menu = page.get_by_text("菜单", exact=True)
    menu.tap()
    page.get_by_role("link", name="本部门").tap()
    expect(page.get_by_role("heading", name="青峦县农业农村局", level=1)).to_be_visible()
    _fits(page)
    page.get_by_role("link", name="受污染耕地安全利用工程").tap()
    report = page.get_by_role("link", name="报告进展").first
    expect(report).to_be_visible()
    _fits(page)
    report.tap()
    page.get_by_label("进度（%）").fill("66")
    page.get_by_label("进展情况").fill("石桥岭镇三个地块完成石灰调理，现场照片附后。")
    page.get_by_label("佐证材料").set_input_files(photograph())
    _fits(page)
    page.get_by_role("button", name="提交审核").tap()
    expect(page.get_by_text("进展报告已提交")).to_be_visible()
    _fits(page)

    page.get_by_role("link", name="石桥岭镇三个地块完成石灰调理").tap()
    expect(page.get_by_role("link", name="现场照片.png").first).to_be_visible()
    _fits(page)


def _fits(page: Page) -> None:
    beyond = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert beyond <= 0, f"{page.url} is {beyond} px wider than the screen"
