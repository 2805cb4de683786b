"""Log-ins that end too early, and the first one of all."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect
from tests.journeys.conftest import Town
from tests.journeys.files import letter

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("house")]


def test_a_session_that_expires_in_mid_form_loses_nothing_typed(town: Town) -> None:
    """The cookie is gone when the form is sent; after logging in again it is sent with one click."""
    page = town.fresh_seat("monitoring")
    address = f"/plans/{town.codes['county']}/indicators/QL-I01/"
    _fill_value(page, address)
    page.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="提交审核").click()
    expect(page.get_by_text("刚才填写的内容已经保留")).to_be_visible()

    _log_in_again(page, town, "monitoring")
    page.get_by_text("查看填写的内容").click()
    expect(page.get_by_role("main")).to_contain_text("自动站日报汇总")
    page.get_by_role("button", name="继续提交").click()
    expect(page.get_by_text("数值已提交，由另一人审核后生效。")).to_be_visible()
    page.goto(f"{address}values/new")
    expect(page.get_by_label("数据来源")).to_have_value("")  # a form that was sent leaves no draft behind


def test_a_file_that_could_not_be_kept_is_asked_for_again(town: Town) -> None:
    """The session was ended from another device; text is kept, the letter must be chosen anew."""
    page, other = town.fresh_seat("second"), town.fresh_seat("second")
    page.goto(f"/plans/{town.codes['county']}/indicators/QL-I09/targets/2027/assign")
    _fill_letter(page)
    page.get_by_label("下达文件").set_input_files(letter())
    other.goto("/account/sessions/")
    while (ends := other.get_by_role("main").get_by_role("button", name="退出")).count():
        ends.first.click()
        other.wait_for_load_state()

    page.get_by_role("button", name="保存").click()
    _log_in_again(page, town, "second")
    expect(page.get_by_text("文件没有保留")).to_contain_text("下达通知.pdf")
    page.get_by_role("button", name="继续提交").click()
    expect(page.get_by_role("alert")).to_contain_text("下达文件")
    expect(page.get_by_label("下达文号")).to_have_value("栖环发〔2026〕40号")
    expect(page.get_by_label("目标值")).to_have_value("260")
    page.get_by_label("下达文件").set_input_files(letter())
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("下达目标已登记。")).to_be_visible()


def test_a_list_filtered_after_expiry_asks_to_log_in_and_goes_on(town: Town) -> None:
    """A dialog over the page; what was chosen stays, and the list answers once logged in."""
    page = town.fresh_seat("evaluator")
    page.goto(f"/plans/{town.codes['county']}/indicators/")
    page.context.clear_cookies(name="sessionid")
    page.get_by_label("类别").select_option("农业农村")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("登录已过期")
    dialog.get_by_label("用户名").fill(town.people["evaluator"][0])
    dialog.get_by_label("口令").fill(town.people["evaluator"][1])
    dialog.get_by_role("button", name="登录").click()
    expect(dialog).to_have_count(0)
    expect(page.get_by_label("类别")).to_have_value("农业农村")
    page.get_by_role("button", name="筛选").click()
    expect(page.locator(".listing .total")).to_have_text(re.compile(r"共\s*3\s*条"))


def test_what_is_typed_outlives_a_closed_window(town: Town) -> None:
    """A draft stays on this machine for the one who typed it, until it is sent or dropped."""
    page = town.fresh_seat("monitoring")
    address = f"/plans/{town.codes['county']}/indicators/QL-I02/"
    _fill_value(page, address)
    again = page.context.new_page()
    page.close()
    again.goto(f"{address}values/new")
    expect(again.get_by_text("已恢复您上次没有提交的内容")).to_be_visible()
    expect(again.get_by_label("数据来源")).to_have_value("自动站日报汇总")
    again.get_by_role("button", name="不要了，重新填写").click()
    expect(again.get_by_label("数据来源")).to_have_value("")


def test_a_draft_is_not_shown_to_the_next_person_at_the_same_machine(town: Town) -> None:
    """Office machines are shared."""
    page = town.fresh_seat("monitoring")
    address = f"/plans/{town.codes['county']}/indicators/QL-I02/"
    _fill_value(page, address)
    page.goto("/plans/")
    page.locator(".head-tools summary").click()
    page.get_by_role("button", name="退出登录").click()
    page.goto("/login/")
    _fill_in(page, *town.people["planner"])
    page.goto(f"{address}values/new")
    expect(page.get_by_label("数据来源")).to_have_value("")


def test_a_one_time_password_must_be_changed_before_anything_else(town: Town) -> None:
    """The first log-in of an administrator leads to the password page, and every other page there too."""
    given = town.house.run_python(_NEW_ADMINISTRATOR)
    assert isinstance(given, str)
    page = town.seat(None)
    page.goto("/login/")
    _fill_in(page, "audit2", given)
    expect(page.get_by_role("heading", level=1)).to_have_text("修改口令")
    page.goto("/audit/")
    expect(page.get_by_role("heading", level=1)).to_have_text("修改口令")

    _change(page, given, "short")
    expect(page.get_by_role("alert").first).to_contain_text("口令至少")
    _change(page, given, "Qingluan-2026-Shan")
    page.goto("/audit/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("审计")


_NEW_ADMINISTRATOR = """
import json
from django.utils import timezone
from qingshan.accounts.public import create_user, grant_role
now = timezone.now()
new = create_user(username="audit2", display_name="审计管理员二", by=None, at=now)
grant_role(user=new.user, role="audit_admin", from_on=timezone.localdate(now), by=None, at=now, reason="增设")
print(json.dumps(new.one_time_password))
"""


def _fill_value(page: Page, address: str) -> None:
    page.goto(f"{address}values/new")
    page.get_by_label("年度").fill("2024")
    page.get_by_label("数值类别").select_option(label="自行计算")
    page.get_by_label("数值", exact=True).fill("91.0")
    page.get_by_label("数据来源").fill("自动站日报汇总")


def _fill_letter(page: Page) -> None:
    page.get_by_label("下达文号").fill("栖环发〔2026〕40号")
    page.get_by_label("下达日期").fill("2026-10-12")
    page.get_by_label("关系").select_option(">=")
    page.get_by_label("目标值").fill("260")


def _log_in_again(page: Page, town: Town, who: str) -> None:
    expect(page.get_by_text("登录已过期")).to_be_visible()
    _fill_in(page, *town.people[who])
    page.wait_for_url("**/account/held/")


def _fill_in(page: Page, username: str, password: str) -> None:
    page.get_by_label("用户名").fill(username)
    page.get_by_label("口令").fill(password)
    page.get_by_role("button", name="登录").click()
    page.wait_for_url(lambda url: "/login/" not in url)


def _change(page: Page, old: str, new: str) -> None:
    page.get_by_label("现口令").fill(old)
    page.get_by_label("新口令").first.fill(new)
    page.get_by_label("再次输入新口令").fill(new)
    page.get_by_role("main").get_by_role("button").click()
