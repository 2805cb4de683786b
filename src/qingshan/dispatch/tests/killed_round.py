"""A round of dispatch in processes of its own: ``killed_round.py prepare|play|work|look FOLDER KILLS``.

``play`` opens a round, reports, sends back, accepts and closes, step by step, each in the transaction of the
action itself, while somebody else kills the worker. What is counted in the end are the events of the outbox
and the notices of people.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402 (models exist once Django has started)
from django.core.management import call_command  # noqa: E402
from django.utils import timezone  # noqa: E402

settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # nobody logs in here

from qingshan.accounts import public as accounts  # noqa: E402
from qingshan.areas import public as areas  # noqa: E402
from qingshan.dispatch import public as dispatch  # noqa: E402
from qingshan.jobs import subscriptions  # noqa: E402
from qingshan.jobs.commands import worker as command  # noqa: E402
from qingshan.jobs.models import Delivery, OutboxEvent  # noqa: E402
from qingshan.messages.models import Notice  # noqa: E402
from qingshan.plans import actions as ledger  # noqa: E402
from qingshan.plans.models import Plan, ProgressReport  # noqa: E402
from qingshan.plans.vocabulary import MeasureKind, PlanLevel, ResponsibilityRole  # noqa: E402

BEGIN = date(2021, 1, 1)
DEPARTMENTS = 6
MEASURES = 3
#: Opened; for each department its rows reported and accepted, one sent back and reported anew; closed.
STEPS = 2 + DEPARTMENTS * (2 * MEASURES + 3)
PAUSE_S = 0.05


def main(word: str, folder: Path, kills: int) -> None:
    """Do one of the four things."""
    acts = {
        "prepare": prepare, "play": lambda: play(Steps(folder, kills)), "work": lambda: work(folder),
        "look": look,
    }  # fmt: skip
    acts[word]()


class Steps:
    """Keeps the round in step with the killing, so that kills fall all over it and not before or after."""

    def __init__(self, folder: Path, kills: int) -> None:
        self._folder, self._kills, self._taken = folder, kills, 0

    def take(self, word: str) -> None:
        """Note a step, and wait until the killer has come as far."""
        self._taken += 1
        note(self._folder / "steps", word)
        while self._killed() < self._taken * self._kills // STEPS - 1:
            time.sleep(PAUSE_S)

    def _killed(self) -> int:
        path = self._folder / "kills"
        return len(path.read_text().splitlines()) if path.exists() else 0


def prepare() -> None:
    """Make the tables, the county, its people, and a plan with measures of each department."""
    call_command("migrate", verbosity=0)
    at = timezone.now()
    made: dict[str, Any] = {"valid_from": BEGIN, "by": None, "at": at}
    county = areas.create_district(code="990121", name="青川县", **made)
    bureau = areas.create_department(name="青川县生态环境局", district=county, **made)
    planner = _person("planner", "planner", county, bureau, at)
    _person("leader", "leader", county, bureau, at)
    plan = ledger.create_plan(
        code="killed", district=county, simulated=True, facts={
            "name": "青川县规划", "short_name": "青川规划", "kind": "五年规划", "level": PlanLevel.COUNTY,
            "period_from": 2026, "period_to": 2030, "base_year": 2025,
        }, valid_from=BEGIN, by=planner, at=at,
    )  # fmt: skip
    for number in range(DEPARTMENTS):
        department = areas.create_department(name=f"第{number + 1}局", district=county, **made)
        _person(f"officer{number}", "department_officer", county, department, at)
        for each in range(MEASURES):
            measure = ledger.add_measure(
                plan=plan, code=f"M{number}-{each}", valid_from=BEGIN, by=planner, at=at,
                facts={
                    "kind": MeasureKind.MEASURE, "order": 10 * number + each,
                    "title": f"措施{number}-{each}",
                },
            )  # fmt: skip
            ledger.make_responsible(
                subject=measure, department=department, role=ResponsibilityRole.LEAD, valid_from=BEGIN,
                by=planner, at=at,
            )  # fmt: skip


def _person(name: str, role: str, district: Any, department: Any, at: Any) -> Any:
    person = accounts.create_user(
        username=name, display_name=name, password="Qing-Shan-killed-1", department=department, by=None,
        at=at, is_simulated=True,
    ).user  # fmt: skip
    narrowed = department if role == "department_officer" else None
    accounts.grant_role(
        user=person, role=role, district=district, department=narrowed, from_on=BEGIN, by=None, at=at
    )
    return person


def play(steps: Steps) -> None:
    """Play the round; a line in a file for each step taken, so that the killer knows where it is."""
    planner = accounts.User.objects.get(username="planner")
    today = timezone.localdate()
    found = dispatch.open_round(
        plan=Plan.objects.get(), period=dispatch.Period.MONTH, within=today, due_on=today + timedelta(days=7),
        by=planner, at=timezone.now(),
    )  # fmt: skip
    steps.take("opened")
    for number, part in enumerate(found.parts.order_by("pk")):
        officer = accounts.User.objects.get(username=f"officer{number}")
        rows = list(part.rows.order_by("order"))
        for row in rows:
            _report(row, officer, "首次")
            steps.take("reported")
        _review(dispatch.send_back_row, rows[0], planner, note="缺照片")
        steps.take("sent back")
        _report(rows[0], officer, "补报")
        steps.take("reported")
        for row in rows:
            _review(dispatch.accept_row, row, planner)
            steps.take("accepted")
        dispatch.press_part(part=part, note="请关注下期", by=planner, at=timezone.now())
        steps.take("pressed")
    dispatch.close_round(round=found, by=planner, at=timezone.now())
    steps.take("closed")


def _report(row: Any, officer: Any, word: str) -> None:
    row = dispatch.Row.objects.select_related("round", "part__round").get(pk=row.pk)
    facts = dispatch.Facts("under_way", 50, f"{word}：{row.title}")
    dispatch.save_row(row=row, facts=facts, key=f"{word}-{row.pk}", by=officer, at=timezone.now())
    dispatch.submit_part(part=row.part, by=officer, at=timezone.now(), rows=[row.pk])


def _review(act: Any, row: Any, planner: Any, **more: Any) -> None:
    row = dispatch.Row.objects.select_related("round", "part__round", "part__department").get(pk=row.pk)
    act(row=row, by=planner, at=timezone.now(), **more)


def work(folder: Path) -> None:
    """Be ``qingshan worker``, whose every delivery takes a moment, so that kills fall inside as well."""
    for consumers in subscriptions.SUBSCRIPTIONS.values():
        for name, held in list(consumers.items()):
            consumers[name] = subscriptions.Subscription(held.event, name, _slowly(held.handle, folder))
    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    sys.exit(command.run(parser.parse_args(["--lease", "2", "--pause", "0.1"])))


def _slowly(handle: Any, folder: Path) -> Any:
    def handled(event: Any, *, at: Any) -> None:
        note(folder / "begun", type(event).__name__)
        handle(event, at=at)
        time.sleep(PAUSE_S)

    return handled


def look() -> None:
    """Print how things stand: events, deliveries, and how many notices of each kind people have."""
    of = Counter(Notice.objects.values_list("template", flat=True))
    found = {
        "announced": OutboxEvent.objects.count(),
        "spread": OutboxEvent.objects.filter(spread_at__isnull=False).count(),
        "undelivered": Delivery.objects.filter(delivered_at__isnull=True).count(),
        "attempts": sum(Delivery.objects.values_list("attempts", flat=True)),
        "deliveries": Delivery.objects.count(),
        "notices": of,
        "reports": ProgressReport.objects.filter(state="approved").count(),
        "rows": sorted(dispatch.Row.objects.values_list("state", flat=True)),
        "round": dispatch.Round.objects.values_list("state", flat=True).first(),
    }
    sys.stdout.write(json.dumps(found, ensure_ascii=False))


def note(path: Path, word: str) -> None:
    """Leave a line in a file, which no transaction takes back."""
    with path.open("a") as file:
        file.write(f"{word}\n")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))
