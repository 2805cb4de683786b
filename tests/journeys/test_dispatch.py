"""A round of dispatch from its opening to its bulletin: where the line drops, and at the desk."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from playwright.sync_api import Locator, Page, expect
from tests.journeys.conftest import PHONE, Town

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("house")]

HOUSING = "青峦县住房和城乡建设局"
PHOTO = {
    "name": "sewer.jpg",
    "mimeType": "image/jpeg",
    "buffer": b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + b"0" * 2048,
}


def test_a_round_from_a_phone_on_a_broken_line_to_the_bulletin(town: Town) -> None:
    """The officer's row waits on the phone with its photo, comes back once, and is in the bulletin."""
    planner = town.seat("planner")
    number = _opened(planner, town.codes["county"])
    phone = town.fresh_seat("housing", viewport=PHONE)
    phone.goto(f"/dispatch/{number}/")
    phone.get_by_role("link", name="填报", exact=True).click()
    card = phone.locator("section.panel").filter(has=phone.locator("form[data-draft]")).first
    title = card.get_by_role("heading", level=2).get_by_role("link").inner_text()
    _fill(card, "已敷设管网 3 公里。")
    card.get_by_label("照片和佐证").set_input_files([PHOTO])
    phone.context.set_offline(True)
    card.get_by_role("button", name="存稿").click()
    expect(phone.locator("#outbox")).to_contain_text("已存在本机")

    phone.context.set_offline(False)
    expect(phone.get_by_text("已存稿待提交")).to_be_visible()  # sent by itself, and the page came anew
    card = _card(phone, title)
    expect(card.get_by_label("进展情况")).to_have_value("已敷设管网 3 公里。")
    expect(card.get_by_text("sewer.jpg")).to_have_count(1)
    _hand_in(phone)

    planner.goto(f"/dispatch/{number}/review")
    waiting = _card(planner, title)
    waiting.get_by_role("link", name="退回").click()
    planner.get_by_label("理由").fill("请写明敷设的路段")
    planner.get_by_role("button", name="退回").click()

    phone.reload()
    card = _card(phone, title)
    expect(card.get_by_text("请写明敷设的路段")).to_be_visible()
    card.get_by_label("进展情况").fill("已敷设滨河路管网 3 公里。")
    card.get_by_role("button", name="存稿").click()
    expect(phone.get_by_text("已存稿待提交")).to_be_visible()
    _hand_in(phone)

    planner.goto(f"/dispatch/{number}/review")
    _card(planner, title).get_by_role("button", name="采纳").click()
    expect(planner.get_by_text(f"“{title}”已采纳，进展已写入台账。")).to_be_visible()
    planner.goto(f"/dispatch/{number}/")
    planner.get_by_role("link", name="关闭本轮").click()
    planner.get_by_role("button", name="关闭本轮").click()
    expect(planner.get_by_text("以下是关闭时的数据，不再变动")).to_be_visible()
    planner.get_by_role("link", name="通报", exact=True).click()
    line = planner.get_by_role("row").filter(has_text=HOUSING).first
    expect(line).to_be_visible()
    expect(planner.get_by_text("已拟的公文")).to_be_visible()
    expect(planner.get_by_text(re.compile("调度的通报")).first).to_be_visible()


def _opened(page: Page, plan: str) -> str:
    """Open a round on this month; return its number."""
    page.goto(f"/dispatch/new?plan={plan}")
    page.locator("#id_plan").select_option(plan)
    page.get_by_label("填报期限").fill((date.today() + timedelta(days=7)).isoformat())  # noqa: DTZ011 (a field of a form)
    page.get_by_role("button", name="发起").click()
    page.wait_for_url(re.compile(r"/dispatch/\d+/$"))
    return page.url.rstrip("/").rpartition("/")[2]


def _card(page: Page, title: str) -> Locator:
    heading = page.get_by_role("heading", level=2).filter(has_text=title)
    return page.locator("section.panel").filter(has=heading).first


def _fill(card: Locator, words: str) -> None:
    state = card.get_by_label("本期状态")
    if state.count():
        state.select_option(label="推进中")
    card.get_by_label("进展情况").fill(words)


def _hand_in(page: Page) -> None:
    page.get_by_role("link", name="提交审核").first.click()
    page.get_by_role("button", name="提交审核").click()
    expect(page.get_by_text("已提交审核。")).to_be_visible()
