"""Old and locked-down browsers: everything works without JavaScript."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect
from tests.journeys.conftest import Town, log_in

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("house")]


def test_without_scripts_one_logs_in_filters_and_submits(town: Town) -> None:
    """Log-in, a filtered list, another day, a form refused and then accepted."""
    page = town.seat(None, java_script_enabled=False)
    log_in(page, *town.people["monitoring"])
    page.get_by_role("link", name="青峦县生态环境规划（模拟）").first.click()
    page.locator("nav.tabs").get_by_role("link", name="指标").click()
    page.get_by_label("类别").select_option("风险防控")
    page.get_by_role("button", name="筛选").click()
    expect(page.locator(".listing tbody tr")).to_have_count(2)
    page.get_by_role("link", name="工业危险废物利用处置率").click()
    table = page.get_by_role("region", name="历年数值").get_by_role("table")
    expect(table).to_be_visible()  # what the chart shows stands in a table

    page.get_by_role("link", name="录入数值").click()
    page.get_by_label("年度").fill("2024")
    page.get_by_label("数值", exact=True).fill("97,x")
    page.get_by_label("数据来源").fill("固体废物年报")
    page.get_by_role("button", name="提交审核").click()
    expect(page.get_by_role("alert")).to_contain_text("97,x")
    page.get_by_label("数值", exact=True).fill("97.2")
    page.get_by_role("button", name="提交审核").click()
    expect(page.get_by_text("数值已提交，由另一人审核后生效。")).to_be_visible()

    page.get_by_label("截至").fill("2025-03-01")
    page.get_by_role("button", name="查看", exact=True).click()
    expect(page.get_by_text("正在查看截至 2025-03-01 的情况")).to_be_visible()


def test_without_scripts_a_target_of_several_parts_is_entered(town: Town) -> None:
    """A row is asked for by a button, the form comes back as typed, and the target has its three parts."""
    page = town.seat(None, java_script_enabled=False)
    log_in(page, *town.people["planner"])
    page.goto(f"/plans/{town.codes['county']}/indicators/QL-I20/targets/new")
    page.get_by_label("目标年").fill("2028")
    page.get_by_label("目标类型").select_option("同时满足")
    first, second = (page.get_by_role("group", name=f"要求 {number}", exact=True) for number in (1, 2))
    first.get_by_label("要求类型").select_option("上级下达")
    first.get_by_label("由谁下达").fill("栖云市")
    second.get_by_label("要求类型").select_option("保持、不下降")
    page.get_by_role("button", name="再加一项要求").click()
    expect(first.get_by_label("由谁下达")).to_have_value("栖云市")
    third = page.get_by_role("group", name="要求 3", exact=True)
    third.get_by_label("要求类型").select_option("定性")
    third.get_by_label("文字要求").fill("省内名列前茅")
    page.get_by_role("button", name="保存").click()
    row = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name="2028"))
    expect(row).to_contain_text("由栖云市下达，且不低于基准水平，且省内名列前茅")


def test_the_language_is_switched_to_english_and_back(town: Town) -> None:
    """The whole frame changes; names of places, plans and indicators stay as they are."""
    page = town.fresh_seat("leader")
    page.goto(f"/plans/{town.codes['county']}/")
    page.locator(".head-tools summary").click()
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_role("link", name="Plans").first).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_contain_text("青峦县")
    page.locator(".head-tools summary").click()
    page.get_by_role("button", name="简体中文").click()
    expect(page.locator("html")).to_have_attribute("lang", "zh-hans")
    expect(page.get_by_role("link", name="规划").first).to_be_visible()


def test_without_scripts_a_figure_is_picked_for_a_paper(town: Town) -> None:
    """What is typed goes along with the search and comes back; the figure takes the place marked for it."""
    page = town.seat(None, java_script_enabled=False)
    log_in(page, *town.people["planner"])
    page.goto("/papers/new")
    page.get_by_label("标题").fill("关于危险废物管理的通知")
    page.get_by_label("正文").fill("到期达到{fig:}。")
    picker = page.get_by_role("region", name="从台账选取数值")
    picker.get_by_label("指标").fill("危险废物")
    picker.get_by_role("button", name="查找").click()
    expect(page.get_by_label("标题")).to_have_value("关于危险废物管理的通知")
    picker.get_by_role("button", name=re.compile("插入.*年目标$")).first.click()
    expect(page.get_by_label("正文")).to_have_value(re.compile(r"^到期达到\{fig:target_\d+_\d{4}\}。$"))
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("公文稿已保存")).to_be_visible()
