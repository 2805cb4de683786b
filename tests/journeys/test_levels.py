"""A county and a city, each with an installation of its own: a signed package goes up, a receipt comes back.

Two houses are started with their own homes, databases and keys. Nothing passes between them but files, and
the digits that two people read to each other.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, Playwright, expect
from tests.journeys.conftest import Town
from tools.house import CHROMIUM_ARGUMENTS, House, chromium_path

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("house")]

#: Run inside each house: the same city and county, and the people of one of them.
_PLACES = """
import json
from datetime import date
from django.core.management import call_command
from django.utils import timezone
call_command("migrate", verbosity=0)
from qingshan.accounts import public as accounts
from qingshan.accounts.actions.users import change_password
from qingshan.areas import public as areas
now = timezone.now()
BEGIN = date(2021, 1, 1)
made = {"valid_from": BEGIN, "by": None, "at": now}
city = areas.create_district(code="990100", name="云岭市", **made)
county = areas.create_district(code="990121", name="青川县", parent=city, **made)


def person(number, key, name, role, department):
    user = accounts.create_user(
        username=key, display_name=name, password="Qing-Shan-first-1", department=department,
        is_simulated=department is not None, by=None, at=now,
    ).user
    change_password(user=user, new=f"Ai-Lan-Guan-{number}-2026", at=now)
    accounts.grant_role(
        user=user, role=role, district=department.district if department else None, department=None,
        from_on=BEGIN, by=None, at=now,
    )
    return [key, f"Ai-Lan-Guan-{number}-2026"]


def people(bureau):
    return {
        "planner": person(1, "chen", "陈", "planner", bureau),
        "leader": person(2, "lin", "林", "leader", bureau),
        "security": person(3, "ping", "平", "security_admin", None),
    }
"""
CITY = (
    _PLACES
    + """
print(json.dumps({"people": people(areas.create_department(name="云岭市生态环境局", district=city, **made))}))
"""
)
COUNTY = (
    _PLACES
    + """
bureau = areas.create_department(name="青川县生态环境局", district=county, **made)
told = {"people": people(bureau)}
from qingshan.plans import actions
from qingshan.plans.vocabulary import MeasureKind, PlanLevel, ResponsibilityRole
plan = actions.create_plan(
    code="qingchuan-2026", district=county, simulated=True, facts={
        "name": "青川县生态环境保护“十五五”规划", "short_name": "青川“十五五”规划", "kind": "五年规划",
        "level": PlanLevel.COUNTY, "period_from": 2026, "period_to": 2030, "base_year": 2025,
    }, **made,
)
measure = actions.add_measure(
    plan=plan, code="M1", facts={"kind": MeasureKind.MEASURE, "order": 1, "title": "营造水源涵养林"}, **made
)
actions.make_responsible(subject=measure, department=bureau, role=ResponsibilityRole.LEAD, **made)
actions.add_project(
    plan=plan, code="P1", facts={"order": 1, "name": "污水处理厂扩建", "investment_yuan": 12000000}, **made
)
print(json.dumps(told))
"""
)
#: Progress of the measure, reported and approved in the county's house as of a day.
_REPORT = """
from datetime import date
from django.utils import timezone
from qingshan.accounts.public import User
from qingshan.plans import actions
from qingshan.plans.errors import LedgerRefusal
from qingshan.plans.models import Measure
from qingshan.plans.states import WorkState
import json
now, chen = timezone.now(), User.objects.get(username="chen")
said = ""
try:
    report = actions.enter_report(
        subject=Measure.objects.get(), on=date(2026, 9, 30), work_state=WorkState.UNDER_WAY, text="已整地",
        percent={percent}, by=None, at=now,
    )
    actions.submit_report(report=report, by=None, at=now)
    actions.approve_report(report=report, by=chen, at=now)
except LedgerRefusal as refused:
    said = str(refused)
print(json.dumps(said))
"""
DAY = "2026-09-30"


@pytest.fixture(scope="module")
def houses(playwright: Playwright) -> Iterator[tuple[Town, Town]]:
    """The county's house and the city's."""
    browser = playwright.chromium.launch(executable_path=chromium_path(), args=CHROMIUM_ARGUMENTS)
    with House(prepare=COUNTY, worker=False) as county, House(prepare=CITY, worker=False) as city:
        yield Town(county, browser), Town(city, browser)
    browser.close()


def test_a_signed_package_is_sent_up_sent_back_corrected_and_accepted(
    houses: tuple[Town, Town], tmp_path: Path
) -> None:
    """Up and back by page, corrected up and taken in by command; then locked, and the lock holds below."""
    county, city = houses
    _believe_each_other(county, city)

    _reported(county, 40)
    below, above = county.seat("planner"), city.seat("planner")
    address = _handed_up(below)
    package = _downloaded(below, "导出报送包", "签名并下载报送包", tmp_path)
    _refused(above, _wounded(package, tmp_path))
    _taken_in(above, package)
    expect(above.get_by_text("外来")).to_be_visible()
    expect(above.get_by_role("region", name="措施")).to_contain_text("40")
    received = above.url
    _refused(above, package)  # the same once more

    above.goto(received)
    above.get_by_role("link", name="退回").click()
    above.get_by_label("总的意见").fill("请核对造林进度")
    above.get_by_label("营造水源涵养林").fill("与现场抽查不符")
    above.get_by_role("button", name="退回").click()
    _taken_in(below, _downloaded(above, "导出回执包", "签名并下载回执包", tmp_path))
    expect(below.get_by_text("与现场抽查不符")).to_be_visible()
    expect(below.get_by_role("region", name="办理过程")).to_contain_text("请核对造林进度")

    _reported(county, 60)
    below.goto(address)
    below.get_by_role("link", name="报送", exact=True).click()
    below.get_by_role("button", name="报送").click()
    number = address.rstrip("/").rpartition("/")[2]
    county.house.run("levels", "export", number, "--out", str(tmp_path / "second.qsl"))
    assert "核验无误" in city.house.run("levels", "import", str(tmp_path / "second.qsl"))

    above.goto(received)
    expect(above.get_by_role("region", name="与此前报送相比")).to_contain_text("40 → 60")
    for step in ("受理", "锁定"):
        above.get_by_role("link", name=step, exact=True).click()
        above.get_by_role("button", name=step).click()
    _taken_in(below, _downloaded(above, "导出回执包", "签名并下载回执包", tmp_path))
    expect(below.locator(".page-head")).to_contain_text("已锁定")
    assert "已由上级锁定" in _reported(county, 80)

    above.goto("/levels/incoming/")
    expect(above.get_by_role("region", name="下级规划最近受理的进展")).to_contain_text("青川“十五五”规划")
    assert county.troubles == city.troubles == []


def _believe_each_other(county: Town, city: Town) -> None:
    """The county's keeper of keys registers the city by command, the city's the county by page."""
    theirs = dict(line.split("：", 1) for line in city.house.run("levels", "key").splitlines())
    county.house.run(
        "levels", "trust", "--name", "云岭市系统", "--district", "990100", "--key", theirs["公钥"],
        "--fingerprint", theirs["指纹"],
    )  # fmt: skip
    shown = county.seat("security")
    shown.goto("/levels/partners/")
    facts = shown.get_by_role("region", name="本系统的公钥")
    key, heard = facts.locator("code").first.inner_text(), facts.locator("strong").inner_text()

    page = city.seat("security")
    page.goto("/levels/partners/new")
    page.get_by_label("对方装置名称").fill("青川县系统")
    page.get_by_label("对方辖区代码").fill("990121")
    page.get_by_label("对方公钥").fill(key)
    page.get_by_label("电话核对的指纹").fill("12345 " * 6)
    page.get_by_role("button", name="核对并登记").click()
    expect(page.get_by_role("alert")).to_contain_text("切勿登记")
    page.get_by_label("电话核对的指纹").fill(heard)
    page.get_by_role("button", name="核对并登记").click()
    expect(page.get_by_role("region", name="互信名单")).to_contain_text("青川县系统")


def _reported(county: Town, percent: int) -> str:
    return str(county.house.run_python(_REPORT.replace("{percent}", str(percent))))


def _handed_up(page: Page) -> str:
    """Draw a submission up for the city's house, and hand it up; return its address."""
    page.goto("/levels/new")
    page.get_by_label("受理单位").select_option(label="云岭市系统（另一套系统）")
    page.get_by_label("数据截至").fill(DAY)
    page.get_by_label("报送说明").fill("三季度进展平稳。")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("已拟报")).to_be_visible()
    address = page.url
    page.get_by_role("link", name="报送", exact=True).click()
    page.get_by_role("button", name="报送").click()
    expect(page.locator(".page-head")).to_contain_text("已报送")
    return address


def _downloaded(page: Page, door: str, button: str, folder: Path) -> Path:
    page.get_by_role("link", name=door).click()
    with page.expect_download() as waiting:
        page.get_by_role("button", name=button).click()
    path = folder / waiting.value.suggested_filename
    waiting.value.save_as(path)
    return path


def _taken_in(page: Page, package: Path) -> None:
    _brought(page, package)
    expect(page.get_by_text("签名、内容和序号核验无误")).to_be_visible()


def _refused(page: Page, package: Path) -> None:
    _brought(page, package)
    expect(page.get_by_role("alert")).to_contain_text("还不能提交")


def _brought(page: Page, package: Path) -> None:
    page.goto("/levels/receive")
    page.get_by_label("报送包或回执包").set_input_files(package)
    page.get_by_role("button", name="核验并导入").click()


def _wounded(package: Path, folder: Path) -> Path:
    """The same file with one byte in its middle changed."""
    data = bytearray(package.read_bytes())
    data[len(data) // 2] ^= 1
    path = folder / "wounded.qsl"
    path.write_bytes(bytes(data))
    return path
