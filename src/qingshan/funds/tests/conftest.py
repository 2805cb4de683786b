"""The fixed cast, a plan with two projects, and the reserve: 林 leads, 陈 plans, 吴 reports, 周 is away."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import pytest

from qingshan.accounts import public as accounts
from qingshan.areas import public as areas
from qingshan.funds import actions
from qingshan.funds.models import GrantBid, ReserveEntry
from qingshan.plans import public as plans

AT = datetime(2026, 11, 20, 2, tzinfo=UTC)
TODAY = date(2026, 11, 20)
BEGIN = date(2021, 1, 1)
WAN = 10_000


@dataclass
class Cast:
    """Everybody, and where they are."""

    county: Any
    bureau: Any  # 青川县生态环境局
    water: Any  # 青川县水利局
    away: Any  # 白石县生态环境局
    lin: Any  # leader: admits, assigns, supervises
    chen: Any  # planner: reviews, decides on bids
    wu: Any  # officer of the water bureau: proposes, enters money
    fang: Any  # officer of the environment bureau
    zhou: Any  # leader and planner in another district


@pytest.fixture
def cast(db: None) -> Cast:
    made = {"valid_from": BEGIN, "by": None, "at": AT}
    city = areas.create_district(code="990100", name="云岭市", **made)
    county = areas.create_district(code="990121", name="青川县", parent=city, **made)
    elsewhere = areas.create_district(code="990122", name="白石县", parent=city, **made)
    bureau = areas.create_department(name="青川县生态环境局", district=county, **made)
    water = areas.create_department(name="青川县水利局", district=county, **made)
    away = areas.create_department(name="白石县生态环境局", district=elsewhere, **made)
    found = Cast(
        county, bureau, water, away,
        lin=person("林", "leader", county, bureau), chen=person("陈", "planner", county, bureau),
        wu=person("吴", "department_officer", county, water, water),
        fang=person("方", "department_officer", county, bureau, bureau),
        zhou=person("周", "leader", elsewhere, away),
    )  # fmt: skip
    grant(found.zhou, "planner", elsewhere)
    return found


def person(name: str, role: str, district: Any, department: Any, narrowed: Any = None) -> Any:
    made = accounts.create_user(
        username=name, display_name=name, password="Qingshan-2026-test", department=department,
        by=None, at=AT, is_simulated=True,
    )  # fmt: skip
    grant(made.user, role, district, narrowed)
    return made.user


def grant(user: Any, role: str, district: Any, department: Any = None) -> None:
    accounts.grant_role(
        user=user, role=role, district=district, department=department, from_on=BEGIN, by=None, at=AT
    )


@dataclass
class Ledger:
    """A plan with two projects: the water bureau's plant, the environment bureau's station."""

    plan: Any
    plant: Any  # 1,200 ten thousand yuan, 2025-2026
    station: Any  # no printed investment


@pytest.fixture
def ledger(cast: Cast) -> Ledger:
    made = {"valid_from": BEGIN, "by": cast.chen, "at": AT}
    plan = plans.create_plan(
        code="qingchuan-2021", district=cast.county, simulated=True, facts={
            "name": "青川县生态环境保护“十四五”规划", "short_name": "青川“十四五”规划", "kind": "五年规划",
            "level": plans.PlanLevel.COUNTY, "period_from": 2021, "period_to": 2026, "base_year": 2020,
        }, **made,
    )  # fmt: skip
    chapter = plans.add_measure(
        plan=plan, code="M1", facts={"kind": "chapter", "order": 1, "title": "水环境"}, **made
    )
    plant = plans.add_project(
        plan=plan, code="P1", facts={
            "order": 1, "name": "县城污水处理厂扩建", "start_year": 2025, "end_year": 2026,
            "investment_yuan": 1200 * WAN, "measure": chapter,
        }, **made,
    )  # fmt: skip
    station = plans.add_project(
        plan=plan, code="P2", facts={"order": 2, "name": "大气自动站", "group": "能力建设"}, **made
    )
    for project, department in ((plant, cast.water), (station, cast.bureau)):
        plans.make_responsible(
            subject=project, department=department, role=plans.ResponsibilityRole.LEAD, **made
        )
    return Ledger(plan, plant, station)


FACTS = {
    "name": "青川河生态缓冲带", "content": "建设缓冲带 3 公里。", "field": "水环境",
    "estimated_yuan": 500 * WAN, "wanted_sources": "省级 60%，县级 40%",
}  # fmt: skip


@pytest.fixture
def proposed(cast: Cast) -> ReserveEntry:
    return actions.propose_entry(department=cast.water, facts=FACTS, by=cast.wu, at=AT)


@pytest.fixture
def reserved(cast: Cast, proposed: ReserveEntry) -> ReserveEntry:
    actions.review_entry(entry=proposed, by=cast.chen, at=AT)
    return actions.admit_entry(entry=proposed, by=cast.lin, at=AT)


TERMS = {
    "call": "省级水污染防治资金", "level": "provincial", "call_number": "〔2026〕12号",
    "deadline_on": date(2026, 12, 1), "year": 2026, "purposes": "管网建设\n设备购置",
}  # fmt: skip


@pytest.fixture
def draft(cast: Cast, ledger: Ledger, reserved: ReserveEntry) -> GrantBid:
    return actions.draft_bid(
        department=cast.water, terms=TERMS, by=cast.wu, at=AT,
        items=[
            actions.Asked(600 * WAN, project=ledger.plant), actions.Asked(300 * WAN, entry=reserved),
        ],
    )  # fmt: skip


@pytest.fixture
def granted(cast: Cast, draft: GrantBid, ledger: Ledger) -> GrantBid:
    """500 万元 for the plant, nothing for the buffer strip; to be paid out until mid-November."""
    actions.submit_bid(bid=draft, by=cast.chen, at=AT)
    first = draft.items.get(project=ledger.plant)
    return actions.grant_bid(
        bid=draft, granted_on=date(2026, 3, 1), grant_number="省财〔2026〕8号", closes_on=date(2026, 11, 15),
        allotted={first.pk: 500 * WAN}, by=cast.chen, at=AT,
    )  # fmt: skip


@pytest.fixture
def book() -> Any:
    """The helpers of this file, for tests (a conftest cannot be imported)."""
    from types import SimpleNamespace

    def enter(project: Any, kind: str, on: date, wan: int, voucher: str, by: Any, **more: Any) -> Any:
        given = {"year": 2026, "funds": "省级财政", **more}
        return actions.enter_money(
            project=project, kind=kind, on=on, amount_yuan=wan * WAN, voucher=voucher, by=by, at=AT, **given
        )

    return SimpleNamespace(
        AT=AT, TODAY=TODAY, BEGIN=BEGIN, WAN=WAN, FACTS=FACTS, TERMS=TERMS, enter=enter, grant=grant
    )
