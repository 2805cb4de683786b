"""The fixed cast and one paper: 林 leads and issues, 陈 checks, 方 drafts, 吴 receives, 周 is elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import pytest

from qingshan.accounts import public as accounts
from qingshan.areas import public as areas
from qingshan.papers import actions, ledger, picking
from qingshan.papers.public import Heading, Paper, PaperKind, Paragraph, PrintedFigure, Table, mark

AT = datetime(2026, 11, 20, 2, tzinfo=UTC)
TODAY = date(2026, 11, 20)
BEGIN = date(2021, 1, 1)


@pytest.fixture(autouse=True)
def _no_ledger(monkeypatch: pytest.MonkeyPatch) -> None:
    """The rooms above are not asked; a test that wants a ledger brings its own."""
    monkeypatch.setattr(ledger, "_LOOKUPS", {})
    monkeypatch.setattr(ledger, "_OPENED", {})
    monkeypatch.setattr(picking, "_SHELVES", {})


@dataclass
class Cast:
    """Everybody, and where they are."""

    county: Any
    bureau: Any  # 青川县生态环境局
    water: Any  # 青川县水利局
    town: Any  # 青石镇
    lin: Any  # leader of the bureau: checks, issues
    chen: Any  # planner of the bureau: drafts, checks
    fang: Any  # officer of the bureau: drafts
    wu: Any  # officer of the water bureau: co-signs, receives
    he: Any  # officer of the township: receives
    zhou: Any  # leader in another district


@pytest.fixture
def cast(db: None) -> Cast:
    made = {"valid_from": BEGIN, "by": None, "at": AT}
    city = areas.create_district(code="440700", name="云岭市", **made)
    county = areas.create_district(code="440781", name="青川县", parent=city, **made)
    elsewhere = areas.create_district(code="440783", name="白石县", parent=city, **made)
    bureau = areas.create_department(name="青川县生态环境局", district=county, **made)
    water = areas.create_department(name="青川县水利局", district=county, **made)
    town = areas.create_department(name="青石镇人民政府", district=county, **made)
    away = areas.create_department(name="白石县生态环境局", district=elsewhere, **made)
    return Cast(
        county, bureau, water, town,
        lin=person("林", "leader", county, bureau), chen=person("陈", "planner", county, bureau),
        fang=person("方", "department_officer", county, bureau, bureau),
        wu=person("吴", "department_officer", county, water, water),
        he=person("何", "township_officer", county, town, town),
        zhou=person("周", "leader", elsewhere, away),
    )  # fmt: skip


def person(name: str, role: str, district: Any, department: Any, narrowed: Any = None) -> Any:
    made = accounts.create_user(
        username=name, display_name=name, password="Qingshan-2026-test", department=department,
        by=None, at=AT,
    )  # fmt: skip
    accounts.grant_role(
        user=made.user, role=role, district=district, department=narrowed, from_on=BEGIN, by=None, at=AT
    )
    return made.user


SHARE = PrintedFigure(
    "share", "优良天数比例", "95.4", "%", as_of=date(2026, 9, 30), source="plans.value/7", url="/values/7"
)
LATE = PrintedFigure(
    "late", "逾期任务数", "3", "项", as_of=date(2026, 9, 30), source="tasks.task/9", url="/tasks/9/"
)
BODY = (
    Heading("一、总体情况", 1),
    Paragraph(f"截至2026年9月30日，全县空气质量优良天数比例为{mark('share')}。"),
    Table("表1 任务进展", ("单位", "逾期任务"), (("县水利局", mark("late")), ("县住建局", "无"))),
    Paragraph("请各单位抓紧推进。"),
)


@pytest.fixture
def draft(cast: Cast) -> Paper:
    return drafted(cast)


def drafted(cast: Cast, **more: Any) -> Paper:
    given: dict[str, Any] = {
        "kind": PaperKind.NOTICE, "district": cast.county, "department": cast.bureau,
        "title": "关于加快推进生态文明建设规划重点任务的通知", "body": BODY, "figures": (SHARE, LATE),
        "recipients": [cast.water, cast.town], "by": cast.fang, "at": AT,
    }  # fmt: skip
    return actions.draft_paper(**{**given, **more})


@pytest.fixture
def organ(cast: Cast) -> Any:
    return actions.register_organ(
        district=cast.county, department=cast.bureau, name="青川县生态环境局", sign="青川县生态环境局文件",
        word="青环", by=cast.lin, at=AT,
    )  # fmt: skip


@pytest.fixture
def to_issue(cast: Cast, organ: Any, draft: Paper) -> Paper:
    actions.submit_paper(paper=draft, by=cast.fang, at=AT)
    return actions.check_paper(paper=draft, by=cast.chen, at=AT)


@pytest.fixture
def issued(cast: Cast, to_issue: Paper) -> Paper:
    actions.issue_paper(paper=to_issue, by=cast.lin, at=AT)
    return Paper.objects.get(pk=to_issue.pk)
