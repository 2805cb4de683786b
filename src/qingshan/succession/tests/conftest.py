"""The fixed cast and a plan at its end: 林 leads, 陈 and 胡 plan, 吴 reports, 周 is elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from qingshan.accounts import public as accounts
from qingshan.areas import public as areas
from qingshan.plans import public as plans
from qingshan.plans.public import (
    Direction,
    MeasureKind,
    Operator,
    PlanLevel,
    PlanState,
    ResponsibilityRole,
    Typed,
    ValueKind,
    WorkState,
)
from qingshan.succession.actions import choose, open_next, propose
from qingshan.succession.actions.choosing import Decided
from qingshan.succession.models import Choice, Opening
from qingshan.succession.vocabulary import Decision

AT = datetime(2026, 11, 20, 2, tzinfo=UTC)
LATER = AT + timedelta(hours=1)
TODAY = date(2026, 11, 20)
BEGIN = date(2021, 1, 1)
HEAD = {
    "code": "qingchuan-2026", "name": "青川县生态环境保护“十五五”规划", "short_name": "青川“十五五”规划",
    "period_from": 2026, "period_to": 2030, "base_year": 2025,
}  # fmt: skip


@dataclass
class Cast:
    """Everybody, and where they are."""

    city: Any
    county: Any
    elsewhere: Any
    bureau: Any  # 青川县生态环境局
    water: Any  # 青川县水利局
    lin: Any  # leader: approves
    chen: Any  # planner: opens and chooses
    hu: Any  # another planner
    fu: Any  # leads and plans at once
    wu: Any  # officer of the water bureau
    he: Any  # evaluator
    zhou: Any  # leads and plans in another district


@pytest.fixture
def cast(db: None) -> Cast:
    made = {"valid_from": BEGIN, "by": None, "at": AT}
    city = areas.create_district(code="990100", name="云岭市", **made)
    county = areas.create_district(code="990121", name="青川县", parent=city, **made)
    elsewhere = areas.create_district(code="990122", name="白石县", parent=city, **made)
    bureau = areas.create_department(name="青川县生态环境局", district=county, **made)
    water = areas.create_department(name="青川县水利局", district=county, **made)
    away = areas.create_department(name="白石县生态环境局", district=elsewhere, **made)
    return Cast(
        city, county, elsewhere, bureau, water,
        lin=person("林", bureau, ("leader", county, None)),
        chen=person("陈", bureau, ("planner", county, None)),
        hu=person("胡", bureau, ("planner", county, None)),
        fu=person("傅", bureau, ("planner", county, None), ("leader", county, None)),
        wu=person("吴", water, ("department_officer", county, water)),
        he=person("何", bureau, ("evaluator", county, None)),
        zhou=person("周", away, ("leader", elsewhere, None), ("planner", elsewhere, None)),
    )  # fmt: skip


def person(name: str, department: Any, *roles: tuple[str, Any, Any]) -> Any:
    user = accounts.create_user(
        username=name, display_name=name, password="Qingshan-2026-test", department=department,
        by=None, at=AT, is_simulated=True,
    ).user  # fmt: skip
    for role, district, narrowed in roles:
        accounts.grant_role(
            user=user, role=role, district=district, department=narrowed, from_on=BEGIN, by=None, at=AT
        )
    return user


def number(value: str, operator: Operator = Operator.AT_LEAST, unit: str = "%") -> Typed:
    return Typed(ValueKind.NUMBER, operator, Decimal(value), unit)


def make_plan(
    cast: Cast, code: str, district: Any, by: Any, level: PlanLevel = PlanLevel.COUNTY, **facts: Any
) -> Any:
    return plans.create_plan(
        code=code, district=district, simulated=True, valid_from=BEGIN, by=by, at=AT,
        facts={
            "name": f"{district.name}生态环境保护“十四五”规划", "short_name": f"{district.name}“十四五”规划",
            "kind": "五年规划", "level": level, "period_from": 2021, "period_to": 2025, "base_year": 2020,
            **facts,
        },
    )  # fmt: skip


def add_indicator(
    plan: Any, code: str, by: Any, target: Typed | None, *, year: int = 2025, **facts: Any
) -> Any:
    order = int(code[1:])
    made = {"valid_from": BEGIN, "by": by, "at": AT}
    indicator = plans.add_listed_indicator(
        plan=plan, code=code, facts={
            "order": order, "counts_as": order, "name": code, "unit": "%",
            "direction": Direction.HIGHER_BETTER, "attribute": "binding", "baseline_year": 2020, **facts,
        }, **made,
    )  # fmt: skip
    if target is not None:
        plans.add_target(indicator=indicator, year=year, facts={"typed": target, "raw": "印刷"}, **made)
    return indicator


def approved(indicator: Any, by: Any, second: Any, **facts: Any) -> Any:
    """A value entered by one and approved by another."""
    given = {"kind": "audited", "source": "省站审核数据", **facts}
    value = plans.enter_value(indicator=indicator, facts=given, by=by, at=AT)
    plans.submit_value(value=value, by=by, at=AT)
    return plans.approve_value(value=value, by=second, at=AT)


def put_in_state(plan: Any, cast: Cast, *moves: str) -> None:
    for move in moves:
        held = plans.plan_for(user=cast.fu, code=plan.code, on=TODAY)
        plans.move_plan(plan=plan, move=move, seen=held.number, by=cast.fu, at=AT, reason="按程序办理")


IN_FORCE = ("consult", "review", "approve", "put_in_force")


@dataclass
class Ledger:
    """A plan in force with indicators in every standing, unfinished and finished work."""

    plan: Any
    air: Any  # met: 93.7 in 2025
    water: Any  # missed
    soil: Any  # no value at all
    noise: Any  # no target
    forest: Any  # 2025 known for a part of the year only
    chapter: Any
    sewage: Any  # unfinished, the water bureau's
    forest_work: Any  # done
    plant: Any  # 60 % done, 1,200 ten thousand yuan, 500 paid
    old_plant: Any  # done
    pledge: Any  # unfinished, of the sewage work, the water bureau's, due 2025
    kept_pledge: Any  # done


@pytest.fixture
def ledger(cast: Cast) -> Ledger:
    plan = make_plan(cast, "qingchuan-2021", cast.county, cast.chen)
    made = {"valid_from": BEGIN, "by": cast.chen, "at": AT}
    base = number("88", Operator.EQUAL)
    air = add_indicator(plan, "A1", cast.chen, number("92.5"), name="优良天数比例", baseline=base)
    water = add_indicator(plan, "A2", cast.chen, number("95"), name="水质优良比例", baseline=base)
    soil = add_indicator(plan, "A3", cast.chen, number("90"), name="受污染耕地安全利用率", baseline=base)
    noise = add_indicator(plan, "A4", cast.chen, None, name="夜间达标率", baseline=base)
    forest = add_indicator(plan, "A5", cast.chen, number("60"), name="森林覆盖率", baseline=base)
    approved(air, cast.chen, cast.lin, year=2024, number="92.1")
    approved(air, cast.chen, cast.lin, year=2025, number="93.7", condition="标况")
    approved(water, cast.chen, cast.lin, year=2025, number="91")
    approved(
        forest, cast.chen, cast.lin, year=2025, number="59", period_start=date(2025, 1, 1),
        period_end=date(2025, 6, 30),
    )  # fmt: skip
    chapter = add_measure(plan, cast, "M1", 1, "水环境", MeasureKind.CHAPTER)
    sewage = add_measure(plan, cast, "M1-1", 2, "建设污水管网", parent=chapter)
    forest_work = add_measure(
        plan, cast, "M1-2", 3, "营造水源涵养林", parent=chapter, state=WorkState.DONE, percent=100
    )
    plant = plans.add_project(
        plan=plan, code="P1", facts={
            "order": 1, "name": "县城污水处理厂扩建", "content": "扩建日处理能力1万吨", "start_year": 2022,
            "end_year": 2025, "investment_yuan": 12_000_000, "state": WorkState.UNDER_WAY, "percent": 60,
            "reported_on": date(2026, 6, 30),
        }, **made,
    )  # fmt: skip
    old_plant = plans.add_project(
        plan=plan, code="P2", facts={"order": 2, "name": "旧厂改造", "state": WorkState.DONE, "percent": 100},
        **made,
    )  # fmt: skip
    plans.link_indicator(project=plant, indicator=water, by=cast.chen, at=AT)
    plans.set_money(
        project=plant, year=2023, funds="省级财政", amounts={"paid_yuan": 5_000_000}, by=cast.chen, at=AT
    )
    plans.add_provision(
        plan=plan,
        code="D1",
        facts={"kind": "duty", "order": 1, "duty_code": "W01", "name": "入河排污口监管"},
        **made,
    )
    pledge, kept_pledge = (
        plans.add_commitment(
            plan=plan, code=code, facts={
                "kind": "quantified", "order": order, "topic": "污水收集", "metric": metric,
                "typed": number(value, unit="公里"), "deadline": "2025年", "due_on": date(2025, 12, 31),
                "since": 2021, "measure": sewage, **told,
            }, **made,
        )
        for order, (code, metric, value, told) in enumerate(
            [("C1", "新建污水管网", "30", {"state": WorkState.UNDER_WAY, "percent": 40}),
             ("C2", "清淤河道", "12", {"state": WorkState.DONE, "percent": 100})], start=1,
        )
    )  # fmt: skip
    for subject in (water, sewage, plant, pledge):
        plans.make_responsible(subject=subject, department=cast.water, role=ResponsibilityRole.LEAD, **made)
    plans.make_responsible(subject=air, department=cast.bureau, role=ResponsibilityRole.LEAD, **made)
    put_in_state(plan, cast, *IN_FORCE)
    return Ledger(
        plan,
        air,
        water,
        soil,
        noise,
        forest,
        chapter,
        sewage,
        forest_work,
        plant,
        old_plant,
        pledge,
        kept_pledge,
    )


def add_measure(
    plan: Any,
    cast: Cast,
    code: str,
    order: int,
    title: str,
    kind: MeasureKind = MeasureKind.MEASURE,
    **facts: Any,
) -> Any:
    return plans.add_measure(
        plan=plan, code=code, facts={"kind": kind, "order": order, "title": title, **facts},
        valid_from=BEGIN, by=cast.chen, at=AT,
    )  # fmt: skip


def held(plan: Any, by: Any, on: date = TODAY) -> Any:
    """The version of a plan on a day."""
    return plans.plan_for(user=by, code=plan.code, on=on)


@pytest.fixture
def opening(cast: Cast, ledger: Ledger) -> Opening:
    return open_next(plan=held(ledger.plan, cast.chen), head=HEAD, by=cast.chen, at=AT)


def choice_of(opening: Opening, record: Any) -> Choice:
    return opening.choices.get(origin=str(record.ref))


def define(opening: Opening, by: Any) -> None:
    """Write down how what is redefined is redefined."""
    asked = {
        one.pk: Decided(Decision.REDEFINE, definition="按新技术规范统计")
        for one in opening.choices.filter(decision=Decision.REDEFINE)
    }
    choose(opening=opening, decided=asked, by=by, at=AT)


@pytest.fixture
def proposed(cast: Cast, opening: Opening) -> Opening:
    define(opening, cast.chen)
    return propose(opening=opening, by=cast.chen, at=AT)


__all__ = ["AT", "BEGIN", "HEAD", "LATER", "TODAY", "Cast", "Ledger", "PlanState"]
