"""The cast, and the place they work in: 林 leads a bureau, 陈 reports to her, 周 is from another district."""

from __future__ import annotations

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from django.test import Client

from qingshan.accounts import public as accounts
from qingshan.areas import public as areas

LONG_AGO = date(2020, 1, 1)
PASSWORD = "Qing-Shan-2026"


@pytest.fixture
def at() -> datetime:
    return datetime(2026, 11, 20, 8, tzinfo=UTC)


@pytest.fixture
def land(db, at):
    """台山市 with a town, two bureaus and a section; 连州市 next door with one bureau."""
    given = {"by": None, "at": at, "valid_from": LONG_AGO}
    city = areas.create_district(code="440700", name="江门市", **given)
    county = areas.create_district(code="440781", name="台山市", parent=city, **given)
    town = areas.create_district(code="440781107", name="海宴镇", parent=county, **given)
    other = areas.create_district(code="441882", name="连州市", **given)

    def bureau(name, district, **more):
        return areas.create_department(name=name, district=district, **given, **more)

    ecology = bureau("江门市生态环境局台山分局", county)
    return SimpleNamespace(
        city=city,
        county=county,
        town=town,
        other=other,
        ecology=ecology,
        office=bureau("综合股", county, parent=ecology),
        water=bureau("台山市水利局", county),
        other_water=bureau("连州市水利局", other),
    )


@pytest.fixture
def hire(land, at):
    """Enter a user with a known password, and grant roles: ``hire("chen", "陈", ("planner", county))``."""

    def enter(username, name, *grants, department=None, **words):
        user = accounts.create_user(
            username=username,
            display_name=name,
            password=PASSWORD,
            department=department,
            by=None,
            at=at,
            **words,
        ).user
        for role, *where in grants:
            district, department_, *_ = [*where, None, None]
            accounts.grant_role(
                user=user,
                role=role,
                district=district,
                department=department_,
                from_on=LONG_AGO,
                by=None,
                at=at,
            )
        return user

    return enter


@pytest.fixture
def cast(land, hire):
    """The people of the tests, and the three administrators."""
    return SimpleNamespace(
        lin=hire("lin", "林", ("leader", land.county), department=land.ecology),
        chen=hire("chen", "陈", ("department_officer", land.county, land.ecology), department=land.office),
        planner=hire("wang", "王", ("planner", land.county), department=land.ecology),
        zhou=hire("zhou", "周", ("department_officer", land.other, land.other_water)),
        system=hire("admin-system", "系统管理员甲", ("system_admin",)),
        security=hire("admin-security", "安全管理员甲", ("security_admin",), phone="0750-5550001"),
        audit=hire("admin-audit", "审计管理员甲", ("audit_admin",)),
    )


@pytest.fixture
def browse():
    """Return a browser in which somebody is logged in, through every stage of the real log-in."""

    def enter(user=None, **defaults):
        client = Client(**defaults)
        if user is not None:
            answer = client.post("/login/", {"username": user.username, "password": PASSWORD})
            assert answer.status_code == 302, answer.content.decode()
        return client

    return enter


@pytest.fixture
def password() -> str:
    """The password of everybody in the cast."""
    return PASSWORD
