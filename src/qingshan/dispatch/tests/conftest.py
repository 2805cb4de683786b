"""The fixed cast and a small plan: 林 leads, 陈 and 高 keep the ledger, 吴 reports, 周 is elsewhere."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile

from qingshan.accounts import public as accounts
from qingshan.areas import public as areas
from qingshan.dispatch import public as dispatch
from qingshan.plans import actions as ledger
from qingshan.plans.vocabulary import MeasureKind, PlanLevel, ResponsibilityRole
from qingshan.tasks import public as tasks

#: Monday, 7 December 2026, ten o'clock in Beijing.
AT = datetime(2026, 12, 7, 2, tzinfo=UTC)
TODAY = date(2026, 12, 7)
DUE = date(2026, 12, 11)
BEGIN = date(2021, 1, 1)
NOVEMBER = date(2026, 11, 15)
PHOTO = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + b"0" * 64


def later(**span: int) -> datetime:
    return AT + timedelta(**span)


@dataclass
class Cast:
    """Everybody, and what there is."""

    county: Any
    elsewhere: Any
    bureau: Any  # 青川县生态环境局
    water: Any  # 青川县水利局
    housing: Any  # 青川县住房和城乡建设局
    lin: Any  # leader
    chen: Any  # planner
    gao: Any  # another planner
    wu: Any  # officer of the water bureau
    he: Any  # another officer of the water bureau
    zheng: Any  # officer of the housing bureau
    qian: Any  # evaluator
    zhou: Any  # leader and planner in another district
    plan: Any = None
    sewage: Any = None  # measure of the water bureau
    forest: Any = None  # measure that names bureau and housing, and no lead
    plant: Any = None  # project of the water bureau, 2026 to 2027
    task: Any = None  # task of the water bureau, under way
    made: dict[str, Any] = field(default_factory=dict)


def person(name: str, roles: list[str], district: Any, department: Any, narrowed: Any = None) -> Any:
    made = accounts.create_user(
        username=name, display_name=name, password="Qingshan-2026-test", department=department,
        by=None, at=AT, is_simulated=True,
    ).user  # fmt: skip
    for role in roles:
        accounts.grant_role(
            user=made, role=role, district=district, department=narrowed, from_on=BEGIN, by=None, at=AT
        )
    return made


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
    officer = ["department_officer"]
    return Cast(
        county, elsewhere, bureau, water, housing,
        lin=person("林", ["leader"], county, bureau), chen=person("陈", ["planner"], county, bureau),
        gao=person("高", ["planner"], county, bureau), wu=person("吴", officer, county, water, water),
        he=person("何", officer, county, water, water), zheng=person("郑", officer, county, housing, housing),
        qian=person("钱", ["evaluator"], county, bureau),
        zhou=person("周", ["leader", "planner"], elsewhere, away),
    )  # fmt: skip


@pytest.fixture
def ledgered(cast: Cast) -> Cast:
    """A plan with one measure and one project of the water bureau, a shared measure, and a task under way."""
    made = {"valid_from": BEGIN, "by": cast.chen, "at": AT}
    cast.plan = ledger.create_plan(
        code="qingchuan-2026", district=cast.county, simulated=True, facts={
            "name": "青川县生态环境保护“十五五”规划", "short_name": "青川规划", "kind": "五年规划",
            "level": PlanLevel.COUNTY, "period_from": 2026, "period_to": 2030, "base_year": 2025,
        }, **made,
    )  # fmt: skip
    chapter = _measure(cast, "M1", 1, "水环境", MeasureKind.CHAPTER)
    cast.sewage = _measure(cast, "M1-1", 2, "建设污水管网", parent=chapter)
    cast.forest = _measure(cast, "M1-2", 3, "营造水源涵养林", parent=chapter)
    cast.plant = ledger.add_project(
        plan=cast.plan, code="P1", facts={
            "order": 1, "name": "县城污水处理厂扩建", "start_year": 2026, "end_year": 2027,
            "measure": cast.sewage, "investment_yuan": 12_000_000,
        }, **made,
    )  # fmt: skip
    for subject in (cast.sewage, cast.plant):
        ledger.make_responsible(subject=subject, department=cast.water, role=ResponsibilityRole.LEAD, **made)
    for department in (cast.bureau, cast.housing):
        ledger.make_responsible(
            subject=cast.forest, department=department, role=ResponsibilityRole.NAMED, **made
        )
    cast.task = _task(cast)
    return cast


def _measure(
    cast: Cast, code: str, order: int, title: str, kind: Any = MeasureKind.MEASURE, parent: Any = None
) -> Any:
    return ledger.add_measure(
        plan=cast.plan, code=code, facts={"kind": kind, "order": order, "title": title, "parent": parent},
        valid_from=BEGIN, by=cast.chen, at=AT,
    )  # fmt: skip


def _task(cast: Cast) -> Any:
    task = tasks.create_task(
        district=cast.county, source=tasks.TaskSource.INSTRUCTION, lead=cast.water, by=cast.chen, at=AT,
        terms={"title": "清理青川河漂浮物", "starts_on": date(2026, 7, 1), "due_on": date(2026, 12, 20)},
    )  # fmt: skip
    tasks.assign_task(task=task, by=cast.chen, at=AT)
    return tasks.accept_task(task=task, by=cast.wu, at=AT)


@pytest.fixture
def opened(ledgered: Cast) -> Any:
    """The round on November, due on Friday."""
    return open_november(ledgered)


def open_november(cast: Cast, **more: Any) -> Any:
    given = {
        "plan": cast.plan, "period": dispatch.Period.MONTH, "within": NOVEMBER, "due_on": DUE,
        "by": cast.chen, "at": AT, **more,
    }  # fmt: skip
    return dispatch.open_round(**given)


def row_of(found: Any, about: Any, department: Any = None) -> Any:
    rows = dispatch.Row.objects.filter(round=found, about=str(about.ref))
    return (rows.filter(part__department=department) if department else rows).select_related(
        "round", "part__round", "part__department"
    )[0]


def part_of(found: Any, department: Any) -> Any:
    return found.parts.select_related("round", "department").get(department=department)


FULL = {"work_state": "under_way", "percent": 60, "text": "已铺设 6 公里。"}


def save(row: Any, by: Any, *, key: str = "", at: datetime = AT, **facts: Any) -> Any:
    given = dispatch.Facts(**{**FULL, **({"work_state": ""} if row.is_task else {}), **facts})
    saved, _new = dispatch.save_row(
        row=row, facts=given, key=key or f"{row.pk}-{by.pk}-{at.isoformat()}", by=by, at=at
    )
    return saved


def hand_in(row: Any, by: Any, *, at: datetime = AT, **facts: Any) -> Any:
    save(row, by, at=at, **facts)
    dispatch.submit_part(part=row.part, by=by, at=at, rows=[row.pk])
    row.refresh_from_db()
    return row


def photo(name: str = "photo.jpg") -> ContentFile[bytes]:
    return ContentFile(PHOTO, name=name)
