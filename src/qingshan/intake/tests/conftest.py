"""The fixed cast: 林 leads the bureau, 陈 keeps its ledger, 吴 reports only, 周 is from another district."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import pytest

from qingshan.areas import public as areas
from qingshan.intake import public as intake

AT = datetime(2026, 11, 20, 2, tzinfo=UTC)
BEGIN = date(2021, 1, 1)

#: A short plan in our own words: an indicator table, promises, measures, a duty, zoning.
TEXT = """青川县生态环境保护“十四五”规划

第一章 规划目标

规划期限为2021-2025年，规划基准年为2020年。

到2025年，全县森林覆盖率达到61%以上，农村生活污水治理率达到55%以上。

表1 青川县生态环境保护“十四五”规划指标
序号\t类别\t指标名称\t单位\t2020年现状值\t2025年目标值\t属性
1\t环境质量\t空气质量优良天数比率\t%\t96.2\t≥97\t约束性
2\t环境质量\tPM2.5年均浓度\tμg/m3\t24\t≤22\t预期性
3\t生态保护\t森林覆盖率\t%\t60.1\t≥62\t约束性
4\t环境治理\t农村生活污水治理率\t%\t41\t≥55\t预期性
5\t环境治理\t危险废物利用处置率\t%\t98\t≥99\t预期性

第二章 深化水污染防治

一、治理生活污水

补齐污水管网短板。新建县城污水管网三十公里，对老旧管网分片查漏修补，到2025年县城污水集中收集率达到75%以上。建立排污口台账，逐口明确责任单位。〔县水利局牵头，县住房和城乡建设局负责〕

二、保护饮用水水源

划定水源保护区。饮用水水源一级保护区内禁止新建、扩建与供水设施无关的建设项目，已建成的限期拆除或者关闭。

第三章 保障措施

加强组织领导。县人民政府每年听取一次规划实施情况汇报，各部门按职责落实任务，年底前形成自查报告并向社会公开。
"""


def user(name: str, department: Any, district: Any) -> Any:
    from qingshan.accounts.models import User  # tests alone enter people without the actions

    return User.objects.create(
        username=name, display_name=name, department=department, district=district, is_simulated=True
    )


def grant(person: Any, role: str, district: Any, department: Any = None) -> None:
    from qingshan.accounts.models import Grant

    Grant.objects.create(
        user=person, role=role, district=district, department=department, from_on=BEGIN, granted_at=AT
    )


@dataclass
class Cast:
    """Everybody, and where they are."""

    county: Any
    city: Any
    elsewhere: Any
    lin: Any
    chen: Any
    hu: Any  # a second planner of the county
    wu: Any
    zhou: Any


@pytest.fixture
def cast(db: None, settings: Any, tmp_path: Any) -> Cast:
    settings.MEDIA_ROOT = str(tmp_path / "media")
    made = {"valid_from": BEGIN, "by": None, "at": AT}
    city = areas.create_district(code="990100", name="云岭市", **made)
    county = areas.create_district(code="990121", name="青川县", parent=city, **made)
    elsewhere = areas.create_district(code="990122", name="白石县", parent=city, **made)
    bureau = areas.create_department(name="青川县生态环境局", district=county, **made)
    water = areas.create_department(name="青川县水利局", district=county, **made)
    away = areas.create_department(name="白石县生态环境局", district=elsewhere, **made)
    found = Cast(
        county, city, elsewhere,
        lin=user("林", bureau, county), chen=user("陈", bureau, county), hu=user("胡", bureau, county),
        wu=user("吴", water, county), zhou=user("周", away, elsewhere),
    )  # fmt: skip
    grant(found.lin, "leader", county)
    grant(found.chen, "planner", county)
    grant(found.hu, "planner", county)
    grant(found.wu, "department_officer", county, water)
    grant(found.zhou, "planner", elsewhere)
    return found


@pytest.fixture
def at() -> datetime:
    return AT


@pytest.fixture
def text() -> str:
    return TEXT


@pytest.fixture
def review(cast: Cast) -> Any:
    """The short plan, taken in by 陈."""
    return intake.start(
        data=TEXT.encode(), file_name="青川规划.txt", district=cast.county, by=cast.chen, at=AT
    )
