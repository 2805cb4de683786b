"""The fixed cast and one task: 林 leads, 陈 plans, 吴 and 何 work in the water bureau, 周 is elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from qingshan.accounts import public as accounts
from qingshan.areas import public as areas
from qingshan.tasks import public as tasks

AT = datetime(2026, 11, 20, 2, tzinfo=UTC)
TODAY = date(2026, 11, 20)
BEGIN = date(2021, 1, 1)


@dataclass
class Cast:
    """Everybody, and where they are."""

    county: Any
    bureau: Any  # 青川县生态环境局
    water: Any  # 青川县水利局
    lin: Any  # leader: assigns, reviews, supervises
    chen: Any  # planner: assigns, reviews
    wu: Any  # officer of the water bureau
    he: Any  # another officer of the water bureau
    fang: Any  # officer of the bureau itself
    zhou: Any  # leader in another district


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
        county, bureau, water,
        lin=person("林", "leader", county, bureau), chen=person("陈", "planner", county, bureau),
        wu=person("吴", "department_officer", county, water, water),
        he=person("何", "department_officer", county, water, water),
        fang=person("方", "department_officer", county, bureau, bureau),
        zhou=person("周", "leader", elsewhere, away),
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


TERMS = {
    "title": "修复青川河河岸带",
    "content": "完成 3 公里生态护岸。",
    "starts_on": date(2026, 11, 1),
    "due_on": date(2026, 12, 20),
}


@pytest.fixture
def draft(cast: Cast) -> Any:
    return tasks.create_task(
        district=cast.county, source=tasks.TaskSource.INSTRUCTION, terms=TERMS, lead=cast.water,
        joint=[cast.bureau], by=cast.chen, at=AT, source_by="县长", source_title="关于青川河治理的批示",
    )  # fmt: skip


@pytest.fixture
def assigned(cast: Cast, draft: Any) -> Any:
    return tasks.assign_task(task=draft, by=cast.chen, at=AT)


@pytest.fixture
def under_way(cast: Cast, assigned: Any) -> Any:
    return tasks.accept_task(task=assigned, by=cast.wu, at=AT)


@pytest.fixture
def reported(cast: Cast, under_way: Any) -> Any:
    report(under_way, cast.wu)
    return under_way


def report(task: Any, by: Any, *, key: str = "k1", later: int = 1) -> Any:
    return tasks.report_on_task(
        task=task,
        on=TODAY,
        text="已完成 2 公里。",
        percent=60,
        key=key,
        by=by,
        at=AT + timedelta(minutes=later),
    )


@pytest.fixture
def handed_in(cast: Cast, reported: Any) -> Any:
    return tasks.submit_task(task=reported, by=cast.wu, at=AT + timedelta(minutes=2))
