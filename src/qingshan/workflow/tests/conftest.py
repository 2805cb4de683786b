"""The cast, a bureau with a post, and a moment."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from django.contrib.auth import get_user_model

from qingshan.areas import public as areas
from qingshan.kernel.refs import Ref

NEXT_YEAR = """
year: 2027
notice: {title: 测试用的安排, number: 测〔2026〕1号, issued_on: 2026-11-20, address: ""}
confirmed: 测试
holidays:
  - {name: 元旦, from: 2027-01-01, to: 2027-01-03, make_up: []}
  - {name: 春节, from: 2027-02-06, to: 2027-02-12, make_up: [2027-02-20]}
"""


@pytest.fixture
def next_year():
    """An arrangement of 2027 made up for tests: the real notice was not out when this was written."""
    return NEXT_YEAR


@pytest.fixture
def at():
    return datetime(2026, 11, 21, 1, tzinfo=UTC)


@pytest.fixture
def cast(db):
    """林 leads the department, 陈 reports to her, 周 is from another district."""
    make = get_user_model().objects.create_user
    return SimpleNamespace(lin=make("lin"), chen=make("chen"), zhou=make("zhou"))


@pytest.fixture
def post(db, at):
    """The post of planning clerk at a county's bureau."""
    given = {"by": None, "at": at}
    county = areas.create_district(code="440781", name="台山市", valid_from=date(2020, 1, 1), **given)
    bureau = areas.create_department(
        name="台山市水务局", district=county, valid_from=date(2020, 1, 1), **given
    )
    return areas.create_post(department=bureau, name="规划岗", **given)


@pytest.fixture
def measure():
    return Ref("plans", "measure", "12")
