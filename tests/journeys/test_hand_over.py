"""Posts change: what somebody has by name is assigned, handed over after a look at it, and taken back."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect
from tests.journeys.conftest import Town

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("house")]


def test_a_planner_hands_an_officers_work_over_and_takes_it_back(town: Town) -> None:
    """Two measures are given to an officer by name, one is handed on by mistake, and is his again."""
    page = town.seat("planner")
    county = town.codes["county"]
    names = [
        _given(page, f"/plans/{county}/measures/{code}/", "郑木青")
        for code in ("QL-M05.02.01", "QL-M05.02.02")
    ]

    page.goto("/assignments/")
    page.get_by_role("link", name="郑木青").click()
    page.get_by_role("link", name="办理交接").click()
    page.get_by_label("接收人").select_option(index=1)
    page.get_by_label("交接理由").fill("岗位调整")
    page.get_by_role("checkbox", name=names[1]).uncheck()
    page.get_by_role("button", name="下一步：预览").click()
    listed = page.get_by_role("region", name="将要移交")
    expect(listed).to_contain_text(names[0])
    expect(listed).not_to_contain_text(names[1])
    page.get_by_role("button", name="确认交接").click()
    expect(page.get_by_role("status")).to_contain_text("交接已登记")
    expect(page.get_by_text("岗位调整")).to_be_visible()

    giver = town.seat("housing")
    giver.goto("/assignments/")
    expect(giver.get_by_role("region", name="名下的事项")).to_contain_text(names[1])
    expect(giver.get_by_role("region", name="名下的事项")).not_to_contain_text(names[0])

    page.get_by_role("link", name="撤销交接").click()
    page.get_by_label("撤销理由").fill("名字选错")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_role("status")).to_contain_text("交接已撤销")
    giver.reload()
    expect(giver.get_by_role("region", name="名下的事项")).to_contain_text(names[0])


def _given(page: Page, address: str, person: str) -> str:
    """Give a measure to somebody by name, from its own page; return what the measure is called."""
    page.goto(address)
    name = page.get_by_role("heading", level=1).inner_text()
    page.get_by_role("link", name="分派到人").click()
    page.get_by_role("link", name="分派", exact=True).click()
    choice = page.get_by_label("分派给").locator("option", has_text=person).first
    page.get_by_label("分派给").select_option(value=choice.get_attribute("value"))
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_role("status")).to_contain_text("已分派")
    return name
