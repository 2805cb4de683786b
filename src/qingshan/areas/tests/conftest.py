"""A city with two counties, and bureaus in them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest

from qingshan.areas import public as areas

LONG_AGO = date(2020, 1, 1)


@pytest.fixture
def at() -> datetime:
    return datetime(2026, 11, 20, 8, tzinfo=UTC)


@pytest.fixture
def land(db, at):
    """江门市 with 台山市 and 开平市; 海宴镇 in 台山市; the bureaus that the tests speak of."""
    given = {"by": None, "at": at, "valid_from": LONG_AGO}
    province = areas.create_district(code="440000", name="广东省", **given)
    city = areas.create_district(code="440700", name="江门市", parent=province, **given)
    county = areas.create_district(code="440781", name="台山市", parent=city, **given)
    other = areas.create_district(code="440783", name="开平市", parent=city, **given)
    town = areas.create_district(code="440781107", name="海宴镇", parent=county, **given)

    def bureau(name, district=county, **more):
        return areas.create_department(name=name, district=district, **given, **more)

    return SimpleNamespace(
        province=province,
        city=city,
        county=county,
        other=other,
        town=town,
        bureau=bureau,
        water=bureau("台山市水务局"),
        marine=bureau("台山市海洋与渔业局"),
        nature=bureau("台山市自然资源局", short_name="市资源局", aliases=["自然资源部门"]),
        city_water=bureau("江门市水利局", city),
    )
