"""An official paper from its draft to its receipt, and a leader's instruction that becomes a task."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect
from tests.journeys.conftest import PHONE, Town

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("house")]

TITLE = "关于加快补建污水管网的通知"
BODY = """# 一、工作要求
请各单位按月报送进展。
表题：表1 任务进展
| 单位 | 期限 |
| 县住建局 | 2027年3月31日 |
请认真落实。"""
HOUSING = "青峦县住房和城乡建设局"


def test_a_notice_is_drafted_checked_issued_and_received(town: Town) -> None:
    """陈 drafts, 徐 checks, 林 issues under a number, 郑 signs for it on a phone; the files come too."""
    planner = town.seat("planner")
    planner.goto("/papers/")
    planner.get_by_role("link", name="起草公文").first.click()
    planner.get_by_label("文种").select_option(label="通知")
    planner.get_by_label("标题").fill(TITLE)
    planner.get_by_label("正文").fill(BODY)
    planner.get_by_role("button", name="保存").click()
    planner.locator("#id_recipients").get_by_label(HOUSING).check()
    planner.get_by_role("button", name="保存").click()
    expect(planner.get_by_role("heading", name=TITLE)).to_be_visible()
    address = planner.url
    with planner.expect_download() as preview:
        planner.get_by_role("link", name="预览 DOCX").click()
    assert preview.value.suggested_filename.endswith(".docx")
    _step(planner, address, "送核稿")

    second = town.seat("second")
    second.goto("/papers/")
    second.get_by_role("region", name="待核稿").get_by_role("link", name=TITLE).click()
    _step(second, address, "核稿通过")

    leader = town.seat("leader")
    _register_word(leader)
    leader.goto("/papers/")
    leader.get_by_role("region", name="待签发").get_by_role("link", name=TITLE).click()
    _step(leader, address, "签发")
    expect(leader.get_by_text("〕1号").first).to_be_visible()
    expect(leader.get_by_text("与印发时一致")).to_be_visible()

    phone = town.fresh_seat("housing", viewport=PHONE)
    phone.goto("/papers/")
    phone.get_by_role("region", name="待签收").get_by_role("link", name=TITLE).click()
    _step(phone, address, "签收")
    expect(phone.get_by_role("region", name="签收").get_by_text(HOUSING)).to_be_visible()
    expect(phone.get_by_text("未签收")).to_have_count(0)

    _until_printed(leader, address)
    with leader.expect_download() as kept:
        leader.get_by_role("link", name="DOCX", exact=True).click()
    assert "1号" in kept.value.suggested_filename


def test_a_leaders_instruction_becomes_a_task(town: Town) -> None:
    """林 writes on a paper that went out; beside the instruction the form of a new task is filled in."""
    leader = town.seat("leader")
    _issued(town, "关于清理沿河垃圾的通知")
    leader.goto("/papers/issued/")
    leader.get_by_role("link", name="关于清理沿河垃圾的通知").click()
    leader.get_by_role("link", name="批示").click()
    leader.get_by_label("批示").fill("请住建局月底前清理完毕。")
    leader.get_by_role("button", name="批示").click()
    leader.get_by_role("region", name="批示").get_by_role("link", name="转为任务").click()
    expect(leader.get_by_label("任务名称")).to_have_value("请住建局月底前清理完毕。")
    leader.get_by_label("办结期限").fill("2027-03-31")
    leader.get_by_label("牵头单位").select_option(label=HOUSING)
    leader.get_by_role("button", name="保存").click()
    leader.wait_for_url("**/tasks/990121-*/")
    expect(leader.get_by_text("领导批示").first).to_be_visible()
    leader.get_by_role("link", name="关于《关于清理沿河垃圾的通知》的批示").click()
    expect(leader.get_by_text("请住建局月底前清理完毕。")).to_be_visible()


def test_a_figure_is_picked_on_a_phone_and_keeps_its_link(town: Town) -> None:
    """陈 finds an indicator beside the text and puts its target in; the paper then leads to the ledger."""
    phone = town.fresh_seat("planner", viewport=PHONE)
    phone.goto("/papers/new")
    phone.get_by_label("标题").fill("关于危险废物处置的通知")
    body = phone.get_by_label("正文")
    body.fill("到期达到。")
    body.press("ArrowLeft")
    picker = phone.get_by_role("region", name="从台账选取数值")
    picker.get_by_label("指标").fill("危险废物")
    picker.get_by_label("指标").press("Enter")
    picker.get_by_role("button", name=re.compile("插入.*年目标$")).first.click()
    expect(body).to_have_value(re.compile(r"^到期达到\{fig:target_\d+_\d{4}\}。$"))
    expect(picker.get_by_role("status")).to_contain_text("已插入")
    wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    assert not phone.evaluate(wide)
    phone.get_by_role("button", name="保存").click()
    phone.get_by_role("button", name="保存").click()  # whom it goes to is said later
    expect(phone.get_by_role("region", name="引用数值").get_by_text("与台账一致")).to_be_visible()
    phone.get_by_role("region", name="正文").locator("a.figure").click()
    phone.wait_for_url("**/indicators/**")


def _step(page: Page, address: str, name: str) -> None:
    """Take a step from the page of a paper, and come back to it."""
    page.goto(address)
    page.get_by_role("link", name=name, exact=True).first.click()
    page.get_by_role("button", name=name, exact=True).click()
    page.wait_for_url(address)


def _register_word(leader: Page) -> None:
    leader.goto("/papers/organs/")
    if leader.get_by_text("青环", exact=True).count():
        return
    leader.get_by_role("link", name="登记机关代字").first.click()
    leader.get_by_label("机关代字").fill("青环")
    leader.get_by_role("button", name="保存").click()
    expect(leader.get_by_text("青环", exact=True)).to_be_visible()


def _issued(town: Town, title: str) -> None:
    """Bring a paper out by the shortest way."""
    planner, leader = town.seat("planner"), town.seat("leader")
    planner.goto("/papers/new")
    planner.get_by_label("标题").fill(title)
    planner.get_by_label("正文").fill("请认真落实。")
    planner.get_by_role("button", name="保存").click()
    planner.locator("#id_recipients").get_by_label(HOUSING).check()
    planner.get_by_role("button", name="保存").click()
    expect(planner.get_by_role("heading", name=title)).to_be_visible()
    address = planner.url
    _register_word(leader)
    _step(planner, address, "送核稿")
    _step(town.seat("second"), address, "核稿通过")
    _step(leader, address, "签发")


def _until_printed(page: Page, address: str) -> None:
    """The worker sets the files; the page tells when they are there."""
    for _try in range(30):
        page.goto(address)
        if page.get_by_role("link", name="PDF", exact=True).count():
            return
        page.wait_for_timeout(1000)
    pytest.fail("the files of an issued paper did not come")
