"""The fixed cast and a small plan: 林 leads the bureau, 陈 reports to her, 周 is from another district."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from qingshan.accounts.models import Grant, User
from qingshan.areas import public as areas
from qingshan.plans import actions
from qingshan.plans.models import Commitment, Indicator, Measure, Plan, Project, Target
from qingshan.plans.targets import Typed
from qingshan.plans.vocabulary import (
    Attribute,
    CommitmentKind,
    Direction,
    MeasureKind,
    Operator,
    PlanLevel,
    ResponsibilityRole,
    ValueKind,
)

AT = datetime(2026, 11, 20, 2, tzinfo=UTC)
TODAY = date(2026, 11, 20)
BEGIN = date(2021, 1, 1)


@pytest.fixture
def at() -> datetime:
    return AT


def user(name: str, department: Any, district: Any) -> User:
    return User.objects.create(
        username=name, display_name=name, department=department, district=district, is_simulated=True
    )


def grant(person: User, role: str, district: Any, department: Any = None) -> None:
    Grant.objects.create(
        user=person, role=role, district=district, department=department, from_on=BEGIN, granted_at=AT
    )


@dataclass
class Cast:
    """Everybody, and where they are."""

    county: Any
    elsewhere: Any
    bureau: Any  # 青川县生态环境局
    water: Any  # 青川县水利局
    lin: User  # leader of the bureau: approves
    chen: User  # planner: keeps the ledger
    wu: User  # officer of the water bureau: reports
    zhou: User  # leader in another district: sees nothing


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
        county, elsewhere, bureau, water,
        lin=user("林", bureau, county), chen=user("陈", bureau, county),
        wu=user("吴", water, county), zhou=user("周", away, elsewhere),
    )  # fmt: skip
    grant(found.lin, "leader", county)
    grant(found.chen, "planner", county)
    grant(found.wu, "department_officer", county, water)
    grant(found.zhou, "leader", elsewhere)
    grant(found.zhou, "planner", elsewhere)
    return found


def number(value: str, operator: Operator = Operator.AT_LEAST, unit: str = "%") -> Typed:
    return Typed(ValueKind.NUMBER, operator, Decimal(value), unit)


@dataclass
class Ledger:
    """A plan of the county with one of each kind of record."""

    plan: Plan
    air: Indicator  # 优良天数比例, baseline 88 in 2020, at least 92.5 in 2025
    air_target: Target
    water: Indicator  # 水质优良比例, to be assigned by the city, the water bureau's
    water_target: Target
    chapter: Measure
    sewage: Measure  # the water bureau's
    forest: Measure  # the environment bureau's
    plant: Project  # the water bureau's, 1,200 ten thousand yuan, 2022-2025
    promise: Commitment


@pytest.fixture
def ledger(cast: Cast) -> Ledger:
    made = {"valid_from": BEGIN, "by": cast.chen, "at": AT}
    plan = actions.create_plan(
        code="qingchuan-2021", district=cast.county, simulated=True, facts={
            "name": "青川县生态环境保护“十四五”规划", "short_name": "青川“十四五”规划", "kind": "五年规划",
            "level": PlanLevel.COUNTY, "period_from": 2021, "period_to": 2025, "base_year": 2020,
        }, **made,
    )  # fmt: skip
    air, air_target = add_indicator(
        cast,
        plan,
        "A1",
        1,
        "优良天数比例",
        number("92.5"),
        category="环境质量",
        baseline=number("88", Operator.EQUAL),
    )
    water, water_target = add_indicator(
        cast, plan, "A2", 2, "水质优良比例", Typed(ValueKind.ASSIGNED, authority="云岭市"),
        category="环境质量", baseline=number("90", Operator.EQUAL),
    )  # fmt: skip
    chapter = add_measure(cast, plan, "M1", 1, "水环境", MeasureKind.CHAPTER)
    sewage = add_measure(cast, plan, "M1-1", 2, "建设污水管网", parent=chapter)
    forest = add_measure(cast, plan, "M1-2", 3, "营造水源涵养林", parent=chapter)
    plant = actions.add_project(
        plan=plan, code="P1", facts={
            "order": 1, "name": "县城污水处理厂扩建", "group": "水环境", "content": "扩建日处理能力1万吨",
            "start_year": 2022, "end_year": 2025, "investment_yuan": 12_000_000,
        }, **made,
    )  # fmt: skip
    promise = actions.add_commitment(
        plan=plan, code="C1", facts={
            "order": 1, "kind": CommitmentKind.QUANTIFIED, "topic": "污水管网", "metric": "新建管网长度",
            "typed": number("30", unit="公里"), "deadline": "2025", "due_on": date(2025, 12, 31),
            "measure": sewage,
        }, **made,
    )  # fmt: skip
    for subject in (water, sewage, plant, promise):
        actions.make_responsible(subject=subject, department=cast.water, role=ResponsibilityRole.LEAD, **made)
    for subject in (air, forest):
        actions.make_responsible(
            subject=subject, department=cast.bureau, role=ResponsibilityRole.LEAD, **made
        )
    return Ledger(plan, air, air_target, water, water_target, chapter, sewage, forest, plant, promise)


def add_indicator(
    cast: Cast, plan: Plan, code: str, order: int, name: str, typed: Typed, **facts: Any
) -> tuple[Indicator, Target]:
    made = {"valid_from": BEGIN, "by": cast.chen, "at": AT}
    indicator = actions.add_indicator(
        plan=plan, code=code, facts={
            "order": order, "counts_as": order, "name": name, "unit": "%", "attribute": Attribute.BINDING,
            "direction": Direction.HIGHER_BETTER, "baseline_year": 2020, **facts,
        }, **made,
    )  # fmt: skip
    target = actions.add_target(indicator=indicator, year=2025, facts={"typed": typed, "raw": "≥"}, **made)
    return indicator, target


def add_measure(
    cast: Cast,
    plan: Plan,
    code: str,
    order: int,
    title: str,
    kind: MeasureKind = MeasureKind.MEASURE,
    parent: Measure | None = None,
) -> Measure:
    return actions.add_measure(
        plan=plan, code=code, facts={"kind": kind, "order": order, "title": title, "parent": parent},
        valid_from=BEGIN, by=cast.chen, at=AT,
    )  # fmt: skip


def approved(cast: Cast, indicator: Indicator, **facts: Any) -> Any:
    """A value entered by 陈 and approved by 林."""
    given = {"kind": "audited", "source": "省站审核数据", **facts}
    value = actions.enter_value(
        indicator=indicator, facts=given, corrects=given.pop("corrects", None), by=cast.chen, at=AT
    )
    actions.submit_value(value=value, by=cast.chen, at=AT)
    return actions.approve_value(value=value, by=cast.lin, at=AT)


@pytest.fixture
def book() -> Any:
    """The helpers of this file, for tests (a conftest cannot be imported)."""
    from types import SimpleNamespace

    return SimpleNamespace(
        number=number, approved=approved, add_measure=add_measure, add_indicator=add_indicator,
        grant=grant, user=user, TODAY=TODAY, BEGIN=BEGIN,
    )  # fmt: skip
