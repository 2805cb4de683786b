"""The year cut out of a plan: drafted, negotiated with a department on a phone, published, in its inbox."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect
from tests.journeys.conftest import PHONE, Town

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("house")]

YEAR = 2028
HOUSING = "青峦县住房和城乡建设局"
PATIENCE_MS = 60_000


def test_the_year_is_drafted_negotiated_published_and_lies_in_the_inbox(town: Town, tmp_path: Path) -> None:
    """One row is put off at the request of its bureau; published, it is a task on the phone."""
    planner = town.seat("planner")
    address = _drafted(planner)
    _leads_filled_in(planner, address, tmp_path)
    _step(planner, address, "征求单位意见", note="请逐项核对")
    expect(planner.get_by_role("region", name="尚未反馈的单位")).to_contain_text(HOUSING)

    phone = town.fresh_seat("housing", viewport=PHONE)
    name = _asked_to_be_put_off(phone, address)
    phone.goto(address)
    phone.get_by_role("link", name="本单位的目标和任务").click()
    phone.get_by_role("button", name="同意未反馈的各项").click()
    expect(phone.get_by_text("已同意")).to_be_visible()

    planner.goto(address)
    planner.get_by_role("region", name=re.compile("待答复的调整申请")).get_by_role(
        "link", name="答复"
    ).click()
    planner.get_by_label("同意", exact=True).check()
    planner.get_by_role("button", name="答复").click()
    expect(planner.get_by_text("管线迁改须待汛期后").first).to_be_visible()
    _step(planner, address, "送审发布", note="意见已汇总")

    leader = town.seat("leader")
    _step(leader, address, "发布", note="印发执行")
    expect(leader.get_by_text("已发布").first).to_be_visible()

    _waits_in_the_inbox(phone, name)
    phone.get_by_role("link", name=name).first.click()
    expect(phone.get_by_text(f"{YEAR}-10-31").first).to_be_visible()
    phone.get_by_role("link", name=re.compile(f"{YEAR}年度计划 第 \\d+ 项")).click()  # and back to its row
    expect(phone.get_by_role("heading", level=1)).to_have_text(name)


def _drafted(planner: Page) -> str:
    """Draft the year; return the address of the annual plan."""
    planner.goto("/annual/new")
    planner.locator("#id_plan").select_option("qingluan-2025")
    planner.get_by_label("年度").fill(str(YEAR))
    planner.get_by_role("button", name="起草").click()
    planner.wait_for_url(re.compile(r"/annual/\d+/$"))
    expect(planner.get_by_role("region", name="概况")).to_contain_text("测算建议值")
    return planner.url


def _leads_filled_in(planner: Page, address: str, folder: Path) -> None:
    """The text does not say who leads some of the work: the planner fills that in, in the workbook."""
    planner.goto(f"{address}table")
    with planner.expect_download() as waiting:
        planner.get_by_role("link", name="下载事项表").click()
    path = folder / "年度计划.xlsx"
    waiting.value.save_as(path)
    book = load_workbook(path)
    lead, joint = 5, 6
    for row in book.worksheets[0].iter_rows(min_row=2):
        if not row[lead - 1].value:
            first, *others = (row[joint - 1].value or "青峦县生态环境局").split("、")
            row[lead - 1].value, row[joint - 1].value = first, "、".join(others)
    book.save(path)
    planner.locator("#id_file").set_input_files(path)
    planner.get_by_role("button", name="试算").click()
    expect(planner.get_by_text("没有错误，将改动")).to_be_visible()
    planner.get_by_role("button", name="确认导入").click()
    expect(planner.get_by_text("导入完成")).to_be_visible()


def _step(page: Page, address: str, label: str, note: str) -> None:
    """Take a step of the annual plan."""
    page.goto(address)
    page.get_by_role("link", name=label, exact=True).click()
    page.locator("#id_note").fill(note)
    page.get_by_role("button", name=label, exact=True).click()
    page.wait_for_url(address, timeout=PATIENCE_MS)


def _asked_to_be_put_off(phone: Page, address: str) -> str:
    """Ask for another day for the first work that the own department leads; return what it is called."""
    phone.goto("/annual/")
    phone.get_by_role("link", name=re.compile("青峦县生态环境规划")).first.wait_for()
    phone.goto(address)
    phone.get_by_role("link", name="本单位的目标和任务").click()
    work = phone.get_by_role("region", name=re.compile("牵头的工作")).get_by_role("rowheader").first
    name = work.inner_text().strip()
    work.get_by_role("link").click()
    phone.get_by_role("link", name="申请调整").click()
    phone.get_by_label("完成期限改为").fill(f"{YEAR}-10-31")
    phone.get_by_label("理由").fill("管线迁改须待汛期后")
    phone.get_by_role("button", name="提交申请").click()
    expect(phone.get_by_text("申请已提交，等待答复。")).to_be_visible()
    return name


def _waits_in_the_inbox(phone: Page, name: str) -> None:
    """Large plans become tasks beside the page: look again until the worker has made this one."""
    for _look in range(60):
        phone.goto("/tasks/")
        if phone.get_by_role("link", name=name).count():
            return
        phone.wait_for_timeout(1_000)
    raise AssertionError(f"{name} is in no inbox a minute after it was published")
