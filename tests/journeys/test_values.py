"""A value on its way: entered by one, approved by another, overtaken by what the province notifies."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect
from tests.journeys.conftest import Town
from tests.journeys.files import letter

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("house")]


def test_a_value_is_entered_approved_and_superseded_by_the_notified_figure(town: Town) -> None:
    """Monitoring reports 41.2 of its own; the planner approves; the notified 43 then counts, 41.2 stays."""
    address = f"/plans/{town.codes['county']}/indicators/QL-I03/"
    monitoring, planner = town.seat("monitoring"), town.seat("planner")
    _enter(monitoring, address, kind="自行计算", year="2024", number="41.2", source="按日均值自行计算")
    pending = monitoring.get_by_role("listitem").filter(has_text="自行计算").filter(has_text="待审核")
    expect(pending).to_be_visible()
    pending.get_by_role("link", name="查看").click()
    expect(monitoring.get_by_text("等待另一位有复核权限的人员审核")).to_be_visible()
    expect(monitoring.get_by_role("button", name="审核通过")).to_have_count(0)

    _approve(planner, "PM10年均浓度", "41.2")
    planner.goto(address)
    expect(_row(planner, "自行计算")).to_contain_text("采用")

    _enter(monitoring, address, kind="上级通报", year="2024", number="43", source="栖环通报〔2025〕2号")
    _approve(planner, "PM10年均浓度", "43")
    planner.goto(address)
    notified, own = _row(planner, "上级通报"), _row(planner, "自行计算")
    expect(notified).to_contain_text("采用")
    expect(own).not_to_contain_text("采用")
    expect(own).to_contain_text(re.compile(r"[−-]1\.8"))  # the difference is shown, not hidden


def test_nobody_approves_what_they_entered(town: Town) -> None:
    """A planner may enter and may approve, but the same value never both."""
    page = town.seat("planner")
    address = f"/plans/{town.codes['county']}/indicators/QL-I12/"
    _enter(page, address, kind="自行计算", year="2024", number="90.4", source="台账自行汇总")
    page.get_by_role("listitem").filter(has_text="待审核").get_by_role("link", name="查看").click()
    expect(page.get_by_role("button", name="审核通过")).to_have_count(0)
    page.goto("/review/")
    expect(page.get_by_role("main")).not_to_contain_text("90.4")


def test_a_form_sent_twice_is_carried_out_once(town: Town) -> None:
    """Two quick clicks, and the very same request sent again: one value, and a word about it."""
    page = town.seat("monitoring")
    address = f"/plans/{town.codes['county']}/indicators/QL-I07/"
    _fill(page, address, kind="自行计算", year="2024", number="99.9", source="月度监测汇总")
    sent = {
        "csrfmiddlewaretoken": page.locator("main input[name=csrfmiddlewaretoken]").input_value(),
        "once": page.locator("main input[name=once]").input_value(),
        "year": "2024", "kind": "own_computation", "number": "99.9", "unit": "%", "source": "月度监测汇总",
    }  # fmt: skip
    page.get_by_role("button", name="提交审核").dblclick()
    expect(page.get_by_text("数值已提交")).to_be_visible()
    again = page.request.post(f"{address}values/new", form=sent, headers={"Referer": town.address})
    assert "没有重复办理" in again.text()
    page.goto(address)
    expect(page.get_by_role("listitem").filter(has_text="自行计算")).to_have_count(1)


def test_a_wrong_number_is_refused_at_its_field_and_nothing_else_is_lost(town: Town) -> None:
    """The form comes back with what was typed, the field named, and what may stand there."""
    page = town.seat("monitoring")
    address = f"/plans/{town.codes['county']}/indicators/QL-I02/"
    _fill(page, address, kind="审核数据", year="2026", number="约27", source="市中心审核数据")
    page.get_by_role("button", name="提交审核").click()
    expect(page.get_by_role("alert")).to_contain_text("约27")
    expect(page.get_by_label("数据来源")).to_have_value("市中心审核数据")
    number = page.get_by_label("数值", exact=True)
    expect(number).to_have_attribute("aria-invalid", "true")
    page.get_by_role("alert").get_by_role("link", name="数值").click()
    expect(number).to_be_focused()


def _enter(page: Page, address: str, **facts: str) -> None:
    _fill(page, address, **facts)
    page.get_by_label("来源文件").set_input_files(letter("来源.pdf"))
    page.get_by_role("button", name="提交审核").click()
    expect(page.get_by_text("数值已提交，由另一人审核后生效。")).to_be_visible()


def _fill(page: Page, address: str, *, kind: str, year: str, number: str, source: str) -> None:
    page.goto(address)
    page.get_by_role("link", name="录入数值").first.click()
    page.get_by_label("年度").fill(year)
    page.get_by_label("数值类别").select_option(label=kind)
    page.get_by_label("数值", exact=True).fill(number)
    page.get_by_label("数据来源").fill(source)


def _approve(page: Page, indicator: str, number: str) -> None:
    page.goto("/review/")
    entry = page.get_by_role("region").or_(page.locator("section.panel")).filter(has_text=indicator)
    entry = entry.filter(has=page.get_by_text(number, exact=True))
    entry.get_by_role("button", name="审核通过").click()
    expect(page.get_by_text("已审核通过。")).to_be_visible()


def _row(page: Page, kind: str) -> Locator:
    rows = page.get_by_role("region", name="历年数值").get_by_role("row")
    return rows.filter(has_text="2024").filter(has_text=kind)
