"""A task from its instruction to a checked end: in the office, and by the river where the line drops."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect
from tests.journeys.conftest import PHONE, Town

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("house")]

PHOTO = {
    "name": "river.jpg",
    "mimeType": "image/jpeg",
    "buffer": b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + b"0" * 2048,
}


def test_an_officer_on_a_phone_reports_with_a_photo_on_a_broken_line(town: Town) -> None:
    """The line drops when the report is sent: it waits on the device with its photo, and arrives once."""
    planner = town.seat("planner")
    code = _instructed(planner, "清理青峦河漂浮物")
    phone = town.fresh_seat("housing", viewport=PHONE)
    phone.goto("/tasks/")
    phone.get_by_role("link", name="清理青峦河漂浮物").click()
    phone.get_by_role("link", name="签收").click()
    phone.get_by_role("button", name="签收").click()
    phone.get_by_role("link", name="填报进展").click()
    phone.get_by_label("进展").fill("已清理两处。")
    phone.get_by_label("照片和证据").set_input_files([PHOTO])
    phone.context.set_offline(True)
    phone.get_by_role("button", name="填报").click()
    expect(phone.locator("#outbox")).to_contain_text("已存在本机")

    phone.context.set_offline(False)
    phone.wait_for_url(f"**/tasks/{code}/")
    expect(phone.get_by_text("已清理两处。")).to_have_count(1)
    phone.get_by_text("照片和证据").scroll_into_view_if_needed()  # brings the list of its files
    expect(phone.get_by_text("river.jpg").first).to_be_visible()
    phone.goto("/tasks/")  # whatever waited is sent whenever this page is opened: nothing waits any more
    phone.goto(f"/tasks/{code}/")
    expect(phone.get_by_text("已清理两处。")).to_have_count(1)

    phone.get_by_role("link", name="提交审核").click()
    phone.get_by_role("button", name="提交审核").click()
    planner.goto("/tasks/")
    planner.get_by_role("region", name="待审核").get_by_role("link", name="清理青峦河漂浮物").click()
    planner.get_by_role("link", name="退回").click()
    planner.get_by_label("理由").fill("请补充下游照片")
    planner.get_by_role("button", name="退回").click()
    expect(planner.get_by_text("请补充下游照片")).to_be_visible()


def _instructed(page: Page, title: str) -> str:
    """Make a task of a leader's instruction; return its code."""
    page.goto("/tasks/new")
    page.locator("#id_source").select_option(label="领导批示")
    page.get_by_label("来源单位或批示人").fill("县长")
    page.get_by_label("任务名称").fill(title)
    page.get_by_label("办结期限").fill("2027-03-31")
    page.get_by_label("牵头单位").select_option(label="青峦县住房和城乡建设局")
    page.get_by_role("button", name="保存").click()
    page.wait_for_url("**/tasks/990121-*/")
    return page.url.rstrip("/").rpartition("/")[2]
