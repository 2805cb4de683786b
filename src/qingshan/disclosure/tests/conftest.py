"""The cast, a plan in force with one of each record, and its public page.

林 leads and approves, 陈 plans and prepares, 吴 works in the water bureau, 郑 in another one, 何 evaluates,
周 leads and plans in another district and must see nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from qingshan.accounts import public as accounts
from qingshan.areas import public as areas
from qingshan.disclosure import actions
from qingshan.disclosure.choice import Choice, PartChoice
from qingshan.disclosure.models import Attempt, Feedback
from qingshan.disclosure.vocabulary import COLUMNS, Extent, Part
from qingshan.jobs import delivering
from qingshan.plans import actions as ledger
from qingshan.plans.states import PlanState, WorkState
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
from qingshan.tasks import public as tasks

AT = datetime(2026, 11, 20, 2, tzinfo=UTC)
LATER = AT + timedelta(hours=1)
TODAY = date(2026, 11, 20)
BEGIN = date(2021, 1, 1)
KEY = "0123456789abcdef0123456789abcdef"


@dataclass
class Cast:
    """Everybody, and where they are."""

    county: Any
    elsewhere: Any
    bureau: Any
    water: Any
    lin: Any
    chen: Any
    wu: Any
    zheng: Any
    he: Any
    zhou: Any


@pytest.fixture
def cast(db: None) -> Cast:
    made = {"valid_from": BEGIN, "by": None, "at": AT}
    city = areas.create_district(code="990100", name="云岭市", **made)
    county = areas.create_district(code="990121", name="青川县", parent=city, **made)
    elsewhere = areas.create_district(code="990122", name="白石县", parent=city, **made)
    bureau = areas.create_department(name="青川县生态环境局", district=county, **made)
    water = areas.create_department(name="青川县水利局", district=county, **made)
    housing = areas.create_department(name="青川县住房和城乡建设局", district=county, **made)
    away = areas.create_department(name="白石县生态环境局", district=elsewhere, **made)
    zhou = person("周", "leader", elsewhere, away)
    _grant(zhou, "planner", elsewhere)
    return Cast(
        county, elsewhere, bureau, water,
        lin=person("林", "leader", county, bureau), chen=person("陈", "planner", county, bureau),
        wu=person("吴", "department_officer", county, water, water),
        zheng=person("郑", "department_officer", county, housing, housing),
        he=person("何", "evaluator", county, bureau), zhou=zhou,
    )  # fmt: skip


def person(name: str, role: str, district: Any, department: Any, narrowed: Any = None) -> Any:
    made = accounts.create_user(
        username=name, display_name=name, password="Qingshan-2026-test", department=department,
        by=None, at=AT, is_simulated=True,
    )  # fmt: skip
    _grant(made.user, role, district, narrowed)
    return made.user


def _grant(user: Any, role: str, district: Any, narrowed: Any = None) -> None:
    accounts.grant_role(
        user=user, role=role, district=district, department=narrowed, from_on=BEGIN, by=None, at=AT
    )


@dataclass
class Book:
    """The plan and its records."""

    plan: Any
    air: Any
    water: Any
    measure: Any
    project: Any
    promise: Any


#: What stands nowhere but in one column: a spy looks for it where the column was not ticked.
SPIES = {
    "attribute": "约束性", "baseline": "88.8", "target": "92.5", "latest": "91.7",
    "departments": "青川县水利局",
    "sources": "省站审核数据", "money": "234.5", "years": "2022—2029", "asked": "37公里",
}  # fmt: skip


@pytest.fixture
def book(cast: Cast) -> Book:
    return make_book(cast, "qingchuan-2021", cast.county, cast.water)


def make_book(cast: Cast, code: str, district: Any, owner: Any, *, state: Any = PlanState.IN_FORCE) -> Book:
    made = {"valid_from": BEGIN, "by": None, "at": AT}
    plan = ledger.create_plan(
        code=code, district=district, simulated=True, facts={
            "name": f"{district.name}生态环境保护“十五五”规划", "short_name": f"{district.name}规划",
            "kind": "五年规划", "level": PlanLevel.COUNTY, "period_from": 2021, "period_to": 2030,
            "base_year": 2020, "state": state,
        }, **made,
    )  # fmt: skip
    number = Typed(ValueKind.NUMBER, Operator.AT_LEAST, Decimal("92.5"), "%")
    baseline = Typed(ValueKind.NUMBER, Operator.EQUAL, Decimal("88.8"), "%")
    assigned = Typed(ValueKind.ASSIGNED, authority="云岭市")
    air, water = (
        ledger.add_indicator(
            plan=plan, code=code_, facts={
                "order": order, "counts_as": order, "name": name, "unit": "%", "category": "环境质量",
                "attribute": Attribute.BINDING, "direction": Direction.HIGHER_BETTER, "baseline_year": 2020,
                "baseline": baseline,
            }, **made,
        )
        for order, (code_, name) in enumerate((("A1", "优良天数比例"), ("A2", "水质优良比例")), 1)
    )  # fmt: skip
    ledger.add_target(indicator=air, year=2030, facts={"typed": number, "raw": "≥92.5"}, **made)
    ledger.add_target(indicator=water, year=2030, facts={"typed": assigned, "raw": "市下达"}, **made)
    measure = ledger.add_measure(
        plan=plan, code="M1", facts={"kind": MeasureKind.MEASURE, "order": 1, "title": "建设污水管网"}, **made
    )
    project = ledger.add_project(
        plan=plan, code="P1", facts={
            "order": 1, "name": "污水处理厂扩建", "start_year": 2022, "end_year": 2029,
            "investment_yuan": 12_345_000,
        }, **made,
    )  # fmt: skip
    promise = ledger.add_commitment(
        plan=plan, code="C1", facts={
            "order": 1, "kind": CommitmentKind.QUANTIFIED, "topic": "污水管网", "metric": "新建管网长度",
            "typed": Typed(ValueKind.NUMBER, Operator.AT_LEAST, Decimal(37), "公里"),
            "due_on": date(2028, 12, 31), "measure": measure,
        }, **made,
    )  # fmt: skip
    for subject in (air, water, measure, project, promise):
        ledger.make_responsible(subject=subject, department=owner, role=ResponsibilityRole.LEAD, **made)
    return Book(plan, air, water, measure, project, promise)


def value(cast: Cast, indicator: Any, number: str, *, approve: bool = True, **facts: Any) -> Any:
    """A value of 2025, known since June; entered by 陈, approved by 林."""
    given = {
        "year": 2025, "kind": "audited", "number": Decimal(number), "source": "省站审核数据",
        "as_of": date(2025, 12, 31), "known_on": date(2026, 6, 1), **facts,
    }  # fmt: skip
    corrects = given.pop("corrects", None)
    made = ledger.enter_value(indicator=indicator, facts=given, corrects=corrects, by=cast.chen, at=AT)
    ledger.submit_value(value=made, by=cast.chen, at=AT)
    return ledger.approve_value(value=made, by=cast.lin, at=AT) if approve else made


def progress(cast: Cast, subject: Any, percent: int, *, approve: bool = True) -> Any:
    made = ledger.enter_report(
        subject=subject, on=date(2026, 9, 30), work_state=WorkState.UNDER_WAY, percent=percent, text="已动工",
        by=cast.wu, at=AT,
    )  # fmt: skip
    ledger.submit_report(report=made, by=cast.wu, at=AT)
    return ledger.approve_report(report=made, by=cast.chen, at=AT) if approve else made


@pytest.fixture
def told(cast: Cast, book: Book) -> Book:
    """The plan with an approved value and an approved report of progress."""
    value(cast, book.air, "91.7")
    progress(cast, book.project, 43)
    return book


@pytest.fixture
def page(cast: Cast, told: Book) -> Any:
    return actions.set_up_page(plan=told.plan, office=cast.bureau, by=cast.chen, at=AT)


def everything(**leave_out: Any) -> Choice:
    """All parts with all columns; ``indicators=("latest",)`` leaves columns of a part out."""
    return Choice(
        parts={
            part: PartChoice(
                Extent.EVERYTHING,
                columns=frozenset(one for one in COLUMNS[part] if one not in leave_out.get(part.value, ())),
            )
            for part in Part
        },
        contact="青川县生态环境局 0000-8888",
        terms="注明来源",
    )


@pytest.fixture
def prepared(cast: Cast, page: Any) -> Any:
    return actions.prepare_edition(page=page, as_of=TODAY, choice=everything(), by=cast.chen, at=AT)


@pytest.fixture
def submitted(cast: Cast, prepared: Any) -> Any:
    return actions.submit_edition(edition=prepared, by=cast.chen, at=AT)


@pytest.fixture
def published(cast: Cast, submitted: Any) -> Any:
    return actions.publish_edition(edition=submitted, by=cast.lin, at=AT)


def publish(cast: Cast, page: Any, choice: Choice, as_of: date = TODAY) -> Any:
    edition = actions.prepare_edition(page=page, as_of=as_of, choice=choice, by=cast.chen, at=AT)
    edition = actions.submit_edition(edition=edition, by=cast.chen, at=AT)
    return actions.publish_edition(edition=edition, by=cast.lin, at=AT)


def send(page: Any, *, key: str = KEY, text: str = "河边有人倒垃圾。", at: datetime = AT, **more: Any) -> Any:
    page.refresh_from_db()
    return actions.receive_feedback(page=page, key=key, text=text, address="192.0.2.7", at=at, **more)


def deliver() -> None:
    """Let the worker hand out all news."""
    delivering.spread(at=LATER)
    while delivering.deliver_next(at=LATER):
        pass


@pytest.fixture
def received(published: Any) -> Any:
    """Feedback about the project, with a contact; its task is drawn up."""
    made = send(published.page, part="projects", code="P1", contact="13900001234")
    deliver()
    return Feedback.objects.get(pk=made.pk)


@pytest.fixture
def under_way(cast: Cast, received: Any) -> Any:
    return actions.assign_feedback(
        feedback=received, lead=cast.water, due_on=date(2026, 12, 20), by=cast.chen, at=AT
    )


def finish(cast: Cast, feedback: Any) -> Any:
    """The department works, and the task is closed by a second person."""
    task = tasks.task_for(user=cast.chen, code=feedback.task.code)
    tasks.accept_task(task=task, by=cast.wu, at=AT)
    tasks.report_on_task(task=task, on=TODAY, text="已清理。", key="k", by=cast.wu, at=AT)
    tasks.submit_task(task=task, by=cast.wu, at=AT)
    tasks.close_task(task=task, by=cast.lin, at=AT)
    deliver()
    return Feedback.objects.get(pk=feedback.pk)


@pytest.fixture
def to_answer(cast: Cast, under_way: Any) -> Any:
    return finish(cast, under_way)


@pytest.fixture
def drafted(cast: Cast, to_answer: Any) -> Any:
    return actions.draft_answer(
        feedback=to_answer, answer="垃圾已清运。", is_public=True, public_question="河边垃圾何时清运？",
        by=cast.wu, at=AT,
    )  # fmt: skip


@pytest.fixture
def answered(cast: Cast, drafted: Any) -> Any:
    return actions.approve_answer(feedback=drafted, by=cast.lin, at=AT)


@pytest.fixture
def as_(client: Client) -> Any:
    """A browser in which one of the cast has logged in; None: nobody."""

    def enter(user: Any) -> Client:
        client.logout()
        if user is not None:
            client.force_login(user)
        return client

    return enter


@pytest.fixture
def attempts() -> Any:
    return Attempt.objects
