"""The keyboard alone: log in, find an indicator, enter a value. Where one is must always be seen."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect
from tests.journeys.conftest import Town

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("house")]

#: Nobody should have to press the key more often than this to get anywhere on a page.
MOST_TABS = 45


def test_a_value_is_found_and_entered_with_the_keyboard_alone(town: Town) -> None:
    """Skip link, log-in, plan, filter, indicator, form: only Tab, Enter, arrows and letters."""
    page = town.seat(None)
    page.goto("/login/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="跳到正文")).to_be_focused()
    _type_at(page, page.get_by_label("用户名"), town.people["officer"][0])
    _type_at(page, page.get_by_label("口令"), town.people["officer"][1])
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("规划")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # the skip link: past the navigation
    _go(page, page.get_by_role("main").get_by_role("link", name="青峦县生态环境规划（模拟）").first)
    _go(page, page.locator("nav.tabs").get_by_role("link", name="指标"))

    category = page.get_by_label("类别")
    _reach(page, category)
    for _ in range(3):
        page.keyboard.press("ArrowDown")
    expect(page.locator(".listing tbody tr")).to_have_count(3)
    expect(category).to_be_focused()  # the list was replaced under one's hands
    _go(page, page.get_by_role("link", name="规模养殖场粪污处理设施装备配套率"))

    _go(page, page.get_by_role("link", name="录入数值"))
    _type_at(page, page.get_by_label("年度"), "2024")
    _type_at(page, page.get_by_label("数值", exact=True), "93.5")
    _type_at(page, page.get_by_label("数据来源"), "农业农村局年报")
    _go(page, page.get_by_role("button", name="提交审核"))
    expect(page.get_by_text("数值已提交，由另一人审核后生效。")).to_be_visible()


def test_a_menu_opens_and_closes_with_the_keyboard(town: Town) -> None:
    page = town.seat("leader")
    page.goto("/plans/")
    menu = page.locator(".head-tools summary")
    _reach(page, menu)
    page.keyboard.press("Enter")
    link = (
        page.get_by_role("link", name="个人设置").or_(page.locator(".head-tools .menu-panel a").first).first
    )
    expect(link).to_be_visible()
    page.keyboard.press("Tab")
    expect(link).to_be_focused()
    page.keyboard.press("Escape")
    expect(link).to_be_hidden()
    expect(menu).to_be_focused()


def _reach(page: Page, target: Locator) -> None:
    expect(target).to_be_visible()
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        assert page.evaluate(_IS_SEEN), f"focus is not seen on {page.evaluate(_WHERE)}"
        if target.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"{MOST_TABS} tabs do not lead to {target}")


def _go(page: Page, target: Locator) -> None:
    _reach(page, target)
    page.keyboard.press("Enter")
    page.wait_for_load_state()


def _type_at(page: Page, target: Locator, text: str) -> None:
    _reach(page, target)
    page.keyboard.press("Control+a")
    page.keyboard.type(text)


_WHERE = "document.activeElement.outerHTML.slice(0, 200)"
_IS_SEEN = """() => {
    const style = getComputedStyle(document.activeElement);
    return document.activeElement === document.body
        || (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2);
}"""
