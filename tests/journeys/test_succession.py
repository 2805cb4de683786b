"""From one plan to the next: a planner chooses, a leader approves, the new draft knows where it came from."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect
from tests.journeys.conftest import Town

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("house")]


def test_a_planner_opens_the_next_plan_and_a_leader_approves_it(town: Town) -> None:
    """Indicators of the new draft carry baselines, which lead to the values they rest on and back."""
    page = town.seat("planner")
    page.goto(f"/succession/open/{town.codes['county']}")
    page.get_by_label("新规划名称").fill("青峦县生态环境保护“十六五”规划")
    page.get_by_label("简称").fill("青峦“十六五”规划")
    page.get_by_role("button", name="生成接续建议").click()
    expect(page.get_by_role("status").filter(has_text="接续建议已生成")).to_be_visible()

    page.get_by_role("link", name="逐项选定").first.click()
    rows = page.locator("tbody tr")
    for choice in rows.filter(has=page.locator("option[value=redefine][selected]")).all():
        choice.get_by_role("combobox").select_option("keep")
        choice.get_by_role("textbox").fill("数据来源已落实，口径不变")
    page.get_by_role("button", name="保存，下一步").click()
    expect(page.get_by_role("heading", name="未完成的项目")).to_be_visible()

    page.goto(page.url.split("/choose/")[0] + "/lessons")
    page.get_by_label("经验教训").fill("乡镇断面自动站建设滞后，数据来得晚。")
    page.get_by_role("button", name="添加").click()
    address = re.sub(r"lessons.*", "", page.url)
    page.goto(address)
    page.get_by_role("link", name="提交审批").click()
    page.get_by_role("button", name="提交审批").click()
    expect(page.get_by_role("status").filter(has_text="方案已提交")).to_be_visible()
    expect(page.get_by_role("link", name="批准并写入新规划")).to_have_count(0)

    leader = town.seat("leader")
    leader.goto(address)
    leader.get_by_role("link", name="批准并写入新规划").click()
    leader.get_by_role("button", name="批准并写入新规划").click()
    expect(leader.get_by_role("link", name="每条记录的来源")).to_be_visible()

    page.goto(address)
    page.get_by_role("link", name="每条记录的来源").click()
    row = page.get_by_role("row").filter(has_text="空气质量优良天数比率").first
    expect(row).to_contain_text("基准值取自")
    expect(row).to_contain_text("2025年 93.7%")
    row.get_by_role("rowheader").get_by_role("link").click()
    expect(page).to_have_url(re.compile("/plans/qingluan-2030/indicators/"))
    expect(page.get_by_role("row").filter(has_text="基准").first).to_contain_text("93.7")
    page.go_back()
    row = page.get_by_role("row").filter(has_text="空气质量优良天数比率").first
    row.get_by_role("cell").first.get_by_role("link").click()
    expect(page).to_have_url(re.compile(f"/plans/{town.codes['county']}/indicators/"))
    page.goto("/plans/qingluan-2030/")
    expect(page.get_by_text("编制中").first).to_be_visible()
