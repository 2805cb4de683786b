"""Money from an idea to a supervised task: reserve, bid, grant, receipt, payment, warning."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect
from tests.journeys.conftest import PHONE, Town
from tests.journeys.files import letter

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("house")]

NAME = "青峦河东岸截污干管"
CALL = "省级水污染防治专项资金"


def test_a_project_of_the_reserve_is_granted_overpaid_warned_of_and_pressed(town: Town) -> None:
    """Housing proposes; it is reviewed, admitted, taken into the plan, granted, and paid past its money."""
    housing, planner, leader = town.seat("housing"), town.seat("planner"), town.seat("leader")
    entry = _proposed(housing)
    _step(planner, f"/funds/reserve/{entry}/", "评审通过")
    _step(leader, f"/funds/reserve/{entry}/", "入库")
    _taken(planner, entry, town.codes["county"])

    bid = _drafted(housing, entry)
    _step(planner, f"/funds/bids/{bid}/", "申报")
    _granted(planner, bid)
    project = f"/funds/plans/{town.codes['county']}/projects/QL-P90/"
    planner.goto(project)
    line = planner.get_by_role("region", name="按年度和来源").get_by_role("row").filter(has_text="省级财政")
    expect(line).to_contain_text("280")

    phone = town.fresh_seat("housing", viewport=PHONE)
    _entered(phone, project, "到位", "100", "收字1号")
    _entered(phone, project, "支付", "150", "付字1号")
    expect(phone.get_by_role("region", name="资金预警")).to_contain_text("支付超过到位")

    leader.goto("/funds/warnings/?rule=paid_over_received")
    row = leader.get_by_role("row").filter(has_text=NAME)
    expect(row).to_contain_text("50")
    row.get_by_role("link", name="转督办").click()
    leader.get_by_label("办结期限").fill("2027-03-31")
    leader.get_by_role("button", name="转督办").click()
    leader.wait_for_url("**/tasks/990121-*/")
    expect(leader.get_by_role("heading", level=1)).to_contain_text(NAME)
    housing.goto("/tasks/")
    expect(housing.get_by_role("link", name=f"处理资金预警：{NAME}").first).to_be_visible()


def _proposed(page: Page) -> str:
    page.goto("/funds/reserve/")
    page.get_by_role("link", name="申报储备项目").click()
    page.get_by_label("项目名称").fill(NAME)
    page.get_by_label("建设内容").fill("新建截污干管 4.2 公里。")
    page.get_by_label("估算投资（万元）").fill("860.5")
    page.get_by_label("拟争取资金来源").fill("省级 60%，县级 40%")
    page.get_by_role("button", name="申报").click()
    page.wait_for_url("**/funds/reserve/990121-*/")
    expect(page.get_by_role("main")).to_contain_text("860.5")
    page.get_by_role("link", name="登记前期工作").click()
    page.get_by_label("事项").select_option(label="环评")
    page.get_by_label("已完成", exact=True).check()
    page.get_by_label("批复文号").fill("青环审〔2026〕9号")
    page.get_by_label("批复文件").set_input_files(letter())
    page.get_by_role("button", name="登记前期工作").click()
    expect(page.get_by_role("region", name="前期工作")).to_contain_text("青环审〔2026〕9号")
    return page.url.rstrip("/").rpartition("/")[2]


def _step(page: Page, address: str, move: str) -> None:
    page.goto(address)
    page.get_by_role("link", name=move, exact=True).click()
    page.get_by_role("button", name=move, exact=True).click()
    expect(page.get_by_role("region", name="办理过程")).to_contain_text(move)


def _taken(page: Page, entry: str, plan: str) -> None:
    page.goto(f"/funds/reserve/{entry}/")
    page.get_by_role("link", name="纳入规划项目").click()
    page.locator("#id_plan").select_option(plan)
    page.get_by_label("新项目编号").fill("QL-P90")
    page.get_by_label("起始年").fill("2026")
    page.get_by_label("完成年").fill("2027")
    page.get_by_role("button", name="纳入规划项目").click()
    expect(page.get_by_role("region", name="项目内容").get_by_role("link", name=NAME)).to_be_visible()


def _drafted(page: Page, entry: str) -> str:
    page.goto(f"/funds/bids/new?entry={entry}")
    page.get_by_label("专项资金名称").fill(CALL)
    page.get_by_label("层级").select_option(label="省级")
    page.get_by_label("申报通知文号").fill("〔2026〕12号")
    page.get_by_label("申报截止").fill("2027-03-31")
    page.get_by_label("申请金额（万元）").fill("300")
    page.get_by_role("button", name="保存").click()
    page.wait_for_url("**/funds/bids/990121-*/")
    expect(page.get_by_role("region", name="申报项目")).to_contain_text(NAME)
    return page.url.rstrip("/").rpartition("/")[2]


def _granted(page: Page, bid: str) -> None:
    page.goto(f"/funds/bids/{bid}/")
    page.get_by_role("link", name="登记下达").click()
    page.get_by_label("下达文号").fill("省财资环〔2026〕21号")
    page.get_by_label("下达文件").set_input_files(letter())
    page.get_by_label(f"分配金额（万元）：{NAME}").fill("280")
    page.get_by_role("button", name="登记下达").click()
    expect(page.get_by_role("region", name="申报与下达")).to_contain_text("省财资环〔2026〕21号")


def _entered(page: Page, project: str, kind: str, wan: str, voucher: str) -> None:
    page.goto(project)
    page.get_by_role("link", name="登记到位或支付").first.click()
    page.get_by_label("类别").select_option(label=kind)
    page.get_by_label("金额（万元）").fill(wan)
    page.locator("#id_bid").select_option(index=1)
    page.get_by_label("凭证号").fill(voucher)
    page.get_by_role("button", name="登记", exact=True).click()
    expect(page.get_by_role("region", name="资金流水")).to_contain_text(voucher)
