"""Targets: one that the upper level assigns later, one that two people change at the same time."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect
from tests.journeys.conftest import Town
from tests.journeys.files import letter

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("house")]


def test_a_planner_enters_an_assigned_target_with_its_letter(town: Town) -> None:
    """2027 of groundwater waits for the city until its letter is entered with date and file."""
    page = town.seat("planner")
    page.goto(f"/plans/{town.codes['county']}/")
    page.get_by_role("link", name="地下水质量Ⅴ类水比例").click()
    row = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name="2027"))
    expect(row).to_contain_text("等待上级下达")
    row.get_by_role("link", name="登记下达文件").click()

    page.get_by_role("button", name="保存").click()
    expect(page.get_by_role("alert")).to_contain_text("还不能提交")
    for empty in ("下达文号", "下达文件", "关系"):
        expect(page.get_by_role("alert")).to_contain_text(empty)

    page.get_by_label("下达文号").fill("栖环发〔2026〕31号")
    page.get_by_label("下达日期").fill("2026-09-10")
    page.get_by_label("下达文件").set_input_files(letter())
    page.get_by_label("关系").select_option("<=")
    page.get_by_label("目标值").fill("11.1")
    page.get_by_role("button", name="保存").click()

    expect(page.get_by_role("status").filter(has_text="下达目标已登记")).to_be_visible()
    row = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name="2027"))
    expect(row).to_contain_text("≤11.1%")
    expect(row).to_contain_text("栖环发〔2026〕31号")
    expect(row).to_contain_text("2026-09-10")
    expect(row).not_to_contain_text("等待上级下达")
    row.get_by_role("link", name="栖环发〔2026〕31号").click()
    expect(page.get_by_role("link", name="下达通知.pdf")).to_be_visible()


def test_of_two_people_revising_a_target_the_second_sees_both_and_decides(town: Town) -> None:
    """Both open the form; the first saves; the second is shown what was saved and keeps what was typed."""
    address = f"/plans/{town.codes['county']}/indicators/QL-I16/targets/2029/revise"
    first, second = town.seat("leader"), town.seat("deputy")
    for page in (first, second):
        page.goto(address)
    _revise(first, "森林覆盖率稳中有升", "年中会商")
    expect(first.get_by_text("目标已调整。")).to_be_visible()

    _revise(second, "森林覆盖率只增不减", "专家意见")
    told = second.get_by_role("alert")
    expect(told).to_contain_text("别人已经修改过这条记录")
    expect(told).to_contain_text("森林覆盖率稳中有升")
    expect(told).to_contain_text("林静岚")
    expect(second.get_by_label("文件中的写法")).to_have_value("森林覆盖率只增不减")
    expect(second.get_by_label("变更理由")).to_have_value("专家意见")

    second.get_by_role("button", name="保存").click()
    expect(second.get_by_text("目标已调整。")).to_be_visible()


def _revise(page: Page, words: str, reason: str) -> None:
    page.get_by_label("文件中的写法").fill(words)
    page.get_by_label("变更理由").fill(reason)
    page.get_by_role("button", name="保存").click()
