"""Who has no right: another county's planner sees nothing, and whoever is refused is told plainly."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect
from tests.journeys.conftest import Town

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("house")]


def test_a_planner_of_another_county_sees_nothing_of_this_one(town: Town) -> None:
    """No list names it, no search finds it, and its addresses lead nowhere."""
    page = town.seat("stranger")
    page.goto("/plans/")
    expect(page.get_by_role("main")).not_to_contain_text("青峦")
    page.goto("/search/?q=污水")
    expect(page.get_by_role("main")).not_to_contain_text("青峦")
    county = town.codes["county"]
    for address in (
        f"/plans/{county}/",
        f"/plans/{county}/indicators/QL-I01/",
        f"/plans/{county}/indicators/QL-I01/values/new",
        f"/plans/{county}/projects/QL-P01/",
        f"/plans/{county}/import/",
        f"/departments/{town.codes['department']}/",
    ):
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == 404, address
        expect(page.get_by_role("main")).not_to_contain_text("青峦")
        expect(page.get_by_role("link", name="首页")).to_be_visible()


@pytest.mark.parametrize(
    ("who", "address", "needed"),
    [
        ("evaluator", "/plans/{county}/indicators/QL-I01/values/new", "填报指标数值"),
        ("leader", "/administration/users/", "账户"),
        ("planner", "/audit/", "审计"),
        ("system", "/audit/", "审计"),
        ("security", "/administration/departments/", "单位"),
        ("monitoring", "/plans/{county}/indicators/QL-I05/targets/2029/assign", "规划"),
    ],
)
def test_who_is_refused_is_told_what_is_needed_and_whom_to_ask(
    town: Town, who: str, address: str, needed: str
) -> None:
    page = town.seat(who)
    answer = page.goto(address.format(**town.codes))
    assert answer is not None
    assert answer.status == 403
    expect(page.get_by_role("heading", level=1)).to_have_text("没有权限查看或办理")
    main = page.get_by_role("main")
    expect(main).to_contain_text("需要权限")
    expect(main).to_contain_text(needed)
    expect(main).to_contain_text("安全管理员")
