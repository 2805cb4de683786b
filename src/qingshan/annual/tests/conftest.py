"""The fixed cast and a plan of 2021—2025: 林 publishes, 陈 keeps, 吴, 方, 兰 answer, 周 is elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from qingshan.accounts import public as accounts
from qingshan.annual import public as annual
from qingshan.areas import public as areas
from qingshan.plans import public as plans

AT = datetime(2023, 1, 10, 2, tzinfo=UTC)
TODAY = date(2023, 1, 10)
BEGIN = date(2021, 1, 1)
YEAR = 2023
CAST = ("lin", "chen", "wu", "fang", "lan", "zhou")


@dataclass
class Cast:
    """Everybody, and where they are."""

    county: Any
    elsewhere: Any
    bureau: Any  # 青川县生态环境局
    water: Any  # 青川县水利局
    town: Any  # 柳树镇人民政府
    lin: Any  # leader: publishes
    chen: Any  # planner: drafts, negotiates
    wu: Any  # officer of the water bureau
    fang: Any  # officer of the bureau itself
    lan: Any  # officer of the town
    zhou: Any  # leads and plans in another district


@pytest.fixture
def cast(db: None) -> Cast:
    made = {"valid_from": BEGIN, "by": None, "at": AT}
    city = areas.create_district(code="990100", name="云岭市", **made)
    county = areas.create_district(code="990121", name="青川县", parent=city, **made)
    elsewhere = areas.create_district(code="990122", name="白石县", parent=city, **made)
    bureau = areas.create_department(name="青川县生态环境局", district=county, **made)
    water = areas.create_department(name="青川县水利局", district=county, **made)
    town = areas.create_department(name="柳树镇人民政府", district=county, **made)
    away = areas.create_department(name="白石县生态环境局", district=elsewhere, **made)
    zhou = person("周", elsewhere, away, ("leader", None), ("planner", None))
    return Cast(
        county, elsewhere, bureau, water, town,
        lin=person("林", county, bureau, ("leader", None)),
        chen=person("陈", county, bureau, ("planner", None)),
        wu=person("吴", county, water, ("department_officer", water)),
        fang=person("方", county, bureau, ("department_officer", bureau)),
        lan=person("兰", county, town, ("township_officer", town)),
        zhou=zhou,
    )  # fmt: skip


def person(name: str, district: Any, department: Any, *roles: tuple[str, Any]) -> Any:
    made = accounts.create_user(
        username=name, display_name=name, password="Qingshan-2026-test", department=department,
        by=None, at=AT, is_simulated=True,
    )  # fmt: skip
    for role, narrowed in roles:
        accounts.grant_role(
            user=made.user, role=role, district=district, department=narrowed, from_on=BEGIN, by=None, at=AT
        )
    return made.user


def number(value: str, unit: str = "%") -> plans.Typed:
    return plans.Typed(plans.ValueKind.NUMBER, plans.Operator.AT_LEAST, Decimal(value), unit)


@dataclass
class Ledger:
    """A plan of the county with one record of each kind."""

    plan: Any
    air: Any  # 优良天数比例: 88 in 2020, at least 92.5 in 2025; the bureau's
    water: Any  # 水质优良比例: assigned by the city; the water bureau's
    sewage: Any  # measure, the water bureau leads, the town joins
    forest: Any  # measure, the bureau's
    plant: Any  # project 2022—2025, the water bureau's
    promise: Any  # commitment due in 2023, the town's


@pytest.fixture
def ledger(cast: Cast) -> Ledger:
    made = {"valid_from": BEGIN, "by": cast.chen, "at": AT}
    plan = plans.create_plan(
        code="qingchuan-2021", district=cast.county, simulated=True, facts={
            "name": "青川县生态环境保护“十四五”规划", "short_name": "青川“十四五”规划", "kind": "五年规划",
            "level": plans.PlanLevel.COUNTY, "period_from": 2021, "period_to": 2025, "base_year": 2020,
        }, **made,
    )  # fmt: skip
    air = indicator(cast, plan, "A1", "优良天数比例", number("92.5"), number("88"))
    water = indicator(
        cast,
        plan,
        "A2",
        "水质优良比例",
        plans.Typed(plans.ValueKind.ASSIGNED, authority="云岭市"),
        number("90"),
    )
    sewage = measure(cast, plan, "M1", "建设污水管网", "新建污水管网 30 公里。")
    forest = measure(cast, plan, "M2", "营造水源涵养林")
    plant = project(cast, plan, "P1", "县城污水处理厂扩建", 2022, 2025)
    promise = plans.add_commitment(
        plan=plan, code="C1", facts={
            "order": 1, "kind": next(iter(plans.COMMITMENT_KINDS)), "topic": "管网", "metric": "新建管网长度",
            "typed": number("30", "公里"), "deadline": "2023", "due_on": date(2023, 6, 30),
        }, **made,
    )  # fmt: skip
    lead = plans.ResponsibilityRole.LEAD
    for subject, department in (
        (air, cast.bureau), (water, cast.water), (sewage, cast.water), (forest, cast.bureau),
        (plant, cast.water), (promise, cast.town),
    ):  # fmt: skip
        plans.make_responsible(subject=subject, department=department, role=lead, **made)
    plans.make_responsible(subject=sewage, department=cast.town, role=plans.ResponsibilityRole.JOINT, **made)
    return Ledger(plan, air, water, sewage, forest, plant, promise)


def indicator(cast: Cast, plan: Any, code: str, name: str, target: Any, baseline: Any) -> Any:
    made = {"valid_from": BEGIN, "by": cast.chen, "at": AT}
    found = plans.add_indicator(
        plan=plan, code=code, facts={
            "order": 1, "counts_as": 1, "name": name, "unit": "%", "baseline_year": 2020,
            "direction": plans.Direction.HIGHER_BETTER, "baseline": baseline,
        }, **made,
    )  # fmt: skip
    plans.add_target(indicator=found, year=2025, facts={"typed": target, "raw": "≥"}, **made)
    return found


def measure(cast: Cast, plan: Any, code: str, title: str, summary: str = "") -> Any:
    return plans.add_measure(
        plan=plan, code=code, valid_from=BEGIN, by=cast.chen, at=AT, facts={
            "kind": plans.MeasureKind.MEASURE, "order": 1, "title": title, "summary": summary,
        },
    )  # fmt: skip


def project(cast: Cast, plan: Any, code: str, name: str, start: int | None, end: int | None) -> Any:
    return plans.add_project(
        plan=plan, code=code, valid_from=BEGIN, by=cast.chen, at=AT, facts={
            "order": 1, "name": name, "content": "扩建日处理能力1万吨", "start_year": start, "end_year": end,
        },
    )  # fmt: skip


@pytest.fixture
def draft(cast: Cast, ledger: Ledger) -> Any:
    return annual.draft_annual(plan=ledger.plan, year=YEAR, by=cast.chen, at=AT)


@pytest.fixture
def asked(cast: Cast, draft: Any) -> Any:
    """The departments are being asked."""
    return annual.consult(annual=draft, by=cast.chen, at=AT, reply_by=date(2023, 1, 31))


@pytest.fixture
def handed_in(cast: Cast, asked: Any) -> Any:
    return annual.submit_annual(annual=asked, by=cast.chen, at=AT)


@pytest.fixture
def published(cast: Cast, handed_in: Any) -> Any:
    return annual.publish(annual=handed_in, by=cast.lin, at=AT)


def row_of(year: Any, source: Any) -> Any:
    """The row that comes from a record."""
    return year.rows.select_related("annual__plan", "annual__district").get(source_ref=str(source.ref))


def held(row: Any) -> Any:
    return annual.AnnualRowVersion.objects.current().get(subject=row)
