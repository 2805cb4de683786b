"""What the public reads of a plan, and what becomes of what it sends in; on a phone, without scripts."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from tests.journeys.conftest import PHONE, Town
from tests.journeys.files import photograph

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("house")]

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"], "resultTypes": ["violations"]}


def test_a_citizens_feedback_becomes_a_task_and_is_answered(town: Town) -> None:
    """Prepared by a planner, approved by a leader, read on a phone; what comes in is answered."""
    code = town.codes["county"]
    planner, leader = town.seat("planner"), town.seat("leader")
    _publish(planner, leader, code)

    phone = town.seat(None, viewport=PHONE, java_script_enabled=False)
    phone.goto("/disclosure/")
    phone.locator("article h2 a").first.click()
    expect(phone.get_by_role("note")).to_contain_text("模拟数据")
    expect(phone.get_by_text("数据截至").first).to_be_visible()
    phone.get_by_role("link", name="反映情况、提出建议").click()
    phone.get_by_label("您要反映的内容").fill("桥下垃圾堆放已有半月。")
    phone.get_by_label("联系方式").fill("13900001234")
    phone.get_by_label("照片").set_input_files([photograph()])
    phone.get_by_role("button", name="提交").click()
    number, query = (one.inner_text() for one in phone.locator("dd.code").all())

    planner.goto("/disclosure/desk/feedback/")
    planner.get_by_role("link", name=number).click()
    expect(planner.get_by_text("桥下垃圾堆放已有半月。")).to_be_visible()
    expect(planner.get_by_text("13900001234")).to_have_count(0)
    planner.get_by_role("link", name="受理并交办").click()
    planner.get_by_label("牵头单位").select_option(label="青峦县住房和城乡建设局")
    planner.get_by_label("办结期限").fill("2027-03-31")
    planner.get_by_role("button", name="受理并交办").click()

    officer = town.seat("housing")
    officer.goto(f"/disclosure/desk/feedback/{number}/")
    officer.locator("dl.facts a[href^='/tasks/']").click()
    task = officer.url
    officer.get_by_role("link", name="签收").click()
    officer.get_by_role("button", name="签收").click()
    officer.get_by_role("link", name="填报进展").click()
    officer.get_by_label("进展").fill("已清运。")
    officer.get_by_role("button", name="填报").click()
    officer.get_by_role("link", name="提交审核").click()
    officer.get_by_role("button", name="提交审核").click()
    leader.goto(task)
    leader.get_by_role("link", name="办结", exact=True).click()
    leader.get_by_role("button", name="办结").click()

    _until_it_may_be_answered(officer, number)
    officer.get_by_role("link", name="拟写答复").click()
    officer.get_by_label("答复").first.fill("桥下垃圾已于当日清运。")
    officer.get_by_role("button", name="提交审核").click()
    leader.goto(f"/disclosure/desk/feedback/{number}/")
    leader.get_by_role("link", name="审核通过并答复").click()
    leader.get_by_role("button", name="审核通过并答复").click()

    phone.goto("/disclosure/ask")
    phone.get_by_label("反馈编号").fill(number)
    phone.get_by_label("查询码").fill(query)
    phone.get_by_role("button", name="查询").click()
    expect(phone.get_by_text("桥下垃圾已于当日清运。")).to_be_visible()


def _publish(planner: Page, leader: Page, code: str) -> None:
    planner.goto(f"/disclosure/desk/plans/{code}/settings")
    planner.get_by_role("button", name="保存").click()
    planner.get_by_role("link", name="准备新版").click()
    for part in ("indicators", "measures", "projects", "commitments"):
        planner.locator(f"input[name='{part}-extent'][value='everything']").check()
        for box in planner.locator(f"input[name='{part}-columns']").all():
            box.check()
    planner.get_by_role("button", name="保存并预览").click()
    planner.get_by_role("link", name="提请批准").click()
    planner.get_by_role("button", name="提请批准").click()
    leader.goto(planner.url)
    leader.get_by_role("link", name="批准公开").click()
    leader.get_by_role("button", name="批准公开").click()
    expect(leader.locator(".badge", has_text="公开中").first).to_be_visible()
    for address in ("/disclosure/", f"/disclosure/plans/{code}/", f"/disclosure/plans/{code}/feedback"):
        leader.goto(address)
        found = Axe().run(leader, options=RULES).response["violations"]
        assert [one["id"] for one in found if one["impact"] in {"serious", "critical"}] == []
        leader.set_viewport_size(PHONE)
        beyond = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert leader.evaluate(beyond) <= 0, f"{address} is wider than a phone"
        leader.set_viewport_size({"width": 1440, "height": 900})


def _until_it_may_be_answered(page: Page, number: str) -> None:
    """The worker tells that the task is closed; the page is loaded until it has."""
    for _try in range(60):
        page.goto(f"/disclosure/desk/feedback/{number}/")
        if page.get_by_role("link", name=re.compile("拟写答复")).count():
            return
        page.wait_for_timeout(1000)
    raise AssertionError("the closed task was never heard of")
