"""List page with 100,000 measures and row rights, 40 requests a second for 60 s: p95 at most 0.5 s.

A temporary installation (its web processes as in service) holds one plan with 100,000 measures of fifty
departments. A planner, who sees all, and a department officer, who sees the 2,000 of their department,
take turns at the list: plain and deep pages, filters by state, nature and department, words sought in
titles, two sort orders. The load is open-loop, so waiting counts. Beside it stands the same load on the
same list of a plan without measures: what the frame alone costs. On SQLite and on PostgreSQL.

``python -m benchmarks list_page`` measures 60 s; ``QINGSHAN_BENCH_SECONDS`` makes it shorter for a look.
"""

from __future__ import annotations

import http.cookiejar
import os
import random
import re
import urllib.parse
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import islice
from typing import Any

from benchmarks._open_loop import Answer, Request, percentile, processor_seconds, sent
from tools import pg
from tools.house import House

RATE_PER_S = 40
SECONDS = int(os.environ.get("QINGSHAN_BENCH_SECONDS", "60"))
MARK_S = 0.5
MEASURES = 100_000
DEPARTMENTS = 50
ROWS_ON_A_PAGE = 25
STATES = ("unreported", "not_started", "under_way", "done", "stopped")

#: Run inside the installation: two plans, fifty departments, two people. The rows of the large plan go
#: straight into the tables, as a hundred thousand actions with their audit records would take an hour.
PREPARE = """
import json
from datetime import date, timedelta
from django.db import connection, transaction
from django.utils import timezone
from qingshan.accounts import public as accounts
from qingshan.accounts.passwords import one_time_password
from qingshan.areas import public as areas
from qingshan.plans import actions
from qingshan.plans.models import Measure, MeasureResponsibility, MeasureVersion
from qingshan.plans.states import WorkState
from qingshan.plans.vocabulary import MeasureKind, MeasureRole, PlanLevel, ResponsibilityRole
from qingshan.portal.first_run import prepare
from qingshan.portal.statistics import refresh_statistics

MEASURES, DEPARTMENTS = %(measures)d, %(departments)d
prepare(say=lambda text: None, empty=True)
at, begin = timezone.now(), date(2021, 1, 1)
made = {"valid_from": begin, "by": None, "at": at}
ROLES = (MeasureRole.TASKS, MeasureRole.TASKS, MeasureRole.TASKS, MeasureRole.SAFEGUARDS)
WORKS = ("建设污水管网", "修复河岸带", "淘汰老旧车辆", "整治入河排污口", "营造水源涵养林")


def plan_of(code):
    return actions.create_plan(
        code=code, district=county, simulated=True, facts={
            "name": code, "short_name": code, "kind": "五年规划", "level": PlanLevel.COUNTY,
            "period_from": 2021, "period_to": 2025, "base_year": 2020,
        }, **made,
    )


def version(measure, number):
    turn = number // DEPARTMENTS  # so that each department's measures are of every nature and state
    reported = begin + timedelta(days=turn %% 1500) if turn %% 3 else None
    return MeasureVersion(
        subject=measure, plan=plan, kind=MeasureKind.MEASURE, role=ROLES[turn %% len(ROLES)],
        order=number, depth=2, label=f"（{number}）", title=f"{WORKS[number %% len(WORKS)]}第{number}号工程",
        state=list(WorkState)[turn %% len(WorkState)], percent=turn %% 101 if reported else None,
        reported_on=reported, valid_from=begin, recorded_at=at,
    )


with transaction.atomic():
    county = areas.create_district(code="990121", name="青川县", **made)
    offices = [
        areas.create_department(name=f"青川县第{number}局", district=county, **made)
        for number in range(1, DEPARTMENTS + 1)
    ]
    plan, empty = plan_of("large"), plan_of("empty")
    measures = Measure.objects.bulk_create(
        [Measure(plan=plan, code=f"M{number}") for number in range(MEASURES)], batch_size=5000
    )
    MeasureVersion.objects.bulk_create(
        [version(measure, number) for number, measure in enumerate(measures)], batch_size=5000
    )
    MeasureResponsibility.objects.bulk_create(
        [
            MeasureResponsibility(
                subject=measure, department=offices[number %% DEPARTMENTS], role=ResponsibilityRole.LEAD,
                order=0, valid_from=begin, recorded_at=at,
            )
            for number, measure in enumerate(measures)
        ], batch_size=5000,
    )
    people = {}
    for name, role, office in (("planner", "planner", None), ("officer", "department_officer", offices[0])):
        password = one_time_password()
        person = accounts.create_user(
            username=name, display_name=name, password=password, department=offices[0], by=None, at=at,
            is_simulated=True,
        ).user
        accounts.grant_role(
            user=person, role=role, district=county, department=office, from_on=begin, by=None, at=at
        )
        people[name] = password
refresh_statistics()  # as every night
if connection.vendor == "postgresql":
    connection.cursor().execute("VACUUM")  # as its autovacuum within a minute of such a load
print(json.dumps({"people": people, "departments": [office.pk for office in offices]}))
"""


def run() -> int:
    """Measure both databases; the mark is printed and gates nothing."""
    for name, environment in _databases():
        with environment as settings:
            _measure(name, settings)
    return 0


def _databases() -> Iterator[tuple[str, Any]]:
    yield "SQLite", _settled("")
    yield "PostgreSQL", _postgresql()


@contextmanager
def _settled(database: str) -> Iterator[Mapping[str, str]]:
    yield {"QINGSHAN_DATABASE_URL": database, "QINGSHAN_AS_OF": "2026-11-21"}


@contextmanager
def _postgresql() -> Iterator[Mapping[str, str]]:
    with pg.server() as address, _settled(address) as settings:
        yield settings


def _measure(name: str, settings: Mapping[str, str]) -> None:
    source = PREPARE % {"measures": MEASURES, "departments": DEPARTMENTS}
    with House(environment=settings, prepare=source) as house:
        told: Any = house.told
        cookies = [_logged_in(house.address, who, password) for who, password in told["people"].items()]
        large = list(islice(_asked("large", cookies, told["departments"]), RATE_PER_S * SECONDS))
        empty = [Request(f"/plans/empty/measures/list/{_query(one.path)}", one.cookie) for one in large]
        sent(house.address, [*large[:40], *empty[:10]], RATE_PER_S / 2)  # both processes have met all pages
        print(f"{name}: load average before {os.getloadavg()[0]:.1f}", flush=True)
        frame = _loaded("empty list", house.address, empty)
        full = _loaded(f"{MEASURES:,} measures", house.address, large, by_kind=True)
        print(f"  load average after {os.getloadavg()[0]:.1f}")
    verdict = "met" if full <= MARK_S else "MISSED"
    print(f"  p95 is {full / frame:.1f} times that of the empty list; mark {MARK_S} s: {verdict}", flush=True)


def _asked(plan: str, cookies: list[str], departments: list[int]) -> Iterator[Request]:
    """What people ask for, endlessly: the planner and the officer by turns, always in the same order."""
    chance = random.Random(40)
    pages = (MEASURES // ROWS_ON_A_PAGE, MEASURES // DEPARTMENTS // ROWS_ON_A_PAGE)
    while True:
        for cookie, deepest in zip(cookies, pages, strict=True):
            kind, query = _wish(chance, deepest, departments)
            yield Request(f"/plans/{plan}/measures/list/?{urllib.parse.urlencode(query)}", cookie, kind)


def _wish(chance: random.Random, deepest: int, departments: list[int]) -> tuple[str, dict[str, object]]:
    wishes: tuple[tuple[int, str, dict[str, object]], ...] = (
        (25, "first page", {}),
        (20, "deep page", {"page": chance.randint(2, deepest)}),
        (
            20,
            "by state",
            {"state": chance.choice(STATES), "page": chance.randint(1, max(1, deepest // len(STATES)))},
        ),
        (5, "by nature", {"role": "safeguards"}),
        (10, "by department", {"department": chance.choice(departments)}),
        (10, "words sought", {"q": f"第{chance.randint(1, 999)}"}),
        (5, "sorted by state", {"sort": "state"}),
        (5, "sorted by report", {"sort": "-reported_on"}),
    )
    ((_weight, kind, query),) = chance.choices(wishes, [weight for weight, _kind, _query in wishes])
    return kind, query


def _query(path: str) -> str:
    """The same words for the empty list, which has one page only."""
    found = re.sub(r"page=\d+&?", "", path.partition("?")[2])
    return f"?{found}"


def _loaded(name: str, address: str, requests: list[Request], *, by_kind: bool = False) -> float:
    """Send a load, print its latencies and what it took of the processor; return the p95 in seconds."""
    used = processor_seconds()
    answers = sent(address, requests, RATE_PER_S)
    each = (processor_seconds() - used) / len(answers)
    print(f"  {name:<18} {_figures(answers)}, {each * 1e3:.0f} ms of a processor each", flush=True)
    for bad in [answer for answer in answers if not answer.good][:3]:
        print(f"    answered {bad.status} after {bad.seconds:.2f} s: {bad.request.path}")
    if by_kind:
        for kind in sorted({answer.request.name for answer in answers}):
            print(f"    {kind:<16} {_figures([one for one in answers if one.request.name == kind])}")
    return percentile([answer.seconds for answer in answers], 95)


def _figures(answers: list[Answer]) -> str:
    times = [answer.seconds for answer in answers]
    shown = "  ".join(f"p{percent} {percentile(times, percent) * 1e3:6.0f} ms" for percent in (50, 95, 99))
    size = percentile([answer.size for answer in answers], 50) / 1e3
    errors = sum(not answer.good for answer in answers)
    return f"{shown}  {len(answers):5} requests, {errors} errors, {size:.0f} kB"


def _logged_in(address: str, username: str, password: str) -> str:
    """Log in as a browser does; return the cookies of the session."""
    jar = http.cookiejar.CookieJar()
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    browser.open(f"{address}/login/").read()
    token = next(cookie.value for cookie in jar if cookie.name == "csrftoken")
    given = {"username": username, "password": password, "csrfmiddlewaretoken": token or ""}
    browser.open(f"{address}/login/", urllib.parse.urlencode(given).encode()).read()
    cookies = {cookie.name: cookie.value for cookie in jar}
    if "sessionid" not in cookies:
        raise RuntimeError(f"{username} could not log in")
    return "; ".join(f"{name}={value}" for name, value in cookies.items())
