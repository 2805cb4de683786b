"""A third party evaluates with a log-in of its own: it reads, enters findings, and changes nothing else."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect
from tests.journeys.conftest import PHONE, Town

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("house")]

LEDGER = "/plans/qingluan-2025/"
REFUSED = (
    "indicators/QL-I01/values/new",
    "indicators/QL-I01/revise",
    "measures/QL-M05.02.02/revise",
    "projects/QL-P02/revise",
)


def test_a_third_party_evaluates_without_being_able_to_change_anything(town: Town) -> None:
    """From being named to a doubted row with its counter-checked value; the ledger stays as it was."""
    planner = town.seat("planner")
    address = _organised(planner)
    evaluator = town.fresh_seat("evaluator")
    evaluator.goto(address)
    expect(evaluator.get_by_role("link", name="锁定")).to_have_count(0)
    expect(evaluator.get_by_role("link", name="评估人员")).to_have_count(0)

    evaluator.goto(f"{address}rows/projects/QL-P02/")
    before = evaluator.get_by_role("region", name="台账所载").inner_text()
    evaluator.get_by_label("存疑").check()
    evaluator.get_by_label("理由").fill("现场查看，主体只完成四成。")
    evaluator.get_by_label("核定数值").fill("40")
    evaluator.get_by_role("button", name="保存核查意见").click()
    expect(evaluator.get_by_text("核定 40")).to_be_visible()
    assert "40%" not in before
    expect(evaluator.get_by_role("region", name="台账所载")).to_contain_text("40%")

    evaluator.goto(f"{address}conclusion")
    evaluator.get_by_label("总体评价").fill("总体推进有序，一处工程滞后。")
    evaluator.get_by_label("经验和教训").fill("重点工程应早开工。")
    evaluator.get_by_role("button", name="保存").click()
    expect(evaluator.get_by_text("总体推进有序，一处工程滞后。")).to_be_visible()

    for refused in REFUSED:
        answer = evaluator.goto(f"{LEDGER}{refused}")
        assert answer is not None
        assert answer.status == 403, refused
    evaluator.goto(f"{LEDGER}projects/QL-P02/")
    expect(evaluator.get_by_role("main")).not_to_contain_text("40%")
    expect(evaluator.get_by_role("link", name="修改")).to_have_count(0)
    for move in ("freeze", "publish", "cancel"):
        answer = evaluator.goto(f"{address}do/{move}")
        assert answer is not None
        assert answer.status == 403, move


def test_each_point_is_explained_on_a_phone(town: Town) -> None:
    """The published evaluation of the campaign: its total, and how each point of it came about."""
    phone = town.seat("housing", viewport=PHONE)
    phone.goto(f"/assessment/{town.codes['evaluation']}/points")
    expect(phone.get_by_role("heading", name="总分怎样得来")).to_be_visible()
    expect(phone.get_by_text("四舍六入五成双")).to_be_visible()
    width = phone.evaluate("document.documentElement.scrollWidth")
    assert width <= PHONE["width"]
    phone.goto(f"/assessment/{town.codes['evaluation']}/")
    expect(phone.get_by_role("region", name="部门和镇街得分")).to_be_visible()
    assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def _organised(page: Page) -> str:
    """Organise an evaluation of the county's plan by the third party; return its address."""
    page.goto("/assessment/new")
    page.get_by_label("规划", exact=False).first.select_option(value="qingluan-2025")
    page.get_by_label("评估类型").select_option(label="年度评估")
    page.locator("#id_year").fill("2025")
    page.get_by_label("评估方案").select_option(value="progress-2026")
    page.get_by_label("第三方评估").check()
    page.get_by_label("评估单位").fill("云岭环境研究院")
    page.locator("#id_evaluators").get_by_role("checkbox", name=re.compile("^何")).check()
    page.get_by_role("button", name="组织评估").click()
    page.wait_for_url("**/assessment/*/")
    expect(page.get_by_text("云岭环境研究院").first).to_be_visible()
    return page.url
