"""Departments change, duties stay in place; and any earlier day can be looked at as it was."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect
from tests.journeys.conftest import Town

from qingshan.kernel.spans import BEIJING

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("house")]

FORESTRY, RESOURCES = "青峦县林业局", "青峦县自然资源局"


def test_a_department_is_merged_and_its_duties_follow(town: Town) -> None:
    """Forestry goes into natural resources today; yesterday's pages still name forestry."""
    today = datetime.now(BEIJING).date()
    _merge(town.seat("system"), today)

    page = town.fresh_seat("planner")  # its as-of day is its own
    page.goto(f"/plans/{town.codes['county']}/indicators/QL-I16/")
    duties = page.get_by_role("region", name="责任单位")
    expect(duties.get_by_role("link", name=RESOURCES)).to_be_visible()
    expect(duties).to_contain_text(f"原为{FORESTRY}")
    duties.get_by_role("link", name=RESOURCES).click()
    expect(page.get_by_role("heading", name=RESOURCES, level=1)).to_be_visible()
    expect(page.get_by_role("link", name="森林覆盖率")).to_be_visible()

    page.goto(f"/plans/{town.codes['county']}/projects/")
    page.get_by_label("责任单位").select_option(label=RESOURCES)
    expect(page.get_by_role("link", name="青峦山水源涵养林建设工程")).to_be_visible()

    _go_back_to(page, today - timedelta(days=1))
    page.goto(f"/plans/{town.codes['county']}/indicators/QL-I16/")
    expect(page.get_by_text(f"正在查看截至 {today - timedelta(days=1)} 的情况")).to_be_visible()
    expect(duties.get_by_role("link", name=FORESTRY)).to_be_visible()
    expect(duties).not_to_contain_text(RESOURCES)


def test_an_earlier_day_shows_the_target_and_the_department_of_that_day(town: Town) -> None:
    """Before the city's letter of April 2025 the target was open; the city-management bureau still stood."""
    page = town.fresh_seat("leader")
    page.goto(f"/plans/{town.codes['county']}/indicators/QL-I04/")
    row = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name="2025"))
    expect(row).to_contain_text("≥85.7%")

    _go_back_to(page, date(2025, 4, 1))
    band = page.get_by_role("status").filter(has_text="正在查看截至 2025-04-01 的情况")
    expect(band).to_be_visible()
    expect(row).to_contain_text("等待上级下达")
    expect(page.get_by_role("region", name="历年数值")).to_contain_text("还没有数值")

    page.goto(f"/plans/{town.codes['county']}/indicators/QL-I01/")
    expect(band).to_be_visible()
    duties = page.get_by_role("region", name="责任单位")
    expect(duties).to_contain_text("青峦县城市管理局")
    expect(duties).not_to_contain_text("青峦县住房和城乡建设局")

    band.get_by_role("link", name="回到今天").click()
    expect(band).to_have_count(0)
    expect(duties).to_contain_text("青峦县住房和城乡建设局")


def _merge(page: Page, on: date) -> None:
    page.goto("/administration/departments/")
    page.get_by_label("名称、称谓").fill("林业局")
    page.get_by_label("名称、称谓").press("Enter")
    page.get_by_role("link", name=FORESTRY).click()
    page.get_by_role("link", name="合并").click()
    page.get_by_label("并入单位").select_option(label=f"{RESOURCES}（青峦县）")
    page.get_by_label("承接日期").fill(on.isoformat())
    page.get_by_label("依据文件").fill("青峦编〔2026〕9号")
    page.get_by_role("button", name="登记").click()
    expect(page.get_by_role("status").filter(has_text="职责")).to_be_visible()


def _go_back_to(page: Page, day: date) -> None:
    page.get_by_label("截至").fill(day.isoformat())
    expect(page.locator(".past-band[role=status]")).to_be_visible()
