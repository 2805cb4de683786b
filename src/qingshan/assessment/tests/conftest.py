"""The fixed cast, and the plan of sheets.yaml in the ledger, entered and approved like any other.

林 leads the county's bureau and publishes, 陈 plans and organises, 谢 is the third party, 吴 works in the
water bureau and appeals, 周 is from another district.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from qingshan.accounts import public as accounts
from qingshan.areas import public as areas
from qingshan.assessment import public as assessment
from qingshan.plans import actions as ledger
from qingshan.plans import public as plans
from qingshan.plans.targets import Typed
from qingshan.plans.vocabulary import (
    Attribute,
    Direction,
    MeasureKind,
    Operator,
    PlanLevel,
    ProjectKind,
    ResponsibilityRole,
    ValueKind,
)

AT = datetime(2026, 11, 20, 2, tzinfo=UTC)
TODAY = date(2026, 11, 20)
BEGIN = date(2021, 1, 1)
YEAR = 2025
BY_HAND: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("sheets.yaml").read_text(encoding="utf-8"))


@dataclass
class Cast:
    """Everybody, and where they are."""

    county: Any
    departments: dict[str, Any]
    lin: Any  # leader: publishes
    han: Any  # another leader
    chen: Any  # planner: organises
    gao: Any  # another planner
    xie: Any  # third party, named
    luo: Any  # third party, not named
    wu: Any  # officer of the water bureau
    zhao: Any  # officer of the forest bureau
    zhou: Any  # leader and planner in another district


NAMES = ("生态环境局", "水务局", "农业农村局", "林业局", "发展改革局")


@pytest.fixture
def cast(db: None) -> Cast:
    made = {"valid_from": BEGIN, "by": None, "at": AT}
    city = areas.create_district(code="990100", name="云岭市", **made)
    county = areas.create_district(code="990121", name="青川县", parent=city, **made)
    elsewhere = areas.create_district(code="990122", name="白石县", parent=city, **made)
    departments = {name: areas.create_department(name=name, district=county, **made) for name in NAMES}
    away = areas.create_department(name="白石县生态环境局", district=elsewhere, **made)
    bureau, water, forest = (departments[name] for name in ("生态环境局", "水务局", "林业局"))
    outside = areas.create_department(name="云岭环境研究院", district=county, **made)
    zhou = person("周", "leader", elsewhere, away)
    accounts.grant_role(user=zhou, role="planner", district=elsewhere, from_on=BEGIN, by=None, at=AT)
    return Cast(
        county, departments,
        lin=person("林", "leader", county, bureau), han=person("韩", "leader", county, bureau),
        chen=person("陈", "planner", county, bureau), gao=person("高", "planner", county, bureau),
        xie=person("谢", "evaluator", county, outside), luo=person("罗", "evaluator", county, outside),
        wu=person("吴", "department_officer", county, water, water),
        zhao=person("赵", "department_officer", county, forest, forest), zhou=zhou,
    )  # fmt: skip


def person(name: str, role: str, district: Any, department: Any, narrowed: Any = None) -> Any:
    made = accounts.create_user(
        username=name, display_name=name, password="Qingshan-2026-test", department=department,
        by=None, at=AT, is_simulated=True,
    )  # fmt: skip
    accounts.grant_role(
        user=made.user, role=role, district=district, department=narrowed, from_on=BEGIN, by=None, at=AT
    )
    return made.user


@pytest.fixture
def plan(cast: Cast) -> Any:
    """The rows of sheets.yaml as a plan: nothing is put into a table, all is entered and approved."""
    plan = ledger.create_plan(
        code="qingchuan-2021", district=cast.county, simulated=True, valid_from=BEGIN, by=cast.chen, at=AT,
        facts={
            "name": "青川县生态环境保护“十四五”规划", "short_name": "青川“十四五”规划", "kind": "五年规划",
            "level": PlanLevel.COUNTY, "period_from": 2021, "period_to": YEAR, "base_year": 2020,
        },
    )  # fmt: skip
    rows = BY_HAND["rows"]
    for order, item in enumerate(rows["indicators"], start=1):
        _enter_indicator(cast, plan, order, item)
    for order, item in enumerate(rows["measures"], start=1):
        facts = {"kind": MeasureKind.MEASURE, "order": order, "title": item["name"]}
        _enter_work(cast, item, ledger.add_measure(plan=plan, code=item["code"], facts=facts, **_made(cast)))
    for order, item in enumerate(rows["projects"], start=1):
        kind = ProjectKind.PROJECT if item["key"] else ProjectKind.BOX_TASK
        facts = {"order": order, "name": item["name"], "kind": kind, "counts_as": item["code"]}
        _enter_work(cast, item, ledger.add_project(plan=plan, code=item["code"], facts=facts, **_made(cast)))
    return plan


def _made(cast: Cast) -> dict[str, Any]:
    return {"valid_from": BEGIN, "by": cast.chen, "at": AT}


def number(value: str, operator: Operator = Operator.EQUAL) -> Typed:
    return Typed(ValueKind.NUMBER, operator, Decimal(value), "%")


def _enter_indicator(cast: Cast, plan: Any, order: int, item: Mapping[str, Any]) -> None:
    direction = Direction(item["direction"])
    facts = {
        "order": order, "counts_as": order, "name": item["name"], "unit": "%", "category": item["category"],
        "attribute": Attribute(item["attribute"]), "direction": direction, "baseline_year": 2020,
    }  # fmt: skip
    if "baseline" in item:
        facts["baseline"] = number(item["baseline"])
    made = _made(cast)
    indicator = ledger.add_indicator(plan=plan, code=item["code"], facts=facts, **made)
    operator = Operator.AT_MOST if direction is Direction.LOWER_BETTER else Operator.AT_LEAST
    typed = number(item["target"], operator) if "target" in item else Typed(ValueKind.KEEP_NOT_WORSE)
    ledger.add_target(indicator=indicator, year=YEAR, facts={"typed": typed, "raw": ""}, **made)
    _answer_for(cast, indicator, item)
    if "actual" in item:
        enter_value(cast, indicator, item["actual"])
    if "excluded" in item:
        stated = ledger.declare_not_evaluable(
            indicator=indicator,
            year=YEAR,
            reason=item["excluded"],
            evidence="〔2026〕3号",
            by=cast.chen,
            at=AT,
        )
        ledger.submit_not_evaluable(statement=stated, by=cast.chen, at=AT)
        ledger.approve_not_evaluable(statement=stated, by=cast.lin, at=AT)


def enter_value(cast: Cast, indicator: Any, value: str, **more: Any) -> Any:
    """A value entered by 陈 and approved by 林."""
    corrects = more.pop("corrects", None)
    facts = {"year": YEAR, "kind": "audited", "number": value, "source": "省站审核数据", **more}
    entered = ledger.enter_value(indicator=indicator, facts=facts, corrects=corrects, by=cast.chen, at=AT)
    ledger.submit_value(value=entered, by=cast.chen, at=AT)
    return ledger.approve_value(value=entered, by=cast.lin, at=AT)


def _enter_work(cast: Cast, item: Mapping[str, Any], subject: Any) -> None:
    _answer_for(cast, subject, item)
    done = item.get("done")
    state = plans.WorkState.STOPPED if "excluded" in item else plans.WorkState.UNDER_WAY
    if done == "100":
        state = plans.WorkState.DONE
    report_work(cast, subject, state, int(done) if done else None)


def report_work(cast: Cast, subject: Any, state: plans.WorkState, percent: int | None) -> None:
    """Progress reported by 陈 and approved by 高."""
    if state in (plans.WorkState.DONE, plans.WorkState.STOPPED):
        _report(cast, subject, plans.WorkState.UNDER_WAY, None)
    _report(cast, subject, state, percent)


def _report(cast: Cast, subject: Any, state: plans.WorkState, percent: int | None) -> None:
    made = ledger.enter_report(
        subject=subject, on=TODAY, work_state=state, text="见证据", percent=percent, by=cast.chen, at=AT
    )
    ledger.submit_report(report=made, by=cast.chen, at=AT)
    ledger.approve_report(report=made, by=cast.gao, at=AT)


def _answer_for(cast: Cast, subject: Any, item: Mapping[str, Any]) -> None:
    made = _made(cast)
    duties = [(item["lead"], ResponsibilityRole.LEAD)]
    duties += [(name, ResponsibilityRole.JOINT) for name in item.get("joint", ())]
    for name, role in duties:
        ledger.make_responsible(subject=subject, department=cast.departments[name], role=role, **made)


def set_up(cast: Cast, plan: Any, scheme: str = "progress-2026", **more: Any) -> Any:
    """An evaluation by a third party, 谢, with the facts of sheets.yaml."""
    given = {"purpose": assessment.Purpose.FINAL, "year": YEAR, "on": TODAY, "evaluators": [cast.xie], **more}
    made = assessment.create_evaluation(
        plan=plan, scheme=scheme, evaluator_kind=assessment.EvaluatorKind.THIRD_PARTY,
        evaluator_name="云岭环境研究院", by=cast.chen, at=AT, **given,
    )  # fmt: skip
    for fact in BY_HAND["conduct"]:
        assessment.add_fact(
            evaluation=made, kind=fact["kind"], count=fact["count"], evidence=fact["evidence"],
            department=cast.departments[fact["department"]], by=cast.chen, at=AT,
        )  # fmt: skip
    return made


@pytest.fixture
def evaluation(cast: Cast, plan: Any) -> Any:
    return set_up(cast, plan)


def frozen(cast: Cast, evaluation: Any) -> Any:
    assessment.write_conclusion(
        evaluation=evaluation, narrative="总体完成。", problems="管网建设滞后。", lessons="早开工\n\n早监测",
        by=cast.xie, at=AT,
    )  # fmt: skip
    assessment.preview_evaluation(evaluation=evaluation, by=cast.xie, at=AT)
    return assessment.freeze_evaluation(evaluation=evaluation, by=cast.chen, at=AT)


def published(cast: Cast, evaluation: Any) -> Any:
    frozen(cast, evaluation)
    return assessment.publish_evaluation(
        evaluation=evaluation, appeal_until=date(2026, 12, 5), by=cast.lin, at=AT
    )
